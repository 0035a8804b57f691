"""A problem of a Markdown text → the same with what mends it, where only one thing can be meant."""

import re
from typing import Final

from msgspec.structs import replace

from netzsite.edits import Edit
from netzsite.problems import Problem, Spot

_HEADING: Final = re.compile(r"(#{1,6})(?=\s)")
_SPACED: Final = re.compile(r"(\[[^\[\]\n]+\]) (\([^()\s]*\))")
_SWAPPED: Final = re.compile(r"\(([^()\n]+)\)\[([^\[\]\s]*)\]")
_BOLD: Final = re.compile(r"\*\*(\s*)(.+?)(\s*)\*\*")
_WORD: Final = re.compile(r"<([A-ZÄÖÜ][\wäöüß]*)>")
_FRAME: Final = re.compile(r"<iframe\b([^<>]*)>\s*</iframe>", re.IGNORECASE)
_SOURCE: Final = re.compile(r"""\bsrc=["'](https://[^"'\s<>()]+)["']""", re.IGNORECASE)
_TITLE: Final = re.compile(r"""\btitle=["']([^"'\[\]<>]*\w[^"'\[\]<>]*)["']""", re.IGNORECASE)
_ELEMENTS: Final = frozenset(
    (
        *("audio", "base", "body", "button", "canvas", "embed", "font", "form", "frame", "head"),
        *("html", "iframe", "input", "link", "map", "meta", "object", "option", "script", "select"),
        *("source", "style", "svg", "textarea", "title", "track", "video"),
    )
)
"""Elements that somebody may mean, and that are taken away."""


def mended(problem: Problem, text: str) -> Problem:
    """Add what mends a problem of a text, whose lines its place counts."""
    if problem.changes or problem.spot is None:
        return problem
    lines = text.split("\n")
    if problem.spot.line > len(lines):
        return problem
    line, spot = lines[problem.spot.line - 1], problem.spot
    match problem.code:
        case "heading-skipped":
            edit = _heading(lines, spot)
        case "markup-unread":
            edit = _markup(line, spot)
        case "not-a-picture":
            edit = _picture(line, spot)
        case "html-removed":
            edit = _word(line, spot) or _embedded(line, spot)
        case _:
            edit = None
    return replace(problem, changes=(replace(edit, path=problem.path),)) if edit else problem


def _heading(lines: list[str], spot: Spot) -> Edit | None:
    """Make a heading one level deeper than the one before it."""
    here = _HEADING.match(lines[spot.line - 1])
    before = (_HEADING.match(line) for line in reversed(lines[: spot.line - 1]))
    above = next((hit for hit in before if hit), None)
    if here is None or above is None or len(here[1]) <= len(above[1]) + 1:
        return None
    return Edit(path="", line=spot.line, old=here[1], new=above[1] + "#")


def _markup(line: str, spot: Spot) -> Edit | None:
    """Close up a link, put its brackets the right way round, take blanks out of bold words."""
    start = spot.column - 1
    part = line[start : start + spot.width]
    behind = line[start + spot.width : start + spot.width + 1]
    if hit := _SPACED.fullmatch(part):
        new = hit[1] + hit[2]
    elif hit := _SWAPPED.fullmatch(part):
        new = f"[{hit[1]}]({hit[2]})"
    elif hit := _BOLD.fullmatch(part):
        before = line[start - 1 : start] if start else ""
        lead = " " if hit[1] and before.isalnum() else ""
        end = " " if hit[3] and (behind.isalnum() or behind in ("[", "(")) else ""
        new = f"{lead}**{hit[2]}**{end}"
    else:
        return None
    return Edit(path="", line=spot.line, column=spot.column, old=part, new=new)


def _picture(line: str, spot: Spot) -> Edit | None:
    """Make a link of what can't be shown as a picture."""
    before = line[: spot.column - 1]
    at = before.rfind("![")
    said = before[at + 2 :].removesuffix("](") if before.endswith("](") else ""
    if at < 0 or not said.strip() or "]" in said:
        return None
    return Edit(path="", line=spot.line, column=at + 1, old="!", new="")


def _word(line: str, spot: Spot) -> Edit | None:
    """Show a word in pointed brackets that is no element."""
    hit = _WORD.match(line, spot.column - 1)
    if hit is None or hit[1].lower() in _ELEMENTS:
        return None
    return Edit(path="", line=spot.line, column=spot.column, old=hit[0], new=f"&lt;{hit[1]}&gt;")


def _embedded(line: str, spot: Spot) -> Edit | None:
    """Link what would be shown in a frame: a page of others, under its title."""
    hit = _FRAME.match(line, spot.column - 1)
    source = _SOURCE.search(hit[1]) if hit else None
    if hit is None or source is None:
        return None
    title = _TITLE.search(hit[1])
    new = f"[{title[1].strip()}]({source[1]})" if title else f"<{source[1]}>"
    return Edit(path="", line=spot.line, column=spot.column, old=hit[0], new=new)
