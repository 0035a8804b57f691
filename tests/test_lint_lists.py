"""Lists that Markdown would read otherwise than they look."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from netzsite.markdown.lint_lists import slips
from netzsite.markdown.render import _converter


def told(text: str) -> list[tuple[str, int]]:
    return [(slip.code, slip.spot.line) for slip in slips(text, "x.md") if slip.spot]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- a\n  - b\n  - c\n- d", 2),
        ("- a\n\n  - b", 3),
        (" - a\n   - b", 2),
        ("1. a\n   - b", 2),
        ("1. a\n   1. b\n2. c", 2),
        ("1. a\n  2. b", 2),
        ("* a\n  + b", 2),
        ("- a\n    - b\n      - c", 3),
        ("- a\n        - b", 2),
        ("- a\n\n  mehr", 3),
        ("1. a\n\n   mehr\n\n2. b", 3),
        ("- a\n    - b\n\n      mehr", 4),
        ("> - a\n>   - b", 2),
    ],
)
def test_what_is_indented_too_little_for_an_item_is_told(text: str, line: int):
    assert told(text) == [("list-indent", line)]


def test_each_run_of_such_lines_is_told_once():
    text = "- a\n  - b\n  - c\n- d\n  - e\n\n- f\n\n  - g\n\n  - h"
    assert told(text) == [("list-indent", line) for line in (2, 5, 9, 11)]


@pytest.mark.parametrize(
    "text",
    [
        "- a\n    - b\n        - c",
        "- a\n\t- b",
        "- a\n      - b",
        "  - a\n    - b",
        "  - a\n- b",
        "- a\n\n    mehr\n\n- b",
        "- a\n\n        Programm",
        "- a\n  weiter\n- b",
        "- am\n  3. Oktober\n- b",
        "- a\n\nText\n\n- b",
        "- a\n\nText\n  eingerückt",
        "1. a\n2. b\n10. c",
        "* * *\n\n  Text",
        "- a\n\n> Zitat\n\n    - Programm",
        "    - Programm\n      - Programm",
        "",
    ],
)
def test_what_markdown_reads_as_it_looks_is_not_told(text: str):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [("1. a\n- b", 2), ("- a\n1. b", 2), ("> Dazu:\n> - a", 2), ("- a\n\nDazu:\n- b", 4)],
)
def test_another_kind_of_list_needs_its_blank_line(text: str, line: int):
    assert told(text) == [("list-without-blank-line", line)]


@st.composite
def trees(draw: st.DrawFn) -> tuple[str, int]:
    """A nested list, and its depth; each level is indented by ``step``."""
    step = draw(st.sampled_from([2, 3, 4]))
    mark = draw(st.sampled_from(["-", "*", "+"]))
    level, lines, levels = 0, [f"{mark} a"], [0]
    for _ in range(draw(st.integers(1, 6))):
        level = draw(st.integers(0, level + 1))
        lines.append(f"{' ' * (step * level)}{mark} a")
        levels.append(level)
    return "\n".join(lines), max(levels)


@given(trees())
@settings(max_examples=150)
def test_a_list_that_loses_a_level_is_always_told(tree: tuple[str, int]):
    text, depth = tree
    converter = _converter()
    converter.reset()
    page = LexborHTMLParser(converter.convert(text))
    made = max(_depth(node) for node in page.css("li"))
    assert bool(told(text)) >= (made != depth)


def _depth(node: LexborNode) -> int:
    above = node.parent
    return 0 if above is None else (above.tag == "li") + _depth(above)
