"""Plain pages, and the page for addresses that don't exist."""

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct

from netzsite import urls
from netzsite.network.cards import Link, Text
from netzsite.network.network import Network
from netzsite.producers import html_pages, json_ld, parts, sections
from netzsite.producers.html_pages import Head
from netzsite.producers.parts import Confirmed
from netzsite.rendering.job import Job


class PlainView(Struct, frozen=True, kw_only=True):
    """A page that is only a text."""

    template: ClassVar = "page.html"
    head: Head
    title: str
    summary: str | None
    text: Text | None
    confirmed: Confirmed | None


class NotFoundView(Struct, frozen=True, kw_only=True):
    """The page for addresses that don't exist; its links start at base_url's path."""

    template: ClassVar = "404.html"
    head: Head
    ways: tuple[Link, ...]
    base: str
    """The path of base_url: a host shows this page at any address."""


def jobs(network: Network) -> Iterator[Job]:
    """Make the plain pages; ``start`` is part of the home page."""
    for page in network.pages.values():
        if page.id == "start":
            continue
        address = network.addresses["page", page.id]
        text = parts.text_of(network, page.body)
        view = PlainView(
            head=html_pages.head(
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
            confirmed=parts.confirmed(page),
        )
        yield html_pages.page(
            address, "page.html", view, texts=(text,), origin=html_pages.origin(page),
            updated=page.checked_on,
        )  # fmt: skip
    yield _not_found(network)


def _not_found(network: Network) -> Job:
    words = network.words.words
    head = html_pages.head(network, words["not_found"], hidden=True)
    base = urls.base_path(network.site.base_url)
    ways = tuple(
        Link(words[f"section_{name}"], address)
        for name, address in sections.present(network).items()
    )
    view = NotFoundView(head=head, ways=(Link(words["home"], "/"), *ways), base=base)
    return html_pages.page("/404.html", "404.html", view, listed=False)
