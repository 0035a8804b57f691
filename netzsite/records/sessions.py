"""Opening hours as a value in one normal form, and the dated sessions that they give.

Times are those of the clock on the wall: no zone is known here, so that a change to summer time
leaves 14 to 16 at 14 to 16. How hours are written is known to `hours`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, time
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec.structs import force_setattr

from netzsite.records.holidays import Holidays

DAY: Final = 24 * 60
"""Minutes of a day."""
WEEK: Final = 7 * DAY
LONGEST_NIGHT: Final = 14 * 60
"""Minutes: past midnight, a span that is longer was meant the other way round (`16–14 Uhr`)."""
LAST: Final = -1
ORDINALS: Final = (1, 2, 3, 4, 5, LAST)
WEEKDAYS: Final = (1, 2, 3, 4, 5, 6, 7)
_FOURTH: Final = 4
_FIFTH: Final = 5
_SUNDAY: Final = 7
_MIDNIGHT: Final = time()
_SCHEMA_DAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip

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


class Hours(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """When something is open. Constructing it puts the rules into their normal form.

    Equal meanings become equal values: days with the same spans are one rule, a rule for odd and
    one for even weeks are one for every week, 5th and last are last. Closed on public holidays of
    the region unless `public_holidays`, and always on closures. Raises ValueError, named as in
    `hours_text.REASONS`: nothing said, an empty rule, an impossible day, spans that overlap.
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
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("end-before-start")
        weekly, monthly = _put_together(_merge(openings))
        force_setattr(self, "weekly", weekly)
        force_setattr(self, "monthly", monthly)


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


def nths(day: date) -> set[int]:
    """Tell which of its weekday in the month a day is: {2}, or {4, -1} for the last."""
    nth = (day.day - 1) // 7 + 1
    is_last = date.fromordinal(day.toordinal() + 7).month != day.month
    return {nth, LAST} if is_last else {nth}


class Opening(NamedTuple):
    """What a rule says of one weekday and one span: the atom of the normal form."""

    day: int
    weeks: Weeks
    nth: int
    """0 in a weekly rule."""
    by_appointment: bool
    span: Span | None


def take_apart(rule: WeeklyRule | MonthlyRule) -> tuple[Opening, ...]:
    """Give a rule's openings. Raises ValueError for one that says nothing or an impossible day."""
    if not rule.spans and not rule.by_appointment:
        raise ValueError("no-time")
    if isinstance(rule, WeeklyRule):
        whens = [(day, rule.weeks, 0) for day in rule.days]
        possible = set(rule.days) <= set(WEEKDAYS)
    else:
        whens = [(rule.day, "every", nth) for nth in rule.nth]
        possible = rule.day in WEEKDAYS and set(rule.nth) <= set(ORDINALS)
    if not whens or not possible:
        raise ValueError("no-day")
    spans: tuple[Span | None, ...] = rule.spans or (None,)
    return tuple(Opening(*when, rule.by_appointment, span) for when in whens for span in spans)


class _Piece(NamedTuple):
    """A stretch of an opening within a week, in minutes since Monday's midnight."""

    start: int
    end: int
    place: int
    weeks: Weeks
    nth: int


def find_overlap(openings: Sequence[Opening]) -> tuple[int, int] | None:
    """Find two openings that may be on at the same time in some week: their places in the row."""
    running: list[_Piece] = []
    for piece in sorted(_pieces(openings)):
        running = [other for other in running if other.end > piece.start]
        for other in running:
            places = sorted((piece.place, other.place))
            if _may_meet(piece, other) and not _is_one(*(openings[place] for place in places)):
                return places[0], places[1]
        running.append(piece)
    return None


def _pieces(openings: Sequence[Opening]) -> Iterator[_Piece]:
    for place, opening in enumerate(openings):
        if opening.span is None:
            continue
        midnight = (opening.day - 1) * DAY
        start, end = opening.span.minutes
        tomorrow = midnight + DAY
        yield _Piece(midnight + start, min(midnight + end, tomorrow), place, *opening[1:3])
        if end > DAY:
            # Which of its weekday the next day is, varies; and after Sunday the parity of the week.
            weeks = "every" if opening.nth or opening.day == _SUNDAY else opening.weeks
            yield _Piece(tomorrow % WEEK, tomorrow % WEEK + end - DAY, place, weeks, 0)


def _may_meet(one: _Piece, other: _Piece) -> bool:
    if one.nth and other.nth:
        return one.nth == other.nth or (
            LAST in (one.nth, other.nth) and {one.nth, other.nth} <= {_FOURTH, _FIFTH, LAST}
        )
    return one.weeks == other.weeks or "every" in (one.weeks, other.weeks)


def _is_one(one: Opening, other: Opening) -> bool:
    """Tell whether two would, like `4.` and `letzten`, be the same opening where they meet."""
    monthly = one.nth and other.nth and one.nth != other.nth
    return bool(monthly) and one._replace(nth=0) == other._replace(nth=0)


def _merge(openings: Iterable[Opening]) -> Iterator[Opening]:
    """Say the same with the fewest openings: odd and even as every, all five Mondays as weekly."""
    groups: dict[Opening, set[tuple[Weeks, int]]] = {}
    for opening in openings:
        group = opening._replace(weeks="every", nth=0)
        groups.setdefault(group, set()).add((opening.weeks, opening.nth))
    for group, whens in groups.items():
        for weeks, nth in _merge_whens(whens):
            yield group._replace(weeks=weeks, nth=nth)


def _merge_whens(whens: set[tuple[Weeks, int]]) -> set[tuple[Weeks, int]]:
    numbers = {nth for _, nth in whens}
    always = {1, 2, 3, _FOURTH} <= numbers and numbers & {_FIFTH, LAST}
    if always or ("every", 0) in whens or {("odd", 0), ("even", 0)} <= whens:
        return {("every", 0)}
    if {_FIFTH, LAST} <= numbers:
        return whens - {("every", LAST if _FOURTH in numbers else _FIFTH)}
    return whens


def _put_together(
    openings: Iterable[Opening],
) -> tuple[tuple[WeeklyRule, ...], tuple[MonthlyRule, ...]]:
    every = list(openings)
    weekly = _bundle(
        [one for one in every if not one.nth], lambda one: one._replace(day=0), lambda one: one.day
    )
    monthly = _bundle(
        [one for one in every if one.nth], lambda one: one._replace(nth=0), lambda one: one.nth
    )
    return (
        tuple(
            WeeklyRule(days=days, weeks=kind.weeks, spans=spans, by_appointment=kind.by_appointment)
            for kind, days, spans in sorted(weekly, key=_order)
        ),
        tuple(
            MonthlyRule(day=kind.day, nth=numbers, spans=spans, by_appointment=kind.by_appointment)
            for kind, numbers, spans in sorted(monthly, key=_order)
        ),
    )


_Bundle = tuple[Opening, tuple[int, ...], tuple[Span, ...]]


def _bundle(
    openings: Iterable[Opening], kind: Callable[[Opening], Opening], when: Callable[[Opening], int]
) -> list[_Bundle]:
    """Put the spans of a day together, then the days of equal spans.

    By appointment, each span stays alone: `9–12 und 14–16 nach Vereinbarung` reads in two ways.
    """
    cells: dict[tuple[Opening, int], set[Span]] = {}
    for opening in openings:
        alone = opening.span if opening.by_appointment else None
        cell = cells.setdefault((kind(opening)._replace(span=alone), when(opening)), set())
        cell.update([opening.span] if opening.span else [])
    groups: dict[tuple[Opening, tuple[Span, ...]], list[int]] = {}
    for (name, number), spans in cells.items():
        ordered = tuple(sorted(spans, key=lambda span: span.minutes))
        groups.setdefault((name, ordered), []).append(number)
    return [
        (name, tuple(sorted(numbers, key=lambda number: (number < 0, number))), spans)
        for (name, spans), numbers in groups.items()
    ]


def _order(bundle: _Bundle) -> tuple[object, ...]:
    kind, numbers, spans = bundle
    last = [(number < 0, number) for number in numbers]
    return kind.day, last, kind.weeks, kind.by_appointment, [span.minutes for span in spans]
