"""One broken mini-site for each kind of problem, with the exact messages it gives.

``sites_broken/<code>/`` holds the site as an editor would have left it, and ``expected.<lang>.txt``
what netzsite says. What git can't hold (links, huge files, pictures with a place) is made here by
the function named in ``MAKERS``. After a change of a message, run once with ``NETZSITE_ACCEPT=1``
to write the expected files anew, and read the difference.
"""

import io
import os
import shutil
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image

from netzsite import inventory
from netzsite.catalogue import catalogue
from netzsite.fields import reading
from netzsite.media import decode
from netzsite.memo import DiskMemo
from netzsite.pipeline import copies, steps
from netzsite.pipeline.build import Options, Report, build
from netzsite.pipeline.content import source
from netzsite.pipeline.stage import stage
from netzsite.problem_text import text
from netzsite.problems import SEVERITIES, Problem, Severity
from netzsite.web import browser_check, external_links, live_site
from netzsite.web.browser_visit import Seen
from netzsite.web.http import Fetched
from netzsite.web.live_site import Site, look
from netzsite.web.polite_client import Answer

BROKEN = Path(__file__).parent / "sites_broken"
LANGUAGES = ("de", "en")
TODAY = date(2026, 11, 20)
ACCEPT = bool(os.environ.get("NETZSITE_ACCEPT"))

SITE = """\
title: Musterviertel
language: de
base_url: https://www.musterviertel-netz.de
timezone: Europe/Berlin
"""


# What git can't hold.


def unreadable_file(root: Path) -> None:
    media = root / "content" / "media"
    media.mkdir()
    (media / "plan.pdf").symlink_to("weg.pdf")


def not_utf8(root: Path) -> None:
    page = root / "content" / "pages" / "verein.md"
    page.write_bytes("---\ntitle: Für alle\n---\n".encode("latin-1"))


def control_character(root: Path) -> None:
    write(root / "content" / "pages" / "verein.md", "---\ntitle: Ver\x08ein\n---\n")


def file_too_large(root: Path) -> None:
    write(root / "content" / "pages" / "verein.md", "---\ntitle: Verein\n---\n" + "x" * 600_000)


def bad_address(root: Path) -> None:
    folders = [letter * 70 for letter in "abcd"]
    write(root.joinpath("content", "pages", *folders, "verein.md"), "---\ntitle: Verein\n---\n")


def picture_too_large(root: Path) -> None:
    """A picture that only says that it has 120 million pixels."""
    size = struct.pack(">II", 12_000, 10_000)
    head = b"IHDR" + size + b"\x08\x02\0\0\0"
    data = picture("png")
    data = data[:12] + head + struct.pack(">I", zlib.crc32(head)) + data[33:]
    write(root / "content" / "media" / "fest.png", data)


def heic_unreadable(root: Path) -> None:
    write(root / "content" / "media" / "fest.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")


def picture_ending(root: Path) -> None:
    write(root / "content" / "media" / "fest.jpg", picture("png"))


def picture_moving(root: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = io.BytesIO()
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:])
    write(root / "content" / "media" / "fest.gif", data.getvalue())


def picture_with_place(root: Path) -> None:
    write(root / "content" / "media" / "fest.jpg", picture("jpeg", gps=True))


def static_with_place(root: Path) -> None:
    write(root / "templates" / "static" / "haus.jpg", picture("jpeg", gps=True))


def foreign_file(root: Path) -> None:
    shutil.rmtree(root / "output")
    write(root / "output" / "index.html", "<h1>Unsere alte Seite</h1>\n")


def cannot_write(root: Path) -> None:
    shutil.rmtree(root / "output")
    write(root / "output", "eine Datei, wo ein Ordner hin soll\n")


def part_of_a_history(root: Path) -> None:
    """What git leaves of a clone that was made with ``--depth 1``."""
    write(root / ".git" / "HEAD", "ref: refs/heads/main\n")
    write(root / ".git" / "refs" / "heads" / "main", f"{'a' * 40}\n")
    write(root / ".git" / "shallow", f"{'a' * 40}\n")


MAKERS: dict[str, Callable[[Path], None]] = {
    "unreadable-file": unreadable_file,
    "not-utf8": not_utf8,
    "control-character": control_character,
    "file-too-large": file_too_large,
    "bad-address": bad_address,
    "picture-too-large": picture_too_large,
    "heic-unreadable": heic_unreadable,
    "picture-ending": picture_ending,
    "picture-moving": picture_moving,
    "picture-with-place": picture_with_place,
    "static-with-place": static_with_place,
    "foreign-file": foreign_file,
    "history-missing": part_of_a_history,
    "cannot-write": cannot_write,
}


# What must happen while the site is built.


@contextmanager
def a_build_runs(root: Path, patch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    patch.setattr(os, "getpid", lambda: 4711)
    with stage(root / "output") as folder:
        assert isinstance(folder, Path)
        yield {}


@contextmanager
def a_file_vanishes(_root: Path, patch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    walk = source.walk

    def walk_then_lose(folder: Path) -> Any:
        found = walk(folder)
        (folder / "places" / "buergerhaus.yaml").unlink()
        return found

    patch.setattr(source, "walk", walk_then_lose)
    yield {}


@contextmanager
def nothing_reads_heic(_root: Path, patch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    patch.setattr(decode, "reads_heic", lambda: False)
    yield {}


@contextmanager
def output_goes_into_content(root: Path, patch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    patch.chdir(root)  # so that the message names a folder that is the same on every machine
    yield {"root": Path(), "output": Path("content/seite")}


@contextmanager
def the_memo_lies(root: Path, patch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    run(root, memo=True, publish=False)
    get = DiskMemo.get

    def lie(self: DiskMemo, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        return {
            key: value.replace("Größe".encode(), "Grüße".encode())
            for key, value in get(self, keys).items()
        }

    patch.setattr(DiskMemo, "get", lie)
    yield {"memo": True, "verify": True}


@contextmanager
def a_clean_build_lacks_a_file(_root: Path, patch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    compare = steps.differences

    def lose_then_compare(outputs: Any, target: Any, stage: Path, clean: Path) -> Iterator[Problem]:
        (clean / "robots.txt").unlink()
        return compare(outputs, target, stage, clean)

    patch.setattr(steps, "differences", lose_then_compare)
    yield {"verify": True}


@contextmanager
def none_is_told(_root: Path, patch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    patch.setattr(reading, "MOST", 0)
    yield {}


@contextmanager
def a_file_is_the_cache(root: Path, _patch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    write(root / ".netzsite-cache", "eine Datei, wo ein Ordner hin soll\n")
    yield {"memo": True}


CIRCUMSTANCES = {
    "more-problems": none_is_told,
    "cache-unusable": a_file_is_the_cache,
    "heic-unreadable": nothing_reads_heic,
    "verify-difference": the_memo_lies,
    "verify-files": a_clean_build_lacks_a_file,
    "locked": a_build_runs,
    "vanished-file": a_file_vanishes,
    "output-in-content": output_goes_into_content,
}


# Helpers.


def write(file: Path, content: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


def picture(form: str, *, gps: bool = False) -> bytes:
    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, form, exif=exif)
    return data.getvalue()


def tree(path: Path) -> dict[str, bytes]:
    """Every file below a folder (or the file itself) with its bytes."""
    files = [path, *path.rglob("*")]
    return {str(file.relative_to(path)): file.read_bytes() for file in files if file.is_file()}


def run(root: Path, **changes: Any) -> Report:
    return build(Options(**{"root": root, "today": TODAY, "jobs": 1, "memo": False} | changes))


def shown(problems: tuple[Problem, ...], language: str) -> str:
    words = catalogue(language)
    return "\n\n".join(text(problem, words) for problem in problems) + "\n"


@pytest.fixture(scope="session")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a good build, with a file of somebody else in it."""
    root = tmp_path_factory.mktemp("good")
    write(root / "content" / "site.yaml", SITE)
    for name in ("datenschutz", "impressum"):
        write(root / "content" / "pages" / f"{name}.md", f"---\ntitle: {name}\n---\n")
    report = run(root)
    assert report.published
    assert not report.problems
    write(root / "output" / "keep.txt", "von Hand\n")
    return root / "output"


@pytest.fixture
def broken(tmp_path: Path, former: Path) -> Callable[[str], Path]:
    """Copies a mini-site to a folder where a good site had been published before."""

    def plant(code: str) -> Path:
        folder = BROKEN / code
        assert folder.is_dir(), f"make tests/sites_broken/{code}/, or say here how to make it"
        root = tmp_path / "site"
        shutil.copytree(folder, root, ignore=shutil.ignore_patterns("expected.*.txt"))
        shutil.copytree(former, root / "output")
        MAKERS.get(code, lambda _root: None)(root)
        return root

    return plant


OUTSIDE: dict[str, Answer] = {
    "external-dead": Answer(status=404),
    "external-moved": Answer(status=200, to="https://www.beispiel-verein.de/satzung"),
    "external-unsure": Answer(cause="timeout"),
}
"""What another site answers; a build doesn't ask, so this is told beside it."""


BROWSER: dict[str, Seen] = {
    "browser-called": Seen(
        "verein/index.html", kept=False, what="https://zaehler.example/z?a=1", when="click"
    ),
    "browser-kept": Seen("verein/index.html", kept=True, what="localStorage besuche", when="load"),
}
"""What a browser saw on a page; this is told beside a build, too."""


PAGE = b"<!doctype html>\n<title>Verein</title>\n<p>Guten Tag</p>\n"
GIVEN = Fetched(status=200, headers=(("Content-Type", "text/html"),), body=PAGE)
PUBLISHED: dict[str, Fetched] = {
    "live-unreachable": Fetched(status=500),
    "live-missing": Fetched(status=404),
    "live-redirect": Fetched(status=302, headers=(("Location", "https://werbung.example/"),)),
    "live-changed": replace(GIVEN, body=PAGE.replace(b"Tag", b"Abend")),
    "live-added": replace(GIVEN, body=PAGE + b"<script src=https://werbung.example/z.js></script>"),
    "live-cookie": replace(GIVEN, headers=(*GIVEN.headers, ("Set-Cookie", "sitzung=1"))),
    "live-header": GIVEN,
    "live-type": replace(GIVEN, headers=(("Content-Type", "text/plain"),)),
}
"""What a host makes of a page; this is told beside a build, too."""


def published(root: Path, code: str) -> Iterator[Problem]:
    headers = (("Referrer-Policy", "no-referrer"),) if code == "live-header" else ()
    live = "https://www.musterviertel-netz.de"
    site = Site(folder=root, live=live, base_url=live, headers=headers)
    return live_site.problems(look("verein/index.html", PAGE, PUBLISHED[code], site), live)


def build_broken(root: Path, code: str, patch: pytest.MonkeyPatch, **changes: Any) -> Report:
    if code in OUTSIDE:
        strict = bool(changes.get("strict"))
        content = inventory.read(root)
        answers = {link.url: OUTSIDE[code] for link in external_links.links(content.parsed)}
        found = external_links.problems(content, answers)
        return external_links.with_problems(run(root, **changes), found, strict=strict)
    if code in BROWSER:
        strict = bool(changes.get("strict"))
        report = run(**{"root": root, "publish": False} | changes)
        found = browser_check.problems([BROWSER[code]], {})
        return external_links.with_problems(report, found, strict=strict)
    if code in PUBLISHED:
        strict = bool(changes.get("strict"))
        publish = SEVERITIES[code] is not Severity.ERROR
        report = run(root, publish=publish, **changes)
        return external_links.with_problems(report, published(root, code), strict=strict)
    if code not in CIRCUMSTANCES:
        return run(root, **changes)
    with CIRCUMSTANCES[code](root, patch) as asked:
        return run(**{"root": root} | asked | changes)


def test_each_broken_site_shows_a_kind_of_problem():
    assert {folder.name for folder in BROKEN.iterdir()} == set(SEVERITIES)
    assert set(MAKERS) | set(CIRCUMSTANCES) <= set(SEVERITIES)


@pytest.mark.parametrize("code", SEVERITIES)
def test_a_broken_site_gets_exactly_this_message(
    code: str, broken: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
):
    root = broken(code)
    before = tree(root / "output")
    report = build_broken(root, code, monkeypatch)

    assert {problem.code for problem in report.problems} == {code}
    for language in LANGUAGES:
        said = shown(report.problems, language)
        file = BROKEN / code / f"expected.{language}.txt"
        if ACCEPT:
            write(file, said)
        assert said == file.read_text(encoding="utf-8")
        assert str(root) not in said

    if SEVERITIES[code] is Severity.ERROR:
        assert not report.published
        assert tree(root / "output") == before
        assert not list(root.glob(".output*")), "the stage is left behind"
    else:
        assert report.published
        assert (root / "output" / "keep.txt").read_bytes() == before["keep.txt"]


@pytest.mark.parametrize(
    "code", [code for code, rank in SEVERITIES.items() if rank is not Severity.ERROR]
)
def test_strict_refuses_the_release_gate_and_lets_style_pass(
    code: str, broken: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
):
    root = broken(code)
    before = tree(root / "output")
    report = build_broken(root, code, monkeypatch, strict=True)

    assert {problem.code for problem in report.problems} == {code}
    refused = SEVERITIES[code] is Severity.RELEASE
    assert report.good is not refused
    if code in OUTSIDE or code in PUBLISHED:
        return  # other hosts never keep a site from being published
    assert report.published is not refused
    assert not refused or tree(root / "output") == before


SLIPS = [code for code in SEVERITIES if code not in {*OUTSIDE, *PUBLISHED, *CIRCUMSTANCES}]
"""Those that a check can know of: no other host, no disk that fails, nothing that happens meanwhile."""


def test_what_is_compared_is_worth_it():
    assert len(SLIPS) >= 100


@pytest.mark.parametrize("code", [code for code in SLIPS if code != "cannot-write"])
def test_what_stops_publishing_stops_the_check(
    code: str, broken: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
):
    """As the workflows run them: both strict."""
    root = broken(code)
    checked = build_broken(root, code, monkeypatch, strict=True, publish=False)
    built = build_broken(root, code, monkeypatch, strict=True)
    assert checked.good is built.good is built.published
    assert checked.good is (SEVERITIES[code] in (Severity.WARNING, Severity.NOTICE))
    assert checked.problems == built.problems


@pytest.mark.parametrize("code", SEVERITIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_is_whole(code: str, language: str):
    said = (BROKEN / code / f"expected.{language}.txt").read_text(encoding="utf-8")
    first = said.partition("\n")[0]
    assert catalogue(language).report[SEVERITIES[code].value] + ": " in first
    assert f"[{code}]" in said
    assert not any(sign in first for sign in ("{", "}", ": @", "None", "(): ", "„“", "““"))
    assert catalogue(language).report["help"] + ":" in said or "?" in first, "no way out"


# What was worse than a wrong message.


def good(root: Path) -> Path:
    write(root / "content" / "site.yaml", SITE)
    write(root / "content" / "pages" / "datenschutz.md", "---\ntitle: Datenschutz\n---\n")
    write(root / "content" / "pages" / "impressum.md", "---\ntitle: Impressum\n---\n")
    return root


def test_a_link_to_itself_is_a_problem(tmp_path: Path):
    root = good(tmp_path)
    (root / "content" / "pages" / "kreis.md").symlink_to("kreis.md")
    report = run(root)
    assert [(problem.code, problem.path) for problem in report.problems] == [
        ("unreadable-file", "content/pages/kreis.md")
    ]


def test_a_page_at_a_posts_address_is_a_collision(tmp_path: Path):
    root = good(tmp_path)
    write(root / "content" / "posts" / "fest.md", "---\ntitle: Fest\ndate: 2026-11-01\n---\n")
    write(root / "content" / "pages" / "aktuelles" / "fest.md", "---\ntitle: Fest\n---\n")
    assert [problem.code for problem in run(root).problems] == ["address-collision"]


def test_a_foreign_file_in_the_way_of_a_folder_stays(tmp_path: Path):
    root = good(tmp_path)
    write(root / "output" / "akteure", "von Hand\n")
    report = run(root)
    assert (root / "output" / "akteure").read_text() == "von Hand\n"
    assert [problem.code for problem in report.problems] == ["foreign-file"]


def test_a_medium_that_vanishes_leaves_the_last_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    root = good(tmp_path)
    assert run(root).published
    write(root / "content" / "media" / "plan.pdf", "%PDF")
    page = "---\ntitle: Anfahrt\n---\n\nDer [Plan](media/plan.pdf).\n"
    write(root / "content" / "pages" / "anfahrt.md", page)
    before = tree(root / "output")
    fetch = copies.fetch

    def lose_then_fetch(file: Path, staged: Path) -> Path:
        if file.name == "plan.pdf":
            file.unlink()
        return fetch(file, staged)

    monkeypatch.setattr(copies, "fetch", lose_then_fetch)
    report = run(root)
    assert [problem.code for problem in report.problems] == ["vanished-file"]
    assert tree(root / "output") == before


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        ("page.html", "{{ ortsname }}"),
        ("page.html", '{% include "teil.html" %}'),
        ("layout.html", "{% if %}"),
    ],
)
def test_a_templates_mistake_is_told_once(tmp_path: Path, name: str, slip: str):
    root = good(tmp_path)
    write(root / "templates" / name, slip)
    assert len(run(root).problems) == 1


def test_each_dangling_link_is_told(tmp_path: Path):
    root = good(tmp_path)
    page = "---\ntitle: Verein\n---\n\n[Treff](actor:treff)\n\nNoch einmal [Treff](actor:treff)\n"
    write(root / "content" / "pages" / "verein.md", page)
    lines = [problem.spot.line for problem in run(root).problems if problem.spot]
    assert lines == [5, 7]
