"""The blocks of a Markdown text → those that were hardly meant as they are read.

Each is read as GitHub reads it; where another meaning is as likely, the editor is told.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from netzsite.edits import Change, Edit
from netzsite.problems import Problem, Spot

if TYPE_CHECKING:
    from netzsite.markdown.converter.block import Block

_SENTENCE: Final = re.compile(r"[.!?:,;…]\W*$")
_LONG_LINE: Final = 4
"""From so many dashes on a line below a text is one for a heading, as it is drawn."""
_SHORT: Final = 45
"""A line of so many characters ends where it was meant to; prose is wrapped later."""
_MANY: Final = 3
"""So many short lines aren't one sentence any more."""
_BREAK: Final = re.compile(r"(?:  |\\|<br ?/?>)$")
_OWN_LINE: Final = re.compile(
    r"\d{5} [A-ZÄÖÜ]|\d{1,2}(?:[.:]\d\d)? ?(?:Uhr|h)\b|\d{1,2}:\d\d\b"
    r"|(?:Tel|Fon|Fax|Mobil|E-?Mail|Web|Internet|IBAN|BIC|Wann|Wo|Ort|Zeit|Datum|Uhrzeit|Eintritt"
    r"|Kosten|Anmeldung|Kontakt|Telefon|Handy)\b ?[.:]"
)
"""What an editor puts into a line of its own: the second line of an address, a number, a time."""
_IN_HTML: Final = re.compile(
    r"^ *#{1,6} .*\S|^ *[-*+] .*\S|\*\*[^\s*][^*]*\*\*|\[[^\[\]]+\]\([^()\s]+\)"
)


def slips(document: "Block", text: str, path: str) -> tuple[Problem, ...]:
    """Find what is probably meant otherwise in the blocks of a text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(
        Problem(
            code=code,
            path=path,
            spot=_spot(lines, line, part),
            facts=_facts(code, part),
            changes=_mend(code, line, lines, path),
        )
        for code, line, part in _walk(document, lines)
    )


_Slip = tuple[str, int, str]
"""Kind, line, and the part of it, or "" for the whole."""


def _walk(parent: "Block", lines: list[str]) -> Iterator[_Slip]:
    above = None
    for block in parent.blocks:
        look = _LOOKS.get(block.kind)
        if look:
            yield from look(block, lines)
        below = above is not None and above.kind in ("quote", "table")
        if below and block.kind == "list" and lines[block.line - 2].strip("> \t\r"):
            yield "list-without-blank-line", block.line, ""
        if block.blocks:
            yield from _walk(block, lines)
        above = block


def _heading(block: "Block", lines: list[str]) -> Iterator[_Slip]:
    """Find a text above a line of dashes: a heading, or a text and a line."""
    if block.mark != "h2" or not block.offset:
        return
    dashes = lines[block.offset - 1].strip("> \t\r")
    if len(dashes) < _LONG_LINE or len(block.lines) > 1 or _SENTENCE.search(block.lines[0]):
        yield "text-above-line", block.offset, ""


def _code(block: "Block", _lines: list[str]) -> Iterator[_Slip]:
    yield "indented-code", block.line, ""


def _fence(block: "Block", _lines: list[str]) -> Iterator[_Slip]:
    if block.loose:
        yield "fence-open", block.line, ""


def _list(block: "Block", _lines: list[str]) -> Iterator[_Slip]:
    """Numbers that a reader would see changed."""
    if not block.blocks[0].mark:
        return
    numbers = [int(item.mark) for item in block.blocks]
    if len(set(numbers)) == 1:
        return
    for (before, number), item in zip(pairwise(numbers), block.blocks[1:], strict=True):
        if number != before + 1:
            yield "number-changed", item.line, ""
            return


def _text(block: "Block", _lines: list[str]) -> Iterator[_Slip]:
    """Short lines one below another, which would run together."""
    if len(block.lines) == 1:
        return
    ends = [bool(_BREAK.search(line)) for line in block.lines[:-1]]
    short = [len(line) <= _SHORT for line in block.lines]
    if any(line[:1].islower() or "<" in line or "|" in line for line in block.lines[1:]):
        return  # a sentence goes on
    many = all(short) and len(short) >= _MANY and not all(ends)
    if many or any(
        _OWN_LINE.match(line) and before and not ended
        for line, before, ended in zip(block.lines[1:], short, ends, strict=False)
    ):
        yield "single-lines", block.line, ""


def _html(block: "Block", _lines: list[str]) -> Iterator[_Slip]:
    """Markdown in a block of HTML, which shows its signs."""
    if block.mark:
        return
    for number, line in enumerate(block.lines, block.line):
        if hit := _IN_HTML.search(line):
            yield "markdown-in-html", number, hit[0].strip()
            return


_LOOKS: Final = {
    "heading": _heading,
    "code": _code,
    "fence": _fence,
    "list": _list,
    "p": _text,
    "html": _html,
}


def _spot(lines: list[str], line: int, part: str) -> Spot:
    whole = lines[line - 1] if line <= len(lines) else ""
    shown = part or whole.strip()
    return Spot(line, max(whole.find(shown), 0) + 1, max(len(shown), 1))


def _mend(code: str, line: int, lines: list[str], path: str) -> tuple[Change, ...]:
    """Put a blank line above what is at home in no quotation or list, where it must be meant.

    A list below a quotation is shown below it all the same; what ends as a sentence is no heading.
    """
    apart = code == "list-without-blank-line" or (
        code == "text-above-line" and _SENTENCE.search(lines[line - 2])
    )
    alone = lines[line - 1][:1] not in ("", " ", "\t", ">")
    return (Edit(path=path, line=line, new="\n"),) if apart and alone else ()


def _facts(code: str, part: str) -> dict[str, str]:
    return {"part": part} if code == "markdown-in-html" else {}
