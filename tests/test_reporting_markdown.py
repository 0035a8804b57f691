"""The summary of a run on a git host's page."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from netzsite.catalogue import catalogue
from netzsite.pipeline.build import build
from netzsite.pipeline.options import Counts, Report
from netzsite.problems import Problem, Spot
from netzsite.reporting_markdown import MOST, summary
from tests.conftest import Run, options
from tests.running import put, starter

DE = catalogue("de")


def built(**counts: object) -> str:
    made = Report(problems=(), published=True, good=True, counts=Counts(**counts))
    return summary(made, DE, publishing=True)


def test_pages_that_come_change_and_go_are_named_and_other_files_counted():
    told = built(
        written=3,
        unchanged=9,
        removed=1,
        paths=("aktuelles/fest/index.html", "index.html", "feed.xml", "alt/index.html"),
        created=("aktuelles/fest/index.html",),
        gone=("alt/index.html",),
    )
    assert told.splitlines()[0] == "### Welche Seiten sich ändern"
    assert "1 Seiten kommen dazu, 1 ändern sich, 1 fallen weg." in told
    rows = re.findall(r"^\| (\S+) \| `(.*)` \|$", told, re.MULTILINE)
    assert set(rows) == {("neu", "/aktuelles/fest/"), ("geändert", "/"), ("entfernt", "/alt/")}
    assert "Dazu 1 andere Dateien" in told


def test_a_long_list_is_cut():
    paths = tuple(f"seite-{number}/index.html" for number in range(MOST + 7))
    told = built(written=len(paths), unchanged=1, paths=paths)
    assert told.count("| geändert |") == MOST
    assert "Dazu 7 weitere Seiten." in told


def test_a_first_site_and_one_without_a_change_are_said_to_be_so():
    page = ("index.html",)
    assert "Alles ist neu" in built(written=1, paths=page, created=page)
    assert "Auf der Seite ändert sich nichts." in built(unchanged=5)


@pytest.mark.parametrize(
    ("good", "publishing", "heading"),
    [
        (True, False, "Das kann veröffentlicht werden"),
        (False, False, "So wird nichts veröffentlicht"),
        (False, True, "Das ließ sich nicht bauen"),
    ],
)
def test_the_verdict_comes_first_and_all_that_is_told_after_it(
    good: bool, publishing: bool, heading: str
):
    evil = "``` </details> <script> | x"
    problem = Problem(code="bad-date", path="content/a.md", spot=Spot(2), facts={"value": evil},
                      excerpt=evil)  # fmt: skip
    told = summary(
        Report(problems=(problem,), published=False, good=good), DE, publishing=publishing
    )
    assert told.startswith(f"### {heading}\n")
    blocks = [token for token in MarkdownIt().parse(told) if token.level == 0]
    assert [token.type for token in blocks] == ["heading_open", "heading_close", "fence"]
    assert "[bad-date]" in blocks[-1].content


def test_a_build_into_the_folder_of_another_says_what_changes(run: Run, tmp_path: Path):
    before, after = starter(tmp_path / "vorher"), starter(tmp_path / "nachher")
    put(after, "content/pages/neu.md", "---\ntitle: Neu\n---\n")
    (after / "content/pages/mitmachen.md").unlink()
    target = tmp_path / "vorschau"
    shared = {"output": target, "portable": True, "drafts": True}
    assert build(options(before, **shared)).published
    asked = ("--portable", "--drafts", "--output", str(target), "--today=2026-11-20")
    code, told, _ = run("build", str(after), *asked, "--format", "markdown")
    assert code == 0
    assert "| neu | `/neu/` |" in told
    assert "| entfernt | `/mitmachen/` |" in told
