"""Batches of work: results in order, over as many processes as it is worth."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from netzsite import pool as pools
from netzsite.pool import WORTH, Pool, nothing, processors

PATIENCE = 60.0


def double(factor: object, batch: tuple[int, ...]) -> list[int]:
    """Multiply every piece of a batch."""
    return [piece * factor for piece in batch]


def sizes(_common: object, batch: tuple[int, ...]) -> list[int]:
    return [len(batch)] * len(batch)


def places(_common: object, batch: tuple[int, ...]) -> list[int]:
    return [os.getpid()] * len(batch)


def fail_at(piece: object, batch: tuple[int, ...]) -> list[int]:
    if piece in batch:
        raise ValueError(f"Stück {piece}")
    return list(batch)


MUCH = range(WORTH + 50)


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 7, WORTH - 1, WORTH, WORTH + 50])
def test_results_come_in_the_order_of_the_work(jobs: int, count: int):
    with Pool(jobs) as pool:
        found = list(pool.map(double, 3, range(count)))
    assert found == [number * 3 for number in range(count)]


def test_a_pool_can_be_used_again_and_again():
    with Pool(2) as pool:
        assert list(pool.map(double, 2, MUCH)) == [number * 2 for number in MUCH]
        executor = pool._executor
        assert list(pool.map(double, 3, MUCH)) == [number * 3 for number in MUCH]
        assert pool._executor is executor
    assert pool._executor is None


@pytest.mark.parametrize(("jobs", "count"), [(1, WORTH * 2), (4, WORTH - 1)])
def test_little_work_and_one_job_start_no_process(jobs: int, count: int):
    with Pool(jobs) as pool:
        assert set(pool.map(places, None, range(count))) == {os.getpid()}
        assert pool._executor is None


def test_much_work_goes_to_other_processes():
    with Pool(2) as pool:
        assert os.getpid() not in set(pool.map(places, None, MUCH))


@pytest.mark.parametrize(("jobs", "work", "batches"), [(1, 80, 8), (1, 3, 3), (2, 400, 16)])
def test_work_is_cut_into_a_few_batches_for_each_process(jobs: int, work: int, batches: int):
    with Pool(jobs) as pool:
        assert set(pool.map(sizes, None, range(work))) == {work // batches}


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_the_work_reaches_the_caller(jobs: int):
    with Pool(jobs) as pool, pytest.raises(ValueError, match="Stück 7"):
        list(pool.map(fail_at, 7, MUCH))


def test_progress_is_told_by_the_name_of_the_work_up_to_the_end():
    told: list[tuple[str, int, int]] = []
    with Pool(1, lambda *step: told.append(step)) as pool:
        list(pool.map(fail_at, -1, range(20)))
    assert {name for name, _, _ in told} == {"fail"}
    done = [done for _, done, _ in told]
    assert done == sorted(set(done))
    assert told[-1] == ("fail", 20, 20)


def test_without_work_no_progress_is_told():
    told: list[tuple[str, int, int]] = []
    with Pool(1, lambda *step: told.append(step)) as pool:
        assert list(pool.map(double, 1, ())) == []
    assert told == []
    assert nothing("parse", 1, 2) is None


def test_work_that_is_given_up_ends_the_processes():
    with Pool(2) as pool:
        results = pool.map(double, 1, MUCH)
        assert next(results) == 0
    assert not multiprocessing.active_children()


def test_processors_are_those_this_process_may_use(monkeypatch: pytest.MonkeyPatch):
    assert processors() >= 1
    monkeypatch.setattr(pools.os, "sched_getaffinity", lambda _pid: {0, 3, 5}, raising=False)
    assert processors() == 3


@pytest.mark.parametrize(("count", "expected"), [(6, 6), (None, 1)])
def test_where_affinity_is_unknown_all_processors_count(
    monkeypatch: pytest.MonkeyPatch, count: int | None, expected: int
):
    monkeypatch.delattr(pools.os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(pools.os, "cpu_count", lambda: count)
    assert processors() == expected


@pytest.mark.parametrize(
    ("methods", "threads", "expected"),
    [
        (["fork", "spawn", "forkserver"], 1, "fork"),
        (["fork", "spawn", "forkserver"], 2, "forkserver"),
        (["spawn"], 1, "spawn"),
        (["spawn"], 5, "spawn"),
        (["forkserver", "spawn"], 1, "forkserver"),
    ],
)
def test_no_process_is_forked_while_threads_run(
    monkeypatch: pytest.MonkeyPatch, methods: list[str], threads: int, expected: str
):
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: methods)
    monkeypatch.setattr(multiprocessing, "get_context", lambda name: name)
    monkeypatch.setattr(pools.threading, "active_count", lambda: threads)
    assert pools._context() == expected


def test_work_is_done_while_another_thread_runs():
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        with Pool(2) as pool:
            assert list(pool.map(double, 2, MUCH)) == [number * 2 for number in MUCH]
    finally:
        end.set()
        thread.join()


BUSY = """\
import os, signal, sys, time
from netzsite.pool import Pool

signal.signal(signal.SIGINT, signal.default_int_handler)  # where the tests run with it ignored

def work(folder, batch):
    open(f"{folder}/{os.getpid()}", "w").close()
    time.sleep(600 if sys.argv[2] == "killed" else 0.01)
    return list(batch)

with Pool(2) as pool:
    for result in pool.map(work, sys.argv[1], range(100_000)):
        pass
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("how", ["killed", "interrupted"])
def test_however_a_process_ends_its_workers_do_too(tmp_path: Path, how: str):
    """A signal of the terminal goes to all of them; only the parent speaks of it."""
    with subprocess.Popen(
        [sys.executable, "-c", BUSY, str(tmp_path), how],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        until(lambda: len(list(tmp_path.iterdir())) == 2)
        if how == "killed":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGINT)
        process.wait(PATIENCE)
        workers = [int(path.name) for path in tmp_path.iterdir()]
        until(lambda: not any(runs(worker) for worker in workers))
        assert process.stderr
        assert process.stderr.read().count("Traceback") == (how == "interrupted")


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def runs(process: int) -> bool:
    """Whether a process is there and not just waiting to be buried."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(") ")[2][0] != "Z"
