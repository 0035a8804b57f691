"""A new site: the starter, copied into an empty folder and nowhere else."""

import re
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

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


def test_the_numbers_to_call_in_need_are_there_as_soon_as_their_signs_go(tmp_path: Path):
    """Numbers by 110 and 112, the EU's decision 2007/116/EC (116…), telefonseelsorge.de."""
    start(tmp_path)
    file = tmp_path / "content" / "site.yaml"
    text = file.read_text("utf-8")
    start_at = text.index("# emergency_numbers:")
    block, rest = text[start_at:].split("\n\n", 1)
    meant = re.sub(r"^# ", "", block, flags=re.MULTILINE)
    assert not (tmp_path / "output" / "notruf").exists()
    file.write_text(
        f"{text[:start_at]}{meant}\n\nnavigation: [{{to: emergency}}]\n\n{rest}", "utf-8"
    )
    report = build(options(tmp_path))
    assert report.published
    page = LexborHTMLParser((tmp_path / "output/notruf/index.html").read_bytes())
    called = [link.attributes["href"] for link in page.css(".emergency a")]
    assert called == [
        *("tel:110", "tel:112", "tel:116117", "tel:08001110111", "tel:08001110222", "tel:116123"),
        *("tel:116111", "tel:08001110550", "tel:116016"),
    ]
    for name in ("index.html", "404.html"):
        other = LexborHTMLParser((tmp_path / "output" / name).read_bytes())
        assert other.css_matches("footer a[href$='notruf/']"), name
    home = LexborHTMLParser((tmp_path / "output/index.html").read_bytes())
    menu = [link.text(strip=True) for link in home.css("nav.menu a")]
    assert menu == ["Notruf", "Suche"]


def test_a_page_of_ones_own_stands_in_for_the_numbers(tmp_path: Path):
    start(tmp_path)
    (tmp_path / "content/pages").mkdir(exist_ok=True)
    (tmp_path / "content/pages/notruf.md").write_text("---\ntitle: Hilfe\n---\n", "utf-8")
    with (tmp_path / "content" / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("emergency_numbers: [{name: Polizei, phones: [110]}]\n")
    assert build(options(tmp_path)).published
    page = LexborHTMLParser((tmp_path / "output/notruf/index.html").read_bytes())
    assert page.css_first("h1").text() == "Hilfe"
    assert page.css_matches("footer a[href='./']") or page.css_matches(
        "footer a[href='../notruf/']"
    )


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
