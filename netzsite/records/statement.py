"""What a public body says of the accessibility of its site: the group ``accessibility``.

The parts and their order are those of the model statement, Commission Implementing Decision (EU)
2018/1523. All is optional: the release gate asks where the law does.
"""

from typing import Annotated, Literal

from msgspec import Struct

from netzsite.fields.field import Key
from netzsite.fields.types import Day, Email, Line, Phone, Url, Whole

Conformity = Literal["full", "partial", "none"]
Ground = Literal["open", "burden", "exempt"]


class Barrier(Struct, frozen=True, kw_only=True):
    """Something that not everybody can use."""

    what: Annotated[
        Line,
        Key("Was", "Was nicht barrierefrei ist.", ("inhalt",), "Satzung als PDF"),
    ]
    why: Annotated[
        Line,
        Key("Warum", "Woran es liegt.", ("grund",), "Das PDF hat keine Überschriften."),
    ]
    ground: Annotated[
        Ground,
        Key(
            "Einordnung",
            "open (noch nicht behoben), burden (unverhältnismäßige Belastung) oder exempt (vom "
            "Gesetz nicht erfasst).",
            ("rechtsgrund",),
            "open",
        ),
    ] = "open"
    until: Annotated[
        Line | None,
        Key("Bis wann", "Wann es behoben sein soll.", ("bis", "frist"), "Sommer 2027"),
    ] = None


class Enforcement(Struct, frozen=True, kw_only=True):
    """Whom to turn to when an answer doesn't help."""

    name: Annotated[Line, Key("Name", "Durchsetzungs- oder Schlichtungsstelle des Landes.")]
    email: Annotated[Email | None, Key("E-Mail", "E-Mail-Adresse.", ("mail",))] = None
    phone: Annotated[Phone | None, Key("Telefon", "Nummer mit Vorwahl.", ("tel",))] = None
    url: Annotated[Url | None, Key("Webseite", "Adresse im Netz.", ("webseite", "link"))] = None


class Accessibility(Struct, frozen=True, kw_only=True):
    """The statement on accessibility."""

    conformity: Annotated[
        Conformity | None,
        Key(
            "Vereinbarkeit",
            "full (ganz), partial (teilweise) oder none (nicht) mit den Anforderungen vereinbar.",
            ("stand", "konformität"),
            "partial",
        ),
    ] = None
    barriers: Annotated[
        tuple[Barrier, ...],
        Key("Barrieren", "Was nicht barrierefrei ist, warum und bis wann.", ("mängel",)),
    ] = ()
    prepared_on: Annotated[
        Day | None, Key("Erstellt am", "Tag, an dem die Erklärung erstellt wurde.", ("datum",))
    ] = None
    assessed_how: Annotated[
        Line | None,
        Key(
            "Bewertet durch",
            "Wie und von wem die Seite bewertet wurde.",
            ("bewertung", "prüfung"),
            "Selbstbewertung durch die Pressestelle",
        ),
    ] = None
    assessed_on: Annotated[
        Day | None, Key("Bewertet am", "Tag, an dem die Seite zuletzt bewertet wurde.")
    ] = None
    contact: Annotated[
        Line | None,
        Key("Zuständig", "Wer Hinweise auf Barrieren beantwortet.", ("ansprechperson",)),
    ] = None
    answer_days: Annotated[
        Annotated[int, Whole(1, 60)] | None,
        Key("Antwort in Tagen", "In wie vielen Tagen ein Hinweis beantwortet wird.", (), "14"),
    ] = None
    enforcement: Annotated[
        Enforcement | None,
        Key(
            "Durchsetzung",
            "Durchsetzungs- oder Schlichtungsstelle des Landes, falls netzsite sie nicht kennt.",
            ("durchsetzungsstelle", "schlichtungsstelle"),
        ),
    ] = None
