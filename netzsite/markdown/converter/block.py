"""A block of a Markdown text."""

from typing import Final

LEAVES: Final = frozenset({"p", "heading", "rule", "code", "fence", "table", "html"})


class Block:
    """A block: a container with blocks in it, or a leaf with its lines."""

    __slots__ = ("blocks", "kind", "line", "lines", "loose", "mark", "offset")

    def __init__(self, kind: str, mark: str = "", offset: int = 0) -> None:
        """Open a block: one of ``LEAVES``, or a document, quote, list, item or note."""
        self.kind = kind
        self.mark = mark
        """The sign of a list, an item's number, the tag of a heading, what ends a fence or HTML,
        the name of a note."""
        self.offset = offset
        """Blanks before what belongs to an item or fence; the number that a list begins with; the
        line that underlines a heading, counted from 1."""
        self.line = 0
        """Where it begins, counted from 1."""
        self.loose = False
        """Whether the texts of a list's items are paragraphs, or a fence has no second one."""
        self.blocks: list[Block] = []
        self.lines: list[str] = []
