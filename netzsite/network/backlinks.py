"""What points at what: the records that name an actor, a place, a topic, a tag."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from netzsite import text as words
from netzsite.network.network import Network
from netzsite.network.visibility import is_current_offer, is_expired, is_member

Key = tuple[str, str]
"""Kind and id."""


def with_backlinks(network: Network) -> Network:
    """Add to a network what points at each record; only what lists show points."""
    return with_directory(with_news(network))


def with_news(network: Network) -> Network:
    """Add which posts lists show, and what they point at."""
    news = tuple(key for key, post in network.posts.items() if not is_expired(post, network.today))
    posts = [network.posts[key] for key in news]
    return replace(
        network,
        news=news,
        tags=_tags(network, news),
        posts_of=_index(
            ((*_keys("actor", post.actors), *_keys("offer", post.offers)), post.id)
            for post in posts
        ),
    )


def with_directory(network: Network) -> Network:
    """Add what offers, actors and events point at."""
    today = network.today
    offers = [offer for offer in network.offers.values() if is_current_offer(offer, today)]
    actors = [actor for actor in network.actors.values() if is_member(actor, today)]
    events = network.events.values()
    return replace(
        network,
        offers_of=_index(
            (
                (
                    *_keys("actor", offer.actors),
                    *_keys("place", (offer.place,)),
                    *_keys("target_group", offer.target_groups),
                    *_keys("topic", offer.topics),
                ),
                offer.id,
            )
            for offer in offers
        ),
        actors_of=_index(
            (
                (
                    *_keys("carrier", (actor.carrier,)),
                    *_keys("place", actor.places),
                    *_keys("target_group", actor.target_groups),
                    *_keys("topic", actor.topics),
                ),
                actor.id,
            )
            for actor in actors
        ),
        events_of=_index(
            (
                (
                    *_keys("actor", event.actors),
                    *_keys("place", (event.place,)),
                    *_keys("target_group", event.target_groups),
                    *_keys("topic", event.topics),
                ),
                event.id,
            )
            for event in events
        ),
    )


def _keys(kind: str, ids: tuple[str | None, ...]) -> tuple[Key, ...]:
    return tuple((kind, key) for key in ids if key)


def _index(rows: Iterable[tuple[tuple[Key, ...], str]]) -> dict[Key, tuple[str, ...]]:
    """Turn rows of keys and an id into key → ids, each once, in the rows' order."""
    found: dict[Key, dict[str, None]] = defaultdict(dict)
    for keys, record in rows:
        for key in keys:
            found[key][record] = None
    return {key: tuple(records) for key, records in found.items()}


def _tags(network: Network, news: tuple[str, ...]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Group posts by tag; of two ways to write one tag, the first in the alphabet is shown."""
    written: dict[str, set[str]] = defaultdict(set)
    posts: dict[str, dict[str, None]] = defaultdict(dict)
    for post in news:
        for tag in network.posts[post].tags:
            slug = words.slug(tag)
            if slug:
                written[slug].add(tag)
                posts[slug][post] = None
    order = sorted(written, key=lambda slug: words.sort_key(min(written[slug])))
    return {slug: (min(written[slug]), tuple(posts[slug])) for slug in order}
