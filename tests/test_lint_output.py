"""What Markdown leaves standing and what the sanitiser takes away: told, never silent."""

import time

import pytest

from netzsite.markdown.lint_output import without_dead_ways_back
from netzsite.markdown.render import Rendered, render
from netzsite.problems import Problem, Spot


def told(text: str) -> list[tuple[str, Spot | None, dict[str, str]]]:
    found = render(text, "x.md", 1)
    assert isinstance(found, Rendered)
    return [(slip.code, slip.spot, slip.facts) for slip in found.problems]


@pytest.mark.parametrize(
    ("text", "tag", "spot"),
    [
        ('<iframe src="https://example.org/"></iframe>', "iframe", Spot(1, 1, 35)),
        ("Ein\n<video controls>\n</video>", "video", Spot(2, 1, 16)),
        ("Schreiben Sie an <Name>.", "Name", Spot(1, 18, 6)),
        ("Frau <Müller>", "Müller", Spot(1, 6, 8)),
        ("`<b>` und <form\nmethod=get>", "form", Spot(1, 11, 5)),
        ("<FONT color=red>rot</FONT>", "FONT", Spot(1, 1, 16)),
        ("<style>p {color: red}</style>", "style", Spot(1, 1, 7)),
        ("<svg/>", "svg", Spot(1, 1, 6)),
        ('Ein <b onclick="x()">Wort</b>', "b onclick=…", Spot(1, 5, 17)),
        ("<P ALIGN=left STYLE='color: red'>x</P>", "P style=…", Spot(1, 1, 33)),
    ],
)
def test_an_element_that_is_taken_away_is_told(text: str, tag: str, spot: Spot):
    assert told(text) == [("html-removed", spot, {"tag": tag})]


def test_equal_elements_are_told_once_in_each_line():
    text = "<font>a</font> <font>b</font>\n<font>c</font>"
    assert [spot.line for _, spot, _ in told(text) if spot] == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "<b>fett</b> <br> <BR/> <abbr title='x'>e. V.</abbr>",
        "`<iframe>`",
        "- a\n\n  ```\n  <iframe>\n  ```",
        "<!-- <iframe> -->",
        "a < b, c > d, 5 <6",
        "&lt;Name&gt;",
        "<https://example.org/> <post@example.org>",
        "<p title='<iframe>'>x</p>",
        "`<b onclick=x>`",
        "| a |\n| -: |\n| b |",
    ],
)
def test_what_stays_or_is_no_element_is_not_told(text: str):
    assert told(text) == []


def test_a_footnote_without_a_text_is_told_where_it_stands():
    assert told("a[^1] b[^2] c[^2]\n\n[^1]: x") == [
        ("footnote-without-text", Spot(1, 8, 4), {"note": "2"}),
        ("footnote-without-text", Spot(1, 14, 4), {"note": "2"}),
    ]


@pytest.mark.parametrize(
    "text",
    ["a[^1]\n\n[^1]: x", "`[^1]`", "```\n[^1]\n```", "\\[^1]", "\\[^1\\]", "[^](/)"],
)
def test_no_footnote_or_a_whole_one_is_not_told(text: str):
    assert told(text) == []


def test_a_footnote_that_nothing_refers_to_is_told_and_has_no_way_back():
    text = "a[^1]\n\n[^1]: x\n[^Nr. 2]: y"
    assert told(text) == [("footnote-unused", Spot(4, 1, 8), {"note": "Nr. 2"})]
    found = render(text, "x.md", 1)
    assert isinstance(found, Rendered)
    assert [target.to for target in found.body.targets] == ["#fn-1", "#fnref-1"]


def test_what_has_no_footnotes_stays_as_it_is():
    assert without_dead_ways_back("<p>a</p>") == "<p>a</p>"


@pytest.mark.parametrize(
    "part",
    [
        "[Rathaus] (https://example.org/)",
        "[Fest] (post:fest)",
        "[Satzung] (media/satzung.pdf)",
        "[Oben] (#oben)",
        "[Fest][fest]",
        "[Fest][]",
        "(Fest)[post:fest]",
        "(Rathaus)[https://example.org/]",
        "** fett**",
        "**fett **",
        "~~ durchgestrichen ~~",
        "__ wichtig __",
    ],
)
def test_marks_that_a_reader_would_see_are_told(part: str):
    assert told(f"Siehe\n{part}.") == [("markup-unread", Spot(2, 1, len(part)), {"part": part})]


@pytest.mark.parametrize(
    "text",
    [
        "[a](post:a) (siehe oben)",
        "[1] (siehe dort)",
        "(a)[1] und [b] (c)",
        "[a][b]\n\n[b]: post:a",
        "**fett** und **zwei\nZeilen**",
        "2 ** 3 ** 4",
        "Hotel ****",
        "`**fett **` und `[a] (/b/)`",
        "\\*\\*fett \\*\\*",
        "\\[a] (/b/)",
    ],
)
def test_marks_that_are_read_or_meant_as_they_stand_are_not_told(text: str):
    assert told(text) == []


@pytest.mark.parametrize("line", ["|---|---:|---|", "---|---|---"])
def test_a_table_whose_rows_do_not_match_is_told(line: str):
    assert told(f"Preise:\n\n| a | b |\n{line}\n| c | d |") == [
        ("markup-unread", Spot(4, 1, len(line)), {"part": line})
    ]
    assert told("Preise:\n| a | b |\n|---|---|\n| c | d |") == []


@pytest.mark.parametrize(
    "piece",
    [
        "`",
        "<!--",
        "<code>",
        "<x ",
        "[^",
        "[^1]",
        "[a] (",
        "** a",
        "(a)[",
        "[a][",
        "<pre>\n\n",
        "]: ",
    ],
)
def test_no_text_takes_long(piece: str):
    text = (piece + "x" * 120) * 1400
    began = time.process_time()
    found = render(text[:199_000], "x.md", 1)
    assert time.process_time() - began < 10
    assert isinstance(found, Rendered | Problem)
