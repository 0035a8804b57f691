"""What page templates get: typed, whole, and nothing that isn't shown."""

from datetime import date
from typing import Any

from msgspec import Struct

from netzsite.law.duties import Basis, Law
from netzsite.network.agenda import Row
from netzsite.network.cards import (
    ActorCard,
    EventCard,
    Link,
    Neighbour,
    Occurrence,
    OfferCard,
    Picture,
    PostCard,
    Text,
)
from netzsite.network.cooperation import Matrix, Tie
from netzsite.records.directory import Offer
from netzsite.records.parts import Contact
from netzsite.records.singles import Hosting, Provider

Data = dict[str, Any]
"""One JSON-LD object (schema.org)."""


class Head(Struct, frozen=True, kw_only=True):
    """What every page says about itself."""

    title: str
    section: str = ""
    """The address of the menu entry that the page belongs to."""
    description: str | None = None
    trail: tuple[Link, ...] = ()
    """The way from the home page to here, without either."""
    data: tuple[Data, ...] = ()
    picture: Picture | None = None
    kind: str = "website"
    """Open Graph type."""
    published: date | None = None
    hidden: bool = False
    """Whether search engines are asked to leave the page out."""
    edit: str | None = None
    """Where its source can be edited."""
    source: str | None = None
    """The one file that it is made from, from the site's root; lists of many files have none."""


class Confirmed(Struct, frozen=True, kw_only=True):
    """When somebody last confirmed a record."""

    day: date
    by: str | None = None


class Group(Struct, frozen=True, kw_only=True):
    """A heading with actors below it."""

    label: str
    address: str
    actors: tuple[ActorCard, ...]


class HomeView(Struct, frozen=True, kw_only=True):
    """The home page."""

    head: Head
    text: Text | None
    posts: tuple[PostCard, ...]
    occurrences: tuple[Occurrence, ...]
    undated: tuple[EventCard, ...]
    target_groups: tuple[Link, ...]
    topics: tuple[Link, ...]
    actor_count: int
    offer_count: int
    has_days: bool
    """Whether the week is worth a door."""
    sections: dict[str, str]


class ActorsView(Struct, frozen=True, kw_only=True):
    """All actors, by carrier."""

    head: Head
    groups: tuple[Group, ...]
    count: int
    printed: Link
    """The same as one page to print."""


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


class Partner(Struct, frozen=True, kw_only=True):
    """An actor in the table of who does what with whom; each pair stands at the first of both."""

    actor: Link
    ties: tuple[tuple[Link, Tie], ...]


class Label(Struct, frozen=True):
    """A line of text in a drawing."""

    y: int
    text: str
    head: bool = False


class Arc(Struct, frozen=True):
    """A tie in a drawing."""

    path: str
    """SVG path data (SVG 2, 9.3)."""
    width: int
    title: str


class Drawing(Struct, frozen=True, kw_only=True):
    """The drawing of all ties; lengths in pixels of a phone."""

    width: int
    height: int
    x: int
    """Where arcs begin."""
    labels: tuple[Label, ...]
    dots: tuple[int, ...]
    arcs: tuple[Arc, ...]


class Together(Struct, frozen=True, kw_only=True):
    """Who does something with whom."""

    partners: tuple[Partner, ...]
    drawing: Drawing


class AgreementCard(Struct, frozen=True, kw_only=True):
    """An agreement with its partners."""

    title: str
    actors: tuple[Link, ...]
    status: str
    goal: str | None = None
    since: date | None = None
    due: date | None = None
    text: Text | None = None
    anchor: str = ""


class ActorView(Struct, frozen=True, kw_only=True):
    """One actor and all that points to it."""

    head: Head
    name: str
    short_name: str | None
    carrier: Link
    summary: str | None
    text: Text | None
    target_groups: tuple[Link, ...]
    topics: tuple[Link, ...]
    languages: tuple[str, ...]
    goals: tuple[str, ...]
    resources: tuple[str, ...]
    places: tuple[PlaceCard, ...]
    ways: tuple[Way, ...]
    url: str | None
    logo: Picture | None
    joined: date | None
    left: date | None
    confirmed: Confirmed | None
    offers: tuple[OfferCard, ...]
    occurrences: tuple[Occurrence, ...]
    undated: tuple[EventCard, ...]
    calendar: str | None
    agreements: tuple[AgreementCard, ...]
    posts: tuple[PostCard, ...]
    more_posts: int


class PrintedOffer(Struct, frozen=True, kw_only=True):
    """An offer in the directory on paper."""

    name: str
    address: str
    paused: bool
    summary: str | None
    next_step: str | None
    hours: str | None
    place: PlaceCard | None
    online: str | None
    cost: str | None
    registration: str | None
    min_age: int | None
    max_age: int | None
    languages: tuple[str, ...]
    accessibility: str | None
    ways: tuple[Way, ...]


class PrintedActor(Struct, frozen=True, kw_only=True):
    """An actor in the directory on paper, with all offers."""

    name: str
    address: str
    carrier: str
    summary: str | None
    target_groups: tuple[str, ...]
    languages: tuple[str, ...]
    places: tuple[PlaceCard, ...]
    ways: tuple[Way, ...]
    url: str | None
    offers: tuple[PrintedOffer, ...]
    confirmed: Confirmed | None


class PrintedView(Struct, frozen=True, kw_only=True):
    """The whole directory as one page to print."""

    head: Head
    actors: tuple[PrintedActor, ...]


class CarriersView(Struct, frozen=True, kw_only=True):
    """All carriers with their actors."""

    head: Head
    groups: tuple[Group, ...]


class CarrierView(Struct, frozen=True, kw_only=True):
    """One carrier."""

    head: Head
    name: str
    legal_form: str | None
    url: str | None
    parent: Link | None
    children: tuple[Link, ...]
    itself: Link | None
    actors: tuple[ActorCard, ...]
    confirmed: Confirmed | None


class Choice(Struct, frozen=True, kw_only=True):
    """One answer to a question of the finder, and how many offers give it."""

    value: str
    label: str
    """Empty where the page names it by its value."""
    count: int


class Question(Struct, frozen=True, kw_only=True):
    """What the finder asks."""

    name: str
    choices: tuple[Choice, ...]


class Found(Struct, frozen=True, kw_only=True):
    """An offer with its answers to the finder's questions, parted by blanks."""

    card: OfferCard
    answers: dict[str, str]


class OffersView(Struct, frozen=True, kw_only=True):
    """All offers."""

    head: Head
    questions: tuple[Question, ...]
    offers: tuple[Found, ...]
    target_groups: tuple[Link, ...]
    topics: tuple[Link, ...]
    places: tuple[Link, ...]


class OfferView(Struct, frozen=True, kw_only=True):
    """One offer: the record, and beside it what has to be looked up or worked out."""

    head: Head
    offer: Offer
    over: bool
    begins: date | None
    """Its first day, while that is still to come."""
    actors: tuple[ActorCard, ...]
    text: Text | None
    target_groups: tuple[Link, ...]
    topics: tuple[Link, ...]
    hours: str | None
    place: PlaceCard | None
    ways: tuple[Way, ...]
    confirmed: Confirmed | None
    posts: tuple[PostCard, ...]


class FacetView(Struct, frozen=True, kw_only=True):
    """What belongs to a place, a target group or a topic."""

    head: Head
    name: str
    plain: str | None
    description: str | None
    place: PlaceCard | None
    directions: str | None
    offers: tuple[OfferCard, ...]
    actors: tuple[ActorCard, ...]
    occurrences: tuple[Occurrence, ...]
    confirmed: Confirmed | None


class IndexView(Struct, frozen=True, kw_only=True):
    """A list of links with one line each: facets, years, tags."""

    head: Head
    entries: tuple[tuple[Link, str | None, int], ...]
    """Link, a line about it, how many things are behind it."""
    note: str = ""
    """The word of the catalogue that counts them."""


class NewsView(Struct, frozen=True, kw_only=True):
    """A list of posts: one page of all, of a year, of a tag."""

    head: Head
    posts: tuple[PostCard, ...]
    page: int
    pages: int
    newer: str | None
    older: str | None
    count: int
    archive: Link | None = None
    tags: Link | None = None


class PostView(Struct, frozen=True, kw_only=True):
    """One post."""

    head: Head
    title: str
    kicker: str | None
    day: date
    updated: date | None
    author: str | None
    summary: str | None
    text: Text | None
    picture: Picture | None
    tags: tuple[Link, ...]
    actors: tuple[Link, ...]
    offers: tuple[Link, ...]
    newer: Neighbour | None
    older: Neighbour | None
    expired: date | None
    draft: bool
    future: bool
    confirmed: Confirmed | None


class EventsView(Struct, frozen=True, kw_only=True):
    """Coming days of events."""

    head: Head
    months: tuple[tuple[date, tuple[Occurrence, ...]], ...]
    undated: tuple[EventCard, ...]
    past: Link | None
    calendar: str | None


class DayRow(Struct, frozen=True, kw_only=True):
    """One thing on one day, with its times as text where they are more than a beginning."""

    row: Row
    span: str | None = None


class DayView(Struct, frozen=True, kw_only=True):
    """One day of the week's page."""

    day: date
    public: str | None
    school: str | None
    closed: bool
    reason: str | None
    rows: tuple[DayRow, ...]
    missing: tuple[Link, ...]
    """Offers that a holiday or a closure keeps away."""


class WeekView(Struct, frozen=True, kw_only=True):
    """What is on, day by day."""

    head: Head
    weeks: tuple[tuple[DayView, ...], ...]
    by_appointment: tuple[tuple[Link, str | None, str], ...]
    """Offer, place, hours."""
    undated: tuple[EventCard, ...]
    ways: tuple[Link, ...]
    busy: bool
    """Whether anything is on at all."""


class Listed(Struct, frozen=True, kw_only=True):
    """One entry of the A to Z."""

    link: Link
    kind: str
    line: str | None = None
    day: date | None = None


class Letter(Struct, frozen=True, kw_only=True):
    """What begins with one letter."""

    letter: str
    entries: tuple[Listed, ...]


class SearchView(Struct, frozen=True, kw_only=True):
    """The search; without scripts, everything from A to Z."""

    head: Head
    index: str
    """The address of the script that holds the index."""
    letters: tuple[Letter, ...]
    archive: Link | None
    """Where older posts are that the search doesn't know."""


class PastView(Struct, frozen=True, kw_only=True):
    """Events that are over."""

    head: Head
    events: tuple[EventCard, ...]


class EventView(Struct, frozen=True, kw_only=True):
    """One event."""

    head: Head
    title: str
    summary: str | None
    text: Text | None
    undated: str | None
    repeat: str | None
    occurrences: tuple[Occurrence, ...]
    over: date | None
    place: PlaceCard | None
    actors: tuple[Link, ...]
    target_groups: tuple[Link, ...]
    topics: tuple[Link, ...]
    languages: tuple[str, ...]
    cost: str | None
    registration: str | None
    calendar: str | None
    confirmed: Confirmed | None


class NetworkView(Struct, frozen=True, kw_only=True):
    """What holds the network together."""

    head: Head
    text: Text | None
    purposes: tuple[tuple[str, Text | None], ...]
    goals: tuple[tuple[str, str, Text | None], ...]
    """Anchor, title, text."""
    agreements: tuple[AgreementCard, ...]
    groups: tuple[Group, ...]
    matrix: Matrix
    together: Together | None
    confirmed: Confirmed | None


class PlainView(Struct, frozen=True, kw_only=True):
    """A page that is only a text."""

    head: Head
    title: str
    summary: str | None
    text: Text | None
    confirmed: Confirmed | None


class ImprintView(Struct, frozen=True, kw_only=True):
    """Who is answerable for the site."""

    head: Head
    provider: Provider


class PrivacyView(Struct, frozen=True, kw_only=True):
    """What becomes of readers' data."""

    head: Head
    promises: tuple[str, ...]
    """Words of the catalogue: what the checks keep the site from doing."""
    provider: Provider
    hosting: Hosting
    law: Law | None
    basis: Basis | None
    """Why data may be processed; None where the law or the provider's standing isn't known."""
    confirmed: Confirmed | None


class AccessibilityView(Struct, frozen=True, kw_only=True):
    """What is done so that everybody can use the site, what isn't known, and whom to tell."""

    head: Head
    checks: tuple[tuple[str, str], ...]
    """What the build checks (a word of the catalogue), with the success criterion of WCAG 2.2."""
    has_documents: bool
    """Whether documents hang on the site that no check reads."""
    provider: Provider
    imprint: Link
    confirmed: Confirmed | None


class NotFoundView(Struct, frozen=True, kw_only=True):
    """The page for addresses that don't exist; its links start at base_url's path."""

    head: Head
    ways: tuple[Link, ...]
    base: str
    """The path of base_url: a host shows this page at any address."""


class RedirectView(Struct, frozen=True, kw_only=True):
    """A page at an old address that leads to the new one."""

    head: Head
    target: str


class StyleView(Struct, frozen=True, kw_only=True):
    """What the stylesheet and the icon take from the site."""

    accent: str
    initial: str
