"""Markdown → sanitised HTML in fragments, with its links still symbolic.

Python-Markdown renders, nh3 cleans. What comes out is cut at every link and picture, so that each
page can put in its own relative addresses; what the text refers to is listed in its ``Body``.
"""

import functools
import hashlib
import html
import re
from typing import TYPE_CHECKING, ClassVar, Final

from msgspec import Struct, structs

from netzsite import text as words
from netzsite.markdown import lint_blocks, lint_output, lint_words
from netzsite.markdown.lint import (
    ACTORS,
    Target,
    bad_links,
    heading_place,
    pictures,
    places,
    strange,
    too_costly,
)
from netzsite.markdown.mend import mended
from netzsite.markdown.sanitiser import TAGS, sanitise
from netzsite.problems import Problem, Spot

if TYPE_CHECKING:
    from netzsite.markdown.converter import Converter

_TARGET: Final = re.compile(r'(<(a|img)(?: [^>]*?)?) (?:href|src)="([^"]*)"')
_DIRECTIVE: Final = re.compile(rf"<p>{ACTORS}</p>")
"""A directive alone in its paragraph: it is cut out like a target, and the page writes its list."""
_CUT: Final = re.compile(f"{_TARGET.pattern}|{_DIRECTIVE.pattern}")
"""Slower than ``_TARGET`` by far: no search for its first character leads it."""
_HEADING: Final = re.compile(r"<(/?)h([1-6])(?=[ >])")
_ID: Final = re.compile(r'(<[a-z][a-z0-9]*(?: [^>]*?)? id=")([^"]*")')
_LOCAL: Final = re.compile(r'(<a(?: [^>]*?)? href="#)(?!"|top")')
"""A link to something on the same page, but for its top (HTML, „select the indicated part“)."""
_TAG: Final = re.compile(r"<[^>]*>")
_PARAGRAPH: Final = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_FOOTNOTE: Final = re.compile(r"<sup(?: [^>]*)?>.*?</sup>", re.DOTALL)


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
    if first_line == 1:
        return rendered
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
    costly = too_costly(text)
    if costly is not None:
        line = text.count("\n", 0, costly) + 1
        return Problem(code="markdown-too-costly", path=path, spot=Spot(line))
    converter = _converter()
    converter.reset()
    try:
        written = converter.convert(text)
    except RecursionError:
        _converter.cache_clear()  # it keeps what it was doing, and would go on in the next text
        return Problem(code="markdown-too-costly", path=path, spot=Spot(1))
    sane = sanitise(lint_output.without_dead_ways_back(written))
    if "&" in text and (hit := words.refused(sane)):  # as a character it is refused before
        return strange(text, hit[0], path)
    clean, skips = _shift_headings(sane)
    fragments, targets = _cut(clean)
    digest = hashlib.blake2b("\0".join(fragments).encode(), digest_size=16).hexdigest()
    body = Body(digest=digest, targets=targets, excerpt=_excerpt(clean))
    spots = places(text, targets)
    problems = (
        *lint_words.slips(text, path),
        *lint_blocks.slips(converter.parser.document, text, path),
        *(
            Problem(
                code="heading-skipped",
                path=path,
                spot=heading_place(text, skip),
                facts={"heading": skip},
            )
            for skip in skips
        ),
        *lint_output.slips(text, written, TAGS, path),
        *bad_links(text, written, path),
        *pictures(targets, path, spots),
    )
    told = tuple(mended(problem, text) for problem in problems)
    return Rendered(body, Fragments(fragments), told, spots)


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
def _converter() -> "Converter":
    # It imports Markdown, which takes 50 ms, and a warm build renders nothing.
    from netzsite.markdown.converter import converter  # noqa: PLC0415

    return converter(_slugify)


def _slugify(value: str, _separator: str) -> str:
    return words.slug(html.unescape(value)) or "abschnitt"


def _shift_headings(markup: str) -> tuple[str, tuple[str, ...]]:
    """Make the shallowest heading an h2; name the headings that skip a level."""
    if "<h" not in markup:
        return markup, ()
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
    for hit in (_CUT if ACTORS in markup else _TARGET).finditer(markup):
        if hit[2] is None:
            parts.append(markup[end : hit.start()])
            end = hit.end()
            targets.append(Target(ACTORS))
            continue
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
    for hit in _PARAGRAPH.finditer(_DIRECTIVE.sub("", markup)):
        plain = html.unescape(_TAG.sub("", _FOOTNOTE.sub("", hit[1])))
        if plain.strip():
            return words.excerpt(plain, 200)
    return ""
