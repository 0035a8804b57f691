"""A recurrence ↔ an RRULE (RFC 5545, 3.3.10), as calendars and some editors write it."""

import re
from datetime import UTC, date, datetime, time, tzinfo
from typing import Final

from netzsite.times.recurrence import (
    CODES,
    FREQUENCIES,
    NthDay,
    Recurrence,
    RecurrenceError,
)
from netzsite.times.words import LONGEST, YEARS

_PARTS: Final = {
    "FREQ": "|".join(FREQUENCIES).upper(),
    "INTERVAL": "[0-9]{1,4}",
    "COUNT": "[0-9]{1,5}",
    "UNTIL": "[0-9]{8}(T[0-9]{6}Z?)?",
    "WKST": "MO",
    "BYSETPOS": "[+-]?[0-9]",
    "BYMONTH": "[0-9]{1,2}(,[0-9]{1,2})*",
    "BYMONTHDAY": "[+-]?[0-9]{1,2}(,[+-]?[0-9]{1,2})*",
    "BYDAY": "([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU))*",
}
"""The parts that are read, and the form of their values (RFC 5545, 3.3.10)."""
_BY_DAY: Final = re.compile("([+-]?[0-9]{1,2})?([A-Z]{2})")


def rrule_text(recurrence: Recurrence, start: date) -> str:
    """Write the value of an RRULE (RFC 5545, 3.3.10) for an event whose DTSTART is `start`.

    The form of UNTIL follows it: a day for a day, local time for a naive datetime, and UTC for one
    with a zone; at the end of the last day, so that it doesn't hang on the time of the event.
    """
    days = [CODES[day - 1] for day in recurrence.days]
    days += [f"{one.nth}{CODES[one.day - 1]}" for one in recurrence.nth_days]
    parts = {
        "FREQ": recurrence.frequency.upper(),
        "INTERVAL": str(recurrence.interval) if recurrence.interval > 1 else "",
        "BYMONTH": ",".join(map(str, recurrence.months)),
        "BYMONTHDAY": ",".join(map(str, recurrence.month_days)),
        "BYDAY": ",".join(days),
        "COUNT": str(recurrence.count or ""),
        "UNTIL": _until_text(recurrence.until, start) if recurrence.until else "",
    }
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def _until_text(until: date, start: date) -> str:
    if not isinstance(start, datetime):
        return f"{until:%Y%m%d}"
    end = datetime.combine(until, time(23, 59, 59), tzinfo=start.tzinfo)
    return f"{end.astimezone(UTC):%Y%m%dT%H%M%SZ}" if start.tzinfo else f"{end:%Y%m%dT%H%M%S}"


def read_rrule(text: str, zone: tzinfo | None) -> Recurrence:
    """Read an RRULE; raises `RecurrenceError` for what can't be said as a recurrence."""
    parts = _rrule_parts(text)
    if "FREQ" not in parts:
        raise RecurrenceError("unsupported-frequency", 0, len(text))
    by_day = [
        (int(nth or 0), CODES.index(code) + 1)
        for nth, code in _BY_DAY.findall(parts.get("BYDAY", ""))
    ]
    numbers = {
        name: tuple(map(int, parts[name].split(","))) if name in parts else ()
        for name in ("BYMONTH", "BYMONTHDAY")
    }
    if by_day and len({bool(nth) for nth, _ in by_day}) > 1:
        raise RecurrenceError("unsupported-combination", 0, len(text))
    position = int(parts.get("BYSETPOS", 0))
    if position and (len(by_day) != 1 or parts["FREQ"] != "MONTHLY"):
        raise RecurrenceError("unsupported-combination", 0, len(text))
    if position:  # `BYDAY=MO;BYSETPOS=-1` is what others write for `BYDAY=-1MO`
        by_day = [(position, day) for _, day in by_day]
    return Recurrence(
        frequency=next(name for name in FREQUENCIES if name.upper() == parts["FREQ"]),
        interval=int(parts.get("INTERVAL", 1)),
        days=tuple(day for nth, day in by_day if not nth),
        nth_days=tuple(NthDay(day=day, nth=nth) for nth, day in by_day if nth),
        month_days=numbers["BYMONTHDAY"],
        months=numbers["BYMONTH"],
        until=_read_until(parts["UNTIL"], zone) if "UNTIL" in parts else None,
        count=int(parts["COUNT"]) if "COUNT" in parts else None,
    )


def _rrule_parts(text: str) -> dict[str, str]:
    """Take an RRULE apart into names and values, each of the form it must have."""
    if len(text) > LONGEST:
        raise RecurrenceError("too-long", LONGEST, len(text))
    parts: dict[str, str] = {}
    prefix = re.match(r"\s*(?:RRULE:)?", text, re.IGNORECASE)
    start = prefix.end() if prefix else 0
    for part in text[start:].rstrip().split(";"):
        end = start + len(part)
        name, _, value = part.upper().partition("=")
        if name not in _PARTS:
            raise RecurrenceError("unsupported-part", start, end)
        if name in parts:
            raise RecurrenceError("repeated", start, end)
        if not re.fullmatch(_PARTS[name], value):
            kind = "frequency" if name == "FREQ" else "value"
            raise RecurrenceError(f"unsupported-{kind}", start, end)
        if name == "UNTIL" and not _is_moment(value):
            raise RecurrenceError("impossible-date", start, end)
        parts[name] = value
        start = end + 1
    return parts


def _is_moment(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).year in YEARS
    except ValueError:
        return False


def _read_until(value: str, zone: tzinfo | None) -> date:
    """Read the last day; a time of day is dropped, once it is that of the right zone."""
    moment = datetime.fromisoformat(value)
    return (moment.astimezone(zone) if moment.tzinfo and zone else moment).date()
