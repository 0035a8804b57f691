"""Marks of Markdown in keys that have none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netzsite.fields.types import Line, Prose
from netzsite.markdown.plain import without_marks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Das **große** Fest", "Das große Fest"),
        ("*Offener* Treff und __Café__", "Offener Treff und Café"),
        ("***wichtig***", "wichtig"),
        ("Mehr [hier](https://example.org/fest)", "Mehr hier (https://example.org/fest)"),
        ("Beim [Treff](actor:treff) mit `Anmeldung`", "Beim Treff mit Anmeldung"),
        ("<b>Neu</b>:<br>Café", "Neu: Café"),
    ],
)
def test_simple_marks_are_read(text: str, words: str):
    assert without_marks(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Nachbar*innen und Freund*innen",
        "jede_r",
        "2 * 3 * 4",
        "Preis*, ermäßigt*",
        "a < b",
        "[1] (a)",
    ],
)
def test_what_is_no_mark_stays(text: str):
    assert without_marks(text) == text


@given(st.text(alphabet="ab *_`[](<>/:.", max_size=30))
def test_words_have_no_marks_left(text: str):
    once = without_marks(text)
    assert without_marks(once) == once


@pytest.mark.parametrize("type_", [Line, Prose])
def test_texts_of_a_line_and_of_paragraphs_are_read_so(type_: object):
    (written,) = type_.__metadata__
    assert written.read("Das **Fest**") == "Das Fest"
