"""Dates as editors write them → ``date``, ``PartialDate`` and ``Moment``; in the site's time zone.

Read are ``2024-01-31``, ``31.01.2024``, ``31. Januar 2024``, ``31/01/2024``, each with its weekday
if wanted (which has to be right) and with a time (``18:00``, ``18 Uhr``, ``18h``, ``T18:00:00``).
What could be read in two ways is refused.
"""

import re
from datetime import date, datetime, time
from typing import Final

from msgspec import Struct

from netzsite.times.vocabulary import LANGUAGES

_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212]")
_BLANKS: Final = re.compile(r"[\s\u00a0\u202f]+")
_DAY_NAMES: Final = {
    name.lower(): number
    for words in LANGUAGES.values()
    for number, names in enumerate(words.days, 1)
    for name in names.split("|")
}
_MONTH_NAMES: Final = {
    name.lower(): number
    for words in LANGUAGES.values()
    for number, names in enumerate(words.months, 1)
    for name in names.split("|")
}
_MONTH: Final = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))
_WEEKDAYS: Final = "|".join(sorted(_DAY_NAMES, key=len, reverse=True))
_WEEKDAY: Final = re.compile(rf"({_WEEKDAYS})\b\.?\s*,?\s*(?:den\s+)?", re.IGNORECASE)
_ISO: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_GERMAN: Final = re.compile(r"(?P<day>[0-9]{1,2})\.\s?(?P<month>[0-9]{1,2})\.\s?(?P<year>[0-9]{4})")
_SPOKEN: Final = re.compile(
    rf"(?P<day>[0-9]{{1,2}})\.?\s*(?P<name>{_MONTH})\b\.?\s*(?P<year>[0-9]{{4}})", re.IGNORECASE
)
_SLASHED: Final = re.compile(
    r"(?P<day>1[3-9]|2[0-9]|3[01])/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"
)
"""A day over 12 can only be the day."""
_CLOCK: Final = re.compile(
    r"(?:[T ]|,\s*)\s*(?:um\s+)?([0-9]{1,2})(?:[:.]([0-9]{2})(?::00(?:\.0+)?)?)?(?:\s*(?:Uhr|h))?",
    re.IGNORECASE,
)
_AMBIGUOUS: Final = re.compile(
    r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{1,2}-[0-9]{1,2}-[0-9]{2,4}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{0,2}"
)
_ZONED: Final = re.compile(r"(?:Z|[+-][0-9]{2}:?[0-9]{2})$")
_ISO_MONTH: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})")
_SPOKEN_MONTH: Final = re.compile(rf"(?P<name>{_MONTH})\.?\s+(?P<year>[0-9]{{4}})", re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1900, 2200


class DateError(ValueError):
    """A text that is no date; ``code`` names the problem kind."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PartialDate(Struct, frozen=True, order=True, gc=False):
    """A day, or a month of which nobody knows the day (EDTF, level 0)."""

    first: date
    """The day; of a month its first."""
    whole_month: bool = False
    """Whether only the month is known."""

    @property
    def year(self) -> int:
        """The year it is in."""
        return self.first.year

    def isoformat(self) -> str:
        """Write it by ISO 8601: ``2024-02-01``, or ``2024-02``."""
        return f"{self.first:%Y-%m}" if self.whole_month else self.first.isoformat()

    __str__ = isoformat


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


def read_partial(text: str) -> PartialDate:
    """Read a day or a month; raises ``DateError``."""
    plain = _plain(text)
    hit = _ISO_MONTH.fullmatch(plain) or _SPOKEN_MONTH.fullmatch(plain)
    if hit is None:
        return PartialDate(read_day(text))
    return PartialDate(_day_of(hit), whole_month=True)


def read_moment(text: str) -> Moment:
    """Read a day with or without a time; raises ``DateError`` (also ``wrong-weekday``)."""
    text = _plain(text)
    named = _WEEKDAY.match(text)
    text = text[named.end() :] if named else text
    hits = (form.match(text) for form in (_ISO, _GERMAN, _SPOKEN, _SLASHED))
    hit = next(filter(None, hits), None)
    if hit is None or re.search(r"[^\x00-\x7f]", text[hit.end() :]):
        raise DateError("ambiguous-date" if _AMBIGUOUS.match(text) else "bad-date")
    rest = text[hit.end() :]
    if rest and _ZONED.search(rest):
        raise DateError("ambiguous-date")
    clock = _CLOCK.fullmatch(rest) if rest else None
    if rest and clock is None:
        raise DateError("bad-date")
    day = _day_of(hit)
    if named and _DAY_NAMES[named[1].lower()] != day.isoweekday():
        raise DateError("wrong-weekday")
    try:
        return Moment(day, time(int(clock[1]), int(clock[2] or 0)) if clock else None)
    except ValueError:
        raise DateError("bad-date") from None


def _plain(text: str) -> str:
    """Write all dashes and blanks as the keyboard has them."""
    return _BLANKS.sub(" ", _DASHES.sub("-", text)).strip()


def _day_of(hit: re.Match[str]) -> date:
    said = hit.groupdict()
    name = said.get("name")
    month = _MONTH_NAMES[name.lower()] if name else int(said["month"])
    year = int(said["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError("bad-date")
    try:
        return date(year, month, int(said.get("day") or 1))
    except ValueError:
        raise DateError("bad-date") from None
