"""Events: each on its page, the coming days by month, those that are over."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import ClassVar

from msgspec import Struct

from netzsite.network.cards import EventCard, Link, Occurrence, Text
from netzsite.network.network import Network
from netzsite.producers import (
    contacts,
    html_pages,
    json_ld,
    parts,
    related,
    sections,
)
from netzsite.producers.contacts import PlaceCard
from netzsite.producers.html_pages import Head
from netzsite.producers.parts import Confirmed
from netzsite.records.event import Event
from netzsite.rendering.job import Job
from netzsite.times.recurrence_text import write_recurrence

MOST = 60
"""The most days that the list shows."""


class EventsView(Struct, frozen=True, kw_only=True):
    """Coming days of events."""

    template: ClassVar = "events.html"
    head: Head
    months: tuple[tuple[date, tuple[Occurrence, ...]], ...]
    undated: tuple[EventCard, ...]
    past: Link | None
    calendar: str | None


class PastView(Struct, frozen=True, kw_only=True):
    """Events that are over."""

    template: ClassVar = "past.html"
    head: Head
    events: tuple[EventCard, ...]


class EventView(Struct, frozen=True, kw_only=True):
    """One event."""

    template: ClassVar = "event.html"
    head: Head
    title: str
    summary: str | None
    text: Text | None
    undated: str | None
    repeat: str | None
    occurrences: tuple[Occurrence, ...]
    over: date | None
    place: PlaceCard | None
    actors: tuple[Link, ...]
    target_groups: tuple[Link, ...]
    topics: tuple[Link, ...]
    languages: tuple[str, ...]
    cost: str | None
    registration: str | None
    calendar: str | None
    confirmed: Confirmed | None


def jobs(network: Network) -> Iterator[Job]:
    """Make the pages of events."""
    home = sections.section(network, "events")
    coming = {day.address for day in network.occurrences}
    over = tuple(
        event
        for event in network.events.values()
        if event.start and network.addresses["event", event.id] not in coming
    )
    past = Link(network.words.words["past_events"], network.route("events", "past"))
    dated = any(event.start for event in network.events.values())
    view = EventsView(
        head=html_pages.head(
            network,
            home.label,
            section="events",
            description=network.words.words["about_events"].format(site=network.site.title),
        ),
        months=tuple(
            (month, tuple(days))
            for month, days in groupby(
                network.occurrences[:MOST],
                key=lambda day: max(day.day, network.today).replace(day=1),
            )
        ),
        undated=related.undated(network, network.events),
        past=past if over else None,
        calendar="/" + network.words.routes["events"] + ".ics" if dated else None,
    )
    yield html_pages.page(home.address, "events.html", view)
    if over:
        yield _past(network, over, past, home)
    for event in network.events.values():
        yield _event(network, event, home)


def _past(network: Network, over: tuple[Event, ...], past: Link, home: Link) -> Job:
    def last(event: Event) -> tuple[date, str]:
        return (event.start.day if event.start else date.min), event.id

    view = PastView(
        head=html_pages.head(network, past.label, section="events", trail=(home,)),
        events=tuple(
            EventCard(
                title=event.title,
                address=network.addresses["event", event.id],
                start=event.start,
                summary=event.summary,
                draft=("event", event.id) in network.waiting,
            )
            for event in sorted(over, key=last, reverse=True)
        ),
    )
    return html_pages.page(past.address, "past.html", view)


def _event(network: Network, event: Event, home: Link) -> Job:
    address = network.addresses["event", event.id]
    text = parts.text_of(network, event.body, event.actors)
    days = tuple(day for day in network.occurrences if day.address == address)
    over = event.start is not None and not days
    view = EventView(
        head=html_pages.head(
            network,
            event.title,
            section="events",
            description=event.summary or (event.body.excerpt if event.body else None),
            trail=(home,),
            data=(
                *(json_ld.event(network, event, day, address) for day in days),
                json_ld.breadcrumbs(network.site, (home,), Link(event.title, address)),
            ),
            record=event,
        ),
        title=event.title,
        summary=event.summary,
        text=text,
        undated=event.undated if event.start is None else None,
        repeat=write_recurrence(event.repeat, network.words.language) if event.repeat else None,
        occurrences=days,
        over=event.start.day if over and event.start else None,
        place=contacts.place(network, event.place),
        actors=network.links("actor", event.actors),
        target_groups=network.links("target_group", event.target_groups),
        topics=network.links("topic", event.topics),
        languages=event.languages,
        cost=event.cost,
        registration=event.registration,
        calendar=f"{address.rstrip('/')}.ics" if event.start else None,
        confirmed=parts.confirmed(event),
    )
    return html_pages.page(
        address, "event.html", view, texts=(text,), origin=html_pages.origin(event),
        updated=event.checked_on,
    )  # fmt: skip
