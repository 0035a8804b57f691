"""A rendered page → the facts that checks need, so that no check has to read the page again."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from netzsite import urls

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

LOADING: Final = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href",),
    "video": ("src", "poster"),
}
"""Attributes whose address a browser fetches by itself (HTML, „fetching resources“)."""
_IN_STYLE: Final = re.compile(
    r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s;]+)""", re.IGNORECASE
)
_REFRESH: Final = re.compile(r"url\s*=\s*(.*)", re.IGNORECASE)
LOADING_RELS: Final = {
    *("stylesheet", "icon", "preload", "prefetch", "preconnect", "dns-prefetch", "manifest"),
    *("modulepreload", "apple-touch-icon", "mask-icon"),
}


class PageFacts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the checks need to know of one page."""

    links: tuple[str, ...] = ()
    """Addresses inside the site that the page links to or loads, with fragments."""
    ids: tuple[str, ...] = ()
    repeated_ids: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    """Addresses of other origins that a browser would load by itself."""
    inline: tuple[str, ...] = ()
    """Scripts and event handlers written into the page."""


def read(page: bytes, here: str, base: str = "") -> PageFacts:
    """Read the facts of an HTML page at the address ``here`` of a site below the path ``base``."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - not on a warm build

    tree = LexborHTMLParser(page)
    links: dict[str, None] = {}
    foreign: dict[str, None] = {}
    inline: dict[str, None] = {}
    ids: dict[str, None] = {}
    repeated: dict[str, None] = {}
    for node in tree.css("*"):
        attributes = node.attributes
        if not attributes and node.tag not in ("script", "style"):
            continue
        for style in _styles(node):
            foreign.update(dict.fromkeys(_IN_STYLE.findall(style)))
        for name, value in attributes.items():
            if name == "id" and value:
                (repeated if value in ids else ids)[value] = None
            elif name.startswith("on") or name == "srcdoc" or _runs(name, value):
                inline[f"{name}={value}"] = None
        _inline_script(node, inline)
        for value, loads in _addresses(node):
            below = base and (value == base or value.startswith(base + "/"))
            address = urls.resolve(here, value.removeprefix(base) if below else value)
            if address is not None:
                links[address] = None
            elif loads and not value.startswith("data:"):
                foreign[value] = None
    return PageFacts(
        links=tuple(links),
        ids=tuple(ids),
        repeated_ids=tuple(repeated),
        foreign=tuple(foreign),
        inline=tuple(inline),
    )


def _styles(node: "LexborNode") -> Iterator[str]:
    """Give the style rules that an element carries."""
    if node.tag == "style":
        yield node.text()
    yield node.attributes.get("style") or ""


def _runs(name: str, value: str | None) -> bool:
    return name in ("href", "src", "action") and bool(
        re.match(r"\s*javascript:", value or "", re.IGNORECASE)
    )


def _addresses(node: "LexborNode") -> list[tuple[str, bool]]:
    """List the addresses an element names, each with whether a browser loads it by itself."""
    attributes, tag = node.attributes, str(node.tag)
    found = []
    if tag in ("a", "area"):
        if (href := attributes.get("href")) is not None:
            found.append((href, False))
    elif tag == "link":
        rels = set((attributes.get("rel") or "").lower().split())
        href = attributes.get("href")
        if href and rels & LOADING_RELS:
            found.append((href, True))
    elif tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh":
        target = _REFRESH.search(attributes.get("content") or "")
        found.append((target[1].strip("'\" ") if target else "", True))
    for name in LOADING.get(tag, ()):
        value = attributes.get(name)
        if value and name == "srcset":
            found += [(part.split()[0], True) for part in value.split(",") if part.strip()]
        elif value:
            found.append((value, True))
    return found


def _inline_script(node: "LexborNode", inline: dict[str, None]) -> None:
    if node.tag != "script" or node.attributes.get("src"):
        return
    kind = (node.attributes.get("type") or "").strip().lower()
    if not kind or "javascript" in kind or kind in ("module", "importmap", "speculationrules"):
        inline["script"] = None
