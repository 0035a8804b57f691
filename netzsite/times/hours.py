"""Opening hours as a value in one normal form, and the dated sessions that they give.

Times are those of the clock on the wall: no zone is known here, so that a change to summer time
leaves 14 to 16 at 14 to 16. How hours are written is known to `hours`.
"""

from collections.abc import Iterable
from datetime import date, time
from typing import Final, Literal

import msgspec
from msgspec.structs import force_setattr

from netzsite.times.holidays import Holidays
from netzsite.times.normal_form import find_overlap, normal, take_apart
from netzsite.times.opening_rules import MonthlyRule, Span, WeeklyRule, nths
from netzsite.times.words import ALL_DAYS

_SCHEMA_DAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip


class Hours(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """When something is open. Constructing it puts the rules into their normal form.

    Equal meanings become equal values: days with the same spans are one rule, a rule for odd and
    one for even weeks are one for every week, 5th and last are last. Closed on public holidays of
    the region unless `public_holidays`, and always on closures. Raises ValueError, named as in
    `hours_text.REASONS`: nothing said, an empty rule, an impossible day, spans that overlap, a day
    both open and by appointment.
    """

    weekly: tuple[WeeklyRule, ...] = ()
    monthly: tuple[MonthlyRule, ...] = ()
    by_appointment: bool = False
    """Other times by appointment; without rules, all times."""
    school_holidays: Literal["open", "closed", "only"] = "open"
    public_holidays: bool = False
    """Open on public holidays."""
    valid_from: date | None = None
    valid_until: date | None = None
    """The last day."""

    def __post_init__(self) -> None:
        rules: list[WeeklyRule | MonthlyRule] = [*self.weekly, *self.monthly]
        openings = [opening for rule in rules for opening in take_apart(rule)]
        if not openings and not self.by_appointment:
            raise ValueError("no-time")
        if find_overlap(openings):
            raise ValueError("overlap")
        if any(is_unclear(rule, rules) for rule in rules):
            raise ValueError("ambiguous")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("end-before-start")
        weekly, monthly = normal(openings)
        force_setattr(self, "weekly", weekly)
        force_setattr(self, "monthly", monthly)


def is_daily(hours: Hours) -> bool:
    """Tell whether the same hours hold on all days: then they hold on public holidays, too.

    Whoever writes `täglich` or `rund um die Uhr` means that, unless they say otherwise.
    """
    return not hours.monthly and [(rule.days, rule.weeks) for rule in hours.weekly] == [
        (ALL_DAYS, "every")
    ]


def is_unclear(rule: WeeklyRule | MonthlyRule, rules: Iterable[WeeklyRule | MonthlyRule]) -> bool:
    """Tell whether a day by appointment alone has hours by another rule.

    `Mo–Fr 9–12 Uhr, Mi nach Vereinbarung`: instead of these hours, or beside them?
    """
    return not rule.spans and any(other.spans and _share_a_day(rule, other) for other in rules)


def _share_a_day(one: WeeklyRule | MonthlyRule, other: WeeklyRule | MonthlyRule) -> bool:
    if isinstance(one, MonthlyRule) and isinstance(other, MonthlyRule):
        return one.day == other.day and bool(set(one.nth) & set(other.nth))
    if isinstance(one, WeeklyRule) and isinstance(other, WeeklyRule):
        apart = {one.weeks, other.weeks} == {"odd", "even"}
        return not apart and bool(set(one.days) & set(other.days))
    return bool(_weekdays(one) & _weekdays(other))


def _weekdays(rule: WeeklyRule | MonthlyRule) -> set[int]:
    return set(rule.days) if isinstance(rule, WeeklyRule) else {rule.day}


class Closure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Days, both inclusive, on which the house is shut."""

    first: date
    last: date
    reason: str | None = None


class Session(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One opening on one day; its times are those of a `Span`."""

    day: date
    start: time
    end: time | None = None
    by_appointment: bool = False

    @property
    def overnight(self) -> bool:
        """Whether it ends on the next day, be it at its very beginning."""
        return self.end is not None and self.end <= self.start


def sessions(
    hours: Hours, first: date, last: date, holidays: Holidays, closures: tuple[Closure, ...] = ()
) -> tuple[Session, ...]:
    """Give all openings with a time from one day to another, both inclusive, in order.

    One that ends on the next day is given whole. `holidays` must cover the years asked for; after
    its `school_known_until` no day counts as school holidays.
    """
    first = max(first, hours.valid_from or first)
    last = min(last, hours.valid_until or last)
    school = _days_of((holiday.first, holiday.last) for holiday in holidays.school)
    shut = _days_of((closure.first, closure.last) for closure in closures)
    if not hours.public_holidays:
        shut |= {holiday.day for holiday in holidays.public}
    if hours.school_holidays == "closed":
        shut |= school
    days = map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
    return tuple(
        session
        for day in days
        if day not in shut and (hours.school_holidays != "only" or day in school)
        for session in _sessions_on(hours, day)
    )


def opening_hours(hours: Hours) -> tuple[dict[str, object], ...]:
    """Give schema.org's OpeningHoursSpecification objects for what they can say.

    They can't say monthly rules, odd and even weeks, by appointment, or only in school holidays:
    those are left out. Closed on holidays isn't said either, as it needs dates. An open end is a
    missing `closes`; a whole day closes at 23:59, since 00:00 to 00:00 means closed to readers of
    such data (Google's guide to local business data).
    """
    if hours.school_holidays == "only":
        return ()
    limits = {"validFrom": hours.valid_from, "validThrough": hours.valid_until}
    return tuple(
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [f"https://schema.org/{_SCHEMA_DAYS[day - 1]}" for day in rule.days],
            "opens": f"{span.start:%H:%M}",
            **_closing(span),
            **{key: day.isoformat() for key, day in limits.items() if day},
        }
        for rule in hours.weekly
        if rule.weeks == "every" and not rule.by_appointment
        for span in rule.spans
    )


def _closing(span: Span) -> dict[str, str]:
    if span.end is None:
        return {}
    return {"closes": "23:59" if span.start == span.end else f"{span.end:%H:%M}"}


def _days_of(spans: Iterable[tuple[date, date]]) -> set[date]:
    return {
        date.fromordinal(day)
        for first, last in spans
        for day in range(first.toordinal(), last.toordinal() + 1)
    }


def _sessions_on(hours: Hours, day: date) -> list[Session]:
    _, week, weekday = day.isocalendar()
    weeks = ("every", "odd" if week % 2 else "even")
    today = nths(day)
    due: list[WeeklyRule | MonthlyRule] = [
        rule for rule in hours.weekly if weekday in rule.days and rule.weeks in weeks
    ]
    due.extend(rule for rule in hours.monthly if rule.day == weekday and today & set(rule.nth))
    found = [
        Session(day=day, start=span.start, end=span.end, by_appointment=rule.by_appointment)
        for rule in due
        for span in rule.spans
    ]
    return sorted(found, key=lambda session: session.start)
