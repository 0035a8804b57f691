"""Confirming a record changes the day and the role, and no other byte of its file."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netzsite.editing.confirm import NotConfirmedError, confirmed
from netzsite.records.parse import Home, home_of, parse
from tests.conftest import MUSTERVIERTEL, ROOT, Run, tree

DAY = date(2026, 11, 20)
NAME = "name: A\ncarrier: b\n"

EDITS = [
    (NAME, NAME + "checked_on: 2026-11-20\nchecked_by: Redaktion\n"),
    (NAME.strip(), NAME + "checked_on: 2026-11-20\nchecked_by: Redaktion"),
    (
        f"{NAME}checked_on: 2025-01-01 # alt\n",
        f"{NAME}checked_on: 2026-11-20 # alt\nchecked_by: Redaktion\n",
    ),
    (
        f"checked_on: '2025-01-01'\n{NAME}",
        f"checked_on: '2026-11-20'\nchecked_by: Redaktion\n{NAME}",
    ),
    (f'{NAME}checked_by: "Alt"\n', f'{NAME}checked_on: 2026-11-20\nchecked_by: "Redaktion"\n'),
    (
        f"{NAME}checked_on:   # leer\n",
        f"{NAME}checked_on: 2026-11-20   # leer\nchecked_by: Redaktion\n",
    ),
    ("", "checked_on: 2026-11-20\nchecked_by: Redaktion\n"),
    (
        "{name: A, carrier: b, checked_on: 1.1.2025, checked_by: X}",
        "{name: A, carrier: b, checked_on: 2026-11-20, checked_by: Redaktion}",
    ),
]


@pytest.mark.parametrize(("before", "after"), EDITS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_two_values_change(before: str, after: str, end: str, mark: str):
    wanted = (mark + after.replace("\n", end)).encode()
    if "\n" not in before:  # there is no line end to follow
        wanted = (mark + after).encode()
    data = (mark + before.replace("\n", end)).encode()
    assert confirmed("actors/a.yaml", data, DAY, "Redaktion") == wanted


REFUSED = [
    b"{name: A}",
    b"- liste\n",
    b"name: A: B\n",
    b"name: A\nchecked_on:\n  2025-01-01\n",
    b"name: A\nchecked_on: >\n  2025-01-01\n",
    b"name: A\nchecked_on: [2025]\n",
    b"name: A\n...\n",
    "name: Über\n".encode("latin-1"),
]


@pytest.mark.parametrize("data", REFUSED)
def test_where_the_place_cannot_be_told_nothing_is_changed(data: bytes):
    with pytest.raises(NotConfirmedError):
        confirmed("actors/a.yaml", data, DAY)


def test_front_matter_is_changed_and_the_text_below_is_not():
    text = "---\ntitle: A\ndate: 2026-01-01\n---\n\nchecked_on: Text\n"
    wanted = text.replace("01-01\n", "01-01\nchecked_on: 2026-11-20\nchecked_by: Redaktion\n")
    assert confirmed("posts/a.md", text.encode(), DAY, "Redaktion") == wanted.encode()


def samples() -> list[Path]:
    folders = (ROOT / "content", ROOT / "netzsite/starter/content", MUSTERVIERTEL / "content")
    return [
        path for folder in folders for path in folder.rglob("*") if path.suffix in (".yaml", ".md")
    ]


def test_every_sample_can_be_confirmed_and_says_the_same_otherwise():
    for path in samples():
        content = next(parent for parent in path.parents if parent.name == "content")
        name = path.relative_to(content).as_posix()
        home = home_of(name)
        assert isinstance(home, Home)
        before, after = (
            parse(name, home, data)
            for data in (path.read_bytes(), confirmed(name, path.read_bytes(), DAY, "Redaktion"))
        )
        assert before.record
        assert after.record
        assert (after.record.checked_on, after.record.checked_by) == (DAY, "Redaktion")
        assert [problem.code for problem in after.problems] == [one.code for one in before.problems]


VALUES = st.sampled_from(
    ["A", "'b c'", '"d # e"', "[f, g]", "", "h # i", "|\n  j\n\n  k", "\n  - l"]
)
KEYS = st.sampled_from(["name", "carrier", "summary", "topics", "internal", "# Bemerkung", ""])
OLD = st.sampled_from(["2025-01-01", "'2025-01-01'", '"1.1.2025"', "", "2025-01-01 # warum"])
ROLES = st.sampled_from(["Leitung", "'Team'", '"Büro"', "", "X # y"])


@given(
    rows=st.lists(st.tuples(KEYS, VALUES), max_size=6, unique_by=lambda row: row[0]),
    on=st.none() | st.tuples(st.integers(0, 6), OLD),
    by=st.none() | st.tuples(st.integers(0, 6), ROLES),
    end=st.sampled_from(["\n", "\r\n"]),
    final=st.booleans(),
    mark=st.booleans(),
    front=st.booleans(),
    role=st.none() | st.sampled_from(["Redaktion", "Leitung: Büro", "'", '"', "Über # uns", "ja"]),
)
def test_all_other_bytes_stay(*, rows, on, by, end, final, mark, front, role):
    lines = [key if key.startswith("#") or not key else f"{key}: {value}" for key, value in rows]
    for name, place in (("checked_on", on), ("checked_by", by)):
        if place:
            line = f"{name}: {place[1]}".rstrip() if place[1] else f"{name}:"
            lines.insert(min(place[0], len(lines)), line)
    text = "\n".join(lines) + ("\n" if final or front else "")
    text = f"---\n{text}---\n\nText\n" if front else text
    data = (("\ufeff" if mark else "") + text.replace("\n", end)).encode()
    path = "posts/a.md" if front else "actors/a.yaml"
    assume(text.strip())
    changed = confirmed(path, data, DAY, role)

    def others(raw: bytes) -> bytes:
        """Leave out the lines of the two keys, but for what is said behind their values."""
        rows = raw.removeprefix(b"\xef\xbb\xbf").split(b"\n")
        kept = [line for line in rows if not line.startswith((b"checked_on", b"checked_by"))]
        return b"\n".join(kept).rstrip(b"\r\n")

    assert others(changed) == others(data)
    assert changed.startswith(b"\xef\xbb\xbf") == mark
    for comment in ("# warum", "# y"):
        assert (comment in changed.decode()) == (comment in data.decode()) or (
            role and comment == "# y"
        )
    assert changed.endswith((b"\n", b"\r\n")) == data.endswith((b"\n", b"\r\n"))
    home = home_of(path)
    assert isinstance(home, Home)
    spots = parse(path, home, changed).spots
    assert "checked_on" in spots
    assert confirmed(path, changed, DAY, role) == changed


def test_confirm_writes_the_one_file_and_names_it(run: Run, site: Path):
    before = tree(site)
    args = ("--by", "Redaktion", "--today=2026-11-20", "--root", str(site))
    code, out, err = run("confirm", "actor", "jugendhaus", *args)
    path = "content/actors/jugendhaus.yaml"
    assert (code, out, err) == (0, f"{site / path}\n", "")
    after = tree(site)
    assert {name for name in after if after[name] != before[name]} == {path}
    assert b"checked_on: 2026-11-20" in after[path]


def test_confirm_says_what_it_does_not_find_or_cannot_change(run: Run, site: Path):
    code, _, err = run("confirm", "actor", "jugendhau", "--root", str(site))
    assert code == 1
    assert "Meinten Sie „jugendhaus“?" in err
    file = site / "content/actors/jugendhaus.yaml"
    file.write_text("{name: A, carrier: jugendamt}\n", "utf-8")
    code, _, err = run("confirm", "actor", "jugendhaus", "--root", str(site))
    assert code == 1
    assert "actors/jugendhaus.yaml" in err
    assert file.read_text("utf-8") == "{name: A, carrier: jugendamt}\n"
