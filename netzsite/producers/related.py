"""A record → the cards of what belongs to it: its posts, offers, actors, events."""

from collections.abc import Iterable

from msgspec import Struct

from netzsite.network.cards import ActorCard, EventCard, Link, Occurrence, OfferCard, PostCard
from netzsite.network.network import Network
from netzsite.network.visibility import is_current_offer

NEWEST = 5
"""How many posts a record's page shows before it leads to the list."""


class Group(Struct, frozen=True, kw_only=True):
    """A heading with actors below it."""

    label: str
    address: str
    actors: tuple[ActorCard, ...]


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
            draft=("event", id_) in network.waiting,
        )
        for id_ in ids
        if network.events[id_].undated and not network.events[id_].start
    )


def by_carrier(network: Network) -> tuple[Group, ...]:
    """Group the members of the network by carrier, both by name."""
    groups = []
    for key, carrier in network.carriers.items():
        cards = actors(network, "carrier", key)
        if cards:
            address = network.addresses.get(("carrier", key), "")
            groups.append(Group(label=carrier.name, address=address, actors=cards))
    return tuple(groups)


def concerns(network: Network, kind: str) -> tuple[Link, ...]:
    """Give links to all topics or target groups that have a page, in plain words where known."""
    terms = network.vocabulary.topics if kind == "topic" else network.vocabulary.target_groups
    return tuple(
        Link(term.plain or term.label, network.addresses[kind, key])
        for key, term in terms.items()
        if (kind, key) in network.addresses
    )


def current_offers(network: Network) -> tuple[OfferCard, ...]:
    """Give the offers that lists show, by name."""
    return tuple(
        network.offer_cards[key]
        for key, offer in network.offers.items()
        if is_current_offer(offer, network.today)
    )
