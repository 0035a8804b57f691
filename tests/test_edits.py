"""Exact edits: what they change, and that all else stays byte for byte."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite.editing.changes import apply
from netzsite.edits import Edit, Move, NotEditedError, compatible, edited, end_of, rooted


def edit(line: int, column: int, old: str, new: str, path: str = "a.yaml") -> Edit:
    return Edit(path=path, line=line, column=column, old=old, new=new)


@pytest.mark.parametrize(
    ("before", "edits", "after"),
    [
        ("a: 1\nb: 2\n", [edit(2, 1, "b", "c")], "a: 1\nc: 2\n"),
        ("a: 1\r\nb: 2", [edit(2, 4, "2", "3"), edit(1, 1, "", "x")], "xa: 1\r\nb: 3"),
        ("a\r\nb\r\n", [edit(2, 1, "", "\n")], "a\r\n\r\nb\r\n"),
        ("a\rb", [edit(1, 1, "a\nb", "c\nd")], "c\rd"),
        ("\ufeffä: 1\n", [edit(1, 1, "ä", "ö")], "\ufeffö: 1\n"),
        ("a\nb\n", [edit(1, 1, "a\n", "")], "b\n"),
        ("a", [edit(1, 2, "", "\nb")], "a\nb"),
        ("", [edit(1, 1, "", "a")], "a"),
        ("a\n", [edit(2, 1, "", "b\n")], "a\nb\n"),
        ("ab", [edit(1, 1, "a", "x"), edit(1, 2, "b", "y"), edit(1, 1, "a", "x")], "xy"),
        ("😀 a", [edit(1, 3, "a", "b")], "😀 b"),
    ],
)
def test_an_edit_changes_its_place_alone(before: str, edits: list[Edit], after: str):
    assert edited(before.encode(), edits) == after.encode()


@pytest.mark.parametrize(
    ("before", "edits"),
    [
        (b"a: 1\n", [edit(1, 1, "b", "c")]),
        (b"a: 1\n", [edit(3, 1, "", "c")]),
        (b"a: 1\n", [edit(0, 1, "", "c")]),
        (b"a\nb\n", [edit(1, 3, "", "c")]),
        (b"a\r\nb\n", [edit(1, 3, "", "c")]),
        (b"abc", [edit(1, 1, "ab", "x"), edit(1, 2, "b", "y")]),
        (b"abc", [edit(1, 1, "", "x"), edit(1, 1, "a", "y")]),
        (b"\xff", [edit(1, 1, "", "c")]),
    ],
)
def test_what_does_not_stand_there_is_not_edited(before: bytes, edits: list[Edit]):
    with pytest.raises(NotEditedError):
        edited(before, edits)


LINES = st.lists(st.text(st.sampled_from("aä \t:'\"#😀"), max_size=4), min_size=1, max_size=5)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.data())
@settings(max_examples=100)
def test_an_edit_and_the_way_back_give_the_same_bytes(
    lines: list[str], end: str, mark: bool, data: st.DataObject
):
    before = (("\ufeff" if mark else "") + end.join(lines)).encode()
    line = data.draw(st.integers(1, len(lines)))
    here = lines[line - 1]
    start = data.draw(st.integers(0, len(here)))
    stop = data.draw(st.integers(start, len(here)))
    there = edit(
        line, start + 1, here[start:stop], data.draw(st.text(st.sampled_from("xy"), max_size=3))
    )
    after = edited(before, [there])
    assert edited(after, [edit(line, start + 1, there.new, there.old)]) == before


def test_where_an_edit_ends():
    assert end_of(edit(3, 5, "ab", "")) == (3, 7)
    assert end_of(edit(3, 5, "ab\nc", "")) == (4, 2)


def test_only_signs_and_blanks_are_harmless():
    assert edit(1, 1, "name Haus", "name: Haus").is_harmless
    assert edit(1, 1, "", "\n").is_harmless
    assert not edit(1, 1, "kosten", "cost").is_harmless
    assert not edit(1, 1, "Aktiv", "aktiv").is_harmless
    assert not Move(path="a", to="b").is_harmless


def test_groups_that_touch_wait():
    first, second = (edit(1, 1, "abc", "x"),), (edit(1, 3, "c", "y"), edit(2, 1, "d", "z"))
    third, same = (edit(1, 4, "", "y"),), first
    moved, again = (Move(path="a.yaml", to="b.yaml"),), (Move(path="a.yaml", to="c.yaml"),)
    assert compatible([first, second, third, same, moved, again]) == (first, third, same, moved)


def test_changes_are_named_from_another_folder():
    assert rooted([edit(1, 1, "", "a"), Move(path="a", to="b")], "content/") == (
        edit(1, 1, "", "a", "content/a.yaml"),
        Move(path="content/a", to="content/b"),
    )


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def test_files_are_changed_and_renamed_together(tmp_path: Path):
    (tmp_path / "a.yaml").write_bytes(b"a: 1\r\n")
    (tmp_path / "a.yaml").chmod(0o640)
    (tmp_path / "b.md").write_bytes(b"\xff")
    changes = [
        edit(1, 4, "1", "2"),
        Move(path="a.yaml", to="new/deep/c.yaml"),
        Move(path="b.md", to="B.md"),
    ]
    assert apply(tmp_path, changes) == ("B.md", "new/deep/c.yaml")
    assert files(tmp_path) == {"new/deep/c.yaml": b"a: 2\r\n", "B.md": b"\xff"}
    assert (tmp_path / "new/deep/c.yaml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "bad",
    [
        edit(1, 1, "nicht da", "x", "b.yaml"),
        edit(1, 1, "", "x", "fehlt.yaml"),
        Move(path="fehlt.yaml", to="c.yaml"),
        Move(path="b.yaml", to="a.yaml"),
        Move(path="b.yaml", to="folder/in/the/way/b.yaml"),
    ],
)
def test_all_is_changed_or_nothing(tmp_path: Path, bad: Edit | Move):
    (tmp_path / "a.yaml").write_bytes(b"a: 1\n")
    (tmp_path / "b.yaml").write_bytes(b"b: 1\n")
    (tmp_path / "folder").write_bytes(b"in the way")
    before = files(tmp_path)
    with pytest.raises((NotEditedError, OSError)):
        apply(tmp_path, [edit(1, 4, "1", "2"), Move(path="a.yaml", to="neu/c.yaml"), bad])
    assert files(tmp_path) == before
    assert not (tmp_path / "neu").exists()
