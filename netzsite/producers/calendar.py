"""Events → iCalendar files (RFC 5545): all, one for each event, one for each actor.

Repeated events are written as a rule with exceptions, so that a subscribed calendar stays small.
SEQUENCE and DTSTAMP, by which phones know that an event is another than the one they have, come
from the history of its file and from the days that stand in it: two builds give the same bytes.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from netzsite import urls
from netzsite.network.network import Network
from netzsite.producers import contacts
from netzsite.producers.vtimezone import vtimezone
from netzsite.records.event import Event
from netzsite.rendering.job import Job, Tools
from netzsite.times.recurrence import occurrences
from netzsite.times.rrule import rrule_text
from netzsite.times.zonedata import zone as zone_of

if TYPE_CHECKING:
    import icalendar

STAMP: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""DTSTAMP of an event of which neither a history nor a day in its file tells."""


class Instance(Struct, frozen=True, kw_only=True):
    """One day of a repeated event that differs from its rule."""

    planned: date
    day: date
    start: time | None
    cancelled: bool


class Dates(Struct, frozen=True, kw_only=True):
    """One event for a calendar."""

    uid: str
    title: str
    address: str
    day: date
    start: time | None
    last_day: date
    end: time | None
    rule: str | None
    skipped: tuple[date, ...]
    instances: tuple[Instance, ...]
    cancelled: bool
    place: str | None
    summary: str | None
    stamp: datetime
    """When it was changed last, in UTC."""
    sequence: int
    """How often it was changed since it was new (RFC 5545, 3.8.7.4)."""


class CalendarArgs(Struct, frozen=True, kw_only=True):
    """One calendar file."""

    name: str
    timezone: str
    events: tuple[Dates, ...]


def jobs(network: Network) -> Iterator[Job]:
    """Make the calendars: of all, of each event, of each actor that has events."""
    dated = {key: _dates(network, event) for key, event in network.events.items() if event.start}
    word = network.words.routes["events"]
    yield _job(network, f"{word}.ics", network.site.title, tuple(dated.values()))
    for key, event in dated.items():
        path = f"{word}/{key}.ics"
        yield _job(network, path, event.title, (event,))
    for key, actor in network.actors.items():
        ids = [event for event in network.events_of.get(("actor", key), ()) if event in dated]
        if ids:
            path = urls.file_of(network.addresses["actor", key]).replace(
                "index.html", f"{word}.ics"
            )
            yield _job(network, path, actor.name, tuple(dated[id_] for id_ in ids))


def _job(network: Network, path: str, name: str, events: tuple[Dates, ...]) -> Job:
    args = CalendarArgs(name=name, timezone=network.site.timezone, events=events)
    return Job(path=path, render=calendar, args=args)


def _dates(network: Network, event: Event) -> Dates:
    start = event.start
    if start is None:
        raise ValueError("an event without a start has no dates")
    place = contacts.place(network, event.place)
    where = ", ".join(
        part
        for part in (
            (place.name, place.street, " ".join(filter(None, (place.postal_code, place.city))))
            if place
            else ()
        )
        if part
    )
    once = event.repeat is None
    moved = event.moved if not once else {}
    revision = network.revisions.get(("event", event.id))
    held = event.moved.get(start.day, start) if once else start
    shift = held.day - start.day
    return Dates(
        uid=_uid(network, event),
        title=event.title,
        address=network.addresses["event", event.id],
        day=held.day,
        start=held.clock or start.clock,
        last_day=(event.end.day if event.end else start.day) + shift,
        end=_shifted(event.end.clock, start.clock, held.clock) if event.end else None,
        rule=_rule(event, network.site.timezone),
        skipped=event.except_,
        instances=tuple(
            Instance(
                planned=day,
                day=moved[day].day if day in moved else day,
                start=(moved[day].clock if day in moved else None) or start.clock,
                cancelled=bool({day, moved[day].day if day in moved else day} & {*event.cancelled}),
            )
            for day in sorted({*moved, *(() if once else event.cancelled)})
            if day not in event.except_ and _planned(event, day)
        ),
        cancelled=once and bool({start.day, held.day} & {*event.cancelled}),
        place=where or None,
        summary=event.summary or (event.body.excerpt if event.body else None) or None,
        stamp=_stamp(network, event),
        sequence=revision.changes - 1 if revision else 0,
    )


def _shifted(end: time | None, start: time | None, new: time | None) -> time | None:
    """Keep a single event's length when it moved to another time of day."""
    if end is None or start is None or new is None:
        return end
    lasts = datetime.combine(STAMP, end) - datetime.combine(STAMP, start)
    return (datetime.combine(STAMP, new) + lasts).time()


def _rule(event: Event, zone: str) -> str | None:
    if event.repeat is None or event.start is None:
        return None
    return rrule_text(event.repeat, _moment(event.start.day, event.start.clock, zone))


def _planned(event: Event, day: date) -> bool:
    return bool(
        event.repeat and event.start and occurrences(event.repeat, event.start.day, day, day)
    )


def _uid(network: Network, event: Event) -> str:
    host = (network.site.feed_id or network.site.base_url.partition("//")[2]).partition(",")[0]
    return f"{event.id}@{host.partition('/')[0]}"


def calendar(args: CalendarArgs, tools: Tools) -> bytes:
    """Write a calendar: CR LF, lines folded at 75 bytes, a zone that Outlook reads."""
    import icalendar  # noqa: PLC0415 - 150 ms, and a warm build writes none

    whole = icalendar.Calendar()
    whole.add("prodid", "-//netzsite//netzsite//DE")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", args.name)
    whole.add("x-wr-timezone", args.timezone)
    starts = (start for event in args.events for start in _starts(event))
    if any(starts):
        whole.add_component(vtimezone(args.timezone))
    for event in args.events:
        for part in _events(event, args.timezone, tools):
            whole.add_component(part)
    return bytes(whole.to_ical())


def _starts(event: Dates) -> tuple[time | None, ...]:
    return (event.start, *(instance.start for instance in event.instances))


def _events(event: Dates, zone: str, tools: Tools) -> Iterator["icalendar.Event"]:
    import icalendar  # noqa: PLC0415

    main = _event(event, event.day, event.start, zone, tools)
    if event.rule:
        main.add("rrule", icalendar.vRecur.from_ical(event.rule))
    for day in event.skipped:
        main.add("exdate", _moment(day, event.start, zone))
    if event.cancelled:
        main.add("status", "CANCELLED")
    yield main
    for instance in event.instances:
        part = _event(event, instance.day, instance.start, zone, tools)
        part.add("recurrence-id", _moment(instance.planned, event.start, zone))
        if instance.cancelled:
            part.add("status", "CANCELLED")
        yield part


def _event(
    event: Dates, day: date, start: time | None, zone: str, tools: Tools
) -> "icalendar.Event":
    import icalendar  # noqa: PLC0415

    part = icalendar.Event()
    part.add("uid", event.uid)
    part.add("dtstamp", event.stamp)
    if event.sequence:
        part.add("sequence", event.sequence)
    part.add("summary", event.title)
    part.add("dtstart", _moment(day, start, zone))
    end = _end(event, day, start, zone)
    if end is not None:
        part.add("dtend", end)
    if event.place:
        part.add("location", event.place)
    if event.summary:
        part.add("description", event.summary)
    part.add("url", urls.absolute(tools.frame.base_url, event.address))
    return part


def _stamp(network: Network, event: Event) -> datetime:
    """Say when an event, or the place that it is at, was changed last."""
    keys = ("event", event.id), ("place", event.place or "")
    known = (revision.last for key in keys if (revision := network.revisions.get(key)))
    days = (day for day in (event.checked_on, event.updated) if day)
    told = (datetime.combine(day, time(), UTC) for day in days)
    return max((*known, *told), default=STAMP)


def _moment(day: date, clock: time | None, zone: str) -> date | datetime:
    if clock is None:
        return day

    return datetime.combine(day, clock, zone_of(zone))


def _end(event: Dates, day: date, start: time | None, zone: str) -> date | datetime | None:
    """Give DTEND: after the last day of an all-day event (RFC 5545, 3.6.1), else its end."""
    length = event.last_day - event.day
    if start is None:
        return day + length + timedelta(days=1)
    if event.start is None:
        return None  # an all-day event that moved to a time: how long it takes isn't said
    if event.end is None:
        return None
    lasts = datetime.combine(event.last_day, event.end) - datetime.combine(event.day, event.start)
    end = datetime.combine(day, start) + lasts
    return _moment(end.date(), end.time(), zone)
