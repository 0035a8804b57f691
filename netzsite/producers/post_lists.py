"""Lists of posts: the paginated one, the archive by year, the tags."""

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct

from netzsite.network.cards import Link, PostCard
from netzsite.network.network import Network
from netzsite.producers import html_pages, sections
from netzsite.producers.html_pages import Head, IndexView
from netzsite.rendering.job import Job

PER_PAGE = 20


class NewsView(Struct, frozen=True, kw_only=True):
    """A list of posts: one page of all, of a year, of a tag."""

    template: ClassVar = "news.html"
    head: Head
    posts: tuple[PostCard, ...]
    page: int
    pages: int
    newer: str | None
    older: str | None
    count: int
    archive: Link | None = None
    tags: Link | None = None


def jobs(network: Network) -> Iterator[Job]:
    """Make all lists of posts."""
    home = sections.section(network, "news")
    about = network.words.words["about_news"].format(site=network.site.title)
    yield from _lists(network, home, network.news, (), about)
    yield from _archive(network, home)
    yield from _tags(network, home)


def _lists(
    network: Network,
    home: Link,
    ids: tuple[str, ...],
    trail: tuple[Link, ...],
    description: str | None = None,
) -> Iterator[Job]:
    """Cut a list of posts into pages; the first lies at the list's own address."""
    pages = max(-(-len(ids) // PER_PAGE), 1)
    words = network.words.words

    def address(number: int) -> str:
        part = network.words.routes["page"]
        return home.address if number == 1 else f"{home.address}{part}/{number}/"

    for number in range(1, pages + 1):
        title = home.label if number == 1 else words["page_of"].format(title=home.label, n=number)
        view = NewsView(
            head=html_pages.head(
                network, title, section="news", trail=trail, description=description
            ),
            posts=tuple(
                network.post_cards[key] for key in ids[(number - 1) * PER_PAGE : number * PER_PAGE]
            ),
            page=number,
            pages=pages,
            newer=address(number - 1) if number > 1 else None,
            older=address(number + 1) if number < pages else None,
            count=len(ids),
            archive=Link(words["archive"], network.route("news", "archive")) if ids else None,
            tags=Link(words["section_tags"], network.route("tags")) if network.tags else None,
        )
        yield html_pages.page(address(number), "news.html", view, listed=number == 1)


def _archive(network: Network, home: Link) -> Iterator[Job]:
    years: dict[int, list[str]] = {}
    for key in network.news:
        years.setdefault(network.posts[key].date.year, []).append(key)
    archive = Link(network.words.words["archive"], network.route("news", "archive"))
    links = {year: Link(str(year), f"{archive.address}{year}/") for year in years}
    head = html_pages.head(network, archive.label, section="news", trail=(home,))
    entries = tuple((links[year], None, len(ids)) for year, ids in years.items())
    view = IndexView(head=head, entries=entries, note="count_posts")
    yield html_pages.page(archive.address, "index.html", view)
    for year, ids in years.items():
        yield from _lists(network, links[year], tuple(ids), (home, archive))


def _tags(network: Network, home: Link) -> Iterator[Job]:
    tags = sections.section(network, "tags")
    head = html_pages.head(network, tags.label, section="news", trail=(home,))
    links = {
        key: Link(label, network.route("tags", key)) for key, (label, _) in network.tags.items()
    }
    entries = tuple((links[key], None, len(ids)) for key, (_, ids) in network.tags.items())
    view = IndexView(head=head, entries=entries, note="count_posts")
    yield html_pages.page(tags.address, "index.html", view, listed=bool(entries))
    for key, (_, ids) in network.tags.items():
        yield from _lists(network, links[key], ids, (home, tags))
