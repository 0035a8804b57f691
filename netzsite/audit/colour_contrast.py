"""A stylesheet's colours → the pairs of text and ground that are too faint, in both themes.

The properties of ``:root`` are the palette, once as it is and once for the dark theme. Judged are
the pairs that one rule sets together, and those that come about by inheritance: ``PAIRS``. Large
text could do with less (3:1); nothing here relies on that.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from netzsite.audit.collector import Notes
from netzsite.contrast import contrast

if TYPE_CHECKING:
    from tinycss2.ast import Node

LEAST: Final = 4.5
"""The least contrast of text, as a ratio to 1 (WCAG 2.2, 1.4.3)."""
PAIRS: Final = (
    *((text, ground) for text in ("ink", "quiet", "link") for ground in ("paper", "sheet", "tint")),
    *(("#fff", "band"), ("#fff", "foot")),
)
"""Names of the palette: a text and a ground that it stands on without one rule saying so."""
_WORDS: Final = {"white": "#ffffff", "black": "#000000"}
_HEX: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_DARK: Final = re.compile(r"prefers-color-scheme\s*:\s*dark")

Palette = dict[str, str]
Colours = dict[str, str]
"""Property → value, of one rule."""


def see(notes: Notes, style: str) -> None:
    """Note the pairs of a stylesheet that are too faint."""
    import tinycss2  # noqa: PLC0415 - not on a warm build

    rules = tuple(_rules(tinycss2.parse_stylesheet(style, skip_comments=True), "light"))
    light: Palette = {}
    dark: Palette = {}
    for theme, root, colours in rules:
        if root:
            dark |= colours
            light |= colours if theme == "light" else {}
    for name, palette in (("light", light), ("dark", dark)):
        for text, ground in dict.fromkeys((*PAIRS, *_together(rules, name))):
            _judge(notes, text, ground, palette)


def _rules(nodes: "Iterable[Node]", theme: str) -> Iterator[tuple[str, bool, Colours]]:
    """Give each rule with its theme, and whether it sets the palette; paper has no theme."""
    import tinycss2  # noqa: PLC0415 - not on a warm build

    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword == "media":
            said = tinycss2.serialize(node.prelude)
            if node.content is not None and "print" not in said:
                inner = tinycss2.parse_rule_list(node.content, skip_comments=True)
                yield from _rules(inner, "dark" if _DARK.search(said) else theme)
        elif node.type == "qualified-rule":
            root = tinycss2.serialize(node.prelude).strip() == ":root"
            yield theme, root, _colours(node, root=root)


def _colours(rule: "Node", *, root: bool) -> Colours:
    import tinycss2  # noqa: PLC0415 - not on a warm build

    found: Colours = {}
    for line in tinycss2.parse_blocks_contents(rule.content, skip_comments=True):
        if line.type != "declaration":
            continue
        value = tinycss2.serialize(line.value).strip().lower()
        if root and line.name.startswith("--"):
            found[line.name[2:]] = value
        elif line.lower_name in ("color", "background", "background-color"):
            found[line.lower_name.removesuffix("-color")] = value
    return found


def _together(rules: Iterable[tuple[str, bool, Colours]], theme: str) -> Iterator[tuple[str, str]]:
    """Give the texts and grounds that one rule sets together, for a theme."""
    for where, root, colours in rules:
        if not root and where in ("light", theme) and {"color", "background"} <= colours.keys():
            yield _name(colours["color"]), _name(colours["background"])


def _name(value: str) -> str:
    return value.removeprefix("var(--").removesuffix(")") if value.startswith("var(--") else value


def _judge(notes: Notes, text: str, ground: str, palette: Palette) -> None:
    one, other = _colour(text, palette), _colour(ground, palette)
    if one is None or other is None:
        return
    ratio = contrast(one, other)
    if ratio < LEAST:
        names = f"{text} / {ground}"
        notes.find("low-contrast", f"{one} / {other} ({names}, {ratio:.1f}:1)")


def _colour(name: str, palette: Palette) -> str | None:
    """Give a colour as ``#rrggbb``; None for what is none by itself, as ``inherit``."""
    value = palette.get(name, name)
    value = _WORDS.get(value, value)
    if not _HEX.fullmatch(value):
        return None
    return value if len(value) > len("#fff") else "#" + "".join(2 * char for char in value[1:])
