"""A slip in YAML or in its fences → the edits that could have been meant.

Whether one of them is certain is known when the file has been read with each: see
``records.recover``.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from netzsite.edits import Edit
from netzsite.problems import Problem

Lines = list[str]
IsKey = Callable[[str], bool]
"""Tells whether a word is a key, or can only be meant as one."""
Candidate = tuple[Edit, ...]

CODES: Final = frozenset(
    {
        "front-matter-missing",
        "front-matter-open",
        "yaml-bracket",
        "yaml-colon",
        "yaml-dashes",
        "yaml-indent",
        "yaml-missing-colon",
        "yaml-quote",
        "yaml-special",
        "yaml-syntax",
        "yaml-tab",
    }
)
"""Slips that keep a file from being read at all."""

_KEYED: Final = re.compile(r"\s*(?:-\s+)*(?:[^\W\d][\w-]*\s*:\s+|(?<=-\s))(?=\S)")
"""What stands in a line before its value: blanks, dashes, a key."""
_KEY_LINE: Final = re.compile(r"[^\W\d][\w-]*\s*:(\s|$)")
_KEYISH: Final = re.compile(r"[^\W\d][\w-]*\s*[:;=]")
_WORD: Final = re.compile(r"(\s*(?:-\s+)*)([^\W\d][\w-]*)(\s*[;=]\s*|\s+|:(?=\S))(?=\S)")
_REMARK: Final = re.compile(r"\s+#(?:\s.*)?$|\s+$")
_STRAIGHT: Final = re.compile(r'"([^"]*)"')
_FENCE: Final = re.compile(r"[-–—]{1,4}\s*$")
_AROUND: Final = (("„", "“"), ("“", "”"), ("„", "”"), ("»", "«"), ("'", "'"), ('"', '"'))
_NEAR: Final = 8
"""So many lines above and below say how far a line may be indented."""


def candidates(problem: Problem, lines: Lines, is_key: IsKey) -> Iterator[Candidate]:
    """List what could mend a slip; ``lines`` are those of the whole file."""
    number = problem.spot.line if problem.spot else 1
    at = problem.spot.column - 1 if problem.spot else 0
    match problem.code:
        case "yaml-tab":
            found = _without_tab(lines, number, at)
        case "yaml-colon" | "yaml-special" | "yaml-quote":
            found = _quoted(lines, number)
        case "yaml-missing-colon":
            found = _with_colon(lines, number, is_key)
        case "yaml-indent":
            found = _indented(lines, number)
        case "yaml-bracket":
            found = _closed(lines, number, at)
        case "yaml-dashes":
            found = iter([(_line(lines, number, number + 1, ()),)])
        case "front-matter-missing" | "front-matter-open":
            found = _fenced(lines, is_key, opened=problem.code == "front-matter-open")
        case _:
            found = iter(())
    for edits in found:
        yield tuple(_rooted(edits, problem.path))


def _rooted(edits: Iterable[Edit], path: str) -> Iterator[Edit]:
    for one in edits:
        yield Edit(path=path, line=one.line, column=one.column, old=one.old, new=one.new)


def _line(lines: Lines, start: int, stop: int, new: Iterable[str]) -> Edit:
    """Put whole lines in the place of those from ``start`` up to ``stop``."""
    old = "".join(f"{line}\n" for line in lines[start - 1 : stop - 1])
    return Edit(path="", line=start, old=old, new="".join(f"{line}\n" for line in new))


def _within(number: int, old: str, new: str) -> Edit:
    """Change as little of a line as makes another of it."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    return Edit(path="", line=number, column=start + 1, old=before, new=after)


def _without_tab(lines: Lines, number: int, at: int) -> Iterator[Candidate]:
    line = lines[number - 1]
    rest = line.lstrip()
    if line[:at].strip():
        yield (Edit(path="", line=number, column=at + 1, old="\t", new=" "),)
        return
    for indent in _indents(lines, number):
        yield (_within(number, line, " " * indent + rest),)


def _indented(lines: Lines, number: int) -> Iterator[Candidate]:
    line = lines[number - 1]
    rest = line.lstrip(" ")
    for indent in _indents(lines, number):
        if indent != len(line) - len(rest):
            yield (_within(number, line, " " * indent + rest),)


def _indents(lines: Lines, number: int) -> list[int]:
    """List how far a line may be indented: as those near it are, and as what follows their dash."""
    near = (*reversed(lines[max(number - 1 - _NEAR, 0) : number - 1]), *lines[number : number + 2])
    found: dict[int, None] = {}
    for line in near:
        text = line.lstrip(" ")
        if text and not text.startswith("\t"):
            indent = len(line) - len(text)
            found[indent] = None
            if text.startswith("- "):
                found[indent + 2] = None
    return list(found)


def _quoted(lines: Lines, number: int) -> Iterator[Candidate]:
    """Put a value in straight quotes; it may go on in lines below, and have begun above."""
    for first in range(number, max(number - _NEAR, 0), -1):
        hit = _KEYED.match(lines[first - 1])
        if hit:
            break
    else:
        return
    indent = len(lines[first - 1]) - len(lines[first - 1].lstrip())
    last = first
    while last < len(lines) and lines[last].strip() and _indent(lines[last]) > indent:
        last += 1
    for end in dict.fromkeys((max(first, number), last)):
        value = "\n".join(lines[first - 1 : end])[hit.end() :]
        remark = _REMARK.search(value)
        value = value[: remark.start()] if remark else value
        new = _in_quotes(value)
        if new != value:
            yield (Edit(path="", line=first, column=hit.end() + 1, old=value, new=new),)


def _in_quotes(value: str) -> str:
    """Write a value in straight quotes, and what it has of them itself in German ones."""
    for opening, closing in _AROUND:
        inside = value[1:-1]
        if value[0] == opening and value[-1] == closing and len(value) > 1:
            if opening == '"' and '"' in inside:
                break
            value = inside
            break
    else:
        if value[0] in "\"'" and value.count(value[0]) == 1:
            value = value[1:]
    value = _STRAIGHT.sub("„\\1“", value)
    return json.dumps(value, ensure_ascii=False).replace("\\n", "\n")


def _with_colon(lines: Lines, number: int, is_key: IsKey) -> Iterator[Candidate]:
    line = lines[number - 1]
    hit = _WORD.match(line)
    if hit and is_key(hit[2]):
        yield (_within(number, line, f"{hit[1]}{hit[2]}: {line[hit.end() :]}"),)


def _closed(lines: Lines, number: int, at: int) -> Iterator[Candidate]:
    line = lines[number - 1]
    sign = {"[": "]", "{": "}"}.get(line[at : at + 1])
    if sign and line[at + 1 :].strip():  # nothing inside: somebody is still writing
        remark = _REMARK.search(line)
        end = remark.start() if remark else len(line)
        yield (Edit(path="", line=number, column=end + 1, new=sign),)


def _fenced(lines: Lines, is_key: IsKey, *, opened: bool) -> Iterator[Candidate]:
    """Complete the fences of front matter."""
    if opened:
        end = next((at for at, line in enumerate(lines) if at and _is_text(line, is_key)), None)
        if end is not None and end > 1:
            yield (Edit(path="", line=end + 1, new="---\n"),)
        return
    filled = next((at for at, line in enumerate(lines) if line.strip()), 0)
    first = lines[filled]
    closed = any(_FENCE.match(line) and line.startswith("---") for line in lines[filled + 1 :])
    if not closed:
        return
    if _FENCE.match(first):
        yield (_line(lines, 1, filled + 2, ["---"]),)
    elif _KEYISH.match(first):
        yield (_line(lines, 1, filled + 1, ["---"]),)


def _is_text(line: str, is_key: IsKey) -> bool:
    """Tell where front matter must have ended: a blank line, or one that is no key's."""
    if not line.strip():
        return True
    key = line.partition(":")[0].strip()
    return not (line.startswith((" ", "- ", "#")) or (_KEY_LINE.match(line) and is_key(key)))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
