"""Contacts → vCard 3.0 files (RFC 2426): phones read them better than 4.0."""

from collections.abc import Iterator

from msgspec import Struct

from netzsite.network.network import Network
from netzsite.producers.contacts import vcard_address
from netzsite.records.contact import Contact
from netzsite.rendering.job import Job, Tools


class Card(Struct, frozen=True, kw_only=True):
    """One contact for an address book."""

    name: str
    organisation: str
    role: str | None
    phone: str | None
    mobile: str | None
    email: str | None
    url: str | None
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None


def jobs(network: Network) -> Iterator[Job]:
    """Make a vCard for each contact of an actor or an offer that can be reached."""
    for actor in network.actors.values():
        home = network.addresses["actor", actor.id]
        where = actor.places[0] if len(actor.places) == 1 else None
        yield from _cards(network, home, actor.name, actor.contacts, where)
    for offer in network.offers.values():
        home = network.addresses["offer", offer.id]
        names = [network.actors[key].name for key in offer.actors if key in network.actors]
        organisation = names[0] if names else offer.name
        yield from _cards(network, home, organisation, offer.contacts, offer.place)


def _cards(
    network: Network, home: str, organisation: str, contacts: tuple[Contact, ...], where: str | None
) -> Iterator[Job]:
    place = network.places.get(where or "")
    for index, contact in enumerate(contacts, 1):
        address = vcard_address(home, index, contact)
        if address is None:
            continue
        card = Card(
            name=contact.name or f"{organisation} ({contact.role})",
            organisation=organisation,
            role=contact.role,
            phone=contact.phone,
            mobile=contact.mobile,
            email=contact.email,
            url=contact.url,
            street=place.street if place else None,
            postal_code=place.postal_code if place else None,
            city=place.city if place else None,
        )
        yield Job(path=address.removeprefix("/"), render=vcard, args=card)


def vcard(card: Card, _tools: Tools) -> bytes:
    """Write a vCard; its content lines are those of RFC 5545 (folded at 75 bytes, CR LF)."""
    from icalendar.parser import Contentline  # noqa: PLC0415 - 150 ms

    lines: list[tuple[str, str, dict[str, str]]] = [
        ("BEGIN", "VCARD", {}),
        ("VERSION", "3.0", {}),
        ("FN", _text(card.name), {}),
    ]
    lines.append(("N", f"{_text(card.name)};;;;", {}))
    lines.append(("ORG", _text(card.organisation), {}))
    if card.role:
        lines.append(("TITLE", _text(card.role), {}))
    if card.phone:
        lines.append(("TEL", card.phone, {"TYPE": "WORK,VOICE"}))
    if card.mobile:
        lines.append(("TEL", card.mobile, {"TYPE": "CELL,VOICE"}))
    if card.email:
        lines.append(("EMAIL", card.email, {"TYPE": "INTERNET"}))
    if card.url:
        lines.append(("URL", card.url, {}))
    if card.street or card.city:
        parts = (card.street, card.city, "", card.postal_code, "")
        address = ";".join(("", "", *(_text(part or "") for part in parts)))
        lines.append(("ADR", address, {"TYPE": "WORK"}))
    lines.append(("END", "VCARD", {}))
    folded = []
    for name, value, parameters in lines:
        head = "".join((name, *(f";{key}={word}" for key, word in parameters.items())))
        folded.append(bytes(Contentline(f"{head}:{value}").to_ical()))  # type: ignore[no-untyped-call]
    return b"\r\n".join(folded) + b"\r\n"


def _text(value: str) -> str:
    """Escape a text value (RFC 2426, 4)."""
    for char in "\\,;":
        value = value.replace(char, "\\" + char)
    return value.replace("\n", "\\n")
