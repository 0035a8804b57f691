"""One build at a time in a folder; the lock goes with its process, however that ends.

The system holds the lock, not the file: one that a killed build has left behind is free.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from netzsite.problems import Problem

_UNKNOWN: Final = "?"


@contextlib.contextmanager
def alone(file: Path, folder: Path) -> Iterator[Problem | None]:
    """Hold a lock file, removed at the end; gives who builds in the folder already, if one does.

    Raises ``OSError`` when the file can't be made.
    """
    lock = _opened(file)
    try:
        if lock is None:
            facts = {"folder": folder.name, "process": _holder(file)}
            yield Problem(code="locked", facts=facts)
            return
        try:
            with contextlib.suppress(OSError):  # a full disk: who holds it is then not to be read
                lock.truncate(0)
                os.write(lock.fileno(), str(os.getpid()).encode())
            yield None
        finally:
            try:
                _remove(file)
            except KeyboardInterrupt:
                _remove(file)
                raise
    finally:
        if lock is not None:
            lock.close()


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):  # Windows keeps what is open
        file.unlink()


def _opened(file: Path) -> IO[bytes] | None:
    """Open a lock file and lock it; None where another process has."""
    while True:
        lock = file.open("a+b", buffering=0)
        if not _taken(lock):
            lock.close()
            return None
        if _is_in_place(lock, file):
            return lock
        lock.close()  # its holder has removed it between our opening and locking it


def _is_in_place(lock: IO[bytes], file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(lock.fileno()), file.stat())
    except FileNotFoundError:
        return False


def _holder(file: Path) -> str:
    """Read which process holds a lock."""
    with contextlib.suppress(OSError):
        text = file.read_text(encoding="utf-8", errors="replace")
        return text if text.isdigit() else _UNKNOWN
    return _UNKNOWN


if sys.platform == "win32":
    import msvcrt

    _BEYOND: Final = 1 << 30
    """What is locked can't be read there: a byte that the file doesn't have."""

    def _taken(lock: IO[bytes]) -> bool:
        lock.seek(_BEYOND)
        try:
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(lock: IO[bytes]) -> bool:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
