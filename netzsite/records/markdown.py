"""Markdown → sanitised HTML in fragments, with its links still symbolic.

Python-Markdown renders, nh3 cleans. What comes out is cut at every link and picture, so that each
page can put in its own relative addresses; what the text refers to is listed in its ``Body``.
Every ``id`` is made a slug, so that a text can't take one of the page's own (they have a ``_``).
"""

import functools
import hashlib
import html
import re
from typing import TYPE_CHECKING, ClassVar, Final

from msgspec import Struct, structs

from netzsite import text as words
from netzsite.problems import Problem, Spot

if TYPE_CHECKING:
    import markdown

REFERRING: Final = ("actor", "carrier", "event", "offer", "page", "place", "post", "topic")
"""Kinds of record that a link in a text can name: ``[McKiz](actor:mckiz)``."""

MAX_LENGTH: Final = 200_000
MAX_MARKS: Final = 1_500
MAX_NESTING: Final = 20
MAX_HEADINGS: Final = 300

_SCHEMES: Final = {"http", "https", "mailto", "tel", "geo", *REFERRING}
_TAGS: Final = {
    *("a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "dd", "del"),
    *("dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby"),
    *("s", "samp", "section", "small", "span", "strong", "sub", "sup", "table", "tbody", "td"),
    *("tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr"),
}
_GLOBAL: Final = {"id", "lang", "dir", "title"}
_ATTRIBUTES: Final = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
    "time": {"datetime"},
    "*": _GLOBAL,
}
_HEADING_TAGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CLASSES: Final = {
    "div": {"footnote"},
    "a": {"footnote-ref", "footnote-backref"},
    "sup": {"footnote-ref"},
}
_ALIGNED: Final = re.compile(r' style="text-align:\s*(left|center|right);?"')
_STYLED: Final = re.compile(r'(<t[dh](?: [^>]*?)?) style="[^"]*"')
_TARGET: Final = re.compile(r'(<(a|img)(?: [^>]*?)?) (?:href|src)="([^"]*)"')
_HEADING: Final = re.compile(r"<(/?)h([1-6])(?=[ >])")
_ID: Final = re.compile(r'(<[a-z][a-z0-9]*(?: [^>]*?)? id=")([^"]*")')
_LOCAL: Final = re.compile(r'(<a(?: [^>]*?)? href="#)')
_TAG: Final = re.compile(r"<[^>]*>")
_PARAGRAPH: Final = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_IMAGE: Final = re.compile(r"<img(?: [^>]*?)?>")
# A numbered list begins with 1: „am Samstag, dem / 3. Oktober“ is none.
_ITEM: Final = re.compile(r" {0,3}(?:[-*+]|1\.) +\S")
_WRITTEN: Final = re.compile(r'<(?:a|img)(?= )[^>]*? (?:href|src)="([^"]*)"')
_FOOTNOTE: Final = re.compile(r"<sup(?: [^>]*)?>.*?</sup>", re.DOTALL)
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
_NOT_PROSE: Final = re.compile(r"\s*$|\s*(?:[-*+>#|]|\d{1,3}\.|</?[a-z])|\s{4}|.*\|.*\||\[\^")


class Target(Struct, frozen=True, gc=False):
    """What a text refers to: a link or a picture, as the editor wrote it."""

    to: str
    picture: bool = False
    alt: str = ""


class Body(Struct, frozen=True, kw_only=True):
    """What is known of a rendered text without its HTML."""

    is_markdown: ClassVar[bool] = True

    digest: str
    """Names the HTML: equal digests, equal fragments."""
    targets: tuple[Target, ...] = ()
    excerpt: str = ""
    """The first paragraph as plain text, at most 200 characters."""


class Fragments(Struct, frozen=True):
    """The HTML cut before each target's attribute; one part more than there are targets."""

    parts: tuple[str, ...]


class Rendered(Struct, frozen=True):
    """A text, rendered: what is known of it, its HTML, and what is wrong with it."""

    body: Body
    fragments: Fragments
    problems: tuple[Problem, ...]
    spots: tuple[Spot, ...]
    """Where each target stands in the file."""


def render(text: str, path: str, first_line: int) -> Rendered | Problem:
    """Render a Markdown text that starts at ``first_line`` of a file; a Problem if too costly."""
    rendered = _render(text, path)
    if isinstance(rendered, Problem):
        return _lower(rendered, first_line)
    return Rendered(
        rendered.body,
        rendered.fragments,
        tuple(_lower(problem, first_line) for problem in rendered.problems),
        tuple(_below(spot, first_line) for spot in rendered.spots),
    )


def _lower(problem: Problem, first_line: int) -> Problem:
    spot = problem.spot or Spot(1)
    return structs.replace(problem, spot=_below(spot, first_line))


def _below(spot: Spot, first_line: int) -> Spot:
    return Spot(spot.line + first_line - 1, spot.column, spot.width)


def _render(text: str, path: str) -> Rendered | Problem:
    costly = _too_costly(text)
    if costly is not None:
        line = text.count("\n", 0, costly) + 1
        return Problem(code="markdown-too-costly", path=path, spot=Spot(line))
    converter = _converter()
    converter.reset()
    try:
        written = converter.convert(text)
    except RecursionError:
        return Problem(code="markdown-too-costly", path=path, spot=Spot(1))
    clean, skips = _shift_headings(_sanitise(written))
    fragments, targets = _cut(clean)
    digest = hashlib.blake2b("\0".join(fragments).encode(), digest_size=16).hexdigest()
    body = Body(digest=digest, targets=targets, excerpt=_excerpt(clean))
    spots = _places(text, targets)
    problems = (
        *_loose_lists(text, path),
        *(
            Problem(
                code="heading-skipped",
                path=path,
                spot=_heading_place(text, skip),
                facts={"heading": skip},
            )
            for skip in skips
        ),
        *_bad_links(text, written, path),
        *_pictures(targets, path, spots),
    )
    return Rendered(body, Fragments(fragments), problems, spots)


def lower_headings(markup: str, level: int) -> str:
    """Move the headings of a rendered text so that the shallowest (h2) becomes ``level``."""
    if level == 2:  # noqa: PLR2004 - what render() gives
        return markup
    down = level - 2
    return _HEADING.sub(lambda hit: f"<{hit[1]}h{min(int(hit[2]) + down, 6)}", markup)


def prefix_ids(markup: str, prefix: str) -> str:
    """Put a prefix before every id and every link to one, for several texts on one page."""
    return _LOCAL.sub(rf"\g<1>{prefix}", _ID.sub(rf"\g<1>{prefix}\g<2>", markup))


@functools.cache
def _converter() -> "markdown.Markdown":
    import markdown  # noqa: PLC0415 - 50 ms, and a warm build renders nothing
    from markdown.extensions.toc import TocExtension  # noqa: PLC0415

    toc = TocExtension(marker="", slugify=_slugify)
    return markdown.Markdown(
        extensions=["tables", "footnotes", "attr_list", "sane_lists", toc],
        extension_configs={"footnotes": {"BACKLINK_TITLE": "↩"}},
        output_format="html",
        tab_length=4,
    )


def _slugify(value: str, _separator: str) -> str:
    return words.slug(html.unescape(value)) or "abschnitt"


def _sanitise(markup: str) -> str:
    import nh3  # noqa: PLC0415 - not needed when nothing is rendered

    seen: set[str] = set()

    def keep(tag: str, name: str, value: str) -> str | None:
        if name == "id":
            made = words.slug(value) or None
            if made in seen:
                # Two headings of one text both keep an id; of others, the first does.
                made = _next_free(made, seen) if tag in _HEADING_TAGS else None
            if made:
                seen.add(made)
            return made
        if name == "href" and value.startswith("#"):
            return "#" + words.slug(value)
        return value

    cleaned = nh3.clean(
        markup,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=keep,
        url_schemes=_SCHEMES,
        filter_style_properties={"text-align"},
        link_rel=None,
    )
    if "style=" in cleaned:
        cleaned = _STYLED.sub(r"\1", _ALIGNED.sub(r' class="\1"', cleaned))
    return cleaned


def _next_free(made: str, seen: set[str]) -> str:
    return next(name for n in range(1, len(seen) + 2) if (name := f"{made}-{n}") not in seen)


def _shift_headings(markup: str) -> tuple[str, tuple[str, ...]]:
    """Make the shallowest heading an h2; name the headings that skip a level."""
    levels = [int(hit[2]) for hit in _HEADING.finditer(markup) if not hit[1]]
    if not levels:
        return markup, ()
    shift = 2 - min(levels)
    skips = []
    texts = re.findall(r"<h[1-6](?: [^>]*)?>(.*?)</h[1-6]>", markup, re.DOTALL)
    above = min(levels)
    for level, heading in zip(levels, texts, strict=False):
        if level > above + 1:
            skips.append(html.unescape(_TAG.sub("", heading)))
        above = level
    if shift:
        markup = _HEADING.sub(lambda hit: f"<{hit[1]}h{min(int(hit[2]) + shift, 6)}", markup)
    return markup, tuple(skips)


def _cut(markup: str) -> tuple[tuple[str, ...], tuple[Target, ...]]:
    parts, targets = [], []
    end = 0
    for hit in _TARGET.finditer(markup):
        parts.append(markup[end : hit.end(1)])
        end = hit.end()
        picture = hit[2] == "img"
        alt = ""
        if picture:
            tag = markup[hit.start() : markup.index(">", hit.end()) + 1]
            found = re.search(r' alt="([^"]*)"', tag)
            alt = html.unescape(found[1]) if found else ""
        targets.append(Target(html.unescape(hit[3]), picture, alt))
    return (*parts, markup[end:]), tuple(targets)


def _excerpt(markup: str) -> str:
    """Give the first paragraph that has words, without the numbers of footnotes."""
    for hit in _PARAGRAPH.finditer(markup):
        plain = html.unescape(_TAG.sub("", _FOOTNOTE.sub("", hit[1])))
        if plain.strip():
            return words.excerpt(plain, 200)
    return ""


def _places(text: str, targets: tuple[Target, ...]) -> tuple[Spot, ...]:
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


def _heading_place(text: str, heading: str) -> Spot:
    """Locate a heading in the source by its words; Python-Markdown keeps no positions."""
    wanted = words.slug(heading)
    for number, line in enumerate(text.split("\n"), 1):
        written = line.lstrip("# ").partition("{")[0].strip("# ")
        if line.startswith("#") and words.slug(written) == wanted:
            return Spot(number, line.index(written) + 1, max(len(written), 1))
    return _spot(text, text.find(heading), len(heading))


def _bad_links(text: str, written: str, path: str) -> tuple[Problem, ...]:
    """Find links and pictures that lead nowhere a page could lead; they would vanish in silence."""
    found = []
    for hit in _WRITTEN.finditer(written):
        link = html.unescape(hit[1])
        if _is_target(link):
            continue
        facts = {"link": link, **({"guess": guess} if (guess := _meant(link)) else {})}
        spot = _spot(text, _position(text, link, 0), len(link))
        found.append(Problem(code="bad-link", path=path, spot=spot, facts=facts))
    return tuple(found)


def _is_target(link: str) -> bool:
    scheme, colon, rest = link.partition(":")
    if colon and re.fullmatch(r"[A-Za-z][A-Za-z0-9+._-]*", scheme):
        return scheme in _SCHEMES and bool(rest)
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


def _loose_lists(text: str, path: str) -> tuple[Problem, ...]:
    """Find list items right below a line of prose: Markdown makes one paragraph of both."""
    found = []
    above = ""
    in_list = False
    for number, line in enumerate(text.split("\n"), 1):
        item = _ITEM.match(line) is not None
        if item and not in_list and not _NOT_PROSE.match(above):
            found.append(
                Problem(code="list-without-blank-line", path=path, spot=Spot(number, 1, len(line)))
            )
        # Once told of a list, or inside one, its next lines belong to it until a blank line.
        in_list = bool(line.strip()) and (in_list or item)
        above = line
    return tuple(found)


def _pictures(
    targets: tuple[Target, ...], path: str, spots: tuple[Spot, ...]
) -> tuple[Problem, ...]:
    found = []
    for target, spot in zip(targets, spots, strict=True):
        if target.picture and re.match(r"(?:https?:)?//", target.to):
            code = "foreign-picture"
        elif target.picture and not target.alt:
            code = "picture-without-alt"
        else:
            continue
        facts = {"picture": target.to}
        found.append(Problem(code=code, path=path, spot=spot, facts=facts))
    return tuple(found)


_NESTED: Final = re.compile(
    rf"^(?:(?: {{4}}|\t){{{MAX_NESTING},}}|(?:> ?){{{MAX_NESTING},}}"
    rf"|[ \t]*(?:(?:[-*+]|\d{{1,9}}\.)[ \t]+){{{MAX_NESTING},}})\S",
    re.MULTILINE,
)
_HEADINGS: Final = re.compile(r"^(?:#|=+[ \t]*$|-+[ \t]*$)", re.MULTILINE)


def _too_costly(text: str) -> int | None:
    """Find where a text goes beyond what one text may cost Python-Markdown, as an offset.

    Its patterns take time that grows with the square of some marks (20,000 ``[`` take 20 s) and of
    equal headings, and nested lists recurse.
    """
    if len(text) > MAX_LENGTH:
        return MAX_LENGTH
    nested = _NESTED.search(text)
    if nested:
        return nested.start()
    for mark in "[<*_`&!":
        if text.count(mark) > MAX_MARKS:
            return text.index(mark)
    headings = [hit.start() for hit in _HEADINGS.finditer(text)]
    return headings[MAX_HEADINGS] if len(headings) > MAX_HEADINGS else None
