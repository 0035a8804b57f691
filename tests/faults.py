"""Stepping in between a build and the disk, by Python's audit events: no hook in the product.

``watching`` calls a listener before each thing that is done to a file. What the listener raises
comes out of the call, as from a full disk; what it writes is an edit at just that moment; and where
it kills the process, the thing has not been done.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

WRITES: Final = "wxa+"
EVENTS: Final = {
    "open": "open",
    "os.listdir": "list",
    "os.scandir": "list",
    "os.mkdir": "make",
    "os.remove": "remove",
    "os.rmdir": "remove",
    "os.rename": "rename",
    "os.link": "rename",
    "os.symlink": "rename",
    "os.truncate": "write",
}


class Step(NamedTuple):
    """One thing that is about to be done to a file."""

    kind: str
    """``read``, ``write``, ``list``, ``make``, ``remove`` or ``rename``."""
    path: str
    to: str = ""
    """Where to, of a rename."""


Listener = Callable[[Step], None]

_listeners: list[Listener] = []
_installed: list[bool] = []


def _hook(event: str, args: tuple[object, ...]) -> None:
    if not _listeners or event not in EVENTS:
        return
    step = _step(EVENTS[event], args)
    if step is None:
        return
    listener = _listeners.pop()  # what the listener does isn't told to it
    try:
        listener(step)
    finally:
        _listeners.append(listener)


def _step(kind: str, args: tuple[object, ...]) -> Step | None:
    if isinstance(args[0], int) or args[0] is None:
        return None
    if kind == "open":
        mode, flags = args[1], args[2]
        assert isinstance(flags, int)
        writing = any(char in WRITES for char in mode) if isinstance(mode, str) else flags & 3
        kind = "write" if writing else "read"
    return Step(kind, _text(args[0]), _text(args[1]) if kind == "rename" else "")


def _text(path: object) -> str:
    return path.decode() if isinstance(path, bytes) else str(path)


@contextmanager
def watching(listener: Listener) -> Iterator[None]:
    """Call a listener before each step; an audit hook stays, but does nothing outside of this."""
    if not _installed:
        sys.addaudithook(_hook)
        _installed.append(True)
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def at(number: int, act: Callable[[Step], None], *, below: str, kinds: str = "") -> Listener:
    """Act just before the n-th step (from 1) below a folder, of some kinds or of any."""
    count = 0

    def listen(step: Step) -> None:
        nonlocal count
        if below not in step.path or (kinds and step.kind not in kinds.split()):
            return
        count += 1
        if count == number:
            act(step)

    return listen
