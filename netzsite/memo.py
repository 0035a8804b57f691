"""Digest → bytes, kept between builds in one SQLite file; it never executes what it reads.

A memo is never needed: a damaged, foreign or missing one is as good as an empty one. Only the
parent process opens it.
"""

import contextlib
import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Protocol, Self, TypeVar

T = TypeVar("T")

FILE: Final = "memo.sqlite"
_VERSION: Final = 3
_CHUNK: Final = 500
_MAPPED: Final = 1 << 30
"""Bytes of the file that are read through the page cache, without a call for each page."""
DAMAGE: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a damaged file makes of any call: SQLite quotes what it can't read, be that text or not."""
KEPT_BUILDS: Final = 20
"""An entry that this many builds didn't ask for goes; one that keeps nothing new doesn't count."""
ROOM: Final = 64_000_000
"""Bytes of old entries that may lie beside as much again as the newest build uses."""
_RARELY: Final = 5
"""In every so many builds, entries are looked through."""


def key_of(kind: str, /, **parts: str | bytes) -> bytes:
    """Make the key of a value from its kind and all that it depends on, by name.

    No two lists of parts give the same key. A kind always has the same names, so they don't count.
    """
    data = [part.encode() if isinstance(part, str) else part for part in (kind, *parts.values())]
    sizes = b"".join(len(part).to_bytes(8, "big") for part in data)
    whole = b"".join((len(data).to_bytes(8, "big"), sizes, *data))
    return hashlib.blake2b(whole, digest_size=16).digest()


class Memo(Protocol):
    """What the pipeline asks of a memo."""

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Give the values of those keys that are known."""

    def use(self, keys: Iterable[bytes]) -> None:
        """Note that values are still wanted, though nobody asks for them; may be read later."""

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep values."""

    def close(self) -> None:
        """Write what isn't written yet, and let go."""


class MemoryCache:
    """Values that were decoded once; between builds of one process they stay in memory.

    They are immutable: every build may have the same ones. What a build didn't ask for goes.
    """

    def __init__(self) -> None:
        self.last_build: Any = None
        """What the last good build was made of (``pipeline.partial``)."""
        self._now: dict[bytes, object] = {}
        self._before: dict[bytes, object] = {}

    def load(
        self, memo: Memo, keys: Iterable[bytes], decode: Callable[[bytes], T]
    ) -> dict[bytes, T]:
        """Give the decoded values of those keys that are known."""
        found: dict[bytes, Any] = {}
        unknown = []
        for key in keys:
            value = self._now.get(key) or self._before.get(key)
            if value is None:
                unknown.append(key)
            else:
                found[key] = value
        memo.use(found)
        found |= {key: decode(value) for key, value in memo.get(unknown).items()}
        self._now |= found
        return found

    def put(self, values: Mapping[bytes, object]) -> None:
        """Keep values that were just made."""
        self._now |= values

    def turn(self) -> None:
        """Begin another build."""
        self._before, self._now = self._now, {}


class NoMemo:
    """A memo that forgets, for ``--no-cache``."""

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Know nothing."""
        del keys
        return {}

    def use(self, keys: Iterable[bytes]) -> None:
        """Note nothing."""

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep nothing."""

    def close(self) -> None:
        """Do nothing."""


class ReadMemo(NoMemo):
    """A memo that is only looked up, for who doesn't hold its lock; opened for each question."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Give the values of those keys that are known."""
        wanted = list(dict.fromkeys(keys))
        with contextlib.suppress(*DAMAGE):
            address = f"{self._file.resolve().as_uri()}?mode=ro"
            with contextlib.closing(sqlite3.connect(address, timeout=0.1, uri=True)) as connection:
                return _values(connection, wanted)
        return {}


class DiskMemo:
    """A memo in one SQLite file of a folder."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._used: list[Iterable[bytes]] = []
        self._new = False
        self._build = self._state("build") + 1

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the memo of a folder; one that can't be read is begun anew.

        Raises ``OSError`` when the folder can't be written to.
        """
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        path = folder / FILE
        try:
            return cls(_connect(path))
        except DAMAGE:
            for suffix in ("", "-journal", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        try:
            return cls(_connect(path))
        except DAMAGE as error:
            raise OSError(str(error)) from error

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Give the values of those keys that are known; damage counts as unknown."""
        found = _values(self._connection, list(dict.fromkeys(keys)))
        self._used.append(tuple(found))
        return found

    def use(self, keys: Iterable[bytes]) -> None:
        """Note that values are still wanted, so that they stay; read when old ones go."""
        self._used.append(keys)

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep values; a memo that can't be written to stays as it is."""
        rows = [(key, value, _sum(key, value), self._build) for key, value in entries.items()]
        self._new = self._new or bool(rows)
        with contextlib.suppress(*DAMAGE):
            self._connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", rows)

    def close(self) -> None:
        """Let old entries go, and write all at once."""
        with contextlib.closing(self._connection), contextlib.suppress(*DAMAGE):
            if not self._new:
                return
            with self._connection:
                self._set_state("build", self._build)
                if self._build % _RARELY == 0 or self._size() > 2 * self._room(self._state("own")):
                    self._let_go()
            if self._free() > max(self._size(), self._room(0)):
                self._connection.execute("VACUUM")

    def _let_go(self) -> None:
        """Let those entries go that this build didn't use: old ones, and the oldest of too many."""
        connection, now = self._connection, self._build
        used = ((now, key) for keys in self._used for key in keys)
        connection.executemany("UPDATE entry SET used = ? WHERE key = ?", used)
        connection.execute("DELETE FROM entry WHERE used < ?", (now - KEPT_BUILDS,))
        sizes = "SELECT used, SUM(LENGTH(value)) FROM entry GROUP BY used ORDER BY used"
        by_build = dict(connection.execute(sizes).fetchall())
        own = by_build.pop(now, 0)
        self._set_state("own", own)
        over = self._size() - own - self._room(own)
        for build, size in by_build.items():
            if over <= 0:
                break
            connection.execute("DELETE FROM entry WHERE used = ?", (build,))
            over -= size

    @staticmethod
    def _room(own: int) -> int:
        """Say how many bytes old entries may take where the newest build uses so many."""
        return ROOM + own

    def _size(self) -> int:
        """Count the bytes of the file that are in use."""
        return self._pragma("page_count") * self._pragma("page_size") - self._free()

    def _free(self) -> int:
        return self._pragma("freelist_count") * self._pragma("page_size")

    def _pragma(self, name: str) -> int:
        return int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])

    def _state(self, name: str) -> int:
        query = "SELECT value FROM state WHERE name = ?"
        row = self._connection.execute(query, (name,)).fetchone()
        return int(row[0]) if row else 0

    def _set_state(self, name: str, value: int) -> None:
        self._connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))


def _values(connection: sqlite3.Connection, keys: list[bytes]) -> dict[bytes, bytes]:
    """Read the values of keys; damage counts as unknown."""
    found: dict[bytes, bytes] = {}
    with contextlib.suppress(*DAMAGE):
        for start in range(0, len(keys), _CHUNK):
            part = keys[start : start + _CHUNK]
            marks = ",".join("?" * len(part))
            query = f"SELECT key, value, sum FROM entry WHERE key IN ({marks})"  # noqa: S608
            found |= {
                key: value
                for key, value, total in connection.execute(query, part)
                if isinstance(value, bytes) and _sum(key, value) == total
            }
    return found


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=1, isolation_level="DEFERRED")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != _VERSION:
        connection.execute("DROP TABLE IF EXISTS entry")
        connection.execute("DROP TABLE IF EXISTS state")
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("VACUUM")
        connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS entry"
        " (key BLOB PRIMARY KEY, value BLOB NOT NULL, sum INTEGER NOT NULL, used INTEGER NOT NULL)"
    )
    connection.execute(
        "CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value INTEGER NOT NULL)"
    )
    connection.commit()
    return connection


def _sum(key: bytes, value: bytes) -> int:
    """Sum up what ties a value to its key: a damaged entry is a miss."""
    return zlib.crc32(value, zlib.crc32(key))
