"""A Markdown text → the tree of its blocks: CommonMark's structure, the library's elements.

``structure`` finds the blocks; here each becomes what Python-Markdown makes of it, tables,
footnotes and definitions of links by the library's own processors.
"""

import itertools
import re
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import pairwise
from typing import Any, Final
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.util import ETX, STX, AtomicString, code_escape

from netzsite.markdown.converter import structure
from netzsite.markdown.converter.block import Block
from netzsite.markdown.converter.signs import DAY

_BLANK: Final = re.compile(r"\n +(?=\n)")
_TABLE_HEAD: Final = 2
"""Lines of a table that has no rows."""
_TASK: Final = re.compile(r"\[([ xX])\](?= +\S)")


class _Note(str):
    """What the library keeps as the text of a footnote: its blocks, which are known."""

    __slots__ = ("blocks",)
    blocks: list[Block]


class Blocks(BlockParser):
    """The library's block parser; finds blocks as CommonMark does."""

    text: str = ""
    """The document at hand, after the preprocessors."""
    document: Block
    """Its blocks."""

    def parseDocument(self, lines: Iterable[str]) -> "ElementTree[Any]":  # noqa: N802 - the library's
        """Parse a document. All texts of its tree are pieces of its lines."""
        self.text = "\n".join(lines)
        return super().parseDocument([self.text])

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802
        """Parse a document, or a footnote of it."""
        if isinstance(text, _Note):
            self._fill(parent, text.blocks)
            return
        self.document = structure.read(text.split("\n"))
        self._fill(parent, self.document.blocks)

    @cached_property
    def _make(self) -> dict[str, Callable[[Element, Block], None]]:
        """What makes the elements of each kind of block."""
        return {
            "p": self._text,
            "heading": self._heading,
            "rule": self._rule,
            "code": self._code,
            "fence": self._code,
            "table": self._table,
            "html": self._html,
            "quote": self._quote,
            "list": self._list,
            "note": self._note,
        }

    def _fill(self, parent: Element, blocks: list[Block]) -> None:
        make = self._make
        for block in blocks:
            make[block.kind](parent, block)

    def _text(self, parent: Element, block: Block) -> None:
        text = self._joined(block.lines)
        if text:
            SubElement(parent, "p").text = text

    def _joined(self, lines: list[str]) -> str:
        """Join the lines of a text, without the definitions of links that it begins with."""
        text = _lines(lines)
        if not text.startswith("[") or "]:" not in text:
            return text
        pattern, references = self.blockprocessors["reference"].RE, self.md.references  # type: ignore[attr-defined]
        while hit := pattern.match(text):
            title = hit[5] or hit[6]
            references.setdefault(hit[1].strip().lower(), (hit[2].lstrip("<").rstrip(">"), title))
            text = text[hit.end() :].lstrip("\n")
        return text

    def _heading(self, parent: Element, block: Block) -> None:
        SubElement(parent, block.mark).text = self._joined(block.lines).strip()

    def _rule(self, parent: Element, _block: Block) -> None:
        SubElement(parent, "hr")

    def _code(self, parent: Element, block: Block) -> None:
        text = "\n".join(block.lines)
        if block.kind == "code":
            text = text.rstrip().lstrip("\n")
        code = SubElement(SubElement(parent, "pre"), "code")
        code.text = AtomicString(code_escape(text) + "\n" if text else "")

    def _table(self, parent: Element, block: Block) -> None:
        table, text = self.blockprocessors["table"], "\n".join(block.lines)
        if table.test(parent, text):
            table.run(parent, [text])
            if len(block.lines) == _TABLE_HEAD:
                parent[-1].remove(parent[-1][-1])  # a row without a word
        else:
            SubElement(parent, "p").text = text

    def _html(self, parent: Element, block: Block) -> None:
        """Put raw HTML aside; it takes the place of what stands for it once all is written."""
        raw = "\n".join(block.lines).rstrip()
        place = self.md.htmlStash.store(raw)
        SubElement(parent, "p").text = place

    def _quote(self, parent: Element, block: Block) -> None:
        self._fill(SubElement(parent, "blockquote"), block.blocks)

    def _list(self, parent: Element, block: Block) -> None:
        ordered = block.mark in ".)"
        made = SubElement(parent, "ol" if ordered else "ul")
        if ordered and block.offset != 1:
            made.set("start", str(block.offset))
        for item in block.blocks:
            entry, inner = SubElement(made, "li"), item.blocks
            if inner and inner[0].kind == "p":
                first = inner[0].lines
                first[0] = _TASK.sub(lambda hit: "☐" if hit[1] == " " else "☑", first[0], count=1)
                if not block.loose:
                    entry.text = self._joined(first)
                    inner = inner[1:]
            self._fill(entry, inner)

    def _note(self, _parent: Element, block: Block) -> None:
        note = _Note()
        note.blocks = block.blocks
        self.blockprocessors["footnote"].footnotes.setFootnote(block.mark, note)  # type: ignore[attr-defined]


def _lines(lines: list[str]) -> str:
    """Join lines; days one below another keep their lines."""
    if len(lines) == 1:
        return lines[0]
    days = [line[:1].isdigit() and DAY.match(line) is not None for line in lines]
    if sum(days) < 2:  # noqa: PLR2004 - one alone is a part of the text
        return "\n".join(lines)
    breaks = ("  \n" if day and next_ else "\n" for day, next_ in pairwise(days))
    return "".join(itertools.chain(*zip(lines, breaks, strict=False), lines[-1:]))


class _Whitespace(NormalizeWhitespace):
    """Normalizes white space in one text: the library cuts it into lines that it joins again."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines).replace(STX, "").replace(ETX, "")
        source = source.replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
        if "\t" in source:
            source = source.expandtabs(self.md.tab_length)
        return [_BLANK.sub("\n", source)]


class _AsItStands(HtmlBlockPreprocessor):
    """Leaves HTML where it is: its blocks are found with all others."""

    def run(self, lines: list[str]) -> list[str]:
        return lines


def replace(md: Markdown) -> None:
    """Put the quicker preprocessors in the place of the library's."""
    md.preprocessors.register(_Whitespace(md), "normalize_whitespace", 30)
    md.preprocessors.register(_AsItStands(md), "html_block", 20)
