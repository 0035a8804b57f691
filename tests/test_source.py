"""The content folder → files with their digests: what is found, passed over, refused."""

import hashlib
import os
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite import source
from netzsite.edits import Edit
from netzsite.problems import Problem, Spot
from netzsite.source import MAX_RECORD, Stamp, decode, digest_of, read, stamp_of, walk
from netzsite.text import refused

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs links, sockets and odd names")


def fill(folder: Path, *paths: str) -> Path:
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(path.encode())
    return folder


def paths_of(folder: Path) -> list[str]:
    found, problems = walk(folder)
    assert problems == ()
    return [entry.path for entry in found]


def test_files_are_listed_in_the_order_of_their_paths(tmp_path: Path):
    names = ("site.yaml", "posts/2026/b.md", "posts/2026/a.md", "posts/2026-a.md", "actors/x.yaml")
    fill(tmp_path, *names)
    assert paths_of(tmp_path) == sorted(names)


def test_an_empty_folder_holds_nothing(tmp_path: Path):
    (tmp_path / "posts").mkdir()
    assert walk(tmp_path) == ((), ())


@pytest.mark.parametrize(
    "name",
    [
        *(".DS_Store", ".git/config", ".hidden", "#treff.yaml#", "treff.yaml~", "~$treff.docx"),
        *(".treff.yaml.swp", "treff.swp", "treff.yaml.bak", "x.orig", "x.tmp", "x.PART"),
        *("x.jpg.crdownload", "README.md", "readme", "posts/ReadMe.md", "Thumbs.db", "desktop.ini"),
    ],
)
def test_what_no_editor_means_is_passed_over(tmp_path: Path, name: str):
    fill(tmp_path, "site.yaml", name)
    assert paths_of(tmp_path) == ["site.yaml"]


@pytest.mark.parametrize("name", ["a~b.yaml", "x.bak.yaml", "readme.yaml", "a#b.yaml", "größe.md"])
def test_what_only_looks_so_is_listed(tmp_path: Path, name: str):
    fill(tmp_path, name)
    assert paths_of(tmp_path) == [name]


def test_a_stamp_is_what_the_file_system_says(tmp_path: Path):
    fill(tmp_path, "site.yaml")
    (entry,), _ = walk(tmp_path)
    info = (tmp_path / "site.yaml").stat()
    assert entry.stamp == stamp_of(info)
    assert entry.stamp == Stamp(9, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)


def test_a_missing_folder_is_a_problem(tmp_path: Path):
    found, problems = walk(tmp_path / "content")
    assert found == ()
    assert [problem.code for problem in problems] == ["unreadable-file"]
    assert problems[0].facts["cause"]


@posix
def test_links_stay_inside_the_folder(tmp_path: Path):
    outside = tmp_path / "privat.yaml"
    outside.write_text("name: privat")
    folder = fill(tmp_path / "content", "actors/treff.yaml", "posts/fest.md")
    (folder / "actors" / "gleich.yaml").symlink_to("treff.yaml")
    (folder / "actors" / "fremd.yaml").symlink_to(outside)
    (folder / "actors" / "kreis").symlink_to(folder / "actors")
    (folder / "wohin.yaml").symlink_to("gibt-es-nicht.yaml")
    found, problems = walk(folder)
    assert [entry.path for entry in found] == [
        *("actors/gleich.yaml", "actors/treff.yaml", "posts/fest.md")
    ]
    assert [(problem.code, problem.path) for problem in problems] == [
        ("leaves-site", "actors/fremd.yaml"),
        ("leaves-site", "actors/kreis"),
        ("unreadable-file", "wohin.yaml"),
    ]


@posix
def test_what_is_no_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)  # a socket's path may only be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("treff.yaml")
        os.mkfifo("rohr.yaml")
        found, problems = walk(tmp_path)
    assert found == ()
    assert [(problem.code, problem.path) for problem in problems] == [
        ("unknown-file", "rohr.yaml"),
        ("unknown-file", "treff.yaml"),
    ]


@posix
def test_a_name_that_is_no_text_is_told_harmlessly(tmp_path: Path):
    try:
        (tmp_path / os.fsdecode(b"gr\xf6sse\x1b.yaml")).touch()
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    fill(tmp_path, "site.yaml")
    found, problems = walk(tmp_path)
    assert [entry.path for entry in found] == ["site.yaml"]
    (problem,) = problems
    assert problem == Problem(code="bad-file-name", path="gr?sse\\x1b.yaml")


def test_a_file_that_cannot_be_looked_at_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fill(tmp_path, "site.yaml")

    def refuse(_mode: int) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(source.stat, "S_ISREG", refuse)
    found, problems = walk(tmp_path)
    assert found == ()
    assert problems == (
        Problem(code="unreadable-file", path="site.yaml", facts={"cause": "Permission denied"}),
    )


def test_reading_gives_the_bytes(tmp_path: Path):
    fill(tmp_path, "posts/fest.md")
    assert read(tmp_path, "posts/fest.md") == b"posts/fest.md"


def test_a_file_that_went_away_while_building_is_told(tmp_path: Path):
    assert read(tmp_path, "weg.md") == Problem(code="vanished-file", path="weg.md")


def test_a_file_that_cannot_be_read_is_told_with_the_cause(tmp_path: Path):
    (tmp_path / "posts").mkdir()
    found = read(tmp_path, "posts")
    assert isinstance(found, Problem)
    assert found.code == "unreadable-file"
    assert found.facts["cause"]


def test_a_cause_without_words_is_named_by_its_kind():
    assert source._unreadable("x", OSError()).facts == {"cause": "OSError"}


def test_a_digest_names_the_bytes():
    assert digest_of(b"") == hashlib.blake2b(b"", digest_size=16).hexdigest()
    assert digest_of(b"Fest") != digest_of(b"fest")
    assert len(digest_of(b"x")) == 32


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        ("Größe\n".encode(), "Größe\n"),
        (b"\xef\xbb\xbftitle: A\n", "title: A\n"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\tb \u00a0\u00ad\u200d🎈 مرحبا".encode(), "a\tb \u00a0\u00ad\u200d🎈 مرحبا"),
        (b"x" * MAX_RECORD, "x" * MAX_RECORD),
    ],
)
def test_a_record_is_utf8_and_its_line_ends_are_made_equal(data: bytes, text: str):
    assert decode("a.yaml", data) == text


@pytest.mark.parametrize(
    ("data", "spot"),
    [
        (b"\xff", Spot(1, 1)),
        (b"title: A\nname: Gr\xf6\xdfe\n", Spot(2, 9)),
        ("Größe: ".encode() + b"\xe4", Spot(1, 8)),
        (b"a\n\n\xc3", Spot(3, 1)),
        ("Größe".encode("utf-16"), Spot(1, 1)),
        (b"\xed\xa0\x80", Spot(1, 1)),
        (b"\xef\xbb\xbftitle: A\nname: Gr\xf6\xdfe\n", Spot(2, 9)),
        (b"\xef\xbb\xbftitle: A\n\xff", Spot(2, 1)),
    ],
)
def test_what_is_not_utf8_is_told_at_its_place(data: bytes, spot: Spot):
    assert decode("a.yaml", data) == Problem(code="not-utf8", path="a.yaml", spot=spot)


@pytest.mark.parametrize(
    ("text", "spot", "character"),
    [
        ("a\x00b", Spot(1, 2), "U+0000"),
        ("a\r\nb\x1b[31m", Spot(2, 2), "U+001B"),
        ("name: \u202egpj", Spot(1, 7), "U+202E"),
        ("a\n\n\u2028", Spot(3, 1), "U+2028"),
        ("a\ufeffb", Spot(1, 2), "U+FEFF"),
        ("\x7f", Spot(1, 1), "U+007F"),
        ("a\x85b", Spot(1, 2), "U+0085"),
        ("\uffff", Spot(1, 1), "U+FFFF"),
    ],
)
def test_a_character_that_nobody_sees_is_told_at_its_place(text: str, spot: Spot, character: str):
    sign = chr(int(character.removeprefix("U+"), 16))
    new = " " if sign in "\x85\u2028" else ""
    assert decode("a.yaml", text.encode()) == Problem(
        code="control-character",
        path="a.yaml",
        spot=spot,
        facts={"character": character},
        changes=(Edit(path="a.yaml", line=spot.line, column=spot.column, old=sign, new=new),),
    )


def test_a_record_that_is_too_large_is_not_decoded():
    assert decode("a.yaml", b"\xff" * (MAX_RECORD + 1)) == Problem(
        code="file-too-large", path="a.yaml", facts={"size": "512", "limit": "512"}
    )


@given(st.binary(max_size=60) | st.text(max_size=30).map(str.encode))
@settings(max_examples=200)
def test_what_is_decoded_holds_nothing_that_is_refused(data: bytes):
    text = decode("a.yaml", data)
    if isinstance(text, Problem):
        assert text.code in {"not-utf8", "control-character"}
        assert text.spot is not None
    else:
        assert refused(text) is None
        assert "\r" not in text
