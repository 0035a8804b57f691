"""A Markdown text → the tree of its blocks, by the library's processors that it needs."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.util import ETX, STX

# What a block must hold before a processor takes it; for one that isn't named, nothing.
_MARKS: Final = {
    "indent": "    ",
    "code": "    ",
    "table": "|",
    "hashheader": "#",
    "setextheader": "\n",
    "quote": ">",
    "footnote": "]:",
    "reference": "]:",
}
_NOT_FOR_LETTERS: Final = frozenset({"empty", "indent", "code", "olist", "ulist"})
"""Processors that never take a block which begins with a letter."""
_RULE: Final = re.compile(r"([-*_]) {0,2}\1 {0,2}\1")
"""What a horizontal rule holds; its own pattern is tried at every line of every block."""
_BLANK: Final = re.compile(r"\n +(?=\n)")


class _Step(NamedTuple):
    mark: str
    test: Callable[[Element, str], bool]
    run: Callable[[Element, list[str]], bool | None]


class Blocks(BlockParser):
    """The library's block parser; each processor is only asked about blocks that could be its."""

    text: str = ""
    """The document at hand, after the preprocessors."""

    def parseDocument(self, lines: Iterable[str]) -> "ElementTree[Any]":  # noqa: N802 - the library's
        """Parse a document. All texts of its tree are pieces of its lines."""
        self.text = text = "\n".join(lines)
        ruled = _RULE.search(text) is not None
        steps = {
            name: step
            for name, step in self._known.items()
            if step.mark in text and (ruled or name != "hr")
        }
        self._steps = tuple(steps.values())
        self._steps_for_letters = tuple(
            step for name, step in steps.items() if name not in _NOT_FOR_LETTERS
        )
        return super().parseDocument([text])

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        """Give each block to the first processor that takes it."""
        while blocks:
            block = blocks[0]
            steps = self._steps_for_letters if block[:1].isalpha() else self._steps
            for mark, test, run in steps:
                if mark in block and test(parent, block) and run(parent, blocks) is not False:
                    break

    @cached_property
    def _known(self) -> dict[str, _Step]:
        """All processors in their order; read once, when all extensions have theirs in it."""
        names = {
            id(self.blockprocessors[name]): name for name in (*_MARKS, *_NOT_FOR_LETTERS, "hr")
        }
        known = {}
        for at, processor in enumerate(self.blockprocessors):
            name = names.get(id(processor), str(at))
            known[name] = _Step(_MARKS.get(name, ""), processor.test, processor.run)
        return known


class _Whitespace(NormalizeWhitespace):
    """Normalizes white space in one text: the library cuts it into lines that it joins again."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines).replace(STX, "").replace(ETX, "")
        source = source.replace("\r\n", "\n").replace("\r", "\n") + "\n\n"
        if "\t" in source:
            source = source.expandtabs(self.md.tab_length)
        return [_BLANK.sub("\n", source)]


class _HtmlBlocks(HtmlBlockPreprocessor):
    """Looks for HTML only where a tag or a numbered character could begin; the rest stays."""

    def run(self, lines: list[str]) -> list[str]:
        (source,) = lines
        if "<" not in source and "&#" not in source:
            return lines
        return super().run(lines)


def replace(md: Markdown) -> None:
    """Put the quicker preprocessors in the place of the library's."""
    md.preprocessors.register(_Whitespace(md), "normalize_whitespace", 30)
    md.preprocessors.register(_HtmlBlocks(md), "html_block", 20)
