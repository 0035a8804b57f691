"""Keys that several kinds of record share: label, help and example are said once."""

from typing import Final

from netzsite.fields.field import Key

SUMMARY: Final = Key(
    "Kurztext", "Ein oder zwei Sätze für Listen und die Suche.", ("kurzbeschreibung", "teaser")
)

DESCRIPTION: Final = Key(
    "Beschreibung", "Der ausführliche Text; Markdown ist erlaubt.", ("text", "inhalt")
)

TARGET_GROUPS: Final = Key(
    "Zielgruppen",
    "Für wen: Kürzel aus vocabulary.yaml.",
    ("zielgruppe", "zielgruppen"),
    "[familien, jugendliche]",
)

TOPICS: Final = Key(
    "Themen", "Worum es geht: Kürzel aus vocabulary.yaml.", ("thema", "themen"), "[beratung]"
)

LANGUAGES: Final = Key(
    "Sprachen", "Sprachen, in denen man hier spricht (BCP 47).", ("sprachen",), "[de, tr, ar]"
)

URL: Final = Key("Webseite", "Adresse im Netz.", ("website", "link"), "https://example.org/")

CONTACTS: Final = Key(
    "Ansprechpartner", "Wen man erreicht und wie.", ("kontakt", "kontakte", "ansprechpartnerin")
)

VALID_FROM: Final = Key(
    "Gültig ab",
    "Erster Tag; vorher erscheint der Eintrag nicht (oder ab „publish_date“).",
    ("gültig ab", "ab"),
    "2026-01-01",
)

VALID_UNTIL: Final = Key("Gültig bis", "Letzter Tag.", ("gültig bis", "bis"), "2026-12-31")

ACCESSIBILITY: Final = Key(
    "Barrierefreiheit",
    "Was Menschen mit Rollstuhl, Kinderwagen oder Hörgerät wissen müssen.",
    ("barrierefrei",),
    "Eingang ohne Stufen, WC für Rollstühle",
)
