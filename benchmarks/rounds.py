"""Programs, sizes, rounds → measures: the programs in turn, each scenario upon the one before."""

import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import corpus as corpora
from benchmarks import measure
from benchmarks.corpus import Corpus
from benchmarks.measure import Measure
from benchmarks.program import Program, write
from benchmarks.scenarios import Edits, Scenario

SETTLED: Final = 2.5
"""Seconds after which no file is so young that a program has to distrust its time stamp."""
ALONE: Final = 10_000
"""Larger corpora are built once."""

Key = tuple[int, str, str]
"""Number of posts, short names of the scenario and of the program."""
Measures = dict[Key, list[Measure]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be measured."""

    programs: Sequence[Program]
    scenarios: Sequence[Scenario]
    rounds: int
    seed: int
    work: Path
    """Where corpora are written to and built."""
    tell: Callable[[str], None]
    """Told how far the work is."""


def warm(plan: Plan) -> None:
    """Build a small site with each program, so that all are compiled and read from disk once."""
    corpus = corpora.make(20, plan.seed)
    for program in plan.programs:
        root = plan.work / f"warm-{program.short}"
        write(program, corpus, root)
        measure.run(program.command(root))
        if not any((root / program.made[0]).rglob("*.html")):
            raise measure.FailedRunError(f"{program.name} has made no page")
        shutil.rmtree(root)


def measure_corpus(size: int, plan: Plan) -> Measures:
    """Build a corpus of so many posts with each program in each scenario.

    Raises ``FailedRunError``.
    """
    sites = {
        program: plan.work / f"{size}-{program.short}"
        for program in plan.programs
        if size <= program.most
    }
    plan.tell(f"{size} posts: writing them for {len(sites)} programs")
    corpus = corpora.make(size, plan.seed)
    for program, root in sites.items():
        write(program, corpus, root)
    fitting = [scenario for scenario in plan.scenarios if size <= scenario.most]
    found: Measures = defaultdict(list)
    for number in range(1, plan.rounds + 1 if size <= ALONE else 2):
        plan.tell(f"{size} posts, round {number}")
        for key, took in _round(number, corpus, fitting, sites):
            found[key].append(took)
            plan.tell(f"{key[1]}, {key[2]}: {took}")
    for root in sites.values():
        shutil.rmtree(root)
    return found


def _round(
    number: int, corpus: Corpus, scenarios: Sequence[Scenario], sites: Mapping[Program, Path]
) -> Iterator[tuple[Key, Measure]]:
    edits = {program: Edits(root) for program, root in sites.items()}
    time.sleep(SETTLED)
    for scenario in scenarios:
        for program, root in sites.items():
            if scenario.cold:
                program.remove(root)
            for file in scenario.edit(program, corpus, root, number):
                edits[program].apply(file)
            key = (len(corpus.posts), scenario.short, program.short)
            yield key, measure.run(program.command(root))
    for edit in edits.values():
        edit.undo()
