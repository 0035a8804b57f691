"""The repository's own site, unchanged, beside a Python that starts and ends: a build's floor."""

import sys
import time
from pathlib import Path
from typing import Final

from benchmarks import measure
from benchmarks.measure import Measure
from benchmarks.rounds import SETTLED

ROOT: Final = Path(__file__).parent.parent
EMPTY: Final = [sys.executable, "-c", "pass"]


def measure_real(work: Path, times: int) -> tuple[list[Measure], list[Measure]]:
    """Build the site again and again, with an empty Python in turn; gives builds, and those.

    Its output and what is kept between builds lie in the work folder.
    """
    build = [
        *(sys.executable, "-m", "netzsite", "build", str(ROOT)),
        *("--output", str(work / "real" / "output"), "--cache", str(work / "real" / "cache")),
    ]
    time.sleep(SETTLED)
    measure.run(build)
    builds, empties = [], []
    for _ in range(times):
        empties.append(measure.run(EMPTY))
        builds.append(measure.run(build))
    return builds, empties
