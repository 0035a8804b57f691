"""A linked network → what there is for whom, what is missing, and who does what with whom.

For the network's own meetings: it counts what is written, and judges nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from netzsite.network.cards import Link
from netzsite.network.cooperation import Matrix, Tie, matrix, ties
from netzsite.network.network import Network
from netzsite.network.visibility import is_current_offer, is_member
from netzsite.producers import related
from netzsite.producers.agreements import agreement_cards
from netzsite.records.cost import is_free
from netzsite.records.offer import Offer

_SATURDAY: Final = 6


class Ease(Struct, frozen=True, kw_only=True):
    """How easy the way in is: how many of some offers ask for little."""

    label: str
    offers: int
    free: int
    unregistered: int
    foreign: int
    """In another language than the site's."""
    weekend: int
    accessible: int
    """Whose accessibility is told, by themselves or by their place."""
    actors: tuple[str, ...]
    """The members that name it too: whom to ask where there is no offer."""


class Coverage(Struct, frozen=True, kw_only=True):
    """What a meeting of the network wants to see."""

    site: str
    today: date
    offers: tuple[str, ...]
    matrix: Matrix
    """With its empty rows and columns."""
    topics: tuple[Ease, ...]
    groups: tuple[Ease, ...]
    languages: tuple[tuple[str, int], ...]
    """BCP 47 tag and how many offers are in it, most first; ends with those only actors speak."""
    days: tuple[int, ...]
    """How many offers have hours on Monday, … on Sunday."""
    unsaid: tuple[tuple[str, tuple[str, ...]], ...]
    """A word of the catalogue, and the offers that say nothing about it."""
    ties: tuple[Tie, ...]
    actors: Mapping[str, str]
    """Id → name of every member, in the order of their names."""

    @property
    def untied(self) -> tuple[str, ...]:
        """Name the members that nothing ties to another one yet."""
        tied = {actor for tie in self.ties for actor in (tie.one, tie.other)}
        return tuple(name for key, name in self.actors.items() if key not in tied)


def coverage(network: Network) -> Coverage:
    """Count what the current offers and the members of a network cover."""
    offers = [one for one in network.offers.values() if is_current_offer(one, network.today)]
    terms = network.vocabulary
    kept = [
        (Link(card.title, ""), partners)
        for card, partners in agreement_cards(network)
        if card.status != "dropped"
    ]
    return Coverage(
        site=network.site.title,
        today=network.today,
        offers=_names(offers),
        matrix=matrix(network, whole=True),
        topics=tuple(
            _ease(network, ("topic", key), term.label, (one for one in offers if key in one.topics))
            for key, term in terms.topics.items()
        ),
        groups=tuple(
            _ease(
                network,
                ("target_group", key),
                term.label,
                (one for one in offers if key in one.target_groups),
            )
            for key, term in terms.target_groups.items()
        ),
        languages=_languages(network, offers),
        days=tuple(sum(day in _days(one) for one in offers) for day in range(1, 8)),
        unsaid=tuple(_unsaid(network, offers)),
        ties=ties(network, kept).pairs,
        actors={
            key: actor.name
            for key, actor in network.actors.items()
            if is_member(actor, network.today)
        },
    )


def _names(offers: Iterable[Offer]) -> tuple[str, ...]:
    return tuple(offer.name for offer in offers)


def _ease(network: Network, term: tuple[str, str], label: str, offers: Iterable[Offer]) -> Ease:
    some = list(offers)

    def count(has: Callable[[Offer], object]) -> int:
        return sum(bool(has(one)) for one in some)

    return Ease(
        label=label,
        offers=len(some),
        free=count(lambda one: is_free(one.cost)),
        unregistered=count(lambda one: one.registration == "none"),
        foreign=count(lambda one: _foreign(one, network.site.language)),
        weekend=count(lambda one: max(_days(one), default=0) >= _SATURDAY),
        accessible=count(lambda one: _accessibility(network, one)),
        actors=tuple(card.name for card in related.actors(network, *term)),
    )


def _foreign(offer: Offer, own: str) -> bool:
    """Tell whether an offer is in another language than the site's; Leichte Sprache is no other."""
    main = own.partition("-")[0]
    return any(language.partition("-")[0] != main for language in offer.languages)


def _days(offer: Offer) -> set[int]:
    if offer.hours is None:
        return set()
    weekly = {day for rule in offer.hours.weekly for day in rule.days}
    return weekly | {rule.day for rule in offer.hours.monthly}


def _accessibility(network: Network, offer: Offer) -> str | None:
    place = network.places.get(offer.place or "")
    return offer.accessibility or (place.accessibility if place else None)


def _languages(network: Network, offers: Iterable[Offer]) -> tuple[tuple[str, int], ...]:
    counts = Counter(language for one in offers for language in one.languages)
    for actor in network.actors.values():
        if is_member(actor, network.today):
            counts.update(dict.fromkeys(actor.languages, 0))
    return tuple(sorted(counts.items(), key=lambda counted: (-counted[1], counted[0])))


def _unsaid(network: Network, offers: list[Offer]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Say which offers leave out what readers look for, in the order of an offer's page."""
    said: dict[str, Callable[[Offer], object]] = {
        "for_whom": lambda one: one.target_groups,
        "topics": lambda one: one.topics,
        "next_step": lambda one: one.next_step,
        "hours": lambda one: one.hours,
        "place": lambda one: one.place or one.online,
        "cost": lambda one: one.cost,
        "registration": lambda one: one.registration,
        "languages": lambda one: one.languages,
        "accessibility": lambda one: one.online or _accessibility(network, one),
    }
    for word, has in said.items():
        silent = _names(one for one in offers if not has(one))
        if silent:
            yield word, silent
