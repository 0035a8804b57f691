"""The fingerprint: what shapes bytes beside the content, and nothing else."""

import shutil
import sys
from pathlib import Path

import pytest

from netzsite.pipeline import fingerprint as module
from netzsite.pipeline.fingerprint import installed
from netzsite.pipeline.fingerprint import taken as fingerprint
from tests.lab import Lab

PACKAGE = Path(module.__file__).parent.parent


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a few files of netzsite, that the fingerprint is taken of."""
    copy = tmp_path / "netzsite"
    for path in ("text.py", "words/de.json", "pipeline/fingerprint.py"):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGE / path, copy / path)
    monkeypatch.setattr(module, "__file__", str(copy / "pipeline" / "fingerprint.py"))
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site-packages"), str(tmp_path / "lib")])
    (tmp_path / "site-packages" / "icalendar-6.1.0.dist-info").mkdir(parents=True)
    return copy


def test_the_same_code_has_the_same_fingerprint():
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 32


def test_where_the_code_lies_does_not_count(package: Path, monkeypatch: pytest.MonkeyPatch):
    before = fingerprint()
    moved = package.with_name("anderswo")
    package.rename(moved)
    monkeypatch.setattr(module, "__file__", str(moved / "pipeline" / "fingerprint.py"))
    assert fingerprint() == before


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("text.py", True),
        ("new.py", True),
        ("words/de.json", True),
        ("data/school_holidays/DE-HE.json", True),
        ("text.pyc", False),
        ("__pycache__/text.cpython-311.pyc", False),
        ("py.typed", False),
        ("templates/static/x.json", False),
        ("starter/content/x.json", False),
    ],
)
def test_code_and_words_count_and_nothing_else(package: Path, path: str, counts: bool):
    before = fingerprint()
    file = package / path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as writing:
        writing.write("# anders\n")
    assert (fingerprint() != before) is counts


def test_a_file_that_goes_and_one_that_is_renamed_count(package: Path):
    found = {fingerprint()}
    (package / "text.py").rename(package / "texts.py")
    found.add(fingerprint())
    (package / "texts.py").unlink()
    found.add(fingerprint())
    assert len(found) == 3


def test_the_version_of_a_library_counts(package: Path, tmp_path: Path):
    before = fingerprint()
    folder = tmp_path / "site-packages"
    (folder / "icalendar-6.1.0.dist-info").rename(folder / "icalendar-6.2.0.dist-info")
    assert fingerprint() != before
    assert installed() == ("icalendar-6.2.0.dist-info",)


def test_a_library_that_lies_in_any_folder_of_the_search_path_counts(package: Path, tmp_path: Path):
    before = fingerprint()
    (tmp_path / "lib" / "nh3-1.0.dist-info").mkdir(parents=True)
    assert fingerprint() != before
    assert installed() == ("icalendar-6.1.0.dist-info", "nh3-1.0.dist-info")


def test_the_version_of_python_counts(package: Path, monkeypatch: pytest.MonkeyPatch):
    before = fingerprint()
    monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))
    assert fingerprint() != before


def test_the_order_of_the_search_path_does_not_count(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    other = tmp_path / "dist-packages"
    (other / "Jinja2-3.1.6.dist-info").mkdir(parents=True)
    paths = [str(other), *sys.path]
    monkeypatch.setattr(sys, "path", paths)
    before = fingerprint()
    monkeypatch.setattr(sys, "path", paths[::-1])
    assert fingerprint() == before
    assert installed() == ("Jinja2-3.1.6.dist-info", "icalendar-6.1.0.dist-info")


def test_the_libraries_of_this_python_are_seen():
    names = " ".join(installed()).lower()
    for library in ("markdown", "nh3", "jinja2", "icalendar", "pillow", "tzdata", "babel"):
        assert f"{library}-" in names


def test_a_word_that_changes_while_a_process_runs_poisons_nothing(tmp_path: Path):
    """It still says the old word, and must not keep that under the name of the new one."""
    lab = Lab.make(tmp_path)
    with lab.inside():
        lab.check()
        words = lab.package / "words" / "de.json"
        text = words.read_text("utf-8")
        assert "Zum Inhalt" in text
        words.write_text(text.replace("Zum Inhalt", "Zum Text"), "utf-8")
        (lab.content / "posts" / "fest.md").touch()
        lab.check()
        lab.restart()
        lab.check()
        assert "Zum Text" in (lab.output / "index.html").read_text("utf-8")
