"""Posts: a page for each, with its neighbours.

A site has more posts than anything else, so a job's arguments are the record and what it leads to;
the view is made when the page is.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import ClassVar

from msgspec import Struct

from netzsite.network.cards import Link, Neighbour, Picture, Text
from netzsite.network.network import Network
from netzsite.network.visibility import is_expired
from netzsite.network.waiting import Waiting
from netzsite.producers import html_pages, json_ld, parts, sections
from netzsite.producers.html_pages import Head
from netzsite.producers.parts import Confirmed
from netzsite.records.post import Post
from netzsite.rendering import pictures
from netzsite.rendering.job import Job, Tools
from netzsite.text import slug
from netzsite.times.dates import PartialDate
from netzsite.times.zonedata import midnight


class PostView(Struct, frozen=True, kw_only=True):
    """One post."""

    template: ClassVar = "post.html"
    head: Head
    title: str
    kicker: str | None
    day: PartialDate
    updated: date | None
    author: str | None
    summary: str | None
    text: Text | None
    picture: Picture | None
    tags: tuple[Link, ...]
    actors: tuple[Link, ...]
    offers: tuple[Link, ...]
    newer: Neighbour | None
    older: Neighbour | None
    expired: date | None
    confirmed: Confirmed | None


class PostArgs(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One post and what its page leads to."""

    post: Post
    address: str
    home: Link
    """The list of all posts."""
    edit: str | None = None
    text: Text | None = None
    picture: Picture | None = None
    tags: tuple[Link, ...] = ()
    actors: tuple[Link, ...] = ()
    offers: tuple[Link, ...] = ()
    newer: Neighbour | None = None
    older: Neighbour | None = None
    expired: bool = False
    waiting: Waiting | None = None


def jobs(network: Network) -> Iterator[Job]:
    """Make the pages of all posts."""
    return pages(network, network.posts)


def pages(network: Network, keys: Iterable[str]) -> Iterator[Job]:
    """Make the pages of some posts."""
    home = sections.section(network, "news")
    tags = {
        key: Link(label, network.route("tags", key)) for key, (label, _) in network.tags.items()
    }
    cards, news = network.post_cards, network.news
    around = dict(zip(news, zip((None, *news), (*news[1:], None), strict=False), strict=False))

    @cache
    def neighbour(key: str | None) -> Neighbour | None:
        card = cards[key] if key else None
        return Neighbour(card.title, card.address, card.day) if card else None

    for key in keys:
        post = network.posts[key]
        newer, older = map(neighbour, around.get(key, (None, None)))
        expired = is_expired(post, network.today)
        text = parts.text_of(network, post.body, post.actors)
        shown = () if expired else (slug(tag) for tag in post.tags)
        args = PostArgs(
            post=post,
            address=cards[key].address,
            home=home,
            edit=html_pages.edit_of(network, post),
            text=text,
            picture=parts.picture(network, post.image),
            tags=tuple(tags[name] for name in shown if name in tags),
            actors=network.links("actor", post.actors),
            offers=network.links("offer", post.offers),
            newer=newer,
            older=older,
            expired=expired,
            waiting=html_pages.waiting(network, post),
        )
        yield html_pages.page(
            args.address,
            "post.html",
            args,
            render=page,
            texts=(text,),
            origin=html_pages.origin(post),
            listed=not expired,
            updated=post.updated or post.date.first,
        )


def page(args: PostArgs, tools: Tools) -> bytes:
    """Write the page of a post."""
    from netzsite.rendering.environment import render_page  # noqa: PLC0415 - imports Jinja

    return render_page(_view(args, tools), tools)


def _view(args: PostArgs, tools: Tools) -> PostView:
    post = args.post
    return PostView(
        head=_head(args, tools),
        title=post.title,
        kicker=post.kicker,
        day=post.date,
        updated=post.updated,
        author=post.author,
        summary=post.summary,
        text=args.text,
        picture=args.picture,
        tags=args.tags,
        actors=args.actors,
        offers=args.offers,
        newer=args.newer,
        older=args.older,
        expired=post.expires if args.expired else None,
        confirmed=parts.confirmed(post),
    )


def _head(args: PostArgs, tools: Tools) -> Head:
    post, site = args.post, tools.frame
    picture = pictures.shared(args.picture).address if args.picture else None
    return Head(
        title=post.title,
        section=args.home.address,
        description=post.summary or (post.body.excerpt if post.body else None) or None,
        trail=(args.home,),
        data=(
            json_ld.post(site, post, args.address, picture),
            json_ld.breadcrumbs(site, (args.home,), Link(post.title, args.address)),
        ),
        picture=args.picture,
        kind="article",
        published=None
        if post.date.whole_month
        else midnight(post.date.first, site.timezone).isoformat(),
        hidden=args.expired,
        waiting=args.waiting,
        edit=args.edit,
        source="content/" + post.path,
    )
