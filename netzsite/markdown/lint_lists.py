"""The source of a Markdown text → its lists that won't be what they look like.

Python-Markdown wants an empty line before a list and four blanks for each level, and says nothing
where they are missing: items become prose, or siblings of the item they were to be part of.
"""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from netzsite.problems import Problem, Spot

_STEP: Final = 4
_ANY: Final = re.compile(r"\n[> \t]*(?:[-*+]|\d{1,9}\.)[ \t]")
_QUOTE: Final = re.compile(r" {0,3}(?:> ?)+")
_ITEM: Final = re.compile(r"( *)([-*+]|\d{1,9}\.) +\S")
_RULE: Final = re.compile(r" *(?:[-*_] *){3,}")
_NOT_PROSE: Final = re.compile(r"\s*$|\s*(?:[-*+>#|]|\d{1,3}\.|</?[a-z])|\s{4}|.*\|.*\||\[\^")


class _Item(Struct, frozen=True, gc=False):
    """The last item of a list that has not ended."""

    indent: int
    ordered: bool

    def holds(self, indent: int) -> bool:
        """Tell whether what is indented so far comes to lie inside this item."""
        return indent // _STEP > self.indent // _STEP


def slips(text: str, path: str) -> tuple[Problem, ...]:
    """Find items below a line of prose, and what is indented too little to belong to an item."""
    if _ANY.search("\n" + text) is None:  # the search for a line's end is the quick one
        return ()
    lines = text.split("\n")
    return tuple(
        Problem(code=code, path=path, spot=Spot(number, 1, len(lines[number - 1])))
        for number, code in _slips(lines)
    )


def _slips(lines: list[str]) -> Iterator[tuple[int, str]]:
    above, quote = "", 0
    item: _Item | None = None
    told = False
    for number, whole in enumerate(lines, 1):
        if not quote and whole[:1].isalpha():  # prose, as most lines are
            item = item if above.strip() else None
            above = whole
            continue
        line = whole.expandtabs(_STEP)
        mark = _QUOTE.match(line)
        if quote != (quote := mark[0].count(">") if mark else 0):
            above, item, told = "", None, False
        line = line[mark.end() :] if mark else line
        begun = _begun(line, item)
        code = _slip(line, begun, item, above)
        if code and not told:
            yield number, code
        # Once told, the next lines belong to it, until one is right or an empty line comes.
        told = bool(line.strip()) and (bool(code) or (told and begun is None))
        item = _open(line, begun, item, above, wrong=bool(code))
        above = line


def _begun(line: str, item: _Item | None) -> _Item | None:
    """Read the item that a line begins; of numbers, only 1 begins a list: „am / 3. Oktober“."""
    hit = _ITEM.match(line)
    if hit is None or _RULE.fullmatch(line):
        return None
    ordered = hit[2][0].isdigit()
    if ordered and hit[2] != "1." and (item is None or not item.ordered):
        return None
    indent = len(hit[1])
    return _Item(indent, ordered) if item or indent < _STEP else None


def _slip(line: str, begun: _Item | None, item: _Item | None, above: str) -> str:
    """Name what is wrong with a line, if anything is."""
    indent = len(line) - len(line.lstrip())
    if item is None:
        loose = begun is not None and not _NOT_PROSE.match(above)
        return "list-without-blank-line" if loose else ""
    if not line.strip() or (begun is None and above.strip()):
        return ""
    if indent > item.indent and not item.holds(indent):
        return "list-indent"
    if begun is not None and above.strip():
        if indent // _STEP > item.indent // _STEP + 1:
            return "list-indent"
        if indent <= item.indent and begun.ordered != item.ordered:
            return "list-without-blank-line"
    return ""


def _open(
    line: str, begun: _Item | None, item: _Item | None, above: str, *, wrong: bool
) -> _Item | None:
    """Say which item is the last one after a line; None when there is no list, or it has ended."""
    if begun is not None:
        return item if wrong else begun
    ended = line.strip() and not above.strip() and item and not item.holds(_indent(line))
    return None if ended else item


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
