"""Measures → RESULTS.md."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from benchmarks.figures import Figure, Reached
from benchmarks.machine import processors
from benchmarks.measure import Measure
from benchmarks.program import Program
from benchmarks.rounds import Measures
from benchmarks.scenarios import SCENARIOS

_Of = Callable[[Measure], float]
_COLUMNS: Final[tuple[tuple[_Of, str], ...]] = (
    (lambda one: one.wall, ".2f"),
    (lambda one: one.cpu, ".2f"),
    (lambda one: one.peak / 2**20, ".0f"),
)
"""What a table shows of a measure, and with how many decimals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A whole run of the benchmark."""

    day: date
    command: str
    machine: Sequence[tuple[str, str]]
    programs: Sequence[Program]
    measures: Measures
    figures: Sequence[Figure]


def write(run: Run) -> str:
    """Write the results as Markdown."""
    return "\n".join(_lines(run)) + "\n"


def _lines(run: Run) -> Iterator[str]:
    yield "# Results"
    yield ""
    yield f"Measured on {run.day} by `{run.command}`; README.md says what is compared, and how."
    yield ""
    yield "| | |"
    yield "|---|---|"
    for name, value in run.machine:
        yield f"| {name} | {value} |"
    for program in run.programs:
        yield f"| {program.name} | {program.version} |"
    yield f"| others meanwhile | {_others(run.measures):.0%} of the processors |"
    yield ""
    yield from _figures(run.figures)
    for size in sorted({key[0] for key in run.measures}):
        yield from _size(size, run)


def _others(measures: Measures) -> float:
    """Give the share of the processors that other programs took during all runs."""
    every = [one for found in measures.values() for one in found]
    return sum(one.busy for one in every) / (sum(one.wall for one in every) * processors())


def _figures(figures: Sequence[Figure]) -> Iterator[str]:
    yield "## Figures to reach"
    yield ""
    yield "At 10,000 posts where nothing else is said; ratios of medians of wall time. In italics"
    yield "the same of processor seconds, which a busy machine disturbs less."
    yield ""
    yield "| | at most | reached | | |"
    yield "|---|--:|---|---|---|"
    for figure in figures:
        target = _number(figure.target, figure.unit)
        reached, cpu = _values(figure.reached, figure.unit), _values(figure.cpu, figure.unit)
        aside = f"*{cpu}*" if cpu else ""
        yield f"| {figure.what} | {target} | {reached} | {figure.verdict} | {aside} |"
    yield ""


def _values(reached: Reached, unit: str) -> str:
    return " · ".join(f"{name} {_number(value, unit)}".strip() for name, value in reached)


def _number(value: float, unit: str) -> str:
    return f"{value:.0f} {unit}" if unit == "ms" else f"{value:.3g} {unit}".strip()


def _size(size: int, run: Run) -> Iterator[str]:
    rounds = max(len(found) for key, found in run.measures.items() if key[0] == size)
    yield f"## {size:,} posts, {rounds} {'round' if rounds == 1 else 'rounds'}"
    yield ""
    yield "Medians, in parentheses the least and the greatest. Ratios are against Hugo."
    yield ""
    yield "| | | wall s | ratio | CPU s | ratio | peak MiB | ratio |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|"
    for scenario in SCENARIOS:
        rows = [
            (program.name, run.measures[size, scenario.short, program.short])
            for program in run.programs
            if (size, scenario.short, program.short) in run.measures
        ]
        yardstick = run.measures.get((size, scenario.short, "hugo"))
        for number, (name, found) in enumerate(rows):
            yield _row("" if number else scenario.name, name, found, yardstick)
    yield ""


def _row(
    scenario: str, name: str, found: Sequence[Measure], yardstick: Sequence[Measure] | None
) -> str:
    cells = [scenario, name]
    for of, form in _COLUMNS:
        values = [of(one) for one in found]
        middle = median(values)
        spread = f" ({min(values):{form}}–{max(values):{form}})" if len(values) > 1 else ""
        theirs = median(of(one) for one in yardstick) if yardstick else 0
        cells += [f"{middle:{form}}{spread}", f"{middle / theirs:.3g}" if theirs else "–"]
    return f"| {' | '.join(cells)} |"
