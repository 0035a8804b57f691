"""``build --verify``: what is kept between builds never shows, and where it does it is told."""

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from netzsite import cli, source
from netzsite.memo import DiskMemo, NoMemo
from netzsite.pipeline import steps
from netzsite.pipeline.build import Report, build
from netzsite.pipeline.render import Output
from netzsite.pipeline.target import MANIFEST, Target
from netzsite.pipeline.verify import MOST, differences
from netzsite.problems import Problem
from netzsite.source import Stamp, digest_of, stamp_of
from tests import lab
from tests.conftest import options, tree

POST = "content/posts/2025-05-09-hochbeete.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lab.write(tmp_path / "site")


def lie(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """Let the memo give other bytes than were put into it."""
    get = DiskMemo.get

    def false(self: DiskMemo, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        found = get(self, keys).items()
        return {key: value.replace(old.encode(), new.encode()) for key, value in found}

    monkeypatch.setattr(DiskMemo, "get", false)


def verified(root: Path, **changes: object) -> Report:
    return build(options(root, memo=True, verify=True, **changes))


def files(report: Report) -> set[str]:
    return {problem.facts["file"] for problem in report.problems}


def test_a_build_with_a_memo_passes_cold_warm_and_after_an_edit(root: Path):
    for _ in range(2):
        assert verified(root).problems == ()
    lab.put(root / POST, (root / POST).read_bytes() + b"\nNoch ein Satz.\n")
    report = verified(root)
    assert (report.problems, report.published) == ((), True)
    assert {path.name for path in root.iterdir()} == {".netzsite-cache", "content", "output"}


def test_a_false_entry_of_the_memo_is_found_and_nothing_published(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    build(options(root, memo=True))
    before = tree(root / "output")
    lie(monkeypatch, "Hochbeete", "Tiefbeete")
    report = verified(root)
    assert (report.published, report.good) == (False, False)
    assert {problem.code for problem in report.problems} == {"verify-difference"}
    assert "output/aktuelles/hochbeete/index.html" in files(report)
    assert "output/akteure/beratung/index.html" not in files(report)
    shown = report.problems[0].facts
    assert "Tiefbeete" in shown["kept"]
    assert "Hochbeete" in shown["right"]
    assert tree(root / "output") == before
    assert {path.name for path in root.iterdir()} == {".netzsite-cache", "content", "output"}


def test_where_everything_differs_the_first_files_are_told(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    build(options(root, memo=True))
    lie(monkeypatch, "Netz Musterdorf", "Netz Musterland")
    assert len(verified(root).problems) == MOST


def test_an_edited_output_that_its_stamp_does_not_betray_is_found(root: Path):
    """As on a disk that tells times in steps of two seconds."""
    build(options(root, memo=True))
    page = root / "output" / "index.html"
    right = page.read_bytes()
    page.write_bytes(right.replace(b"<h1", b"<h3", 1))
    memo = DiskMemo.open(root / ".netzsite-cache")
    target = Target(root / "output", memo)
    target.stamps |= target.seen | {"index.html": (stamp_of(page.lstat()), digest_of(right))}
    target.remember(root)
    (root / ".clock").unlink()
    memo.close()

    assert build(options(root, memo=True)).counts.written == 0
    assert page.read_bytes() != right
    report = verified(root)
    assert files(report) == {"output/index.html"}
    assert report.problems[0].facts["offset"] == str(right.index(b"<h1") + 3)

    shutil.rmtree(root / ".netzsite-cache")
    assert build(options(root, memo=True)).counts.written == 1
    assert verified(root).problems == ()


def test_a_slip_that_only_the_clean_build_sees_is_told(root: Path, monkeypatch: pytest.MonkeyPatch):
    """As where an edit keeps size and time, and the file system knows no time of change."""
    monkeypatch.setattr(
        source, "stamp_of", lambda info: Stamp(info.st_size, info.st_mtime_ns, 0, 0)
    )
    actor = root / "content" / "actors" / "treff.yaml"
    os.utime(actor, (1_000, 1_000))
    build(options(root, memo=True))
    lab.put(actor, actor.read_bytes().replace(b"carrier:", b"carried:"))
    os.utime(actor, (1_000, 1_000))
    assert build(options(root, memo=True)).published
    report = verified(root)
    assert {problem.code for problem in report.problems} == {"unknown-key"}
    assert not report.published


def test_a_build_without_a_memo_and_beside_files_of_others_passes(root: Path):
    lab.put(root / "output" / "CNAME", "musterdorf-netz.de\n")
    report = build(options(root, verify=True))
    assert (report.problems, report.published) == ((), True)
    assert (root / "output" / "CNAME").exists()


def test_a_site_with_a_mistake_is_not_built_twice(root: Path, monkeypatch: pytest.MonkeyPatch):
    lab.put(root / "content" / "actors" / "treff.yaml", "träger: verein\n")
    monkeypatch.setattr(steps, "differences", None)
    assert not verified(root).published


@pytest.mark.parametrize(("language", "said"), [("de", "Mit dem Gemerkten "), ("en", "With what ")])
def test_the_command_line_says_what_differs_and_ends_with_1(
    root: Path,
    language: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    def run() -> int:
        with pytest.raises(SystemExit) as ended:
            cli.main(("build", str(root), "--today=2026-11-20", "--lang", language, "--verify"))
        return int(ended.value.code or 0)

    assert run() == 0
    assert capsys.readouterr().err == ""
    lie(monkeypatch, "Hochbeete", "Tiefbeete")
    assert run() == 1
    shown = capsys.readouterr().err
    assert said in shown
    assert "[verify-difference]" in shown


# The comparison itself.


Compare = Callable[[bytes | None, bytes | None], list[Problem]]


@pytest.fixture
def compare(tmp_path: Path) -> Compare:
    """Compare one file as it would be published with that of a clean build."""

    def differ(ours: bytes | None, theirs: bytes | None) -> list[Problem]:
        stage, clean = tmp_path / "stage", tmp_path / "clean"
        stage.mkdir()
        outputs = {}
        if ours is not None:
            outputs["a.txt"] = Output(path="a.txt", digest=digest_of(ours), size=len(ours))
            (stage / "a.txt").write_bytes(ours)
        if theirs is not None:
            lab.put(clean / "a.txt", theirs)
        lab.put(clean / MANIFEST, "netzsite 1\n")
        return list(differences(outputs, Target(tmp_path / "output", NoMemo()), stage, clean))

    return differ


@pytest.mark.parametrize(
    ("ours", "theirs", "place", "shown"),
    [
        (b"abc", b"abd", (1, 3), ("abc", "abd")),
        (b"eins\nzwei\ndrei", b"eins\nzwie\ndrei", (2, 8), ("zwei", "zwie")),
        (b"gleich", b"gleich\nund mehr", (1, 7), ("gleich", "gleich")),
        (b"gleich\nund mehr", b"gleich\n", (2, 8), ("und mehr", "")),
        ("Größe".encode(), "Gräße".encode(), (1, 4), ("Größe", "Gräße")),
        (b"\x89PNG\x00", b"\x89PNG\x01", (1, 5), ("\ufffdPNG\x00", "\ufffdPNG\x01")),
        (b"", b"x", (1, 1), ("", "x")),
        (b"\x80", b"\x81", (1, 1), ("\ufffd", "\ufffd")),
        (b"a" * 300 + b"X", b"a" * 300 + b"Y", (1, 301), ("a" * 20 + "X", "a" * 20 + "Y")),
        (b"X" + b"b" * 300, b"Y" + b"b" * 300, (1, 1), ("X" + "b" * 59, "Y" + "b" * 59)),
    ],
)
def test_the_first_difference_is_shown(
    ours: bytes, theirs: bytes, place: tuple[int, int], shown: tuple[str, str], compare: Compare
):
    facts = {"file": "output/a.txt", "line": str(place[0]), "offset": str(place[1])}
    facts |= {"kept": shown[0], "right": shown[1]}
    assert compare(ours, theirs) == [Problem(code="verify-difference", facts=facts)]


@pytest.mark.parametrize(
    ("ours", "theirs", "reason"), [(b"x", None, "@only-kept"), (None, b"x", "@only-clean")]
)
def test_a_file_of_one_build_only_is_told(
    ours: bytes | None, theirs: bytes | None, reason: str, compare: Compare
):
    facts = {"file": "output/a.txt", "reason": reason}
    assert compare(ours, theirs) == [Problem(code="verify-files", facts=facts)]


def test_a_digest_that_does_not_fit_its_bytes_is_told(compare: Compare):
    (problem,) = compare(b"x", b"x")  # the clean build's manifest knows nothing of it
    assert problem.facts["file"] == f"output/{MANIFEST}"
