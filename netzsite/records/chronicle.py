"""What happens: posts, events, and the plain pages around them."""

from typing import Annotated

from netzsite.fields.field import Key
from netzsite.fields.types import (
    ActorId,
    Day,
    Flag,
    Language,
    Line,
    OfferId,
    PlaceId,
    Prose,
    Registration,
    Repeat,
    TargetGroup,
    Topic,
    When,
)
from netzsite.markdown.render import Body
from netzsite.records.directory import _LANGUAGES, _SUMMARY, _TARGET_GROUPS, _TOPICS
from netzsite.records.parts import Picture
from netzsite.records.record import Translatable
from netzsite.times.dates import Moment


class Post(Translatable, frozen=True, kw_only=True, tag="post"):
    """Beitrag: news with a date; the body may be empty."""

    title: Annotated[Line, Key("Titel", "Überschrift des Beitrags.", ("überschrift",))]
    date: Annotated[
        Day,
        Key("Datum", "Tag des Beitrags; vorher erscheint er nicht.", ("tag",), "2026-11-20"),
    ]
    kicker: Annotated[
        Line | None, Key("Dachzeile", "Kurze Zeile über der Überschrift.", ("vorspann",))
    ] = None
    updated: Annotated[
        Day | None, Key("Geändert am", "Tag der letzten Änderung am Inhalt.", ("aktualisiert",))
    ] = None
    summary: Annotated[Prose | None, _SUMMARY] = None
    tags: Annotated[
        tuple[Line, ...],
        Key("Schlagwörter", "Freie Wörter.", ("schlagworte", "stichworte"), "[Umwelt, Kinder]"),
    ] = ()
    actors: Annotated[
        tuple[ActorId, ...], Key("Akteure", "Um wen es geht.", ("akteur",), "[mckiz]")
    ] = ()
    offers: Annotated[
        tuple[OfferId, ...], Key("Angebote", "Um welche Angebote es geht.", ("angebot",))
    ] = ()
    image: Annotated[Picture | None, Key("Bild", "Das Bild zum Beitrag.", ("foto",))] = None
    author: Annotated[
        Line | None, Key("Verfasst von", "Wer den Beitrag geschrieben hat.", ("autor", "autorin"))
    ] = None
    draft: Annotated[
        Flag,
        Key("Entwurf", "true, solange der Beitrag nicht erscheinen soll.", ("entwurf",), "true"),
    ] = False
    expires: Annotated[
        Day | None,
        Key(
            "Läuft ab am",
            "Ab diesem Tag steht der Beitrag in keiner Liste mehr.",
            ("ablaufdatum", "gültig bis"),
        ),
    ] = None
    body: Body | None = None


class Event(Translatable, frozen=True, kw_only=True, tag="event"):
    """Termin: once or repeated, or not yet fixed (``undated``)."""

    title: Annotated[Line, Key("Titel", "Wie der Termin heißt.", ("überschrift", "name"))]
    start: Annotated[
        When | None,
        Key("Beginn", "Tag und Uhrzeit.", ("datum", "date", "wann"), "2026-12-09 14:00"),
    ] = None
    undated: Annotated[
        Line | None,
        Key(
            "Noch ohne Tag",
            "Ein Satz statt eines Beginns, wenn der Tag noch nicht feststeht.",
            example="Der nächste Tag wird noch bekannt gegeben.",
        ),
    ] = None
    end: Annotated[When | None, Key("Ende", "Tag und Uhrzeit, oder nur der Tag.", ("bis",))] = None
    repeat: Annotated[
        Repeat | None,
        Key(
            "Wiederholung",
            "Wie oft der Termin stattfindet.",
            ("wiederholung", "rhythmus"),
            "jeden 2. Mittwoch im Monat",
        ),
    ] = None
    except_: Annotated[
        tuple[Day, ...],
        Key("Fällt weg am", "Tage, an denen er ausnahmsweise nicht ist.", ("außer", "ausser")),
    ] = ()
    moved: Annotated[
        dict[Day, When],
        Key(
            "Verlegt",
            "Alter Tag: neuer Tag und Uhrzeit.",
            ("verlegt", "verschoben"),
            "{2026-11-11: 2026-11-18 14:00}",
        ),
    ] = {}  # noqa: RUF012 - msgspec copies it
    cancelled: Annotated[
        tuple[Day, ...],
        Key("Abgesagt am", "Abgesagte Tage; sie bleiben sichtbar.", ("abgesagt",), "[2026-08-12]"),
    ] = ()
    place: Annotated[PlaceId | None, Key("Ort", "Kürzel des Ortes.", ("wo",))] = None
    actors: Annotated[
        tuple[ActorId, ...], Key("Akteure", "Wer einlädt.", ("akteur", "veranstalter"))
    ] = ()
    target_groups: Annotated[tuple[TargetGroup, ...], _TARGET_GROUPS] = ()
    topics: Annotated[tuple[Topic, ...], _TOPICS] = ()
    languages: Annotated[tuple[Language, ...], _LANGUAGES] = ()
    cost: Annotated[Line | None, Key("Kosten", "Was es kostet.", ("preis",), "kostenlos")] = None
    registration: Annotated[
        Registration | None,
        Key("Anmeldung", "none, phone, form oder appointment.", ("anmeldung",)),
    ] = None
    summary: Annotated[Prose | None, _SUMMARY] = None
    body: Body | None = None

    @property
    def last_day(self) -> Moment | None:
        """The end, or the start when there is none."""
        return self.end or self.start


class Page(Translatable, frozen=True, kw_only=True, tag="page"):
    """Seite: a plain page such as „Mitmachen“; ``start`` is the text of the home page."""

    title: Annotated[Line, Key("Titel", "Überschrift der Seite.", ("überschrift", "name"))]
    summary: Annotated[Prose | None, _SUMMARY] = None
    menu: Annotated[
        Flag, Key("Im Menü", "true, wenn die Seite im Menü stehen soll.", ("menü",), "true")
    ] = False
    body: Body | None = None
