"""What becomes of a tree before it is written, left out where the document asks nothing of it.

Each class is the library's processor and says when that has something to do.
"""

import re
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.toc import TocTreeprocessor, unique
from markdown.treeprocessors import PrettifyTreeprocessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import BLOCK_LEVEL_ELEMENTS, STX

from netzsite.markdown.converter.blocks import Blocks
from netzsite.markdown.converter.dialect import Attributes

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = frozenset(BLOCK_LEVEL_ELEMENTS)
_MARKUP: Final = re.compile(rf"[<&>{STX}]")


class _Attributes(Attributes):
    """Attribute lists: ``{#suche}``."""

    def run(self, root: Element) -> None:
        if _holds(self, "{"):
            super().run(root)


class _Unescape(UnescapeTreeprocessor):
    r"""Characters behind a backslash, which are stashed until here."""

    def run(self, root: Element) -> None:
        if _holds(self, "\\"):
            super().run(root)


class HeadingIds(TocTreeprocessor):
    """Ids of headings. The library also makes a table of contents, which nobody reads here."""

    def run(self, root: Element) -> None:
        """Give each heading an id; plain ones without the library's way over HTML."""
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        if not headings:
            return
        if _holds(self, "{", "[^") or not all(map(_is_plain, headings)):
            super().run(root)
            return
        taken: set[str] = set()
        for heading in headings:
            name = " ".join((heading.text or "").split())
            heading.set("id", unique(self.slugify(name, self.sep), taken))


class _Prettify(PrettifyTreeprocessor):
    """Line breaks between blocks; which tags are blocks is looked up in a set, not in a list."""

    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802 - the library's, called by its run
        if elem.tag in _BLOCKS and elem.tag != "pre" and len(elem):
            if elem[0].tag in _BLOCKS and not (elem.text and elem.text.strip()):
                elem.text = "\n"
            for child in elem:
                if child.tag in _BLOCKS:
                    self._prettifyETree(child)
        if not (elem.tail and elem.tail.strip()):
            elem.tail = "\n"


def replace(md: Markdown) -> None:
    """Put the processors that know when to rest in the place of the library's."""
    md.treeprocessors.register(_Prettify(md), "prettify", 10)
    md.treeprocessors.register(_Attributes(md), "attr_list", 8)
    md.treeprocessors.register(_Unescape(md), "unescape", 0)


def _is_plain(heading: Element) -> bool:
    return not len(heading) and bool(heading.text) and not _MARKUP.search(heading.text or "")


def _holds(processor: Treeprocessor, *marks: str) -> bool:
    """Tell whether the document at hand holds one of these, anywhere."""
    assert processor.md is not None
    assert isinstance(processor.md.parser, Blocks)
    text = processor.md.parser.text
    return any(mark in text for mark in marks)
