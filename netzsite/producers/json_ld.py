"""Records → JSON-LD (schema.org), with absolute addresses."""

from datetime import date, datetime, time
from typing import Protocol

from netzsite import urls
from netzsite.network.cards import Link, Occurrence
from netzsite.network.network import Network
from netzsite.records.actor import Actor
from netzsite.records.carrier import Carrier
from netzsite.records.contact import Contact
from netzsite.records.cost import is_free
from netzsite.records.event import Event
from netzsite.records.offer import Offer
from netzsite.records.place import Place
from netzsite.records.post import Post
from netzsite.times.hours import opening_hours
from netzsite.times.zonedata import midnight, zone

Data = dict[str, object]
CONTEXT = "https://schema.org"


class Host(Protocol):
    """What every object says of the site it is on: ``Site`` and a page's ``Frame`` both can."""

    @property
    def title(self) -> str:
        """The site's name."""

    @property
    def language(self) -> str:
        """Its language (BCP 47)."""

    @property
    def base_url(self) -> str:
        """The address it stands at."""

    @property
    def timezone(self) -> str:
        """The zone of its days and times."""


def url_of(site: Host, address: str) -> str:
    """Write an address as an absolute URL."""
    return urls.absolute(site.base_url, address)


def _full(**values: object) -> Data:
    """Leave out what isn't given."""
    return {
        {"kind": "@type", "context": "@context", "ref": "@id"}.get(key, key): value
        for key, value in values.items()
        if value not in (None, "", (), [])
    }


def breadcrumbs(site: Host, trail: tuple[Link, ...], here: Link) -> Data:
    """Say the way from the home page to here (BreadcrumbList)."""
    steps = (Link(site.title, "/"), *trail, here)
    return _full(
        context=CONTEXT,
        kind="BreadcrumbList",
        itemListElement=[
            _full(
                kind="ListItem",
                position=index,
                name=step.label,
                item=url_of(site, step.address) if step.address else None,
            )
            for index, step in enumerate(steps, 1)
        ],
    )


def website(network: Network) -> Data:
    """Say what the site and the network behind it are."""
    site = network.site
    return _full(
        context=CONTEXT,
        kind="Organization",
        ref=url_of(network.site, "/#n_network"),
        name=site.title,
        description=site.tagline,
        url=url_of(network.site, "/"),
    )


def carrier(record: Carrier) -> Data:
    """Say what a carrier is (Organization)."""
    return _full(context=CONTEXT, kind="Organization", name=record.name, url=record.url)


def actor(network: Network, record: Actor, address: str) -> Data:
    """Say what an actor is (Organization), with its carrier, places and contacts."""
    above = network.carriers.get(record.carrier)
    return _full(
        context=CONTEXT,
        kind="Organization",
        ref=url_of(network.site, address),
        name=record.name,
        alternateName=record.short_name,
        description=record.summary,
        url=record.url or url_of(network.site, address),
        parentOrganization=_full(kind="Organization", name=above.name, url=above.url)
        if above
        else None,
        memberOf={"@id": url_of(network.site, "/#n_network")},
        location=[_place(network.places[key]) for key in record.places if key in network.places],
        contactPoint=[_contact(contact) for contact in record.contacts],
        knowsLanguage=list(record.languages),
    )


def offer(network: Network, record: Offer, address: str) -> Data:
    """Say what an offer is (Service)."""
    place = network.places.get(record.place or "")
    audience = [network.vocabulary.target_groups[key].label for key in record.target_groups
                if key in network.vocabulary.target_groups]  # fmt: skip
    hours = [dict(row) for row in opening_hours(record.hours)] if record.hours else []
    channel = _full(
        kind="ServiceChannel",
        serviceLocation=_place(place) if place else None,
        serviceUrl=record.online,
        availableLanguage=list(record.languages),
    )
    return _full(
        context=CONTEXT,
        kind="Service",
        ref=url_of(network.site, address),
        name=record.name,
        description=record.summary,
        url=url_of(network.site, address),
        provider=[
            _full(kind="Organization", name=network.actors[key].name,
                  url=url_of(network.site, network.addresses["actor", key]))
            for key in record.actors if key in network.actors
        ],
        audience=[_full(kind="Audience", audienceType=label) for label in audience],
        availableChannel=channel if len(channel) > 1 else None,
        hoursAvailable=hours,
    )  # fmt: skip


def event(network: Network, record: Event, day: Occurrence, address: str) -> Data:
    """Say what one day of an event is (Event)."""
    status = "EventCancelled" if day.cancelled else None
    if day.moved_from and not day.cancelled:
        status = "EventRescheduled"
    place = network.places.get(record.place or "")
    lasts = day.end is not None or day.last_day != day.day
    before = record.start.clock if record.start else None
    return _full(
        context=CONTEXT,
        kind="Event",
        name=record.title,
        description=record.summary,
        startDate=_moment(network, day.day, day.start),
        endDate=_moment(network, day.last_day, day.end) if lasts else None,
        previousStartDate=_moment(network, day.moved_from, before) if day.moved_from else None,
        eventStatus=f"https://schema.org/{status or 'EventScheduled'}",
        eventAttendanceMode="https://schema.org/OfflineEventAttendanceMode" if place else None,
        location=_place(place) if place else None,
        organizer=[_full(kind="Organization", name=network.actors[key].name,
                         url=url_of(network.site, network.addresses["actor", key]))
                   for key in record.actors if key in network.actors],
        isAccessibleForFree=True if is_free(record.cost) else None,
        inLanguage=list(record.languages),
        url=url_of(network.site, address),
    )  # fmt: skip


def post(site: Host, record: Post, address: str, image: str | None) -> Data:
    """Say what a post is (BlogPosting)."""
    return _full(
        context=CONTEXT,
        kind="BlogPosting",
        ref=url_of(site, address),
        headline=record.title,
        alternativeHeadline=record.kicker,
        description=record.summary or (record.body.excerpt if record.body else None),
        datePublished=str(record.date)
        if record.date.whole_month
        else _day(site, record.date.first),
        dateModified=_day(site, record.updated) if record.updated else None,
        author=_full(kind="Organization", name=record.author or site.title),
        image=url_of(site, image) if image else None,
        keywords=list(record.tags),
        inLanguage=site.language,
        url=url_of(site, address),
        mainEntityOfPage=url_of(site, address),
    )


def _place(record: Place) -> Data:
    address = _full(
        kind="PostalAddress",
        streetAddress=record.street,
        postalCode=record.postal_code,
        addressLocality=record.city,
    )
    geo = None
    if record.lat is not None and record.lon is not None:
        geo = _full(kind="GeoCoordinates", latitude=record.lat, longitude=record.lon)
    return _full(
        kind="Place", name=record.name, address=address if len(address) > 1 else None, geo=geo
    )


def _contact(record: Contact) -> Data:
    return _full(
        kind="ContactPoint",
        contactType=record.role,
        name=record.name,
        telephone=record.phone or record.mobile,
        email=record.email,
        url=record.url,
        hoursAvailable=[dict(row) for row in opening_hours(record.hours)] if record.hours else None,
    )


def _day(site: Host, day: date) -> str:
    """Write the beginning of a day with the offset it has in the site's zone."""
    return midnight(day, site.timezone).isoformat(timespec="minutes")


def _moment(network: Network, day: date, clock: time | None) -> str:
    """Write a moment with the offset it has in the site's zone (ISO 8601)."""
    if clock is None:
        return str(day)
    local = datetime.combine(day, clock, zone(network.site.timezone))
    return local.isoformat(timespec="minutes")
