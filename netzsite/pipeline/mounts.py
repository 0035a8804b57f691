"""Where a rename ends: file systems that begin at or below the target folder.

A bind mount has the device number of what it shows, so that number tells nothing; the system does.
"""

import contextlib
import errno
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_TABLE: Final = Path("/proc/self/mountinfo")
_ESCAPE: Final = re.compile(r"\\([0-7]{3})")
_NOBODY: Final = ".netzsite-nothing"
"""The name of a file that is nowhere."""
_STAGE: Final = ".netzsite-stage"


def is_apart(folder: Path, other: Path) -> bool:
    """Tell whether nothing can be renamed from one folder to another; both are there.

    Nothing is: Linux looks at the mounts before it looks for the file.
    """
    try:
        os.rename(folder / _NOBODY, other / _NOBODY)  # noqa: PTH104 - its errors are meant
    except OSError as error:
        return error.errno == errno.EXDEV
    return False


def below(folder: Path) -> list[str]:
    """List the folders inside a folder at which other file systems begin, the deepest first."""
    try:
        lines = _TABLE.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []  # elsewhere than on Linux
    base = f"{folder.resolve()}{os.sep}"
    places = {_ESCAPE.sub(lambda hit: chr(int(hit[1], 8)), line.split(" ")[4]) for line in lines}
    return sorted(place.removeprefix(base) for place in places if place.startswith(base))[::-1]


@contextlib.contextmanager
def spread(stage: Path, target: Path) -> Iterator[list[tuple[Path, str]]]:
    """Bring what is staged for other file systems there; gives those stages, with their folders.

    All that takes room is written by that. Raises ``OSError``.
    """
    made: list[tuple[Path, str]] = []
    try:
        for inside in below(target):
            staged, there = stage / inside, target / inside / _STAGE
            shutil.rmtree(there, ignore_errors=True)
            if staged.is_dir() and (target / inside).is_dir():
                made.append((there, f"{inside}/"))
                shutil.copytree(staged, there)
                shutil.rmtree(staged)
        yield [(stage, ""), *made]
    finally:
        for there, _ in made:
            shutil.rmtree(there, ignore_errors=True)
