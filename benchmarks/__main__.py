"""``python -m benchmarks``: measure netzsite beside its peers."""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import programs
from benchmarks.rounds import Plan, measure_all
from benchmarks.scenarios import SCENARIOS


def main() -> None:
    """Read the command line, measure, tell."""
    asked = _parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="netzsite-bench-") as made:
        plan = Plan(
            sizes=asked.posts,
            programs=[each for each in programs.ALL if each.short in asked.programs],
            scenarios=[each for each in SCENARIOS if each.short in asked.scenarios],
            rounds=asked.rounds,
            work=asked.work or Path(made),
        )
        measure_all(plan, _tell)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--posts", type=int, nargs="+", default=[50, 1_000, 10_000], metavar="N",
        help="sizes of the corpora (default: 50 1000 10000)",
    )  # fmt: skip
    parser.add_argument("--rounds", type=int, default=5, help="rounds up to 10,000 posts")
    names = [program.short for program in programs.ALL]
    parser.add_argument("--programs", nargs="+", choices=names, default=names, help="only these")
    names = [scenario.short for scenario in SCENARIOS]
    parser.add_argument("--scenarios", nargs="+", choices=names, default=names, help="only these")
    parser.add_argument(
        "--work", type=Path, help="folder of the corpora (default: a temporary one)"
    )
    return parser


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
