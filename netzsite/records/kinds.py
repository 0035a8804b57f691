"""The kinds of record, where their files lie and how lists show them; one visible table.

All that is said of a kind in general follows from its row: reading its files, references,
addresses, redirects, schemas, forms, the reference. A new kind needs a row here, its type, its
producer, its template, and its words.
"""

from collections.abc import Iterable
from typing import Any, Final, Literal

from msgspec import Struct

from netzsite.records.accord import Accord
from netzsite.records.actor import Actor
from netzsite.records.carrier import Carrier
from netzsite.records.event import Event
from netzsite.records.offer import Offer
from netzsite.records.page import Page
from netzsite.records.place import Place
from netzsite.records.post import Post
from netzsite.records.record import Record
from netzsite.records.site import Site
from netzsite.records.vocabulary import Vocabulary
from netzsite.text import sort_key


class Kind(Struct, frozen=True):
    """One kind of record."""

    name: str
    type: type[Record]
    home: str
    """Its folder in ``content/``, or its one file."""
    route: str = ""
    """The word of the catalogue's routes below which the pages of its records lie."""
    german: str = ""
    """What German editors call the folder."""
    title: Literal["", "name", "title"] = ""
    """The key that holds what a record is called; those there is one of have none."""
    order: Literal["id", "name", "newest"] = "id"
    """How lists show the records."""
    suffix: str = ".yaml"
    layout: Literal["flat", "nested", "dated"] = "flat"
    """Whether subfolders may order the files, and whether ``YYYY-MM-DD-`` may lead their names."""

    @property
    def nested(self) -> bool:
        """Whether subfolders may order the files."""
        return self.layout != "flat"

    @property
    def dated(self) -> bool:
        """Whether a day may lead a file's name."""
        return self.layout == "dated"

    @property
    def is_single(self) -> bool:
        """Whether a site has one record of it, in a file of its own name."""
        return self.home.endswith(".yaml")


KINDS: Final = (
    Kind("site", Site, "site.yaml"),
    Kind("vocabulary", Vocabulary, "vocabulary.yaml"),
    Kind("network", Accord, "network.yaml"),
    Kind("carrier", Carrier, "carriers", "carriers", "traeger", "name", "name"),
    Kind("actor", Actor, "actors", "actors", "akteure", "name", "name"),
    Kind("offer", Offer, "offers", "offers", "angebote", "name", "name"),
    Kind("place", Place, "places", "places", "orte", "name", "name"),
    Kind("post", Post, "posts", "news", "beitraege", "title", "newest", ".md", "dated"),
    Kind("event", Event, "events", "events", "termine", "title", "id", ".md", "dated"),
    Kind("page", Page, "pages", "", "seiten", "title", "id", ".md", "nested"),
)

BY_NAME: Final = {kind.name: kind for kind in KINDS}
MANY: Final = tuple(kind for kind in KINDS if not kind.is_single)
"""The kinds of which a site has as many records as it likes."""
MEDIA: Final = "media"

AnyRecord = Site | Vocabulary | Accord | Carrier | Actor | Offer | Place | Post | Event | Page


def title_of(kind: str, record: Record) -> str:
    """Give what a record is called; nothing for those there is one of."""
    key = BY_NAME[kind].title
    return getattr(record, key) if key else ""


def arranged(kind: Kind, records: Iterable[Any]) -> dict[str, Any]:
    """Put records of one kind in the order that lists show; names as in a German dictionary."""
    match kind.order:
        case "name":
            order = sorted(records, key=lambda record: (sort_key(record.name), record.id))
        case "newest":
            order = sorted(records, key=lambda record: (record.date, record.id), reverse=True)
        case _:
            order = sorted(records, key=lambda record: record.id)
    return {record.id: record for record in order}
