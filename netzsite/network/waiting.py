"""Records that aren't shown yet: drafts, those whose day is to come, and what needs them.

An actor needs its carrier, and an offer one of its actors: without them it would name what nobody
is to see yet.
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from netzsite.records.actor import Actor
from netzsite.records.offer import Offer
from netzsite.records.parse import Parsed
from netzsite.records.place import Place
from netzsite.records.post import Post
from netzsite.records.record import Publishable, Record

Key = tuple[str, str]
"""Kind and id."""


class Waiting(Struct, frozen=True, gc=False):
    """Why a record isn't shown yet."""

    reason: str
    """A word of the catalogue: ``draft``, ``future``, or ``awaiting`` another record."""
    day: date | None = None
    """The first day on which it is shown, where that can be told."""


def appears(record: Record) -> date | None:
    """Say the first day on which a record is shown: its own, else the one that it is of."""
    if isinstance(record, Publishable) and record.publish_date:
        return record.publish_date
    if isinstance(record, Post):
        return record.date.first
    return record.valid_from if isinstance(record, (Offer, Place)) else None


def waits(record: Record, today: date) -> Waiting | None:
    """Tell whether a record by itself isn't shown yet."""
    if isinstance(record, Publishable) and record.draft:
        return Waiting("draft")
    day = appears(record)
    return Waiting("future", day) if day and day > today else None


def needs(record: Record) -> tuple[Key, ...]:
    """Name the records of which a record needs at least one."""
    match record:
        case Actor():
            return (("carrier", record.carrier),)
        case Offer():
            return tuple(("actor", key) for key in record.actors)
    return ()


def waiting(files: Iterable[Parsed], today: date) -> dict[Key, Waiting]:
    """Say which records aren't shown yet, and why."""
    known = [(file, file.record) for file in files if file.record is not None]
    found = {(file.kind, file.id): why for file, record in known if (why := waits(record, today))}
    if not found:
        return {}
    for kind in ("actor", "offer"):  # offers last: what they need may wait itself
        for file, record in known:
            if file.kind == kind and (kind, file.id) not in found:
                needed = needs(record)
                if needed and found.keys() >= {*needed}:
                    days = (day for key in needed if (day := found[key].day))
                    found[kind, file.id] = Waiting("awaiting", min(days, default=None))
    return dict(sorted(found.items()))
