"""What mends the problems of the last round → made when a page of the preview asks for it.

A page can only name what was offered, never say what to write where. Asking needs the token that
the server tells its own pages, and comes from this computer: a page from elsewhere can't read it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from netzsite.editing.changes import apply
from netzsite.edits import Change, NotEditedError
from netzsite.problems import Problem


class Asked(Struct, frozen=True):
    """What a page asks for."""

    token: str
    fix: str
    """Names the changes of one problem."""


class Fixes:
    """The mends that are on offer."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._offered: dict[str, tuple[Change, ...]] = {}
        self.token = secrets.token_urlsafe(16)

    def offer(self, problems: Iterable[Problem]) -> None:
        """Offer what mends these problems, and nothing else any more."""
        self._offered = {name_of(one): one.changes for one in problems if one.changes}

    def make(self, asked: Asked) -> bool:
        """Make what was asked for; tells whether that could be done."""
        if not hmac.compare_digest(asked.token.encode(), self.token.encode()):
            return False
        changes = self._offered.get(asked.fix)
        if changes is None:
            return False
        try:
            apply(self._root, changes)
        except (NotEditedError, OSError):
            return False
        return True


def name_of(problem: Problem) -> str:
    """Name what mends a problem; empty where nothing does."""
    if not problem.changes:
        return ""
    return hashlib.blake2b(repr(problem.changes).encode(), digest_size=12).hexdigest()
