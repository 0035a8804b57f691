"""A Markdown file → its front matter and its body, each with the line it starts at.

The fence and the format are python-frontmatter's; what that library swallows in silence (an open
fence, a byte order mark, a list in place of keys) is a problem here, and lines are counted from
the positions of its fences, since its own ``split`` drops blank lines.
"""

import re
from typing import Final

from frontmatter.default_handlers import YAMLHandler
from msgspec import Struct

from netzsite.problems import Problem, Spot

_FENCE: Final = re.compile(
    rf"{YAMLHandler().FM_BOUNDARY.pattern}|^[–—]{{1,3}}-?[ \t]*$", re.MULTILINE
)
"""Word processors make one long dash of two or three."""
_BEFORE: Final = re.compile(r"\s*\n|")


class Halves(Struct, frozen=True, gc=False):
    """The two halves of a Markdown file."""

    metadata: str
    metadata_line: int
    body: str
    body_line: int

    def placed(self, spot: Spot) -> Spot:
        """Give the place in the file of one that was counted in the lines of the body."""
        return Spot(spot.line + self.body_line - 1, spot.column, spot.width)


def split(text: str, path: str) -> Halves | Problem:
    """Cut a file at its two fences; a file without them is a problem."""
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    opening = _FENCE.match(text, start)
    if opening is None:
        if text.startswith("+++", start):
            spot = Spot(1 + text.count("\n", 0, start), 1, 3)
            return Problem(code="front-matter-toml", path=path, spot=spot)
        return Problem(code="front-matter-missing", path=path, spot=Spot(1))
    metadata_start = opening.end() + 1
    closing = _FENCE.search(text, metadata_start)
    if closing is None:
        return Problem(
            code="front-matter-open", path=path, spot=Spot(1 + text.count("\n", 0, start), 1, 3)
        )
    body_start = min(closing.end() + 1, len(text))
    return Halves(
        text[metadata_start : closing.start()],
        1 + text.count("\n", 0, metadata_start),
        text[body_start:],
        1 + text.count("\n", 0, body_start),
    )
