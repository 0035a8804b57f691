"""The network → what is there for whom, and who does what with whom.

Pure counting over the linked records: the page about the network shows it, and the report for the
network's own meetings names the gaps.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from msgspec import Struct

from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.network.visibility import is_current_offer, is_member

Pair = tuple[str, str]
"""The ids of two actors, in the order of their names."""


class Row(Struct, frozen=True):
    """A target group with the offers for it, topic by topic."""

    group: Link
    cells: tuple[tuple[Link, ...], ...]


class Matrix(Struct, frozen=True):
    """Target groups against topics; in each cell the current offers that have both."""

    topics: tuple[Link, ...]
    rows: tuple[Row, ...]


class Tie(Struct, frozen=True, kw_only=True):
    """What two actors have in common."""

    one: str
    other: str
    offers: tuple[Link, ...] = ()
    agreements: tuple[Link, ...] = ()
    events: tuple[Link, ...] = ()
    posts: int = 0
    """How many posts name both."""

    @property
    def weight(self) -> int:
        """How many things tie them; all their posts count as one."""
        return len(self.offers) + len(self.agreements) + len(self.events) + bool(self.posts)


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


def ties(network: Network, agreements: Iterable[tuple[Link, tuple[str, ...]]]) -> tuple[Tie, ...]:
    """Say what ties the members of the network, pair by pair in the order of their names.

    ``agreements`` are those in force or kept, each with the ids of its partners.
    """
    members = {
        key: place
        for place, (key, actor) in enumerate(network.actors.items())
        if is_member(actor, network.today)
    }
    found: dict[str, dict[Pair, list[Link]]] = {
        name: defaultdict(list) for name in ("offers", "agreements", "events")
    }
    posts: dict[Pair, int] = defaultdict(int)
    for link, partners in agreements:
        for pair in _pairs(partners, members):
            found["agreements"][pair].append(link)
    for key, offer in network.offers.items():
        if is_current_offer(offer, network.today):
            for pair in _pairs(offer.actors, members):
                found["offers"][pair].append(Link(offer.name, network.addresses["offer", key]))
    for key, event in network.events.items():
        for pair in _pairs(event.actors, members):
            found["events"][pair].append(Link(event.title, network.addresses["event", key]))
    for key in network.news:
        for pair in _pairs(network.posts[key].actors, members):
            posts[pair] += 1
    pairs = {*posts, *(pair for kind in found.values() for pair in kind)}
    return tuple(
        Tie(
            one=one,
            other=other,
            posts=posts[one, other],
            **{name: tuple(kind[one, other]) for name, kind in found.items()},
        )
        for one, other in sorted(pairs, key=lambda pair: (members[pair[0]], members[pair[1]]))
    )


def _pairs(actors: Iterable[str], members: dict[str, int]) -> Iterable[Pair]:
    """Pair the members among some actors, each pair once."""
    known = sorted({actor for actor in actors if actor in members}, key=members.__getitem__)
    return combinations(known, 2)
