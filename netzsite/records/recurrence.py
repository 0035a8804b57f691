"""Recurring events: as people write them, as RFC 5545 writes them, and the days they fall on.

`jeden 2. Mittwoch im Monat`, `alle zwei Wochen am Dienstag bis 31.12.2026` and
`FREQ=MONTHLY;BYDAY=2WE` become one value and can be written back in both ways. The time of day is
the event's own and unknown here.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo
from typing import Final, Literal

import msgspec
from msgspec.structs import force_setattr

from netzsite.records.hours_text import (
    ALL_DAYS,
    LONGEST,
    YEARS,
    Cursor,
    TextError,
    Token,
    Words,
    words,
)
from netzsite.records.rules import LAST, ORDINALS, nths

Frequency = Literal["daily", "weekly", "monthly", "yearly"]

_FREQUENCIES: Final[dict[Frequency, Literal[0, 1, 2, 3]]] = {
    "yearly": 0, "monthly": 1, "weekly": 2, "daily": 3,
}  # fmt: skip
"""The numbers that dateutil gives them."""
_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS: Final = tuple(range(1, 13))
_MONTH_DAYS: Final = (*range(1, 32), LAST)
_MOST_INTERVAL: Final = 999
_MOST_COUNT: Final = 9999
_UNITS: Final[dict[str, Frequency]] = {
    "unit-day": "daily", "unit-week": "weekly", "unit-month": "monthly", "unit-year": "yearly",
}  # fmt: skip
_ADVERBS: Final[dict[str, tuple[Frequency, int]]] = {
    "all-days": ("daily", 1), "weekly": ("weekly", 1), "fortnightly": ("weekly", 2),
    "monthly": ("monthly", 1), "yearly": ("yearly", 1),
}  # fmt: skip


class RecurrenceError(TextError):
    """A recurrence that can't be read without guessing, or isn't supported; see `TextError`."""


class NthDay(msgspec.Struct, frozen=True, kw_only=True, order=True, gc=False):
    """The nth (1 to 5, -1 is the last) of a weekday (1 is Monday) in a month."""

    day: int
    nth: int


class Recurrence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How an event recurs, in one normal form (every day of the week is daily).

    Of `days`, `nth_days` and `month_days` at most one is given; without one, the first occurrence
    says the day. Raises ValueError, named as in `hours_text.REASONS`, for what is out of range or
    not supported together.
    """

    frequency: Frequency
    interval: int = 1
    days: tuple[int, ...] = ()
    """Weekdays, 1 for Monday; only if weekly."""
    nth_days: tuple[NthDay, ...] = ()
    """Only if monthly, or yearly in some months."""
    month_days: tuple[int, ...] = ()
    """1 to 31, -1 is the last; only if monthly, or yearly in some months."""
    months: tuple[int, ...] = ()
    """In these only."""
    until: date | None = None
    """The last day on which it may be; not together with `count`."""
    count: int | None = None

    def __post_init__(self) -> None:
        for name in ("days", "nth_days", "month_days", "months"):
            force_setattr(self, name, tuple(sorted(set(getattr(self, name)))))
        self._check_values()
        if self.interval == 1 and not (self.nth_days or self.month_days):
            if self.days and self.frequency in ("daily", "monthly"):
                force_setattr(self, "frequency", "weekly")
            if self.days == ALL_DAYS and self.frequency == "weekly":
                force_setattr(self, "frequency", "daily")
                force_setattr(self, "days", ())
        if self.months == _MONTHS and self.frequency != "yearly":
            force_setattr(self, "months", ())
        self._check_shape()

    def _check_values(self) -> None:
        """Refuse what is out of range."""
        nth_days = {(one.nth, one.day) for one in self.nth_days}
        if (
            not 1 <= self.interval <= _MOST_INTERVAL
            or not 1 <= (1 if self.count is None else self.count) <= _MOST_COUNT
            or not {*self.days, *(day for _, day in nth_days)} <= set(ALL_DAYS)
            or not {nth for nth, _ in nth_days} <= set(ORDINALS)
            or not set(self.month_days) <= set(_MONTH_DAYS)
            or not set(self.months) <= set(_MONTHS)
        ):
            raise ValueError("unsupported-value")
        if self.until and self.until.year not in YEARS:
            raise ValueError("impossible-date")

    def _check_shape(self) -> None:
        """Refuse combinations that nobody would say in one sentence, and what can never be."""
        given = [name for name in ("days", "nth_days", "month_days") if getattr(self, name)]
        monthly = self.frequency == "monthly" or (self.frequency == "yearly" and self.months)
        fitting = {"days": self.frequency == "weekly", "nth_days": monthly, "month_days": monthly}
        if len(given) > 1 or not all(fitting[name] for name in given):
            raise ValueError("unsupported-combination")
        if self.until and self.count is not None:
            raise ValueError("unsupported-combination")
        longest = max(_LENGTHS[month - 1] for month in self.months or _MONTHS)
        if self.month_days and min(self.month_days) > longest:
            raise ValueError("impossible-date")


def fits(recurrence: Recurrence, start: date) -> bool:
    """Tell whether a first day is one of the recurrence; RFC 5545 (3.8.5.3) asks it of DTSTART."""
    if recurrence.until and start > recurrence.until:
        return False
    if recurrence.months and start.month not in recurrence.months:
        return False
    weekday = start.isoweekday()
    following = date.fromordinal(start.toordinal() + 1)
    today = {start.day, LAST} if following.day == 1 else {start.day}
    if recurrence.days:
        return weekday in recurrence.days
    if recurrence.nth_days:
        here = nths(start)
        return any(one.day == weekday and one.nth in here for one in recurrence.nth_days)
    return not recurrence.month_days or not today.isdisjoint(recurrence.month_days)


def occurrences(recurrence: Recurrence, start: date, first: date, last: date) -> tuple[date, ...]:
    """Give the days from `first` to `last`, both inclusive, of what begins on `start`.

    Where `start` doesn't fit, it is no occurrence and none of the `count`.
    """
    from dateutil import rrule  # noqa: PLC0415 - 50 ms, needed where something recurs

    weekdays = [rrule.weekdays[day - 1] for day in recurrence.days]
    weekdays += [rrule.weekdays[one.day - 1](one.nth) for one in recurrence.nth_days]
    end = min(recurrence.until or last, last)
    rule = rrule.rrule(
        freq=_FREQUENCIES[recurrence.frequency],
        dtstart=datetime.combine(start, time()),
        interval=recurrence.interval,
        wkst=rrule.MO,
        count=recurrence.count,
        until=None if recurrence.count else datetime.combine(end, time()),
        bymonth=recurrence.months or None,
        bymonthday=recurrence.month_days or None,
        byweekday=weekdays or None,
    )
    window = datetime.combine(first, time()), datetime.combine(last, time())
    return tuple(moment.date() for moment in rule.between(*window, inc=True))


def rrule_text(recurrence: Recurrence, start: date) -> str:
    """Write the value of an RRULE (RFC 5545, 3.3.10) for an event whose DTSTART is `start`.

    The form of UNTIL follows it: a day for a day, local time for a naive datetime, and UTC for one
    with a zone; at the end of the last day, so that it doesn't hang on the time of the event.
    """
    days = [_CODES[day - 1] for day in recurrence.days]
    days += [f"{one.nth}{_CODES[one.day - 1]}" for one in recurrence.nth_days]
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


def write_recurrence(recurrence: Recurrence, language: str = "de") -> str:
    """Write a recurrence as a sentence that `read_recurrence` reads back to the same value.

    Raises LookupError for a language without words here.
    """
    table = words(language)
    text = _base_text(recurrence, table)
    if recurrence.months:
        months = table.join([table.month(month) for month in recurrence.months])
        dated = recurrence.frequency == "yearly" and min(recurrence.month_days, default=LAST) > 0
        name = "of-month" if dated and len(recurrence.months) == 1 else "in-months"
        text += table.patterns[name].format(months)
    if recurrence.until:
        text += " " + table.patterns["until"].format(table.date(recurrence.until))
    if recurrence.count:
        text += table.patterns["times"].format(recurrence.count)
    return text


def _base_text(recurrence: Recurrence, table: Words) -> str:
    """Write how often, and on which days."""
    frequency, once = recurrence.frequency, recurrence.interval == 1
    weekdays = table.join([table.long_day(day) for day in recurrence.days])
    nth_days = table.join(list(_nth_texts(recurrence.nth_days, table)))
    if weekdays and once:
        return table.patterns["weekly-days"].format(weekdays)
    if nth_days and once and frequency == "monthly":
        return table.patterns["each-nth"].format(nth_days)
    text = table.patterns[frequency if once else f"{frequency}-each"].format(recurrence.interval)
    if weekdays:
        text += table.patterns["on-days"].format(weekdays)
    month_days = [table.ordinal(day) for day in recurrence.month_days if day != LAST]
    month_days += [table.patterns["last-day"]] * (LAST in recurrence.month_days)
    if named := nth_days or table.join(month_days):
        text += table.patterns["on-nth"].format(named)
    return text


def _nth_texts(nth_days: tuple[NthDay, ...], table: Words) -> Iterator[str]:
    for day in ALL_DAYS:
        ordinals = [one.nth for one in nth_days if one.day == day]
        ordered = sorted(ordinals, key=ORDINALS.index)
        if ordered:
            yield f"{table.join([table.ordinal(nth) for nth in ordered])} {table.long_day(day)}"


def read_recurrence(text: str, zone: tzinfo | None = None) -> Recurrence:
    """Read a recurrence, in German, in English or as an RRULE (RFC 5545).

    `zone` is where the event is: an UNTIL in UTC counts as its whole day there, or in UTC without.
    Raises RecurrenceError: `reason` is one of `hours_text.REASONS`, `start` and `end` the place.
    """
    try:
        return _read_rrule(text, zone) if "=" in text[:LONGEST] else _Reader(text).read()
    except RecurrenceError:
        raise
    except ValueError as error:
        raise RecurrenceError(str(error), 0, len(text)) from None


class _Reader(Cursor):
    """Collects what is said in whatever order, each thing once, and adds it up at the end."""

    def __init__(self, text: str) -> None:
        super().__init__(text, RecurrenceError)
        self.frequency: Frequency | None = None
        self.interval = 1
        self.found: Final[dict[str, tuple[int, ...]]] = {}
        self.nth_days: Final[list[NthDay]] = []
        self.until: date | None = None
        self.count: int | None = None

    def read(self) -> Recurrence:
        """Read the whole text."""
        while not self.at("end"):
            self.item()
            comma = self.take("comma")
            if comma and self.at("end"):
                self.refuse("misplaced", comma.start, comma.end)
        return self.finish()

    def item(self) -> None:
        """Read whatever begins here."""
        start = self.token.start
        if adverb := self.take(*_ADVERBS):
            self.often(*_ADVERBS[adverb.kind], start)
        elif self.take("each"):
            self.unit(self.need("number", "count").number, start)
        elif self.at("number", "count"):
            self.number()
        elif self.take("every"):
            self.every(start)
        elif self.take("in-month"):
            self.once("in-month", (1,), start)
        elif self.at("only", "in"):
            self.months()
        elif self.at("to") and self.at_date(ahead=1):
            self.take("to")
            self.limit(start)
        else:
            self.take("on")
            self.days_item(start)

    def every(self, start: int) -> None:
        """Read on after `jeden`: `Mittwoch`, `2. Mittwoch`, `zweite Woche`, `2 Wochen`, `Monat`."""
        if self.at(*_UNITS):
            self.unit(1, start)
        elif self.at("number", "count"):
            self.unit(self.need("number", "count").number, start)
        elif self.at("ordinal") and self.token.number > 1 and self.at(*_UNITS, ahead=1):
            self.unit(self.need("ordinal").number, start)
        else:
            self.days_item(start)

    def unit(self, interval: int, start: int) -> None:
        """Read `Wochen`, of which there are so many between."""
        self.often(_UNITS[self.need(*_UNITS).kind], interval, start)

    def often(self, frequency: Frequency, interval: int, start: int) -> None:
        """Keep how often it is."""
        self.once("frequency", (), start)
        self.frequency, self.interval = frequency, interval

    def number(self) -> None:
        """Read `10 Mal` or `14-tägig`."""
        number = self.need("number", "count")
        self.take("dash")
        if self.take("times"):
            self.once("limit", (), number.start)
            self.count = number.number
        else:
            weeks, rest = divmod(number.number, len(ALL_DAYS))
            unit = self.need("unit-day", "unit-week")
            in_weeks = unit.kind == "unit-day" and not rest
            self.often(
                "weekly" if in_weeks else _UNITS[unit.kind],
                weeks if in_weeks else number.number,
                number.start,
            )

    def limit(self, start: int) -> None:
        """Read the day after `bis`."""
        self.until = self.date()
        self.once("limit", (), start)

    def months(self) -> None:
        """Read `nur im März, April und Mai`."""
        start = self.token.start
        self.take("only")
        self.need("in")
        found = [self.need("month").number]
        while self.skip_joint("month"):
            found.append(self.need("month").number)
        self.once("months", tuple(found), start)

    def days_item(self, start: int) -> None:
        """Read weekdays, the nth of them, or days of the month."""
        if not self.at("ordinal"):
            place = self.place
            self.once("days", self.days(), start)
            if self.interval > 1 and any(
                one.kind == "every" for one in self.tokens[place : self.place]
            ):
                # `alle 2 Wochen am Dienstag und jeden Freitag` are two recurrences.
                self.refuse("ambiguous", start, self.last.end)
            return
        while True:
            ordinals = self.ordinals()
            if not self.at("day"):
                self.month_days(ordinals, start)
                return
            day = self.need("day").number
            if wrong := next((one for one in ordinals if one.number not in ORDINALS), None):
                self.refuse("impossible-date", wrong.start, wrong.end)
            self.nth_days.extend(NthDay(day=day, nth=one.number) for one in ordinals)
            if self.skip_joint("day"):
                # `am 1. Montag und Freitag`: each Friday, or the first?
                self.refuse("ambiguous", start)
            if not self.skip_joint("ordinal"):
                break
        self.once("nth", (), start)

    def month_days(self, ordinals: tuple[Token, ...], start: int) -> None:
        """Make days of the month of ordinals; the last one is that of a day, said or understood."""
        numbers = tuple(one.number for one in ordinals)
        if not set(numbers) <= set(_MONTH_DAYS):
            self.refuse("impossible-date", start, self.last.end)
        named = bool(self.take("unit-day"))
        if self.nth_days or named != (LAST in numbers) or named != (numbers[-1] == LAST):
            self.refuse("ambiguous", start, self.last.end)
        self.once("month_days", numbers, start)
        if month := self.take("month"):
            self.once("months", (month.number,), start)

    def once(self, name: str, numbers: tuple[int, ...], start: int) -> None:
        """Keep something that can be said only once."""
        if name in self.found:
            self.refuse("repeated", start, self.last.end)
        self.found[name] = numbers

    def finish(self) -> Recurrence:
        """Find the frequency where it isn't said, and refuse what doesn't say enough."""
        frequency = self.frequency
        if frequency is None and "in-month" in self.found:
            frequency = "monthly"
        if frequency is None and "days" in self.found:
            frequency = "weekly"
        if frequency is None:
            # `jeden 2. Mittwoch` may be every other one or the second of the month.
            self.refuse("ambiguous", 0, self.token.end)
        if "in-month" in self.found and frequency != "monthly":
            self.refuse("ambiguous", 0, self.token.end)
        return Recurrence(
            frequency=frequency,
            interval=self.interval,
            days=self.found.get("days", ()),
            nth_days=tuple(self.nth_days),
            month_days=self.found.get("month_days", ()),
            months=self.found.get("months", ()),
            until=self.until,
            count=self.count,
        )


_PARTS: Final = {
    "FREQ": "|".join(_FREQUENCIES).upper(),
    "INTERVAL": "[0-9]{1,4}",
    "COUNT": "[0-9]{1,5}",
    "UNTIL": "[0-9]{8}(T[0-9]{6}Z?)?",
    "BYMONTH": "[0-9]{1,2}(,[0-9]{1,2})*",
    "BYMONTHDAY": "[+-]?[0-9]{1,2}(,[+-]?[0-9]{1,2})*",
    "BYDAY": "([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU))*",
}
"""The parts that are read, and the form of their values (RFC 5545, 3.3.10)."""
_BY_DAY: Final = re.compile("([+-]?[0-9]{1,2})?([A-Z]{2})")


def _read_rrule(text: str, zone: tzinfo | None) -> Recurrence:
    parts = _rrule_parts(text)
    if "FREQ" not in parts:
        raise RecurrenceError("unsupported-frequency", 0, len(text))
    by_day = [
        (int(nth or 0), _CODES.index(code) + 1)
        for nth, code in _BY_DAY.findall(parts.get("BYDAY", ""))
    ]
    numbers = {
        name: tuple(map(int, parts[name].split(","))) if name in parts else ()
        for name in ("BYMONTH", "BYMONTHDAY")
    }
    if by_day and len({bool(nth) for nth, _ in by_day}) > 1:
        raise RecurrenceError("unsupported-combination", 0, len(text))
    return Recurrence(
        frequency=next(name for name in _FREQUENCIES if name.upper() == parts["FREQ"]),
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
