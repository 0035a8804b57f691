"""A Markdown file → its head and its text, with the lines they begin at."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite.problems import Problem, Spot
from netzsite.yaml.frontmatter import Halves, split

PATH = "posts/fest.md"


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("---\ntitle: A\n---\nText\n", Halves("title: A\n", 2, "Text\n", 4)),
        ("---\ntitle: A\n---\n\n\nText", Halves("title: A\n", 2, "Text", 6)),
        ("---\n\n\ntitle: A\n---\nText", Halves("title: A\n", 4, "Text", 6)),
        ("---\ntitle: A\n\n---\n", Halves("title: A\n\n", 2, "", 5)),
        ("---\ntitle: A\n---", Halves("title: A\n", 2, "", 3)),
        ("---\n---\nText", Halves("", 2, "Text", 3)),
        ("---  \ntitle: A\n---\t\nText", Halves("title: A\n", 2, "Text", 4)),
        ("-----\ntitle: A\n----\nText", Halves("title: A\n", 2, "Text", 4)),
        ("---\ntitle: A\n---\n    code", Halves("title: A\n", 2, "    code", 4)),
        ("---\ntitle: A\n---\nTitel\n---\nText\n---\n", Halves("title: A\n", 2, "Titel\n---\nText\n---\n", 4)),
        ("---\ntitle: A --- B\n---\nText", Halves("title: A --- B\n", 2, "Text", 4)),
        ("\n  \n---\ntitle: A\n---\nText", Halves("title: A\n", 4, "Text", 6)),
        ("—\ntitle: A\n–-\nText", Halves("title: A\n", 2, "Text", 4)),
        ("---\ntitle: A\n-----\nText", Halves("title: A\n", 2, "Text", 4)),
    ],
)  # fmt: skip
def test_a_file_is_cut_at_its_first_two_fences(text: str, halves: Halves):
    assert split(text, PATH) == halves


@pytest.mark.parametrize(
    "text",
    [
        *("", "Text ohne Kopf\n", "title: A\n---\nText", "--\ntitle: A\n--"),
        *(" ---\ntitle: A\n---\n", "---title: A\n---\n", "\ufeff---\na: b\n---\n"),
    ],
)  # fmt: skip
def test_a_file_without_a_head_is_told_at_its_first_line(text: str):
    found = split(text, PATH)
    assert found == Problem(code="front-matter-missing", path=PATH, spot=Spot(1))


def test_toml_is_told_as_toml():
    found = split("\n+++\ntitle = 'A'\n+++\n", PATH)
    assert found == Problem(code="front-matter-toml", path=PATH, spot=Spot(2, 1, 3))


@pytest.mark.parametrize(
    "text", ["---", "---\n", "---\ntitle: A\n", "---\ntitle: A\n--\nText", "---\n ---"]
)
def test_a_head_that_is_not_closed_is_told_at_its_fence(text: str):
    found = split(text, PATH)
    assert found == Problem(code="front-matter-open", path=PATH, spot=Spot(1, 1, 3))


LINES = st.lists(
    st.text(st.characters(exclude_characters="\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"), max_size=9)
    | st.sampled_from(["", "", "a: b", "    code", "# Titel"]),
    max_size=8,
)


@given(LINES, LINES)
@settings(max_examples=150)
def test_both_halves_are_found_at_the_lines_that_are_told(head: list[str], body: list[str]):
    head = [line for line in head if not line.lstrip().startswith("---")]
    text = "\n".join(("---", *head, "---", *body))
    found = split(text, PATH)
    assert isinstance(found, Halves)
    lines = text.split("\n")
    for part, first in ((found.metadata, found.metadata_line), (found.body, found.body_line)):
        shown = part.split("\n")
        assert all(line == lines[first - 1 + index] for index, line in enumerate(shown) if line)
    for part, written in ((found.metadata, head), (found.body, body)):
        assert [line for line in part.split("\n") if line.strip()] == [
            line for line in written if line.strip()
        ]
