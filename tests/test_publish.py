"""Publishing: whole files only, nothing of others touched, every interruption mended."""

import os
import shutil
from pathlib import Path

import pytest

from netzsite.memo import NoMemo
from netzsite.pipeline import render as rendering
from netzsite.pipeline.build import build
from netzsite.pipeline.publish import Counts, publish
from netzsite.pipeline.render import Output
from netzsite.pipeline.stage import NAMES
from netzsite.pipeline.target import MANIFEST, PENDING, Target
from netzsite.problems import Problem
from netzsite.source import digest_of
from tests.conftest import options, tree
from tests.faults import watching


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    folder = tmp_path / "stage"
    folder.mkdir()
    return folder


def staged_files(stage: Path, files: dict[str, str]) -> dict[str, Output]:
    shutil.rmtree(stage)
    for path, text in files.items():
        (stage / path).parent.mkdir(parents=True, exist_ok=True)
        (stage / path).write_text(text)
    return {
        path: Output(path=path, digest=digest_of(text.encode()), size=len(text))
        for path, text in files.items()
    }


def publish_files(folder: Path, stage: Path, files: dict[str, str]) -> Counts | Problem:
    return publish(staged_files(stage, files), Target(folder, NoMemo()), stage)


def files_of(folder: Path) -> dict[str, str]:
    return {
        path: data.decode()
        for path, data in tree(folder).items()
        if path not in (MANIFEST, PENDING)
    }


def test_files_come_change_and_go(tmp_path: Path, stage: Path):
    out = tmp_path / "out"
    first = {"index.html": "a", "akteure/index.html": "b", "akteure/mckiz/index.html": "c"}
    assert publish_files(out, stage, first) == Counts(
        written=3, paths=tuple(first), created=tuple(first)
    )
    assert files_of(out) == first
    second = {"index.html": "neu", "akteure/index.html": "b"}
    assert publish_files(out, stage, second) == Counts(
        written=1,
        unchanged=1,
        removed=1,
        paths=("index.html", "akteure/mckiz/index.html"),
        gone=("akteure/mckiz/index.html",),
    )
    assert files_of(out) == second
    assert not (out / "akteure" / "mckiz").exists()


def test_files_of_others_stay(tmp_path: Path, stage: Path):
    out = tmp_path / "out"
    publish_files(out, stage, {"a/index.html": "a"})
    (out / "CNAME").write_text("example.org")
    (out / "a" / "notiz.txt").write_text("meins")
    publish_files(out, stage, {"b.html": "b"})
    assert files_of(out) == {"CNAME": "example.org", "a/notiz.txt": "meins", "b.html": "b"}


def test_a_file_of_others_in_the_way_is_an_error_and_stays(site: Path):
    output = site / "output"
    (output / "akteure").mkdir(parents=True)
    (output / "akteure" / "index.html").write_text("nicht von uns")
    report = build(options(site))
    assert [problem.code for problem in report.problems] == ["foreign-file"]
    assert tree(output) == {"akteure/index.html": b"nicht von uns"}


def test_a_file_becomes_a_folder_and_back(tmp_path: Path, stage: Path):
    out = tmp_path / "out"
    publish_files(out, stage, {"a": "datei"})
    publish_files(out, stage, {"a/b": "im ordner"})
    assert files_of(out) == {"a/b": "im ordner"}
    publish_files(out, stage, {"a": "datei"})
    assert files_of(out) == {"a": "datei"}


def test_empty_folders_where_a_file_of_ours_was_make_way(tmp_path: Path, stage: Path):
    out = tmp_path / "out"
    publish_files(out, stage, {"a": "datei"})
    (out / "a").unlink()
    (out / "a" / "b").mkdir(parents=True)
    publish_files(out, stage, {"a": "datei"})
    assert files_of(out) == {"a": "datei"}


def test_a_file_of_others_in_a_folder_where_a_file_of_ours_was_stays(site: Path):
    build(options(site))
    page = site / "output" / "akteure" / "index.html"
    page.unlink()
    page.mkdir()
    (page / "notiz.txt").write_text("meins")
    before = tree(site / "output")
    report = build(options(site))
    assert [problem.code for problem in report.problems] == ["foreign-file"]
    assert tree(site / "output") == before


def test_a_folder_that_somebody_linked_is_an_error_and_stays(site: Path, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (site / "output").mkdir()
    (site / "output" / "akteure").symlink_to(elsewhere)
    report = build(options(site))
    assert {problem.code for problem in report.problems} == {"foreign-file"}
    assert (site / "output" / "akteure").is_symlink()
    assert tree(elsewhere) == {}


def test_a_link_that_appears_while_publishing_is_not_followed(tmp_path: Path, stage: Path):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    out.mkdir()
    (out / "a").symlink_to(elsewhere)
    problem = publish_files(out, stage, {"a/index.html": "unser"})
    assert isinstance(problem, Problem)
    assert problem.code == "cannot-write"
    assert tree(elsewhere) == {}
    assert (out / "a").is_symlink()


def test_nothing_is_removed_through_a_link(tmp_path: Path, stage: Path):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    publish_files(out, stage, {"a/index.html": "unser", "b.html": "b"})
    (out / "a").rename(elsewhere)
    (out / "a").symlink_to(elsewhere)
    publish_files(out, stage, {"b.html": "b"})
    assert tree(elsewhere) == {"index.html": b"unser"}


def test_a_file_that_can_not_be_removed_is_told_and_tried_again(
    tmp_path: Path, stage: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "out"
    publish_files(out, stage, {"alt.html": "alt", "b.html": "b"})
    unlink = Path.unlink

    def refusing(self: Path, missing_ok: bool = False) -> None:
        if self.name == "alt.html":
            raise PermissionError(1, "Operation not permitted", str(self))
        unlink(self, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refusing)
        problem = publish_files(out, stage, {"b.html": "b"})
    assert isinstance(problem, Problem)
    assert problem.code == "cannot-write"
    assert publish_files(out, stage, {"b.html": "b"}) == Counts(
        unchanged=1, removed=1, paths=("alt.html",), gone=("alt.html",)
    )
    assert files_of(out) == {"b.html": "b"}


def test_a_full_disk_while_rendering_is_told_and_the_site_stays(
    site: Path, monkeypatch: pytest.MonkeyPatch
):
    build(options(site))
    before = tree(site / "output")

    def full(file: str, _data: bytes) -> int:
        raise OSError(28, "No space left on device", file)

    (site / "output" / "index.html").unlink()
    del before["index.html"]
    monkeypatch.setattr(rendering, "write", full)
    report = build(options(site))
    assert [problem.code for problem in report.problems] == ["cannot-write"]
    assert tree(site / "output") == before


STEPS = (
    (Path, "write_text"),
    *((os, name) for name in ("replace", "rename", "unlink", "mkdir", "rmdir")),
)


def test_killed_at_any_step_every_file_is_whole_and_the_next_build_mends(
    tmp_path: Path, stage: Path, monkeypatch: pytest.MonkeyPatch
):
    old = {"index.html": "alt", "weg/index.html": "geht", "bleibt.html": "gleich"}
    new = {"index.html": "neu", "kommt/index.html": "kommt", "bleibt.html": "gleich"}
    steps_seen = 0
    for stop_at in range(1, 60):
        out = tmp_path / f"out{stop_at}"
        publish_files(out, stage, old)
        (out / "fremd.txt").write_text("fremd")
        files = staged_files(stage, new)
        count = 0

        with monkeypatch.context() as patch:
            for home, name in STEPS:
                original = getattr(home, name)

                def stopping(*args, _original=original, _stop=stop_at, **kwargs):
                    nonlocal count
                    count += 1
                    if count == _stop:
                        raise KeyboardInterrupt
                    return _original(*args, **kwargs)

                patch.setattr(home, name, stopping)
            try:
                publish(files, Target(out, NoMemo()), stage)
            except KeyboardInterrupt:
                steps_seen = stop_at
            else:
                break
        for path, text in files_of(out).items():
            assert text in (old.get(path), new.get(path), "fremd"), path
        publish_files(out, stage, new)
        assert files_of(out) == new | {"fremd.txt": "fremd"}
        assert not (out / PENDING).exists()
    assert steps_seen > 8


def test_a_target_that_refuses_is_told_and_stays_as_it_was(
    tmp_path: Path, stage: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "out"
    publish_files(out, stage, {"index.html": "alt"})
    before = tree(out)

    def full(self, *args, **kwargs):
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_text", full)
    (stage / "index.html").write_bytes(b"neu")
    outputs = {"index.html": Output(path="index.html", digest=digest_of(b"neu"), size=3)}
    problem = publish(outputs, Target(out, NoMemo()), stage)
    assert isinstance(problem, Problem)
    assert problem.code == "cannot-write"
    assert tmp_path.as_posix() not in problem.facts["file"]
    assert tree(out) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_target_is_told(tmp_path: Path, stage: Path):
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    problem = publish_files(out, stage, {"index.html": "a"})
    assert isinstance(problem, Problem)
    assert problem.code == "cannot-write"


def test_a_manifest_can_not_make_us_delete_outside_the_target(tmp_path: Path, stage: Path):
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "wichtig.txt").write_text("bleibt")
    (out / MANIFEST).write_text("netzsite 1\nabc ../wichtig.txt\nabc /etc/passwd\n")
    publish_files(out, stage, {"index.html": "a"})
    assert (tmp_path / "wichtig.txt").read_text() == "bleibt"


def test_a_name_with_other_capitals_goes_before_the_new_one_comes(tmp_path: Path, stage: Path):
    """Where a disk doesn't tell them apart, the file is there under both names: like one of two links."""
    out = tmp_path / "out"
    publish_files(out, stage, {"media/fest.png": "bild", "b.html": "b"})
    os.link(out / "media" / "fest.png", out / "media" / "Fest.png")
    files = staged_files(stage, {"media/Fest.png": "bild", "b.html": "b"})
    target = Target(out, NoMemo())
    assert not target.holds("media/Fest.png", digest_of(b"bild"))  # so it is staged
    assert target.foreign(files.values()) == []
    steps: list[tuple[str, str]] = []
    with watching(lambda step: steps.append((step.kind, Path(step.to or step.path).name))):
        counts = publish(files, target, stage)
    assert isinstance(counts, Counts)
    assert (counts.written, counts.removed) == (1, 1)
    assert steps.count(("remove", "fest.png")) == 1
    assert steps.index(("remove", "fest.png")) < steps.index(("rename", "Fest.png"))
    assert files_of(out) == {"media/Fest.png": "bild", "b.html": "b"}


def test_names_that_differ_in_capitals_alone_are_two_where_the_disk_says_so(
    tmp_path: Path, stage: Path
):
    out = tmp_path / "out"
    files = {"media/fest.png": "eins", "media/Fest.png": "zwei"}
    publish_files(out, stage, files)
    assert publish_files(out, stage, files) == Counts(unchanged=2)
    assert publish_files(out, stage, {"media/Fest.png": "zwei"}) == Counts(
        unchanged=1, removed=1, paths=("media/fest.png",), gone=("media/fest.png",)
    )
    assert files_of(out) == {"media/Fest.png": "zwei"}


def test_no_stage_is_left_behind(site: Path):
    build(options(site))
    assert not [path for path in site.iterdir() if "stage" in path.name]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_killed_build_left_goes_with_the_next_one(site: Path, name: str):
    build(options(site, memo=True))
    left = site / f".output.netzsite-{name}"
    left.mkdir()
    (left / "halb.html").write_text("halb", "utf-8")
    counts = build(options(site, memo=True)).counts
    assert counts.unchanged
    assert counts == Counts(unchanged=counts.unchanged)
    assert not left.exists()
