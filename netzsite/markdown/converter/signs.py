"""The signs of Markdown's blocks at the beginning of a line: patterns, and what they leave of it.

As CommonMark 0.31 and GitHub's dialect have them; beyond these a word processor's bullets, days.
"""

import re
from typing import Final

from netzsite.markdown.converter.block import Block

CODE: Final = 4
"""So many blanks make code of what stands behind them."""
_MONTHS: Final = (
    "jan(?:uar|ner)?|feb(?:ruar|er)?|mär(?:z|)|mrz|apr(?:il)?|mai|juni?|juli?|aug(?:ust)?"
    "|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dez(?:ember)?"
)
DAY: Final = re.compile(
    rf"(?:0?[1-9]|[12]\d|3[01])\. {{0,3}}(?:(?:0?[1-9]|1[0-2])\.(?= |\d|$)|(?:{_MONTHS})\b)",
    re.IGNORECASE,
)
"""A day and its month, by name or number, at the beginning of a line."""
ITEM: Final = re.compile(r"(?:([-+*])|([0-9]{1,9})([.)]))(?: +|$)")
BULLET: Final = re.compile("([•·▪▫◦‣●○■□➢➤\uf0b7\uf0a7\uf0d8]|[–—](?= )) *(?=[^ ])")
"""What word processors put before an item; the last signs are of their symbol fonts."""
HEADING: Final = re.compile(r"(#{1,6})(?:$| +(.*))")
CLOSING: Final = re.compile(r"(?:^| +)#+ *$")
RULE: Final = re.compile(r"(?:(?:\* *){3,}|(?:_ *){3,}|(?:- *){3,})$")
UNDERLINE: Final = re.compile(r"(?:=+|-+) *$")
FENCE: Final = re.compile(r"(`{3,})[^`]*$|(~{3,})")
NOTE: Final = re.compile(r"\[\^([^\[\]]+)\]: *")
DEFINED: Final = re.compile(r"\[[^\[\]^][^\[\]]*\]: *\S+(?: +[\"'(].*)?$")
DELIMITERS: Final = re.compile(r"\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$")
_PIPE: Final = re.compile(r"(?<!\\)\|")


def inside(block: Block, line: str) -> str | None:
    """Give what a line holds for an open container; None where it doesn't go on."""
    if block.kind in ("document", "list"):
        return line
    if block.kind == "quote":
        inner = line.lstrip(" ")
        quoted = inner.startswith(">") and indent(line) < CODE
        return inner[1:].removeprefix(" ") if quoted else None
    if block.kind in ("item", "note"):
        width = block.offset if block.kind == "item" else CODE
        if not line or line.isspace():
            return ""
        return line[width:] if indent(line) >= width else None
    return None


def indent(line: str) -> int:
    """Count the blanks that a line begins with."""
    return len(line) - len(line.lstrip(" "))


def is_end(line: str, fence: str) -> bool:
    """Tell whether a line is the second fence to a first one."""
    return len(line) >= len(fence) and not line.strip(fence[0])


def cells(row: str) -> int:
    """Count the cells of a table's row."""
    row = row.strip()
    border = row.startswith("|") + (row.endswith("|") and not row.endswith("\\|") and len(row) > 1)
    return len(_PIPE.findall(row)) + 1 - border
