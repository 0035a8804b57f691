"""Old addresses → redirect pages, and ``_redirects`` for hosts that read it."""

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct

from netzsite import urls
from netzsite.network.network import Network
from netzsite.producers import html_pages
from netzsite.producers.html_pages import Head
from netzsite.records.record import Record
from netzsite.rendering.job import Job, Tools


class RedirectView(Struct, frozen=True, kw_only=True):
    """A page at an old address that leads to the new one."""

    template: ClassVar = "redirect.html"
    head: Head
    target: str


class Redirects(Struct, frozen=True, kw_only=True):
    """All old addresses with their new ones."""

    pairs: tuple[tuple[str, str], ...]
    base: str


def jobs(network: Network) -> Iterator[Job]:
    """Make a page at each old address; meta refresh, canonical and a plain link."""
    pairs = []
    for kind, records in network.records.items():
        for key, record in records.items():
            target = network.addresses.get((kind, key))
            if target:
                for alias in record.aliases:
                    pairs.append((alias, target))
                    yield _page(network, record, alias, target, network.label(kind, key))
    if pairs:
        base = urls.base_path(network.site.base_url)
        yield Job(path="_redirects", render=table, args=Redirects(pairs=tuple(pairs), base=base))


def _page(network: Network, record: Record, alias: str, target: str, title: str) -> Job:
    view = RedirectView(head=html_pages.head(network, title, hidden=True), target=target)
    origin = html_pages.origin(record)
    return html_pages.page(alias, "redirect.html", view, origin=origin, listed=False)


def table(redirects: Redirects, _tools: Tools) -> bytes:
    """Write ``_redirects``: one „old new 301“ a line (Netlify, Cloudflare Pages)."""
    base = redirects.base
    lines = (f"{base}{old} {base}{new} 301\n" for old, new in sorted(redirects.pairs))
    return "".join(lines).encode()
