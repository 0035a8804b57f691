"""A value of YAML and its file → where each character of the value was written.

A folded text has fewer lines than its source, a quoted one has escapes, a block is indented. The
source is cut into the pieces that stand in the value as they were written; what lies between them
(line ends, indents, escapes) is what YAML changed.
"""

import bisect
import functools
import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from netzsite.problems import Spot
from netzsite.yaml.nodes import ScalarNode

_BLOCKS: Final = ("|", ">")
_PIECES: Final = {
    '"': re.compile(r'[^"\s](?:[^"]*[^"\s])?'),
    "'": re.compile(r"[^'\s](?:[^']*[^'\s])?"),
}
_LINE: Final = re.compile(r"\S(?:.*\S)?")
_ESCAPE: Final = re.compile(r"\\(?:x..|u....|U.{8}|.)?")


class _Piece(Struct, frozen=True, gc=False):
    """A stretch that stands in the value and in a line of the file alike; counted from 0."""

    offset: int
    line: int
    column: int
    length: int


class Origin:
    """Where one scalar value comes from; ``first_line`` is that of the YAML in the file's lines."""

    def __init__(self, node: ScalarNode, lines: list[str], first_line: int) -> None:
        self._node = node
        self._lines = lines
        self._first_line = first_line

    def spot(self, start: int, end: int) -> Spot:
        """Give the place of a part of the value, by offsets: as much of it as is in one line."""
        found = bisect.bisect_right(self._pieces, start, key=lambda piece: piece.offset) - 1
        if found < 0:
            mark = self._node.start_mark
            return Spot(mark.line + self._first_line, mark.column + 1)
        piece = self._pieces[found]
        within = min(start - piece.offset, piece.length)
        width = min(end - start, piece.length - within)
        return Spot(piece.line + 1, piece.column + within + 1, max(width, 1))

    def placed(self, spot: Spot) -> Spot:
        """Give the place in the file of one that was counted in the lines of the value."""
        starts = self._starts
        start = starts[min(spot.line, len(starts)) - 1] + spot.column - 1
        return self.spot(start, start + spot.width)

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [0, *(hit.end() for hit in re.finditer("\n", self._node.value))]

    @functools.cached_property
    def _pieces(self) -> list[_Piece]:
        found, after = [], 0
        for line, column, text in self._written():
            offset = self._node.value.find(text, after)
            if offset >= 0:
                found.append(_Piece(offset, line, column, len(text)))
                after = offset + len(text)
        return found

    def _written(self) -> Iterator[tuple[int, int, str]]:
        """List the pieces of the source with their line and column, in order."""
        first, last = self._node.start_mark, self._node.end_mark
        above = self._first_line - 1
        pattern = _PIECES.get(self._node.style or "", _LINE)
        is_block = self._node.style in _BLOCKS
        for number in range(first.line + is_block, last.line + 1):
            line = self._lines[number + above] if number + above < len(self._lines) else ""
            begin = first.column if number == first.line else 0
            end = last.column if number == last.line else len(line)
            part = line[begin:end]
            if self._node.style == '"':
                part = _ESCAPE.sub(lambda hit: '"' * len(hit[0]), part)
            for hit in pattern.finditer(part):
                yield number + above, begin + hit.start(), hit[0]
