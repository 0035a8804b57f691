"""Records → the cards that lists show."""

from dataclasses import replace

from msgspec import structs

from netzsite.network import occurrences
from netzsite.network.cards import ActorCard, Link, Occurrence, OfferCard, PostCard
from netzsite.network.network import Network
from netzsite.records.actor import Actor
from netzsite.records.offer import Offer
from netzsite.records.post import Post
from netzsite.times.hours_text import write_hours


def with_cards(network: Network) -> Network:
    """Add to a network the cards of its records and the coming days of its events."""
    cards = {key: post_card(network, post) for key, post in network.posts.items()}
    return with_directory_cards(replace(network, post_cards=cards))


def with_directory_cards(network: Network) -> Network:
    """Add the cards of all records but posts, and the coming days of events."""
    return replace(
        network,
        actor_cards={key: _actor_card(network, actor) for key, actor in network.actors.items()},
        offer_cards={key: _offer_card(network, offer) for key, offer in network.offers.items()},
        occurrences=_occurrences(network),
    )


def post_card(network: Network, post: Post) -> PostCard:
    """Make the card of a post."""
    return PostCard(
        title=post.title,
        address=network.addresses["post", post.id],
        day=post.date,
        kicker=post.kicker,
        summary=post.summary or (post.body.excerpt if post.body else None) or None,
        draft=("post", post.id) in network.waiting,
    )


def _actor_card(network: Network, actor: Actor) -> ActorCard:
    carrier = network.carriers.get(actor.carrier)
    return ActorCard(
        name=actor.name,
        address=network.addresses["actor", actor.id],
        carrier=Link(
            carrier.name if carrier else actor.carrier,
            network.addresses.get(("carrier", actor.carrier), ""),
        ),
        short_name=actor.short_name,
        summary=actor.summary or (actor.description.excerpt if actor.description else None),
        target_groups=tuple(
            network.vocabulary.target_groups[key].label
            for key in actor.target_groups
            if key in network.vocabulary.target_groups
        ),
        draft=("actor", actor.id) in network.waiting,
    )


def _offer_card(network: Network, offer: Offer) -> OfferCard:
    place = network.places.get(offer.place or "")
    return OfferCard(
        name=offer.name,
        address=network.addresses["offer", offer.id],
        actors=tuple(network.actors[key].name for key in offer.actors if key in network.actors),
        summary=offer.summary or (offer.description.excerpt if offer.description else None),
        hours=write_hours(offer.hours, network.words.language) if offer.hours else None,
        place=place.name if place else None,
        status=offer.status,
        cost=offer.cost,
        registration=offer.registration,
        min_age=offer.min_age,
        max_age=offer.max_age,
        languages=offer.languages,
        draft=("offer", offer.id) in network.waiting,
    )


def _occurrences(network: Network) -> tuple[Occurrence, ...]:
    found: list[Occurrence] = []
    for event in network.events.values():
        place = network.places.get(event.place or "")
        coming = occurrences.occurrences(
            event,
            network.addresses["event", event.id],
            place.name if place else None,
            network.today,
            occurrences.horizon(network.today),
        )[: occurrences.EACH]
        waits = ("event", event.id) in network.waiting
        found += (structs.replace(day, draft=True) for day in coming) if waits else coming
    return tuple(sorted(found, key=occurrences.order))
