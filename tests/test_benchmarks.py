"""The benchmark: corpora, sites without a mistake, edits, measuring. No time is asserted here."""

import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import corpus, measure, peers
from benchmarks import previews as module
from benchmarks.figures import figures
from benchmarks.measure import FailedRunError, Measure
from benchmarks.ours import PLAIN, THEME
from benchmarks.previews import Previewed, Previewing, Saved, measure_previews
from benchmarks.program import Program, write
from benchmarks.results import Run
from benchmarks.results import write as write_results
from benchmarks.scenarios import COLD, MARK, SCENARIOS, TEMPLATE, TITLE, Edits
from netzsite.pipeline.build import build
from tests.conftest import TODAY, options, tree

GATE = {"privacy-missing", "provider-missing", "example-address"}
ONLY_POSTS = {"plain": {"no-skip-link", "legal-link-missing"}, "theme": set()}
"""What is wrong with templates that have just what the peers' have."""
PEERS = {peer.short: peer for peer in peers.find(sys.executable)}
ours = pytest.mark.parametrize("program", [PLAIN, THEME], ids=lambda program: program.short)
linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
MIB = 2**20


def test_a_corpus_is_always_the_same_and_the_beginning_of_a_larger_one():
    assert corpus.make(50) == corpus.make(50)
    assert corpus.make(60).posts[:50] == corpus.make(50).posts
    assert corpus.make(50, seed=5) != corpus.make(50)


def test_posts_are_of_the_size_and_kind_that_the_readme_promises():
    made = corpus.make(200)
    bodies = [post.body for post in made.posts]
    assert all(150 <= len(body.split()) <= 410 for body in bodies)
    assert {len(post.tags) for post in made.posts} == {0, 1, 2, 3}
    assert {len(post.actors) for post in made.posts} == {1, 2, 3}
    assert (len(made.actors), len(made.tags)) == (18, 60)
    assert len({post.id for post in made.posts}) == 200
    together = "\n".join(bodies)
    for piece in ("\n- ", "\n1. ", "\n## ", "**", "({post:", "({actor:", "(https://"):
        assert piece in together, piece


@ours
def test_netzsite_builds_it_with_no_problem_but_the_release_gate(program: Program, tmp_path: Path):
    made = corpus.make(50)
    write(program, made, tmp_path)
    report = build(options(tmp_path))
    told = {problem.code for problem in report.problems if problem.severity != "notice"}
    assert report.published
    assert told <= GATE | ONLY_POSTS[program.short]
    for post in made.posts:
        assert (tmp_path / "output" / "aktuelles" / post.id / "index.html").is_file()


def test_each_edit_is_seen_in_the_output_and_undone(tmp_path: Path):
    made, root = corpus.make(6), tmp_path / "site"
    write(PLAIN, made, root)
    whole = tree(root)
    edits = Edits(root)
    before: dict[str, bytes] = {}
    for scenario in SCENARIOS:
        files = list(scenario.edit(PLAIN, made, root, 1))
        for file in files:
            edits.apply(file)
        assert build(options(root, output=tmp_path / "output")).published
        after = tree(tmp_path / "output")
        assert bool(files) == (after != before) or scenario is COLD, scenario.name
        before = after
    edits.undo()
    assert tree(root) == whole


@pytest.mark.parametrize("name", ["hugo", "pelican"])
def test_peers_make_the_same_pages_of_posts_tags_actors_and_years(name: str, tmp_path: Path):
    if name not in PEERS:
        pytest.skip(f"{name} isn't installed")
    made = corpus.make(50)
    pages = {}
    for program in (PLAIN, PEERS[name]):
        root = tmp_path / program.short
        write(program, made, root)
        assert MARK in (root / program.template).read_text(encoding="utf-8")
        measure.run(program.command(root))
        pages[program] = {
            path.parent.relative_to(root / program.made[0]).as_posix()
            for path in (root / program.made[0]).rglob("index.html")
        }
    theirs, mine = pages[PEERS[name]], pages[PLAIN]
    assert len({page for page in theirs if page.startswith("schlagworte")}) == len(
        {page for page in mine if page.startswith("schlagworte")}
    )
    assert {page for page in theirs if not page.startswith("schlagworte/")} <= mine
    assert {page for page in mine if page.startswith(("aktuelles", "akteure"))} <= theirs


@linux
def test_memory_and_processor_time_of_children_count():
    hold = f"x = bytearray(b'1') * (60 * {MIB}); t = __import__('time')"
    burn = "while t.process_time() < 0.4: pass"
    child = f"{hold}; exec({burn!r}); t.sleep(0.2)"
    both = f"{hold}; import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    alone = measure.run([sys.executable, "-c", f"{hold}; t.sleep(0.1)"])
    together = measure.run([sys.executable, "-c", both])
    assert 60 * MIB < alone.peak < 110 * MIB
    assert together.peak > 120 * MIB
    assert together.cpu > 0.4
    assert together.wall > 0.6


@linux
def test_a_command_that_fails_is_told_with_its_output():
    with pytest.raises(FailedRunError, match="so geht es nicht"):
        measure.run([sys.executable, "-c", "raise SystemExit('so geht es nicht')"])


def test_figures_are_judged_by_the_medians_that_were_measured():
    measures = defaultdict(list)
    for short, walls in (("plain", (3.0, 1.0, 9.0)), ("theme", (7.0, 8.0, 9.0)), ("hugo", (4.0,))):
        for wall in walls:
            took = Measure(wall=wall, cpu=wall, peak=100 * MIB)
            measures[10_000, COLD.short, short].append(took)
    measures[10_000, TITLE.short, "theme"].append(Measure(wall=1.0, cpu=1.0, peak=1))
    start, real = Measure(wall=0.02, cpu=0.0, peak=1), Measure(wall=0.21, cpu=0.0, peak=1)
    found = {figure.what: figure for figure in figures(measures, ([real], [start]))}
    judged = {what: (figure.reached, figure.verdict) for what, figure in found.items()}
    assert judged["cold, plain, against Hugo"] == ((("plain, cold", 0.75),), "yes")
    assert judged["cold, theme, against Hugo"] == ((("theme, cold", 2.0),), "**no**")
    assert judged["one body or title edited, against Hugo"] == ((), "not measured")
    assert judged["the real site, unchanged: 2.5 × an empty Python plus 150 ms"][1] == "**no**"
    run = Run(
        day=TODAY, command="python -m benchmarks", machine=[("processors", "2")],
        programs=[PLAIN, THEME], measures=measures, figures=tuple(found.values()), previews={},
    )  # fmt: skip
    written = write_results(run)
    assert (
        "| cold, plain, against Hugo | 1 | plain, cold 0.75 | yes | *plain, cold 0.75* |" in written
    )
    assert "| cold | netzsite, plain | 3.00 (1.00–9.00) | 0.75 |" in written
    assert "/home" not in written


@linux
@pytest.mark.parametrize("short", ["theme", "hugo"])
def test_a_saved_file_is_seen_in_the_preview(
    short: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    if short not in {"theme": THEME, **PEERS}:
        pytest.skip(f"{short} isn't installed")
    for name, value in (("REST", 0.1), ("IDLE", 0.1), ("EACH", 1)):
        monkeypatch.setattr(module, name, value)
    program = {"theme": THEME, **PEERS}[short]
    plan = Previewing(programs=[program], rounds=1, seed=4, work=tmp_path, tell=lambda _line: None)
    previews = measure_previews(30, plan)
    found = previews[30, short]
    assert all(0 < one.page <= one.everything for took in found.saves.values() for one in took)
    assert found.saves.keys() == {scenario.short for scenario in module.EDITS}
    assert found.watching > 10 * MIB
    assert found.builds[0].wall > 0


def test_previews_are_judged_and_shown():
    saves = {scenario.short: [Saved(page=0.09, everything=0.3)] for scenario in module.EDITS}
    build = Measure(wall=1.5, cpu=1.0, peak=1)
    found = Previewed(saves=saves, cold=1, watching=401_000_000, idle=0.001, builds=[build])
    previews = {(10_000, "theme"): found, (10_000, "hugo"): found, (200, "theme"): found}
    start = Measure(wall=0.02, cpu=0.0, peak=1)
    judged = {one.what: one for one in figures({}, ([start], [start]), previews)}
    assert judged["saved to seen, body"].reached == (("theme, body", 90.0),)
    assert judged["saved to seen, body"].verdict == "yes"
    assert judged["saved to seen, 200 posts"].verdict == "**no**"
    whole = judged["an actor's name, the whole preview, against Hugo's build"]
    assert whole.reached == (("theme", pytest.approx(0.2)),)
    assert judged["memory while watching"].verdict == "**no**"
    run = Run(
        day=TODAY, command="x", machine=[], programs=[THEME, replace(THEME, short="hugo", name="H")],
        measures={}, figures=tuple(judged.values()), previews=previews,
    )  # fmt: skip
    written = write_results(run)
    assert "| 10,000 | one body edited | H | 90 (90–90) | 300 (300–300) |" in written
    assert "| 200 | netzsite, theme | 0 | 382 | 0.1 | 1.50 |" in written


def test_the_template_of_each_program_can_be_changed(tmp_path: Path):
    for program in (PLAIN, THEME, *PEERS.values()):
        write(program, corpus.make(1), tmp_path / program.short)
        files = list(TEMPLATE.edit(program, corpus.make(1), tmp_path / program.short, 3))
        assert [name for name, text in files if f"{MARK} v3" in text] == [program.template]
