"""A site of about a dozen records in which each kind of page has something to show, to be edited.

``write`` makes it; it is small, so that hundreds of builds of it cost no patience. A ``Lab`` has
templates, words and code of its own beside it, so that a test may change those too, and compares
what a build with a memo gives with a clean one.
"""

import functools
import os
import shutil
import struct
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import jinja2
import msgspec
import pytest

from netzsite import catalogue
from netzsite.audit.read import read
from netzsite.memo import MemoryCache, key_of
from netzsite.pipeline import copies, fingerprint, render
from netzsite.pipeline.build import Options, Report, build
from netzsite.pipeline.target import MANIFEST, PENDING
from netzsite.rendering import environment, template_source, templates

MEMORY: Final = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where files cost no disk access, where there is such a place."""
DAY: Final = date(2026, 11, 20)
"""Today, unless a test says otherwise."""


def picture(width: int, height: int) -> bytes:
    """A grey PNG, made without a library."""

    def chunk(name: bytes, data: bytes) -> bytes:
        end = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + end

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + bytes([160]) * width for _ in range(height))
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


FILES: Final[dict[str, str | bytes]] = {
    "site.yaml": """\
title: Netz Musterdorf
tagline: Alle an einem Tisch
language: de
base_url: https://musterdorf-netz.de
timezone: Europe/Berlin
region: DE-RP
accent: "#5b2a6e"
feed_id: musterdorf-netz.de,2025
provider:
  name: Bürgerverein Musterdorf e. V.
  street: Dorfstraße 1
  postal_code: 01067
  city: Musterdorf
  email: post@musterdorf-netz.de
  represented_by: den Vorstand, Mia Muster
  phone: 0351 123456
  register: Amtsgericht Musterstadt, VR 1
  responsible: Mia Muster, Am Markt 1, 01067 Musterstadt
""",
    "vocabulary.yaml": """\
topics:
  schulden:
    label: Schulden
    plain: Ich habe Schulden
    synonyms: [Mahnung]
target_groups:
  familien:
    label: Familien
""",
    "network.yaml": """\
goals:
  - id: treffpunkte
    title: Offene Treffpunkte
agreements:
  - title: Ein Raum für die Beratung
    actors: [treff, beratung]
    goal: treffpunkte
    since: 2026-09-01
    status: agreed
""",
    "carriers/verein.yaml": "name: Bürgerverein Musterdorf e. V.\n",
    "actors/treff.yaml": """\
name: Familientreff
carrier: verein
description: Ein Ort für alle. Mehr beim [Haus](place:haus).
target_groups: [familien]
places: [haus]
contacts:
  - role: Büro
    phone: 030 23125 120
""",
    "actors/beratung.yaml": """\
name: Schuldnerberatung
carrier: verein
topics: [schulden]
""",
    "offers/sprechstunde.yaml": """\
name: Offene Sprechstunde
actors: [beratung]
hours: Di 14-16 Uhr
place: haus
topics: [schulden]
""",
    "places/haus.yaml": "name: Bürgerhaus\nstreet: Dorfstraße 1\npostal_code: 01067\ncity: Musterdorf\n",
    "posts/2025-05-09-hochbeete.md": """\
---
title: Zehn Hochbeete
date: 2025-05-09
tags: [Umwelt, Nachbarschaft]
actors: [treff]
---

Gesägt und *geschaufelt*, siehe [Plan](media/plan.txt).
""",
    "posts/fest.md": """\
---
title: Ein Fest im Hof
date: 2026-06-01
tags: [Nachbarschaft]
image:
  src: media/fest.png
  alt: Der Hof
  credit: "Bild: Redaktion"
---

## Was war {#was-war}

Es gab Suppe. Davor: [Hochbeete](post:hochbeete).
""",
    "posts/advent.md": """\
---
title: Kalender im Advent
date: 2026-11-01
expires: 2026-12-24
tags: [Winter]
---

Jeden Tag eine Tür.
""",
    "posts/entwurf.md": "---\ntitle: Noch nicht fertig\ndate: 2026-11-02\ndraft: true\n---\n\nHm.\n",
    "posts/neujahr.md": """\
---
title: Empfang zum neuen Jahr
date: 2027-01-10
tags: [Winter]
---

Wir stoßen an.
""",
    "events/treffen.md": """\
---
title: Netzwerktreffen
start: 2026-01-14 14:00
end: 2026-01-14 15:30
repeat: jeden 2. Mittwoch im Monat
place: haus
actors: [treff]
---

Alle sind willkommen.
""",
    "pages/start.md": "---\ntitle: Willkommen\n---\n\nSchön, dass Sie da sind.\n",
    "pages/verein.md": "---\ntitle: Der Verein\naliases: [/alt/]\n---\n\nSeit [2025](post:fest#was-war).\n",
    "pages/datenschutz.md": "---\ntitle: Datenschutz\n---\n\nNichts wird gespeichert.\n",
    "media/plan.txt": "Beet an Beet\n",
    "media/fest.png": picture(4, 3),
}


def put(file: Path, content: str | bytes) -> Path:
    """Write a file, and the folders it needs; an existing one is changed in place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def write(root: Path) -> Path:
    """Write the site's content below a folder."""
    for path, content in FILES.items():
        put(root / "content" / path, content)
    return root


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            file = os.path.join(place, name)  # noqa: PTH118 - called thousands of times
            with open(file, "rb") as opened:  # noqa: PTH123
                found[os.path.relpath(file, folder)] = opened.read()
    return found


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file below a folder was last written, and which file it is."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            file = os.path.join(place, name)  # noqa: PTH118
            info = os.lstat(file)
            found[os.path.relpath(file, folder)] = (info.st_mtime_ns, info.st_ino)
    return found


def forget() -> None:
    """Forget what modules keep, as when the next build is one of a new process.

    But for Jinja's environment, which takes long to make: it is known by all that it is made of.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith("netzsite.") and module is not environment:
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


class DiffersError(AssertionError):
    """A build with a memo isn't what a clean one is."""


@dataclass(kw_only=True)
class Lab:
    """A site to be edited, with templates, words and code of its own, and how it is built."""

    home: Path
    options: dict[str, Any] = field(default_factory=dict)
    foreign: dict[str, bytes] = field(default_factory=dict)
    """What others have put into the output."""
    made: dict[str, bytes] = field(default_factory=dict)
    """What the last good build put there."""
    builds: int = 0
    kept: MemoryCache | None = None
    """What stays in memory between builds, where one process builds again and again."""

    @property
    def root(self) -> Path:
        return self.home / "site"

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def cache(self) -> Path:
        return self.root / ".netzsite-cache"

    @property
    def shipped(self) -> Path:
        """The templates that stand for those that come with netzsite."""
        return self.home / "shipped"

    @property
    def package(self) -> Path:
        """What stands for netzsite's own code and words."""
        return self.home / "netzsite"

    @classmethod
    def make(cls, home: Path) -> "Lab":
        """Write all that a lab is made of; to be used under ``inside``."""
        lab = cls(home=home)
        write(lab.root)
        shutil.copytree(SHIPPED, lab.shipped)
        for name in ("text.py", "words/de.json", "words/en.json"):
            put(lab.package / name, (PACKAGE / name).read_bytes())
        return lab

    @contextmanager
    def inside(self, *, patient: bool = True) -> Iterator[None]:
        """Let netzsite take the lab's templates, words and code for its own.

        With patience, files count as old enough for their stamps to be trusted.
        """
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(templates, "shipped_folder", lambda: self.shipped)
            patch.setattr(fingerprint, "__file__", str(self.package / "pipeline" / "x.py"))
            patch.setattr(catalogue, "FOLDER", self.package / "words")
            if patient:
                now = time.time_ns
                patch.setattr(time, "time_ns", lambda: now() + 10_000_000_000)
            forget()
            yield
        forget()

    def restart(self) -> None:
        """Let the next build be one of a new process."""
        forget()
        if self.kept is not None:
            self.kept = MemoryCache()

    def tick(self) -> None:
        """Wait until the file system's clock shows another time than it did."""
        probe = self.home / "probe"
        probe.write_bytes(b"")
        first = probe.stat().st_ctime_ns
        while first == probe.stat().st_ctime_ns:
            probe.write_bytes(b"")

    def asked(self, **changes: Any) -> Options:
        base = Options(root=self.root, today=DAY, jobs=1)
        return replace(base, **(self.options | changes))

    def build(self, **changes: Any) -> Report:
        """Build with the memo, into the output."""
        self.tick()
        return build(self.asked(**changes), self.kept)

    def clean(self) -> tuple[Report, dict[str, bytes]]:
        """Build without a memo, into an empty folder; what was built so lately isn't again."""
        name = self.name()
        found = _lately.pop(name, None) or self._clean()
        _lately[name] = found
        if len(_lately) > LATELY:
            del _lately[next(iter(_lately))]
        return found

    def _clean(self) -> tuple[Report, dict[str, bytes]]:
        self.builds += 1
        folder = self.home / f"clean{self.builds}" / "output"
        report = build(self.asked(memo=False, output=folder))
        files = tree(folder)
        shutil.rmtree(folder.parent, ignore_errors=True)
        return report, files

    def name(self) -> bytes:
        """Name all that a clean build is made of."""
        folders = (self.content, self.root / "templates", self.shipped)
        words = [catalogue.catalogue(language) for language in ("de", "en")]
        options = sorted((name, str(value)) for name, value in self.options.items())
        files = [sorted(tree(folder).items()) for folder in folders]
        return key_of("lab", all=msgspec.msgpack.encode((files, options, words)))

    def published(self) -> dict[str, bytes]:
        """What lies in the output, without what others put there."""
        found = tree(self.output)
        for path, data in self.foreign.items():
            same(found.pop(path, None), data, f"a file of others: {path}")
        return found

    def check(self) -> Report:
        """Build with the memo and compare all that can be seen of it with a clean build.

        Raises ``DiffersError``.
        """
        before, times = tree(self.output), stamps(self.output)
        report = self.build()
        clean, files = self.clean()
        self.tidy()
        unlisted = self.unlisted(before, files) if clean.published else set()
        if unlisted and report.published:
            # Once the disk's clock has moved on, the memo knows what it wrote itself.
            hers = {path: self.made.get(path) for path in unlisted}
            same({path: before[path] for path in unlisted}, hers, "files that were taken back")
        elif unlisted:
            told = {problem.facts["file"] for problem in report.problems}
            same(told, {f"output/{path}" for path in unlisted}, "files that are not ours")
            same(tree(self.output), before, "output after a build with a mistake")
            return report
        same(report.problems, clean.problems, "problems")
        same(report.published, clean.published, "published")
        same(report.next_change, clean.next_change, "next change")
        if not report.published:
            same(tree(self.output), before, "output after a build with a mistake")
            return report
        after = self.published()
        same(after, files, "output")
        self.made = files
        same(report.pages, clean.pages, "pages")
        del after[MANIFEST]
        kept = {path for path, data in after.items() if before.get(path) == data}
        now = stamps(self.output)
        moved = {path for path in kept if times[path] != now[path]}
        same(moved, set(), "files that are written though they are right")
        same(report.counts.written, len(after) - len(kept), "written")
        same(report.counts.unchanged, len(kept), "unchanged")
        return report

    def unlisted(self, before: dict[str, bytes], files: dict[str, bytes]) -> set[str]:
        """Name what a build without a manifest can't take for its own, and would overwrite."""
        lists = [before.get(name, b"") for name in (MANIFEST, PENDING)]
        rows = [row for text in lists for row in text.decode("utf-8", "replace").split("\n")[1:]]
        ours = {row.partition(" ")[2] for row in rows} | {MANIFEST}
        return {path for path in files.keys() & before.keys() - ours if files[path] != before[path]}

    def tidy(self) -> None:
        """See that a build has left nothing beside the output."""
        left = {path.name for path in self.root.iterdir()}
        same(
            left - {"content", "output", "templates", ".netzsite-cache", ".git"},
            set(),
            "left behind",
        )


LATELY: Final = 100
_lately: Final[dict[bytes, tuple[Report, dict[str, bytes]]]] = {}
"""What lately came of clean builds, by all that they were made of."""


def forget_clean() -> None:
    """Forget what came of clean builds, where netzsite itself does something else from now on."""
    _lately.clear()


PACKAGE: Final = Path(catalogue.__file__).parent
SHIPPED: Final = templates.shipped_folder()
_references = functools.lru_cache(maxsize=4096)(template_source.references)
"""What a template refers to: a function of its text alone, and most of a clean build's time here."""


_facts = functools.lru_cache(maxsize=4096)(read)
"""The facts of a file: of its name, bytes and address alone. Most files are those of the last build."""


def _read(*arguments: Any, **more: Any) -> Any:
    """Look facts up; without what ``forget`` would clear them by."""
    return _facts(*arguments, **more)


class _Bytecode(jinja2.BytecodeCache):
    """Compiled templates by name and text, so that a changed one doesn't compile all others anew."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if (bucket.key, bucket.checksum) in self.known:
            bucket.bytecode_from_string(self.known[bucket.key, bucket.checksum])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self.known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return f"{name} {filename}"


_bytecode = _Bytecode()
_make = environment.environment


def remembering(loaded: templates.Templates) -> jinja2.Environment:
    made = _make(loaded)
    made.bytecode_cache = _bytecode
    return made


@contextmanager
def known_once() -> Iterator[None]:
    """Let builds of this process share what a template and a file gave: most of a small build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(template_source, "references", _references)
        patch.setattr(environment, "environment", remembering)
        for module in (render, copies):
            patch.setattr(module, "read", _read)
        yield


def same(one: object, other: object, what: str) -> None:
    """Compare; raises ``DiffersError`` with what differs."""
    if one == other:
        return
    if isinstance(one, dict) and isinstance(other, dict):
        paths = sorted({*one, *other})
        told = [_shown(path, one, other) for path in paths if one.get(path) != other.get(path)]
        raise DiffersError(f"{what}:\n" + "\n".join(told[:5]))
    raise DiffersError(f"{what}:\n  {one!r}\n  {other!r}")


def _shown(path: str, one: dict[str, bytes], other: dict[str, bytes]) -> str:
    ours, theirs = one.get(path), other.get(path)
    if ours is None or theirs is None:
        return f"  {path}: only {'there' if ours is None else 'here'}"
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), 0)
    return f"  {path} at {at}:\n    {ours[at - 30 : at + 40]!r}\n    {theirs[at - 30 : at + 40]!r}"
