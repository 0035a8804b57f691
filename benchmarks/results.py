"""Measures → RESULTS.md."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from benchmarks.figures import Figure, Reached
from benchmarks.machine import processors
from benchmarks.measure import Measure
from benchmarks.previews import EDITS, Previewed, Previews
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
    previews: Previews


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
    if run.measures:
        yield f"| others meanwhile | {_others(run.measures):.0%} of the processors |"
    yield ""
    yield from _figures(run.figures)
    for size in sorted({key[0] for key in run.measures}):
        yield from _size(size, run)
    yield from _previews(run)


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
    return f"{value:.0f} {unit}" if unit in ("ms", "MB") else f"{value:.3g} {unit}".strip()


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


def _previews(run: Run) -> Iterator[str]:
    """Write what previews took, from saving a file to seeing it."""
    names = {program.short: program.name for program in run.programs}
    if not run.previews:
        return
    yield "## Previews"
    yield ""
    yield "From saving a file to having the open page again, with what was saved; milliseconds."
    yield "Medians, in parentheses the least and the greatest. *All* is until the server is done;"
    yield "Hugo's leaves pages alone that nobody has looked at lately, netzsite's doesn't."
    yield ""
    yield "| posts | | | page ms | all ms |"
    yield "|--:|---|---|--:|--:|"
    for (size, short), found in _by_size(run.previews):
        for scenario in EDITS:
            took = found.saves[scenario.short]
            page = _milliseconds([one.page for one in took])
            whole = _milliseconds([one.everything for one in took])
            yield f"| {size:,} | {scenario.name} | {names[short]} | {page} | {whole} |"
    yield ""
    yield "Memory of all processes together: at most, until the first page is there, and from then"
    yield "on; processor time without edits; and a whole build by the command, from nothing."
    yield ""
    yield "| posts | | starting MiB | watching MiB | idle % | build s |"
    yield "|--:|---|--:|--:|--:|--:|"
    for (size, short), found in _by_size(run.previews):
        yield f"| {size:,} | {names[short]} | {_resting(found)} |"
    yield ""


def _by_size(previews: Previews) -> list[tuple[tuple[int, str], Previewed]]:
    return sorted(previews.items(), key=lambda item: item[0][0])


def _resting(found: Previewed) -> str:
    build = median(one.wall for one in found.builds)
    cold, watching = found.cold / 2**20, found.watching / 2**20
    return f"{cold:.0f} | {watching:.0f} | {100 * found.idle:.1f} | {build:.2f}"


def _milliseconds(seconds: Sequence[float]) -> str:
    values = [1000 * one for one in seconds]
    return f"{median(values):.0f} ({min(values):.0f}–{max(values):.0f})"
