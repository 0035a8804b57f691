"""The folders of a site → which of its files changed, told when they have come to rest.

What is told is a hint and may be too much: whether bytes changed is found out by the build, which
compares stamps and digests. Only content and templates count: what a build writes wakes nobody.
"""

import os
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from netzsite.rendering.templates import shipped_folder
from netzsite.source import is_passed_over

RESTED: Final = 0.008
"""Seconds without news after which files that were closed have come to rest."""
RESTING: Final = 0.05
"""The same where a file may still be open, and where the system tells nothing of closing."""
LONGEST: Final = 1.0
"""Seconds after which changes are told though more keep coming."""
ABSENT: Final = 0.5
"""Seconds between looks at a site's folder that has gone."""
ENDING: Final = 2.0
"""Seconds that the observer gets to end; its threads don't keep the process."""
POLL: Final = 1.0
"""Seconds between looks at all files, where the system tells of no changes."""

_HEARD: Final[list[type[FileSystemEvent]]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    FileClosedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
"""Reading isn't among them, so that a build which reads its sources doesn't start itself."""
_WRITING: Final = (FileCreatedEvent, FileModifiedEvent)

Identity = tuple[str, int, int]
"""What lies at a path: its real path, device and inode."""


class Place:
    """One folder that is observed, whether it is there or not."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self.armed: Identity | None = None
        self.watch: ObservedWatch | None = None
        self.stale = False
        """Whether it went or came, so that what is observed may be another folder."""

    def look(self) -> Identity | None:
        """Say what lies there now; None when nothing does."""
        try:
            info = os.stat(self.folder)  # noqa: PTH116 - follows links, as the build does
        except OSError:
            return None
        return os.path.realpath(self.folder), info.st_dev, info.st_ino


class Watch:
    """Observes a site's folders; ``wait`` tells what changed."""

    def __init__(self, root: Path, observer: Callable[[], BaseObserver] = Observer) -> None:
        own, shipped = root / "templates", shipped_folder()
        self._root = Place("", root)
        self._places = [Place("content", root / "content"), Place("templates", own)]
        if own.resolve() != shipped.resolve():
            self._places.append(Place("templates", shipped))
        self._observer = observer()
        self.polling = False
        """Whether the system refused to tell of changes, so that files are looked at instead."""
        self._news = threading.Condition()
        self._changed: set[str] = set()
        self._open: set[str] = set()

    def __enter__(self) -> Self:
        """Begin to observe; falls back to looking at the files where the system refuses."""
        # watchdog warns of a folder that was moved out of sight and comes back: it still knows it.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        self._observer.start()
        self._arm()
        return self

    def __exit__(self, *_exc: object) -> None:
        """Let go of all folders."""
        self._stop()

    def wait(self, seconds: float) -> frozenset[str]:
        """Wait for changes that have come to rest, at most for ``seconds``.

        Gives paths from the site's root, with ``/``; none when the time is up.
        """
        end = time.monotonic() + seconds
        with self._news:
            while not self._changed:
                left = end - time.monotonic()
                if left <= 0:
                    break
                self._news.wait(left if self._root.armed else min(left, ABSENT))
                if not self._root.armed and self._root.look():
                    self._changed.add("content")
            self._rest()
            changed = frozenset(self._changed)
            self._changed.clear()
            self._open.clear()
        if changed:
            self._arm()
        return changed

    def _rest(self) -> None:
        """Wait until no more news come, as long as something has changed."""
        end = time.monotonic() + LONGEST
        while self._changed and time.monotonic() < end:
            if not self._news.wait(RESTING if self._open else RESTED):
                return

    def _arm(self) -> None:
        """Observe what lies at each place now."""
        try:
            self._arm_places()
        except OSError:  # more folders than the system can observe
            if self.polling:
                raise
            self._stop()
            self._observer = PollingObserver(timeout=POLL)
            self.polling = True
            self._observer.start()
            self._arm_places()

    def _arm_places(self) -> None:
        for place in (self._root, *self._places):
            found = place.look()
            if found == place.armed and not place.stale:
                continue
            place.stale = False
            if place.watch is not None:
                self._observer.unschedule(place.watch)
            place.watch = place.armed = None
            if found is None:
                continue
            hear = self._hear_root if place is self._root else self._hear
            try:
                place.watch = self._observer.schedule(
                    _Ear(place, found[0], hear),
                    found[0],
                    recursive=place is not self._root,
                    event_filter=_HEARD,
                )
                place.armed = found
            except FileNotFoundError:
                place.stale = True  # it went meanwhile

    def _hear_root(self, _place: Place, path: str, event: FileSystemEvent) -> None:
        """Note that a place came or went; nothing else in the site's folder counts."""
        if not path and isinstance(event, DirDeletedEvent):
            self._root.stale = True
            self._note("content", event)
        for place in self._places:
            if path == place.name and place.folder.parent == self._root.folder:
                place.stale = True
                self._note(path, event)

    def _hear(self, place: Place, path: str, event: FileSystemEvent) -> None:
        """Note a changed file of a place."""
        if not path:
            place.stale = isinstance(event, DirDeletedEvent) or place.stale
            self._note(place.name, event)
        elif not any(is_passed_over(part) for part in path.split("/")):
            self._note(f"{place.name}/{path}", event)

    def _note(self, path: str, event: FileSystemEvent) -> None:
        with self._news:
            if isinstance(event, FileClosedEvent):
                self._open.discard(path)
            else:
                self._changed.add(path)
            if isinstance(event, _WRITING):
                self._open.add(path)
            self._news.notify()

    def _stop(self) -> None:
        """Let go of the observer; who is interrupted doesn't wait for its threads for ever."""
        ending = threading.Thread(target=_end, args=(self._observer,), daemon=True)
        ending.start()
        ending.join(ENDING)
        for place in (self._root, *self._places):
            place.watch = place.armed = None


def _end(observer: BaseObserver) -> None:
    observer.stop()  # waits for what reads from the system, without a limit
    observer.join()


class _Ear(FileSystemEventHandler):
    """Hears of one folder, and passes on paths inside it."""

    def __init__(
        self, place: Place, folder: str, hear: Callable[[Place, str, FileSystemEvent], None]
    ) -> None:
        self._place = place
        self._folder = folder
        self._hear = hear

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on both ends of a move, and the one path of anything else."""
        ends: list[Any] = [event.src_path, event.dest_path]
        for end in ends:
            if end:
                inside = Path(os.path.relpath(os.fsdecode(end), self._folder))
                self._hear(self._place, "/".join(inside.parts), event)
