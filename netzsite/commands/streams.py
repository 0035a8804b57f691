"""The process's streams → streams that never decide what is built: closed or full, they are silent.

A descriptor that is closed from the start would be given to the next file that is opened, and what
is told would be written into that.
"""

import io
import os
import select
import sys
from typing import Final, TextIO

_NAMES: Final = ("stdin", "stdout", "stderr")


def secure() -> None:
    """Put something harmless in place of closed streams, and let full ones drop what is told."""
    for number, name in enumerate(_NAMES):
        if getattr(sys, name) is None:
            _reopen(number, name)
        elif number and getattr(sys, name) is getattr(sys, f"__{name}__"):
            setattr(sys, name, _patient(getattr(sys, name)))


def _reopen(number: int, name: str) -> None:
    """Open the null device at a descriptor that was closed when the process began."""
    opened = os.open(os.devnull, os.O_RDONLY if number == 0 else os.O_WRONLY)
    if opened != number:
        try:
            os.fstat(number)  # somebody else has opened a file there since
        except OSError:
            os.dup2(opened, number)
    stream = os.fdopen(opened, "r" if number == 0 else "w", encoding="utf-8", errors="replace")
    setattr(sys, name, stream)


def _patient(stream: TextIO) -> TextIO:
    """Wrap a stream of the process; on Windows, where consoles have streams of their own, not."""
    if sys.platform == "win32" or not isinstance(stream, io.TextIOWrapper):
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Patient(stream)),  # type: ignore[type-var]  # a raw stream is one
        encoding=stream.encoding,
        errors="backslashreplace",  # a terminal that can't show „ä“ is no reason to end
        line_buffering=True,
    )


class _Patient(io.RawIOBase):
    """Writes as long as somebody takes it; from the first refusal on, says nothing."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        """Kept: it closes its descriptor when it goes."""
        self._number = stream.fileno()
        self._heard = True

    def write(self, data: "memoryview | bytes", /) -> int:  # type: ignore[override]
        """Write what is taken; gives the length of all."""
        left = memoryview(data)
        size = len(left)
        while self._heard and left:
            try:
                left = left[os.write(self._number, left) :]
            except BlockingIOError:
                select.select((), (self._number,), ())
            except OSError:
                self._heard = False
        return size

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def fileno(self) -> int:
        """Give the descriptor."""
        return self._number

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return os.isatty(self._number)
