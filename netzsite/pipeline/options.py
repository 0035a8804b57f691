"""What a build is asked for, and what it reports."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from netzsite.pool import Progress, nothing
from netzsite.problems import Problem

CACHE: Final = ".netzsite-cache"


def today_in(root: Path) -> date:
    """Say what day it is in the time zone of a site; here where it names none that is known."""
    hit = None
    with suppress(OSError, UnicodeDecodeError):
        text = (root / "content" / "site.yaml").read_text(encoding="utf-8-sig")
        hit = re.search(r"^timezone:\s*[\"']?([A-Za-z0-9_+/-]+)", text, re.MULTILINE)
    with suppress(ZoneInfoNotFoundError, ValueError):
        return datetime.now(ZoneInfo(hit[1]) if hit else None).date()
    return datetime.now().astimezone().date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build is asked for."""

    root: Path
    today: date
    output: Path | None = None
    """Where the site goes; ``ROOT/output`` when not given."""
    cache: Path | None = None
    """Where the memo lies; ``ROOT/.netzsite-cache`` when not given."""
    memo: bool = True
    jobs: int = 0
    """Worker processes; 0 is the number of processors."""
    strict: bool = False
    drafts: bool = False
    portable: bool = False
    base_url: str | None = None
    publish: bool = True
    verify: bool = False
    """Whether to build clean beside it too, and to publish only what is the same to the byte."""
    progress: Progress = nothing
    """Told how far the work is."""

    @property
    def target(self) -> Path:
        """The folder that the site goes to."""
        return self.output or self.root / "output"


class Counts(Struct, frozen=True, kw_only=True):
    """What publishing did, in files."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    paths: tuple[str, ...] = ()
    """Of the files written or removed."""
    created: tuple[str, ...] = ()
    """Of the files written, those that were not there before."""
    gone: tuple[str, ...] = ()
    """Of the files removed."""


class Unseen(Struct, frozen=True, kw_only=True):
    """A record that isn't shown yet."""

    path: str
    """Of its file, from the site's root."""
    title: str
    reason: str
    """``draft``, ``future``, or ``awaiting`` another record."""
    day: date | None
    """The first day on which it is shown, where that can be told."""


class Report(Struct, frozen=True, kw_only=True):
    """What came of a build."""

    problems: tuple[Problem, ...]
    published: bool
    counts: Counts = Counts()
    pages: int = 0
    seconds: float = 0.0
    next_change: date | None = None
    language: str | None = None
    """The site's, when it is known; so with the next two."""
    base_url: str | None = None
    edit_url: str | None = None
    good: bool = False
    """Whether the problems allow publishing."""
    unseen: tuple[Unseen, ...] = ()
    """What isn't shown yet, by the day on which it will be; a preview shows all."""
