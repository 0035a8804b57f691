"""Events: each on its page, the coming days by month, those that are over."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from netzsite.network.cards import EventCard, Link
from netzsite.network.network import Network
from netzsite.producers import json_ld, shared
from netzsite.producers.views import EventsView, EventView, PastView
from netzsite.records.chronicle import Event
from netzsite.rendering.job import Job
from netzsite.times.recurrence_text import write_recurrence

MOST = 60
"""The most days that the list shows."""


def jobs(network: Network) -> Iterator[Job]:
    """Make the pages of events."""
    home = shared.section(network, "events")
    coming = {day.address for day in network.occurrences}
    over = tuple(
        event
        for event in network.events.values()
        if event.start and network.addresses["event", event.id] not in coming
    )
    past = Link(network.words.words["past_events"], network.route("events", "past"))
    dated = any(event.start for event in network.events.values())
    view = EventsView(
        head=shared.head(
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
        undated=shared.undated(network, network.events),
        past=past if over else None,
        calendar="/" + network.words.routes["events"] + ".ics" if dated else None,
    )
    yield shared.page(home.address, "events.html", view)
    if over:
        yield _past(network, over, past, home)
    for event in network.events.values():
        yield _event(network, event, home)


def _past(network: Network, over: tuple[Event, ...], past: Link, home: Link) -> Job:
    def last(event: Event) -> tuple[date, str]:
        return (event.start.day if event.start else date.min), event.id

    view = PastView(
        head=shared.head(network, past.label, section="events", trail=(home,)),
        events=tuple(
            EventCard(
                title=event.title,
                address=network.addresses["event", event.id],
                start=event.start,
                summary=event.summary,
            )
            for event in sorted(over, key=last, reverse=True)
        ),
    )
    return shared.page(past.address, "past.html", view)


def _event(network: Network, event: Event, home: Link) -> Job:
    address = network.addresses["event", event.id]
    text = shared.text_of(network, event.body)
    days = tuple(day for day in network.occurrences if day.address == address)
    over = event.start is not None and not days
    view = EventView(
        head=shared.head(
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
        place=shared.place(network, event.place),
        actors=network.links("actor", event.actors),
        target_groups=network.links("target_group", event.target_groups),
        topics=network.links("topic", event.topics),
        languages=event.languages,
        cost=event.cost,
        registration=event.registration,
        calendar=f"{address.rstrip('/')}.ics" if event.start else None,
        confirmed=shared.confirmed(event),
    )
    return shared.page(
        address, "event.html", view, texts=(text,), origin=shared.origin(event),
        updated=event.checked_on,
    )  # fmt: skip
