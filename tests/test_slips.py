"""Slips that editors make: each gets one message, at its place, whose advice mends it.

After the mend of a row, nothing is left to say.
"""

import shutil
from collections.abc import Callable

import pytest

from netzsite.catalogue import catalogue
from netzsite.pipeline.build import Options, Report, build
from netzsite.problem_text import help_of, message, text
from netzsite.problems import Problem, Severity
from tests.slips import (
    BY_HAND,
    HARMLESS,
    HOME,
    LEADS_ON,
    PRIVACY,
    READ,
    SITE,
    SLIPS,
    TODAY,
    Files,
    Slip,
    apply,
    changed,
)

pytestmark = pytest.mark.no_cover

Run = Callable[[Files], Report]


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Builds a site; many mends lead to the same one, and all share a memo: it is built once."""
    done: dict[tuple[tuple[str, str | bytes], ...], Report] = {}
    cache = tmp_path_factory.mktemp("cache")

    def build_once(site: Files) -> Report:
        key = tuple(sorted(site.items()))
        if key not in done:
            root = tmp_path_factory.mktemp("site")
            for path, content in site.items():
                file = root / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content if isinstance(content, bytes) else content.encode())
            done[key] = build(Options(root=root, today=TODAY, jobs=1, cache=cache))
            shutil.rmtree(root)
        return done[key]

    return build_once


def told(report: Report) -> str:
    return "\n".join(text(problem, catalogue("de")) for problem in report.problems)


def test_the_good_site_is_good(run: Run):
    report = run(SITE)
    assert not report.problems, told(report)
    assert report.published


def test_names_are_told_apart():
    names = [row.name for row in SLIPS]
    assert len(names) == len(set(names))


def test_the_table_knows_what_it_names():
    assert {row.name for row in SLIPS} >= READ | BY_HAND


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=row.name) for row in SLIPS if row.name in READ]
)
def test_what_can_only_mean_one_thing_is_read(row: Slip, run: Run):
    report = run(apply(row.plant, SITE))
    assert not report.problems, told(report)
    assert report.published


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=row.name) for row in SLIPS if row.name not in READ]
)
def test_a_slip_gets_one_message_that_mends_it(row: Slip, run: Run):
    site = apply(row.plant, SITE)
    report = run(site)
    assert len(report.problems) == 1, told(report)
    problem = report.problems[0]
    line = problem.spot.line if problem.spot else None
    assert (problem.path, line, problem.code) == (row.file, row.line, row.code)
    mended = apply(row.mend, site)
    check_place(problem, row, site)
    check_words(problem, row)
    check_guess(problem, row)
    report = run(mended)
    assert not report.problems, told(report)
    assert report.published
    check_fix(problem, row, site, run)


def check_fix(problem: Problem, row: Slip, site: Files, run: Run) -> None:
    """What a problem carries mends it, and leaves nothing that keeps the site from publishing."""
    if row.name in BY_HAND:
        return
    assert problem.changes, "says no more what mends it"
    report = run(changed(site, problem))
    left = {one.code for one in report.problems if one.severity is not Severity.NOTICE}
    assert left <= LEADS_ON.get(row.name, set()), told(report)
    assert row.code not in {one.code for one in report.problems}


def check_place(problem: Problem, row: Slip, site: Files) -> None:
    """The line shown is the file's, and the carets stand below what is wrong."""
    content = site.get(problem.path)
    if problem.spot is None or problem.excerpt is None or not isinstance(content, str):
        return
    line = content.split("\n")[problem.spot.line - 1]
    assert problem.excerpt == line
    start = problem.spot.column - 1
    assert start <= len(line)
    assert not row.mark or line[start : start + problem.spot.width] == row.mark


def check_words(problem: Problem, row: Slip) -> None:
    """Both languages say what is wrong, each in its own words, and a way out."""
    said = {name: message(problem, catalogue(name)) for name in ("de", "en")}
    assert said["de"] != said["en"]
    for name, sentence in said.items():
        assert sentence
        assert "@" not in sentence.replace(problem.facts.get("value", "@"), "")
        if problem.code == "yaml-syntax" and name == "de":
            assert problem.facts["cause"] not in sentence, "libyaml's English in a German message"
        way_out = help_of(problem, catalogue(name))
        assert way_out or problem.facts.get("guess"), f"no way out: {sentence}"
        assert not way_out.endswith(":"), f"an empty way out: {way_out}"
        assert not row.never or name != "de" or row.never not in f"{sentence} {way_out}"


def test_the_privacy_pages_name_is_the_sites(run: Run):
    home = str(SITE[HOME]).replace("legal_frame: dsg-ekd\n", "")
    (problem,) = run(apply({HOME: home, PRIVACY: None}, SITE)).problems
    for language in ("de", "en"):
        assert PRIVACY in help_of(problem, catalogue(language))


def check_guess(problem: Problem, row: Slip) -> None:
    """What netzsite guesses is what the mend has written, or the name it gave the file."""
    guess = problem.facts.get("guess")
    if guess and row.mended is not None:
        assert guess in row.mended
    elif guess and isinstance(written := row.mend.get(problem.path), str):
        assert guess in written
    elif guess:
        assert row.mend.get(f"content/{guess}") is not None


@pytest.mark.parametrize(
    ("file", "good", "written"),
    [pytest.param(*values, id=name) for name, *values in HARMLESS],
)
def test_what_does_no_harm_is_taken(file: str, good: str, written: str, run: Run):
    content = str(SITE[file])
    assert content.count(good) == 1
    report = run(SITE | {file: content.replace(good, written)})
    assert not report.problems, told(report)
    assert report.published


def test_windows_line_ends_do_no_harm(run: Run):
    site = {
        path: content.replace("\n", "\r\n") if isinstance(content, str) else content
        for path, content in SITE.items()
    }
    assert not run(site).problems


def test_all_slips_are_told_at_once(run: Run):
    """One slip in each file but site.yaml, without which no page can be checked."""
    rows = {
        row.file: row
        for row in SLIPS
        if row.file in SITE and set(row.plant) == {row.file} and row.file != HOME
    }
    site = SITE
    for row in rows.values():
        site = apply(row.plant, site)
    told_of = {(problem.path, problem.code) for problem in run(site).problems}
    assert told_of == {(row.file, row.code) for row in rows.values()}
