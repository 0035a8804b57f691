"""The content folder → parsed files and media, with what is wrong; unchanged files aren't read."""

import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from netzsite.memo import Memo, key_of
from netzsite.pool import Pool
from netzsite.problems import Problem
from netzsite.records import media as media_files
from netzsite.records import source
from netzsite.records.kinds import MEDIA
from netzsite.records.media import Medium
from netzsite.records.parse import Home, Parsed, home_of, parse
from netzsite.records.source import Found, Source, Stamp

YOUNG: Final = 2_000_000_000
"""Nanoseconds within which two writes can share a time stamp (FAT has steps of 2 s)."""

Known = dict[str, tuple[Stamp, str]]
"""Path → stamp and digest, as the last build saw them."""

_encode: Final = msgspec.msgpack.Encoder().encode
_decode_parsed: Final = msgspec.msgpack.Decoder(Parsed).decode
_decode_medium: Final = msgspec.msgpack.Decoder(Medium).decode
_decode_known: Final = msgspec.msgpack.Decoder(Known).decode


@dataclass(slots=True, kw_only=True)
class Texts:
    """The encoded HTML of texts by digest: of this build's parsing, else of the memo."""

    memo: Memo
    fresh: dict[str, bytes] = field(default_factory=dict)

    def get(self, digests: Iterable[str]) -> dict[str, bytes]:
        """Give the encoded fragments of texts; one that is nowhere is left out."""
        wanted = dict.fromkeys(digests)
        keys = {key_of("text", name): name for name in wanted if name not in self.fresh}
        found = {name: self.fresh[name] for name in wanted if name in self.fresh}
        if keys:
            found |= {keys[key]: value for key, value in self.memo.get(keys).items()}
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that the content folder holds."""

    folder: Path
    parsed: tuple[Parsed, ...]
    media: tuple[Medium, ...]
    texts: Texts
    problems: tuple[Problem, ...]
    homes: dict[str, Home]


@dataclass(frozen=True, slots=True)
class Means:
    """What reading may use: the memo, the workers, the name of the code."""

    memo: Memo
    pool: Pool
    fingerprint: str


def load(folder: Path, means: Means) -> Content:
    """Read and parse a content folder; a file that is unchanged is neither read nor parsed."""
    found, problems = source.walk(folder)
    homes, strays = _homes(found)
    memo = means.memo
    known_key = key_of("known", means.fingerprint, str(folder.resolve()))
    known = _known(memo, known_key)
    reader = _Reader(folder, known)
    sources, unread = reader.sources(
        [entry for entry in found if entry.path in homes or entry.path.startswith(MEDIA + "/")]
    )
    texts = Texts(memo=memo)
    records = [entry for entry in sources if entry.path in homes]
    parsed = _parse(records, homes, reader, texts, means)
    others = [entry for entry in sources if entry.path not in homes]
    media = _media(others, reader, means)
    memo.put({known_key: _encode(reader.trusted(found))})
    slips = (*problems, *strays, *unread, *reader.problems)
    return Content(
        folder=folder, parsed=parsed, media=media, texts=texts, problems=slips, homes=homes
    )


def recover(content: Content, digests: Iterable[str]) -> dict[str, bytes]:
    """Render texts anew that the memo has lost, from the files that hold them."""
    wanted = set(digests)
    found: dict[str, bytes] = {}
    for file in content.parsed:
        if not wanted:
            break
        if file.record is None or not any(digest in repr(file.record) for digest in wanted):
            continue
        data = source.read(content.folder, file.path)
        if isinstance(data, bytes):
            again = parse(file.path, content.homes[file.path], data)
            fresh = {
                name: _encode(again.fragments[name]) for name in wanted & again.fragments.keys()
            }
            found |= fresh
            wanted -= fresh.keys()
    return found


class _Reader:
    """Reads files at most once, and knows what the last build saw of them."""

    def __init__(self, folder: Path, known: Known) -> None:
        self.folder = folder
        self.known = known
        self.bytes: dict[str, bytes] = {}
        self.digests: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.began = time.time_ns()

    def sources(self, found: list[Found]) -> tuple[list[Source], list[Problem]]:
        """Give the digest of each file; only new and changed ones are read."""
        sources, problems = [], []
        for entry in found:
            stamp, digest = self.known.get(entry.path, (None, ""))
            if stamp != entry.stamp:
                data = self._load(entry)
                if isinstance(data, Problem):
                    problems.append(data)
                    continue
                digest = source.digest_of(data)
                self.bytes[entry.path] = data
            self.digests[entry.path] = digest
            sources.append(Source(entry.path, digest, entry.stamp.size))
        return sources, problems

    def _load(self, entry: Found) -> bytes | Problem:
        limit = source.MAX_MEDIUM if entry.path.startswith(MEDIA + "/") else source.MAX_RECORD
        if entry.stamp.size > limit:
            facts = {"size": str(entry.stamp.size // 1000), "limit": str(limit // 1000)}
            return Problem(code="file-too-large", path=entry.path, facts=facts)
        return source.read(self.folder, entry.path)

    def data(self, entry: Source) -> bytes | Problem:
        """Give the bytes of a source, as its digest names them."""
        data = self.bytes.get(entry.path)
        if data is not None:
            return data
        loaded = source.read(self.folder, entry.path)
        if isinstance(loaded, bytes) and source.digest_of(loaded) != entry.digest:
            return Problem(code="vanished-file", path=entry.path)
        return loaded

    def trusted(self, found: tuple[Found, ...]) -> Known:
        """List the stamps that the next build may trust: not those of files just written."""
        if sys.platform == "win32":
            return {}  # ctime is the time of creation there: an edit could keep all of a stamp
        return {
            entry.path: (entry.stamp, self.digests[entry.path])
            for entry in found
            if entry.path in self.digests
            and max(entry.stamp.mtime, entry.stamp.ctime) < self.began - YOUNG
        }


def _known(memo: Memo, key: bytes) -> Known:
    value = memo.get((key,)).get(key)
    try:
        return _decode_known(value) if value else {}
    except msgspec.DecodeError:
        return {}


def _homes(found: Iterable[Found]) -> tuple[dict[str, Home], list[Problem]]:
    homes: dict[str, Home] = {}
    problems = []
    for entry in found:
        if entry.path.startswith(MEDIA + "/"):
            if not media_files.is_medium_name(entry.path):
                facts = {"guess": media_files.right_name(entry.path)}
                problems.append(Problem(code="bad-file-name", path=entry.path, facts=facts))
            continue
        home = home_of(entry.path)
        if isinstance(home, Problem):
            problems.append(home)
        else:
            homes[entry.path] = home
    return homes, problems


def _parse(
    sources: list[Source],
    homes: dict[str, Home],
    reader: _Reader,
    texts: Texts,
    means: Means,
) -> tuple[Parsed, ...]:
    keys = {
        entry.path: key_of("parsed", means.fingerprint, entry.path, entry.digest)
        for entry in sources
    }
    values = means.memo.get(keys.values())
    work = []
    for entry in sources:
        if keys[entry.path] not in values:
            data = reader.data(entry)
            if isinstance(data, Problem):
                reader.problems.append(data)
            else:
                work.append((entry.path, homes[entry.path], data))
    fresh: dict[bytes, bytes] = {}
    parsed: dict[str, Parsed] = {}
    for (path, _, _), (value, fragments) in zip(
        work, means.pool.map(parse_batch, None, work), strict=True
    ):
        fresh[keys[path]] = value
        parsed[path] = _decode_parsed(value)
        for name, encoded in fragments.items():
            texts.fresh[name] = encoded
            fresh[key_of("text", name)] = encoded
    means.memo.put(fresh)
    for entry in sources:
        if keys[entry.path] in values:
            parsed[entry.path] = _decode_parsed(values[keys[entry.path]])
    return tuple(parsed[entry.path] for entry in sources if entry.path in parsed)


def parse_batch(
    _common: object, batch: tuple[tuple[str, Home, bytes], ...]
) -> list[tuple[bytes, dict[str, bytes]]]:
    """Parse files; each gives its encoded record and its encoded texts by digest."""
    results = []
    for path, home, data in batch:
        parsed = parse(path, home, data)
        fragments = {name: _encode(text) for name, text in parsed.fragments.items()}
        results.append((_encode(msgspec.structs.replace(parsed, fragments={})), fragments))
    return results


def _media(sources: list[Source], reader: _Reader, means: Means) -> tuple[Medium, ...]:
    keys = {
        entry.path: key_of("medium", means.fingerprint, entry.path, entry.digest)
        for entry in sources
    }
    values = means.memo.get(keys.values())
    fresh: dict[bytes, bytes] = {}
    media = []
    for entry in sources:
        if not media_files.is_medium_name(entry.path):
            continue
        value = values.get(keys[entry.path])
        if value is not None:
            media.append(_decode_medium(value))
            continue
        data = reader.data(entry)
        if isinstance(data, Problem):
            reader.problems.append(data)
            continue
        medium = media_files.inspect(entry.path, entry.digest, data)
        fresh[keys[entry.path]] = _encode(medium)
        media.append(medium)
    means.memo.put(fresh)
    return tuple(media)
