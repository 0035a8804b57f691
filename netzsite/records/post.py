"""News with a date."""

from typing import Annotated

from netzsite.fields.field import Key
from netzsite.fields.types import ActorId, Day, DayOrMonth, Line, OfferId, Prose
from netzsite.markdown.render import Body
from netzsite.records.keys import SUMMARY
from netzsite.records.picture import Picture
from netzsite.records.record import Translatable


class Post(Translatable, frozen=True, kw_only=True, tag="post"):
    """Beitrag: news with a date; the body may be empty."""

    title: Annotated[Line, Key("Titel", "Überschrift des Beitrags.", ("überschrift",))]
    date: Annotated[
        DayOrMonth,
        Key(
            "Datum",
            "Tag des Beitrags, oder nur der Monat (2026-11); vorher erscheint er nicht.",
            ("tag",),
            "2026-11-20",
        ),
    ]
    kicker: Annotated[
        Line | None, Key("Dachzeile", "Kurze Zeile über der Überschrift.", ("vorspann",))
    ] = None
    updated: Annotated[
        Day | None,
        Key(
            "Geändert am",
            "Tag der letzten Änderung am Inhalt.",
            ("aktualisiert", "lastmod", "modified"),
        ),
    ] = None
    summary: Annotated[Prose | None, SUMMARY] = None
    tags: Annotated[
        tuple[Line, ...],
        Key(
            "Schlagwörter",
            "Freie Wörter.",
            ("schlagworte", "stichworte", "categories", "category", "kategorien", "keywords"),
            "[Umwelt, Kinder]",
        ),
    ] = ()
    actors: Annotated[
        tuple[ActorId, ...], Key("Akteure", "Um wen es geht.", ("akteur",), "[jugendtreff]")
    ] = ()
    offers: Annotated[
        tuple[OfferId, ...], Key("Angebote", "Um welche Angebote es geht.", ("angebot",))
    ] = ()
    image: Annotated[
        Picture | None, Key("Bild", "Das Bild zum Beitrag.", ("foto", "cover", "thumbnail"))
    ] = None
    author: Annotated[
        Line | None,
        Key("Verfasst von", "Wer den Beitrag geschrieben hat.", ("autor", "autorin", "authors")),
    ] = None
    expires: Annotated[
        Day | None,
        Key(
            "Läuft ab am",
            "Ab diesem Tag steht der Beitrag in keiner Liste mehr.",
            ("ablaufdatum", "gültig bis"),
        ),
    ] = None
    body: Body | None = None
