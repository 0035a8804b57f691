"""Posts: each with its neighbours, the paginated list, the archive by year, the tags."""

from collections.abc import Iterator

from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.network.visibility import is_expired
from netzsite.producers import shared, structured
from netzsite.producers.views import IndexView, NewsView, PostView
from netzsite.records.chronicle import Post
from netzsite.rendering.job import Job
from netzsite.text import slug

PER_PAGE = 20


def jobs(network: Network) -> Iterator[Job]:
    """Make all pages of posts."""
    home = shared.section(network, "news")
    about = network.words.words["about_news"].format(site=network.site.title)
    yield from _lists(network, home, network.news, (), about)
    neighbours = dict(
        zip(
            network.news,
            zip((None, *network.news), (*network.news[1:], None), strict=False),
            strict=False,
        )
    )
    for post in network.posts.values():
        newer, older = neighbours.get(post.id, (None, None))
        yield _post(network, post, home, newer, older)
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
            head=shared.head(network, title, section="news", trail=trail, description=description),
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
        yield shared.page(address(number), "news.html", view, listed=number == 1)


def _post(network: Network, post: Post, home: Link, newer: str | None, older: str | None) -> Job:
    address = network.addresses["post", post.id]
    text = shared.text_of(network, post.body)
    picture = shared.picture(network, post.image)
    expired = is_expired(post, network.today)
    view = PostView(
        head=shared.head(
            network,
            post.title,
            section="news",
            description=network.post_cards[post.id].summary,
            trail=(home,),
            data=(
                structured.post(network, post, address, picture.address if picture else None),
                structured.breadcrumbs(network, (home,), Link(post.title, address)),
            ),
            record=post,
            picture=picture,
            published=post.date,
            hidden=expired,
        ),
        title=post.title,
        kicker=post.kicker,
        day=post.date,
        updated=post.updated,
        author=post.author,
        summary=post.summary,
        text=text,
        picture=picture,
        tags=tuple(
            Link(network.tags[key][0], network.route("tags", key))
            for tag in post.tags
            if (key := slug(tag)) in network.tags and not expired
        ),
        actors=network.links("actor", post.actors),
        offers=network.links("offer", post.offers),
        newer=network.post_cards[newer] if newer else None,
        older=network.post_cards[older] if older else None,
        expired=post.expires if expired else None,
        draft=post.draft,
        future=post.date > network.today,
        confirmed=shared.confirmed(post),
    )
    return shared.page(
        address,
        "post.html",
        view,
        texts=(text,),
        origin=shared.origin(post),
        listed=not expired,
        updated=post.updated or post.date,
    )


def _archive(network: Network, home: Link) -> Iterator[Job]:
    years: dict[int, list[str]] = {}
    for key in network.news:
        years.setdefault(network.posts[key].date.year, []).append(key)
    archive = Link(network.words.words["archive"], network.route("news", "archive"))
    links = {year: Link(str(year), f"{archive.address}{year}/") for year in years}
    head = shared.head(network, archive.label, section="news", trail=(home,))
    entries = tuple((links[year], None, len(ids)) for year, ids in years.items())
    view = IndexView(head=head, entries=entries, note="count_posts")
    yield shared.page(archive.address, "index.html", view)
    for year, ids in years.items():
        yield from _lists(network, links[year], tuple(ids), (home, archive))


def _tags(network: Network, home: Link) -> Iterator[Job]:
    tags = shared.section(network, "tags")
    head = shared.head(network, tags.label, section="news", trail=(home,))
    links = {
        key: Link(label, network.route("tags", key)) for key, (label, _) in network.tags.items()
    }
    entries = tuple((links[key], None, len(ids)) for key, (_, ids) in network.tags.items())
    view = IndexView(head=head, entries=entries, note="count_posts")
    yield shared.page(tags.address, "index.html", view, listed=bool(entries))
    for key, (_, ids) in network.tags.items():
        yield from _lists(network, links[key], ids, (home, tags))
