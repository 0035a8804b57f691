"""Changes and new days → rounds: in each, the site is built once more."""

import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from netzsite.dev.watch import Watch
from netzsite.memo import MemoryCache
from netzsite.pipeline import build as builder
from netzsite.pipeline.build import Options, Report, today_in

TICK: Final = 20.0
"""Seconds between looks at the calendar."""
LOST: Final = 2.0
"""Seconds between looks at whether what was built is still there."""
PATIENCE: Final = 30.0
"""Seconds to wait for another build of the same site to end."""

Rebuild = Callable[[frozenset[str], date], Report]
"""Builds a site after these files changed, as of a day; any of its files may have changed too."""
Today = Callable[[], date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round: what set it off, and what came of it."""

    changed: frozenset[str] = frozenset()
    """Paths from the site's root; none in the first round and on a new day."""
    first: bool = False
    report: Report | None
    """None where netzsite itself failed."""
    bug: str = ""
    """How it failed, for a report to its makers."""


def rebuilding(options: Options, kept: MemoryCache | None = None) -> Rebuild:
    """Rebuild by building; what was decoded for one round stays in memory for the next."""
    kept = kept or MemoryCache()

    def rebuild(_changed: frozenset[str], today: date) -> Report:
        end = time.monotonic() + PATIENCE
        while True:
            report = builder.build(replace(options, today=today), kept)
            locked = [problem.code for problem in report.problems] == ["locked"]
            if not locked or time.monotonic() > end:
                return report
            time.sleep(0.1)

    return rebuild


def days(root: Path, fixed: date | None) -> Today:
    """Give the day to build as of: a fixed one, or the site's own."""
    return lambda: fixed or today_in(root)


def rounds(
    watch: Watch,
    rebuild: Rebuild,
    today: Today,
    rest: Callable[[date], None] | None = None,
    lost: Callable[[], bool] | None = None,
) -> Iterator[Round]:
    """Build, and again whenever a file or the day changes the site; never ends by itself.

    ``rest`` is called after each round, when it has been told; ``lost`` tells whether somebody has
    deleted what was built.
    """
    changed: frozenset[str] = frozenset()
    first = True
    while True:
        day = today()
        made = _round(rebuild, changed, day, first=first)
        yield made
        first = False
        bug = _rest(rest, day) if rest else ""
        if bug:
            yield Round(report=None, bug=bug)
        changed = _wait(watch, today, day, made.report, lost)


def _round(rebuild: Rebuild, changed: frozenset[str], day: date, *, first: bool) -> Round:
    """Build once; a failure of netzsite's own is told, and the next change tries again."""
    try:
        report = rebuild(changed, day)
    except Exception:  # noqa: BLE001 - watching goes on
        return Round(changed=changed, first=first, report=None, bug=traceback.format_exc())
    return Round(changed=changed, first=first, report=report)


def _rest(rest: Callable[[date], None], day: date) -> str:
    """Let it use the time between rounds; gives how it failed."""
    try:
        rest(day)
    except Exception:  # noqa: BLE001 - as above
        return traceback.format_exc()
    return ""


def _wait(
    watch: Watch, today: Today, built: date, report: Report | None, lost: Callable[[], bool] | None
) -> frozenset[str]:
    """Wait until files change, the day comes on which the site does, or what was built is lost."""
    due = report.next_change if report else None
    while True:
        changed = watch.wait(LOST if lost else TICK)
        if report and report.published and lost and lost():
            return changed
        now = today()
        if changed or (now != built and (due is None or now >= due)):
            return changed
