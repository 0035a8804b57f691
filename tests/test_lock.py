"""Two builds at once: one has the folder, the other is told; what a dead one leaves is no hindrance."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from netzsite.pipeline import lock as module
from netzsite.pipeline.build import build
from netzsite.pipeline.lock import alone
from netzsite.problems import Problem
from tests import lab
from tests.conftest import Run, options, tree

DAY = "--today=2026-11-20"

WAITING = """\
import sys
from netzsite.cli import main
from netzsite.pipeline import steps

publish = steps.publish

def publish_when_told(*args):
    print("ready", flush=True)
    sys.stdin.readline()
    return publish(*args)

steps.publish = publish_when_told
main()
"""
"""A build that has all in its stage and waits for a line before it publishes."""


@contextmanager
def waiting(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", WAITING, "build", DAY, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def finish(process: subprocess.Popen[str]) -> int:
    process.communicate("\n")
    return process.returncode


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lab.write(tmp_path / "site")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["--no-cache"], ["--no-cache"]),
        ([], ["--no-cache"]),
        (["--cache", "eins"], ["--cache", "zwei"]),
    ],
)
def test_a_second_build_into_the_same_folder_is_told_who_holds_it(
    root: Path, tmp_path: Path, run: Run, first: list[str], second: list[str]
):
    def place(words: list[str]) -> list[str]:
        return [str(tmp_path / word) if word[0] != "-" else word for word in words]

    with waiting(str(root), *place(first)) as other:
        code, _, err = run("build", str(root), DAY, *place(second))
        assert code == 1
        assert (
            f"Im Ordner output arbeitet gerade schon ein anderer Bau (Prozess {other.pid})" in err
        )
        assert "[locked]" in err
        assert tree(root / "output") == {}
        assert finish(other) == 0
    built = tree(root / "output")
    assert build(options(root, output=tmp_path / "clean")).published
    assert built == tree(tmp_path / "clean")
    assert not [path for path in root.iterdir() if ".netzsite-stage" in path.name]
    assert run("build", str(root), DAY, *place(second))[0] == 0


def test_a_second_build_with_the_same_cache_is_told_whatever_its_folder(
    root: Path, tmp_path: Path, run: Run
):
    with waiting(str(root)) as other:
        code, _, err = run("build", str(root), DAY, "-o", str(tmp_path / "anders"))
        assert code == 1
        assert (
            f"Im Ordner .netzsite-cache arbeitet gerade schon ein anderer Bau (Prozess {other.pid})"
            in err
        )
        assert finish(other) == 0


def test_builds_into_different_folders_do_not_wait_for_each_other(
    root: Path, tmp_path: Path, run: Run
):
    with waiting(str(root), "--no-cache") as other:
        assert run("build", str(root), DAY, "--no-cache", "-o", str(tmp_path / "anders"))[0] == 0
        assert finish(other) == 0
    assert tree(tmp_path / "anders") == tree(root / "output")


def test_a_folder_is_the_same_one_through_a_link(root: Path, tmp_path: Path, run: Run):
    (tmp_path / "www").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "www")
    with waiting(str(root), "--no-cache", "-o", str(tmp_path / "www")) as other:
        code, _, err = run("build", str(root), DAY, "--no-cache", "-o", str(tmp_path / "link"))
        assert (code, "[locked]" in err) == (1, True)
        assert finish(other) == 0
    assert run("build", str(root), DAY, "--no-cache", "-o", str(tmp_path / "link"))[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "site", "www"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_what_a_killed_build_leaves_behind_holds_nobody_up(root: Path, run: Run):
    with waiting(str(root)) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
    left = {path.name for path in root.iterdir()}
    assert {".output.netzsite-stage", ".output.netzsite-stage-lock"} <= left
    assert run("build", str(root), DAY)[0] == 0
    assert {path.name for path in root.iterdir()} == {"content", "output", ".netzsite-cache"}


def test_a_lock_is_held_once_and_gone_at_the_end(tmp_path: Path):
    file = tmp_path / "lock"
    with alone(file, tmp_path) as mine:
        assert mine is None
        assert file.read_text() == str(os.getpid())
        with alone(file, tmp_path) as other:
            facts = {"folder": tmp_path.name, "process": str(os.getpid())}
            assert other == Problem(code="locked", facts=facts)
    assert not file.exists()
    with alone(file, tmp_path) as mine:
        assert mine is None


def test_a_lock_whose_holder_is_not_to_be_read_is_a_lock_all_the_same(tmp_path: Path):
    file = tmp_path / "lock"
    with alone(file, tmp_path):
        for said in ("", "a b"):
            file.write_text(said)
            with alone(file, tmp_path) as other:
                assert isinstance(other, Problem)
                assert other.facts["process"] == "?"


def test_a_lock_that_is_removed_between_opening_and_locking_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As its holder ends at just that moment, and a third one may come."""
    file = tmp_path / "lock"
    take = module._taken
    calls = []

    def lose_then_take(lock: object) -> bool:
        calls.append(lock)
        if len(calls) == 1:
            file.unlink()
        if len(calls) == 2:
            file.unlink()
            file.touch()
        return take(lock)

    monkeypatch.setattr(module, "_taken", lose_then_take)
    with alone(file, tmp_path) as mine:
        assert mine is None
        assert len(calls) == 3
        with alone(file, tmp_path) as other:
            assert other is not None


def test_a_lock_on_a_full_disk_is_held_though_nobody_can_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(_file: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with (
            alone(tmp_path / "lock", tmp_path) as mine,
            alone(tmp_path / "lock", tmp_path) as other,
        ):
            assert mine is None
            assert isinstance(other, Problem)
