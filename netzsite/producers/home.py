"""The home page: what the network is, what is new, what is next, the ways into the directory."""

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct

from netzsite.network.cards import EventCard, Link, Occurrence, PostCard, Text
from netzsite.network.network import Network
from netzsite.producers import html_pages, json_ld, parts, related, sections
from netzsite.producers.html_pages import Head
from netzsite.rendering.job import Job

NEWEST = 4
SOON = 5


class HomeView(Struct, frozen=True, kw_only=True):
    """The home page."""

    template: ClassVar = "home.html"
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


def jobs(network: Network) -> Iterator[Job]:
    """Make the home page."""
    start = network.pages.get("start")
    text = parts.text_of(network, start.body if start else None)
    view = HomeView(
        head=html_pages.head(
            network,
            network.site.title,
            description=(start.summary if start else None) or network.site.tagline,
            data=(json_ld.website(network),),
            record=start or network.site,
        ),
        text=text,
        posts=tuple(network.post_cards[key] for key in network.news[:NEWEST]),
        occurrences=network.occurrences[:SOON],
        undated=related.undated(network, network.events),
        target_groups=related.concerns(network, "target_group"),
        topics=related.concerns(network, "topic"),
        actor_count=sum(len(group.actors) for group in related.by_carrier(network)),
        offer_count=len(related.current_offers(network)),
        has_days=sections.has_days(network),
        sections=sections.present(network),
    )
    yield html_pages.page("/", "home.html", view, texts=(text,), origin=html_pages.origin(start))
