"""A build that is killed, interrupted, or gets no room: the old site stays, the next build mends.

Real processes, signals, limits and mounts; at which step a process dies, ``killing`` decides.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from netzsite.pipeline.build import build
from netzsite.pipeline.target import MANIFEST, PENDING
from tests import killing, lab
from tests.conftest import ROOT, options, tree
from tests.faults import Step, at, watching
from tests.lab import Lab
from tests.running import PATIENCE

pytestmark = [
    pytest.mark.no_cover,
    pytest.mark.skipif(sys.platform == "win32", reason="signals, limits and mounts"),
]

DAY = "--today=2026-11-20"
KILLS = 6

SLOW = """\
import signal, sys, time
from netzsite import pool
from netzsite.cli import main
from netzsite.pipeline import render

pool.WORTH = 1  # so that a small site too goes over processes
signal.signal(signal.SIGINT, signal.default_int_handler)  # where the tests run with it ignored
make = render._render

def slowly(*args):
    time.sleep(0.02)
    return make(*args)

render._render = slowly
main()
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lab.write(tmp_path / "site")


def started(root: Path, *more: str) -> "subprocess.Popen[str]":
    """Start a build over two processes that takes its time, in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", SLOW, "build", str(root), DAY, "-j", "2", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def running(session: int) -> list[int]:
    """List the processes of a session that are alive."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if fields[0] not in "ZX" and int(fields[3]) == session:
            found.append(int(stat.parent.name))
    return found


def until_none_runs(session: int) -> None:
    end = time.monotonic() + PATIENCE
    while running(session):
        assert time.monotonic() < end
        time.sleep(0.01)


def edit(root: Path, number: int) -> None:
    """Change what nearly all pages show."""
    file = root / "content" / "site.yaml"
    text = file.read_text("utf-8")
    lab.put(file, text.replace("Netz Musterdorf", f"Netz Musterdorf {number}"))


def clean(root: Path, folder: Path) -> dict[str, bytes]:
    assert build(options(root, output=folder)).published
    return tree(folder)


@pytest.mark.parametrize("name", killing.EDITS)
def test_killed_at_any_step_a_build_leaves_whole_files_and_the_next_one_mends(
    name: str,
):
    with tempfile.TemporaryDirectory(prefix="netzsite-", dir=lab.MEMORY) as home:
        said = subprocess.run(
            [sys.executable, "-m", "tests.killing", name, home],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert said.stderr == ""
    kills, published = map(int, said.stdout.split())
    assert kills >= published >= 8


def test_killed_at_any_time_with_its_workers_a_build_leaves_whole_files(root: Path, tmp_path: Path):
    assert build(options(root, memo=True)).published
    old = tree(root / "output")
    edit(root, 1)
    new = clean(root, tmp_path / "clean")
    chance = random.Random(4)
    for _ in range(KILLS):
        process = started(root)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.1, 1.2))
        process.kill()
        process.communicate()
        until_none_runs(process.pid)
        for path, data in tree(root / "output").items():
            assert path == PENDING or data in (old.get(path), new.get(path)), path
    assert build(options(root, memo=True)).published
    assert tree(root / "output") == new
    assert {path.name for path in root.iterdir()} == {"content", "output", ".netzsite-cache"}


def test_ctrl_c_ends_all_processes_and_the_old_site_stays(root: Path):
    assert build(options(root)).published
    old = tree(root / "output")
    edit(root, 1)
    process = started(root, "--no-cache")
    end = time.monotonic() + PATIENCE
    while not list(root.glob(".output.netzsite-stage/**/*.html")):
        assert time.monotonic() < end
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert said.lstrip() == "Abgebrochen. Die bisherige Seite bleibt, wie sie war.\n"
    assert running(process.pid) == []
    assert tree(root / "output") == old
    assert {path.name for path in root.iterdir()} == {"content", "output"}


# A disk that takes no more. The limit on a file's size is one that any system keeps; a file system
# of its own, really full or really read-only, needs the right to mount one.

LIMITED = """\
import resource
from netzsite.cli import main

resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, resource.RLIM_INFINITY))
main()
"""


def run(*command: str) -> tuple[int, str]:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=PATIENCE
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("cache", [[], ["--no-cache"]])
def test_a_disk_that_takes_no_more_is_told_and_the_old_site_stays(
    root: Path, tmp_path: Path, cache: list[str]
):
    assert build(options(root, memo=True)).published
    old = tree(root / "output")
    edit(root, 1)
    code, said = run(sys.executable, "-c", LIMITED, "build", str(root), DAY, "-j", "1", *cache)
    assert code == 1
    assert "lässt sich nicht schreiben: File too large" in said
    assert "Hilfe: Prüfen Sie, ob der Ordner beschreibbar und genug Platz frei ist." in said
    assert tree(root / "output") == old
    assert not [path for path in root.iterdir() if ".netzsite-stage" in path.name]
    assert build(options(root, memo=True)).published
    assert tree(root / "output") == clean(root, tmp_path / "clean")


@pytest.fixture
def mounted(tmp_path: Path) -> tuple[str, Path]:
    """A shell's beginning that mounts 900 kB of memory, and where it does."""
    place = tmp_path / "disk"
    place.mkdir()
    begin = f"set -e; mount -t tmpfs -o size=900k none {place}; "
    try:
        code, _ = run("unshare", "--map-root-user", "--mount", "sh", "-c", begin)
    except FileNotFoundError:
        code = 1
    if code:
        pytest.skip("mounting is not allowed here")
    return begin, place


def inside(mounted: tuple[str, Path], then: str, root: Path) -> tuple[int, str, dict[str, bytes]]:
    """Put the output on the disk, do something, and build; gives what is on the disk then."""
    begin, place = mounted
    copy = root.parent / "copy"
    python = f"{sys.executable} -m netzsite build --no-cache --lang en {DAY} -j 1"
    shell = (
        f"{begin} cp -r {root}/output {place}; {then}; "
        f"{python} -o {place}/output {root} && code=0 || code=$?; cp -r {place} {copy}; exit $code"
    )
    code, said = run("unshare", "--map-root-user", "--mount", "sh", "-c", shell)
    return code, said, tree(copy)


def test_a_full_disk_is_told_and_the_old_site_stays(root: Path, mounted: tuple[str, Path]):
    assert build(options(root)).published
    old = tree(root / "output")
    edit(root, 1)
    fill = f"dd if=/dev/zero of={mounted[1]}/fill bs=1k count=2000 2>/dev/null || true"
    code, said, found = inside(mounted, fill, root)
    assert (code, "can't be written: No space left on device" in said) == (1, True), said
    assert {f"output/{path}": data for path, data in old.items()}.items() <= found.items()
    assert not [path for path in found if "stage" in path]


def test_a_target_on_a_read_only_disk_is_told_and_stays(root: Path, mounted: tuple[str, Path]):
    assert build(options(root)).published
    old = tree(root / "output")
    edit(root, 1)
    code, said, found = inside(mounted, f"mount -o remount,ro {mounted[1]}", root)
    assert (code, "can't be written: Read-only file system" in said) == (1, True), said
    assert {f"output/{path}": data for path, data in old.items()}.items() <= found.items()


# What goes while a build reads.


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("site/content/posts/fest.md", "content/posts/fest.md"),
        ("site/content/media/plan.txt", "content/media/plan.txt"),
        ("shipped/static/week.js", "templates/static/week.js"),
        ("shipped/post.html", "templates/post.html"),
    ],
)
def test_a_file_that_goes_just_before_it_is_read_is_named_and_the_old_site_stays(
    path: str, told: str, tmp_path: Path
):
    made = Lab.make(tmp_path / "lab")
    with made.inside():
        assert made.build().published
        old = tree(made.output)
        file = made.home / path
        lab.put(file, file.read_bytes() + b"\n")

        def lose(_step: Step) -> None:
            file.unlink()

        with watching(at(1, lose, below=str(file), kinds="read")):
            report = made.build()
        assert not file.exists()
        assert [(one.code, one.path) for one in report.problems] == [("vanished-file", told)]
        assert tree(made.output) == old
        assert (made.output / MANIFEST).exists()
        made.tidy()
