"""Who works in the district: a member of the network (HSDS: organization or program)."""

from typing import Annotated

from netzsite.fields.field import Key
from netzsite.fields.types import (
    CarrierId,
    Day,
    Language,
    Line,
    PictureFile,
    PlaceId,
    Prose,
    TargetGroup,
    Topic,
    Url,
)
from netzsite.markdown.render import Body
from netzsite.records.contact import Contact
from netzsite.records.keys import (
    CONTACTS,
    DESCRIPTION,
    LANGUAGES,
    SUMMARY,
    TARGET_GROUPS,
    TOPICS,
    URL,
)
from netzsite.records.record import Publishable


class Actor(Publishable, frozen=True, kw_only=True, tag="actor"):
    """Akteur: a member of the network."""

    name: Annotated[Line, Key("Name", "Name des Akteurs, wie er sich nennt.", ("titel",))]
    carrier: Annotated[
        CarrierId, Key("Träger", "Kürzel des Trägers aus dem Ordner carriers.", ("traeger",))
    ]
    short_name: Annotated[
        Line | None, Key("Kurzname", "Kürzerer Name für enge Stellen.", ("kürzel", "abkürzung"))
    ] = None
    summary: Annotated[Prose | None, SUMMARY] = None
    description: Annotated[Body | None, DESCRIPTION] = None
    target_groups: Annotated[tuple[TargetGroup, ...], TARGET_GROUPS] = ()
    topics: Annotated[tuple[Topic, ...], TOPICS] = ()
    languages: Annotated[tuple[Language, ...], LANGUAGES] = ()
    goals: Annotated[
        tuple[Line, ...], Key("Ziele", "Was der Akteur im Stadtteil erreichen will.", ("ziele",))
    ] = ()
    resources: Annotated[
        tuple[Line, ...],
        Key(
            "Ressourcen",
            "Was der Akteur mit anderen teilen kann.",
            ("ressourcen",),
            "[Gruppenraum für 20 Personen]",
        ),
    ] = ()
    places: Annotated[
        tuple[PlaceId, ...], Key("Orte", "Kürzel der Orte.", ("ort", "orte", "adresse"))
    ] = ()
    contacts: Annotated[tuple[Contact, ...], CONTACTS] = ()
    url: Annotated[Url | None, URL] = None
    logo: Annotated[
        PictureFile | None, Key("Logo", "Pfad der Bilddatei.", example="media/logo.png")
    ] = None
    joined: Annotated[
        Day | None, Key("Dabei seit", "Tag des Beitritts.", ("beitritt", "seit"), "2023-05-01")
    ] = None
    left: Annotated[Day | None, Key("Ausgetreten", "Letzter Tag im Netzwerk.", ("austritt",))] = (
        None
    )
