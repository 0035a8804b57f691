"""The memo: what is put is got, whatever is damaged is unknown, what nobody asks for goes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite import memo as memos
from netzsite.memo import FILE, KEPT_BUILDS, DiskMemo, MemoryCache, NoMemo, ReadMemo, key_of

KEY, OTHER = key_of("post", id="fest"), key_of("post", id="andere")


def kept(folder: Path, entries: dict[bytes, bytes]) -> Path:
    """Put entries in one build, so that another one can find them."""
    memo = DiskMemo.open(folder)
    memo.put(entries)
    memo.close()
    return folder / FILE


def found(folder: Path, *keys: bytes) -> dict[bytes, bytes]:
    memo = DiskMemo.open(folder)
    try:
        return memo.get(keys)
    finally:
        memo.close()


def build(folder: Path, *keys: bytes, number: int = 0, size: int = 1) -> dict[bytes, bytes]:
    """Ask for some keys, and put something that no other build asks for."""
    memo = DiskMemo.open(folder)
    try:
        memo.put({key_of("x", number=str(number)): bytes(size)})
        return memo.get(keys)
    finally:
        memo.close()


def change(file: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(file)
    with connection:
        connection.execute(statement, values)
    connection.close()


def test_what_one_build_puts_the_next_one_gets(tmp_path: Path):
    kept(tmp_path, {KEY: "Größe".encode(), OTHER: b""})
    assert found(tmp_path, KEY, OTHER) == {KEY: "Größe".encode(), OTHER: b""}


def test_a_build_gets_its_own_values(tmp_path: Path):
    memo = DiskMemo.open(tmp_path)
    memo.put({KEY: b"eins"})
    assert memo.get([KEY]) == {KEY: b"eins"}
    memo.put({KEY: b"zwei"})
    assert memo.get([KEY, KEY]) == {KEY: b"zwei"}
    memo.close()


def test_what_nobody_put_is_unknown(tmp_path: Path):
    kept(tmp_path, {KEY: b"x"})
    assert found(tmp_path, OTHER) == {}
    assert found(tmp_path) == {}


def test_more_keys_than_one_question_holds_are_found(tmp_path: Path):
    entries = {key_of("x", number=str(number)): str(number).encode() for number in range(1_234)}
    kept(tmp_path, entries)
    assert found(tmp_path, *entries, KEY) == entries


def test_values_are_looked_up_without_the_lock_and_nothing_is_written(tmp_path: Path):
    reading = ReadMemo(tmp_path)
    assert reading.get([KEY]) == {}
    assert list(tmp_path.iterdir()) == []
    kept(tmp_path, {KEY: b"x"})
    reading.put({OTHER: b"y"})
    reading.use([OTHER])
    assert reading.get([KEY, OTHER]) == {KEY: b"x"}
    reading.close()


def test_the_folder_is_made_and_hidden_from_git(tmp_path: Path):
    folder = tmp_path / "a" / "b"
    DiskMemo.open(folder).close()
    assert (folder / ".gitignore").read_text("utf-8") == "*\n"
    (folder / ".gitignore").write_text("eigenes\n", "utf-8")
    DiskMemo.open(folder).close()
    assert (folder / ".gitignore").read_text("utf-8") == "eigenes\n"


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"das ist keine Datenbank, sondern ein langer deutscher Satz ohne Sinn." * 20,
        b"SQLite format 3\x00" + b"\xff" * 4_000,
    ],
)
def test_a_foreign_file_is_begun_anew(tmp_path: Path, damage: bytes):
    file = kept(tmp_path, {KEY: b"x"})
    file.write_bytes(damage)
    assert found(tmp_path, KEY) == {}
    kept(tmp_path, {KEY: b"neu"})
    assert found(tmp_path, KEY) == {KEY: b"neu"}


def test_a_file_of_another_version_is_begun_anew(tmp_path: Path):
    file = kept(tmp_path, {KEY: b"x"})
    change(file, "PRAGMA user_version = 99")
    assert found(tmp_path, KEY) == {}
    kept(tmp_path, {KEY: b"neu"})
    assert found(tmp_path, KEY) == {KEY: b"neu"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET value = X'00' WHERE key = ?",
        "UPDATE entry SET value = 'Text' WHERE key = ?",
        "UPDATE entry SET sum = sum + 1 WHERE key = ?",
    ],
)
def test_a_damaged_entry_is_unknown_and_its_neighbour_is_not(tmp_path: Path, statement: str):
    file = kept(tmp_path, {KEY: b"x", OTHER: b"y"})
    change(file, statement, KEY)
    assert found(tmp_path, KEY, OTHER) == {OTHER: b"y"}


def test_a_value_under_a_foreign_key_is_unknown(tmp_path: Path):
    file = kept(tmp_path, {KEY: b"x"})
    change(file, "UPDATE entry SET key = ?", OTHER)
    assert found(tmp_path, KEY, OTHER) == {}


def test_pages_that_are_damaged_below_the_surface_are_unknown(tmp_path: Path):
    entries = {key_of("x", number=str(number)): bytes(2_000) for number in range(300)}
    file = kept(tmp_path, entries)
    data = bytearray(file.read_bytes())
    data[8_192:] = b"\xaa" * (len(data) - 8_192)
    file.write_bytes(data)
    memo = DiskMemo.open(tmp_path)
    assert memo.get(entries).items() <= entries.items()
    memo.put({KEY: b"x"})
    memo.close()


def test_damage_that_cannot_even_be_quoted_is_begun_anew(tmp_path: Path):
    """SQLite's message has the bytes that it can't make sense of; they need not be text."""
    file = kept(tmp_path, {KEY: b"x"})
    data = file.read_bytes()
    file.write_bytes(data.replace(b"CREATE TABLE", b"CR\x9aATE TABLE"))
    assert found(tmp_path, KEY) == {}
    kept(tmp_path, {KEY: b"neu"})
    assert found(tmp_path, KEY) == {KEY: b"neu"}


def test_a_memo_whose_tables_are_gone_forgets_and_does_not_fail(tmp_path: Path):
    memo = DiskMemo.open(tmp_path)
    memo.put({KEY: b"x"})
    memo._connection.commit()
    memo._connection.execute("DROP TABLE entry")
    assert memo.get([KEY]) == {}
    memo.put({KEY: b"x"})
    memo.close()


def test_a_memo_that_another_process_writes_to_is_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    connect = sqlite3.connect
    monkeypatch.setattr(
        memos.sqlite3, "connect", lambda path, **more: connect(path, **{**more, "timeout": 0})
    )
    file = kept(tmp_path, {KEY: b"x"})
    memo = DiskMemo.open(tmp_path)
    other = connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert memo.get([KEY]) == {}
    memo.put({OTHER: b"y"})
    memo.close()
    other.execute("ROLLBACK")
    other.close()
    assert found(tmp_path, KEY, OTHER) == {KEY: b"x"}


def test_a_place_where_no_memo_can_be_is_an_error_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "datei").touch()
    with pytest.raises(OSError, match="datei"):
        DiskMemo.open(tmp_path / "datei")

    def fail(_path: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(memos, "_connect", fail)
    with pytest.raises(OSError, match="disk I/O error"):
        DiskMemo.open(tmp_path)


def test_what_is_asked_for_stays_and_the_rest_goes_after_some_builds(tmp_path: Path):
    kept(tmp_path, {KEY: b"x", OTHER: b"y"})
    for _ in range(KEPT_BUILDS + 10):
        assert build(tmp_path, KEY) == {KEY: b"x"}
    assert found(tmp_path, KEY, OTHER) == {KEY: b"x"}


def test_what_nobody_asks_for_stays_for_a_while(tmp_path: Path):
    kept(tmp_path, {KEY: b"x"})
    for _ in range(KEPT_BUILDS - 1):
        build(tmp_path)
    assert found(tmp_path, KEY) == {KEY: b"x"}


def test_builds_that_keep_nothing_new_let_nothing_go(tmp_path: Path):
    """A site that is built every night and hardly ever changes."""
    file = kept(tmp_path, {KEY: b"x"})
    before = file.read_bytes()
    for _ in range(2 * KEPT_BUILDS):
        assert found(tmp_path, OTHER) == {}
    assert file.read_bytes() == before
    assert found(tmp_path, KEY) == {KEY: b"x"}


def test_what_is_noted_as_wanted_stays(tmp_path: Path):
    kept(tmp_path, {KEY: b"x"})
    for number in range(2 * KEPT_BUILDS):
        with closing(DiskMemo.open(tmp_path)) as memo:
            memo.use(key for key in (KEY,))
            memo.put({OTHER: str(number).encode()})
    assert found(tmp_path, KEY) == {KEY: b"x"}


def test_the_file_stays_below_a_bound_and_what_the_newest_build_uses_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Each build changes everything; the oldest go first."""
    room, size = 300_000, 100_000
    monkeypatch.setattr(memos, "ROOM", room)
    used = room + size
    for number in range(30):
        build(tmp_path, KEY, number=number, size=size)
        assert (tmp_path / FILE).stat().st_size < 2 * used + 2 * size
    known = [number for number in range(30) if found(tmp_path, key_of("x", number=str(number)))]
    assert known == list(range(known[0], 30))
    assert 4 <= len(known) <= 9


def test_after_a_site_has_shrunk_so_does_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memos, "ROOM", 100_000)
    kept(tmp_path, {key_of("x", number=str(number)): bytes(10_000) for number in range(200)})
    large = (tmp_path / FILE).stat().st_size
    for number in range(KEPT_BUILDS + 10):
        build(tmp_path, number=number)
    assert (tmp_path / FILE).stat().st_size < large / 10


def test_a_site_larger_than_the_room_keeps_all_that_it_uses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(memos, "ROOM", 10_000)
    keys = [key_of("y", number=str(number)) for number in range(50)]
    kept(tmp_path, {key: bytes(10_000) for key in keys})
    for number in range(KEPT_BUILDS + 10):
        assert len(build(tmp_path, *keys, number=number)) == len(keys)


def test_a_build_that_dies_keeps_nothing_of_what_it_put(tmp_path: Path):
    kept(tmp_path, {KEY: b"x"})
    memo = DiskMemo.open(tmp_path)
    memo.put({KEY: b"halb", OTHER: b"halb"})
    memo._connection.close()
    assert found(tmp_path, KEY, OTHER) == {KEY: b"x"}


def test_no_memo_forgets():
    memo = NoMemo()
    memo.put({KEY: b"x"})
    assert memo.get([KEY]) == {}
    memo.close()


@given(st.dictionaries(st.binary(max_size=80), st.binary(max_size=200), max_size=8))
@settings(max_examples=60)
def test_every_value_comes_back_as_it_went(
    tmp_path_factory: pytest.TempPathFactory, entries: dict[bytes, bytes]
):
    folder = tmp_path_factory.mktemp("memo")
    kept(folder, entries)
    assert found(folder, *entries, b"nie gesetzt") == entries


def made(*parts: str | bytes) -> bytes:
    return key_of("x", **{f"part{number}": part for number, part in enumerate(parts)})


def test_the_kind_is_part_of_a_key():
    assert key_of("x", a="y") != key_of("y", a="x")
    assert key_of("x", a="y") != key_of("z", a="y")


PARTS = st.lists(st.binary(max_size=12) | st.text(max_size=6), max_size=4)


@given(PARTS, PARTS)
@settings(max_examples=200)
def test_equal_keys_mean_equal_parts(one: list[str | bytes], other: list[str | bytes]):
    def as_bytes(parts: list[str | bytes]) -> list[bytes]:
        return [part.encode() if isinstance(part, str) else part for part in parts]

    assert (made(*one) == made(*other)) is (as_bytes(one) == as_bytes(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ab", "c"), ("a", "bc")), (("a",), ("a", "")), ((), ("",)), (("a", "b"), ("b", "a"))],
)
def test_parts_do_not_run_into_each_other(one: tuple[str, ...], other: tuple[str, ...]):
    assert made(*one) != made(*other)
    assert len(made(*one)) == 16


def test_what_is_kept_in_memory_stays_on_disk_too(tmp_path: Path):
    memory = MemoryCache()
    with closing(DiskMemo.open(tmp_path)) as memo:
        memo.put({b"a": b"1"})
        assert memory.load(memo, [b"a"], bytes.decode) == {b"a": "1"}
    for _ in range(2 * KEPT_BUILDS):
        memory.turn()
        with closing(DiskMemo.open(tmp_path)) as memo:
            memo.put({b"b": b"2"})
            assert memory.load(memo, [b"a"], bytes.decode) == {b"a": "1"}
    with closing(DiskMemo.open(tmp_path)) as memo:
        assert memo.get([b"a"]) == {b"a": b"1"}
