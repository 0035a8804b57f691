"""Rules of opening hours → their normal form, by way of single openings; whether any two overlap.

Equal meanings become equal rules: days with the same spans are one rule, odd and even weeks every
week, the 5th and the last of a month the last.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from netzsite.times.opening_rules import (
    DAY,
    FIFTH,
    FOURTH,
    LAST,
    ORDINALS,
    SUNDAY,
    WEEK,
    WEEKDAYS,
    MonthlyRule,
    Span,
    WeeklyRule,
    Weeks,
)


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
            weeks = "every" if opening.nth or opening.day == SUNDAY else opening.weeks
            yield _Piece(tomorrow % WEEK, tomorrow % WEEK + end - DAY, place, weeks, 0)


def _may_meet(one: _Piece, other: _Piece) -> bool:
    if one.nth and other.nth:
        return one.nth == other.nth or (
            LAST in (one.nth, other.nth) and {one.nth, other.nth} <= {FOURTH, FIFTH, LAST}
        )
    return one.weeks == other.weeks or "every" in (one.weeks, other.weeks)


def _is_one(one: Opening, other: Opening) -> bool:
    """Tell whether two would, like `4.` and `letzten`, be the same opening where they meet."""
    monthly = one.nth and other.nth and one.nth != other.nth
    return bool(monthly) and one._replace(nth=0) == other._replace(nth=0)


def normal(
    openings: Iterable[Opening],
) -> tuple[tuple[WeeklyRule, ...], tuple[MonthlyRule, ...]]:
    """Give the rules that say the same with the fewest words, in one order."""
    return _put_together(_merge(openings))


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
    always = {1, 2, 3, FOURTH} <= numbers and numbers & {FIFTH, LAST}
    if always or ("every", 0) in whens or {("odd", 0), ("even", 0)} <= whens:
        return {("every", 0)}
    if {FIFTH, LAST} <= numbers:
        return whens - {("every", LAST if FOURTH in numbers else FIFTH)}
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
