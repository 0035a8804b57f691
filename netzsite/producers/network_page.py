"""The network's own page: purposes, goals, agreements, what there is for whom, who with whom."""

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct

from netzsite.network.cards import Text
from netzsite.network.cooperation import Matrix, matrix
from netzsite.network.network import Network
from netzsite.producers import cooperation, html_pages, parts, related, sections
from netzsite.producers.agreements import AgreementCard, agreement_cards
from netzsite.producers.cooperation import Together
from netzsite.producers.html_pages import Head
from netzsite.producers.parts import Confirmed
from netzsite.producers.related import Group
from netzsite.rendering.job import Job


class NetworkView(Struct, frozen=True, kw_only=True):
    """What holds the network together."""

    template: ClassVar = "network.html"
    head: Head
    text: Text | None
    purposes: tuple[tuple[str, Text | None], ...]
    goals: tuple[tuple[str, str, Text | None], ...]
    """Anchor, title, text."""
    agreements: tuple[AgreementCard, ...]
    groups: tuple[Group, ...]
    matrix: Matrix
    together: Together | None
    confirmed: Confirmed | None


def jobs(network: Network) -> Iterator[Job]:
    """Make the page about the network."""
    accord = network.accord
    here = sections.section(network, "network")
    text = parts.text_of(network, accord.introduction)
    purposes = tuple((item.title, parts.text_of(network, item.text)) for item in accord.purposes)
    goals = tuple(
        (f"n_goal_{goal.id}", goal.title, parts.text_of(network, goal.text))
        for goal in accord.goals
    )
    agreed = agreement_cards(network)
    cards = tuple(card for card, _ in agreed)
    words = network.words.words
    view = NetworkView(
        head=html_pages.head(
            network,
            here.label,
            section="network",
            description=words["about_network"].format(site=network.site.title),
            record=accord if text or purposes or goals or cards else None,
        ),
        text=text,
        purposes=purposes,
        goals=goals,
        agreements=cards,
        groups=related.by_carrier(network),
        matrix=matrix(network),
        together=cooperation.together(network, agreed),
        confirmed=parts.confirmed(accord),
    )
    texts: tuple[Text | None, ...] = (
        text,
        *(part for _, part in purposes),
        *(part for *_, part in goals),
        *(card.text for card in cards),
    )
    yield html_pages.page(
        here.address, "network.html", view, texts=texts, origin=html_pages.origin(accord)
    )
