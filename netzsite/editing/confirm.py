"""The text of a record → the same text with the day and the role of a confirmation in it.

Only the two values change, or their lines are added: every other byte stays, a byte order mark,
line ends and a missing last line end included.
"""

import re
from datetime import date
from typing import Final

from netzsite.problems import Problem
from netzsite.yaml import frontmatter, nodes
from netzsite.yaml.nodes import MappingNode, Node, ScalarNode
from netzsite.yaml.scalar import in_style, scalar

ON: Final = "checked_on"
BY: Final = "checked_by"
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


class NotConfirmedError(Exception):
    """A file in which the place for the two values can't be told."""


def confirmed(path: str, data: bytes, day: date, by: str | None = None) -> bytes:
    """Set the day, and the role where one is given; raises ``NotConfirmedError``."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NotConfirmedError from None
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    if by is not None:
        text = _set(path, text, BY, by, beside=ON)
    return (mark + _set(path, text, ON, str(day), beside=BY)).encode()


def _set(path: str, text: str, key: str, value: str, *, beside: str) -> str:
    """Set one key in a text whose line ends are as they were written."""
    lines = [line for line in _LINE.findall(text) if line]
    first, last, root = _mapping(path, text, lines)
    spans = {} if root is None else {name.value: (name, node) for name, node in root.value}
    if key in spans:
        return "".join(_replaced(lines, first, *spans[key], value))
    if root is not None and root.flow_style:
        raise NotConfirmedError
    indent = " " * (root.start_mark.column if root else 0)
    at = last
    if beside in spans:  # the day stands above the role
        line = first + spans[beside][0].start_mark.line
        at = line if key == ON else first + _end_line(spans[beside][1]) + 1
    return _inserted(lines, at, f"{indent}{key}: {scalar(value)}")


def _mapping(path: str, text: str, lines: list[str]) -> tuple[int, int, MappingNode | None]:
    """Give the keys of a record, the line they count from, and the line behind them."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    first, last = 0, len(lines)
    if path.endswith(".md"):
        halves = frontmatter.split(plain, path)
        if isinstance(halves, Problem):
            raise NotConfirmedError
        first = halves.metadata_line - 1
        plain = halves.metadata
        last = first + plain.count("\n") + (not plain.endswith("\n") and bool(plain))
    node = nodes.compose(plain, path, first + 1)
    if isinstance(node, Problem):
        raise NotConfirmedError
    if node is not None and not isinstance(node, MappingNode):
        raise NotConfirmedError
    if any(line.startswith(("...", "---")) for line in lines[first:last]):
        raise NotConfirmedError
    return first, last, node


def _replaced(lines: list[str], first: int, name: Node, node: Node, value: str) -> list[str]:
    """Put a value in the place of the one that stands there, in the same quotes."""
    if not isinstance(node, ScalarNode) or node.start_mark.line != node.end_mark.line:
        raise NotConfirmedError
    if node.style in ("|", ">"):
        raise NotConfirmedError
    number = first + name.end_mark.line
    line = lines[number]
    if not node.value and not node.style:  # nothing stands behind the colon
        at = line.index(":", name.end_mark.column) + 1
        lines[number] = f"{line[:at]} {scalar(value)}{line[at:]}"
        return lines
    if node.start_mark.line != name.end_mark.line:
        raise NotConfirmedError
    start, end = node.start_mark.column, node.end_mark.column
    lines[number] = line[:start] + in_style(value, node.style) + line[end:]
    return lines


def _end_line(node: Node) -> int:
    """Name the last line of a value that stands on one."""
    if not isinstance(node, ScalarNode) or node.style in ("|", ">"):
        raise NotConfirmedError
    return int(node.end_mark.line)


def _inserted(lines: list[str], at: int, new: str) -> str:
    """Add a line before the one at ``at``, with the line ends of its neighbours."""
    ends = [line[len(line.rstrip("\r\n")) :] for line in lines]
    end = next((found for found in ends if found), "\n")
    before, behind = "".join(lines[:at]), "".join(lines[at:])
    if at and not ends[at - 1]:  # the last line of the file, without an end
        return f"{before}{end}{new}{behind}"
    return f"{before}{new}{end}{behind}"
