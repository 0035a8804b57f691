"""The output on file systems of its own, as containers have it; and a manifest that is lost.

Mounts are real: bind mounts, and a file system in memory, each in a mount namespace that goes with
its process. Where the machine allows none, the reason stands beside the skip.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from netzsite.memo import NoMemo
from netzsite.pipeline import mounts
from netzsite.pipeline.build import build
from netzsite.pipeline.target import MANIFEST, PENDING, Target
from tests.conftest import options
from tests.lab import put, tree, write


def refusal() -> str:
    """Why no mount can be made here; empty where one can."""
    if sys.platform != "linux":
        return "mounts are made on Linux"
    try:
        done = subprocess.run(
            [*APART, "mount", "--bind", "/tmp", "/mnt"], capture_output=True, text=True, check=False
        )
    except OSError as error:
        return str(error)
    return done.stderr.strip()


APART = [
    "unshare",
    "--mount",
    *([] if sys.platform == "linux" and os.getuid() == 0 else ["--map-root-user"]),
]
WHY = refusal()
mounting = pytest.mark.skipif(bool(WHY), reason=f"no mounts here: {WHY}")

WAYS = {
    "a bind mount of the same disk": "mkdir other && mount --bind other output",
    "a bind mount of itself": "mount --bind output output",
    "a file system of its own": "mount -t tmpfs none output",
    "a mount below": "mkdir -p other output/static && mount --bind other output/static",
    "a file system below": "mkdir -p output/aktuelles && mount -t tmpfs none output/aktuelles",
    "one in the other": "mkdir other && mount --bind other output && mkdir -p output/static && mount -t tmpfs none output/static",
    "a name with a blank": "mkdir -p 'output/akteure' other && mount --bind other output/akteure && mkdir -p 'output/x y' && mount -t tmpfs none 'output/x y'",
}  # fmt: skip


@mounting
@pytest.mark.parametrize("way", WAYS)
def test_a_site_goes_to_wherever_its_output_lies(tmp_path: Path, way: str):
    """Built, built again, edited; what is there in the end is copied out of the namespace."""
    site = write(tmp_path / "site")
    (site / "output").mkdir()
    script = f"""
        set -e
        mkdir aside
        {WAYS[way]}
        run() {{ '{sys.executable}' -m netzsite build . --today 2026-11-20 -j1 -q >>said 2>&1; }}
        run; run
        printf -- '---\\ntitle: Neu\\n---\\n\\nNeues.\\n' > content/pages/neu.md
        run
        cp -r output/. aside/
    """
    done = subprocess.run(
        [*APART, "sh", "-c", script], cwd=site, capture_output=True, text=True, check=False
    )
    said = (site / "said").read_text()
    assert done.returncode == 0, done.stderr + said
    assert "[cannot-write]" not in said
    assert build(options(site, output=tmp_path / "clean")).published
    found = {
        name: data for name, data in tree(site / "aside").items() if not name.startswith("x y")
    }
    assert found == tree(tmp_path / "clean")


@mounting
def test_a_full_file_system_below_changes_nothing(tmp_path: Path):
    site = write(tmp_path / "site")
    assert build(options(site)).published
    before = tree(site / "output")
    put(site / "templates" / "static" / "gross.txt", "x" * 600_000)
    put(site / "content" / "pages" / "neu.md", "---\ntitle: Neu\n---\n\nNeues.\n")
    script = f"""
        cp -r output aside; mount -t tmpfs -o size=400k none output/static
        cp -r aside/static/. output/static/; rm -r aside; mkdir aside
        '{sys.executable}' -m netzsite build . --today 2026-11-20 -j1 -q >said 2>&1; echo $? >code
        cp -r output/. aside/
    """
    subprocess.run([*APART, "sh", "-c", script], cwd=site, capture_output=True, check=True)
    assert (site / "code").read_text() == "1\n"
    assert "[cannot-write]" in (site / "said").read_text()
    assert tree(site / "aside") == before


def test_nothing_lies_below_a_folder_that_has_no_mounts(tmp_path: Path):
    assert mounts.below(tmp_path) == []
    assert not mounts.is_apart(tmp_path, tmp_path.parent)
    assert list(tmp_path.iterdir()) == []


# A manifest that is lost.


@pytest.mark.parametrize("how", ["gone", "empty", "foreign", "cut off"])
def test_a_lost_manifest_makes_no_file_of_ours_foreign(tmp_path: Path, how: str):
    site = write(tmp_path)
    page = put(site / "content" / "pages" / "blatt.md", "---\ntitle: Blatt\n---\n\nAltes.\n")
    assert build(options(site, memo=True)).published
    manifest = site / "output" / MANIFEST
    text = manifest.read_text()
    if how == "gone":
        manifest.unlink()
    else:
        manifest.write_text({"empty": "", "foreign": "x\n", "cut off": text[:5]}[how])
    put(site / "output" / "fremd.txt", "von Hand")
    page.unlink()
    put(
        site / "content" / "site.yaml",
        (site / "content" / "site.yaml").read_text().replace("Musterdorf", "Beispieldorf", 1),
    )
    report = build(options(site, memo=True))
    assert report.published, report.problems
    assert not (site / "output" / "blatt").exists()
    assert (site / "output" / "fremd.txt").read_text() == "von Hand"
    assert manifest.read_text().startswith("netzsite 1\n")
    assert not (site / "output" / PENDING).exists()


def test_what_somebody_has_changed_meanwhile_stays_foreign(tmp_path: Path):
    site = write(tmp_path)
    assert build(options(site, memo=True)).published
    (site / "output" / MANIFEST).unlink()
    put(site / "output" / "index.html", "von Hand")
    site_file = site / "content" / "site.yaml"
    put(site_file, site_file.read_text().replace("Musterdorf", "Beispieldorf", 1))
    found = [(one.code, one.facts["file"]) for one in build(options(site, memo=True)).problems]
    assert found == [("foreign-file", "output/index.html")]
    assert (site / "output" / "index.html").read_text() == "von Hand"


def test_without_a_memo_nothing_is_ours_by_guess(tmp_path: Path):
    put(tmp_path / "index.html", "x")
    assert Target(tmp_path, NoMemo()).ours == set()
