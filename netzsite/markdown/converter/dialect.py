"""What our dialect reads inside a line beyond Python-Markdown: an extension of the library.

It brings what GitHub shows and form editors write (escapes of all signs, a backslash for a line
break, words struck out, bare addresses), and keeps what only looks like Markdown: the star in
„Nachbar*innen“, and braces that hold no attributes.
"""

import re
import string
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor
from markdown.inlinepatterns import (
    DelimiterProcessor,
    InlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import (
    ETX,
    HTML_PLACEHOLDER_RE,
    INLINE_PLACEHOLDER_PREFIX,
    INLINE_PLACEHOLDER_RE,
    STX,
    AtomicString,
)

IN_WORD: Final = r"(?<=[^\W\d_])\*(?=[^\W\d_])"
"""A star between letters; it never opens or closes emphasis."""
_ATTRIBUTE: Final = (
    r"""(?:[#.][\w:-]+|(?:id|class|lang|dir|title)=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'=}]+))"""
)
_ATTRIBUTES: Final = rf"\{{:?[ ]*({_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*)[ ]*\}}"
_BREAK: Final = r"(?:  |\\)\n"
_URL: Final = rf"(?<![\w/@.])https?://[\w-]+(?:\.[\w-]+)+[^\s<{STX}]*"
_WWW: Final = rf"(?<![\w/@.-])www\.[\w-]+(?:\.[\w-]+)+[^\s<{STX}]*"
_MAIL: Final = (
    rf"(?<![\w.+/@-])([A-Za-z0-9._+-]+)(?:@|{INLINE_PLACEHOLDER_PREFIX}(\d+){ETX})"
    r"([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.[A-Za-z0-9-]*[A-Za-z0-9])(?![\w@/])"
)
"""An at sign may be escaped, and is a placeholder then."""
_END: Final = "?!.,:;*_~'\"“”„‘’»«…"
"""What stands behind an address without being part of it."""
_AT: Final = f"{STX}{ord('@')}{ETX}"


class Dialect(Extension):
    """Registers the patterns in a library of this or the quicker kind."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's
        """Put the patterns in their places."""
        md.ESCAPED_CHARS[:] = string.punctuation
        line_break = SubstituteTagInlineProcessor(_BREAK, "br")
        md.inlinePatterns.register(line_break, "linebreak", 100)
        for at, (name, pattern) in enumerate((("url", _URL), ("www", _WWW), ("mail", _MAIL))):
            md.inlinePatterns.register(_Address(pattern, md), f"bare_{name}", 88 - at)
        assert md.delimiters is not None
        delimit(md.delimiters)


class Attributes(AttrListTreeprocessor):
    """Attribute lists: braces that hold attributes and nothing else, ``{#suche lang=tr}``."""

    HEADER_RE = re.compile(rf"[ ]+{_ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{_ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{_ATTRIBUTES}")  # type: ignore[misc]


class AttributeLists(AttrListExtension):
    """The library's extension with the narrower pattern."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's
        """Put the narrower processor in its place."""
        super().extendMarkdown(md)
        md.treeprocessors.register(Attributes(md), "attr_list", 8)


def delimit(processor: DelimiterProcessor) -> None:
    """Add what is struck out, and leave stars inside words alone."""
    processor.add("~", "del", double=True)
    star = processor.delimiters["*"]
    pattern = star.boundary.pattern.replace("(?x)", "", 1)
    star.boundary = re.compile(f"(?x)(?!{IN_WORD})(?:{pattern})")


class _Address(InlineProcessor):
    """An address that stands in the text becomes a link, as on GitHub."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - as the library does
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Link the address without what ends its sentence."""
        if self.md.htmlStash.html_counter and self._is_linked(data[: m.start()]):
            return None, None, None
        if m.re.groups:
            return self._mail(m)
        shown = _without_end(m[0])
        link = Element("a", href=shown if "://" in shown[:8] else f"https://{shown}")
        link.text = AtomicString(shown)
        return link, m.start(), m.start() + len(shown)

    def _mail(self, m: re.Match[str]) -> tuple[Element | None, int | None, int | None]:
        if m[2] and self._stashed.get(m[2]) != _AT:
            return None, None, None
        shown = f"{m[1]}@{m[3]}"
        link = Element("a", href=f"mailto:{shown}")
        link.text = AtomicString(shown)
        return link, m.start(), m.end()

    @property
    def _stashed(self) -> dict[str, Element | str]:
        """What stands for each placeholder."""
        return self.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined,no-any-return]

    def _is_linked(self, before: str) -> bool:
        """Tell whether a link is open that stands there as HTML."""
        for name in reversed(INLINE_PLACEHOLDER_RE.findall(before)):
            node = self._stashed.get(name)
            hit = HTML_PLACEHOLDER_RE.fullmatch(node) if isinstance(node, str) else None
            raw = str(self.md.htmlStash.rawHtmlBlocks[int(hit[1])]).lower() if hit else ""
            if raw.startswith(("<a ", "</a")):
                return raw.startswith("<a ")
        return False


def _without_end(address: str) -> str:
    while address:
        if address[-1] in _END or (address[-1] == ")" and address.count(")") > address.count("(")):
            address = address[:-1]
        else:
            break
    return address
