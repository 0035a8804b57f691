"""The small values that pages and lists get in place of whole records.

A card holds what a list shows and nothing else, so that a change of a text leaves the lists alone.
"""

from datetime import date, time

from msgspec import Struct

from netzsite.media.sizes import Image
from netzsite.times.dates import Moment, PartialDate


class Link(Struct, frozen=True, gc=False):
    """A name and where it leads."""

    label: str
    address: str


class End(Struct, frozen=True, gc=False):
    """Where a link or a picture in a text leads; no address: it shows as plain text."""

    address: str = ""
    outside: bool = False
    """Whether it leaves the site (and is written as it stands)."""
    picture: "Picture | None" = None
    """What is shown, where a picture stands; none of one that is left out."""
    entries: tuple[tuple[Link, str], ...] = ()
    """The actors and the names of their carriers, where a text has the directive ``:::actors``."""


class Text(Struct, frozen=True):
    """A rendered text with its links resolved: all that a page needs to show it."""

    digest: str
    ends: tuple[End, ...] = ()


class Picture(Struct, frozen=True, kw_only=True):
    """A picture as a page shows it."""

    image: Image
    alt: str = ""
    credit: str | None = None
    caption: str | None = None

    @property
    def address(self) -> str:
        """The address of its largest version."""
        return self.image.address


class PostCard(Struct, frozen=True, kw_only=True):
    """A post in a list."""

    title: str
    address: str
    day: PartialDate
    kicker: str | None = None
    summary: str | None = None
    draft: bool = False
    """Whether the preview alone shows it, as with the other cards."""


class Neighbour(Struct, frozen=True):
    """The post before or after one: so little that a change of its text doesn't matter."""

    title: str
    address: str
    day: PartialDate


class ActorCard(Struct, frozen=True, kw_only=True):
    """An actor in a list."""

    name: str
    address: str
    carrier: Link
    short_name: str | None = None
    summary: str | None = None
    target_groups: tuple[str, ...] = ()
    draft: bool = False


class OfferCard(Struct, frozen=True, kw_only=True):
    """An offer in a list."""

    name: str
    address: str
    actors: tuple[str, ...]
    summary: str | None = None
    hours: str | None = None
    place: str | None = None
    status: str = "active"
    cost: str | None = None
    registration: str | None = None
    min_age: int | None = None
    max_age: int | None = None
    languages: tuple[str, ...] = ()
    draft: bool = False


class Occurrence(Struct, frozen=True, kw_only=True, order=True):
    """One day on which an event takes place (local wall-clock time)."""

    day: date
    start: time | None
    title: str
    address: str
    last_day: date
    end: time | None = None
    place: str | None = None
    cancelled: bool = False
    moved_from: date | None = None
    repeated: bool = False
    draft: bool = False


class EventCard(Struct, frozen=True, kw_only=True):
    """An event whose day isn't fixed yet, or that is over."""

    title: str
    address: str
    undated: str | None = None
    start: Moment | None = None
    summary: str | None = None
    draft: bool = False
