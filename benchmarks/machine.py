"""This machine → what a reader has to know of it to read the results."""

import os
import platform
from collections.abc import Iterator
from pathlib import Path


def describe(work: Path) -> Iterator[tuple[str, str]]:
    """Describe the machine; names no host and no path."""
    yield (
        "processors",
        f"{processors()} × {_value('/proc/cpuinfo', 'model name', ':')}",
    )
    kilobytes = int(_value("/proc/meminfo", "MemTotal", ":").split()[0])
    yield "memory", f"{kilobytes / 2**20:.1f} GiB"
    system = _value("/etc/os-release", "PRETTY_NAME", "=").strip('"')
    yield "system", f"{system}, {platform.system()} {platform.release()}"
    yield "file system", _file_system(work)
    yield "Python", f"{platform.python_implementation()} {platform.python_version()}"


def processors() -> int:
    """Count the processors that programs may use."""
    return len(os.sched_getaffinity(0))


def _value(file: str, name: str, sign: str) -> str:
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(sign)
        if key.strip() == name:
            return value.strip()
    return "unknown"


def _file_system(work: Path) -> str:
    """Name the kind of file system a folder lies on: of the deepest mount above it."""
    found = ("", "unknown")
    for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines():
        _, place, kind, *_ = line.split()
        if work.resolve().is_relative_to(place):
            found = max(found, (place, kind), key=lambda mount: len(mount[0]))
    return found[1]
