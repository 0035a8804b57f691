"""A path of the content folder → what its file is: the kind, the id, a date in the name.

The name alone decides; whether a date in it is that of the record is known when it is read.
"""

import re
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from msgspec import Struct

from netzsite import text as words
from netzsite.media import medium
from netzsite.problems import Problem
from netzsite.records.kinds import KINDS, MANY, MEDIA, Kind
from netzsite.times.dates import FIRST_YEAR, LAST_YEAR

_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})-")
_MEANT_DAYS: Final = (
    re.compile(r"(?P<year>\d{4})[-_. ](?P<month>\d{1,2})[-_. ](?P<day>\d{1,2})[-_. ]+"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})[-_. ]+"),
    re.compile(r"(?P<day>\d{1,2})[-_. ](?P<month>\d{1,2})[-_. ](?P<year>\d{4})[-_. ]+"),
)
"""How else people begin a name with a day: ``2026-1-2-``, ``20260102-``, ``2.1.2026 ``."""
_MEDIA_SUFFIXES: Final = (medium.PICTURES | medium.DOCUMENTS | {".svg"}) - {".txt"}

"""Files of word processors and the like: no name makes them readable."""
_GERMAN: Final = {kind.german: kind.home for kind in MANY} | {
    "aktuelles": "posts",
    "bilder": MEDIA,
    "medien": MEDIA,
}
"""What the folders mean, as German editors call them."""


class Home(Struct, frozen=True, gc=False):
    """What a path says about its file: the kind, the id, a date in the name."""

    kind: str
    id: str
    day: str = ""
    """``YYYY-MM-DD`` as the name has it, even where there is no such day."""


_KIND_OF: Final = {kind.home: kind.name for kind in KINDS if kind.dated}
_USUAL: Final = re.compile(
    rf"(?P<home>{'|'.join(_KIND_OF)})/(?:[0-9]{{4}}/)?"
    r"(?:(?P<day>\d{4}-\d{2}-\d{2})-)?(?P<id>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.md",
    re.ASCII,
)
"""How nearly all files of a large site are called; what is said of them at length holds too."""


_COPY: Final = re.compile(
    r"(?:(?:Kopie|Copy) (?:von|of) (.+?)"
    r"|(.+?)(?: \([0-9]{1,2}\)| \([^()]*(?:konflikt|conflict)[^()]*\)"
    r"| ?- ?(?:Kopie|Copy)(?: \([0-9]+\))?"
    r"| Kopie(?: [0-9]+)?| copy(?: [0-9]+)?|\.sync-conflict-[\w-]+|_conflict-[\w-]+"
    r"|-(?:DESKTOP|LAPTOP|PC|MacBook)[\w-]*))(\.[A-Za-z]+)?",
    re.IGNORECASE,
)
"""How cloud folders, Windows and macOS call a second copy of a file."""


def home_of(path: str) -> Home | Problem:
    """Say what a file of the content folder is, by its path alone; a Problem for a bad name."""
    usual = _USUAL.fullmatch(path)
    if usual and len(usual["id"]) <= words.SLUG_LENGTH:
        return Home(_KIND_OF[usual["home"]], usual["id"], usual["day"] or "")
    head, _, rest = path.partition("/")
    alien = _alien(path)
    if alien:
        return alien
    kind = next((kind for kind in KINDS if kind.home == head), None)
    if kind is None:
        return _stray(path, head, rest)
    if not rest:
        if kind.is_single:
            return Home(kind.name, kind.home.removesuffix(".yaml"))
        return Problem(code="unknown-file", path=path)
    return _named(path, rest, kind)


def _alien(path: str) -> Problem | None:
    """Tell a file that is no text from one that may be a record."""
    suffix = PurePosixPath(path).suffix
    if suffix.lower() in _MEDIA_SUFFIXES:
        guess = medium.right_name(f"{MEDIA}/{PurePosixPath(path).name}")
        return Problem(code="medium-misplaced", path=path, facts={"guess": guess})
    if suffix.lower() in medium.OFFICE:
        return Problem(code="office-file", path=path, facts={"suffix": suffix})
    return None


def _stray(path: str, head: str, rest: str) -> Problem:
    homes = [kind.home for kind in KINDS] + [MEDIA]
    guess = _GERMAN.get(words.slug(head)) or words.nearest(head, homes)
    facts = {"guess": guess + (f"/{rest}" if rest else "")} if guess else {}
    return Problem(code="unknown-file", path=path, facts=facts)


def _named(path: str, rest: str, kind: Kind) -> Home | Problem:
    file = PurePosixPath(rest)
    folders = file.parts[:-1]
    day, stem = _dated(file.name.removesuffix(kind.suffix)) if kind.dated else ("", file.name)
    stem = stem.removesuffix(kind.suffix)
    right = file.name.endswith(kind.suffix) and words.is_id(stem)
    placed = (kind.nested or not folders) and all(words.is_id(folder) for folder in folders)
    meant = kind.dated and not day and _meant_day(stem)
    if right and placed and not meant:
        prefix = "/".join((*folders, "")) if kind.name == "page" else ""
        return Home(kind.name, prefix + stem, day)
    copied = _COPY.fullmatch(file.name)
    if copied:
        original = (copied[1] or copied[2]) + (copied[3] or "")
        facts = {"name": file.name, "guess": original}
        return Problem(code="conflict-copy", path=path, facts=facts)
    return Problem(code="bad-file-name", path=path, facts={"guess": _right_name(file, kind)})


def _dated(stem: str) -> tuple[str, str]:
    """Cut a leading day off a name, whether or not there is such a day."""
    hit = _DAY.match(stem)
    return (hit[1], stem[hit.end() :]) if hit else ("", stem)


def _meant_day(stem: str) -> tuple[str, str] | None:
    """Read a leading day that is written in another way, and what follows it."""
    for pattern in _MEANT_DAYS:
        hit = pattern.match(stem)
        if hit is None or not FIRST_YEAR <= int(hit["year"]) <= LAST_YEAR:
            continue
        try:
            day = date(int(hit["year"]), int(hit["month"]), int(hit["day"]))
        except ValueError:
            continue
        return str(day), stem[hit.end() :]
    return None


def _right_name(file: PurePosixPath, kind: Kind) -> str:
    day, stem = _dated(file.stem) if kind.dated else ("", file.stem)
    if kind.dated and not day:
        day, stem = _meant_day(file.stem) or (day, stem)
    made = (words.slug(stem) or "name") + kind.suffix
    folders = [words.slug(part) or "ordner" for part in file.parts[:-1]] if kind.nested else []
    return "/".join((kind.home, *folders, f"{day}-{made}" if day else made))
