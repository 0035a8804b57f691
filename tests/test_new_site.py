"""A new site: the starter, copied into an empty folder and nowhere else."""

from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from netzsite.editing.new_site import start
from netzsite.pipeline.build import build
from netzsite.problems import Severity
from tests.conftest import options, tree

STARTER = Path(str(resources.files("netzsite") / "starter"))


def test_the_starter_is_copied_byte_for_byte(tmp_path: Path):
    made = start(tmp_path / "neu" / "seite")
    found = tree(tmp_path / "neu" / "seite")
    expected = tree(STARTER)
    expected[".gitignore"] = expected.pop("gitignore.txt")
    assert found == expected
    assert sorted(made) == sorted(expected)


def test_a_new_site_has_no_error_and_nothing_hidden(tmp_path: Path):
    start(tmp_path)
    report = build(options(tmp_path, today=date(2026, 11, 20)))
    assert report.published
    ranks = {problem.severity for problem in report.problems}
    assert Severity.ERROR not in ranks
    assert {problem.code for problem in report.problems} <= {
        *("provider-missing", "privacy-missing", "example-address")
    }


def test_a_new_site_ignores_what_is_made_of_it(tmp_path: Path):
    start(tmp_path)
    ignored = (tmp_path / ".gitignore").read_text("utf-8").split()
    assert any("output" in line for line in ignored)
    assert any(".netzsite-cache" in line for line in ignored)


@pytest.mark.parametrize("name", ["README.md", "content", ".env", "notizen.txt"])
def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, name: str):
    (tmp_path / name).write_text("meins")
    assert start(tmp_path) == ()
    assert tree(tmp_path) == {name: b"meins"}


def test_what_a_fresh_repository_holds_is_no_hindrance(tmp_path: Path):
    for folder in (".git", ".venv"):
        (tmp_path / folder).mkdir()
    (tmp_path / ".gitattributes").write_text("* text=auto\n")
    assert "content/site.yaml" in start(tmp_path)


def test_an_ignore_file_of_ones_own_stays(tmp_path: Path):
    (tmp_path / ".gitignore").write_text("meins\n")
    made = start(tmp_path)
    assert ".gitignore" not in made
    assert (tmp_path / ".gitignore").read_text() == "meins\n"


def test_a_second_start_changes_nothing(tmp_path: Path):
    start(tmp_path)
    before = tree(tmp_path)
    assert start(tmp_path) == ()
    assert tree(tmp_path) == before


def test_where_no_folder_can_be_the_system_says_so(tmp_path: Path):
    (tmp_path / "datei").touch()
    with pytest.raises(OSError, match="datei"):
        start(tmp_path / "datei" / "seite")
