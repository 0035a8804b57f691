"""The records there is one of: the site, its vocabulary, the network's goals and agreements."""

from typing import Annotated

from msgspec import Struct

from netzsite.fields.field import Key
from netzsite.fields.types import (
    Accent,
    ActorId,
    AgreementStatus,
    BaseUrl,
    Day,
    EditUrl,
    Email,
    GoalId,
    Language,
    LegalFrame,
    LegalStatus,
    Line,
    Phone,
    Prose,
    Region,
    TermId,
    Timezone,
    Whole,
)
from netzsite.markdown.render import Body
from netzsite.records.parts import Days
from netzsite.records.record import Record


class Provider(Struct, frozen=True, kw_only=True):
    """Who is answerable for the site (§ 5 DDG, § 18 MStV); all optional, the gate asks."""

    name: Annotated[Line | None, Key("Name", "Name der Stelle, die die Seite anbietet.")] = None
    represented_by: Annotated[
        Line | None,
        Key("Vertreten durch", "Wer die Stelle vertritt, mit Namen.", ("vertreten durch",)),
    ] = None
    legal_status: Annotated[
        LegalStatus | None,
        Key(
            "Rechtsstellung",
            "person (ein einzelner Mensch), private (Verein, gGmbH, Stiftung) oder public (Stadt, "
            "Kirchengemeinde).",
            ("rechtsform",),
        ),
    ] = None
    street: Annotated[Line | None, Key("Straße", "Straße und Hausnummer.", ("strasse",))] = None
    postal_code: Annotated[Line | None, Key("Postleitzahl", "Fünf Ziffern.", ("plz",))] = None
    city: Annotated[Line | None, Key("Stadt", "Name der Stadt.", ("ort",))] = None
    email: Annotated[Email | None, Key("E-Mail", "E-Mail-Adresse.", ("mail",))] = None
    phone: Annotated[Phone | None, Key("Telefon", "Nummer mit Vorwahl.", ("tel",))] = None
    register: Annotated[
        Line | None, Key("Register", "Registergericht und Nummer.", ("registernummer",))
    ] = None
    vat_id: Annotated[
        Line | None, Key("USt-IdNr.", "Umsatzsteuer-Identifikationsnummer, falls vorhanden.")
    ] = None
    responsible: Annotated[
        Line | None,
        Key(
            "Verantwortlich",
            "Ein Mensch mit Namen und Anschrift, verantwortlich nach § 18 Abs. 2 MStV.",
            ("verantwortlich",),
        ),
    ] = None
    authority: Annotated[
        Line | None,
        Key(
            "Aufsicht",
            "Zuständige Aufsichtsbehörde für den Datenschutz, mit Anschrift.",
            ("aufsichtsbehörde",),
        ),
    ] = None
    data_protection_officer: Annotated[
        Line | None, Key("Datenschutzbeauftragte", "Wer über den Datenschutz wacht, mit E-Mail.")
    ] = None


class Hosting(Struct, frozen=True, kw_only=True):
    """Where the site lies and what the host notes of a visit."""

    name: Annotated[Line | None, Key("Anbieter", "Wer die Seite ausliefert.", ("anbieter",))] = None
    address: Annotated[Line | None, Key("Anschrift", "Anschrift des Anbieters.")] = None
    country: Annotated[Line | None, Key("Land", "In welchem Land die Server stehen.")] = None
    log_days: Annotated[
        Annotated[int, Whole(0, 3650)] | None,
        Key("Protokolltage", "Wie viele Tage Zugriffe gespeichert werden; 0 heißt gar nicht."),
    ] = None


class Entry(Struct, frozen=True, kw_only=True):
    """One entry of the menu."""

    to: Annotated[
        Line,
        Key(
            "Ziel",
            "actors, offers, places, topics, target_groups, network, news, events, week, search, "
            "page:… oder https://…",
            ("ziel", "link"),
            "news",
        ),
    ]
    label: Annotated[Line | None, Key("Beschriftung", "Wort im Menü.", ("text", "name"))] = None


class Site(Record, frozen=True, kw_only=True, tag="site"):
    """The site itself: ``site.yaml``."""

    title: Annotated[Line, Key("Titel", "Name der ganzen Seite.", ("name",))]
    language: Annotated[Language, Key("Sprache", "Sprache der Seite (BCP 47).", example="de")]
    base_url: Annotated[
        BaseUrl,
        Key("Adresse", "Adresse, unter der die Seite steht.", ("url",), "https://example.org"),
    ]
    timezone: Annotated[
        Timezone, Key("Zeitzone", "Zeitzone aller Uhrzeiten.", example="Europe/Berlin")
    ]
    tagline: Annotated[
        Line | None, Key("Untertitel", "Ein Satz: was das Netzwerk ist.", ("motto", "slogan"))
    ] = None
    region: Annotated[
        Region | None,
        Key("Region", "Land und Bundesland für Feiertage (ISO 3166-2).", example="DE-RP"),
    ] = None
    navigation: Annotated[
        tuple[Entry, ...], Key("Menü", "Einträge des Menüs in ihrer Reihenfolge.", ("menü",))
    ] = ()
    accent: Annotated[
        Accent | None,
        Key(
            "Farbe",
            "Die eine Farbe der Seite, dunkel genug für weiße Schrift.",
            ("farbe",),
            '"#1f6f5c"',
        ),
    ] = None
    provider: Annotated[
        Provider | None, Key("Anbieter", "Wer für die Seite verantwortlich ist.", ("impressum",))
    ] = None
    legal_frame: Annotated[
        LegalFrame | None,
        Key("Datenschutzrecht", "dsgvo, kdg (katholisch) oder dsg-ekd (evangelisch)."),
    ] = None
    hosting: Annotated[Hosting | None, Key("Hosting", "Wer die Seite ausliefert.")] = None
    closures: Annotated[
        tuple[Days, ...], Key("Schließzeiten", "Tage, an denen zu ist.", ("ferien",))
    ] = ()
    school_holidays: Annotated[
        tuple[Days, ...],
        Key("Schulferien", "Ferien, die netzsite für die Region noch nicht kennt."),
    ] = ()
    feed_id: Annotated[
        Line | None,
        Key(
            "Feed-Kennung",
            "Domain und Jahr für bleibende Kennungen in Feeds und Kalendern.",
            example="example.org,2024",
        ),
    ] = None
    edit_url: Annotated[
        EditUrl | None,
        Key(
            "Bearbeiten-Adresse",
            "Adresse zum Bearbeiten einer Datei beim Git-Anbieter; {path} steht für die Datei.",
        ),
    ] = None


class Term(Struct, frozen=True, kw_only=True):
    """One word of a vocabulary."""

    label: Annotated[Line, Key("Name", "Das Wort, wie Fachleute es sagen.", ("titel",))]
    plain: Annotated[
        Line | None,
        Key("Einfach gesagt", "Das Wort, wie alle es sagen.", ("einfach",), "Ich habe Schulden"),
    ] = None
    description: Annotated[Prose | None, Key("Beschreibung", "Ein Satz dazu.", ("text",))] = None
    synonyms: Annotated[
        tuple[Line, ...], Key("Andere Wörter", "Womit man es auch findet.", ("synonyme",))
    ] = ()


class Vocabulary(Record, frozen=True, kw_only=True, tag="vocabulary"):
    """The words that records choose from: ``vocabulary.yaml``."""

    target_groups: Annotated[
        dict[TermId, Term], Key("Zielgruppen", "Kürzel und ihre Namen.", ("zielgruppe",))
    ] = {}  # noqa: RUF012 - msgspec copies it
    topics: Annotated[dict[TermId, Term], Key("Themen", "Kürzel und ihre Namen.", ("thema",))] = {}  # noqa: RUF012 - msgspec copies it


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
