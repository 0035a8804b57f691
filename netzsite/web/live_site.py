"""A built site and the one that a host delivers → what the host changed, added or lost.

What is published is compared file by file with a fresh build, to the byte, and its header fields
with what ``_headers`` asks for. A host that writes a script into pages does so on all of them: each
kind of difference is told once, with the first file that shows it.
"""

import itertools
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

from msgspec import Struct, structs

from netzsite import urls
from netzsite.audit.read import read
from netzsite.pipeline.build import Options, Report, build
from netzsite.pool import nothing
from netzsite.problems import Problem, Spot
from netzsite.text import excerpt
from netzsite.web.external_links import with_problems
from netzsite.web.http import Fetched, Line
from netzsite.web.polite_client import Step

UNSERVED: Final = ("_headers", "_redirects", "_hosting/", ".netzsite", "404.html")
"""Files that a host obeys and need not deliver, or not at their own address."""
TYPES: Final[dict[str, tuple[str, ...]]] = {
    "html": ("text/html",),
    "css": ("text/css",),
    "js": ("text/javascript", "application/javascript"),
    "json": ("application/json", "application/feed+json"),
    "xml": ("application/xml", "text/xml", "application/atom+xml", "application/rss+xml"),
    "svg": ("image/svg+xml",),
    "ics": ("text/calendar",),
    "vcf": ("text/vcard", "text/x-vcard"),
    "txt": ("text/plain",),
    "pdf": ("application/pdf",),
    "png": ("image/png",),
    "jpg": ("image/jpeg",),
    "jpeg": ("image/jpeg",),
    "webp": ("image/webp",),
    "avif": ("image/avif",),
    "gif": ("image/gif",),
    "ico": ("image/x-icon", "image/vnd.microsoft.icon"),
    "webmanifest": ("application/manifest+json", "application/json"),
}
"""Ending → media types with which a file works as it should."""
_ALSO_FINE: Final = frozenset({"cache-control"})
"""Fields of ``_headers`` that a host may set otherwise without harm to a reader."""
_FOUND, _GONE, _BUSY = 200, frozenset({404, 410}), frozenset({429, 503})
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_HOME: Final = "index.html"
_MORE: Final = 1_000_000
"""So many bytes more than it should have are read of a file."""


class Pace(Struct, frozen=True, kw_only=True):
    """How to ask one's own host; times in seconds."""

    lines: int = 3
    """How many connections at once."""
    timeout: float = 15.0
    """For one file, from the request to its last byte."""


POLITE: Final = Pace()


class Note(Struct, frozen=True, kw_only=True):
    """One difference of one file."""

    code: str
    what: str
    """What several files may have in common."""
    path: str
    facts: dict[str, str] = {}
    spot: Spot | None = None
    excerpt: str | None = None


class Site(Struct, frozen=True, kw_only=True):
    """What is known of the built site while its files are compared."""

    folder: Path
    live: str
    base_url: str
    headers: tuple[tuple[str, str], ...]


def checked(options: Options, live: str, pace: Pace = POLITE) -> Report:
    """Build a site anew and compare it with the one at ``live``; nothing is published."""
    with TemporaryDirectory(prefix="netzsite-") as folder:
        output = Path(folder) / "output"
        report = build(replace(options, publish=True, output=output))
        if not report.published:
            return report
        found = compare(output, live, report.base_url or live, options.progress, pace)
        known = structs.replace(report, published=False)
        return with_problems(known, found, strict=options.strict)


def compare(
    folder: Path, live: str, base_url: str, step: Step = nothing, pace: Pace = POLITE
) -> tuple[Problem, ...]:
    """Compare a built site, made for ``base_url``, with what is delivered at ``live``."""
    headers = tuple(_wanted(folder / "_headers", live))
    site = Site(folder=folder, live=live, base_url=base_url, headers=headers)
    return tuple(problems(_Round(site, step, pace).notes(), live))


def _wanted(file: Path, live: str) -> Iterator[tuple[str, str]]:
    """Read the fields that every response should have."""
    for line in file.read_text("utf-8").splitlines():
        name, colon, value = line.strip().partition(": ")
        secure = live.startswith("https://") or name != "Strict-Transport-Security"
        if colon and secure and name.lower() not in _ALSO_FINE:
            yield name, value


class _Round:
    """Compares files on several lines at once, until the host has had enough."""

    def __init__(self, site: Site, step: Step, pace: Pace) -> None:
        found = (path.relative_to(site.folder) for path in site.folder.rglob("*") if path.is_file())
        names = sorted(path.as_posix() for path in found)
        self._site, self._step, self._pace = site, step, pace
        self._paths = [name for name in names if not name.startswith(UNSERVED)]
        self._enough = threading.Event()
        self._count = itertools.count(1)

    def notes(self) -> list[Note]:
        """Compare all files; the home page comes first, alone."""
        first = self._share([_HOME])
        if any(note.code == "live-unreachable" for note in first):
            return first
        rest = [path for path in self._paths if path != _HOME]
        lines = self._pace.lines
        with ThreadPoolExecutor(lines) as pool:
            shares = pool.map(self._share, (rest[start::lines] for start in range(lines)))
            return [*first, *(note for share in shares for note in share)]

    def _share(self, paths: list[str]) -> list[Note]:
        line, found = Line(self._site.live, self._pace.timeout), list[Note]()
        for path in paths:
            if self._enough.is_set():
                break
            built = (self._site.folder / path).read_bytes()
            got = line.fetch(urls.address_of(path), len(built) + _MORE)
            if got.status in _BUSY:
                self._enough.set()
            found += look(path, built, got, self._site)
            self._step("live", next(self._count), len(self._paths))
        line.close()
        return found


def look(path: str, built: bytes, got: Fetched, site: Site) -> Iterator[Note]:
    """Say how what a host sends differs from a built file."""
    if got.status in _MOVED:
        yield from _redirect(path, built, got, site)
        return
    if got.status in _GONE:
        yield Note(code="live-missing", what=str(got.status), path=path)
        return
    if got.status != _FOUND:
        reason = f"@{got.cause}" if got.cause else f"HTTP {got.status}"
        yield Note(code="live-unreachable", what=reason, path=path, facts={"reason": reason})
        return
    yield from _fields(path, got, site)
    if got.body != built:
        added = list(_added(path, built, got.body, site))
        yield from added or [_changed(path, built, got.body)]


def _redirect(path: str, built: bytes, got: Fetched, site: Site) -> Iterator[Note]:
    """Tell of a redirect; a moved page may be led on by the host instead of by its own HTML."""
    to = got.header("Location")
    inside = to.startswith(("/", "./", "../", site.live + "/")) and not to.startswith("//")
    if inside and b'http-equiv="refresh"' in built:
        return
    host = to.split("/")[2] if "//" in to else ""
    yield Note(code="live-redirect", what=host or to, path=path, facts={"to": to})


def _fields(path: str, got: Fetched, site: Site) -> Iterator[Note]:
    """Compare the header fields: cookies, the type, what protects readers."""
    for name, value in got.headers:
        if name.lower() == "set-cookie":
            cookie = value.partition("=")[0].strip()
            yield Note(code="live-cookie", what=cookie, path=path, facts={"what": cookie})
    ending = path.rpartition(".")[2].lower()
    kind = got.header("Content-Type").partition(";")[0].strip().lower()
    if ending in TYPES and kind not in TYPES[ending]:
        facts = {"what": kind or "–", "right": TYPES[ending][0]}
        yield Note(code="live-type", what=f"{ending} {kind}", path=path, facts=facts)
    if ending != "html":
        return
    for name, value in site.headers:
        given = got.header(name)
        if given != value:
            reason = excerpt(given, 120) if given else "@header-missing"
            facts = {"what": name, "reason": reason, "right": value}
            yield Note(code="live-header", what=f"{name} {given}", path=path, facts=facts)


def _added(path: str, built: bytes, body: bytes, site: Site) -> Iterator[Note]:
    """Name what a delivered file loads or runs that the built one doesn't."""
    address = urls.address_of(path)
    ours, theirs = (read(path, data, address, site.base_url) for data in (built, body))
    if ours is None or theirs is None:
        return
    known = {(finding.code, finding.what) for finding in ours.findings}
    more = [one.what for one in theirs.findings if (one.code, one.what) not in known]
    if path.endswith(".html"):
        more += _loaded(body) - _loaded(built)
    spot, line, _ = _difference(built, body)
    for what in sorted(dict.fromkeys(more)):
        facts = {"what": what}
        yield Note(code="live-added", what=what, path=path, facts=facts, spot=spot, excerpt=line)


def _loaded(page: bytes) -> set[str]:
    """Give the addresses that a page loads by itself, as they are written in it."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - only where a page differs

    found = LexborHTMLParser(page).css("script[src], iframe[src], img[src], link[href]")
    return {node.attributes.get("src") or node.attributes.get("href") or "" for node in found}


def _changed(path: str, built: bytes, body: bytes) -> Note:
    spot, line, found = _difference(built, body)
    facts = {"guess": found} if found else {}
    what = PurePosixPath(path).suffix
    return Note(code="live-changed", what=what, path=path, facts=facts, spot=spot, excerpt=line)


def _difference(built: bytes, body: bytes) -> tuple[Spot | None, str | None, str]:
    """Find the first line that differs: its place, how it was built, how it was delivered."""
    try:
        ours, theirs = built.decode().split("\n"), body.decode().split("\n")
    except UnicodeDecodeError:
        return None, None, ""
    for number, (our, their) in enumerate(itertools.zip_longest(ours, theirs, fillvalue=""), 1):
        if our != their:
            pairs = enumerate(itertools.zip_longest(our, their))
            column = next((at for at, (one, other) in pairs if one != other), 0)
            start = max(column - 20, 0)
            return Spot(number, column + 1), our, excerpt(their[start : start + 200], 100)
    return None, None, ""


def problems(notes: Iterable[Note], live: str) -> Iterator[Problem]:
    """Tell each kind of difference once, at the first file that shows it."""
    groups: Mapping[tuple[str, str], list[Note]] = defaultdict(list)
    for note in notes:
        groups[note.code, note.what].append(note)
    for (code, _), same in groups.items():
        first = min(same, key=_path)
        page = live + urls.address_of(first.path) + (f" ({len(same)}×)" if len(same) > 1 else "")
        yield Problem(
            code=code,
            path=f"output/{first.path}",
            spot=first.spot,
            facts={"page": page, **first.facts},
            excerpt=first.excerpt,
        )


def _path(note: Note) -> tuple[int, str]:
    return note.path.count("/"), note.path
