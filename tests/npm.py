"""Programs from npm that tests try what netzsite writes for them with; nothing of them is kept.

Each is installed once a run into a temporary folder. Without npm its tests are skipped on a
laptop, and fail where everything has to be there.
"""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from netzsite.pipeline.lock import alone
from tests.conftest import in_ci

VERSIONS = {
    "@sveltia/cms": "0.221.1",
    "decap-cms": "3.16.3",
    "yaml-language-server": "2.0.0",
}
PATIENCE = 300


def installed(name: str, factory: pytest.TempPathFactory) -> Path:
    """The folder of an installed package, the same for all workers of this run."""
    if shutil.which("npm") is None:
        (pytest.fail if in_ci() else pytest.skip)("npm is not installed")
    base = factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    home = shared / f"npm-{name.replace('/', '-')}"
    home.mkdir(exist_ok=True)
    until = time.monotonic() + PATIENCE
    while not (home / "done").exists():
        assert time.monotonic() < until, f"{name} was not installed in time"
        with alone(home / "lock") as free:
            if free and not (home / "done").exists():
                install(f"{name}@{VERSIONS[name]}", home)
                (home / "done").touch()
        time.sleep(0.1)
    return home / "node_modules" / name


def install(package: str, home: Path) -> None:
    """Install a package as npm's own users do, but run no script that comes with it."""
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
    done = subprocess.run(
        ["npm", "install", *quiet, "--prefix", str(home), package],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
