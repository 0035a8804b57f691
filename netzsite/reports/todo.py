"""Parsed files and a day → what editors should look at, grouped by the actors it concerns.

Nothing here is a mistake: it is what gets old, and what readers look for and don't find.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from netzsite.network.visibility import is_current_offer, is_in_use, is_member
from netzsite.network.waiting import Waiting, waiting
from netzsite.records.actor import Actor
from netzsite.records.contact import Contact
from netzsite.records.event import Event
from netzsite.records.kinds import title_of
from netzsite.records.offer import Offer
from netzsite.records.parse import Parsed
from netzsite.records.place import Place
from netzsite.records.post import Post
from netzsite.text import sort_key

MONTHS: Final = 12
"""After how many months a record should be confirmed again."""
DAYS: Final = 30
"""How many days ahead an end is told of."""


Due = tuple[str, date | None, str]
"""Code, day, and the key at whose place it stands."""

Found = Iterator[Due]


class Item(Struct, frozen=True, kw_only=True, order=True):
    """One thing to look at."""

    path: str
    """From the site's root."""
    line: int
    name: str
    code: str
    """Its word in the catalogue: ``todo_<code>``."""
    day: date | None = None
    actors: tuple[str, ...] = ()
    """The actors it concerns."""


class Group(Struct, frozen=True, kw_only=True):
    """What concerns one actor; what concerns none has no id."""

    id: str
    name: str
    items: tuple[Item, ...]


class Terms(Struct, frozen=True, kw_only=True):
    """What counts as due."""

    today: date
    months: int = MONTHS
    days: int = DAYS

    @property
    def old(self) -> date:
        """The day before which a confirmation is too old."""
        month = self.today.year * 12 + self.today.month - 1 - self.months
        first = date(month // 12, month % 12 + 1, 1)
        return min(first + timedelta(days=self.today.day - 1), _last_of(first))

    @property
    def soon(self) -> date:
        """The last day that counts as soon."""
        return self.today + timedelta(days=self.days)


def _last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def groups(files: Iterable[Parsed], terms: Terms, only: str | None = None) -> tuple[Group, ...]:
    """List what is to be done by actor, in the order of their names; what concerns none last."""
    known = [file for file in files if file.record is not None]
    actors = {file.id: file.record for file in known if isinstance(file.record, Actor)}
    sites = _places(known)
    unseen = waiting(known, terms.today)
    found: dict[str, list[Item]] = {}
    for file in known:
        why = unseen.get((file.kind, file.id))
        due = (
            *_unseen(file, why),
            *(() if why and why.reason == "draft" else _due(file, terms, actors)),
        )
        for item in _items(file, due, sites):
            for key in item.actors or ("",):
                found.setdefault(key, []).append(item)
    names = {key: actors[key].name if key in actors else key for key in found}
    order = sorted(found, key=lambda key: (not key, sort_key(names[key]), key))
    return tuple(
        Group(id=key, name=names[key], items=tuple(sorted(found[key])))
        for key in order
        if only is None or key == only
    )


def _places(files: Iterable[Parsed]) -> dict[str, tuple[str, ...]]:
    """Say which actors are at a place, by themselves or with an offer."""
    found: dict[str, dict[str, None]] = {}
    for file in files:
        if isinstance(file.record, Actor):
            for place in file.record.places:
                found.setdefault(place, {})[file.id] = None
        elif isinstance(file.record, Offer) and file.record.place:
            found.setdefault(file.record.place, {}).update(dict.fromkeys(file.record.actors))
    return {place: tuple(sorted(actors)) for place, actors in found.items()}


def _items(
    file: Parsed, due: Iterable[Due], places: Mapping[str, tuple[str, ...]]
) -> Iterator[Item]:
    """Say where each thing stands that is due of a record, and whom it concerns."""
    for code, day, key in due:
        spot = file.spots.get(key)
        yield Item(
            path=f"content/{file.path}", line=spot.line if spot else 1,
            name=title_of(file.kind, file.record) if file.record else file.id,
            code=code, day=day, actors=_concerned(file, places),
        )  # fmt: skip


def _concerned(file: Parsed, places: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Name the actors that a record concerns."""
    match file.record:
        case Actor():
            return (file.id,)
        case Offer() | Post() | Event():
            return file.record.actors
        case Place():
            return places.get(file.id, ())
    return ()


def _due(file: Parsed, terms: Terms, actors: Mapping[str, Actor]) -> Found:
    """Give what is due of one record."""
    match file.record:
        case Actor() as record if is_member(record, terms.today):
            yield from (*_confirmation(file, terms), *_actor(record))
        case Offer() as record if record.status != "ended":
            yield from (*_confirmation(file, terms), *_offer(record, terms, actors))
        case Place() as record if is_in_use(record, terms.today):
            yield from _confirmation(file, terms)
        case Post() as record:
            yield from _post(record, terms)


def _unseen(file: Parsed, why: Waiting | None) -> Found:
    """Say that a record isn't shown yet, at the key that keeps it away."""
    if why is None:
        return
    keys = ("publish_date", "date", "valid_from", "carrier", "actors")
    key = "draft" if why.reason == "draft" else next((one for one in keys if one in file.spots), "")
    yield "draft" if why.reason == "draft" else "appears" if why.day else "awaiting", why.day, key


def _confirmation(file: Parsed, terms: Terms) -> Found:
    day = file.record.checked_on if file.record else None
    if day is None:
        yield "never", None, "checked_on"
    elif day < terms.old:
        yield "old", day, "checked_on"


def _actor(actor: Actor) -> Found:
    if not any(_reaches(contact) for contact in actor.contacts) and not actor.url:
        yield "no_contact", None, "contacts"


def _reaches(contact: Contact) -> bool:
    return bool(contact.phone or contact.mobile or contact.email or contact.url)


def _offer(offer: Offer, terms: Terms, actors: Mapping[str, Actor]) -> Found:
    if offer.valid_until and offer.valid_until < terms.today:
        yield "over", offer.valid_until, "valid_until"
        return
    if offer.valid_until and offer.valid_until <= terms.soon:
        yield "ends", offer.valid_until, "valid_until"
    if not is_current_offer(offer, terms.today) or offer.status == "paused":
        return
    by = [contact for key in offer.actors if key in actors for contact in actors[key].contacts]
    if not any(_reaches(contact) for contact in (*offer.contacts, *by)):
        yield "no_contact", None, "contacts"
    if offer.hours is None and not offer.online:
        yield "no_hours", None, "hours"
    if not offer.next_step:
        yield "no_next_step", None, "next_step"


def _post(post: Post, terms: Terms) -> Found:
    if post.expires and terms.today < post.expires <= terms.soon:
        yield "expires", post.expires, "expires"
    if post.image and not post.image.credit:
        yield "no_credit", None, "image"
