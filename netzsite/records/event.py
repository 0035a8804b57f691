"""Something on a day, or again and again."""

from typing import Annotated

from netzsite.fields.field import Key
from netzsite.fields.types import (
    ActorId,
    Day,
    Language,
    Line,
    PlaceId,
    Prose,
    Registration,
    Repeat,
    TargetGroup,
    Topic,
    When,
)
from netzsite.markdown.render import Body
from netzsite.records.keys import LANGUAGES, SUMMARY, TARGET_GROUPS, TOPICS
from netzsite.records.record import Translatable
from netzsite.times.dates import Moment


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
    target_groups: Annotated[tuple[TargetGroup, ...], TARGET_GROUPS] = ()
    topics: Annotated[tuple[Topic, ...], TOPICS] = ()
    languages: Annotated[tuple[Language, ...], LANGUAGES] = ()
    cost: Annotated[Line | None, Key("Kosten", "Was es kostet.", ("preis",), "kostenlos")] = None
    registration: Annotated[
        Registration | None,
        Key("Anmeldung", "none, phone, form oder appointment.", ("anmeldung",)),
    ] = None
    updated: Annotated[
        Day | None,
        Key(
            "Geändert am",
            "Tag der letzten Änderung; nötig für Kalender nur ohne Git.",
            ("aktualisiert",),
            "2026-11-30",
        ),
    ] = None
    summary: Annotated[Prose | None, SUMMARY] = None
    body: Body | None = None

    @property
    def last_day(self) -> Moment | None:
        """The end, or the start when there is none."""
        return self.end or self.start
