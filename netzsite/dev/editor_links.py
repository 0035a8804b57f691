"""A place in a file → the address that opens it: in an editor, or on the git host's page."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from netzsite.problems import Problem, Spot
from netzsite.rendering.templates import folders

EDITORS: Final = {
    "vscode": "vscode://file/{path}:{line}:{column}",
    "vscodium": "vscodium://file/{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
}
"""Addresses that editors listen to; ``{path}`` is the file's whole path."""
HOST: Final = "host"
"""In place of an editor: the page that ``edit_url`` in site.yaml leads to."""
NONE: Final = "none"

_ADDRESS: Final = re.compile(
    r"(?!javascript:|data:|vbscript:)[a-z][a-z0-9+.-]*:\S*\{path\}\S*", re.IGNORECASE
)


def is_editor(text: str) -> bool:
    """Tell whether this names an editor, or is an address with ``{path}`` in it."""
    return text in (*EDITORS, HOST, NONE) or _ADDRESS.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """How a file of a site is opened for editing."""

    root: Path
    pattern: str
    """A name of ``EDITORS``, ``HOST``, ``NONE``, or an address with ``{path}`` in it."""

    def address(self, problem: Problem, edit_url: str | None) -> str | None:
        """Write the address that opens a problem's file at its line; None where there is none."""
        spot = problem.spot or Spot(1)
        if not problem.path or self.pattern == NONE:
            return None
        if self.pattern == HOST:
            page = edit_url and edit_url.replace("{path}", quote(problem.path))
            return f"{page}#L{spot.line}" if page else None
        path = quote(self._file(problem.path), safe="/:")
        pattern = EDITORS.get(self.pattern, self.pattern)
        if "/{path}" in pattern:
            path = path.removeprefix("/")
        facts = {"{path}": path, "{line}": str(spot.line), "{column}": str(spot.column)}
        return re.sub(r"\{(?:path|line|column)\}", lambda hit: facts[hit[0]], pattern)

    def _file(self, path: str) -> str:
        """Give the whole path of a file that is named from the site's root."""
        inside = path.removeprefix("templates/")
        homes = folders(self.root) if inside != path else ()
        found = (home / inside for home in homes if (home / inside).exists())
        return next(found, self.root / path).resolve().as_posix()
