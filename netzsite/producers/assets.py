"""Stylesheet, icon, static files, the media that something refers to, robots.txt."""

from collections.abc import Iterator
from typing import ClassVar, Final

from msgspec import Struct

from netzsite.network.network import Network
from netzsite.producers import html_pages
from netzsite.rendering.job import Job, Tools

ACCENT: Final = "#0f5e5a"
"""The colour of a site that chose none."""


class StyleView(Struct, frozen=True, kw_only=True):
    """What the stylesheet and the icon take from the site."""

    template: ClassVar = "site.css"
    accent: str
    initial: str


class Robots(Struct, frozen=True, kw_only=True):
    """What robots.txt says."""

    sitemap: str


def jobs(network: Network) -> Iterator[Job]:
    """Make what pages load, and robots.txt."""
    style = StyleView(accent=network.site.accent or ACCENT, initial=initial_of(network.site.title))
    yield html_pages.page("/static/site.css", "site.css", style, listed=False)
    yield html_pages.page("/favicon.svg", "favicon.svg", style, listed=False)
    sitemap = f"{network.site.base_url}/sitemap.xml"
    yield Job(path="robots.txt", render=robots, args=Robots(sitemap=sitemap))


def initial_of(title: str) -> str:
    """Give the letter that stands for a site."""
    return next((char for char in title if char.isalnum()), "n").upper()


def robots(args: Robots, _tools: Tools) -> bytes:
    """Write robots.txt (RFC 9309): all is allowed."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {args.sitemap}\n".encode()
