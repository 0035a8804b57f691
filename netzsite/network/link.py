"""Parsed files → the ``Network``: references resolved, backlinks made, what's hidden left out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from msgspec import Struct

from netzsite import text as words
from netzsite.catalogue import Catalogue
from netzsite.network import occasions as days
from netzsite.network.cards import ActorCard, Link, OfferCard, PostCard
from netzsite.network.network import Network
from netzsite.network.references import dangling, known_ids
from netzsite.problems import Problem, Spot
from netzsite.records.chronicle import Event, Page, Post
from netzsite.records.directory import Actor, Carrier, Offer, Place
from netzsite.records.hours import write_hours
from netzsite.records.media import Medium
from netzsite.records.parse import Parsed
from netzsite.records.record import Record
from netzsite.records.singles import Accord, Site, Vocabulary

R = TypeVar("R", bound=Record)
Key = tuple[str, str]


class Settings(Struct, frozen=True, kw_only=True):
    """What the caller decides about a build, beside the content."""

    today: date
    drafts: bool = False
    base_url: str | None = None
    """Replaces the site's own."""


def link(
    parsed: tuple[Parsed, ...],
    media: Iterable[Medium],
    settings: Settings,
    words_of: Callable[[str], Catalogue],
) -> tuple[Network | None, tuple[Problem, ...]]:
    """Link all records; no Network when there is no readable ``site.yaml``."""
    files, problems = _unique(parsed)
    by_path = {medium.path: medium for medium in media}
    hidden = _hidden(files, settings)
    problems += dangling(files, known_ids(files, by_path), hidden)
    records: dict[str, dict[str, Record]] = defaultdict(dict)
    for file in files:
        if file.record is not None and (file.kind, file.id) not in hidden:
            records[file.kind][file.id] = file.record
    site = records["site"].get("site")
    if not isinstance(site, Site):
        if not any(file.kind == "site" for file in files):
            problems.append(Problem(code="no-site", path="site.yaml"))
        return None, tuple(problems)
    if settings.base_url:
        site = _with_base(site, settings.base_url)
    network = _network(site, records, by_path, settings, words_of(site.language))
    problems += _carrier_cycles(files, network)
    return network, tuple(problems)


def _unique(parsed: tuple[Parsed, ...]) -> tuple[tuple[Parsed, ...], list[Problem]]:
    """Keep the first file of each id; name the others."""
    first: dict[Key, Parsed] = {}
    problems = []
    for file in parsed:
        other = first.setdefault((file.kind, file.id), file)
        if other is not file:
            facts = {"id": file.id, "other": other.path}
            problems.append(Problem(code="doubled-id", path=file.path, facts=facts))
    return tuple(first.values()), problems


def _hidden(files: Iterable[Parsed], settings: Settings) -> dict[Key, str]:
    """Say which records aren't shown, and why."""
    hidden = {}
    for file in files:
        record = file.record
        if record is None:
            hidden[file.kind, file.id] = "broken"
        elif isinstance(record, Post) and not settings.drafts:
            if record.draft:
                hidden[file.kind, file.id] = "draft"
            elif record.date > settings.today:
                hidden[file.kind, file.id] = "future"
    return {key: reason for key, reason in hidden.items() if reason != "broken"}


def _with_base(site: Site, base_url: str) -> Site:
    import msgspec  # noqa: PLC0415

    return msgspec.structs.replace(site, base_url=base_url.rstrip("/"))


def _of(records: Mapping[str, Mapping[str, Record]], kind: str, type_: type[R]) -> dict[str, R]:
    return {
        key: record for key, record in records.get(kind, {}).items() if isinstance(record, type_)
    }


def _by_name(records: dict[str, R]) -> dict[str, R]:
    return dict(
        sorted(records.items(), key=lambda item: (words.sort_key(getattr(item[1], "name")), item[0]))  # noqa: B009
    )


def _network(
    site: Site,
    records: Mapping[str, Mapping[str, Record]],
    media: Mapping[str, Medium],
    settings: Settings,
    catalogue: Catalogue,
) -> Network:
    posts = _of(records, "post", Post)
    newest = sorted(posts.values(), key=lambda post: (post.date, post.id), reverse=True)
    network = Network(
        site=site,
        words=catalogue,
        today=settings.today,
        drafts=settings.drafts,
        vocabulary=_of(records, "vocabulary", Vocabulary).get("vocabulary")
        or Vocabulary(id="vocabulary", path="vocabulary.yaml"),
        accord=_of(records, "network", Accord).get("network")
        or Accord(id="network", path="network.yaml"),
        carriers=_by_name(_of(records, "carrier", Carrier)),
        actors=_by_name(_of(records, "actor", Actor)),
        offers=_by_name(_of(records, "offer", Offer)),
        places=_by_name(_of(records, "place", Place)),
        posts={post.id: post for post in newest},
        events=dict(sorted(_of(records, "event", Event).items())),
        pages=dict(sorted(_of(records, "page", Page).items())),
        media=media,
        addresses={},
    )
    network = replace(network, **_backlinks(network))
    network = replace(network, addresses=_addresses(network))
    return replace(network, **_cards(network))


def _backlinks(network: Network) -> dict[str, object]:
    today = network.today
    news = tuple(key for key, post in network.posts.items() if not is_expired(post, today))
    posts_of = _index(
        (*_keys("actor", post.actors), *_keys("offer", post.offers), key)
        for key in news
        for post in (network.posts[key],)
    )
    current = [key for key, offer in network.offers.items() if is_current_offer(offer, today)]
    members = [key for key, actor in network.actors.items() if is_member(actor, today)]
    return {
        "news": news,
        "posts_of": posts_of,
        "offers_of": _index(
            (*_keys("actor", offer.actors), *_keys("place", offer.place),
             *_keys("target_group", offer.target_groups), *_keys("topic", offer.topics), key)
            for key in current
            for offer in (network.offers[key],)
        ),
        "actors_of": _index(
            (*_keys("carrier", actor.carrier), *_keys("place", actor.places),
             *_keys("target_group", actor.target_groups), *_keys("topic", actor.topics), key)
            for key in members
            for actor in (network.actors[key],)
        ),
        "events_of": _index(
            (*_keys("actor", event.actors), *_keys("place", event.place),
             *_keys("target_group", event.target_groups), *_keys("topic", event.topics), key)
            for key, event in network.events.items()
        ),
        "tags": _tags(network, news),
    }  # fmt: skip


def _keys(kind: str, ids: str | tuple[str, ...] | None) -> tuple[Key, ...]:
    if ids is None:
        return ()
    return tuple((kind, key) for key in ((ids,) if isinstance(ids, str) else ids))


def _index(rows: Iterable[tuple[object, ...]]) -> dict[Key, tuple[str, ...]]:
    """Turn rows ``(key, key, …, id)`` into key → ids, each once, in the rows' order."""
    found: dict[Key, dict[str, None]] = defaultdict(dict)
    for *keys, record in rows:
        for key in keys:
            if key[1]:  # type: ignore[index]
                found[key][record] = None  # type: ignore[index]
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


def is_expired(post: Post, today: date) -> bool:
    """Tell whether a post has left the lists."""
    return post.expires is not None and post.expires <= today


def is_member(actor: Actor, today: date) -> bool:
    """Tell whether an actor (still) belongs to the network."""
    return actor.left is None or actor.left >= today


def is_current_offer(offer: Offer, today: date) -> bool:
    """Tell whether an offer stands in lists: it isn't ended or past its last day."""
    over = offer.valid_until is not None and offer.valid_until < today
    return offer.status != "ended" and not over


def _addresses(network: Network) -> dict[Key, str]:
    route = network.route
    found: dict[Key, str] = {}
    for kind, home, keys in (
        ("carrier", "carriers", network.carriers),
        ("actor", "actors", network.actors),
        ("offer", "offers", network.offers),
        ("place", "places", network.places),
        ("post", "news", network.posts),
        ("event", "events", network.events),
    ):
        found |= {(kind, key): route(home, key) for key in keys}
    found |= {("page", key): "/" if key == "start" else f"/{key}/" for key in network.pages}
    for kind, home, terms in (
        ("topic", "topics", network.vocabulary.topics),
        ("target_group", "target_groups", network.vocabulary.target_groups),
    ):
        for key in terms:
            if any((kind, key) in of for of in (network.offers_of, network.actors_of)):
                found[kind, key] = route(home, key)
    for kind in ("carrier", "place"):
        for key in network.carriers if kind == "carrier" else network.places:
            if not _lists_something(network, kind, key):
                del found[kind, key]
    return found


def _lists_something(network: Network, kind: str, key: str) -> bool:
    if kind == "place":
        return any((kind, key) in of for of in (network.offers_of, network.actors_of, network.events_of))
    below = any(carrier.parent == key for carrier in network.carriers.values())
    itself = network.carriers[key].actor in network.actors
    return below or itself or (kind, key) in network.actors_of


def _cards(network: Network) -> dict[str, object]:
    return {
        "post_cards": {key: _post_card(network, post) for key, post in network.posts.items()},
        "actor_cards": {key: _actor_card(network, actor) for key, actor in network.actors.items()},
        "offer_cards": {key: _offer_card(network, offer) for key, offer in network.offers.items()},
        "occasions": _occasions(network),
    }


def _post_card(network: Network, post: Post) -> PostCard:
    return PostCard(
        title=post.title,
        address=network.addresses["post", post.id],
        day=post.date,
        kicker=post.kicker,
        summary=post.summary or (post.body.excerpt if post.body else None) or None,
        draft=post.draft or post.date > network.today,
    )


def _actor_card(network: Network, actor: Actor) -> ActorCard:
    carrier = network.carriers.get(actor.carrier)
    return ActorCard(
        name=actor.name,
        address=network.addresses["actor", actor.id],
        carrier=Link(
            carrier.name if carrier else actor.carrier,
            network.addresses.get(("carrier", actor.carrier), ""),
        ),
        short_name=actor.short_name,
        summary=actor.summary or (actor.description.excerpt if actor.description else None),
        target_groups=tuple(
            network.vocabulary.target_groups[key].label
            for key in actor.target_groups
            if key in network.vocabulary.target_groups
        ),
    )


def _offer_card(network: Network, offer: Offer) -> OfferCard:
    place = network.places.get(offer.place or "")
    return OfferCard(
        name=offer.name,
        address=network.addresses["offer", offer.id],
        actors=tuple(network.actors[key].name for key in offer.actors if key in network.actors),
        summary=offer.summary or (offer.description.excerpt if offer.description else None),
        hours=write_hours(offer.hours, network.words.language) if offer.hours else None,
        place=place.name if place else None,
        status=offer.status,
    )


def _occasions(network: Network) -> tuple[days.Occasion, ...]:
    found = []
    for event in network.events.values():
        place = network.places.get(event.place or "")
        found += days.occasions(
            event,
            network.addresses["event", event.id],
            place.name if place else None,
            network.today,
            network.today + days.HORIZON,
        )
    return tuple(sorted(found, key=days.order))


def _carrier_cycles(files: Iterable[Parsed], network: Network) -> list[Problem]:
    found = []
    for file in files:
        if file.kind != "carrier" or file.id not in network.carriers:
            continue
        above, seen = network.carriers[file.id].parent, {file.id}
        while above in network.carriers and above not in seen:
            seen.add(above)
            above = network.carriers[above].parent
        if above == file.id:
            spot = file.spots.get("parent", Spot(1))
            facts = {"id": file.id}
            found.append(Problem(code="carrier-cycle", path=file.path, spot=spot, facts=facts))
    return found


def next_change(network: Network, hidden_until: Iterable[date]) -> date | None:
    """Say the earliest day after today on which a byte of the output would differ."""
    days_ahead = set(hidden_until)
    one = timedelta(days=1)
    for post in network.posts.values():
        days_ahead.add(post.expires or date.min)
    for actor in network.actors.values():
        days_ahead.add(actor.left + one if actor.left else date.min)
    for offer in network.offers.values():
        days_ahead |= {offer.valid_from or date.min}
        days_ahead.add(offer.valid_until + one if offer.valid_until else date.min)
    days_ahead |= {occasion.last_day + one for occasion in network.occasions}
    return min((day for day in days_ahead if day > network.today), default=None)
