"""Recurring events as a value, and the days they fall on.

How people write a recurrence is known to `recurrence_text`, how RFC 5545 does to `rrule`. The time
of day is the event's own and unknown here.
"""

from datetime import date, datetime, time
from typing import Final, Literal

import msgspec
from msgspec.structs import force_setattr

from netzsite.times.opening_rules import LAST, ORDINALS, nths
from netzsite.times.words import ALL_DAYS, YEARS, TextError

Frequency = Literal["daily", "weekly", "monthly", "yearly"]

FREQUENCIES: Final[dict[Frequency, Literal[0, 1, 2, 3]]] = {
    "yearly": 0, "monthly": 1, "weekly": 2, "daily": 3,
}  # fmt: skip
"""The numbers that dateutil gives them."""
CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS: Final = tuple(range(1, 13))
MONTH_DAYS: Final = (*range(1, 32), LAST)
_MOST_INTERVAL: Final = 999
_MOST_COUNT: Final = 9999


class RecurrenceError(TextError):
    """A recurrence that can't be read without guessing, or isn't supported; see `TextError`."""


class NthDay(msgspec.Struct, frozen=True, kw_only=True, order=True, gc=False):
    """The nth (1 to 5, -1 is the last) of a weekday (1 is Monday) in a month."""

    day: int
    nth: int


class Recurrence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How an event recurs, in one normal form (every day of the week is daily, 14 days two weeks).

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
        weeks, rest = divmod(self.interval, len(ALL_DAYS))
        if self.frequency == "daily" and not rest:
            force_setattr(self, "frequency", "weekly")
            force_setattr(self, "interval", weeks)
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
            or not set(self.month_days) <= set(MONTH_DAYS)
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
        freq=FREQUENCIES[recurrence.frequency],
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
