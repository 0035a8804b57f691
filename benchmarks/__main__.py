"""``python -m benchmarks``: measure netzsite beside Hugo and Pelican, and write the results."""

import argparse
import sys
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path

from benchmarks import machine, peers, results
from benchmarks.figures import figures
from benchmarks.ours import PLAIN, THEME
from benchmarks.previews import Previewing, Previews, measure_previews
from benchmarks.program import Program
from benchmarks.real import measure_real
from benchmarks.results import Run
from benchmarks.rounds import Measures, Plan, measure_corpus, warm
from benchmarks.scenarios import SCENARIOS

PROGRAMS = ("plain", "theme", "hugo", "pelican")


def main() -> None:
    """Read the command line, measure, write the results after each corpus."""
    parser = _parser()
    asked = parser.parse_args()
    known = {program.short: program for program in (PLAIN, THEME, *peers.find(asked.peers))}
    lost = [name for name in asked.programs or () if name not in known]
    if lost:
        parser.error(f"not installed: {', '.join(lost)}; README.md says how")
    programs = [known[name] for name in asked.programs or known]
    with tempfile.TemporaryDirectory(prefix="netzsite-bench-", dir=asked.work) as work:
        _measure(asked, programs, Path(work))


def _measure(asked: argparse.Namespace, programs: list[Program], work: Path) -> None:
    plan = Plan(
        programs=programs,
        scenarios=[each for each in SCENARIOS if each.short in asked.scenarios],
        rounds=asked.rounds,
        seed=asked.seed,
        work=work,
        tell=_tell,
    )
    warm(plan)
    real = measure_real(work, 2 * asked.rounds)
    measures: Measures = defaultdict(list)
    previews: Previews = {}

    def tell() -> None:
        """Write what has been measured so far."""
        run = Run(
            day=asked.date,
            command=f"python -m benchmarks {' '.join(_shown(sys.argv[1:]))}",
            machine=tuple(machine.describe(work)),
            programs=programs,
            measures=measures,
            figures=figures(measures, real, previews),
            previews=previews,
        )
        asked.out.write_text(results.write(run), encoding="utf-8")

    serving = Previewing(
        programs=programs, rounds=asked.rounds, seed=asked.seed, work=work, tell=_tell
    )
    for size in sorted(asked.serve):
        previews |= measure_previews(size, serving)
        tell()
    for size in sorted(asked.posts):
        measures |= measure_corpus(size, plan)
        tell()


def _shown(arguments: list[str]) -> list[str]:
    """Leave out the folders of this machine."""
    places = {"--work", "--out", "--peers"}
    pairs = zip(["", *arguments], arguments, strict=False)
    return [word for before, word in pairs if word not in places and before not in places]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    option = parser.add_argument
    option("--posts", type=int, nargs="*", default=[1_000, 10_000], help="sizes of corpora")
    sizes = "sizes of corpora whose previews are measured; none to leave that out"
    option("--serve", type=int, nargs="*", default=[200, 10_000], help=sizes)
    option("--rounds", type=int, default=5, help="rounds up to 10,000 posts; one above")
    option("--programs", nargs="+", choices=PROGRAMS, help="only these (default: all installed)")
    names = [scenario.short for scenario in SCENARIOS]
    option("--scenarios", nargs="+", choices=names, default=names, help="only these")
    option("--peers", default=sys.executable, help="the Python that Hugo and Pelican belong to")
    option("--seed", type=int, default=4, help="of the corpora")
    option("--work", type=Path, help="folder for corpora, removed at the end (default: temporary)")
    out = Path(__file__).parent / "RESULTS.md"
    option("--out", type=Path, default=out, help="the file to write (default: RESULTS.md here)")
    today = date.today()  # noqa: DTZ011 - the day where the machine stands
    option("--date", type=date.fromisoformat, default=today, help="the day to write (default: now)")
    return parser


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
