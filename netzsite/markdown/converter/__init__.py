"""The Python-Markdown of a process: our dialect, with the blocks that GitHub finds.

Blocks are CommonMark's (``structure``), so that a text looks on the page as on a git host and in a
form; what stands inside them is the library's: its patterns and processors, in its order, and what
``dialect`` adds. Replaced, under the library's own names, is besides work that can't matter for the
document at hand. ``tests/test_converter.py`` proves the bytes against a plain instance, or the
structure against GitHub's parser. To import this imports Markdown, which takes 50 ms.
"""

from collections.abc import Callable
from typing import Any, Final, Self

from markdown import Markdown
from markdown.extensions.toc import TocExtension

from netzsite.markdown.converter import blocks, inline, tree
from netzsite.markdown.converter.block import Block
from netzsite.markdown.converter.dialect import AttributeLists, Dialect
from netzsite.markdown.converter.serializer import to_html

__all__ = ["Converter", "converter", "stock"]

Slugify = Callable[[str, str], str]
"""Text of a heading and a separator → its id."""

_DIALECT: Final[dict[str, Any]] = {
    "extension_configs": {"footnotes": {"BACKLINK_TITLE": "↩"}},
    "output_format": "html",
    "tab_length": 4,
}


class Converter(Markdown):
    """Python-Markdown with a block parser and a serializer of its own; ``reset`` as always."""

    parser: blocks.Blocks
    output_formats = {"html": to_html}  # noqa: RUF012 - the library's attribute

    def reset(self) -> Self:
        """Forget the last document; an empty one isn't parsed at all."""
        super().reset()
        self.parser.document = Block("document")
        return self

    def build_parser(self) -> Self:
        """Build the library's parsers; the quicker block parser takes over the processors."""
        super().build_parser()
        processors = self.parser.blockprocessors
        self.parser = blocks.Blocks(self)
        self.parser.blockprocessors = processors
        for processor in processors:
            processor.parser = self.parser
        return self


class _HeadingIds(TocExtension):
    TreeProcessorClass = tree.HeadingIds


def converter(slugify: Slugify) -> Converter:
    """Make the quicker Python-Markdown; ``slugify`` gives the ids of headings."""
    md = Converter(extensions=_extensions(_HeadingIds(marker="", slugify=slugify)), **_DIALECT)
    blocks.replace(md)
    inline.replace(md)
    tree.replace(md)
    return md


def stock(slugify: Slugify) -> Markdown:
    """Make a plain Python-Markdown of the same dialect, by which the quicker one is judged."""
    return Markdown(extensions=_extensions(TocExtension(marker="", slugify=slugify)), **_DIALECT)


def _extensions(toc: TocExtension) -> list[Any]:
    return ["tables", "footnotes", AttributeLists(), "sane_lists", toc, Dialect()]
