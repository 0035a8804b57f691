"""The linked, read-only whole: every visible record, and what points at what.

Made once by ``link``; producers take pages from it. It knows today as an argument, no clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from netzsite.catalogue import Catalogue
from netzsite.fields.body import is_medium, medium_path
from netzsite.markdown.lint import ACTORS, Target
from netzsite.markdown.render import Body
from netzsite.media.medium import Medium
from netzsite.media.sizes import Image
from netzsite.network.cards import (
    ActorCard,
    End,
    Link,
    Occurrence,
    OfferCard,
    Picture,
    PostCard,
    Text,
)
from netzsite.network.revisions import Revisions
from netzsite.network.waiting import Waiting
from netzsite.records.accord import Accord
from netzsite.records.actor import Actor
from netzsite.records.carrier import Carrier
from netzsite.records.event import Event
from netzsite.records.kinds import title_of
from netzsite.records.offer import Offer
from netzsite.records.page import Page
from netzsite.records.place import Place
from netzsite.records.post import Post
from netzsite.records.site import Site
from netzsite.records.vocabulary import Vocabulary
from netzsite.times.holidays import Holidays


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All records of a site that have a page, in the order lists show them."""

    site: Site
    words: Catalogue
    today: date
    drafts: bool
    """Whether records that wait are shown, marked as such."""
    waiting: Mapping[tuple[str, str], Waiting]
    """Kind and id of all records that aren't shown yet, by which the preview marks them."""
    vocabulary: Vocabulary
    accord: Accord
    records: Mapping[str, Mapping[str, Any]]
    """Kind → id → record, of all kinds of which there are many, in the order that lists show."""
    media: Mapping[str, Medium]
    images: Mapping[str, Image]
    """Those media that are pictures and may be shown, by path."""
    addresses: Mapping[tuple[str, str], str]
    """Kind and id of everything that has a page → its address."""
    holidays: Holidays | None = None
    revisions: Revisions = field(default_factory=dict)

    post_cards: Mapping[str, PostCard] = field(default_factory=dict)
    actor_cards: Mapping[str, ActorCard] = field(default_factory=dict)
    offer_cards: Mapping[str, OfferCard] = field(default_factory=dict)
    occurrences: tuple[Occurrence, ...] = ()
    """Days of events from today on, in order."""
    news: tuple[str, ...] = ()
    """Ids of the posts that lists show, newest first."""
    posts_of: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """Kind and id → ids of the posts that name it, newest first."""
    offers_of: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    actors_of: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    events_of: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    tags: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """Slug of a tag → its written form and the ids of its posts, newest first."""

    @property
    def carriers(self) -> Mapping[str, Carrier]:
        """The carriers, by name."""
        return self.records["carrier"]

    @property
    def actors(self) -> Mapping[str, Actor]:
        """The actors, by name."""
        return self.records["actor"]

    @property
    def offers(self) -> Mapping[str, Offer]:
        """The offers, by name."""
        return self.records["offer"]

    @property
    def places(self) -> Mapping[str, Place]:
        """The places, by name."""
        return self.records["place"]

    @property
    def posts(self) -> Mapping[str, Post]:
        """The posts, newest first; expired ones included, see ``news``."""
        return self.records["post"]

    @property
    def events(self) -> Mapping[str, Event]:
        """The events, by id."""
        return self.records["event"]

    @property
    def pages(self) -> Mapping[str, Page]:
        """The pages, by id."""
        return self.records["page"]

    def route(self, *parts: str) -> str:
        """Write an address from words of the catalogue's routes and ids."""
        return "/" + "".join(f"{self.words.routes.get(part, part)}/" for part in parts)

    def link(self, kind: str, key: str) -> Link | None:
        """Give a link to a record, or nothing when it has no page."""
        address = self.addresses.get((kind, key))
        if address is None:
            return None
        return Link(self.label(kind, key), address)

    def links(self, kind: str, keys: tuple[str, ...]) -> tuple[Link, ...]:
        """Give links to those of the records that have a page."""
        return tuple(link for key in keys if (link := self.link(kind, key)))

    def label(self, kind: str, key: str) -> str:
        """Give the name of a record or of a word of the vocabulary."""
        terms = self.vocabulary.terms.get(kind)
        return terms[key].label if terms else title_of(kind, self.records[kind][key])

    def text(self, body: Body, actors: tuple[str, ...] = ()) -> Text:
        """Resolve what a text refers to.

        ``:::actors`` lists the ``actors`` in their order, those of the record that the text is
        of; where it names none, all members by carrier, as the directory has them.
        """
        ends = (
            End(entries=self._entries(actors)) if target.to == ACTORS else self._end(target)
            for target in body.targets
        )
        return Text(body.digest, tuple(ends))

    def _entries(self, actors: tuple[str, ...]) -> tuple[tuple[Link, str], ...]:
        members = (
            key for carrier in self.carriers for key in self.actors_of.get(("carrier", carrier), ())
        )
        found = []
        for key in actors or members:
            card = self.actor_cards.get(key)
            if card:
                found.append((Link(card.name, card.address), card.carrier.label))
        return tuple(found)

    def _end(self, target: Target) -> End:
        to = target.to
        if to.startswith(("https://", "http://")):
            return End(to, outside=True)
        scheme, colon, rest = to.partition(":")
        if colon and (scheme.replace("-", "_"), rest.partition("#")[0]) in self.addresses:
            key, hash_sign, fragment = rest.partition("#")
            return End(self.addresses[scheme.replace("-", "_"), key] + hash_sign + fragment)
        if is_medium(to):
            path, hash_sign, fragment = to.partition("#")
            medium = self.media.get(medium_path(path))
            if medium is None:
                return End()
            image = self.images.get(medium.path)
            return _shown(target, image) if image else End(f"/{medium.path}{hash_sign}{fragment}")
        if scheme in ("mailto", "tel", "geo") and colon:
            return End(to, outside=True)
        return End(to) if to.startswith(("/", "#")) else End()


def _shown(target: Target, image: Image) -> End:
    """Lead to a picture, or show it."""
    picture = Picture(image=image, alt=target.alt) if target.picture else None
    return End(image.address, picture=picture)
