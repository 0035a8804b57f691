"""With ``edit_url``, each page that comes from one file names it and links to where it is edited."""

import re
from pathlib import Path

import pytest

from netzsite.pipeline.build import build
from tests.conftest import options
from tests.test_handbook import HANDBOOK

FILES = {
    "vocabulary.yaml": "topics: {beratung: {label: Beratung}}\n",
    "carriers/verein.yaml": "name: Verein\n",
    "actors/treff.yaml": "name: Treff\ncarrier: verein\ntopics: [beratung]\n",
    "offers/rat.yaml": "name: Rat\nactors: [treff]\nplace: haus\ntopics: [beratung]\n",
    "places/haus.yaml": "name: Haus\n",
    "posts/2026/2026-11-02-neues.md": "---\ntitle: Neues\ndate: 2026-11-02\n---\n",
    "events/fest.md": "---\ntitle: Fest\nstart: 2026-12-01 14:00\n---\n",
    "pages/verein/satzung.md": "---\ntitle: Satzung\n---\n",
}
SITE = """\
title: Netz
language: de
base_url: https://netz-musterdorf.de
timezone: Europe/Berlin
provider: {name: Verein}
"""
SOURCES = {
    "index.html": "site.yaml",
    "akteure/treff/index.html": "actors/treff.yaml",
    "traeger/verein/index.html": "carriers/verein.yaml",
    "angebote/rat/index.html": "offers/rat.yaml",
    "orte/haus/index.html": "places/haus.yaml",
    "aktuelles/neues/index.html": "posts/2026/2026-11-02-neues.md",
    "termine/fest/index.html": "events/fest.md",
    "verein/satzung/index.html": "pages/verein/satzung.md",
    "themen/index.html": "vocabulary.yaml",
    "themen/beratung/index.html": "vocabulary.yaml",
    "impressum/index.html": "site.yaml",
    "datenschutz/index.html": "site.yaml",
    "barrierefreiheit/index.html": "site.yaml",
}
NONE = ("akteure", "traeger", "angebote", "orte", "aktuelles", "termine", "netzwerk")
"""Pages that come from many files, or from none."""

PATTERNS = re.findall(r"^\| .* \| `(https://.*)` \|$", HANDBOOK, re.MULTILINE)
LINK = re.compile(r'<a href="([^"]*)" rel="noreferrer">Diese Seite bearbeiten</a> <span>([^<]*)<')


def built(root: Path, *more: str, **files: str) -> Path:
    for path, text in ({"site.yaml": SITE + "".join(more)} | FILES | files).items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    report = build(options(root, output=root / "out"))
    assert report.published, report.problems
    return root / "out"


@pytest.mark.parametrize("pattern", PATTERNS)
def test_each_page_of_one_file_names_it_and_links_to_edit_it(tmp_path: Path, pattern: str):
    out = built(tmp_path, f"edit_url: {pattern}\n")
    for page, source in SOURCES.items():
        path = f"content/{source}"
        found = LINK.findall((out / page).read_text("utf-8"))
        assert found == [(pattern.replace("{path}", path), path)], page
        assert (tmp_path / path).is_file()


def test_the_handbook_has_a_pattern_for_each_host():
    hosts = ("github.com/wer/projekt/edit/", "gitlab.com/wer/projekt/-/edit/", "/_edit/")
    assert len(PATTERNS) == len(hosts)
    assert all(host in pattern for host, pattern in zip(hosts, PATTERNS, strict=True))


def test_lists_of_many_files_have_no_such_link(tmp_path: Path):
    out = built(tmp_path, f"edit_url: {PATTERNS[0]}\n")
    for page in NONE:
        assert not LINK.search((out / page / "index.html").read_text("utf-8")), page


def test_the_home_page_and_the_networks_own_come_from_their_files_once_they_are_there(
    tmp_path: Path,
):
    start, accord = "---\ntitle: Start\n---\nHallo\n", "goals: [{id: a, title: Ziel}]\n"
    more = {"pages/start.md": start, "network.yaml": accord}
    out = built(tmp_path, f"edit_url: {PATTERNS[0]}\n", **more)
    for page, path in (("index.html", "pages/start.md"), ("netzwerk/index.html", "network.yaml")):
        (found,) = LINK.findall((out / page).read_text("utf-8"))
        assert found[1] == f"content/{path}"


def test_without_edit_url_no_page_speaks_of_its_file(tmp_path: Path):
    for page in built(tmp_path).rglob("*.html"):
        text = page.read_text("utf-8")
        assert "Diese Seite bearbeiten" not in text
        assert "content/" not in text
