"""YAML text → nodes with positions; every scalar stays the text that was written.

PyYAML's own conversion turns ``01067`` into 567 and ``9:30`` into 570, and lets a repeated key
win in silence. Composing without resolving keeps all of it visible; the schema converts.
"""

import re
from typing import Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from netzsite.problems import Problem, Spot
from netzsite.text import refused

__all__ = ["MappingNode", "Node", "ScalarNode", "SequenceNode", "compose", "is_empty", "spot"]

MAX_DEPTH: Final = 40
"""The deepest nesting: libyaml itself crashes the process somewhere above 5,000."""

_RUN: Final = re.compile(rf"(?:[-?][ \t]+){{{MAX_DEPTH}}}")
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


class _Loader(yaml.CBaseLoader):
    """libyaml's parser with no resolving at all, so that each scalar is text."""

    def resolve(self, kind: type[Node], value: object, implicit: object) -> str:  # noqa: ARG002
        """Give every node the same tag: nobody reads them."""
        return ""


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def compose(text: str, path: str, first_line: int = 1) -> Node | Problem | None:
    """Compose the one document of a text; None when it is empty.

    ``first_line`` is the line of the file that the text starts at. Anchors, aliases, tags and
    several documents are refused: nothing in a record needs them, and an alias can blow up.
    """
    too_deep = _too_deep(text)
    if too_deep:
        return Problem(code="yaml-too-deep", path=path, spot=Spot(first_line + too_deep - 1))
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return _syntax_problem(error, text, path, first_line)
    if node is None:
        return None
    if "&" in text or "!" in text:  # an alias needs its anchor
        try:
            _refuse_special(node, text, path, first_line, set())
        except _RefusedError as error:
            return error.problem
    return (_strange(node, path, first_line) if "\\" in text else None) or node


def spot(node: Node | yaml.Event, first_line: int = 1) -> Spot:
    """Give the place of a node: the first line of it."""
    start, end = node.start_mark, node.end_mark
    assert start is not None  # composed and parsed nodes always have marks
    assert end is not None
    width = end.column - start.column if start.line == end.line else 1
    return Spot(start.line + first_line, start.column + 1, max(width, 1))


def is_empty(node: Node) -> bool:
    """Tell whether a value counts as not given: nothing, ``null``, or an empty string."""
    if not isinstance(node, ScalarNode):
        return False
    return not node.value.strip() or (not node.style and node.value in _NULLS)


def _too_deep(text: str) -> int:
    """Give the line at which nesting gets too deep, or 0.

    Composing recurses in C and ends the process, so the depth is counted on the flat stream of
    events; most texts are too small for that to be needed.
    """
    run = _RUN.search(text)
    if run:
        return text.count("\n", 0, run.start()) + 1
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        if text.count("\n") < MAX_DEPTH:
            return 0
        indents = {len(line) - len(line.lstrip()) for line in text.split("\n")}
        if len(indents) <= MAX_DEPTH:
            return 0
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    return spot(event).line
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return 0  # composing stops at the same place, and tells of it
    return 0


def _refuse_special(node: Node, text: str, path: str, first_line: int, seen: set[int]) -> None:
    if id(node) in seen:
        raise _RefusedError(_special(node, path, first_line, "*"))
    seen.add(id(node))
    sign = text[node.start_mark.index : node.start_mark.index + 1]
    if sign in ("&", "!"):
        raise _RefusedError(_special(node, path, first_line, sign))
    if isinstance(node, MappingNode):
        for key, value in node.value:
            _refuse_special(key, text, path, first_line, seen)
            _refuse_special(value, text, path, first_line, seen)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            _refuse_special(item, text, path, first_line, seen)


def _strange(node: Node, path: str, first_line: int) -> Problem | None:
    r"""Find a character that an escape (``"\x1b"``) brings in, and that no file may hold."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, MappingNode):
            waiting += (part for pair in reversed(one.value) for part in reversed(pair))
        elif isinstance(one, SequenceNode):
            waiting += reversed(one.value)
        elif hit := refused(one.value):
            facts = {"character": f"U+{ord(hit[0]):04X}"}
            place = spot(one, first_line)
            return Problem(code="control-character", path=path, spot=place, facts=facts)
    return None


def _special(node: Node, path: str, first_line: int, sign: str) -> Problem:
    place = Spot(node.start_mark.line + first_line, node.start_mark.column + 1)
    return Problem(code="yaml-special", path=path, spot=place, facts={"sign": sign})


def _syntax_problem(error: yaml.YAMLError, text: str, path: str, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None)
    cause = str(getattr(error, "problem", None) or error)
    lines = text.split("\n")
    line = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark and mark.line < len(lines) else len(lines[line])
    code, line, column = _diagnose(cause, error, lines, line, column)
    facts = {"cause": cause} if code == "yaml-syntax" else {}
    if code == "yaml-special":
        facts = {"sign": lines[line][column : column + 1]}
    return Problem(code=code, path=path, spot=Spot(line + first_line, column + 1), facts=facts)


def _diagnose(  # noqa: C901, PLR0911 - a list of cases, each one line
    cause: str, error: yaml.YAMLError, lines: list[str], line: int, column: int
) -> tuple[str, int, int]:
    """Name the slip behind libyaml's words, and the place where an editor would mend it."""
    context = getattr(error, "context_mark", None)
    began = min(context.line, len(lines) - 1) if context else line
    said = str(getattr(error, "context", None) or "")
    here = lines[line]
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return "yaml-tab", line, here.index("\t")
    if "another document" in cause or here.startswith(("---", "...")):
        return "yaml-dashes", line, 0
    if "cannot start any token" in cause and here[column : column + 1] == "\t":
        return "yaml-tab", line, column
    if "quoted scalar" in said and context is not None:
        return "yaml-quote", began, context.column
    special = _special_value(lines, line)
    if special is None and began != line:
        special = _special_value(lines, began)
        line_of = began
    else:
        line_of = line
    if special is not None:
        return special[0], line_of, special[1]
    if "flow" in said:
        return "yaml-bracket", *_open_bracket(lines, line, column)
    if "mapping values are not allowed" in cause:
        return _stray_colon(lines, line, column)
    if "could not find expected ':'" in cause:
        return _no_colon(lines, began)
    if "block mapping" in said or "block collection" in said or "document start" in cause:
        return _broken_mapping(lines, line, column)
    return "yaml-syntax", line, column


_VALUE: Final = re.compile(r"(?:\s*-\s+)*(?:[^\s:#'\"][^:#]*:\s+|\s*-\s+)(?=\S)")


def _special_value(lines: list[str], line: int) -> tuple[str, int] | None:
    """Find a value that begins with a sign YAML keeps for itself."""
    hit = _VALUE.match(lines[line])
    if hit is None:
        return None
    value = lines[line][hit.end() :]
    if value[0] in "&*!@`%?|>" or value.startswith("- ") or value == "-":
        return "yaml-special", hit.end()
    closing = {"[": "]", "{": "}"}.get(value[0])
    if closing and closing in value and not value.rstrip().endswith(closing):
        return "yaml-special", hit.end()
    return None


def _open_bracket(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """Find the last bracket before a place that isn't closed there."""
    missing = 0
    for number in range(line, -1, -1):
        text = lines[number][:column] if number == line else lines[number]
        for at in range(len(text) - 1, -1, -1):
            missing += {"]": 1, "}": 1, "[": -1, "{": -1}.get(text[at], 0)
            if missing < 0:
                return number, at
    return line, column


def _stray_colon(lines: list[str], line: int, column: int) -> tuple[str, int, int]:
    """Diagnose a colon where none may stand: inside a value, or after a line without its own."""
    if ":" in lines[line][:column]:
        return "yaml-colon", line, column
    above = _line_above(lines, line)
    indent = len(lines[above]) - len(lines[above].lstrip())
    if ": " not in lines[above] and not lines[above].rstrip().endswith(":"):
        return "yaml-missing-colon", above, indent
    words_before = lines[line][:column].strip()
    if " " in words_before:
        return "yaml-colon", line, column
    return "yaml-indent", line, 0


def _no_colon(lines: list[str], line: int) -> tuple[str, int, int]:
    """Diagnose a line that is no key: a colon is missing, or it belongs to the text above."""
    above = _line_above(lines, line)
    inside = lines[above].startswith(" ") or lines[above].rstrip().endswith(("|", ">", "|-", ">-"))
    if line != above and inside and not re.match(r"[a-z_]+\b", lines[line]):
        return "yaml-indent", line, 0
    return "yaml-missing-colon", line, 0


def _broken_mapping(lines: list[str], line: int, column: int) -> tuple[str, int, int]:
    """Diagnose a mapping that can't go on: a value after a closing quote, a wrong indent."""
    if column and lines[line][:column].rstrip().endswith(("'", '"')):
        return "yaml-quote", line, column
    above = _line_above(lines, line)
    if above == 0 and lines[0].startswith(" ") and not lines[line].startswith(" "):
        return "yaml-indent", 0, 0
    if ":" not in lines[line]:
        return "yaml-missing-colon", line, column
    return "yaml-indent", line, 0


def _line_above(lines: list[str], line: int) -> int:
    above = line - 1
    while above > 0 and not lines[above].strip():
        above -= 1
    return max(above, 0)
