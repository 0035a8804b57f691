"""What opening hours are made of: spans of a day, rules for weeks and for months.

Times are those of the clock on the wall; no zone and no date is known here.
"""

from datetime import date, time
from typing import Final, Literal

import msgspec

DAY: Final = 24 * 60
"""Minutes of a day."""
WEEK: Final = 7 * DAY
LONGEST_NIGHT: Final = 14 * 60
"""Minutes: past midnight, a span that is longer was meant the other way round (`16–14 Uhr`)."""
LAST: Final = -1
ORDINALS: Final = (1, 2, 3, 4, 5, LAST)
WEEKDAYS: Final = (1, 2, 3, 4, 5, 6, 7)
FOURTH: Final = 4
FIFTH: Final = 5
SUNDAY: Final = 7
_MIDNIGHT: Final = time()

Weeks = Literal["every", "odd", "even"]


class Span(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """From one time of the day to another; without an end, open-ended (`ab 18 Uhr`).

    An end that isn't after the start is on the next day, so midnight is the end of a day (`24 Uhr`)
    and midnight to midnight is a whole day. Raises ValueError, named as in `hours_text.REASONS`,
    for an empty span, one that lasts more than `LONGEST_NIGHT` beyond midnight, and times that
    aren't local whole minutes.
    """

    start: time
    end: time | None = None

    def __post_init__(self) -> None:
        for clock in (self.start, self.end):
            if clock and (clock.second or clock.microsecond or clock.tzinfo):
                raise ValueError("impossible-time")
        start, end = self.minutes
        if self.overnight and self.end != _MIDNIGHT and end - start > LONGEST_NIGHT:
            raise ValueError("end-before-start")

    @property
    def overnight(self) -> bool:
        """Whether it ends on the next day, be it at its very beginning."""
        return self.end is not None and self.end <= self.start

    @property
    def minutes(self) -> tuple[int, int]:
        """Start and end in minutes since the day's midnight; open-ended lasts to the next."""
        start = self.start.hour * 60 + self.start.minute
        if self.end is None:
            return start, DAY
        end = self.end.hour * 60 + self.end.minute
        return start, end + DAY if end <= start else end


WHOLE_DAY: Final = Span(start=time(), end=time())


class WeeklyRule(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Spans on weekdays (1 is Monday), in every week or in those of odd or even ISO number.

    With `by_appointment` the spans, or the whole days where there are none, are by appointment.
    """

    days: tuple[int, ...]
    weeks: Weeks = "every"
    spans: tuple[Span, ...] = ()
    by_appointment: bool = False


class MonthlyRule(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Spans on the nth (1 to 5, -1 is the last) of a weekday (1 is Monday) in each month."""

    day: int
    nth: tuple[int, ...]
    spans: tuple[Span, ...] = ()
    by_appointment: bool = False


def nths(day: date) -> set[int]:
    """Tell which of its weekday in the month a day is: {2}, or {4, -1} for the last."""
    nth = (day.day - 1) // 7 + 1
    is_last = date.fromordinal(day.toordinal() + 7).month != day.month
    return {nth, LAST} if is_last else {nth}
