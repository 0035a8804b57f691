"""A command → how long it took, its processor seconds, its peak memory; children included.

Memory is looked at while the command runs (Linux's ``/proc``), every 10 ms, less often where a look
is dear, so that looking costs at most a fortieth of one processor. While there is one process, its
own high-water mark counts (``VmHWM``: resident memory, kept by the kernel, so nothing is missed
between two looks); while there are several, the sum of their proportional set sizes (``Pss``: a
page that forked processes share is counted once). The greatest of these sums is the peak.
"""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

_LOOK_EVERY: Final = 0.01
"""Seconds."""
_SHARE: Final = 40
_TOLD: Final = 3000
"""Characters of a failed command's output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What one run of a command took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, in user and system mode, of the command and of all its children that have ended."""
    peak: int
    """Bytes, of all processes together."""
    busy: float = 0.0
    """Processor seconds that others took meanwhile: what makes the wall time larger than it is."""

    def __str__(self) -> str:
        return f"{self.wall:.2f} s, {self.cpu:.2f} s CPU, {self.peak / 2**20:.0f} MiB"


class FailedRunError(Exception):
    """A measured command did not do what it should."""


def run(command: list[str]) -> Measure:
    """Run a command to its end and measure it.

    Raises ``FailedRunError`` with the end of its output when its exit code isn't 0.
    """
    os.sync()  # what the runs before have to write to disk isn't this one's work
    with tempfile.TemporaryFile("w+b") as said:
        busy, began = _busy(), time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=said, env=_environment())
        with Watched(process.pid) as watch:
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            told = said.read().decode(errors="replace")[-_TOLD:]
            raise FailedRunError(f"{command} ended with {process.returncode}:\n{told}")
    cpu = used.ru_utime + used.ru_stime
    return Measure(wall=wall, cpu=cpu, peak=watch.peak, busy=max(_busy() - busy - cpu, 0.0))


def _environment() -> Mapping[str, str]:
    """Take away what would make Python compile its modules at each start."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def _busy() -> float:
    """Add up what all processors have worked so far, in seconds (``/proc/stat``)."""
    _, user, nice, system, _idle, _wait, irq, soft, steal, *_ = _read(Path("/proc/stat")).split()
    ticks = sum(map(int, (user, nice, system, irq, soft, steal)))
    return ticks / os.sysconf("SC_CLK_TCK")


class Watched:
    """Looks at the memory of a process and its children until it is left."""

    def __init__(self, pid: int, *, together: bool = False) -> None:
        """Look only at what is there while it is looked at, if ``together``: no high-water mark."""
        self.peak = 0
        self._pid = pid
        self._memory = _together if together else _memory
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._over.set()
        self._thread.join()

    def _look_on(self) -> None:
        pause = 0.0
        while not self._over.wait(pause):
            began = time.thread_time()
            self.peak = max(self.peak, self._memory(self._pid))
            pause = max(_LOOK_EVERY, _SHARE * (time.thread_time() - began))


def _memory(pid: int) -> int:
    """Add up the memory of a process and all its children, in bytes."""
    pids = tuple(_family(pid))
    if len(pids) == 1:
        return _field(Path(f"/proc/{pid}/status"), "VmHWM:")
    return _together(pid)


def _together(pid: int) -> int:
    """Add up the memory of a process and all its children as it is now, in bytes."""
    return sum(_field(Path(f"/proc/{one}/smaps_rollup"), "Pss:") for one in _family(pid))


def processor(pid: int) -> float:
    """Add up the processor seconds that a process and its children have taken so far."""
    ticks = 0
    for one in _family(pid):
        fields = _read(Path(f"/proc/{one}/stat")).rpartition(") ")[2].split()
        ticks += int(fields[11]) + int(fields[12]) if fields else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        tasks = [*Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return
    for task in tasks:
        for child in _read(task / "children").split():
            yield from _family(int(child))


def _field(file: Path, name: str) -> int:
    """Read a size from a file of ``/proc``, in bytes; 0 when its process has ended."""
    for line in _read(file).splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return 0


def _read(file: Path) -> str:
    """Read of a process what may be gone with it."""
    try:
        return file.read_text(encoding="ascii")
    except OSError:
        return ""
