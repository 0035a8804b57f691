"""The network's own page: purposes, goals, agreements, what there is for whom, who with whom."""

from collections.abc import Iterator

from netzsite.network.cards import Text
from netzsite.network.cooperation import matrix
from netzsite.network.network import Network
from netzsite.producers import cooperation, shared
from netzsite.producers.views import AgreementCard, NetworkView
from netzsite.rendering.job import Job


def agreements(network: Network) -> tuple[tuple[AgreementCard, tuple[str, ...]], ...]:
    """Give every agreement with the ids of its partners."""
    goals = {goal.id: goal.title for goal in network.accord.goals}
    return tuple(
        (
            AgreementCard(
                title=agreement.title,
                actors=network.links("actor", agreement.actors),
                status=agreement.status,
                goal=goals.get(agreement.goal or ""),
                since=agreement.since,
                due=agreement.due,
                text=shared.text_of(network, agreement.text),
                anchor=f"n_agreement_{number}",
            ),
            agreement.actors,
        )
        for number, agreement in enumerate(network.accord.agreements, 1)
    )


def jobs(network: Network) -> Iterator[Job]:
    """Make the page about the network."""
    accord = network.accord
    here = shared.section(network, "network")
    text = shared.text_of(network, accord.introduction)
    purposes = tuple((item.title, shared.text_of(network, item.text)) for item in accord.purposes)
    goals = tuple(
        (f"n_goal_{goal.id}", goal.title, shared.text_of(network, goal.text))
        for goal in accord.goals
    )
    agreed = agreements(network)
    cards = tuple(card for card, _ in agreed)
    words = network.words.words
    view = NetworkView(
        head=shared.head(
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
        groups=shared.by_carrier(network),
        matrix=matrix(network),
        together=cooperation.together(network, agreed),
        confirmed=shared.confirmed(accord),
    )
    texts: tuple[Text | None, ...] = (
        text,
        *(part for _, part in purposes),
        *(part for *_, part in goals),
        *(card.text for card in cards),
    )
    yield shared.page(here.address, "network.html", view, texts=texts, origin=shared.origin(accord))
