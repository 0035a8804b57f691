"""What rounds of building changed → pages that are the same as before, at a new address.

A renamed file is a page that goes and one that comes; who has the old one open wants the other.
"""

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from netzsite.dev.rebuild import Round
from netzsite.pipeline.target import MANIFEST, read_manifest

_DAY: Final = re.compile(r"^\d{4}-\d{2}-\d{2}-")


class Renames:
    """Remembers which pages there are, to tell those that have come from those that changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pages: set[str] | None = None
        self._ids: set[str] = set()
        """Of files that changed since pages were published."""

    def take(self, made: Round) -> dict[str, str]:
        """Give old → new path of pages that a round moved; none where that isn't certain."""
        self._ids |= {_DAY.sub("", PurePosixPath(path).stem) for path in made.changed}
        if made.report is None or not made.report.published:
            return {}
        if self._pages is None:
            self._pages = _pages(read_manifest(self._folder / MANIFEST))
        touched = _pages(made.report.counts.paths)
        there = {path for path in touched if (self._folder / path).exists()}
        moved = self._moved(touched - there, there - self._pages)
        self._pages = (self._pages | there) - (touched - there)
        self._ids = set()
        return moved

    def _moved(self, gone: set[str], come: set[str]) -> dict[str, str]:
        moved = {}
        for old in gone:
            found = [new for new in come if self._is_renamed(old, new)]
            if len(found) == 1:
                moved[old] = found[0]
        return moved

    def _is_renamed(self, old: str, new: str) -> bool:
        one, other = PurePosixPath(old).parent, PurePosixPath(new).parent
        return one.parent == other.parent and {one.name, other.name} <= self._ids


def _pages(paths: Iterable[str]) -> set[str]:
    return {path for path in paths if path.endswith("/index.html")}
