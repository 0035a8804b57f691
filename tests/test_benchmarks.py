"""The benchmark's corpora: always the same, and sites without a mistake. Nothing is timed here."""

from pathlib import Path

import pytest

from benchmarks import corpus, ours
from benchmarks.program import Program, write
from netzsite.pipeline.build import build
from tests.conftest import options, tree

GATE = {"privacy-missing", "provider-missing", "example-address"}
NETZSITE = pytest.mark.parametrize("program", [ours.PLAIN, ours.THEME], ids=lambda p: p.short)


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
    assert len(made.actors) == 18
    together = "\n".join(bodies)
    for piece in ("\n- ", "\n1. ", "\n## ", "**", "({post:", "({actor:", "(https://"):
        assert piece in together, piece


@NETZSITE
def test_netzsite_builds_it_with_no_problem_but_the_release_gate(program: Program, tmp_path: Path):
    made = corpus.make(50)
    write(program, made, tmp_path)
    before = tree(tmp_path)
    report = build(options(tmp_path, jobs=1))
    assert report.published
    told = {p.code for p in report.problems if p.severity != "notice"}
    assert told <= GATE
    for post in made.posts:
        assert (tmp_path / "output" / "aktuelles" / post.id / "index.html").is_file()
    again = tmp_path / "again"
    write(program, made, again)
    assert tree(again) == before
