"""What is too much for each push is tried in part there, and whole at night.

Which part is drawn by a seed that each commit has of its own: what one push leaves out another one
tries. The seed is said at the end of a run; ``--seed`` draws the same again, ``--whole`` takes all.
Both are in the environment too, where the workers and the programs that a test starts read them.
"""

import os
import random
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

SEED = "NETZSITE_TEST_SEED"
WHOLE = "NETZSITE_TEST_WHOLE"
T = TypeVar("T")


def begin(*, asked: str | None, whole: bool) -> None:
    """Settle what is drawn in this run; a worker finds it settled."""
    if asked is not None:
        os.environ[SEED] = asked
    os.environ.setdefault(SEED, _commit() or f"{datetime.now(UTC):%Y-%m-%d}")
    if whole:
        os.environ[WHOLE] = "1"


def _commit() -> str | None:
    """Name the commit that is tested; None where there is no repository."""
    command = ["git", "rev-parse", "--short=12", "HEAD"]
    try:
        done = subprocess.run(
            command, cwd=Path(__file__).parent, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def seed() -> str:
    """What this run draws by."""
    return os.environ[SEED]


def whole() -> bool:
    """Whether all is to be tried."""
    return WHOLE in os.environ


def chance(name: str) -> random.Random:
    """Give a source of choices, the same for a name and a seed."""
    return random.Random(f"{seed()} {name}")


def some(items: Sequence[T], number: int, name: str) -> list[T]:
    """Draw a number of items, in their order; all of them where all is to be tried."""
    if whole() or number >= len(items):
        return list(items)
    drawn = sorted(chance(name).sample(range(len(items)), number))
    return [items[at] for at in drawn]


def told() -> str:
    """Say what was drawn, and how to have it again."""
    if whole():
        return f"everything was tried (--whole), by --seed {seed()}"
    return f"drawn by --seed {seed()}; --whole tries everything"
