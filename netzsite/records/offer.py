"""What people can use: who helps, where, when (HSDS: service)."""

from typing import Annotated

from netzsite.fields.field import Key
from netzsite.fields.types import (
    ActorId,
    Age,
    Day,
    Language,
    Line,
    OfferStatus,
    OpeningHours,
    PlaceId,
    Prose,
    Registration,
    TargetGroup,
    Topic,
    Url,
)
from netzsite.markdown.render import Body
from netzsite.records.contact import Contact
from netzsite.records.keys import (
    ACCESSIBILITY,
    CONTACTS,
    DESCRIPTION,
    LANGUAGES,
    SUMMARY,
    TARGET_GROUPS,
    TOPICS,
    VALID_FROM,
    VALID_UNTIL,
)
from netzsite.records.record import Translatable


class Offer(Translatable, frozen=True, kw_only=True, tag="offer"):
    """Angebot or Sprechstunde of one or several actors."""

    name: Annotated[Line, Key("Name", "Wie das Angebot heißt.", ("titel", "title"))]
    actors: Annotated[
        tuple[ActorId, ...],
        Key(
            "Akteure",
            "Wer es anbietet: Kürzel der Akteure.",
            ("akteur", "anbieter"),
            "[familientreff]",
        ),
    ]
    summary: Annotated[Prose | None, SUMMARY] = None
    description: Annotated[Body | None, DESCRIPTION] = None
    next_step: Annotated[
        Prose | None,
        Key(
            "Erster Schritt",
            "Was man als Erstes tut: anrufen, hingehen, ein Formular ausfüllen.",
            ("nächster schritt", "so geht es los"),
            "Rufen Sie uns an oder kommen Sie dienstags vorbei.",
        ),
    ] = None
    target_groups: Annotated[tuple[TargetGroup, ...], TARGET_GROUPS] = ()
    topics: Annotated[tuple[Topic, ...], TOPICS] = ()
    min_age: Annotated[Age | None, Key("Alter ab", "Jüngstes Alter.", ("alter ab",), "6")] = None
    max_age: Annotated[Age | None, Key("Alter bis", "Höchstes Alter.", ("alter bis",), "12")] = None
    languages: Annotated[tuple[Language, ...], LANGUAGES] = ()
    cost: Annotated[Line | None, Key("Kosten", "Was es kostet.", ("preis",), "kostenlos")] = None
    registration: Annotated[
        Registration | None,
        Key("Anmeldung", "none, phone, form oder appointment.", ("anmeldung",), "none"),
    ] = None
    bring: Annotated[
        Line | None,
        Key(
            "Mitbringen",
            "Was man mitbringt.",
            ("mitzubringen", "unterlagen"),
            "Ausweis und letzter Bescheid",
        ),
    ] = None
    hours: Annotated[
        OpeningHours | None,
        Key("Zeiten", "Wann es stattfindet.", ("öffnungszeiten", "sprechzeiten"), "Di 14–16 Uhr"),
    ] = None
    place: Annotated[PlaceId | None, Key("Ort", "Kürzel des Ortes.", ("adresse",))] = None
    contacts: Annotated[tuple[Contact, ...], CONTACTS] = ()
    online: Annotated[
        Url | None, Key("Online", "Adresse, wenn das Angebot im Netz stattfindet.")
    ] = None
    accessibility: Annotated[Line | None, ACCESSIBILITY] = None
    status: Annotated[
        OfferStatus, Key("Stand", "active, paused oder ended.", ("zustand",), "active")
    ] = "active"
    valid_from: Annotated[Day | None, VALID_FROM] = None
    valid_until: Annotated[Day | None, VALID_UNTIL] = None
