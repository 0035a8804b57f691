"""Offers, and the facets that gather them: target groups, topics, places."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from msgspec import Struct

from netzsite.network.cards import ActorCard, Link, PostCard, Text
from netzsite.network.network import Network
from netzsite.network.visibility import is_current_offer, is_running
from netzsite.producers import (
    contacts,
    finder,
    html_pages,
    json_ld,
    parts,
    related,
    sections,
)
from netzsite.producers.contacts import PlaceCard, Way
from netzsite.producers.finder import Found, Question
from netzsite.producers.html_pages import Head
from netzsite.producers.parts import Confirmed
from netzsite.records.offer import Offer
from netzsite.rendering.job import Job
from netzsite.times.hours_text import write_hours
from netzsite.times.open_today import Opening


class OffersView(Struct, frozen=True, kw_only=True):
    """All offers."""

    template: ClassVar = "offers.html"
    head: Head
    questions: tuple[Question, ...]
    offers: tuple[Found, ...]
    target_groups: tuple[Link, ...]
    topics: tuple[Link, ...]
    places: tuple[Link, ...]


class OfferView(Struct, frozen=True, kw_only=True):
    """One offer: the record, and beside it what has to be looked up or worked out."""

    template: ClassVar = "offer.html"
    head: Head
    offer: Offer
    over: bool
    begins: date | None
    """Its first day, while that is still to come."""
    actors: tuple[ActorCard, ...]
    text: Text | None
    target_groups: tuple[Link, ...]
    topics: tuple[Link, ...]
    hours: str | None
    opening: Opening | None
    """What says whether it is open today."""
    place: PlaceCard | None
    ways: tuple[Way, ...]
    confirmed: Confirmed | None
    posts: tuple[PostCard, ...]


def jobs(network: Network) -> Iterator[Job]:
    """Make the list of offers and each offer's page."""
    home = sections.section(network, "offers")
    questions, found = finder.narrow(network)
    view = OffersView(
        head=html_pages.head(
            network,
            home.label,
            section="offers",
            description=network.words.words["about_offers"].format(site=network.site.title),
        ),
        questions=questions,
        offers=found,
        target_groups=related.concerns(network, "target_group"),
        topics=related.concerns(network, "topic"),
        places=network.links("place", tuple(network.places)),
    )
    yield html_pages.page(home.address, "offers.html", view)
    for offer in network.offers.values():
        yield _offer(network, offer, home)


def _offer(network: Network, offer: Offer, above: Link) -> Job:
    address = network.addresses["offer", offer.id]
    text = parts.text_of(network, offer.description)
    posts, _ = related.posts(network, "offer", offer.id)
    current, begins = is_current_offer(offer, network.today), offer.valid_from
    limits = (offer.valid_from, offer.valid_until) if is_running(offer) and current else None
    view = OfferView(
        head=html_pages.head(
            network,
            offer.name,
            section="offers",
            description=network.offer_cards[offer.id].summary,
            trail=(above,),
            data=(
                json_ld.offer(network, offer, address),
                json_ld.breadcrumbs(network.site, (above,), Link(offer.name, address)),
            ),
            record=offer,
            hidden=not current,
        ),
        offer=offer,
        over=not current,
        begins=begins if begins and begins > network.today else None,
        actors=tuple(
            network.actor_cards[key] for key in offer.actors if key in network.actor_cards
        ),
        text=text,
        target_groups=network.links("target_group", offer.target_groups),
        topics=network.links("topic", offer.topics),
        hours=write_hours(offer.hours, network.words.language) if offer.hours else None,
        opening=contacts.opening(network, "offer", offer.hours, limits) if limits else None,
        place=contacts.place(network, offer.place),
        ways=contacts.ways_to(network, offer, limits),
        confirmed=parts.confirmed(offer),
        posts=posts,
    )
    return html_pages.page(
        address,
        "offer.html",
        view,
        texts=(text,),
        origin=html_pages.origin(offer),
        listed=current,
        updated=offer.checked_on,
    )
