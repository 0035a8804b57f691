"""The stage: a folder beside the target that takes each output before anything is published."""

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from netzsite.pipeline.lock import alone
from netzsite.pipeline.mounts import is_apart
from netzsite.problems import Problem

NAMES: Final = ("stage", "clean")
"""What stages are called: of a build, and of the clean one beside it."""
PATIENCE: Final = 0.05
"""Seconds to wait for the next step of a disk's clock."""


@contextlib.contextmanager
def stage(target: Path, name: str = "stage") -> Iterator[Path | Problem]:
    """Give an empty folder on the target's file system, removed at the end; or why there's none.

    It is for one build at a time, and so is the target while a build has it.
    """
    folder = _beside(target, name)
    with contextlib.ExitStack() as stack:
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            lock = folder.with_name(f"{folder.name}-lock")
            locked = stack.enter_context(alone(lock, target))
            if locked is None:
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
        except OSError as error:
            yield cannot_write(error, target)
            return
        if locked:
            yield locked
            return
        try:
            yield folder
        finally:
            try:
                shutil.rmtree(folder, ignore_errors=True)
            except KeyboardInterrupt:
                shutil.rmtree(folder, ignore_errors=True)
                raise


def sweep(target: Path) -> None:
    """Remove what a build that was killed has left, unless another one is at work there."""
    left = [folder for folder in (_beside(target, name) for name in NAMES) if folder.exists()]
    for folder in left:
        lock = folder.with_name(f"{folder.name}-lock")
        with contextlib.suppress(OSError), alone(lock, target) as locked:
            if locked is None:
                shutil.rmtree(folder, ignore_errors=True)


def _beside(target: Path, name: str) -> Path:
    """Name a folder beside the target, or inside one that is a file system of its own."""
    if target.is_dir() and is_apart(target, target.resolve().parent):
        return target / f".netzsite-{name}"
    place = target.resolve() if target.is_symlink() else target
    return place.with_name(f".{place.name}.netzsite-{name}")


def staged(folder: Path, path: str) -> str:
    """Name the staged file of an output: at the same path as in the target."""
    return f"{folder}{os.sep}{path}"


def write(file: str, data: bytes) -> None:
    """Write a staged file, with the folders it needs; raises ``OSError``."""
    try:
        opened = open(file, "xb")  # noqa: PTH123, SIM115 - pathlib doubles the time of this
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120 - as above
        opened = open(file, "xb")  # noqa: PTH123, SIM115 - as above
    with opened:
        opened.write(data)


def clock(folder: Path, moment: int) -> int:
    """Read the clock of a disk, if possible when it shows more than ``moment``; nanoseconds.

    It goes in steps, of some milliseconds mostly: longer than ``PATIENCE`` isn't waited for. Where
    the disk takes no file any more, it is 0.
    """
    probe = folder / ".clock"
    end = time.monotonic() + PATIENCE
    try:
        while True:
            probe.write_bytes(b"")
            now = probe.stat().st_mtime_ns
            if now > moment or time.monotonic() > end:
                return now
            time.sleep(0.001)
    except OSError:
        return 0


def cannot_write(error: OSError, folder: Path) -> Problem:
    """Say which file the disk refuses, and why."""
    facts = {"file": _shown(error, folder), "cause": error.strerror or str(error)}
    return Problem(code="cannot-write", facts=facts)


def _shown(error: OSError, folder: Path) -> str:
    name = str(error.filename2 or error.filename or folder)
    return name.removeprefix(str(folder.parent) + os.sep)
