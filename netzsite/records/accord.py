"""What the network agreed on: purposes, goals, agreements: ``network.yaml``."""

from typing import Annotated

from msgspec import Struct

from netzsite.fields.field import Key
from netzsite.fields.types import ActorId, AgreementStatus, Day, GoalId, Line, TermId
from netzsite.markdown.render import Body
from netzsite.records.record import Record


class Purpose(Struct, frozen=True, kw_only=True):
    """What the network is for."""

    title: Annotated[Line, Key("Titel", "Der Zweck in wenigen Wörtern.")]
    text: Annotated[Body | None, Key("Text", "Der Zweck in ganzen Sätzen.", ("inhalt",))] = None


class Goal(Struct, frozen=True, kw_only=True):
    """A common goal, worked out together."""

    id: Annotated[TermId, Key("Kürzel", "Womit eine Vereinbarung auf das Ziel zeigt.", ("kürzel",))]
    title: Annotated[Line, Key("Titel", "Das Ziel in einem Satz.")]
    text: Annotated[Body | None, Key("Text", "Mehr dazu.", ("inhalt",))] = None


class Agreement(Struct, frozen=True, kw_only=True):
    """What actors agreed to do together."""

    title: Annotated[Line, Key("Titel", "Was vereinbart ist.", ("was",))]
    actors: Annotated[
        tuple[ActorId, ...], Key("Akteure", "Wer es vereinbart hat.", ("wer", "akteur"))
    ]
    goal: Annotated[GoalId | None, Key("Ziel", "Zu welchem Ziel es beiträgt.", ("wozu",))] = None
    since: Annotated[Day | None, Key("Seit", "Seit wann es gilt.")] = None
    due: Annotated[Day | None, Key("Bis", "Bis wann es erledigt sein soll.", ("frist",))] = None
    status: Annotated[
        AgreementStatus, Key("Stand", "planned, agreed, done oder dropped.", example="agreed")
    ] = "agreed"
    text: Annotated[Body | None, Key("Text", "Mehr dazu.", ("inhalt",))] = None


class Accord(Record, frozen=True, kw_only=True, tag="network"):
    """What holds the network together: ``network.yaml``."""

    introduction: Annotated[
        Body | None, Key("Einleitung", "Was das Netzwerk ist.", ("einleitung", "text"))
    ] = None
    purposes: Annotated[
        tuple[Purpose, ...], Key("Wozu", "Wozu das Netzwerk da ist.", ("zwecke", "zweck"))
    ] = ()
    goals: Annotated[tuple[Goal, ...], Key("Ziele", "Die gemeinsamen Ziele.", ("ziele",))] = ()
    agreements: Annotated[
        tuple[Agreement, ...],
        Key("Vereinbarungen", "Wer mit wem was vereinbart hat.", ("vereinbarungen",)),
    ] = ()
