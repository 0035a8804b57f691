"""Plain pages, and the page for addresses that don't exist."""

from collections.abc import Iterator

from netzsite import urls
from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.producers import json_ld, shared
from netzsite.producers.views import NotFoundView, PlainView
from netzsite.rendering.job import Job


def jobs(network: Network) -> Iterator[Job]:
    """Make the plain pages; ``start`` is part of the home page."""
    for page in network.pages.values():
        if page.id == "start":
            continue
        address = network.addresses["page", page.id]
        text = shared.text_of(network, page.body)
        view = PlainView(
            head=shared.head(
                network,
                page.title,
                section="",
                description=page.summary or (page.body.excerpt if page.body else None),
                data=(json_ld.breadcrumbs(network.site, (), Link(page.title, address)),),
                record=page,
            ),
            title=page.title,
            summary=page.summary,
            text=text,
            confirmed=shared.confirmed(page),
        )
        yield shared.page(
            address, "page.html", view, texts=(text,), origin=shared.origin(page),
            updated=page.checked_on,
        )  # fmt: skip
    yield _not_found(network)


def _not_found(network: Network) -> Job:
    words = network.words.words
    head = shared.head(network, words["not_found"], hidden=True)
    base = urls.base_path(network.site.base_url)
    ways = tuple(
        Link(words[f"section_{name}"], address)
        for name, address in shared.sections(network).items()
    )
    view = NotFoundView(head=head, ways=(Link(words["home"], "/"), *ways), base=base)
    return shared.page("/404.html", "404.html", view, listed=False)
