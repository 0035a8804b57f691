"""What several tests share: whole sites, built once for each way of building them."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from netzsite.cli import main
from netzsite.pipeline.build import Options, Report, build
from tests import sampling
from tests.lab import known_once

ROOT = Path(__file__).parent.parent
MUSTERVIERTEL = ROOT / "tests" / "sites" / "musterviertel"
TODAY = date(2026, 11, 20)

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)

settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")

Build = Callable[..., Report]
Run = Callable[..., tuple[int, str, str]]
"""Calls netzsite with arguments; gives the exit code and what it said on both streams."""


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def options(root: Path, **changes: object) -> Options:
    """Options of a small serial build without a memo."""
    asked = {"root": root, "today": TODAY, "jobs": 1, "memo": False} | changes
    return Options(**asked)  # type: ignore[arg-type]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", help="draw what is tried in part by this; as a rule by the commit")
    parser.addoption("--whole", action="store_true", help="try all that is else tried in part")
    parser.addoption(
        "--sequences", type=int, help="how many sequences of edits test_equality.py tries"
    )


def pytest_configure(config: pytest.Config) -> None:
    sampling.begin(asked=config.getoption("seed"), whole=config.getoption("whole"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say by which seed was drawn; pytest itself says what was skipped and why."""
    terminalreporter.write_line(sampling.told())


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Let coverage be measured once in a worker, so that ``no_cover`` can pause it.

    A worker reads ``--numprocesses`` in ``addopts`` too: pytest-cov takes it for the master, begins
    to measure, and begins again as a worker; when the second pauses, the first goes on.
    """
    plugin = session.config.pluginmanager.getplugin("_cov")
    if hasattr(session.config, "workerinput") and plugin and plugin.cov_controller:
        plugin.cov_controller.cov.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure no coverage where much is run often that plain tests run once: it takes twice the time.

    Those are laws, what a browser looks at, and modules that say so themselves.
    """
    for item in items:
        law = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if law or item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(autouse=True, scope="session")
def _known_once() -> Iterator[None]:
    with known_once():
        yield


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command line as a terminal would."""

    def call(*arguments: str, root: Path | None = None) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments, root=root)
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the fictional site, free to change."""
    root = tmp_path / "site"
    shutil.copytree(MUSTERVIERTEL, root, ignore=shutil.ignore_patterns(".*", "output"))
    return root


@pytest.fixture(scope="session")
def muster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional site, built; not to be changed."""
    output = tmp_path_factory.mktemp("muster") / "output"
    report = build(options(MUSTERVIERTEL, output=output))
    assert report.published, report.problems
    return output


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built; not to be changed."""
    output = tmp_path_factory.mktemp("real") / "output"
    report = build(options(ROOT, output=output))
    assert report.published, report.problems
    return output


def in_ci() -> bool:
    """Whether what a laptop may lack has to be there."""
    return bool(os.environ.get("CI"))


def find_chromium() -> str | None:
    """Where a Chromium is installed; ``CHROMIUM`` names another one.

    The one without a window comes first: the same engine, and a page costs a quarter of the time.
    """
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    found = (shutil.which(name) for name in names)
    return os.environ.get("CHROMIUM") or next(filter(None, found), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A running Chromium; without one a skip, and in CI a failure."""
    path = find_chromium()
    if path is None:
        if in_ci():
            pytest.fail("CI has to have Chromium for the browser tests")
        pytest.skip("no Chromium is installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def portable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional site for reading from disk; not to be changed."""
    folder = tmp_path_factory.mktemp("portable")
    assert build(options(MUSTERVIERTEL, output=folder, portable=True)).published
    return folder
