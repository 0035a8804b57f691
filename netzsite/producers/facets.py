"""Target groups, topics, places → a page for each, and an index of each kind."""

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct

from netzsite.network.cards import ActorCard, Link, Occurrence, OfferCard
from netzsite.network.network import Network
from netzsite.producers import contacts, html_pages, json_ld, parts, related, sections
from netzsite.producers.contacts import PlaceCard
from netzsite.producers.html_pages import Head, IndexView
from netzsite.producers.parts import Confirmed
from netzsite.rendering.job import Job

FACETS = (("target_group", "target_groups"), ("topic", "topics"), ("place", "places"))


class FacetView(Struct, frozen=True, kw_only=True):
    """What belongs to a place, a target group or a topic."""

    template: ClassVar = "facet.html"
    head: Head
    name: str
    plain: str | None
    description: str | None
    place: PlaceCard | None
    directions: str | None
    offers: tuple[OfferCard, ...]
    actors: tuple[ActorCard, ...]
    occurrences: tuple[Occurrence, ...]
    confirmed: Confirmed | None


def jobs(network: Network) -> Iterator[Job]:
    """Make the index of each facet, and a page for each of its values that has one."""
    for kind, name in FACETS:
        yield from _facets(network, kind, name)


def _facets(network: Network, kind: str, name: str) -> Iterator[Job]:
    home = sections.section(network, name)
    keys = {
        "target_group": tuple(network.vocabulary.target_groups),
        "topic": tuple(network.vocabulary.topics),
        "place": tuple(network.places),
    }[kind]
    shown = tuple(key for key in keys if (kind, key) in network.addresses)
    listed_in = network.vocabulary if shown and kind != "place" else None
    head = html_pages.head(network, home.label, section="offers", record=listed_in)
    entries = tuple(
        (
            link,
            _plain(network, kind, key),
            len(network.offers_of.get((kind, key), ()))
            + len(network.actors_of.get((kind, key), ())),
        )
        for key in shown
        if (link := network.link(kind, key))
    )
    yield html_pages.page(
        home.address, "index.html", IndexView(head=head, entries=entries), listed=bool(entries)
    )
    for key in shown:
        yield _facet(network, kind, key, home)


def _plain(network: Network, kind: str, key: str) -> str | None:
    if kind == "place":
        place = network.places[key]
        return ", ".join(part for part in (place.street, place.city) if part) or None
    table = network.vocabulary.topics if kind == "topic" else network.vocabulary.target_groups
    return table[key].plain


def _facet(network: Network, kind: str, key: str, home: Link) -> Job:
    address = network.addresses[kind, key]
    label = network.label(kind, key)
    place = network.places[key] if kind == "place" else None
    terms = network.vocabulary.topics if kind == "topic" else network.vocabulary.target_groups
    term = None if kind == "place" else terms[key]
    view = FacetView(
        head=html_pages.head(
            network,
            label,
            section="offers",
            description=term.description if term else _plain(network, kind, key),
            trail=(home,),
            data=(json_ld.breadcrumbs(network.site, (home,), Link(label, address)),),
            record=place or network.vocabulary,
        ),
        name=label,
        plain=term.plain if term else None,
        description=term.description if term else None,
        place=contacts.place(network, key) if place else None,
        directions=place.directions if place else None,
        offers=related.offers(network, kind, key),
        actors=related.actors(network, kind, key),
        occurrences=related.occurrences(network, kind, key),
        confirmed=parts.confirmed(place) if place else None,
    )
    origin = html_pages.origin(place or network.vocabulary)
    return html_pages.page(address, "facet.html", view, origin=origin)
