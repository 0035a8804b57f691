"""A text → the same text as YAML writes it on one line, in quotes only where it needs them."""

import json
from typing import Final

import yaml

from netzsite.text import one_line

_IN_FLOW: Final = frozenset(",[]{}")
"""What ends a plain value between brackets (YAML 1.2, 7.3.3)."""


def scalar(text: str, *, flow: bool = False) -> str:
    """Write a text; ``flow`` is whether it stands between brackets."""
    text = one_line(text)
    try:
        read = yaml.load(f"k: {text}\n", Loader=yaml.CBaseLoader)  # noqa: S506 - texts only
    except yaml.YAMLError:
        read = None
    plain = read == {"k": text} and text and not (flow and _IN_FLOW.intersection(text))
    return text if plain else json.dumps(text, ensure_ascii=False)


def in_style(text: str, style: str | None, *, flow: bool = False) -> str:
    """Write a text in the quotes that stand there: ``"``, ``'``, or none where that can be."""
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False) if style == '"' else scalar(text, flow=flow)


def in_flow(line: str, start: int, end: int) -> bool:
    """Tell whether a value at these offsets of its line stands between brackets."""
    before, behind = line[:start], line[end:].lstrip()
    is_open = before.count("[") + before.count("{") > before.count("]") + before.count("}")
    return is_open or behind.startswith((",", "]", "}"))
