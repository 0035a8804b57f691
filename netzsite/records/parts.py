"""Parts that several records have: contacts, pictures, stretches of days."""

from typing import Annotated

from msgspec import Struct

from netzsite.fields.field import Key
from netzsite.fields.types import Day, Email, Flag, Line, OpeningHours, Phone, PictureFile, Url


class Contact(Struct, frozen=True, kw_only=True):
    """How to reach somebody: a role or a name, and at least one way (HSDS: contact)."""

    role: Annotated[
        Line | None,
        Key("Aufgabe", "Wofür man sich hier meldet.", ("rolle", "funktion"), "Leitung"),
    ] = None
    name: Annotated[Line | None, Key("Name", "Wer sich meldet.", example="Team McKiz")] = None
    phone: Annotated[
        Phone | None,
        Key("Telefon", "Festnetznummer mit Vorwahl.", ("tel",), "0261 123456"),
    ] = None
    mobile: Annotated[Phone | None, Key("Handy", "Mobilnummer.", ("mobil",), "0170 1234567")] = None
    email: Annotated[
        Email | None, Key("E-Mail", "E-Mail-Adresse.", ("mail",), "post@example.org")
    ] = None
    url: Annotated[
        Url | None,
        Key("Webseite", "Adresse im Netz.", ("website", "link"), "https://example.org/"),
    ] = None
    hours: Annotated[
        OpeningHours | None,
        Key("Zeiten", "Wann jemand erreichbar ist.", ("sprechzeiten",), "Di 14–16 Uhr"),
    ] = None

    @property
    def title(self) -> str:
        """What the contact is called: the name, else the role."""
        return self.name or self.role or ""


class Picture(Struct, frozen=True, kw_only=True):
    """A picture by its path, with what people who can't see it need."""

    src: Annotated[
        PictureFile,
        Key("Datei", "Pfad der Bilddatei im Ordner media.", ("bild",), "media/fest.jpg"),
    ]
    alt: Annotated[
        Line | None,
        Key(
            "Alternativtext",
            "Was auf dem Bild zu sehen ist, für alle, die es nicht sehen.",
            ("alternativtext", "bildbeschreibung"),
            "Kinder sammeln Müll am Rheinufer",
        ),
    ] = None
    decorative: Annotated[
        Flag, Key("Nur Schmuck", "true, wenn das Bild nichts mitteilt.", example="true")
    ] = False
    credit: Annotated[
        Line | None,
        Key("Bildnachweis", "Wer das Bild gemacht hat.", ("foto", "quelle"), '"Foto: McKiz"'),
    ] = None
    caption: Annotated[
        Line | None, Key("Bildunterschrift", "Satz unter dem Bild.", ("unterschrift",))
    ] = None


class Days(Struct, frozen=True, kw_only=True):
    """A stretch of days, both included, with a reason."""

    first: Annotated[Day, Key("Von", "Erster Tag.", ("von", "from"), "2026-12-24")]
    last: Annotated[
        Day | None, Key("Bis", "Letzter Tag; fehlt er, ist es ein Tag.", ("bis", "until"))
    ] = None
    reason: Annotated[Line | None, Key("Grund", "Warum.", ("grund", "name"), "Betriebsferien")] = (
        None
    )
