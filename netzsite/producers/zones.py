"""A zone's name → a VTIMEZONE (RFC 5545, 3.6.5) with one rule for each half of the year.

The rules come from the last line of the zone's TZif file (RFC 9636, 3.3): a POSIX TZ string such
as ``CET-1CEST,M3.5.0,M10.5.0/3``. A list of single changes (RDATE) is read an hour off by Outlook.
"""

import re
from datetime import datetime, timedelta
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import icalendar

_NAME: Final = r"(?:<[^>]+>|[A-Za-z]+)"
_OFFSET: Final = r"[+-]?\d{1,2}(?::\d{2}(?::\d{2})?)?"
_RULE: Final = r"M(\d+)\.(\d+)\.(\d+)(?:/([+-]?\d+(?::\d{2})?))?"
_POSIX: Final = re.compile(
    rf"(?P<std>{_NAME})(?P<off>{_OFFSET})(?:(?P<dst>{_NAME})(?P<dstoff>{_OFFSET})?,"
    rf"(?P<start>{_RULE}),(?P<end>{_RULE}))?"
)
_DAYS: Final = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_LAST_WEEK: Final = 5


def posix_rule(name: str) -> str:
    """Read a zone's POSIX TZ string; raises ``FileNotFoundError`` for an unknown zone."""
    *folders, file = name.split("/")
    package = ".".join(("tzdata.zoneinfo", *folders))
    data = (resources.files(package) / file).read_bytes()
    return data.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")


def vtimezone(name: str) -> "icalendar.Timezone":
    """Write the VTIMEZONE of a zone, with rules that hold from 1970 on."""
    import icalendar  # noqa: PLC0415 - 150 ms, and a warm build writes no calendar

    zone = icalendar.Timezone()
    zone.add("tzid", name)
    hit = _POSIX.fullmatch(posix_rule(name))
    if hit is None:
        raise ValueError(f"no rule for the zone {name}")
    standard = -_seconds(hit["off"])
    part = icalendar.TimezoneStandard()
    if hit["dst"] is None:
        _fill(part, hit["std"], standard, standard, None)
        zone.add_component(part)
        return zone
    summer = -_seconds(hit["dstoff"]) if hit["dstoff"] else standard + timedelta(hours=1)
    _fill(part, hit["std"], summer, standard, hit["end"])
    daylight = icalendar.TimezoneDaylight()
    _fill(daylight, hit["dst"], standard, summer, hit["start"])
    zone.add_component(daylight)
    zone.add_component(part)
    return zone


def _fill(
    part: "icalendar.Component", name: str, before: timedelta, after: timedelta, rule: str | None
) -> None:
    from icalendar import vRecur  # noqa: PLC0415

    part.add("tzname", name.strip("<>"))
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    if rule is None:
        part.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - local by RFC 5545
        return
    month, week, day, at = re.fullmatch(_RULE, rule).groups()  # type: ignore[union-attr]
    clock = _seconds(at or "2")
    nth = -1 if int(week) == _LAST_WEEK else int(week)
    part.add("dtstart", _first(int(month), nth, int(day)) + clock)
    part.add("rrule", vRecur.from_ical(f"FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{_DAYS[int(day)]}"))


def _first(month: int, nth: int, day: int) -> datetime:
    """Give the day in 1970 that a rule „nth weekday of the month“ means; Sunday is 0."""
    weekday = (day - 1) % 7
    if nth > 0:
        first = datetime(1970, month, 1)  # noqa: DTZ001 - local by RFC 5545
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    after = datetime(1970 + month // 12, month % 12 + 1, 1)  # noqa: DTZ001
    last = after - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _seconds(text: str) -> timedelta:
    sign = -1 if text.startswith("-") else 1
    hours, *rest = text.lstrip("+-").split(":")
    minutes = int(rest[0]) if rest else 0
    return sign * timedelta(hours=int(hours), minutes=minutes)
