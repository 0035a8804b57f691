"""Dates as editors write them → ``date`` and ``Moment``; all in the site's time zone.

Read are ``2024-01-31``, ``31.01.2024``, each with a time if wanted (``18:00``, ``18 Uhr``,
``T18:00:00``). What could be read in two ways is refused.
"""

import re
from datetime import date, datetime, time
from typing import Final

from msgspec import Struct

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GERMAN: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_CLOCK: Final = re.compile(
    r"(?:[T ]|,\s*)\s*(\d{1,2})(?:[:.](\d{2})(?::00(?:\.0+)?)?)?(?:\s*Uhr)?", re.IGNORECASE
)
_AMBIGUOUS: Final = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}-\d{1,2}-\d{2,4}|\d{1,2}\.\d{1,2}\.\d{0,2}"
)
_ZONED: Final = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$")
FIRST_YEAR, LAST_YEAR = 1900, 2200


class DateError(ValueError):
    """A text that is no date; ``code`` names the problem kind."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Moment(Struct, frozen=True, order=True, gc=False):
    """A day, and the time of that day when there is one (local, without a zone)."""

    day: date
    clock: time | None = None

    @property
    def local(self) -> datetime:
        """The moment as a naive local datetime; midnight when no time is given."""
        return datetime.combine(self.day, self.clock or time())

    def __str__(self) -> str:
        """Write the moment as it may be written in a record."""
        return str(self.day) if self.clock is None else f"{self.day} {self.clock:%H:%M}"


def read_day(text: str) -> date:
    """Read a day; raises ``DateError`` (``bad-date``, ``ambiguous-date``)."""
    moment = read_moment(text)
    if moment.clock not in (None, time()):
        raise DateError("bad-date")
    return moment.day


def read_moment(text: str) -> Moment:
    """Read a day with or without a time; raises ``DateError``."""
    text = text.strip()
    iso = _ISO.match(text)
    german = None if iso else _GERMAN.match(text)
    hit = iso or german
    if hit is None or not text.isascii():
        raise DateError("ambiguous-date" if _AMBIGUOUS.match(text) else "bad-date")
    year, month, day = (int(part) for part in (hit.groups() if iso else hit.groups()[::-1]))
    rest = text[hit.end() :]
    if rest and _ZONED.search(rest):
        raise DateError("ambiguous-date")
    clock = _CLOCK.fullmatch(rest) if rest else None
    if rest and clock is None:
        raise DateError("bad-date")
    try:
        return Moment(
            date(year, month, day), time(int(clock[1]), int(clock[2] or 0)) if clock else None
        )
    except ValueError:
        raise DateError("bad-date") from None
    finally:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise DateError("bad-date")
