"""All members of the network with their offers → one page to print: the directory on paper.

It stands alone on paper: addresses, numbers and hours are written out, nothing asks for a tap.
"""

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct

from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.network.visibility import is_member
from netzsite.producers import contacts, html_pages, parts, sections
from netzsite.producers.contacts import PlaceCard, Way
from netzsite.producers.html_pages import Head
from netzsite.producers.parts import Confirmed
from netzsite.records.actor import Actor
from netzsite.records.offer import Offer
from netzsite.rendering.job import Job
from netzsite.times.hours_text import write_hours


class PrintedOffer(Struct, frozen=True, kw_only=True):
    """An offer in the directory on paper."""

    name: str
    address: str
    paused: bool
    summary: str | None
    next_step: str | None
    bring: str | None
    hours: str | None
    place: PlaceCard | None
    online: str | None
    cost: str | None
    registration: str | None
    min_age: int | None
    max_age: int | None
    languages: tuple[str, ...]
    accessibility: str | None
    ways: tuple[Way, ...]


class PrintedActor(Struct, frozen=True, kw_only=True):
    """An actor in the directory on paper, with all offers."""

    name: str
    address: str
    carrier: str
    summary: str | None
    target_groups: tuple[str, ...]
    languages: tuple[str, ...]
    places: tuple[PlaceCard, ...]
    ways: tuple[Way, ...]
    url: str | None
    offers: tuple[PrintedOffer, ...]
    confirmed: Confirmed | None


class PrintedView(Struct, frozen=True, kw_only=True):
    """The whole directory as one page to print."""

    template: ClassVar = "printed.html"
    head: Head
    actors: tuple[PrintedActor, ...]


def link(network: Network) -> Link:
    """Give the link to the page."""
    return Link(network.words.words["printed"], network.route("actors", "print"))


def jobs(network: Network) -> Iterator[Job]:
    """Make the page; search engines are asked to leave it out, since it repeats the others."""
    here = link(network)
    above = sections.section(network, "actors")
    members = (one for one in network.actors.values() if is_member(one, network.today))
    view = PrintedView(
        head=html_pages.head(network, here.label, section="actors", trail=(above,), hidden=True),
        actors=tuple(_actor(network, actor) for actor in members),
    )
    yield html_pages.page(here.address, "printed.html", view, listed=False)


def _actor(network: Network, actor: Actor) -> PrintedActor:
    ids = network.offers_of.get(("actor", actor.id), ())
    return PrintedActor(
        name=actor.name,
        address=network.addresses["actor", actor.id],
        carrier=network.actor_cards[actor.id].carrier.label,
        summary=actor.summary,
        target_groups=network.actor_cards[actor.id].target_groups,
        languages=actor.languages,
        places=tuple(card for key in actor.places if (card := contacts.place(network, key))),
        ways=contacts.ways(network, actor.contacts, ""),
        url=actor.url,
        offers=tuple(_offer(network, network.offers[key]) for key in ids),
        confirmed=parts.confirmed(actor),
    )


def _offer(network: Network, offer: Offer) -> PrintedOffer:
    place = contacts.place(network, offer.place)
    return PrintedOffer(
        name=offer.name,
        address=network.addresses["offer", offer.id],
        paused=offer.status == "paused",
        summary=offer.summary,
        next_step=offer.next_step,
        bring=offer.bring,
        hours=write_hours(offer.hours, network.words.language) if offer.hours else None,
        place=place,
        online=offer.online,
        cost=offer.cost,
        registration=offer.registration,
        min_age=offer.min_age,
        max_age=offer.max_age,
        languages=offer.languages,
        accessibility=offer.accessibility or (place.accessibility if place else None),
        ways=contacts.ways(network, offer.contacts, ""),
    )
