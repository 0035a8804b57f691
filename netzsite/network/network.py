"""The linked, read-only whole: every visible record, and what points at what.

Made once by ``link``; producers take pages from it. It knows today as an argument, no clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from netzsite.catalogue import Catalogue
from netzsite.fields.convert import is_medium, medium_path
from netzsite.markdown.lint import Target
from netzsite.markdown.render import Body
from netzsite.media.medium import Medium
from netzsite.network.cards import ActorCard, End, Link, Occurrence, OfferCard, PostCard, Text
from netzsite.records.accord import Accord
from netzsite.records.actor import Actor
from netzsite.records.carrier import Carrier
from netzsite.records.event import Event
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
    """Whether drafts and future posts are shown, marked as such."""
    vocabulary: Vocabulary
    accord: Accord
    carriers: Mapping[str, Carrier]
    actors: Mapping[str, Actor]
    offers: Mapping[str, Offer]
    places: Mapping[str, Place]
    posts: Mapping[str, Post]
    """Newest first; expired ones included, see ``news``."""
    events: Mapping[str, Event]
    pages: Mapping[str, Page]
    media: Mapping[str, Medium]
    addresses: Mapping[tuple[str, str], str]
    """Kind and id of everything that has a page → its address."""
    holidays: Holidays | None = None

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

    def label(self, kind: str, key: str) -> str:  # noqa: PLR0911 - one line a kind
        """Give the name of a record or of a word of the vocabulary."""
        match kind:
            case "carrier":
                return self.carriers[key].name
            case "actor":
                return self.actors[key].name
            case "offer":
                return self.offers[key].name
            case "place":
                return self.places[key].name
            case "post":
                return self.posts[key].title
            case "event":
                return self.events[key].title
            case "page":
                return self.pages[key].title
            case "topic":
                return self.vocabulary.topics[key].label
            case "target_group":
                return self.vocabulary.target_groups[key].label
        raise KeyError(kind)

    def text(self, body: Body) -> Text:
        """Resolve what a text refers to."""
        return Text(body.digest, tuple(self._end(target) for target in body.targets))

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
            address = f"/{medium.path}{hash_sign}{fragment}"
            return End(address, width=medium.width, height=medium.height)
        if scheme in ("mailto", "tel", "geo") and colon:
            return End(to, outside=True)
        return End(to) if to.startswith(("/", "#")) else End()
