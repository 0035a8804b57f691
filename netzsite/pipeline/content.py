"""Sources → parsed files and media, with what is wrong; an unchanged one isn't parsed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from netzsite import source
from netzsite.media import medium
from netzsite.media.medium import Medium
from netzsite.memo import Memo, MemoryCache, key_of
from netzsite.pipeline.fingerprint import codecs
from netzsite.pipeline.sources import Sources
from netzsite.pool import Pool
from netzsite.problems import Problem
from netzsite.records.kinds import MEDIA
from netzsite.records.parse import Home, Parsed, home_of, parse
from netzsite.records.record import Record
from netzsite.source import Found, Source

_DIGEST: Final = re.compile(rb"\xd9\x20([0-9a-f]{32})")
FEW_PICTURES: Final = 4
"""From so many pictures on, a second process is worth its start."""
_encode: Final = msgspec.msgpack.Encoder().encode
_decode_parsed: Final = msgspec.msgpack.Decoder(Parsed).decode
_decode_medium: Final = msgspec.msgpack.Decoder(Medium).decode


@dataclass(slots=True, kw_only=True)
class Texts:
    """The encoded HTML of texts by digest: of this build's parsing, else of the memo."""

    memo: Memo
    fingerprint: str
    fresh: dict[str, bytes] = field(default_factory=dict)

    def get(self, digests: Iterable[str]) -> dict[str, bytes]:
        """Give the encoded fragments of texts; one that is nowhere is left out."""
        wanted = dict.fromkeys(digests)
        keys = {self.key(name): name for name in wanted if name not in self.fresh}
        found = {name: self.fresh[name] for name in wanted if name in self.fresh}
        if keys:
            found |= {keys[key]: value for key, value in self.memo.get(keys).items()}
        return found

    def key(self, digest: str) -> bytes:
        """Name the value that the memo has of a text."""
        return key_of("text", code=self.fingerprint, digest=digest)


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
class Resources:
    """What reading may use: the memo, the workers, the name of the code."""

    memo: Memo
    pool: Pool
    fingerprint: str
    kept: MemoryCache = field(default_factory=MemoryCache)


def load(sources: Sources, resources: Resources) -> Content:
    """Parse a content folder; a file that is unchanged is neither read nor parsed."""
    homes, strays = _homes(sources.found)
    entries = sources.read(lambda path: path in homes or path.startswith(MEDIA + "/"))
    texts = Texts(memo=resources.memo, fingerprint=resources.fingerprint)
    records = [entry for entry in entries if entry.path in homes]
    parsed = _parse(records, homes, sources, texts, resources)
    others = [entry for entry in entries if entry.path not in homes]
    media = _media(others, sources, resources)
    sources.remember()
    slips = (*sources.walked, *strays, *sources.problems)
    return Content(
        folder=sources.folder, parsed=parsed, media=media, texts=texts, problems=slips, homes=homes
    )


def read(folder: Path, resources: Resources) -> Content:
    """Look at a content folder and parse it."""
    return load(Sources(folder, resources.memo, resources.fingerprint), resources)


def recover(content: Content, digests: Iterable[str]) -> dict[str, bytes]:
    """Render texts anew that the memo has lost, from the files that hold them."""
    wanted = set(digests)
    found: dict[str, bytes] = {}
    for file in content.parsed:
        if not wanted:
            break
        if file.record is None or wanted.isdisjoint(_named(file.record)):
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


def _named(record: Record) -> set[str]:
    """Give the digests of a record's texts, found as msgpack writes them."""
    return {hit.decode() for hit in _DIGEST.findall(_encode(record))}


def _homes(found: Iterable[Found]) -> tuple[dict[str, Home], list[Problem]]:
    homes: dict[str, Home] = {}
    problems = []
    for entry in found:
        if entry.path.startswith(MEDIA + "/"):
            if not medium.is_medium_name(entry.path):
                facts = {"guess": medium.right_name(entry.path)}
                problems.append(Problem(code="bad-file-name", path=entry.path, facts=facts))
            continue
        home = home_of(entry.path)
        if isinstance(home, Problem):
            problems.append(home)
        else:
            homes[entry.path] = home
    return homes, problems


def _parse(
    entries: list[Source],
    homes: dict[str, Home],
    sources: Sources,
    texts: Texts,
    resources: Resources,
) -> tuple[Parsed, ...]:
    keys = {
        entry.path: key_of(
            "parsed", code=resources.fingerprint, path=entry.path, digest=entry.digest
        )
        for entry in entries
    }
    known = resources.kept.load(resources.memo, keys.values(), _decode_parsed)
    work = [entry for entry in entries if keys[entry.path] not in known]

    def ready(batch: Sequence[Source]) -> list[tuple[str, Home, bytes]]:
        found = sources.data(batch)
        return [(path, homes[path], data) for path, data in found.items()]

    fresh: dict[bytes, bytes] = {}
    parsed: dict[str, Parsed] = {}
    for value, fragments in resources.pool.map(parse_batch, None, work, ready):
        file = _decode_parsed(value)
        fresh[keys[file.path]] = value
        parsed[file.path] = file
        texts.fresh |= fragments
        fresh |= {texts.key(name): text for name, text in fragments.items()}
    resources.memo.put(fresh)
    resources.kept.put({keys[path]: file for path, file in parsed.items()})
    files = (parsed.get(entry.path) or known.get(keys[entry.path]) for entry in entries)
    return tuple(file for file in files if file)


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


def _media(entries: list[Source], sources: Sources, resources: Resources) -> tuple[Medium, ...]:
    wanted = [entry for entry in entries if medium.is_medium_name(entry.path)]
    keys = {
        entry.path: key_of("medium", codecs=codecs(), path=entry.path, digest=entry.digest)
        for entry in wanted
    }
    found = {key: _decode_medium(value) for key, value in resources.memo.get(keys.values()).items()}
    work = [entry for entry in wanted if keys[entry.path] not in found]
    results = resources.pool.map(look_batch, sources.folder, work, worth=FEW_PICTURES)
    fresh: dict[bytes, bytes] = {}
    for entry, value in zip(work, results, strict=True):
        if isinstance(value, Problem):
            sources.problems.append(value)
        else:
            fresh[keys[entry.path]] = value
            found[keys[entry.path]] = _decode_medium(value)
    resources.memo.put(fresh)
    return tuple(found[keys[entry.path]] for entry in wanted if keys[entry.path] in found)


def look_batch(folder: Path, batch: tuple[Source, ...]) -> list[bytes | Problem]:
    """Look into media; each gives its encoded ``Medium``, or why it can't be read."""
    results: list[bytes | Problem] = []
    for entry in batch:
        data = source.taken(folder, entry)
        results.append(
            data
            if isinstance(data, Problem)
            else _encode(medium.inspect(entry.path, entry.digest, data))
        )
    return results
