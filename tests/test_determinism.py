"""Same content, same bytes: in any folder, zone, locale, hash seed and number of workers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import MUSTERVIERTEL, tree


def run_build(root: Path, jobs: int, **environment: str) -> None:
    command = [sys.executable, "-m", "netzsite", "build", str(root), "--today", "2026-11-20"]
    command += ["--jobs", str(jobs)]
    subprocess.run(
        command, check=True, env=os.environ | environment, capture_output=True, timeout=120
    )


def test_two_folders_under_different_circumstances_give_the_same_bytes(tmp_path: Path):
    one, two = tmp_path / "a", tmp_path / "ein anderer Ordner" / "b"
    for root in (one, two):
        shutil.copytree(MUSTERVIERTEL, root)
        for number in range(330):  # enough for a second process to be worth its start
            post = root / "content" / "posts" / f"2025-01-{number % 28 + 1:02d}-viel-{number}.md"
            day = post.name[:10]
            post.write_text(
                f"---\ntitle: Beitrag {number}\ndate: {day}\n---\n\nText **{number}**.\n"
            )
    run_build(one, 1, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1")
    run_build(two, 2, TZ="America/Adak", LC_ALL="C.UTF-8", PYTHONHASHSEED="4242")
    assert tree(one / "output") == tree(two / "output")
