"""Slips of YAML are mended on the way where that is certain, and all mistakes of a file are told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite.edits import Edit, edited_text, position_before
from netzsite.records.parse import Parsed, home_of, parse
from netzsite.records.paths import Home
from tests.slips import ACTOR, EVENT, OFFER, POST, SITE

Told = list[tuple[str, int]]


def read(path: str, text: str) -> Parsed:
    path = path.removeprefix("content/")
    home = home_of(path)
    assert isinstance(home, Home)
    return parse(path, home, text.encode())


def told(parsed: Parsed) -> Told:
    return [(one.code, one.spot.line if one.spot else 0) for one in parsed.problems]


def mended(path: str, text: str) -> str:
    """The text after rounds of all edits that are certain, as ``netzsite fix`` makes them."""
    for _ in range(10):
        edits = [
            one
            for slip in read(path, text).problems
            for one in slip.changes
            if isinstance(one, Edit)
        ]
        if not edits:
            return text
        text = edited_text(text, edits)
    raise AssertionError


GOOD = str(SITE[OFFER])
BROKEN = (
    GOOD.replace("name: S", "name S").replace("actors: [mckiz]", "actors: [mckiz")
    .replace("kostenlos", "@frei").replace("Di 14", "Di: 14").replace("place: ", "ort:\t")
    .replace("status: active", "status: aktif")
)  # fmt: skip


def test_all_slips_of_a_file_are_told_in_one_run_each_with_its_line_and_mend():
    parsed = read(OFFER, BROKEN)
    assert sorted(told(parsed), key=lambda one: one[1]) == [
        ("yaml-missing-colon", 1),
        ("yaml-bracket", 2),
        ("yaml-special", 6),
        ("yaml-colon", 8),
        ("unknown-key", 9),
        ("not-in-list", 10),
    ]
    lines = BROKEN.split("\n")
    for problem in parsed.problems:
        assert problem.spot
        assert problem.excerpt == lines[problem.spot.line - 1]
    assert parsed.record is not None


def test_places_behind_a_mended_slip_are_those_of_the_file():
    parsed = read(
        OFFER, GOOD.replace("cost: kostenlos", "cost: [a] b, kosten").replace("active", "aktif")
    )
    assert told(parsed) == [("yaml-special", 6), ("not-in-list", 10)]
    assert parsed.spots["hours"].line == 8
    glued = read("content/pages/neu.md", "\n\ntitle:Neu\nmneu: ja\n---\n\n[da](actor:nichts)\n")
    assert [one.spot.line for one in glued.references] == [7]


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        (ACTOR, "  Kommen Sie vorbei.", "Kommen Sie vorbei."),
        (EVENT, "title: Laternen", "titel = Laternen"),
        (POST, "---\ntitle: Das Fest\ndate: 2026", "--\ntitle:Das Fest\ndate; 2026"),
        (POST, "  src: media/fest.png\n  alt", "  src: media/fest.png\n\talt"),
    ],
)
def test_a_mend_gives_back_the_good_file(path: str, good: str, bad: str):
    whole = str(SITE[path])
    assert whole.count(good) == 1
    assert mended(path, whole.replace(good, bad)) == whole


@pytest.mark.parametrize(
    "bad",
    [
        "name: A\nkein Feld dieser Art\n",
        "name: A\n  offen:\n - b\n",
        "name: {a: b\n",
        "",
    ],
)
def test_what_could_mean_two_things_is_left_as_it_is(bad: str):
    for problem in read(OFFER, bad).problems:
        assert problem.code == "yaml-bracket" or not problem.changes


def test_remarks_and_line_ends_stay():
    text = "---\r\n# eins\r\ntitle:Neu # zwei\r\n\r\n# drei\r\n---\r\n"
    wanted = text.replace("title:Neu", "title: Neu")
    (problem,) = read("content/pages/neu.md", text).problems
    assert edited_text(text, [one for one in problem.changes if isinstance(one, Edit)]) == wanted


TEXTS = st.text(st.sampled_from("ab:- \n\"'[]#,|>\tä„“@&"), max_size=60)


@given(TEXTS, st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_text_ends_in_a_crash_and_a_second_run_changes_nothing(text: str, is_post: bool):
    path = POST if is_post else OFFER
    once = mended(path, text)
    assert mended(path, once) == once


@given(
    st.text(st.sampled_from("ab\n"), max_size=12),
    st.text(st.sampled_from("xy\n"), max_size=4),
    st.data(),
)
@settings(max_examples=150)
def test_a_place_is_found_again_in_the_text_before(text: str, new: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    edit = Edit(path="", line=line, column=column, old=text[start:stop], new=new)
    after = edited_text(text, [edit])
    at = data.draw(st.integers(0, len(after)))
    place = after.count("\n", 0, at) + 1, at - (after.rfind("\n", 0, at) + 1) + 1
    found = position_before(text, [edit], *place)
    offset = len("\n".join(text.split("\n")[: found[0] - 1])) + (found[0] > 1) + found[1] - 1
    if at < start:
        assert offset == at
    elif at >= start + len(new):
        assert offset == at - len(new) + (stop - start)
    else:
        assert offset == start
