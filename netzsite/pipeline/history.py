"""The git history of a site → how often each event and place was changed, and when last.

A phone takes an event anew when its SEQUENCE or its DTSTAMP has grown (RFC 5546, 2.1.5). Both come
from all commits that can be reached, merged ones included: what is reached only becomes more, so
they never fall, also where an event moves back to its old day. Asked is the project whose top is
the site's folder; of a part of another project, and of none, there is no history.
"""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from netzsite.network.revisions import Revision, Revisions
from netzsite.problems import Problem
from netzsite.records.event import Event
from netzsite.records.parse import Home, Parsed, home_of

_ASKED: Final = ("events", "places")
"""The folders whose files a calendar shows."""
_LOG: Final = (
    *("log", "--full-history", "--diff-merges=first-parent", "--no-renames", "--no-show-signature"),
    *("--relative", "--name-only", "-z", "--format=%x01%ct"),
)
_PATIENCE: Final = 60.0
"""Seconds that git may take."""


def commit(root: Path) -> str:
    """Name the commit that a site's own project is at, to know when its history is another.

    Empty where there is none. Without a process: an unchanged site must not wait for one.
    """
    git = _folder(root)
    if git is None:
        return ""
    head = _text(git / "HEAD")
    name = head.removeprefix("ref: ")
    shared = _shared(git)
    at = head if name == head else _text(git / name) or _text(shared / name)
    if not at:
        packed = re.search(rf"(?m)^(\w+) {re.escape(name)}$", _text(shared / "packed-refs"))
        at = packed[1] if packed else _text(shared / "reftable" / "tables.list")
    return f"{at} shallow" if at and _is_shallow(git) else at


def read(root: Path, files: Iterable[Parsed]) -> Revisions | Problem:
    """Count the changes; a Problem where there is a history that can't be read, or not all of it.

    Without an event that has a day nobody is asked.
    """
    at = commit(root)
    dated = any(isinstance(file.record, Event) and file.record.start for file in files)
    if not at or not dated:
        return {}
    if at.endswith(" shallow"):
        return Problem(code="history-missing", facts={"reason": "@shallow"})
    told = _log(root / "content")
    if told is None:
        return Problem(code="history-missing", facts={"reason": "@no-git"})
    return counted(told)


def counted(log: str) -> Revisions:
    """Read what git tells of commits: for each its time, and the paths that it changed."""
    found: dict[tuple[str, str], Revision] = {}
    for entry in log.split("\x01")[1:]:
        seconds, *paths = filter(None, re.split(r"[\0\n]", entry))
        when = datetime.fromtimestamp(int(seconds), UTC)
        for key in set(_keys(paths)):
            old = found.get(key, Revision(0, when))
            found[key] = Revision(old.changes + 1, max(old.last, when))
    return found


def _keys(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Name records by their files: one that moves to another folder stays the same."""
    for path in paths:
        home = home_of(path)
        if isinstance(home, Home):
            yield home.kind, home.id


def _log(content: Path) -> str | None:
    """Ask git, whatever a hook that we run in has set; None where it fails."""
    import subprocess  # noqa: PLC0415 - an unchanged site starts no process

    known = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments
            ["git", *_LOG, "--", *_ASKED],  # noqa: S607 - the git that is installed
            cwd=content,
            env=known | {"GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "surrogateescape")


def _folder(root: Path) -> Path | None:
    """Find where git keeps a project: a folder, or the one that a work tree's file names."""
    git = root / ".git"
    if git.is_file():
        git = root / _text(git).removeprefix("gitdir: ")
    return git if git.is_dir() else None


def _shared(git: Path) -> Path:
    """Find what all work trees of a project share."""
    return git / (_text(git / "commondir") or ".")


def _is_shallow(git: Path) -> bool:
    return (_shared(git) / "shallow").exists()


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
