"""Closed, full and broken streams: what is built doesn't hang on who listens, nor does the exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from netzsite.pipeline.build import Options, build
from tests.lab import DAY, put, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a shell and /dev/full")

STREAMS = [
    *("2>&-", ">&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full", ">/dev/full 2>&1"),
    *("| true", "2>&1 | true", ">/dev/null </dev/null", "--format json | true", "--format json >/dev/full"),
    *("--format github >&-", "--format gitlab 2>&- >/dev/full", "--verbose 2>&1 | head -c 1"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A good site that is built, so that calls cost little, and one with a mistake."""
    good = write(tmp_path_factory.mktemp("gut"))
    assert build(Options(root=good, today=DAY, jobs=1)).published
    bad = write(tmp_path_factory.mktemp("schlecht"))
    put(bad / "content" / "pages" / "x.md", "---\ntitle: X\nzielgruppe: a\n---\n")
    assert not build(Options(root=bad, today=DAY, jobs=1)).published
    return {"good": good, "bad": bad}


def called(folder: Path, site: Path, streams: str) -> int:
    """Build with streams as a shell makes them; gives the exit code."""
    call = f"'{sys.executable}' -m netzsite build '{site}' --today {DAY} -j1"
    before, pipe, after = streams.partition("|")
    shell = f"({call} {before}; echo $? >code) {pipe} {after}"
    done = subprocess.run(
        ["bash", "-c", shell], cwd=folder, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr + done.stdout
    assert "Errno" not in done.stderr
    return int((folder / "code").read_text())


@pytest.mark.parametrize("streams", STREAMS)
def test_a_stream_decides_nothing(sites: dict[str, Path], tmp_path: Path, streams: str):
    assert called(tmp_path, sites["good"], streams) == 0
    assert called(tmp_path, sites["bad"], streams) == 1


@pytest.mark.parametrize("streams", ["<&- >&- 2>&-", ">/dev/full 2>&1"])
def test_a_site_that_is_new_is_published_whoever_listens(
    sites: dict[str, Path], tmp_path: Path, streams: str
):
    assert called(tmp_path, sites["good"], f"--no-cache -o out {streams}") == 0
    assert (tmp_path / "out" / "index.html").exists()


def test_what_is_told_lands_in_no_file(sites: dict[str, Path], tmp_path: Path):
    """A file that is opened gets the first free number: that of a closed stream."""
    shell = f"'{sys.executable}' -m netzsite build '{sites['bad']}' --cache '{tmp_path}/c' -o '{tmp_path}/o' >&- 2>&-"
    subprocess.run(["bash", "-c", shell], check=False)
    for file in (tmp_path / "c").iterdir():
        assert b"zielgruppe: a" not in file.read_bytes() or file.suffix == ".sqlite"
        assert "unknown-key]" not in file.read_bytes().decode(errors="replace")


def test_a_terminal_that_knows_no_umlauts_ends_nothing(sites: dict[str, Path], tmp_path: Path):
    env = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    call = [sys.executable, "-m", "netzsite", "build", str(sites["bad"]), "-o", str(tmp_path / "o")]
    done = subprocess.run(call, env=env, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"unknown-key" in done.stderr
