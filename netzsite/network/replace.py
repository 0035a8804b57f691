"""A network and a record that changed → the network that ``link`` would make, in little time.

Posts are many: where one changes that stays in its place, and where another record does, no other
post is looked at.
"""

from dataclasses import replace
from typing import Any, Final

from netzsite.network.addresses import addresses
from netzsite.network.backlinks import with_directory, with_news
from netzsite.network.link import by_name, newest
from netzsite.network.listing import post_card, with_directory_cards
from netzsite.network.network import Network
from netzsite.records.actor import Actor
from netzsite.records.carrier import Carrier
from netzsite.records.event import Event
from netzsite.records.offer import Offer
from netzsite.records.page import Page
from netzsite.records.place import Place
from netzsite.records.post import Post
from netzsite.records.record import Record

_SHELVES: Final[dict[type[Record], str]] = {
    Actor: "actors",
    Offer: "offers",
    Carrier: "carriers",
    Place: "places",
    Event: "events",
    Page: "pages",
}


def with_record(network: Network, record: Record) -> Network | None:
    """Put a record in the place of its former one; None where all has to be linked again.

    That is where the network doesn't show the record, or shows it under another path, and for
    what stands above all records: the site, the vocabulary, the agreements.
    """
    if isinstance(record, Post):
        return _with_post(network, record)
    name = _SHELVES.get(type(record))
    return _with(network, name, record) if name else None


def _with_post(network: Network, post: Post) -> Network | None:
    former = network.posts.get(post.id)
    if former is None or former.path != post.path:
        return None
    if not network.drafts and (post.draft or post.date > network.today):
        return None
    posts = {**network.posts, post.id: post}
    if _place(former) == _place(post):
        network = replace(network, posts=posts)
    else:
        network = with_news(replace(network, posts=newest(posts)))
    cards = {**network.post_cards, post.id: post_card(network, post)}
    return replace(network, post_cards={key: cards[key] for key in network.posts})


def _place(post: Post) -> tuple[object, ...]:
    """Give what decides where a post stands and what it points at."""
    return post.date, post.expires, post.tags, post.actors, post.offers


def _with(network: Network, name: str, record: Record) -> Network | None:
    """Put in a record that isn't a post; all that isn't one is linked again."""
    records: dict[str, Any] = dict(getattr(network, name))
    former = records.get(record.id)
    if former is None or former.path != record.path:
        return None
    records[record.id] = record
    changes: dict[str, Any] = {name: records if name in ("events", "pages") else by_name(records)}
    network = with_directory(replace(network, **changes))
    return with_directory_cards(replace(network, addresses=addresses(network)))
