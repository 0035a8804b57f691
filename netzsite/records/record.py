"""What every record has: an id, the file it came from, and the keys that all share."""

from typing import Annotated

from msgspec import Struct

from netzsite.fields.field import Key
from netzsite.fields.types import Alias, Day, Flag, Language, Line, Note


class Record(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """One record, complete when constructed. ``id`` and ``path`` come from its file."""

    id: str
    path: str
    """The file from the content folder: ``actors/jugendtreff.yaml``."""
    checked_on: Annotated[
        Day | None,
        Key(
            "Bestätigt am",
            "Wann zuletzt jemand geprüft hat, dass alles noch stimmt; Leser sehen den Tag.",
            example="2026-10-01",
        ),
    ] = None
    checked_by: Annotated[
        Line | None,
        Key(
            "Bestätigt von",
            "Wer geprüft hat: eine Rolle, keine Person.",
            example="Redaktion",
        ),
    ] = None
    internal: Annotated[
        Note,
        Key("Intern", "Notiz für die Redaktion; sie wird nie veröffentlicht.", ("notiz",), "…"),
    ] = None
    aliases: Annotated[
        tuple[Alias, ...],
        Key(
            "Alte Adressen",
            "Frühere Adressen der Seite; wer sie aufruft, wird weitergeleitet.",
            ("permalink", "redirect_from", "redirects"),
            example="[/alte-adresse/]",
        ),
    ] = ()


class Publishable(Record, frozen=True, kw_only=True):
    """A record with a page of its own, which may wait: as a draft, or for its day."""

    draft: Annotated[
        Flag,
        Key("Entwurf", "true, solange der Eintrag nicht erscheinen soll.", ("entwurf",), "true"),
    ] = False
    publish_date: Annotated[
        Day | None,
        Key(
            "Erscheint am",
            "Tag, an dem der Eintrag erscheint; bis dahin steht er nirgends.",
            ("erscheint ab", "nicht vor", "veröffentlichen am", "publishdate"),
            "2026-12-01",
        ),
    ] = None


class Translatable(Publishable, frozen=True, kw_only=True):
    """A record that will one day have translations; the keys are kept free for them."""

    lang: Annotated[
        Language | None,
        Key("Sprache der Seite", "Für Übersetzungen vorgemerkt.", ("sprache",), reserved=True),
    ] = None
    translation_of: Annotated[
        Line | None,
        Key("Übersetzung von", "Für Übersetzungen vorgemerkt.", reserved=True),
    ] = None
