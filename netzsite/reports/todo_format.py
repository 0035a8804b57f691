"""What is to be done → a table for the terminal, Markdown for a mail, values for programs."""

import json
from typing import Any

from netzsite.catalogue import Catalogue
from netzsite.reports.todo import Group, Item
from netzsite.text import visible


def table(groups: tuple[Group, ...], words: Catalogue) -> str:
    """Write a block for each actor: what, and where it stands."""
    if not groups:
        return words.report["todo_nothing"]
    blocks = []
    for group in groups:
        rows = [(_where(item), item.name, saying(item, words)) for item in group.items]
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        lines = (
            f"  {place.ljust(widths[0])}  {name.ljust(widths[1])}  {what}"
            for place, name, what in rows
        )
        blocks.append("\n".join((_title(group, words), *lines)))
    return visible_lines("\n\n".join(blocks))


def markdown(groups: tuple[Group, ...], words: Catalogue) -> str:
    """Write a list to tick off for each actor."""
    if not groups:
        return words.report["todo_nothing"]
    blocks = []
    for group in groups:
        lines = (
            f"- [ ] **{escaped(item.name)}**: {saying(item, words)} (`{_where(item)}`)"
            for item in group.items
        )
        blocks.append("\n".join((f"## {escaped(_title(group, words))}", "", *lines)))
    return visible_lines("\n\n".join(blocks))


def as_json(groups: tuple[Group, ...], words: Catalogue) -> str:
    """Write the groups as JSON, each thing with its code and its sentence."""
    value = [
        {"actor": group.id or None, "name": group.name or None, "items": _values(group, words)}
        for group in groups
    ]
    return json.dumps(value, ensure_ascii=False, indent=2)


def _values(group: Group, words: Catalogue) -> list[dict[str, Any]]:
    return [
        {
            "code": item.code.replace("_", "-"),
            "file": item.path,
            "line": item.line,
            "name": item.name,
            "day": str(item.day) if item.day else None,
            "message": saying(item, words),
        }
        for item in group.items
    ]


def saying(item: Item, words: Catalogue) -> str:
    """Say what is to be done."""
    return words.report[f"todo_{item.code}"].format(day=item.day)


def _title(group: Group, words: Catalogue) -> str:
    return f"{group.name} ({group.id})" if group.id else words.report["todo_others"]


def _where(item: Item) -> str:
    return f"{item.path}:{item.line}"


def visible_lines(text: str) -> str:
    """Show control characters, so that a terminal doesn't obey them."""
    return "\n".join(visible(line) for line in text.split("\n"))


def escaped(text: str) -> str:
    """Write a text so that Markdown shows it as it is, in a table too."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#|" else char for char in text)
