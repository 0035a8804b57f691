"""Batches of work over processes: results in order, serial where a process isn't worth its start.

It knows functions and plain values, nothing of pages.
"""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import Any, Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

WORTH: Final = 300
"""From so many pieces of work on, a second process is worth its start."""
_BATCHES_EACH: Final = 8


def processors() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Pool:
    """Runs batches, serially or over processes that start when they are first worth it."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._executor: Executor | None = None

    def __enter__(self) -> "Pool":
        """Start nothing yet."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """End all processes; work not begun is dropped."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def map(
        self,
        function: Callable[[Any, tuple[T, ...]], list[R]],
        common: object,
        work: Sequence[T],
    ) -> Iterator[R]:
        """Apply ``function(common, batch)`` to batches of the work; results in its order."""
        if self._jobs == 1 or len(work) < WORTH:
            for batch in _batches(work, len(work) or 1):
                yield from function(common, batch)
            return
        if self._executor is None:
            self._executor = ProcessPoolExecutor(self._jobs, mp_context=_context())
        size = max(-(-len(work) // (self._jobs * _BATCHES_EACH)), 1)
        pending = [
            self._executor.submit(function, common, batch) for batch in _batches(work, size)
        ]
        for future in pending:
            yield from future.result()


def _batches(work: Sequence[T], size: int) -> Iterator[tuple[T, ...]]:
    for start in range(0, len(work), size):
        yield tuple(work[start : start + size])


def _context() -> Any:  # noqa: ANN401 - a context has no common public type
    """Fork where nothing else runs, else a fork server: a fork while threads run can hang."""
    methods = multiprocessing.get_all_start_methods()
    if "fork" in methods and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
