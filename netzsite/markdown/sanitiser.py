"""HTML as Markdown lets it through → HTML that can harm nobody, by nh3.

Every ``id`` is made a slug, so that a text can't take one of the page's own (they have a ``_``).
The alignment of cells becomes a class, since a strict policy forbids styles.
"""

import functools
import re
from typing import Final

from netzsite import text as words
from netzsite.markdown.lint import SCHEMES

TAGS: Final = {
    *("a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "dd", "del"),
    *("dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby"),
    *("s", "samp", "section", "small", "span", "strong", "sub", "sup", "table", "tbody", "td"),
    *("tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr"),
}
_ATTRIBUTES: Final = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
    "time": {"datetime"},
    "*": {"id", "lang", "dir", "title"},
}
_CLASSES: Final = {
    "div": {"footnote"},
    "a": {"footnote-ref", "footnote-backref"},
    "sup": {"footnote-ref"},
}
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ALIGNED: Final = re.compile(r' style="text-align:\s*(left|center|right);?"')
_STYLED: Final = re.compile(r'(<t[dh](?: [^>]*?)?) style="[^"]*"')


def sanitise(markup: str) -> str:
    """Clean the HTML of one text; of equal ids, headings' are numbered and others go."""
    cleaned = _sanitiser().clean(markup)
    if "style=" in cleaned:
        cleaned = _STYLED.sub(r"\1", _ALIGNED.sub(r' class="\1"', cleaned))
    return cleaned


class _Sanitiser:
    """nh3 with our rules, made once: it would build its tables anew for every text."""

    def __init__(self) -> None:
        import nh3  # noqa: PLC0415 - not needed when nothing is rendered

        self._taken: set[str] = set()
        self._clean = nh3.Cleaner(
            tags=TAGS,
            attributes=_ATTRIBUTES,
            allowed_classes=_CLASSES,
            attribute_filter=self._keep,
            url_schemes=SCHEMES,
            filter_style_properties={"text-align"},
            link_rel=None,
        ).clean

    def clean(self, markup: str) -> str:
        self._taken.clear()
        return self._clean(markup)

    def _keep(self, tag: str, name: str, value: str) -> str | None:
        if name == "id":
            return self._free(tag, words.slug(value))
        if name == "href" and value.startswith("#"):
            return "#" + words.slug(value)
        return value

    def _free(self, tag: str, made: str) -> str | None:
        if not made:
            return None
        if made in self._taken:
            # Two headings of one text both keep an id; of others, the first does.
            if tag not in _HEADINGS:
                return None
            numbers = range(1, len(self._taken) + 2)
            made = next(name for n in numbers if (name := f"{made}-{n}") not in self._taken)
        self._taken.add(made)
        return made


@functools.cache
def _sanitiser() -> _Sanitiser:
    return _Sanitiser()
