"""The network → what is there for whom, and who does what with whom.

Pure counting over the linked records: the page about the network shows it, and the report for the
network's own meetings names the gaps.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, Final, Literal

from msgspec import Struct

from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.network.visibility import is_current_offer, is_member

Pair = tuple[str, str]
"""The ids of two actors, in the order of their names."""
FEW: Final = 5
"""In a network of fewer members, what most of them share is told pair by pair."""


class Row(Struct, frozen=True):
    """A target group with the offers for it, topic by topic."""

    group: Link
    cells: tuple[tuple[Link, ...], ...]


class Matrix(Struct, frozen=True):
    """Target groups against topics; in each cell the current offers that have both."""

    topics: tuple[Link, ...]
    rows: tuple[Row, ...]


class Shared(Struct, frozen=True, kw_only=True):
    """One thing that several members of the network have in common."""

    kind: Literal["agreements", "offers", "events", "posts"]
    link: Link
    members: tuple[str, ...]
    """Ids, in the order of their names; two at least."""


class Tie(Struct, frozen=True, kw_only=True):
    """What two actors have in common."""

    one: str
    other: str
    weight: float
    """The sum over what ties them, each thing by how few share it: 1 for two, 1/2 for three."""
    offers: tuple[Link, ...] = ()
    agreements: tuple[Link, ...] = ()
    events: tuple[Link, ...] = ()
    posts: int = 0
    """How many posts name both; by weight they count as the one that names the fewest."""


class Ties(Struct, frozen=True, kw_only=True):
    """Who does what with whom, and what nearly everybody does."""

    pairs: tuple[Tie, ...]
    """In the order of the actors' names."""
    everybody: tuple[Link, ...]
    """What more than half of the members have in common: it ties nobody."""


def matrix(network: Network, *, whole: bool = False) -> Matrix:
    """Set target groups against topics; ``whole`` keeps rows and columns that are empty."""
    groups, topics = network.vocabulary.target_groups, network.vocabulary.topics
    found: dict[Pair, list[Link]] = defaultdict(list)
    for key, offer in network.offers.items():
        if is_current_offer(offer, network.today):
            link = Link(offer.name, network.addresses["offer", key])
            for group in offer.target_groups:
                for topic in offer.topics:
                    found[group, topic].append(link)
    rows = [key for key in groups if whole or any(key == group for group, _ in found)]
    columns = [key for key in topics if whole or any(key == topic for _, topic in found)]
    return Matrix(
        topics=tuple(_term(network, "topic", key) for key in columns),
        rows=tuple(
            Row(
                _term(network, "target_group", group),
                tuple(tuple(found.get((group, topic), ())) for topic in columns),
            )
            for group in rows
        ),
    )


def _term(network: Network, kind: str, key: str) -> Link:
    return Link(network.label(kind, key), network.addresses.get((kind, key), ""))


def ties(network: Network, agreements: Iterable[tuple[Link, tuple[str, ...]]]) -> Ties:
    """Say what ties the members of the network, pair by pair.

    ``agreements`` are those in force or kept, each with the ids of its partners.
    """
    members = [key for key, actor in network.actors.items() if is_member(actor, network.today)]
    everybody = []
    found: dict[Pair, list[Shared]] = defaultdict(list)
    for shared in _shared(network, members, agreements):
        if len(members) >= FEW and 2 * len(shared.members) > len(members):
            everybody.append(shared.link)
        else:
            for pair in combinations(shared.members, 2):
                found[pair].append(shared)
    order = {key: place for place, key in enumerate(members)}
    pairs = sorted(found, key=lambda pair: (order[pair[0]], order[pair[1]]))
    return Ties(pairs=tuple(_tie(pair, found[pair]) for pair in pairs), everybody=tuple(everybody))


def _tie(pair: Pair, shared: list[Shared]) -> Tie:
    def links(kind: str) -> tuple[Link, ...]:
        return tuple(one.link for one in shared if one.kind == kind)

    weights = [(one.kind, 1 / (len(one.members) - 1)) for one in shared]
    posts = [weight for kind, weight in weights if kind == "posts"]
    return Tie(
        one=pair[0],
        other=pair[1],
        weight=sum(weight for kind, weight in weights if kind != "posts") + max(posts, default=0),
        offers=links("offers"),
        agreements=links("agreements"),
        events=links("events"),
        posts=len(posts),
    )


def _shared(
    network: Network, members: Iterable[str], agreements: Iterable[tuple[Link, tuple[str, ...]]]
) -> Iterator[Shared]:
    """Give all that two or more members have in common, agreements first."""
    order = {key: place for place, key in enumerate(members)}

    def shared(kind: Any, link: Link, actors: Iterable[str]) -> Iterator[Shared]:  # noqa: ANN401
        known = sorted({actor for actor in actors if actor in order}, key=order.__getitem__)
        if len(known) > 1:
            yield Shared(kind=kind, link=link, members=tuple(known))

    for link, partners in agreements:
        yield from shared("agreements", link, partners)
    for key, offer in network.offers.items():
        if is_current_offer(offer, network.today):
            link = Link(offer.name, network.addresses["offer", key])
            yield from shared("offers", link, offer.actors)
    for key, event in network.events.items():
        link = Link(event.title, network.addresses["event", key])
        yield from shared("events", link, event.actors)
    for key in network.news:
        post = network.posts[key]
        link = Link(post.title, network.addresses["post", key])
        yield from shared("posts", link, post.actors)
