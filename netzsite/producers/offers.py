"""Offers, and the facets that gather them: target groups, topics, places."""

from collections.abc import Iterator

from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.network.visibility import is_current_offer
from netzsite.producers import finder, json_ld, shared
from netzsite.producers.views import FacetView, IndexView, OffersView, OfferView
from netzsite.records.directory import Offer
from netzsite.rendering.job import Job
from netzsite.times.hours_text import write_hours

FACETS = (("target_group", "target_groups"), ("topic", "topics"), ("place", "places"))


def jobs(network: Network) -> Iterator[Job]:
    """Make the list of offers, each offer's page, and the facets' pages."""
    home = shared.section(network, "offers")
    questions, found = finder.narrow(network)
    view = OffersView(
        head=shared.head(
            network,
            home.label,
            section="offers",
            description=network.words.words["about_offers"].format(site=network.site.title),
        ),
        questions=questions,
        offers=found,
        target_groups=shared.concerns(network, "target_group"),
        topics=shared.concerns(network, "topic"),
        places=network.links("place", tuple(network.places)),
    )
    yield shared.page(home.address, "offers.html", view)
    for offer in network.offers.values():
        yield _offer(network, offer, home)
    for kind, name in FACETS:
        yield from _facets(network, kind, name)


def _offer(network: Network, offer: Offer, above: Link) -> Job:
    address = network.addresses["offer", offer.id]
    text = shared.text_of(network, offer.description)
    posts, _ = shared.posts(network, "offer", offer.id)
    current, begins = is_current_offer(offer, network.today), offer.valid_from
    view = OfferView(
        head=shared.head(
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
        place=shared.place(network, offer.place),
        ways=shared.ways(network, offer.contacts, address),
        confirmed=shared.confirmed(offer),
        posts=posts,
    )
    return shared.page(
        address,
        "offer.html",
        view,
        texts=(text,),
        origin=shared.origin(offer),
        listed=current,
        updated=offer.checked_on,
    )


def _facets(network: Network, kind: str, name: str) -> Iterator[Job]:
    home = shared.section(network, name)
    keys = {
        "target_group": tuple(network.vocabulary.target_groups),
        "topic": tuple(network.vocabulary.topics),
        "place": tuple(network.places),
    }[kind]
    shown = tuple(key for key in keys if (kind, key) in network.addresses)
    listed_in = network.vocabulary if shown and kind != "place" else None
    head = shared.head(network, home.label, section="offers", record=listed_in)
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
    yield shared.page(
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
        head=shared.head(
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
        place=shared.place(network, key) if place else None,
        directions=place.directions if place else None,
        offers=shared.offers(network, kind, key),
        actors=shared.actors(network, kind, key),
        occurrences=shared.occurrences(network, kind, key),
        confirmed=shared.confirmed(place) if place else None,
    )
    origin = shared.origin(place or network.vocabulary)
    return shared.page(address, "facet.html", view, origin=origin)
