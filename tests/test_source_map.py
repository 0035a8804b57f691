"""Where the characters of a YAML value stand in the file, however the value is written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite.problems import Spot
from netzsite.yaml import nodes
from netzsite.yaml.nodes import MappingNode, ScalarNode
from netzsite.yaml.source_map import Origin


def read(text: str) -> tuple[str, Origin]:
    """Read the value of the one key of a text that begins at line 3 of its file."""
    node = nodes.compose(text, "x.yaml", 3)
    assert isinstance(node, MappingNode), node
    value = node.value[0][1]
    assert isinstance(value, ScalarNode)
    return value.value, Origin(value, ["---", "", *text.split("\n")], 3)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: eins HIER", 3, 9),
        ("a: eins\n  zwei HIER\n  drei", 4, 8),
        ("a: eins\n\n  zwei\n  HIER", 6, 3),
        ('a: "eins HIER"', 3, 10),
        ('a: "eins\n  \\"zwei\\" HIER"', 4, 12),
        ('a: "eins \\u0041 \\\n  HIER"', 4, 3),
        ('a: "\\x41\\tHIER"', 3, 11),
        ("a: 'geht''s HIER'", 3, 13),
        ("a: 'geht''s\n\n  HIER'", 5, 3),
        ("a: |\n  eins\n\n    zwei HIER\n  drei", 6, 10),
        ("a: |2\n    HIER", 4, 5),
        ("a: >\n  eins\n  zwei\n\n  HIER\n", 7, 3),
        ("a: >-\n\n\n  eins\n    zwei\n  HIER\n", 8, 3),
        ("a: > # Bemerkung HIER\n  eins\n  HIER\n# HIER", 5, 3),
        ("b:\n  HIER", 4, 3),
        ("a: HIER HIER", 3, 4),
    ],
)
def test_a_part_of_a_value_lies_where_it_was_written(text: str, line: int, column: int):
    value, origin = read(text)
    start = value.index("HIER")
    assert origin.spot(start, start + 4) == Spot(line, column, 4)
    in_its_line = Spot(value.count("\n", 0, start) + 1, start - value.rfind("\n", 0, start), 4)
    assert origin.placed(in_its_line) == Spot(line, column, 4)


def test_a_part_over_several_lines_is_shown_as_far_as_its_first():
    value, origin = read("a: eins\n  zwei")
    assert origin.spot(0, len(value)) == Spot(3, 4, 4)


def test_what_yaml_made_lies_behind_what_was_written():
    value, origin = read('a: "\\u00e4b\\u00e4"')
    assert value == "äbä"
    assert origin.spot(0, 1) == Spot(3, 4)
    assert origin.spot(2, 3) == Spot(3, 12)


def test_a_place_beyond_the_value_is_its_end():
    _, origin = read("a: eins")
    assert origin.spot(99, 100) == Spot(3, 8)
    assert origin.placed(Spot(9, 9)) == Spot(3, 8)


WORD = st.builds(str.__add__, st.sampled_from("abcäöü"), st.text("abä*[](){}#!,.“„-", max_size=5))


@given(st.lists(st.lists(WORD, min_size=1, max_size=4), min_size=1, max_size=6), st.data())
@settings(max_examples=150)
@pytest.mark.parametrize("style", ["|", ">", '"', "'"])
def test_every_word_is_found_again(style: str, lines: list[list[str]], data: st.DataObject):
    """Whatever the style, a word of the value lies where the very same word is in the file."""
    written = [" ".join(line) for line in lines]
    if style in "|>":
        text = f"a: {style}\n" + "\n".join(f"  {line}" for line in written) + "\n"
    else:
        text = f"a: {style}" + "\n  ".join(written) + style
    value, origin = read(text)
    number = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[number]) - 1))
    before = [word for line in lines[:number] for word in line] + lines[number][:place]
    start = 0
    for word in before:
        start = value.index(word, start) + len(word)
    word = lines[number][place]
    start = value.index(word, start)
    spot = origin.spot(start, start + len(word))
    assert spot.width == len(word)
    line = text.split("\n")[spot.line - 3]
    assert line[spot.column - 1 :].startswith(word)
    assert spot.line - 3 == number + (style in "|>")
