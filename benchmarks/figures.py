"""Measures → the figures to reach, each with what was reached: ratios of medians of one run."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import median
from typing import Final

from benchmarks.measure import Measure
from benchmarks.previews import Previewed, Previews, Saved
from benchmarks.rounds import Key, Measures
from benchmarks.scenarios import ACTOR, ADDED, BODY, COLD, TITLE, UNCHANGED, Scenario

MANY: Final = 10_000
MOST: Final = 100_000
_FORMS: Final = ("plain", "theme")
_STARTS: Final = 2.5
_START: Final = 0.15
"""Seconds that a build may take beyond so many starts of Python."""
FEW: Final = 200

Reached = tuple[tuple[str, float], ...]
"""What was measured, each with its name; empty where nothing was."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure to reach, and what was: no value may be above the target."""

    what: str
    target: float
    reached: Reached
    cpu: Reached = ()
    """The same of processor seconds: no figure, but steadier on a busy machine."""
    unit: str = ""

    @property
    def verdict(self) -> str:
        """Say whether all values keep to the target."""
        if not self.reached:
            return "not measured"
        return "yes" if all(value <= self.target for _, value in self.reached) else "**no**"


def figures(
    measures: Measures, real: tuple[Sequence[Measure], ...], previews: Previews | None = None
) -> tuple[Figure, ...]:
    """Give all figures; ``real`` are builds of the real site and starts of an empty Python."""

    def against(
        peer: str, what: str, target: float, forms: Iterable[str], *scenarios: Scenario
    ) -> Figure:
        """Compare forms of netzsite with a peer in the same scenarios."""
        pairs = [
            (f"{form}, {each.short}", (MANY, each.short, form), (MANY, each.short, peer))
            for each, form in product(scenarios, forms)
        ]
        return _compared(measures, what, target, pairs)

    more = [(form, (MOST, COLD.short, form), (MANY, COLD.short, form)) for form in _FORMS]
    peaks = [(form, (MANY, COLD.short, form), (MANY, COLD.short, "hugo")) for form in _FORMS]
    return (
        against("hugo", "cold, plain, against Hugo", 1.0, ["plain"], COLD),
        against("hugo", "cold, theme, against Hugo", 1.5, ["theme"], COLD),
        against("pelican", "cold, theme, against Pelican", 0.2, ["theme"], COLD),
        against("hugo", "unchanged, against Hugo", 0.08, _FORMS, UNCHANGED),
        against("hugo", "one body or title edited, against Hugo", 0.12, _FORMS, BODY, TITLE),
        against("hugo", "one post added, against Hugo", 0.25, _FORMS, ADDED),
        Figure("peak memory, cold, against Hugo", 1.0, _ratios(measures, _peak, peaks)),
        _compared(measures, "100,000 posts against 10,000, cold", 11.0, more),
        Figure("100,000 posts, cold, peak memory", 2.5, _sizes(measures), unit="GB"),
        _real(*real),
        *_previewed(previews or {}),
    )


def _previewed(previews: Previews) -> Iterator[Figure]:
    """Give the figures of the preview: from saving a file to seeing it."""

    def seen(size: int, *scenarios: Scenario) -> Reached:
        """Give the medians until the open page has what was saved, in milliseconds."""
        return tuple(
            (f"{form}, {each.short}", 1000 * median(_page(one) for one in found.saves[each.short]))
            for form, found in _of_ours(previews, size)
            for each in scenarios
        )

    yield Figure("saved to seen, body", 100, seen(MANY, BODY), unit="ms")
    yield Figure("saved to seen, title", 200, seen(MANY, TITLE), unit="ms")
    yield Figure("saved to seen, an actor's name", 200, seen(MANY, ACTOR), unit="ms")
    yield Figure("saved to seen, 200 posts", 50, seen(FEW, BODY, TITLE, ACTOR), unit="ms")
    ours = _of_ours(previews, MANY)
    theirs = previews.get((MANY, "hugo"))
    build = median(map(_wall, theirs.builds)) if theirs else 0
    what = "an actor's name, the whole preview, against Hugo's build"
    whole = ((form, [one.everything for one in found.saves[ACTOR.short]]) for form, found in ours)
    yield Figure(what, 0.15, tuple((form, median(took) / build) for form, took in whole if build))
    memory = tuple((form, found.watching / 1e6) for form, found in ours)
    yield Figure("memory while watching", 400, memory, unit="MB")
    idle = tuple((form, 100 * found.idle) for form, found in ours)
    yield Figure("processor when idle", 0.5, idle, unit="%")


def _of_ours(previews: Previews, size: int) -> tuple[tuple[str, Previewed], ...]:
    return tuple((form, previews[size, form]) for form in _FORMS if (size, form) in previews)


def _page(saved: Saved) -> float:
    return saved.page


Of = Callable[[Measure], float]


Pairs = Sequence[tuple[str, Key, Key]]
"""A name, what is measured, what it is measured by."""


def _compared(measures: Measures, what: str, target: float, pairs: Pairs) -> Figure:
    """Make a figure of ratios of wall time."""
    wall, cpu = (_ratios(measures, of, pairs) for of in (_wall, _cpu))
    return Figure(what, target, wall, cpu)


def _wall(measure: Measure) -> float:
    return measure.wall


def _cpu(measure: Measure) -> float:
    return measure.cpu


def _peak(measure: Measure) -> float:
    return measure.peak


def _ratios(measures: Measures, of: Of, pairs: Pairs) -> Reached:
    """Divide medians, where both were measured."""
    return tuple(
        (name, median(map(of, measures[ours])) / median(map(of, measures[theirs])))
        for name, ours, theirs in pairs
        if ours in measures and theirs in measures
    )


def _sizes(measures: Measures) -> Reached:
    keys = [(form, (MOST, COLD.short, form)) for form in _FORMS]
    return tuple(
        (form, median(map(_peak, measures[key])) / 1e9) for form, key in keys if key in measures
    )


def _real(builds: Sequence[Measure], starts: Sequence[Measure]) -> Figure:
    """Compare a build of the real site with what Python's own start allows it."""
    start = median(map(_wall, starts))
    what = "the real site, unchanged: 2.5 × an empty Python plus 150 ms"
    reached = ("", 1000 * median(map(_wall, builds)))
    return Figure(what, 1000 * (_STARTS * start + _START), (reached,), unit="ms")
