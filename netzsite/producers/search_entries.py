"""Records → what a search may find: names, short texts and words that mean the same."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from netzsite.markdown.render import Body
from netzsite.network.network import Network
from netzsite.network.visibility import is_current_offer, is_in_use, is_member
from netzsite.times.dates import PartialDate
from netzsite.times.recurrence_text import write_recurrence

NEWEST: Final = 200
"""So many posts can be searched; older ones are in the archive."""

Terms = dict[tuple[str, str], tuple[str, tuple[str, ...]]]
"""Kind and id of a word of the vocabulary → how it is called, and words that mean the same."""


class Entry(Struct, frozen=True, kw_only=True):
    """One thing that a search may find."""

    kind: str
    title: str
    address: str
    line: str | None = None
    """What tells it from others of its name: hours, a carrier, a street."""
    name: str | None = None
    """A shorter name."""
    synonyms: tuple[str, ...] = ()
    day: date | PartialDate | None = None
    summary: str | None = None
    more: tuple[str, ...] = ()
    """Further texts to find it by."""
    description: str | None = None
    """Digest of a longer text to find it by."""
    terms: tuple[int, ...] = ()
    """Places of its topics and target groups in the list of terms."""
    languages: tuple[str, ...] = ()


def terms(network: Network) -> Terms:
    """List the words of the vocabulary that something shown uses."""
    found = {}
    for kind, table in (
        ("topic", network.vocabulary.topics),
        ("target_group", network.vocabulary.target_groups),
    ):
        for key, term in table.items():
            if (kind, key) in network.addresses:
                name = " ".join(filter(None, (term.label, term.plain)))
                found[kind, key] = (name, term.synonyms)
    return found


def entries(network: Network, known: Terms) -> Iterator[Iterator[Entry]]:
    """Give everything that can be found, kind by kind, what readers ask for most first."""
    places = {key: number for number, key in enumerate(known)}
    yield _offers(network, places)
    yield _actors(network, places)
    yield _vocabulary(network, known)
    yield _events(network, places)
    yield _places(network)
    yield _carriers(network)
    yield _pages(network)
    yield _posts(network)


Places = dict[tuple[str, str], int]


def _terms_of(places: Places, groups: tuple[str, ...], topics: tuple[str, ...]) -> tuple[int, ...]:
    keys = (*(("topic", key) for key in topics), *(("target_group", key) for key in groups))
    return tuple(places[key] for key in keys if key in places)


def _texts(*found: str | None) -> tuple[str, ...]:
    return tuple(one for one in found if one)


def _digest(body: Body | None) -> str | None:
    return body.digest if body else None


def _offers(network: Network, places: Places) -> Iterator[Entry]:
    for offer in network.offers.values():
        if not is_current_offer(offer, network.today):
            continue
        card = network.offer_cards[offer.id]
        yield Entry(
            kind="offer",
            title=offer.name,
            address=card.address,
            line=" · ".join(_texts(card.hours, card.place)) or " · ".join(card.actors),
            summary=card.summary,
            more=_texts(offer.next_step, offer.bring, offer.cost, *card.actors),
            description=_digest(offer.description),
            terms=_terms_of(places, offer.target_groups, offer.topics),
            languages=offer.languages,
        )


def _actors(network: Network, places: Places) -> Iterator[Entry]:
    for actor in network.actors.values():
        if not is_member(actor, network.today):
            continue
        card = network.actor_cards[actor.id]
        yield Entry(
            kind="actor",
            title=actor.name,
            address=card.address,
            line=card.carrier.label,
            summary=card.summary,
            name=actor.short_name,
            more=(*actor.goals, *actor.resources),
            description=_digest(actor.description),
            terms=_terms_of(places, actor.target_groups, actor.topics),
            languages=actor.languages,
        )


def _vocabulary(network: Network, known: Terms) -> Iterator[Entry]:
    for kind, key in known:
        table = network.vocabulary.topics if kind == "topic" else network.vocabulary.target_groups
        yield Entry(
            kind=kind,
            title=table[key].label,
            address=network.addresses[kind, key],
            line=table[key].plain,
            synonyms=table[key].synonyms,
            summary=table[key].description,
        )


def _events(network: Network, places: Places) -> Iterator[Entry]:
    """Give the events that are yet to come."""
    coming = {day.address for day in network.occurrences}
    for event in network.events.values():
        address = network.addresses["event", event.id]
        if event.start and address not in coming:
            continue
        repeat = write_recurrence(event.repeat, network.words.language) if event.repeat else None
        yield Entry(
            kind="event",
            title=event.title,
            address=address,
            line=repeat or (None if event.start else event.undated),
            day=event.start.day if event.start and not repeat else None,
            summary=event.summary,
            terms=_terms_of(places, event.target_groups, event.topics),
            languages=event.languages,
        )


def _places(network: Network) -> Iterator[Entry]:
    for place in network.places.values():
        if ("place", place.id) in network.addresses and is_in_use(place, network.today):
            yield Entry(
                kind="place",
                title=place.name,
                address=network.addresses["place", place.id],
                line=", ".join(_texts(place.street, place.city)) or None,
                more=_texts(place.accessibility, place.directions),
            )


def _carriers(network: Network) -> Iterator[Entry]:
    for carrier in network.carriers.values():
        if ("carrier", carrier.id) in network.addresses:
            yield Entry(
                kind="carrier",
                title=carrier.name,
                address=network.addresses["carrier", carrier.id],
                line=carrier.legal_form,
            )


def _pages(network: Network) -> Iterator[Entry]:
    for page in network.pages.values():
        if page.id != "start":
            address = network.addresses["page", page.id]
            yield Entry(kind="page", title=page.title, address=address, summary=page.summary)


def _posts(network: Network) -> Iterator[Entry]:
    for key in network.news[:NEWEST]:
        post = network.posts[key]
        yield Entry(
            kind="post",
            title=post.title,
            address=network.addresses["post", key],
            day=post.date,
            summary=post.summary,
            more=_texts(post.kicker, *post.tags),
        )
