"""The site itself: ``site.yaml``."""

from typing import Annotated

from msgspec import Struct

from netzsite.fields.field import Key
from netzsite.fields.types import (
    Accent,
    BaseUrl,
    EditUrl,
    Email,
    Language,
    LegalFrame,
    LegalStatus,
    Line,
    Phone,
    Region,
    Timezone,
    Whole,
)
from netzsite.records.days import Days
from netzsite.records.emergency import Emergency
from netzsite.records.record import Record
from netzsite.records.statement import Accessibility


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
            "emergency, page:… oder https://…",
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
    accessibility: Annotated[
        Accessibility | None,
        Key(
            "Barrierefreiheit",
            "Erklärung zur Barrierefreiheit, für öffentliche Stellen Pflicht.",
            ("barrierefreiheit",),
        ),
    ] = None
    emergency_numbers: Annotated[
        tuple[Emergency, ...],
        Key("Notrufnummern", "Nummern für den Notfall, mit eigener Seite.", ("notruf",)),
    ] = ()
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
