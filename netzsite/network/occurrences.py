"""Events → the days they take place on: repeated, moved and cancelled ones considered."""

from datetime import date, datetime, time, timedelta
from typing import Final

from netzsite.network.cards import Occurrence
from netzsite.records.event import Event
from netzsite.times import recurrence

EACH: Final = 12
"""How many coming days of one event are laid out."""


def horizon(today: date) -> date:
    """Say how far ahead repeated events are laid out: to the end of next year.

    It moves once a year and not each day, so that a day on which nothing happens changes no page.
    """
    return date(today.year + 1, 12, 31)


def occurrences(
    event: Event, address: str, place: str | None, first: date, last: date
) -> tuple[Occurrence, ...]:
    """List the days between two days (both included) on which an event takes place, in order.

    A moved day is listed at its new day; a cancelled one is listed as cancelled; an excepted one
    is left out.
    """
    start = event.start
    if start is None:
        return ()
    length = (event.end.day - start.day) if event.end else timedelta()
    if event.repeat is None:
        days: tuple[date, ...] = (start.day,)
    else:
        earliest = min([first, *event.moved]) - length
        days = recurrence.occurrences(event.repeat, start.day, earliest, max([last, *event.moved]))
    found = []
    for day in days:
        if day in event.except_:
            continue
        moment = event.moved.get(day)
        new_day = moment.day if moment else day
        clock = moment.clock if moment and moment.clock else start.clock
        occurrence = Occurrence(
            day=new_day,
            start=clock,
            title=event.title,
            address=address,
            last_day=new_day + length,
            end=_end(event, clock),
            place=place,
            cancelled=day in event.cancelled or new_day in event.cancelled,
            moved_from=day if moment else None,
            repeated=event.repeat is not None,
        )
        if first <= occurrence.last_day and occurrence.day <= last:
            found.append(occurrence)
    return tuple(sorted(found, key=order))


def _end(event: Event, start: time | None) -> time | None:
    """Keep an event's length when a moved day begins at another time."""
    if event.end is None or event.start is None or event.end.clock is None:
        return None
    if event.start.clock is None or start is None or start == event.start.clock:
        return event.end.clock
    length = event.end.local - event.start.local
    return (datetime.combine(date(2000, 1, 1), start) + length).time()


def order(occurrence: Occurrence) -> tuple[date, str, str, str]:
    """Sort by day, then time (all-day first), then title."""
    clock = str(occurrence.start) if occurrence.start else ""
    return occurrence.day, clock, occurrence.title, occurrence.address
