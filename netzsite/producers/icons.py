"""The site's name and colour → its icons, what is shared of a page without a picture, the manifest.

A browser takes the drawing in SVG; these are for those that take none.
"""

import json
from collections.abc import Iterator

from msgspec import Struct

from netzsite.network.network import Network
from netzsite.producers.assets import ACCENT, initial_of
from netzsite.rendering.job import Job, Tools
from netzsite.rendering.pictures import SITE_PICTURE

ICONS = {
    "apple-touch-icon.png": (180, True),
    "static/icon-192.png": (192, False),
    "static/icon-512.png": (512, False),
    "static/icon-maskable.png": (512, True),
}
"""Path → pixels of a side, and whether the system cuts its own shape out of it."""


class SharedArgs(Struct, frozen=True, kw_only=True):
    """What is drawn for who shares a page."""

    name: str
    colour: str


class IconArgs(Struct, frozen=True, kw_only=True):
    """What an icon is drawn of; no side in pixels where one file holds several."""

    initial: str
    colour: str
    side: int = 0
    full: bool = False


class ManifestArgs(Struct, frozen=True, kw_only=True):
    """What a phone shows of a site that is kept on its first screen."""

    name: str
    language: str
    direction: str
    colour: str


def jobs(network: Network) -> Iterator[Job]:
    """Make all pictures that stand for the site."""
    site = network.site
    colour, initial = site.accent or ACCENT, initial_of(site.title)
    yield Job(
        path=SITE_PICTURE.address[1:],
        render=shared,
        args=SharedArgs(name=site.title, colour=colour),
    )
    for path, (side, full) in ICONS.items():
        args = IconArgs(initial=initial, colour=colour, side=side, full=full)
        yield Job(path=path, render=icon, args=args)
    yield Job(path="favicon.ico", render=icon, args=IconArgs(initial=initial, colour=colour))
    manifest = ManifestArgs(
        name=site.title,
        language=site.language,
        direction=network.words.direction,
        colour=colour,
    )
    yield Job(path="site.webmanifest", render=write_manifest, args=manifest)


def shared(args: SharedArgs, _tools: Tools) -> bytes:
    """Draw what is shared of a page that has no picture of its own."""
    from netzsite.media import icons  # noqa: PLC0415 - no build without changes needs it

    return icons.shared(args.name, args.colour)


def icon(args: IconArgs, _tools: Tools) -> bytes:
    """Draw an icon."""
    from netzsite.media import icons  # noqa: PLC0415 - as above

    if not args.side:
        return icons.favicon(args.initial, args.colour)
    return icons.icon(args.initial, args.colour, args.side, full=args.full)


def write_manifest(args: ManifestArgs, _tools: Tools) -> bytes:
    """Write the web app manifest (W3C); its addresses are relative to its own."""
    icons = [
        {
            "src": path,
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": "maskable" if full else "any",
        }
        for path, (side, full) in ICONS.items()
        if path.startswith("static/")
    ]
    facts = {
        "name": args.name,
        "lang": args.language,
        "dir": args.direction,
        "start_url": "./",
        "display": "browser",
        "theme_color": args.colour,
        "background_color": "#ffffff",
        "icons": icons,
    }
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()
