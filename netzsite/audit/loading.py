"""Attributes of elements → what a browser fetches or runs by itself, and what a reader can go to.

Follows HTML („fetching resources“, „event handlers“), SVG 2 („linking“) and the attributes that
browsers still obey although no standard has them any more. An attribute that nobody knows is looked
at too: a handler begins with ``on``, a style may hold ``url()``, an address may run.
"""

import re
from collections.abc import Callable
from typing import Final

from netzsite.audit import styles
from netzsite.audit.collector import Notes, clean

Attributes = dict[str, str | None]

SOURCES: Final = frozenset(
    {"background", "classid", "codebase", "data", "manifest", "poster", "src"}
)
"""Attributes whose one address a browser fetches, on whatever element they stand."""
SETS: Final = frozenset({"srcset", "imagesrcset"})
SENDS: Final = frozenset({"action", "formaction", "ping", "attributionsrc"})
"""Attributes whose address learns something of the reader: forms, and what reports a click."""
LOADING_RELS: Final = frozenset(
    {
        *("apple-touch-icon", "apple-touch-startup-image", "dns-prefetch", "fluid-icon", "icon"),
        *("manifest", "mask-icon", "modulepreload", "preconnect", "prefetch", "preload"),
        *("prerender", "stylesheet"),
    }
)
"""Relations whose target a browser fetches, or whose server it calls, without being asked."""
_PICTURES: Final = frozenset({"img", "source", "image", "feimage", "input", "video", "link"})
"""Elements that may show a picture written into the page (``data:``)."""
_LEADS: Final = frozenset({"a", "area"})
_REFERS: Final = frozenset(
    {
        *("base", "script"),
        *("altglyph", "color-profile", "cursor", "feimage", "filter", "font-face-uri", "image"),
        *("lineargradient", "mpath", "pattern", "radialgradient", "textpath", "tref", "use"),
    }
)
"""Elements, nearly all of SVG, that fetch what their ``href`` names."""
_MOVING: Final = frozenset({"animate", "set"})
_STEPS: Final = frozenset({"by", "from", "to", "values"})
"""Elements of a drawing that change an attribute of another one, and where they say to what."""
QUIET: Final = frozenset(
    {
        *("abbr", "align", "alt", "aria-current", "aria-label", "class", "colspan", "content"),
        *("datetime", "dir", "height"),
        *("http-equiv", "lang", "loading", "name", "property", "rel", "role", "rowspan"),
        *("scope", "tabindex", "title", "type", "value", "width"),
    }
)
"""Attributes that load and run nothing; only to be quick."""
_CANDIDATE: Final = re.compile(r"[\s,]*(\S+?)(?:,+(?=\s|$)|\s[^,]*(?:,|$)|$)")
_REFRESH: Final = re.compile(r"\s*[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?(.*)", re.IGNORECASE | re.DOTALL)
_RUNS: Final = re.compile(r"(?:javascript|vbscript):", re.IGNORECASE)
_SCRIPT: Final = re.compile(r"\s*[^?#]*\.m?js\s*(?:[?#].*)?", re.IGNORECASE | re.DOTALL)
"""The address of a script that is read."""
_SCRIPT_TYPES: Final = ("", "module", "importmap", "speculationrules")


def see(notes: Notes, tag: str, attributes: Attributes, name: str) -> None:
    """Note what one attribute of an element loads, runs or leads to."""
    if name.startswith("data-"):  # no browser acts upon it
        return
    if attributes[name] is not None or name[:2] == "on":
        handle = _KNOWN.get(name, _other)
        handle(notes, tag, attributes, name)


def _source(notes: Notes, tag: str, attributes: Attributes, name: str) -> None:
    value = attributes[name] or ""
    notes.loads(value, data=tag in _PICTURES)
    if tag == "script" and notes.inside(value) is not None and not _SCRIPT.fullmatch(value):
        notes.find("unread-file", value)


def _set(notes: Notes, tag: str, attributes: Attributes, name: str) -> None:
    del tag
    for link in _CANDIDATE.findall(attributes[name] or ""):
        if link.strip(","):
            notes.loads(link, data=True)


def _send(notes: Notes, tag: str, attributes: Attributes, name: str) -> None:
    del tag
    for link in (attributes[name] or "").split():
        notes.loads(link)


def lead(notes: Notes, attributes: Attributes, link: str) -> None:
    """Note where a link leads that a reader may follow."""
    if attributes.get("rel") == "noreferrer" and link.startswith("https://"):
        if link.startswith(notes.own):
            notes.leads(link)
        return  # as nearly all that lead elsewhere
    outside = notes.leads(link)
    if outside and outside.startswith(("http:", "https:", "//")):
        rel = (attributes.get("rel") or "").lower().split()
        if "noreferrer" not in rel:
            notes.find("link-with-referrer", outside)


def _href(notes: Notes, tag: str, attributes: Attributes, name: str) -> None:
    link = attributes[name] or ""
    if tag in _LEADS:
        lead(notes, attributes, link)
    elif tag == "link":
        rels = set((attributes.get("rel") or "").lower().split())
        if LOADING_RELS & rels:
            notes.loads(link, data="stylesheet" not in rels)
    elif tag.lower() in _REFERS:
        notes.loads(link, data=tag in _PICTURES)
    else:
        _other(notes, tag, attributes, name)


def _style(notes: Notes, tag: str, attributes: Attributes, name: str) -> None:
    del tag
    value = attributes[name] or ""
    if notes.node is not None:  # a drawing may have styles of its own
        notes.find("inline-style", value)
    styles.see(notes, value)


def _srcdoc(notes: Notes, tag: str, attributes: Attributes, name: str) -> None:
    del tag
    notes.find("inline-script", f"{name}={attributes[name]}")


def _term(notes: Notes, tag: str, attributes: Attributes, name: str) -> None:
    """Let a feed's category be named as its editors like (RFC 4287, 4.2.2: a word, no address)."""
    if tag != "category":
        _other(notes, tag, attributes, name)


def _other(notes: Notes, tag: str, attributes: Attributes, name: str) -> None:
    value = attributes[name] or ""
    if name[:2] == "on":
        notes.find("inline-handler", f"{name}={value}")
    elif "script:" in value.lower() and _RUNS.match(clean(value)):
        notes.find("inline-script", f"{name}={value}")
    elif name in _STEPS and tag in _MOVING:
        _animate(notes, attributes, value)
    elif styles.MAY_LOAD.search(value):
        styles.see(notes, value)


def _animate(notes: Notes, attributes: Attributes, value: str) -> None:
    """Look at what an attribute of a drawing becomes in the course of time (SVG Animations 2)."""
    target = attributes.get("attributename") or attributes.get("attributeName") or ""
    for part in value.split(";"):
        if target.rpartition(":")[2] == "href":
            notes.loads(part, data=True)
        else:
            styles.see(notes, part)


_Handle = Callable[[Notes, str, Attributes, str], None]
_KNOWN: Final[dict[str, _Handle]] = {
    **dict.fromkeys(SOURCES, _source),
    **dict.fromkeys(SETS, _set),
    **dict.fromkeys(SENDS, _send),
    "href": _href,
    "xlink:href": _href,
    "style": _style,
    "srcdoc": _srcdoc,
    "term": _term,
}


def refresh(notes: Notes, attributes: Attributes) -> None:
    """Note where a page leads on by itself (HTML, „refresh state“)."""
    hit = _REFRESH.match(attributes.get("content") or "")
    notes.loads(hit[1].strip("'\" \t\n\r") if hit else "")


def runs(attributes: Attributes) -> bool:
    """Tell whether a browser would run what stands inside a script element (HTML, 4.12.1)."""
    if attributes.get("src") or attributes.get("href") or attributes.get("xlink:href"):
        return False
    kind = (attributes.get("type") or "").strip().lower()
    return kind in _SCRIPT_TYPES or "javascript" in kind or "ecmascript" in kind
