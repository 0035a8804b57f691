"""The words of a Markdown text → what was left over or belongs to another program.

Marks of a conflict in git, notations of other tools, damaged umlauts, notes to oneself: all of it
would be published as it stands. What stands in code is meant so.
"""

import re
from collections.abc import Iterator
from typing import Final

from netzsite.edits import Edit
from netzsite.problems import Problem, Spot

_MARKS: Final = re.compile(r"^(?:<{7} \S|>{7} \S|={7}$|\|{7} \S)", re.MULTILINE)
_SHORTCODE: Final = (
    r"(?<!\\)\[/?(?:audio|caption|contact-form|embed|gallery|playlist|video"
    r"|(?:av|et_pb|fusion|su|vc)_\w+)\b[^\[\]\n]*\](?![(\[:])"
)
_NOTATIONS: Final = tuple(
    (re.compile(pattern, re.MULTILINE | re.IGNORECASE), f"@notation_{way}")
    for pattern, way in (
        (r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}", "shortcode"),
        (_SHORTCODE, "shortcode"),
        (r"!?\[\[(?!_?toc_?\])[^\[\]\n]+\]\](?!\()", "wiki_link"),
        (r"^(?:\[TOC\]|\[\[_TOC_\]\]) *$", "toc"),
        (r"%%(?=\S)[^%\n]*%%", "comment"),
        (r"^!!!+ ?\w.*$|^> ?\[![a-z]+\].*$|^:::+(?!actors\s*$).*$", "admonition"),
        (r"(?<![=\w])==[^\s=][^=\n]*==(?![=\w])", "highlight"),
    )
)
_LEFT: Final = re.compile(r"\b(?:TODO|FIXME|XXX|TBD)\b|\blorem ipsum\b", re.IGNORECASE)
_GARBLED: Final = re.compile(
    r"(?<![^\W\d_ÃÂâ])[^\W\d_ÃÂâ]*(?:Ã[\x80-\xbf\u0152-\u0192\u2013-\u203a\u20ac\u2122]|â€[\x80-\xbf\u0152-\u0192\u2013-\u203a\u02dc\u2122œ]"
    r"|Â[\xa0-\xbf])+[^\W\d_]*"
)
"""What UTF-8 looks like when it was read as Windows-1252."""
_ROWS: Final = re.compile(r"^ *[^\s][^\t\n]*\t+\S.*(?:\n *[^\s][^\t\n]*\t+\S.*)+", re.MULTILINE)
_CODE: Final = re.compile(r"(?<!`)(`+)[^`]+\1(?!`)")

_RARE: Final = "{%=<>\tÃÂâ"
"""Signs of which most texts hold none; a single one is found quickest."""
_IN_BRACKETS: Final = re.compile(
    r"\[(?:\[|!|TOC\]|toc\]|/|audio|av_|caption|contact|embed|et_pb|fusion|gallery|playlist|su_|vc_"
    r"|video)"
)

_Mend = tuple[int, str, str]
"""Where the text begins that goes, that text, what takes its place."""
_Slip = tuple[str, int, int, dict[str, str], *tuple[_Mend, ...]]
"""Kind, where it begins and ends, facts, what mends it for certain."""


def slips(text: str, path: str) -> tuple[Problem, ...]:
    """Find what nobody meant to publish."""
    if not _is_suspect(text):
        return ()
    found = [
        *_conflicts(text),
        *_notations(text),
        *_left(text),
        *_garbled(text),
        *_tables(text),
    ]
    return tuple(
        Problem(
            code=code,
            path=path,
            spot=_spot(text, start, end),
            facts=facts,
            changes=tuple(_edit(text, path, edit) for edit in edits),
        )
        for code, start, end, facts, *edits in found
    )


def _is_suspect(text: str) -> bool:
    """Tell quickly of nearly every text that it holds nothing of what is sought."""
    return (
        any(map(text.__contains__, _RARE))
        or ("!" in text and "!!!" in text)
        or (":" in text and ":::" in text)
        or ("[" in text and _IN_BRACKETS.search(text) is not None)
        or ("X" in text and ("XXX" in text or "FIXME" in text))
        or "TODO" in text
        or "TBD" in text
        or "orem ipsum" in text
    )


def _conflicts(text: str) -> Iterator[_Slip]:
    """Find the first mark of each conflict."""
    for hit in _MARKS.finditer(text):
        if hit[0].startswith("<") or "<<<<<<<" not in text:
            yield "conflict-marks", hit.start(), _line_end(text, hit.start()), {}


def _notations(text: str) -> Iterator[_Slip]:
    source = _prose(text)
    for pattern, way in _NOTATIONS:
        for hit in pattern.finditer(source):
            facts = {"part": hit[0].strip(), "way": way}
            yield "foreign-notation", hit.start(), hit.end(), facts


def _left(text: str) -> Iterator[_Slip]:
    for hit in _LEFT.finditer(_prose(text)):
        if hit[0].isupper() or " " in hit[0]:
            yield "left-over", hit.start(), hit.end(), {"part": hit[0]}


def _garbled(text: str) -> Iterator[_Slip]:
    for hit in _GARBLED.finditer(_prose(text)):
        try:
            right = hit[0].encode("cp1252").decode()
        except UnicodeError:
            continue
        facts = {"part": hit[0], "guess": right}
        yield "garbled-letters", hit.start(), hit.end(), facts, (hit.start(), hit[0], right)


def _tables(text: str) -> Iterator[_Slip]:
    """Find several lines one below another that have cells between tabs."""
    for hit in _ROWS.finditer(text):
        mends: list[_Mend] = []
        start = hit.start()
        for row in hit[0].split("\n"):
            cells = [cell.strip() for cell in re.split("\t+", row.strip())]
            line = f"| {' | '.join(cells)} |"
            below = "" if mends else "\n" + "|---" * len(cells) + "|"
            mends.append((start, row, line + below))
            start += len(row) + 1
        yield "pasted-table", hit.start(), _line_end(text, hit.start()), {}, *mends


def _prose(text: str) -> str:
    """Blank out what is code, so that all else keeps its place."""
    return _CODE.sub(lambda hit: re.sub(r"[^\n]", " ", hit[0]), text) if "`" in text else text


def _edit(text: str, path: str, mend: _Mend) -> Edit:
    start, old, new = mend
    spot = _spot(text, start, start + len(old))
    return Edit(path=path, line=spot.line, column=spot.column, old=old, new=new)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _spot(text: str, start: int, end: int) -> Spot:
    line = text.rfind("\n", 0, start) + 1
    end = min(end, _line_end(text, start))
    return Spot(text.count("\n", 0, start) + 1, start - line + 1, max(end - start, 1))
