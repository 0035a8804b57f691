"""Newest posts → Atom (RFC 4287) and JSON Feed 1.1, whole texts with absolute links."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from msgspec import Struct

from netzsite import urls
from netzsite.network.cards import Text
from netzsite.network.network import Network
from netzsite.producers import parts
from netzsite.rendering import texts
from netzsite.rendering.job import Job, Tools
from netzsite.times.zonedata import midnight

NEWEST: Final = 20
_ATOM: Final = "http://www.w3.org/2005/Atom"
_XML: Final = "http://www.w3.org/XML/1998/namespace"


class Entry(Struct, frozen=True, kw_only=True):
    """One post in a feed."""

    address: str
    title: str
    published: date
    updated: date
    author: str | None
    summary: str | None
    text: Text | None
    tags: tuple[str, ...]


class Feed(Struct, frozen=True, kw_only=True):
    """The newest posts of a site."""

    id: str
    updated: date
    entries: tuple[Entry, ...]


def jobs(network: Network) -> Iterator[Job]:
    """Make both feeds; a site without posts has empty ones."""
    entries = tuple(_entry(network, key) for key in network.news[:NEWEST])
    feed = Feed(
        id=_identity(network, "/"),
        updated=max((entry.updated for entry in entries), default=date(1970, 1, 1)),
        entries=entries,
    )
    digests = tuple(dict.fromkeys(entry.text.digest for entry in entries if entry.text))
    yield Job(path="feed.xml", render=atom, args=feed, texts=digests)
    yield Job(path="feed.json", render=json_feed, args=feed, texts=digests)


def _entry(network: Network, key: str) -> Entry:
    post = network.posts[key]
    return Entry(
        address=network.addresses["post", key],
        title=post.title,
        published=post.date.first,
        updated=post.updated or post.date.first,
        author=post.author,
        summary=network.post_cards[key].summary,
        text=parts.text_of(network, post.body, post.actors),
        tags=post.tags,
    )


def _identity(network: Network, address: str) -> str:
    """Make a stable id (RFC 4151) with ``feed_id``; without it, the address."""
    if network.site.feed_id:
        return f"tag:{network.site.feed_id}:{address}"
    return urls.absolute(network.site.base_url, address)


def atom(feed: Feed, tools: Tools) -> bytes:
    """Write an Atom feed."""
    ET.register_namespace("", _ATOM)
    base = tools.frame.base_url
    root = ET.Element(f"{{{_ATOM}}}feed", {f"{{{_XML}}}lang": tools.frame.language})
    _add(root, "id", feed.id)
    _add(root, "title", tools.frame.title)
    if tools.frame.tagline:
        _add(root, "subtitle", tools.frame.tagline)
    _add(root, "updated", _stamp(feed.updated, tools))
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{base}/feed.xml")
    _add(root, "link", rel="alternate", type="text/html", href=f"{base}/")
    _add(_add(root, "author"), "name", tools.frame.title)
    for entry in feed.entries:
        _atom_entry(root, entry, feed, tools)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _atom_entry(root: ET.Element, entry: Entry, feed: Feed, tools: Tools) -> None:
    item = _add(root, "entry")
    _add(item, "id", _entry_id(entry, feed, tools))
    _add(item, "title", entry.title)
    link = urls.absolute(tools.frame.base_url, entry.address)
    _add(item, "link", rel="alternate", type="text/html", href=link)
    _add(item, "published", _stamp(entry.published, tools))
    _add(item, "updated", _stamp(entry.updated, tools))
    if entry.author:
        _add(_add(item, "author"), "name", entry.author)
    for tag in entry.tags:
        _add(item, "category", term=tag)
    if entry.summary:
        _add(item, "summary", entry.summary)
    if entry.text:
        content = _add(item, "content", _html(entry, entry.text, tools), type="html")
        content.set(f"{{{_XML}}}base", link)


def _html(entry: Entry, text: Text, tools: Tools) -> str:
    return texts.write_absolute(text, tools, here=entry.address)


def _entry_id(entry: Entry, feed: Feed, tools: Tools) -> str:
    if feed.id.startswith("tag:"):
        return feed.id.removesuffix("/") + entry.address
    return urls.absolute(tools.frame.base_url, entry.address)


def json_feed(feed: Feed, tools: Tools) -> bytes:
    """Write a JSON Feed (jsonfeed.org, version 1.1)."""
    base = tools.frame.base_url
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": tools.frame.title,
        "description": tools.frame.tagline,
        "home_page_url": f"{base}/",
        "feed_url": f"{base}/feed.json",
        "language": tools.frame.language,
        "items": [
            _given(
                {
                    "id": _entry_id(entry, feed, tools),
                    "url": urls.absolute(base, entry.address),
                    "title": entry.title,
                    "summary": entry.summary,
                    "content_html": _html(entry, entry.text, tools) if entry.text else None,
                    "content_text": None if entry.text else entry.summary or entry.title,
                    "date_published": _stamp(entry.published, tools),
                    "date_modified": _stamp(entry.updated, tools),
                    "authors": [{"name": entry.author}] if entry.author else None,
                    "tags": list(entry.tags) or None,
                }
            )
            for entry in feed.entries
        ],
    }
    return json.dumps(_given(value), ensure_ascii=False, indent=1).encode() + b"\n"


def _given(value: dict[str, Any]) -> dict[str, Any]:
    """Leave out what isn't given."""
    return {key: item for key, item in value.items() if item is not None}


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = text
    return element


def _stamp(day: date, tools: Tools) -> str:
    """Write the beginning of a day as RFC 3339 wants it."""
    return midnight(day, tools.frame.timezone).isoformat()
