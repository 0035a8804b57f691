"""Where blocks of HTML begin and end: the seven kinds of CommonMark 0.31, section 4.6."""

import re
from typing import Final

_VERBATIM: Final = re.compile(r"<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_SIGNED: Final = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
_BLOCK: Final = re.compile(
    "</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd"
    "|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]"
    "|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup"
    "|option|p|param|search|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track"
    r"|ul)(?=\s|/?>|$)",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(
    r"(?:<[a-z][a-z0-9-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?>"
    r"|</[a-z][a-z0-9-]*\s*>)\s*$",
    re.IGNORECASE,
)


def begins(line: str, *, interrupts: bool) -> str | None:
    """Give what ends the block of HTML that begins with a line, "" for a blank line.

    ``interrupts`` says that the line stands right below text. None when no block begins.
    """
    verbatim = _VERBATIM.match(line)
    if verbatim:
        return f"</{verbatim[1].lower()}>"
    for begin, end in _SIGNED:
        if line.startswith(begin):
            return end
    if line.startswith("<!") and "A" <= line[2:3] <= "Z":
        return ">"
    if _BLOCK.match(line) or (not interrupts and _ALONE.match(line)):
        return ""
    return None


def ends(mark: str, line: str) -> bool:
    """Tell whether a line holds what ends its block."""
    return mark in line.lower() if mark.startswith("</") else mark in line
