"""YAML → nodes: scalars stay text, slips are named at the place where an editor would mend them."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite.problems import Problem, Spot
from netzsite.yaml.nodes import (
    MAX_DEPTH,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    compose,
    is_empty,
    spot,
)

PATH = "offers/treff.yaml"


def plain(node: Node | Problem | None) -> object:
    """The node as plain values, a mapping as pairs, so that a repeated key shows."""
    if isinstance(node, MappingNode):
        return [(plain(key), plain(value)) for key, value in node.value]
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.value]
    assert isinstance(node, ScalarNode), node
    return node.value


@pytest.mark.parametrize(
    "written",
    [
        *("10:00", "9:30", "01067", "0261123456", "no", "off", "yes", "true", "null", "~", "1e3"),
        *("0x1F", "1_000", "2026-11-20", "2026-11-20 18:00", ".inf", "=", "Größe", "50.3"),
    ],
)
def test_a_scalar_stays_the_text_that_was_written(written: str):
    assert plain(compose(f"wert: {written}", PATH)) == [("wert", written)]
    assert plain(compose(f"- {written}", PATH)) == [written]


def test_a_repeated_key_stays_visible():
    assert plain(compose("a: 1\nb: 2\na: 3", PATH)) == [("a", "1"), ("b", "2"), ("a", "3")]


def test_the_merge_key_merges_nothing():
    assert plain(compose("<<: {a: 1}\na: 2", PATH)) == [("<<", [("a", "1")]), ("a", "2")]


@pytest.mark.parametrize("text", ["", "\n\n", "# nur ein Kommentar\n", "---\n...\n" * 0])
def test_an_empty_text_has_no_node(text: str):
    assert compose(text, PATH) is None


@pytest.mark.parametrize(
    ("text", "first_line", "expected"),
    [
        ("name: Treff", 1, Spot(1, 7, 5)),
        ("name: Treff", 12, Spot(12, 7, 5)),
        ("a: 1\nname:   'Groß'  # x", 1, Spot(2, 9, 6)),
        ("name: |\n  zwei\n  Zeilen\n", 3, Spot(3, 7, 1)),
        ("name:", 1, Spot(1, 6, 1)),
        ("größe: Ä", 1, Spot(1, 8, 1)),
    ],
)
def test_a_node_knows_its_place(text: str, first_line: int, expected: Spot):
    node = compose(text, PATH, first_line)
    assert isinstance(node, MappingNode)
    assert spot(node.value[-1][1], first_line) == expected


@pytest.mark.parametrize(
    ("written", "empty"),
    [
        ("", True),
        ("''", True),
        ('"  "', True),
        ("|\n  \n", True),
        ("'null'", False),
        ("nein", False),
        ("0", False),
        ("[]", False),
        ("{}", False),
    ],
)
def test_what_counts_as_not_given(written: str, empty: bool):
    node = compose(f"a: {written}", PATH)
    assert isinstance(node, MappingNode)
    assert is_empty(node.value[0][1]) is empty


@pytest.mark.parametrize("null", ["~", "null", "Null", "NULL"])
def test_a_null_counts_as_not_given(null: str):
    node = compose(f"a: {null}", PATH)
    assert isinstance(node, MappingNode)
    assert is_empty(node.value[0][1])


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        # tabs
        ("a:\n\tb: 1", "yaml-tab", (2, 1)),
        ("a:\n  - 1\n\t- 2", "yaml-tab", (3, 1)),
        ("a:\t\tb\n\t c: d", "yaml-tab", (2, 1)),
        # colons
        ("title: Fest: Programm", "yaml-colon", (1, 12)),
        ("title:A", None, None),
        ("title:A\ndate: 2026-11-20", "yaml-missing-colon", (1, 1)),
        ("title: A\ndate 2026-11-20\nb: 1", "yaml-missing-colon", (2, 1)),
        ("title: A\ndate 2026-11-20", "yaml-missing-colon", (2, 1)),
        ("a:\n  b 1\n  c: 2", "yaml-missing-colon", (2, 3)),
        ("title: A\n\n\nnoch was", "yaml-missing-colon", (4, 1)),
        # indents
        ("title: A\n  date: 2026-11-20", "yaml-indent", (2, 1)),
        ("a:\n    b: 1\n  c: 2", "yaml-indent", (3, 1)),
        ("a:\n  b: 1\n c: 2", "yaml-indent", (3, 1)),
        # quotes
        ('title: "Das Fest', "yaml-quote", (1, 8)),
        ('title: "Das Fest\nb: 1\n', "yaml-quote", (1, 8)),
        ('title: "Das "Fest" am Rhein"', "yaml-quote", (1, 14)),
        ("title: 'Oma's Kuchen'", "yaml-quote", (1, 13)),
        ('title: "a\\qb"', "yaml-quote", (1, 8)),
        ("title: `Fest`", "yaml-special", (1, 8)),
        ("title: @fest", "yaml-special", (1, 8)),
        ("title: %fest", "yaml-special", (1, 8)),
        # what records don't need
        ("a: &x 1\nb: *x", "yaml-special", (1, 4)),
        ("a: *x", "yaml-special", (1, 4)),
        ("a: * Hinweis", "yaml-special", (1, 4)),
        ("a: & Co", "yaml-special", (1, 4)),
        ("a: !!python/object:os.system x", "yaml-special", (1, 4)),
        ("a: !Achtung", "yaml-special", (1, 4)),
        ("- &x [1]\n- 2", "yaml-special", (1, 3)),
        ("&x a: 1", "yaml-special", (1, 1)),
        ("a: [!t 1]", "yaml-special", (1, 5)),
        ("title: Das Fest\n  am Rhein: Programm", "yaml-colon", (2, 11)),
        ("text: |\n  Zeile\nWeiter ohne Einzug\nb: 1", "yaml-indent", (3, 1)),
        (" a: 1\nb: 2", "yaml-indent", (1, 1)),
        ("a: x\nb: \t@c", "yaml-special", None),
        ("title: [Fest] am Rhein", "yaml-special", (1, 8)),
        ("title: {Fest} am Rhein\nb: 1", "yaml-special", (1, 8)),
        # brackets and fences
        ("a: 1\nb: [1, 2", "yaml-bracket", (2, 4)),
        ("a: {b: 1\nc: 2", "yaml-bracket", (1, 4)),
        ("a: 1\n---\nb: 2", "yaml-dashes", (2, 1)),
        # the rest, in libyaml's words
        ("a: ]", "yaml-syntax", (1, 4)),
        ("%YAML 9.9\n---\na: 1", "yaml-syntax", None),
    ],
)
def test_a_slip_is_named_where_an_editor_mends_it(
    text: str, code: str | None, place: tuple[int, int] | None
):
    found = compose(text, PATH, 5)
    if code is None:
        assert isinstance(found, ScalarNode)
        return
    assert isinstance(found, Problem), plain(found)
    assert found.path == PATH
    assert found.code == code
    if place:
        line, column = place
        assert (found.spot.line, found.spot.column) == (line + 4, column)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a: &x 1", "&"),
        ("a: *x", "*"),
        ("a: !x 1", "!"),
        ("a: & b", "&"),
        ("a: * b", "*"),
    ],
)
def test_a_special_sign_is_quoted(text: str, sign: str):
    found = compose(text, PATH)
    assert isinstance(found, Problem)
    assert found.facts == {"sign": sign}


def test_an_alias_cannot_blow_up():
    text = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}, *{old}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    found = compose(text, PATH)
    assert isinstance(found, Problem)
    assert found.code == "yaml-special"


def test_libyamls_own_words_are_kept_where_nothing_better_is_known():
    found = compose("a: ]", PATH)
    assert isinstance(found, Problem)
    assert "expected" in found.facts["cause"]


DEEP = MAX_DEPTH + 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[" * 100_000, 1),
        ("a: 1\nb: " + "[" * DEEP + "]" * DEEP, 2),
        ("{a: " * DEEP, 1),
        ("- " * 100_000, 1),
        ("? " * DEEP, 1),
        ("a: 1\n" + "- ? " * DEEP, 2),
        ("-\t" * DEEP, 1),
        ("\n".join("  " * depth + "a:" for depth in range(DEEP)), DEEP),
        ("\n".join(" " * depth + "-" for depth in range(DEEP)), DEEP),
        # A closing bracket that closes nothing hides the depth: 100,000 of these end the process.
        ('["]",' * DEEP, 1),
        ("['}'," * DEEP, 1),
        ('{"}": ' * DEEP, 1),
        ("[ # ]\n" * DEEP, DEEP),
    ],
)
def test_what_is_nested_too_deep_never_reaches_libyaml(
    text: str, line: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(yaml, "compose", None)
    assert compose(text, PATH, 3) == Problem(code="yaml-too-deep", path=PATH, spot=Spot(line + 2))


def test_many_brackets_and_a_slip_are_told_as_the_slip():
    found = compose("a: " + "[x] " * DEEP, PATH)
    assert isinstance(found, Problem)
    assert found.code != "yaml-too-deep"


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH,
        "- " * (MAX_DEPTH - 1) + "x",
        "a: " + ", ".join(["x"] * 5_000),
        "a: [" + "[x]," * 5_000 + "]",
        "a: '" + "] " * 100 + "'",
        "\n".join(f"a{number}:\n  - b: c" for number in range(5_000)),
        "\n".join("  " * depth + "a:" for depth in range(MAX_DEPTH)),
    ],
)
def test_what_is_only_long_is_composed(text: str):
    assert isinstance(compose(text, PATH), Node)


PIECES = st.sampled_from(
    [
        *("a", "b:", ": ", "- ", "? ", "\n", "\n  ", "\n    ", "\t", "[", "]", "{", "}", ",", "'"),
        *('"', "|", ">", "&x ", "*x", "!t ", "#", " #", "---\n", "...\n", "%", "@", "`", "~"),
        *("Größe", "10:00", "\\", "\\u", "<<", "=", "\u2003", "🎈"),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60), st.integers(1, 9))
@settings(max_examples=200)
def test_no_text_raises_and_every_problem_lies_in_it(text: str, first_line: int):
    found = compose(text, PATH, first_line)
    if isinstance(found, Problem):
        lines = text.split("\n")
        assert first_line <= found.spot.line < first_line + len(lines)
        assert 1 <= found.spot.column <= len(lines[found.spot.line - first_line]) + 1
    else:
        assert found is None or isinstance(found, Node)
