"""How to reach somebody (HSDS: contact)."""

from typing import Annotated

from msgspec import Struct

from netzsite.fields.field import Key
from netzsite.fields.types import Email, Line, OpeningHours, Phone, Url


class Contact(Struct, frozen=True, kw_only=True):
    """How to reach somebody: a role or a name, and at least one way (HSDS: contact)."""

    role: Annotated[
        Line | None,
        Key("Aufgabe", "Wofür man sich hier meldet.", ("rolle", "funktion"), "Leitung"),
    ] = None
    name: Annotated[Line | None, Key("Name", "Wer sich meldet.", example="Team Jugendtreff")] = None
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
