"""A zone's name → a VTIMEZONE (RFC 5545, 3.6.5) with one rule for each half of the year.

The rules come from the zone's POSIX TZ string such as ``CET-1CEST,M3.5.0,M10.5.0/3``. A list of
single changes (RDATE) is read an hour off by Outlook.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from netzsite.times.zonedata import posix_rule

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
_EPOCH: Final = 1970
_CYCLE: Final = 28
"""Years after which each date has had each weekday."""


def vtimezone(name: str) -> "icalendar.Timezone":
    """Write the VTIMEZONE of a zone, with rules from 1970 on; raises ``LookupError``."""
    import icalendar  # noqa: PLC0415 - 150 ms, and a warm build writes no calendar

    zone = icalendar.Timezone()
    zone.add("tzid", name)
    hit = _POSIX.fullmatch(posix_rule(name))
    if hit is None:
        raise ValueError(f"no rule for the zone {name}")
    standard = -_seconds(hit["off"])
    if hit["dst"] is None:
        _add(zone, icalendar.TimezoneStandard(), hit["std"], standard, standard)
        return zone
    summer = -_seconds(hit["dstoff"]) if hit["dstoff"] else standard + timedelta(hours=1)
    for first, rule in _changes(hit["start"]):
        daylight = icalendar.TimezoneDaylight()
        _add(zone, daylight, hit["dst"], standard, summer, first, rule)
    for first, rule in _changes(hit["end"]):
        _add(zone, icalendar.TimezoneStandard(), hit["std"], summer, standard, first, rule)
    return zone


def _add(  # noqa: PLR0917 - the properties of RFC 5545, 3.6.5 in their order
    zone: "icalendar.Timezone",
    part: "icalendar.Component",
    name: str,
    before: timedelta,
    after: timedelta,
    first: datetime = datetime(_EPOCH, 1, 1),  # noqa: DTZ001 - local by RFC 5545
    rule: str = "",
) -> None:
    from icalendar import vRecur  # noqa: PLC0415

    part.add("tzname", name.strip("<>"))
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    part.add("dtstart", first)
    if rule:
        part.add("rrule", vRecur.from_ical(rule))
    zone.add_component(part)


def _changes(rule: str) -> Iterator[tuple[datetime, str]]:
    """Give the first moment and the RRULE of a change „nth weekday of a month, at a time“.

    The time may be that of a day before or after (``/-1``, ``/26``: RFC 9636, 3.3.1). That day's
    weekday is known, but not which of it in the month, so it is found by the days of the month it
    can be; where they lie in two months, each has a rule of its own.
    """
    month, week, weekday, at = re.fullmatch(_RULE, rule).groups()  # type: ignore[union-attr]
    over, clock = divmod(_seconds(at or "2"), timedelta(days=1))
    nth = -1 if int(week) == _LAST_WEEK else int(week)
    name = _DAYS[(int(weekday) + over) % 7]
    if not over:
        rules = {int(month): f"BYDAY={nth}{name}"}
    else:
        earliest = (7 * nth - 6 if nth > 0 else -7) + over
        rules = {
            in_month: f"BYMONTHDAY={','.join(map(str, days))};BYDAY={name}"
            for in_month, days in _by_month(int(month), range(earliest, earliest + 7), nth).items()
        }
    for in_month, by in rules.items():
        yield (
            _first(int(month), nth, int(weekday), over, in_month) + clock,
            f"FREQ=YEARLY;BYMONTH={in_month};{by}",
        )


def _by_month(month: int, days: range, nth: int) -> dict[int, list[int]]:
    """Sort days that count from a month's beginning, or from its end, by the month they are of.

    Before the 1st comes the last day of the month before; after the last (-1), the next one's 1st.
    """
    found: dict[int, list[int]] = {}
    for day in days:
        if nth > 0 and day < 1:
            found.setdefault((month - 2) % 12 + 1, []).append(day - 1)
        elif nth < 0 <= day:
            found.setdefault(month % 12 + 1, []).append(day + 1)
        else:
            found.setdefault(month, []).append(day)
    return found


def _first(month: int, nth: int, weekday: int, over: int, in_month: int) -> datetime:
    """Give the first day from 1970 on that lies so many days over the nth weekday of a month.

    ``in_month`` is the month that the day itself must be of; Sunday is 0.
    """
    years = range(_EPOCH, _EPOCH + _CYCLE)
    days = (_nth(year, month, nth, weekday) + timedelta(days=over) for year in years)
    return next(day for day in days if day.month == in_month)


def _nth(year: int, month: int, nth: int, weekday: int) -> datetime:
    monday = (weekday - 1) % 7
    if nth > 0:
        first = datetime(year, month, 1)  # noqa: DTZ001 - local by RFC 5545
        return first + timedelta(days=(monday - first.weekday()) % 7 + 7 * (nth - 1))
    after = datetime(year + month // 12, month % 12 + 1, 1)  # noqa: DTZ001
    last = after - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - monday) % 7)


def _seconds(text: str) -> timedelta:
    sign = -1 if text.startswith("-") else 1
    hours, *rest = text.lstrip("+-").split(":")
    minutes = int(rest[0]) if rest else 0
    return sign * timedelta(hours=int(hours), minutes=minutes)
