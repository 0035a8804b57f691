"""Listed pages → sitemap.xml (sitemaps.org 0.9); above 50,000 addresses an index of several."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from netzsite import urls
from netzsite.rendering.job import Job, Tools

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST: Final = 50_000
"""The most addresses in one file, by the protocol."""


class Sitemap(Struct, frozen=True, kw_only=True):
    """Addresses with the day of their last change."""

    pages: tuple[tuple[str, date | None], ...]


class SitemapIndex(Struct, frozen=True, kw_only=True):
    """Addresses of sitemaps."""

    sitemaps: tuple[str, ...]


def jobs(pages: Iterable[Job], most: int = MOST) -> Iterator[Job]:
    """Make the sitemap of all listed pages."""
    listed = sorted({job.address: job.updated for job in pages if job.listed}.items())
    if len(listed) <= most:
        yield Job(path="sitemap.xml", render=sitemap, args=Sitemap(pages=tuple(listed)))
        return
    names = []
    for number, start in enumerate(range(0, len(listed), most), 1):
        names.append(f"/sitemap-{number}.xml")
        part = tuple(listed[start : start + most])
        yield Job(path=f"sitemap-{number}.xml", render=sitemap, args=Sitemap(pages=part))
    yield Job(path="sitemap.xml", render=index, args=SitemapIndex(sitemaps=tuple(names)))


def sitemap(args: Sitemap, tools: Tools) -> bytes:
    """Write a sitemap."""
    root = ET.Element("urlset", xmlns=_SITEMAP)
    for address, updated in args.pages:
        entry = ET.SubElement(root, "url")
        ET.SubElement(entry, "loc").text = urls.absolute(tools.frame.base_url, address)
        if updated:
            ET.SubElement(entry, "lastmod").text = str(updated)
    return _bytes(root)


def index(args: SitemapIndex, tools: Tools) -> bytes:
    """Write an index of sitemaps."""
    root = ET.Element("sitemapindex", xmlns=_SITEMAP)
    for address in args.sitemaps:
        entry = ET.SubElement(root, "sitemap")
        ET.SubElement(entry, "loc").text = urls.absolute(tools.frame.base_url, address)
    return _bytes(root)


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
