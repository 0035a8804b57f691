"""Lines of a Markdown text → the tree of its blocks, as CommonMark and GitHub find them.

Follows the parsing strategy in the appendix of the CommonMark specification (0.31, phase 1), and
the tables and footnotes of GitHub's dialect. Beyond them it takes a word processor's bullets for
those of a list, and no day („18. November“) for the number of an item. Knows nothing of what
stands inside a line; tabs must have become blanks.
"""

from typing import Final

from netzsite.markdown.converter import html_blocks, signs
from netzsite.markdown.converter.block import LEAVES, Block

_DEEPEST: Final = 50
"""So many blocks may lie in one another; what would lie deeper is text."""
_SIGNS: Final = frozenset("#`~<-*_")
"""With one of these begins each leaf but text and indented code."""


def read(lines: list[str]) -> Block:
    """Find the blocks of a document."""
    reader = _Reader(lines)
    for number, line in enumerate(lines):
        reader.take(number, line)
    reader.end()
    return reader.document


class _Reader:
    """Reads line by line; ``_open`` leads from the document to the block that is open deepest."""

    def __init__(self, lines: list[str]) -> None:
        self.document = Block("document")
        self._open = [self.document]
        self._lines = lines
        self._number = 0
        self._after_blank = False

    def take(self, number: int, line: str) -> None:
        """Read the next line."""
        self._number = number
        if line[:1].isalpha():  # prose, as most lines are
            last = self._open[-1]
            if last.kind == "p":
                last.lines.append(line)
                return
            if last is self.document:
                self._add(Block("p")).lines.append(line)
                return
        rest, held = self._matched(line)
        if not rest or rest.isspace():
            self._blank(held)
        elif not (self._reaches(held) and self._goes_on(rest)):
            self._begin(rest, held)

    def end(self) -> None:
        """Say of code between fences that its second fence is missing."""
        last = self._open[-1]
        if last.kind == "fence":
            last.loose = True

    def _matched(self, line: str) -> tuple[str, int]:
        """Follow the open containers that go on in this line: what is left of it, how many."""
        for held, block in enumerate(self._open):
            rest = signs.inside(block, line)
            if rest is None:
                return line, held
            line = rest
        return line, len(self._open)

    def _reaches(self, held: int) -> bool:
        """Tell whether a line is in all containers of the open leaf, if one is open."""
        return held == len(self._open) - 1 and self._open[-1].kind in LEAVES

    def _blank(self, held: int) -> None:
        last = self._open[-1]
        verbatim = last.kind in ("code", "fence") or (last.kind == "html" and last.mark)
        if verbatim and self._reaches(held):
            last.lines.append("")
            return
        # An item that begins with an empty line ends with the next one.
        while held > 1 and self._open[held - 1].kind == "item" and not self._open[held - 1].blocks:
            held -= 1
        del self._open[held:]
        self._after_blank = self._open[-1].kind != "quote"

    def _goes_on(self, rest: str) -> bool:
        """Give a line to the code or HTML that is open, if it belongs there."""
        last, indent = self._open[-1], signs.indent(rest)
        if last.kind == "fence":
            if indent < signs.CODE and signs.is_end(rest.strip(), last.mark):
                self._open.pop()
            else:
                last.lines.append(rest[min(indent, last.offset) :])
        elif last.kind == "html":
            last.lines.append(rest)
            if last.mark and html_blocks.ends(last.mark, rest):
                self._open.pop()
        elif last.kind == "code" and indent >= signs.CODE:
            last.lines.append(rest[signs.CODE :])
        else:
            return False
        return True

    def _begin(self, rest: str, held: int) -> None:
        """Open what begins in a line, one inside another; the rest is text."""
        whole = self._reaches(held)
        kind = self._open[-1].kind
        while (indent := signs.indent(rest)) < signs.CODE and held <= _DEEPEST:
            rest, below = rest[indent:], whole and kind == "p"
            if below and self._turns(rest):
                return
            if rest[0] in _SIGNS and self._leaf(rest, indent, held, below=below):
                return
            inner = self._container(rest, indent, held, below=below)
            if inner is None:
                break
            rest, held, kind = inner, len(self._open), ""
            if not rest or rest.isspace():
                return
        if indent >= signs.CODE and kind != "p":
            self._add(Block("code"), held).lines.append(rest[signs.CODE :])
        elif kind == "p" or (kind == "table" and whole):
            self._open[-1].lines.append(rest.lstrip() if kind == "p" else rest)
        else:
            self._add(Block("p"), held).lines.append(rest.lstrip())

    def _turns(self, rest: str) -> bool:
        """Make a heading of the text above ``===``, or a table of its last line above ``|---|``."""
        text = self._open[-1]
        if signs.UNDERLINE.match(rest):
            if all(map(signs.DEFINED.match, text.lines)):
                return False
            text.kind, text.mark = "heading", "h1" if rest[0] == "=" else "h2"
            text.offset = self._number + 1
            self._open.pop()
            return True
        if rest[0] in "|:-" and signs.DELIMITERS.match(rest) and "|" in rest + text.lines[-1]:
            header = text.lines[-1]
            tried = any(map(signs.DELIMITERS.match, text.lines[1:]))
            if tried or signs.cells(header) != signs.cells(rest):
                return False
            text.lines.pop()
            if text.lines:
                self._add(Block("table"), len(self._open) - 1)
            else:
                text.kind = "table"
            self._open[-1].lines += (header, rest)
            return True
        return False

    def _leaf(self, rest: str, indent: int, held: int, *, below: bool) -> bool:
        """Open a heading, a rule, a fence or HTML, if one begins here."""
        if rest[0] == "#" and (heading := signs.HEADING.match(rest)):
            words = signs.CLOSING.sub("", (heading[2] or "").rstrip())
            self._add(Block("heading", f"h{len(heading[1])}"), held).lines.append(words)
            self._open.pop()
        elif rest[0] in "-*_" and signs.RULE.match(rest):
            self._add(Block("rule"), held)
            self._open.pop()
        elif rest[0] in "`~" and (fence := signs.FENCE.match(rest)):
            self._add(Block("fence", fence[1] or fence[2], indent), held)
        elif rest[0] == "<" and (end := html_blocks.begins(rest, interrupts=below)) is not None:
            self._add(Block("html", end), held).lines.append(" " * indent + rest)
            if end and html_blocks.ends(end, rest):
                self._open.pop()
        else:
            return False
        return True

    def _container(self, rest: str, indent: int, held: int, *, below: bool) -> str | None:
        """Open a quotation, an item or a footnote and give what is in it; None if none begins."""
        if rest[0] == ">":
            self._add(Block("quote"), held)
            return rest[1:].removeprefix(" ")
        if rest[0] == "[" and (note := signs.NOTE.match(rest)):
            self._add(Block("note", note[1]), held)
            return rest[note.end() :]
        item = self._item(rest, held, below=below)
        if item is None:
            return None
        mark, number, width, inner = item
        above = self._open[held - 1]
        if above.kind != "list" or above.mark != mark:
            self._add(Block("list", mark, int(number or 1)), held)
            held = len(self._open)
        self._add(Block("item", number, indent + width), held)
        return inner

    def _item(self, rest: str, held: int, *, below: bool) -> tuple[str, str, int, str] | None:
        """Read an item: its list's sign, its number, the blanks of what belongs to it, its text."""
        hit = signs.ITEM.match(rest)
        if hit is None:
            return self._bullet(rest)
        inner, number = rest[hit.end() :], hit[2]
        listed = self._open[held - 1].kind == "list"
        if number and signs.DAY.match(rest):
            return None
        if below and not listed and (not inner or (number and int(number) != 1)):
            return None  # „am / 3. Oktober“: of numbers, only a 1 ends a text
        width = hit.end()
        sign = hit.end(3) if number else 1
        if not inner or width > sign + signs.CODE:
            width = sign + 1
            inner = rest[width:]
        return hit[1] or hit[3], number or "", width, inner

    def _bullet(self, rest: str) -> tuple[str, str, int, str] | None:
        """Read an item with the sign of a word processor; a lone dash is one of speech."""
        hit = signs.BULLET.match(rest)
        if hit is None or (hit[1] in "–—" and not self._is_repeated(hit[1])):
            return None
        return hit[1], "", hit.end(), rest[hit.end() :]

    def _is_repeated(self, sign: str) -> bool:
        around = (self._lines[max(self._number - 1, 0)], *self._lines[self._number + 1 :][:1])
        return sum(line.lstrip(" >").startswith(f"{sign} ") for line in around) > (
            self._number == 0
        )

    def _add(self, block: Block, held: int = 1) -> Block:
        """Close what lies deeper than so many blocks and open one inside the last of them."""
        above = self._open[held - 1]
        if above.kind == "list" and block.kind != "item":
            held -= 1
            above = self._open[held - 1]
        del self._open[held:]
        if self._after_blank and above.blocks:
            if above.kind == "list":
                above.loose = True
            elif above.kind == "item":
                self._open[held - 2].loose = True
        self._after_blank = False
        block.line = self._number + 1
        above.blocks.append(block)
        self._open.append(block)
        return block
