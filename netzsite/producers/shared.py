"""Steps that several producers share: heads, page jobs, contacts, small lists."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct

from netzsite import urls
from netzsite.network.cards import (
    ActorCard,
    EventCard,
    Link,
    Occurrence,
    OfferCard,
    Picture,
    PostCard,
    Text,
)
from netzsite.network.network import Network
from netzsite.network.visibility import is_current_offer
from netzsite.producers.views import Confirmed, Group, Head, PlaceCard, Way
from netzsite.records.parts import Contact
from netzsite.records.parts import Picture as WrittenPicture
from netzsite.records.record import Record
from netzsite.rendering.job import Job, Render, Tools
from netzsite.times.hours_text import write_hours

NEWEST = 5
"""How many posts a record's page shows before it leads to the list."""


_FREE: Final = re.compile(
    r"(?:kostenlos|kostenfrei|gebührenfrei|gratis|umsonst|(?:der )?eintritt (?:ist )?frei|free)\b",
    re.IGNORECASE,
)


def page(
    address: str,
    template: str,
    view: Struct,
    *,
    render: Render | None = None,
    texts: Iterable[Text | None] = (),
    origin: str = "",
    listed: bool = True,
    updated: date | None = None,
) -> Job:
    """Make the job of an HTML page; ``render`` where its arguments aren't the template's view."""
    return Job(
        path=urls.file_of(address),
        render=render or _render_page,
        args=view,
        template=template,
        texts=tuple(dict.fromkeys(text.digest for text in texts if text)),
        origin=origin,
        listed=listed,
        updated=updated,
    )


def _render_page(view: Struct, tools: Tools) -> bytes:
    from netzsite.rendering.environment import render_page  # noqa: PLC0415 - imports Jinja

    return render_page(view, tools)


def edit_of(network: Network, record: Record | None) -> str | None:
    """Say where a record's source can be edited."""
    if record is None or network.site.edit_url is None:
        return None
    return network.site.edit_url.replace("{path}", "content/" + record.path)


def head(
    network: Network,
    title: str,
    *,
    section: str = "",
    description: str | None = None,
    trail: Iterable[Link | None] = (),
    data: Iterable[dict[str, object]] = (),
    record: Record | None = None,
    picture: Picture | None = None,
    published: date | None = None,
    hidden: bool = False,
) -> Head:
    """Make a page's head; the section's address comes from its route."""
    return Head(
        title=title,
        section=network.route(section) if section else "",
        description=description,
        trail=tuple(link for link in trail if link),
        data=tuple(data),
        picture=picture,
        kind="article" if published else "website",
        published=published,
        hidden=hidden,
        edit=edit_of(network, record),
        source="content/" + record.path if record else None,
    )


def section(network: Network, name: str) -> Link:
    """Give the link to an index page, named as in the menu."""
    return Link(network.words.words[f"section_{name}"], network.route(name))


def text_of(network: Network, body: object) -> Text | None:
    """Resolve a text, or nothing when there is none."""
    from netzsite.markdown.render import Body  # noqa: PLC0415

    return network.text(body) if isinstance(body, Body) else None


def confirmed(record: Record) -> Confirmed | None:
    """Say when a record was last confirmed."""
    if record.checked_on is None:
        return None
    return Confirmed(day=record.checked_on, by=record.checked_by)


def posts(network: Network, kind: str, key: str) -> tuple[tuple[PostCard, ...], int]:
    """Give the newest posts that name a record, and how many more there are."""
    ids = network.posts_of.get((kind, key), ())
    return tuple(network.post_cards[id_] for id_ in ids[:NEWEST]), max(len(ids) - NEWEST, 0)


def offers(network: Network, kind: str, key: str) -> tuple[OfferCard, ...]:
    """Give the current offers of a record."""
    return tuple(network.offer_cards[id_] for id_ in network.offers_of.get((kind, key), ()))


def actors(network: Network, kind: str, key: str) -> tuple[ActorCard, ...]:
    """Give the members of the network that name a record."""
    return tuple(network.actor_cards[id_] for id_ in network.actors_of.get((kind, key), ()))


def occurrences(network: Network, kind: str, key: str, most: int = 8) -> tuple[Occurrence, ...]:
    """Give the coming days of the events that name a record."""
    ids = network.events_of.get((kind, key), ())
    addresses = {network.addresses["event", id_] for id_ in ids}
    coming = (day for day in network.occurrences if day.address in addresses)
    return tuple(day for day, _ in zip(coming, range(most), strict=False))


def undated(network: Network, ids: Iterable[str]) -> tuple[EventCard, ...]:
    """Give the events whose day isn't fixed yet."""
    return tuple(
        EventCard(
            title=network.events[id_].title,
            address=network.addresses["event", id_],
            undated=network.events[id_].undated,
            summary=network.events[id_].summary,
        )
        for id_ in ids
        if network.events[id_].undated and not network.events[id_].start
    )


def picture(network: Network, written: WrittenPicture | None) -> Picture | None:
    """Give a picture with its size; nothing when its file is missing."""
    if written is None or written.src not in network.media:
        return None
    medium = network.media[written.src]
    return Picture(
        address=f"/{medium.path}",
        alt="" if written.decorative else written.alt or "",
        width=medium.width,
        height=medium.height,
        credit=written.credit,
        caption=written.caption,
    )


def place(network: Network, key: str | None) -> PlaceCard | None:
    """Give a place with its postal address."""
    found = network.places.get(key or "")
    if found is None:
        return None
    return PlaceCard(
        name=found.name,
        address=network.addresses.get(("place", found.id)),
        street=found.street,
        postal_code=found.postal_code,
        city=found.city,
        lat=found.lat,
        lon=found.lon,
        accessibility=found.accessibility,
    )


def ways(network: Network, contacts: tuple[Contact, ...], home: str) -> tuple[Way, ...]:
    """Give contacts with their hours as text and the address of their vCards."""
    language = network.words.language
    return tuple(
        Way(
            contact=contact,
            hours=write_hours(contact.hours, language) if contact.hours else None,
            card=vcard_address(home, index, contact),
        )
        for index, contact in enumerate(contacts, 1)
    )


def vcard_address(home: str, index: int, contact: Contact) -> str | None:
    """Give the address of a contact's vCard; one that can't be reached has none."""
    if not (contact.phone or contact.mobile or contact.email):
        return None
    return f"{home}kontakt-{index}.vcf"


def by_carrier(network: Network) -> tuple[Group, ...]:
    """Group the members of the network by carrier, both by name."""
    groups = []
    for key, carrier in network.carriers.items():
        cards = actors(network, "carrier", key)
        if cards:
            address = network.addresses.get(("carrier", key), "")
            groups.append(Group(label=carrier.name, address=address, actors=cards))
    return tuple(groups)


def current_offers(network: Network) -> tuple[OfferCard, ...]:
    """Give the offers that lists show, by name."""
    return tuple(
        network.offer_cards[key]
        for key, offer in network.offers.items()
        if is_current_offer(offer, network.today)
    )


def sections(network: Network) -> dict[str, str]:
    """Name the addresses of the index pages that exist, by their catalogue name."""
    names = ["actors", "carriers", "news", "events", "week", "network", "search"]
    names += ["offers"] if current_offers(network) else []
    for kind, name, keys in (
        ("place", "places", network.places),
        ("topic", "topics", network.vocabulary.topics),
        ("target_group", "target_groups", network.vocabulary.target_groups),
    ):
        names += [name] if any((kind, key) in network.addresses for key in keys) else []
    return {name: network.route(name) for name in names}


def concerns(network: Network, kind: str) -> tuple[Link, ...]:
    """Give links to all topics or target groups that have a page, in plain words where known."""
    terms = network.vocabulary.topics if kind == "topic" else network.vocabulary.target_groups
    return tuple(
        Link(term.plain or term.label, network.addresses[kind, key])
        for key, term in terms.items()
        if (kind, key) in network.addresses
    )


def is_free(cost: str | None) -> bool:
    """Tell whether what an offer costs is nothing."""
    return _FREE.match(cost or "") is not None


def has_days(network: Network) -> bool:
    """Tell whether the week is worth a door: something has hours or a day, now or later."""
    return (
        any(offer.hours for offer in network.offers.values())
        or any(event.start for event in network.events.values())
        or any(contact.hours for actor in network.actors.values() for contact in actor.contacts)
    )


def origin(record: Record | None) -> str:
    """Name the file that a page shows, from the site's root."""
    return "content/" + record.path if record else ""
