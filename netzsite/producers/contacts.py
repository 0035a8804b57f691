"""Contacts and places → how pages show them: hours as text and today's, postal address, vCard."""

from datetime import date
from typing import Literal

from msgspec import Struct, structs

from netzsite.network import agenda
from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.network.visibility import is_member
from netzsite.records.actor import Actor
from netzsite.records.contact import Contact
from netzsite.records.offer import Offer
from netzsite.times.hours import Hours
from netzsite.times.hours_text import write_hours
from netzsite.times.open_today import Opening


class Way(Struct, frozen=True, kw_only=True):
    """A contact with the address of its vCard."""

    contact: Contact
    hours: str | None
    card: str | None = None
    opening: Opening | None = None
    """What says whether somebody can be reached today."""
    of: Link | None = None
    """The actor whose contact it is, on pages of others."""


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


def ways(
    network: Network,
    contacts: tuple[Contact, ...],
    home: str,
    limits: tuple[date | None, date | None] | None = None,
) -> tuple[Way, ...]:
    """Give contacts with their hours as text and the address of their vCards.

    ``limits`` are the first and the last day of what they belong to; None where it isn't running,
    or on paper: nothing is said of today then.
    """
    language = network.words.language
    return tuple(
        Way(
            contact=contact,
            hours=write_hours(contact.hours, language) if contact.hours else None,
            card=vcard_address(home, index, contact),
            opening=opening(network, "contact", contact.hours, limits) if limits else None,
        )
        for index, contact in enumerate(contacts, 1)
    )


def ways_to(
    network: Network, offer: Offer, limits: tuple[date | None, date | None] | None
) -> tuple[Way, ...]:
    """Give an offer's contacts; where it has none, those of the actors that offer it."""
    if offer.contacts:
        return ways(network, offer.contacts, network.addresses["offer", offer.id], limits)
    found: list[Way] = []
    for key in offer.actors:
        actor = network.actors.get(key)
        if actor is None or not is_member(actor, network.today):
            continue
        here = Link(actor.name, network.addresses["actor", key])
        theirs = ways(network, actor.contacts, here.address, _narrowed(limits, actor))
        found += (structs.replace(way, of=here) for way in theirs)
    return tuple(found)


def _narrowed(
    limits: tuple[date | None, date | None] | None, actor: Actor
) -> tuple[date | None, date | None] | None:
    """Leave of an offer's days those on which its actor belongs to the network."""
    if limits is None:
        return None
    first = max(filter(None, (limits[0], actor.joined)), default=None)
    return first, min(filter(None, (limits[1], actor.left)), default=None)


def opening(
    network: Network,
    kind: Literal["offer", "contact"],
    hours: Hours | None,
    limits: tuple[date | None, date | None],
) -> Opening | None:
    """Give what says whether it is open today; nothing where no region says which days are off."""
    site = network.site
    if hours is None or site.region is None or not (hours.weekly or hours.monthly):
        return None
    monday = agenda.monday_of(network.today)
    closures, school = agenda.days_off(network, monday)
    return Opening(
        kind=kind,
        hours=hours,
        monday=monday,
        timezone=site.timezone,
        region=site.region,
        closures=closures,
        school=school,
        first=limits[0],
        last=limits[1],
    )


def vcard_address(home: str, index: int, contact: Contact) -> str | None:
    """Give the address of a contact's vCard; one that can't be reached has none."""
    if not (contact.phone or contact.mobile or contact.email):
        return None
    return f"{home}kontakt-{index}.vcf"
