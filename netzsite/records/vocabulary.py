"""The words that sort offers and actors: ``vocabulary.yaml``."""

from typing import Annotated

from msgspec import Struct

from netzsite.fields.field import Key
from netzsite.fields.types import Line, Prose, TermId
from netzsite.records.record import Record


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

    @property
    def terms(self) -> dict[str, dict[str, Term]]:
        """Kind of term → id → term: what records choose from."""
        return {"target_group": self.target_groups, "topic": self.topics}
