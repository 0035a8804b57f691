"""The content folder → what lies there: each file's digest; an unchanged one isn't read.

Nothing is understood yet. A file that was read is kept until it has been parsed.
"""

import contextlib
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import msgspec

from netzsite import source
from netzsite.memo import Memo, key_of
from netzsite.problems import Problem
from netzsite.source import Found, Source, Stamp

YOUNG: Final = 2_000_000_000
"""Nanoseconds within which two writes can share a time stamp (FAT has steps of 2 s)."""
MEDIA: Final = "media/"
_FEW: Final = 50
_SMALL: Final = source.MAX_RECORD

Known = dict[str, tuple[Stamp, str]]
"""Path → stamp and digest, as the last build saw them."""
_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(Known).decode


class Sources:
    """The files of a content folder, as one walk found them."""

    def __init__(self, folder: Path, memo: Memo, fingerprint: str) -> None:
        self.folder = folder
        self.memo = memo
        self.began = time.time_ns()
        self.found, self.walked = source.walk(folder)
        self.digests: dict[str, str] = {}
        self.problems: list[Problem] = []
        self._bytes: dict[str, bytes] = {}
        self._key = key_of("known", code=fingerprint, folder=str(folder.resolve()))
        value = memo.get((self._key,)).get(self._key)
        self._known: Known = {}
        with contextlib.suppress(msgspec.DecodeError):
            self._known = _decode(value) if value else {}

    def current(self) -> dict[str, str] | None:
        """Give path → digest of all files where few have changed since the last build, else None.

        Those few are read. With many, or one that can't be read, it is no use to ask.
        """
        if self.walked:
            return None
        changed = [entry for entry in self.found if not self._is_known(entry)]
        if len(changed) > _FEW:
            return None
        for entry in changed:
            data = source.read(self.folder, entry.path) if entry.stamp.size <= _SMALL else None
            if not isinstance(data, bytes):
                return None
            self._bytes[entry.path] = data
            self.digests[entry.path] = source.digest_of(data)
        return {
            entry.path: self.digests.get(entry.path) or self._known[entry.path][1]
            for entry in self.found
        }

    def _is_known(self, entry: Found) -> bool:
        seen = self._known.get(entry.path)
        return seen is not None and seen[0] == entry.stamp

    def read(self, wanted: Callable[[str], bool]) -> list[Source]:
        """Give the digest of each wanted file; only new and changed ones are read."""
        sources = []
        for entry in self.found:
            if not wanted(entry.path):
                continue
            if entry.path in self.digests:
                digest = self.digests[entry.path]
            elif self._is_known(entry):
                digest = self._known[entry.path][1]
            else:
                data = self._load(entry)
                if isinstance(data, Problem):
                    self.problems.append(data)
                    continue
                digest = source.digest_of(data)
                if not entry.path.startswith(MEDIA):  # photos are many megabytes each
                    self._bytes[entry.path] = data
            self.digests[entry.path] = digest
            sources.append(Source(entry.path, digest, entry.stamp.size))
        return sources

    def _load(self, entry: Found) -> bytes | Problem:
        limit = source.MAX_MEDIUM if entry.path.startswith(MEDIA) else source.MAX_RECORD
        if entry.stamp.size > limit:
            facts = {"size": str(entry.stamp.size // 1000), "limit": str(limit // 1000)}
            return Problem(code="file-too-large", path=entry.path, facts=facts)
        return source.read(self.folder, entry.path)

    def take(self, entry: Source) -> bytes | Problem:
        """Give the bytes of a source, as its digest names them; they are not kept any longer."""
        data = self._bytes.pop(entry.path, None)
        return source.taken(self.folder, entry) if data is None else data

    def data(self, entries: Iterable[Source]) -> dict[str, bytes]:
        """Give the bytes of those sources that can still be read; the others become problems."""
        found = {}
        for entry in entries:
            data = self.take(entry)
            if isinstance(data, Problem):
                self.problems.append(data)
            else:
                found[entry.path] = data
        return found

    def remember(self) -> None:
        """Keep the stamps that the next build may trust: not those of files just written."""
        self._bytes.clear()
        if sys.platform == "win32":
            return  # ctime is the time of creation there: an edit could keep all of a stamp
        trusted = {
            entry.path: (entry.stamp, self.digests[entry.path])
            for entry in self.found
            if entry.path in self.digests
            and max(entry.stamp.mtime, entry.stamp.ctime) < self.began - YOUNG
        }
        if trusted != self._known:
            self.memo.put({self._key: _encode(trusted)})
