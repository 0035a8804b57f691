"""Contacts and places → how pages show them: hours as text, postal address, vCard."""

from msgspec import Struct

from netzsite.network.network import Network
from netzsite.records.contact import Contact
from netzsite.times.hours_text import write_hours


class Way(Struct, frozen=True, kw_only=True):
    """A contact with the address of its vCard."""

    contact: Contact
    hours: str | None
    card: str | None = None


class PlaceCard(Struct, frozen=True, kw_only=True):
    """A place with its postal address."""

    name: str
    address: str | None
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    lat: float | None = None
    lon: float | None = None
    accessibility: str | None = None


def place(network: Network, key: str | None) -> PlaceCard | None:
    """Give a place with its postal address."""
    found = network.places.get(key or "")
    if found is None:
        return None
    return PlaceCard(
        name=found.name,
        address=network.addresses.get(("place", found.id)),
        street=found.street,
        postal_code=found.postal_code,
        city=found.city,
        lat=found.lat,
        lon=found.lon,
        accessibility=found.accessibility,
    )


def ways(network: Network, contacts: tuple[Contact, ...], home: str) -> tuple[Way, ...]:
    """Give contacts with their hours as text and the address of their vCards."""
    language = network.words.language
    return tuple(
        Way(
            contact=contact,
            hours=write_hours(contact.hours, language) if contact.hours else None,
            card=vcard_address(home, index, contact),
        )
        for index, contact in enumerate(contacts, 1)
    )


def vcard_address(home: str, index: int, contact: Contact) -> str | None:
    """Give the address of a contact's vCard; one that can't be reached has none."""
    if not (contact.phone or contact.mobile or contact.email):
        return None
    return f"{home}kontakt-{index}.vcf"
