"""Batches of work over processes: results in order, serial where a process isn't worth its start.

It knows functions and plain values, nothing of pages.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
U = TypeVar("U")
R = TypeVar("R")

Function = Callable[[Any, tuple[T, ...]], list[R]]
"""A function of what is common and a batch; one result for each piece of work."""

WORTH: Final = 300
"""From so many pieces of work on, a second process is worth its start."""
_BATCHES_EACH: Final = 8
_LARGEST: Final = 200
"""The most pieces in a batch, so that what waits for a worker takes little memory."""
_AHEAD: Final = 3
"""Batches that wait or run for each worker: it never idles, and not all lie in memory."""


def processors() -> int:
    """Count the processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


Progress = Callable[[str, int, int], None]
"""Called with the name of a step, how many pieces are done, and of how many."""


def nothing(_name: str, _done: int, _total: int) -> None:
    """Show no progress."""


class Pool:
    """Runs batches, serially or over processes that start when they are first worth it."""

    def __init__(self, jobs: int, progress: Progress = nothing) -> None:
        self._jobs = jobs
        self._progress = progress
        self._executor: Executor | None = None

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """End all processes; work not begun is dropped."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def map(
        self,
        function: "Function[U, R]",
        common: object,
        work: Sequence[T],
        prepare: "Callable[[Sequence[T]], Sequence[U]] | None" = None,
        worth: int = WORTH,
    ) -> Iterator[R]:
        """Apply ``function(common, batch)`` to batches of the work; results in its order.

        ``prepare`` makes a batch ready, in this process and only when its turn comes. From
        ``worth`` pieces of work on, other processes take part.
        """
        serial = self._jobs == 1 or len(work) < worth
        parts = 1 if serial else self._jobs
        size = max(-(-len(work) // (parts * _BATCHES_EACH)), 1)
        batches = (
            tuple(prepare(batch) if prepare else batch)
            for batch in _batches(work, min(size, _LARGEST))
        )
        done = 0
        for results in (
            (function(common, batch) for batch in batches)  # type: ignore[arg-type] # T is U then
            if serial
            else self._spread(function, common, batches)
        ):
            yield from results
            done += len(results)
            self._progress(function.__name__.partition("_")[0], done, len(work))

    def _spread(
        self, function: "Function[Any, R]", common: object, batches: Iterator[tuple[Any, ...]]
    ) -> Iterator[list[R]]:
        # 20 ms, seldom needed
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                self._jobs, mp_context=_context(), initializer=_serve
            )
        pending: deque[Future[list[R]]] = deque()
        try:
            for batch in batches:
                pending.append(self._executor.submit(function, common, batch))
                if len(pending) > self._jobs * _AHEAD:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        except BrokenProcessPool as error:  # ended by the system, mostly for want of memory
            raise MemoryError from error


def _serve() -> None:
    """Make a worker leave Ctrl-C to its parent, and end with it, however that ends."""
    import multiprocessing  # noqa: PLC0415 - as above

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: "BaseProcess") -> None:
    parent.join()
    os._exit(1)  # what waits for work holds its queue open itself and would wait for ever


def _batches(work: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(work), size):
        yield work[start : start + size]


def _context() -> Any:  # noqa: ANN401 - a context has no common public type
    """Fork where nothing else runs, else a fork server: a fork while threads run can hang."""
    import multiprocessing  # noqa: PLC0415 - as above

    methods = multiprocessing.get_all_start_methods()
    if "fork" in methods and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
