"""A view and its address → the job of an HTML page, and what each page says about itself."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from msgspec import Struct

from netzsite import urls
from netzsite.network.cards import Link, Picture, Text
from netzsite.network.network import Network
from netzsite.network.waiting import Waiting
from netzsite.records.record import Record
from netzsite.rendering.job import Job, Render, Tools

Data = dict[str, Any]
"""One JSON-LD object (schema.org)."""


class Head(Struct, frozen=True, kw_only=True):
    """What every page says about itself."""

    title: str
    section: str = ""
    """The address of the menu entry that the page belongs to."""
    description: str | None = None
    trail: tuple[Link, ...] = ()
    """The way from the home page to here, without either."""
    data: tuple[Data, ...] = ()
    picture: Picture | None = None
    kind: str = "website"
    """Open Graph type."""
    published: str | None = None
    """When it was published (RFC 3339), with the offset of the site's zone."""
    hidden: bool = False
    """Whether search engines are asked to leave the page out."""
    waiting: Waiting | None = None
    """Why it stands in the preview alone."""
    edit: str | None = None
    """Where its source can be edited."""
    source: str | None = None
    """The one file that it is made from, from the site's root; lists of many files have none."""


class IndexView(Struct, frozen=True, kw_only=True):
    """A list of links with one line each: facets, years, tags."""

    template: ClassVar = "index.html"
    head: Head
    entries: tuple[tuple[Link, str | None, int], ...]
    """Link, a line about it, how many things are behind it."""
    note: str = ""
    """The word of the catalogue that counts them."""


def page(
    address: str,
    template: str,
    view: Struct,
    *,
    render: Render | None = None,
    texts: Iterable[Text | None] = (),
    origin: str = "",
    listed: bool = True,
    updated: date | None = None,
) -> Job:
    """Make the job of an HTML page; ``render`` where its arguments aren't the template's view."""
    return Job(
        path=urls.file_of(address),
        render=render or _render_page,
        args=view,
        template=template,
        texts=tuple(dict.fromkeys(text.digest for text in texts if text)),
        origin=origin,
        listed=listed,
        updated=updated,
    )


def _render_page(view: Struct, tools: Tools) -> bytes:
    from netzsite.rendering.environment import render_page  # noqa: PLC0415 - imports Jinja

    return render_page(view, tools)


def edit_of(network: Network, record: Record | None) -> str | None:
    """Say where a record's source can be edited."""
    if record is None or network.site.edit_url is None:
        return None
    return network.site.edit_url.replace("{path}", "content/" + record.path)


def waiting(network: Network, record: Record | None) -> Waiting | None:
    """Say why a record isn't shown yet, though its page is: this is a preview."""
    if record is None or not network.waiting:
        return None
    return network.waiting.get((str(record.__struct_config__.tag), record.id))


def head(
    network: Network,
    title: str,
    *,
    section: str = "",
    description: str | None = None,
    trail: Iterable[Link | None] = (),
    data: Iterable[dict[str, object]] = (),
    record: Record | None = None,
    picture: Picture | None = None,
    hidden: bool = False,
) -> Head:
    """Make a page's head; the section's address comes from its route."""
    return Head(
        title=title,
        section=network.route(section) if section else "",
        description=description,
        trail=tuple(link for link in trail if link),
        data=tuple(data),
        picture=picture,
        hidden=hidden,
        waiting=waiting(network, record),
        edit=edit_of(network, record),
        source="content/" + record.path if record else None,
    )


def origin(record: Record | None) -> str:
    """Name the file that a page shows, from the site's root."""
    return "content/" + record.path if record else ""
