"""All members of the network with their offers → one page to print: the directory on paper.

It stands alone on paper: addresses, numbers and hours are written out, nothing asks for a tap.
"""

from collections.abc import Iterator

from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.network.visibility import is_member
from netzsite.producers import shared
from netzsite.producers.views import PrintedActor, PrintedOffer, PrintedView
from netzsite.records.directory import Actor, Offer
from netzsite.rendering.job import Job
from netzsite.times.hours_text import write_hours


def link(network: Network) -> Link:
    """Give the link to the page."""
    return Link(network.words.words["printed"], network.route("actors", "print"))


def jobs(network: Network) -> Iterator[Job]:
    """Make the page; search engines are asked to leave it out, since it repeats the others."""
    here = link(network)
    above = shared.section(network, "actors")
    members = (one for one in network.actors.values() if is_member(one, network.today))
    view = PrintedView(
        head=shared.head(network, here.label, section="actors", trail=(above,), hidden=True),
        actors=tuple(_actor(network, actor) for actor in members),
    )
    yield shared.page(here.address, "printed.html", view, listed=False)


def _actor(network: Network, actor: Actor) -> PrintedActor:
    ids = network.offers_of.get(("actor", actor.id), ())
    return PrintedActor(
        name=actor.name,
        address=network.addresses["actor", actor.id],
        carrier=network.actor_cards[actor.id].carrier.label,
        summary=actor.summary,
        target_groups=network.actor_cards[actor.id].target_groups,
        languages=actor.languages,
        places=tuple(card for key in actor.places if (card := shared.place(network, key))),
        ways=shared.ways(network, actor.contacts, ""),
        url=actor.url,
        offers=tuple(_offer(network, network.offers[key]) for key in ids),
        confirmed=shared.confirmed(actor),
    )


def _offer(network: Network, offer: Offer) -> PrintedOffer:
    place = shared.place(network, offer.place)
    return PrintedOffer(
        name=offer.name,
        address=network.addresses["offer", offer.id],
        paused=offer.status == "paused",
        summary=offer.summary,
        next_step=offer.next_step,
        hours=write_hours(offer.hours, network.words.language) if offer.hours else None,
        place=place,
        online=offer.online,
        cost=offer.cost,
        registration=offer.registration,
        min_age=offer.min_age,
        max_age=offer.max_age,
        languages=offer.languages,
        accessibility=offer.accessibility or (place.accessibility if place else None),
        ways=shared.ways(network, offer.contacts, ""),
    )
