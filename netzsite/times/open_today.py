"""Opening hours and holidays → what is true of them in each stretch of one week.

A page that is kept or not built anew must never say something wrong, so all of a week is worked
out when it is built, and a browser only picks the stretch that it is in. Of what isn't sure (a day
whose school holidays aren't known, times by appointment, an open end that has begun) there is no
stretch. Times are those of the clock on the wall.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from msgspec import Struct

from netzsite.times.holidays import Holidays, SchoolHoliday, load_holidays
from netzsite.times.hours import Closure, Hours, Session, sessions
from netzsite.times.opening_rules import MonthlyRule, Span, WeeklyRule

_DAY: Final = timedelta(days=1)
WEEK: Final = 7
"""Days that are told; the next opening is looked for in this week and the following one."""


class Opening(Struct, frozen=True, kw_only=True):
    """Hours, and all that decides on which days they hold."""

    kind: Literal["offer", "contact"]
    hours: Hours
    monday: date
    """The first day of the week that is told."""
    timezone: str
    region: str
    closures: tuple[Closure, ...] = ()
    school: tuple[SchoolHoliday, ...] = ()
    """The site's own school holidays, beside those of its region."""
    first: date | None = None
    last: date | None = None
    """The days from which and until which what has these hours exists at all."""


class Stretch(Struct, frozen=True, kw_only=True):
    """From one time to another (not included): what is still to come today, if anything."""

    begin: datetime
    end: datetime
    spans: tuple[Span, ...] = ()
    until: time | None = None
    """When an opening that began the day before ends."""
    ended: bool = False
    """Whether it was open earlier on this day."""
    reopens: Session | None = None


def stretches(opening: Opening, language: str) -> tuple[Stretch, ...]:
    """Give what is sure of a week, in order, without overlaps; what lies between isn't known."""
    first, last = opening.monday - _DAY, opening.monday + (2 * WEEK - 1) * _DAY
    holidays = load_holidays(opening.region, {first.year, last.year}, language, opening.school)
    held = sessions(opening.hours, first, last, holidays, opening.closures)
    week = _Week(opening, holidays, held)
    days = (opening.monday + number * _DAY for number in range(WEEK))
    return tuple(stretch for day in days for stretch in week.of_day(day))


class _Week:
    """Two weeks' sessions of one opening, looked at day by day."""

    def __init__(self, opening: Opening, holidays: Holidays, held: tuple[Session, ...]) -> None:
        hours = opening.hours
        self.opening, self.holidays = opening, holidays
        self.held = tuple(one for one in held if not one.by_appointment and self.is_sure(one.day))
        rules: tuple[WeeklyRule | MonthlyRule, ...] = (*hours.weekly, *hours.monthly)
        self.asks = hours.by_appointment or any(rule.by_appointment for rule in rules)

    def is_sure(self, day: date) -> bool:
        """Tell whether it is known what holds on a day."""
        opening, hours = self.opening, self.opening.hours
        begins = max(opening.first or day, hours.valid_from or day)
        ends = min(opening.last or day, hours.valid_until or day)
        known = self.holidays.school_known_until
        school = hours.school_holidays == "open" or (known is not None and day <= known)
        return begins <= day <= ends and school

    def of_day(self, day: date) -> Iterator[Stretch]:
        """Give the stretches of a day that something sure can be said of."""
        if not self.is_sure(day):
            return
        begin, midnight = _at(day), _at(day + _DAY)
        near = [one for one in self.held if one.day in (day - _DAY, day)]
        cuts = {_end(one) for one in near}
        for end in sorted({cut for cut in cuts if begin < cut < midnight} | {midnight}):
            stretch = self._stretch(day, begin, end)
            if stretch:
                yield stretch
            begin = end

    def _stretch(self, day: date, begin: datetime, end: datetime) -> Stretch | None:
        today = [one for one in self.held if one.day == day]
        late = [one for one in self.held if one.day == day - _DAY and _end(one) > begin]
        if late:
            return Stretch(begin=begin, end=end, until=late[0].end)
        coming = tuple(Span(start=one.start, end=one.end) for one in today if _end(one) > begin)
        if coming:
            return Stretch(begin=begin, end=end, spans=coming)
        if self.asks or any(one.end is None for one in today):
            return None
        return Stretch(begin=begin, end=end, ended=bool(today), reopens=self._next(day))

    def _next(self, day: date) -> Session | None:
        """Find the next opening after a day, if all days until then are known."""
        found = next((one for one in self.held if one.day > day), None)
        if found is None:
            return None
        between = (found.day - day).days
        sure = all(self.is_sure(day + number * _DAY) for number in range(1, between))
        return found if sure else None


def _at(day: date, clock: time = time()) -> datetime:
    return datetime.combine(day, clock)


def _end(session: Session) -> datetime:
    """Give when a session ends; of an open end is known no more than its start."""
    if session.end is None:
        return _at(session.day, session.start)
    return _at(session.day + _DAY if session.overnight else session.day, session.end)
