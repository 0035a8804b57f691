"""Programs from npm that tests try what netzsite writes for them with; nothing of them is kept.

Each is installed once a run into a temporary folder. Without npm its tests are skipped on a
laptop, and fail where everything has to be there.
"""

import shutil
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from netzsite.pipeline.lock import alone
from tests.conftest import in_ci

LEXICAL = (
    "lexical",
    *(f"@lexical/{part}" for part in ("code", "headless", "link", "list", "markdown", "rich-text")),
)
"""The editor inside Sveltia, whose parts must have one version."""
VERSIONS = {
    "@sveltia/cms": "0.221.1",
    "decap-cms": "3.16.3",
    "decap-cms-widget-markdown": "3.13.1",
    **dict.fromkeys(LEXICAL, "0.52.0"),
    "yaml-language-server": "2.0.0",
}
PATIENCE = 300
TRIES, TRY = 4, 60
"""How often a program of npm's is called, and how many seconds each time: one may hang."""


def installed(name: str, factory: pytest.TempPathFactory, *others: str) -> Path:
    """The folder of a package with all that it needs, the same for all workers of this run.

    What its drawing parts would want of its peers isn't needed. ``others`` come into one folder.
    """
    home = _home(name, factory)
    with _once(home) as first:
        if first:
            quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
            wanted = (f"{one}@{VERSIONS[one]}" for one in (name, *others))
            _npm("install", *quiet, "--legacy-peer-deps", "--prefix", str(home), *wanted)
    return home / "node_modules" / name


def unpacked(name: str, factory: pytest.TempPathFactory) -> Path:
    """The folder of a package by itself; enough for one that brings all in its own script."""
    home = _home(name, factory)
    with _once(home) as first:
        if first:
            _npm("pack", "--silent", "--pack-destination", str(home), f"{name}@{VERSIONS[name]}")
            (archive,) = home.glob("*.tgz")
            with tarfile.open(archive) as packed:
                packed.extractall(home, filter="data")
    return home / "package"


def _home(name: str, factory: pytest.TempPathFactory) -> Path:
    if shutil.which("npm") is None:
        (pytest.fail if in_ci() else pytest.skip)("npm is not installed")
    base = factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    home = shared / f"npm-{name.replace('/', '-')}"
    home.mkdir(exist_ok=True)
    return home


@contextmanager
def _once(home: Path) -> Iterator[bool]:
    """Be the one who fills a folder, or wait until it is full."""
    until = time.monotonic() + PATIENCE
    done = home / "done"
    while not done.exists():
        assert time.monotonic() < until, f"{home.name} was not there in time"
        with alone(home / "lock", home) as taken:
            if taken is None and not done.exists():
                yield True
                done.touch()
                return
        time.sleep(0.1)
    yield False


def _npm(*arguments: str) -> None:
    said = ""
    for _ in range(TRIES):
        try:
            done = subprocess.run(
                ["npm", *arguments], capture_output=True, text=True, timeout=TRY, check=False
            )
        except subprocess.TimeoutExpired:
            said += f"no answer within {TRY} s\n"
            continue
        if done.returncode == 0:
            return
        said += done.stderr
    pytest.fail(said)
