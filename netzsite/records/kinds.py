"""The kinds of record and where their files lie; one visible table."""

from typing import Final

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


class Kind(Struct, frozen=True):
    """One kind of record."""

    name: str
    type: type[Record]
    home: str
    """Its folder in ``content/``, or its one file."""
    suffix: str = ".yaml"
    nested: bool = False
    """Whether subfolders may order the files."""
    dated: bool = False
    """Whether ``YYYY-MM-DD-`` may lead a file's name."""


KINDS: Final = (
    Kind("site", Site, "site.yaml"),
    Kind("vocabulary", Vocabulary, "vocabulary.yaml"),
    Kind("network", Accord, "network.yaml"),
    Kind("carrier", Carrier, "carriers"),
    Kind("actor", Actor, "actors"),
    Kind("offer", Offer, "offers"),
    Kind("place", Place, "places"),
    Kind("post", Post, "posts", ".md", nested=True, dated=True),
    Kind("event", Event, "events", ".md", nested=True, dated=True),
    Kind("page", Page, "pages", ".md", nested=True),
)

BY_NAME: Final = {kind.name: kind for kind in KINDS}
MEDIA: Final = "media"

AnyRecord = Site | Vocabulary | Accord | Carrier | Actor | Offer | Place | Post | Event | Page
