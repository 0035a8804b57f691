"""Who is there: carriers, actors, offers, places (HSDS: organization, service, location)."""

from typing import Annotated, Final

from netzsite.fields.field import Key
from netzsite.fields.types import (
    ActorId,
    Age,
    CarrierId,
    Day,
    Language,
    Latitude,
    Line,
    Longitude,
    OfferStatus,
    OpeningHours,
    PictureFile,
    PlaceId,
    Prose,
    Registration,
    TargetGroup,
    Topic,
    Url,
)
from netzsite.markdown.render import Body
from netzsite.records.parts import Contact
from netzsite.records.record import Record, Translatable

_SUMMARY: Final = Key(
    "Kurztext", "Ein oder zwei Sätze für Listen und die Suche.", ("kurzbeschreibung", "teaser")
)
_DESCRIPTION: Final = Key(
    "Beschreibung", "Der ausführliche Text; Markdown ist erlaubt.", ("text", "inhalt")
)
_TARGET_GROUPS: Final = Key(
    "Zielgruppen",
    "Für wen: Kürzel aus vocabulary.yaml.",
    ("zielgruppe", "zielgruppen"),
    "[familien, jugendliche]",
)
_TOPICS: Final = Key(
    "Themen", "Worum es geht: Kürzel aus vocabulary.yaml.", ("thema", "themen"), "[beratung]"
)
_LANGUAGES: Final = Key(
    "Sprachen", "Sprachen, in denen man hier spricht (BCP 47).", ("sprachen",), "[de, tr, ar]"
)
_URL: Final = Key("Webseite", "Adresse im Netz.", ("website", "link"), "https://example.org/")
_CONTACTS: Final = Key(
    "Ansprechpartner", "Wen man erreicht und wie.", ("kontakt", "kontakte", "ansprechpartnerin")
)
_VALID_FROM: Final = Key("Gültig ab", "Erster Tag.", ("gültig ab", "ab"), "2026-01-01")
_VALID_UNTIL: Final = Key("Gültig bis", "Letzter Tag.", ("gültig bis", "bis"), "2026-12-31")
_ACCESSIBILITY: Final = Key(
    "Barrierefreiheit",
    "Was Menschen mit Rollstuhl, Kinderwagen oder Hörgerät wissen müssen.",
    ("barrierefrei",),
    "Eingang ohne Stufen, WC für Rollstühle",
)


class Carrier(Record, frozen=True, kw_only=True, tag="carrier"):
    """Träger: the legal body behind actors."""

    name: Annotated[Line, Key("Name", "Name des Trägers, mit Rechtsform, wie er sich nennt.")]
    legal_form: Annotated[
        Line | None, Key("Rechtsform", "Zum Beispiel e. V. oder gGmbH.", example="gGmbH")
    ] = None
    parent: Annotated[
        CarrierId | None, Key("Gehört zu", "Kürzel des übergeordneten Trägers.", ("dachverband",))
    ] = None
    url: Annotated[Url | None, _URL] = None
    actor: Annotated[
        ActorId | None,
        Key("Ist selbst Akteur", "Kürzel des Akteurs, wenn der Träger selbst mitmacht."),
    ] = None


class Actor(Record, frozen=True, kw_only=True, tag="actor"):
    """Akteur: a member of the network."""

    name: Annotated[Line, Key("Name", "Name des Akteurs, wie er sich nennt.", ("titel",))]
    carrier: Annotated[
        CarrierId, Key("Träger", "Kürzel des Trägers aus dem Ordner carriers.", ("traeger",))
    ]
    short_name: Annotated[
        Line | None, Key("Kurzname", "Kürzerer Name für enge Stellen.", ("kürzel", "abkürzung"))
    ] = None
    summary: Annotated[Prose | None, _SUMMARY] = None
    description: Annotated[Body | None, _DESCRIPTION] = None
    target_groups: Annotated[tuple[TargetGroup, ...], _TARGET_GROUPS] = ()
    topics: Annotated[tuple[Topic, ...], _TOPICS] = ()
    languages: Annotated[tuple[Language, ...], _LANGUAGES] = ()
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
    contacts: Annotated[tuple[Contact, ...], _CONTACTS] = ()
    url: Annotated[Url | None, _URL] = None
    logo: Annotated[
        PictureFile | None, Key("Logo", "Pfad der Bilddatei.", example="media/logo.png")
    ] = None
    joined: Annotated[
        Day | None, Key("Dabei seit", "Tag des Beitritts.", ("beitritt", "seit"), "2023-05-01")
    ] = None
    left: Annotated[Day | None, Key("Ausgetreten", "Letzter Tag im Netzwerk.", ("austritt",))] = (
        None
    )


class Offer(Translatable, frozen=True, kw_only=True, tag="offer"):
    """Angebot or Sprechstunde of one or several actors."""

    name: Annotated[Line, Key("Name", "Wie das Angebot heißt.", ("titel", "title"))]
    actors: Annotated[
        tuple[ActorId, ...],
        Key("Akteure", "Wer es anbietet: Kürzel der Akteure.", ("akteur", "anbieter"), "[mckiz]"),
    ]
    summary: Annotated[Prose | None, _SUMMARY] = None
    description: Annotated[Body | None, _DESCRIPTION] = None
    next_step: Annotated[
        Prose | None,
        Key(
            "Erster Schritt",
            "Was man als Erstes tut: anrufen, hingehen, ein Formular ausfüllen.",
            ("nächster schritt", "so geht es los"),
            "Rufen Sie uns an oder kommen Sie dienstags vorbei.",
        ),
    ] = None
    target_groups: Annotated[tuple[TargetGroup, ...], _TARGET_GROUPS] = ()
    topics: Annotated[tuple[Topic, ...], _TOPICS] = ()
    min_age: Annotated[Age | None, Key("Alter ab", "Jüngstes Alter.", ("alter ab",), "6")] = None
    max_age: Annotated[Age | None, Key("Alter bis", "Höchstes Alter.", ("alter bis",), "12")] = None
    languages: Annotated[tuple[Language, ...], _LANGUAGES] = ()
    cost: Annotated[Line | None, Key("Kosten", "Was es kostet.", ("preis",), "kostenlos")] = None
    registration: Annotated[
        Registration | None,
        Key("Anmeldung", "none, phone, form oder appointment.", ("anmeldung",), "none"),
    ] = None
    hours: Annotated[
        OpeningHours | None,
        Key("Zeiten", "Wann es stattfindet.", ("öffnungszeiten", "sprechzeiten"), "Di 14–16 Uhr"),
    ] = None
    place: Annotated[PlaceId | None, Key("Ort", "Kürzel des Ortes.", ("adresse",))] = None
    contacts: Annotated[tuple[Contact, ...], _CONTACTS] = ()
    online: Annotated[
        Url | None, Key("Online", "Adresse, wenn das Angebot im Netz stattfindet.")
    ] = None
    accessibility: Annotated[Line | None, _ACCESSIBILITY] = None
    status: Annotated[
        OfferStatus, Key("Stand", "active, paused oder ended.", ("zustand",), "active")
    ] = "active"
    valid_from: Annotated[Day | None, _VALID_FROM] = None
    valid_until: Annotated[Day | None, _VALID_UNTIL] = None


class Place(Record, frozen=True, kw_only=True, tag="place"):
    """Ort: where something happens (HSDS: location)."""

    name: Annotated[Line, Key("Name", "Wie der Ort heißt.", ("titel",))]
    street: Annotated[
        Line | None, Key("Straße", "Straße und Hausnummer.", ("strasse", "adresse"), "Am Markt 1")
    ] = None
    postal_code: Annotated[Line | None, Key("Postleitzahl", "Fünf Ziffern.", ("plz",))] = None
    city: Annotated[Line | None, Key("Stadt", "Name der Stadt.", ("ort",))] = None
    lat: Annotated[Latitude | None, Key("Breite", "Geografische Breite in Grad.")] = None
    lon: Annotated[Longitude | None, Key("Länge", "Geografische Länge in Grad.")] = None
    accessibility: Annotated[Line | None, _ACCESSIBILITY] = None
    directions: Annotated[Prose | None, Key("Anfahrt", "Wie man hinkommt.", ("anfahrt", "weg"))] = (
        None
    )
    valid_from: Annotated[Day | None, _VALID_FROM] = None
    valid_until: Annotated[Day | None, _VALID_UNTIL] = None
