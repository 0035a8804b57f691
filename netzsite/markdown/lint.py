"""The source of a Markdown text → what is wrong with it and where, before and after rendering.

Python-Markdown keeps no positions and says nothing of what it drops; both are found here in the
text as it was written. Knows no HTML but the addresses in it.
"""

import html
import re
from typing import Final

from msgspec import Struct

from netzsite import text as words
from netzsite import urls
from netzsite.media.medium import is_picture_name
from netzsite.problems import Problem, Spot

REFERRING: Final = ("actor", "carrier", "event", "offer", "page", "place", "post", "topic")
"""Kinds of record that a link in a text can name: ``[Jugendtreff](actor:jugendtreff)``."""

MAX_LENGTH: Final = 200_000
MAX_MARKS: Final = 1_500
MAX_NESTING: Final = 20
MAX_HEADINGS: Final = 300

SCHEMES: Final = {"http", "https", "mailto", "tel", "geo", *REFERRING}
_WRITTEN: Final = re.compile(
    r"""<(?:a|img)(?=\s)[^>]*?\s(?:href|src)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_ENTITY: Final = re.compile(r"&#(?:([0-9]{1,8})|x([0-9a-f]{1,7}));?", re.IGNORECASE)
_GERMAN_KINDS: Final = {
    "akteur": "actor",
    "angebot": "offer",
    "beitrag": "post",
    "ort": "place",
    "seite": "page",
    "termin": "event",
    "thema": "topic",
    "traeger": "carrier",
}


ACTORS: Final = ":::actors"
"""A line of a text in whose place the program writes the list of actors."""


class Target(Struct, frozen=True, gc=False):
    """What a text refers to: a link or a picture, as the editor wrote it."""

    to: str
    picture: bool = False
    alt: str = ""


def places(text: str, targets: tuple[Target, ...]) -> tuple[Spot, ...]:
    """Locate each target in the source; of equal ones, each at its own place."""
    after: dict[str, int] = {}
    found = []
    for target in targets:
        start = after.get(target.to, 0)
        at = _position(text, target.to, start)
        if at < 0:
            at = _position(text, target.to, 0)
        after[target.to] = at + len(target.to)
        found.append(_spot(text, at, len(target.to)))
    return tuple(found)


def _position(text: str, target: str, start: int) -> int:
    """Find a target as it stands in a link, else anywhere."""
    if not target:
        return text.find("]()", start)
    for before in ("](", "](<", "]: ", "<", '="'):
        at = text.find(before + target, start)
        if at >= 0:
            return at + len(before)
    return text.find(target, start)


def _spot(text: str, at: int, width: int) -> Spot:
    if at < 0:
        return Spot(1)
    start = text.rfind("\n", 0, at) + 1
    return Spot(text.count("\n", 0, at) + 1, at - start + 1, max(width, 1))


def heading_place(text: str, heading: str) -> Spot:
    """Locate a heading in the source by its words; Python-Markdown keeps no positions."""
    wanted = words.slug(heading)
    for number, line in enumerate(text.split("\n"), 1):
        written = line.lstrip("# ").partition("{")[0].strip("# ")
        if line.startswith("#") and words.slug(written) == wanted:
            return Spot(number, line.index(written) + 1, max(len(written), 1))
    return _spot(text, text.find(heading), len(heading))


def strange(text: str, character: str, path: str) -> Problem:
    """Name a character that no page may hold, and that an entity (``&#27;``) brings in."""
    at, width = 0, 1
    for hit in _ENTITY.finditer(text):
        if int(hit[1]) == ord(character) if hit[1] else int(hit[2], 16) == ord(character):
            at, width = hit.start(), len(hit[0])
            break
    facts = {"character": f"U+{ord(character):04X}"}
    return Problem(code="control-character", path=path, spot=_spot(text, at, width), facts=facts)


def bad_links(text: str, written: str, path: str) -> tuple[Problem, ...]:
    """Find links and pictures that lead nowhere a page could lead; they would vanish in silence."""
    found = []
    for hit in _WRITTEN.finditer(written):
        link = html.unescape(hit[1] or hit[2] or hit[3] or "")
        if urls.is_misleading(link):
            spot = _spot(text, _position(text, link, 0), len(link))
            facts = {"link": link}
            found.append(Problem(code="misleading-link", path=path, spot=spot, facts=facts))
        if _is_target(link):
            continue
        facts = {"link": link, **({"guess": guess} if (guess := _meant(link)) else {})}
        spot = _spot(text, _position(text, link, 0), len(link))
        found.append(Problem(code="bad-link", path=path, spot=spot, facts=facts))
    return tuple(found)


def _is_target(link: str) -> bool:
    scheme, colon, rest = link.partition(":")
    if colon and scheme in SCHEMES:
        return bool(rest)
    if colon and re.fullmatch(r"[A-Za-z][A-Za-z0-9+._-]*", scheme):
        return False
    path = link.removeprefix("../").removeprefix("../").removeprefix("../")
    return link.startswith(("/", "#")) or path.startswith("media/")


def _meant(link: str) -> str | None:
    """Guess the target behind one that can't be."""
    scheme, colon, rest = link.partition(":")
    if colon:
        kind = _GERMAN_KINDS.get(words.slug(scheme)) or words.nearest(scheme, REFERRING)
        return f"{kind}:{rest}" if kind and "/" not in rest and "(" not in rest else None
    if "@" in link:
        return f"mailto:{link}"
    if link.startswith("www."):
        return f"https://{link}"
    name = link.rpartition("/")[2]
    return f"media/{name}" if "." in name and not name.endswith(".md") else None


def german_kind(word: str) -> str | None:
    """Give the kind of record that a word can only mean: its German name, or a slip of the pen."""
    return _GERMAN_KINDS.get(words.slug(word)) or words.slip_of(word, REFERRING)


def pictures(
    targets: tuple[Target, ...], path: str, spots: tuple[Spot, ...]
) -> tuple[Problem, ...]:
    """Name pictures that lie elsewhere, or that say nothing to those who can't see them."""
    found = []
    for target, spot in zip(targets, spots, strict=True):
        if target.picture and re.match(r"(?:https?:)?//", target.to):
            code = "foreign-picture"
        elif target.picture and not is_picture_name(target.to):
            code = "not-a-picture"
        elif target.picture and target.to.startswith("/") and not target.to.startswith("/media/"):
            facts = {"link": target.to, "guess": f"media/{target.to.rpartition('/')[2]}"}
            found.append(Problem(code="bad-link", path=path, spot=spot, facts=facts))
            continue
        elif target.picture and not target.alt:
            code = "picture-without-alt"
        else:
            continue
        facts = {"picture": target.to}
        found.append(Problem(code=code, path=path, spot=spot, facts=facts))
    return tuple(found)


_NESTED: Final = re.compile(
    rf"\n(?:(?: {{4}}|\t){{{MAX_NESTING},}}|(?:> ?){{{MAX_NESTING},}}"
    rf"|[ \t]*(?:(?:[-*+]|\d{{1,9}}\.)[ \t]+){{{MAX_NESTING},}})\S"
)
_HEADINGS: Final = re.compile(r"^(?:#|=+[ \t]*$|-+[ \t]*$)", re.MULTILINE)


def too_costly(text: str) -> int | None:
    """Find where a text goes beyond what one text may cost Python-Markdown, as an offset.

    Its patterns take time that grows with the square of some marks (20,000 ``[`` take 20 s) and of
    equal headings, and nested lists recurse.
    """
    if len(text) > MAX_LENGTH:
        return MAX_LENGTH
    # The search for a line's end is quick, that for a line's beginning isn't.
    nested = _NESTED.search("\n" + text)
    if nested:
        return nested.start()
    for mark in "[<*_`&!":
        if text.count(mark) > MAX_MARKS:
            return text.index(mark)
    if text.count("\n") < MAX_HEADINGS:
        return None
    headings = [hit.start() for hit in _HEADINGS.finditer(text)]
    return headings[MAX_HEADINGS] if len(headings) > MAX_HEADINGS else None
