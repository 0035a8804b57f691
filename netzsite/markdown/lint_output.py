"""A Markdown text and its HTML → what the renderer left standing, or the sanitiser takes away.

Both do it in silence: a film that is embedded vanishes, a footnote without a text shows its marks.
"""

import html
import re
from collections.abc import Collection, Iterator
from typing import Final

from netzsite.problems import Problem, Spot

_CODE: Final = re.compile(r"(?<!`)(`+)[^`]+\1(?!`)")
_TAG: Final = re.compile(r"<([a-zA-Z][^\s/>]*)[^>]*>?")
_HANDLER: Final = re.compile(r"\s(on[a-z]+|style(?!=\"text-align))\s*=", re.IGNORECASE)
"""What runs or dresses up an element; the alignment of cells, as Markdown writes it, stays."""
_COMMENT: Final = re.compile(r"<!--(?:.*?-->|.*)", re.DOTALL)
_MARKUP: Final = re.compile(r"(<[^>]*>)")
_VERBATIM: Final = {"<code>": "</code>", "<pre>": "</pre>"}
_NOTE: Final = re.compile(r"(?<!\\)\[\^([^\[\]\n]+)\]")
_UNREAD: Final = re.compile(
    r"(?<!\\)\[[^\[\]\n]+\] \((?:[a-z]+:|/|#|media/)[^()\s]*\)"
    r"|(?<!\\)\[[^\[\]\n]+\]\[[^\[\]\n]*\]"
    r"|\([^()\n]+\)\[(?:[a-z]+:|/|#|media/)[^\[\]\s]*\]"
    r"|(?<!\\)~~[^~\n]+~~"
    r"|^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?)?[ \t]*$"
    r"|(?<![\\\w])__(?:\s[^_\n]*|[^\s_][^_\n]*\s)__(?!\w)"
    r"|(?<![\\*])\*\*(?:[^\s*][^*\n]*\s|\s[^*\n]*[^\s*])\*\*(?!\*)",
    re.MULTILINE,
)
"""Links with a blank, a name that isn't there, or swapped brackets; words struck out; tables right
below a text; blanks in bold."""
_SIGNS: Final = ("] (", "][", ")[", "~~", "|", "__")
_UNEVEN: Final = re.compile(r"\*\*(?:[^\s*][^*\n]*+(?:(?<=\s)|\s)|\s[^*\n]*+(?<=[^\s*]))\*\*")
"""One of these is in every such mark; they are found at once, the marks by a try at each sign."""
_BACK: Final = re.compile(
    r'(?:&#160;)?<a class="footnote-backref" href="#fnref:([^"]*)"[^>]*>[^<]*</a>'
)
_DEFINED: Final = re.compile(r"^ {0,3}\[\^([^\[\]\n]+)\]:", re.MULTILINE)


def slips(text: str, written: str, tags: Collection[str], path: str) -> tuple[Problem, ...]:
    """Find what doesn't come out as it was meant; ``written`` is what the renderer made of it."""
    found = [
        *(_removed(text, written, tags) if "<" in text else ()),
        *(_notes(text, written) if "[^" in text else ()),
        *_unread(text, written),
    ]
    return tuple(
        Problem(code=code, path=path, spot=_spot(text, start, end), facts=facts)
        for code, start, end, facts in found
    )


def without_dead_ways_back(written: str) -> str:
    """Drop the way back from a footnote that nothing refers to: it would lead nowhere."""
    if "footnote-backref" not in written:
        return written
    return _BACK.sub(lambda hit: hit[0] if f'id="fnref:{hit[1]}"' in written else "", written)


_Slip = tuple[str, int, int, dict[str, str]]


def _removed(text: str, written: str, tags: Collection[str]) -> Iterator[_Slip]:
    """Find elements and handlers that are taken away; of equal ones in a line, the first."""
    lost = {_lost(hit, tags) for hit in _TAG.finditer(_COMMENT.sub("", written))} - {""}
    seen: set[tuple[str, int]] = set()
    source = _prose(text) if lost else ""
    for hit in _TAG.finditer(source):
        name, line = _lost(hit, tags), source.count("\n", 0, hit.start())
        if name in lost and (name, line) not in seen:
            seen.add((name, line))
            said = f"{hit[1]} {name.partition(' ')[2]}".strip()
            yield "html-removed", hit.start(), hit.end(), {"tag": said}


def _lost(tag: re.Match[str], tags: Collection[str]) -> str:
    """Name what of an element is taken away: the whole, or a handler („p onclick=…“)."""
    name = tag[1].lower()
    if name not in tags:
        return name
    handler = _HANDLER.search(tag[0])
    return f"{name} {handler[1].lower()}=…" if handler else ""


def _notes(text: str, written: str) -> Iterator[_Slip]:
    """Find footnotes of which a half is missing."""
    source, shown = _prose(text), _shown(written)
    for hit in _NOTE.finditer(source):
        if hit[0] in shown:
            yield "footnote-without-text", hit.start(), hit.end(), {"note": hit[1]}
    for hit in _DEFINED.finditer(source):
        if f'id="fn:{hit[1]}"' in written and f'id="fnref:{hit[1]}"' not in written:
            yield "footnote-unused", hit.start(), hit.end() - 1, {"note": hit[1]}


def _unread(text: str, written: str) -> Iterator[_Slip]:
    """Find marks that a reader would see."""
    source = _prose(text)
    maybe = any(sign in source for sign in _SIGNS) or _UNEVEN.search(source)
    found = list(_UNREAD.finditer(source)) if maybe else []
    shown = _shown(written) if found else ""
    for hit in found:
        if hit[0] in shown:
            yield "markup-unread", hit.start(), hit.end(), {"part": hit[0]}


def _prose(text: str) -> str:
    """Blank out what is shown as it was typed, so that all else keeps its place."""
    return _CODE.sub(lambda hit: re.sub(r"[^\n]", " ", hit[0]), text) if "`" in text else text


def _shown(written: str) -> str:
    """Give the words that a reader sees, but for those that are shown as they were typed."""
    parts, until = [], ""
    for part in _MARKUP.split(written):
        if until:
            until = "" if part == until else until
        elif part in _VERBATIM:
            until = _VERBATIM[part]
        elif not part.startswith("<"):
            parts.append(part)
    return html.unescape("".join(parts))


def _spot(text: str, start: int, end: int) -> Spot:
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    end = min(end, stop if stop >= 0 else len(text))
    return Spot(text.count("\n", 0, start) + 1, start - line + 1, max(end - start, 1))
