"""Agreements → the cards that pages show of them."""

from datetime import date

from msgspec import Struct

from netzsite.network.cards import Link, Text
from netzsite.network.network import Network
from netzsite.producers import parts


class AgreementCard(Struct, frozen=True, kw_only=True):
    """An agreement with its partners."""

    title: str
    actors: tuple[Link, ...]
    status: str
    goal: str | None = None
    since: date | None = None
    due: date | None = None
    text: Text | None = None
    anchor: str = ""


def agreement_cards(network: Network) -> tuple[tuple[AgreementCard, tuple[str, ...]], ...]:
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
                text=parts.text_of(network, agreement.text),
                anchor=f"n_agreement_{number}",
            ),
            agreement.actors,
        )
        for number, agreement in enumerate(network.accord.agreements, 1)
    )
