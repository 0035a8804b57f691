"""Rounds → news that open pages hear of, by server-sent events (HTML Standard, 9.2).

A page knows the run and the round it was served in. It stays as it is while it hears of the next
round and is not among what changed; when it missed something, or the server is a new one, it loads
itself again. So nothing needs to be remembered of earlier rounds.
"""

import asyncio
import secrets
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from netzsite import urls
from netzsite.dev.error_overlay import Overlay

LATELY: Final = 8
"""Pages and stylesheets that count as open: those that were asked for last."""
MOST: Final = 2000
"""Paths of changed files that are told; with more, every page loads itself again."""
RETRY: Final = 500
"""Milliseconds after which a browser that lost the server tries again."""


class News(Struct, frozen=True, kw_only=True):
    """What pages hear after a round."""

    run: str
    round: int = 0
    ready: bool = False
    """Whether there is a site to show."""
    early: bool = False
    """Whether open pages were made before the whole site, which follows."""
    base: str = ""
    """The path that the site lies below, without a slash at the end."""
    changed: tuple[str, ...] | None = None
    """Paths of changed files as browsers ask for them; None stands for all."""
    moved: dict[str, str] = {}
    """Paths of files that have a new name → the addresses of the pages that they are now."""
    overlay: Overlay


class Live:
    """The news of the moment, and who waits for more."""

    def __init__(self, overlay: Overlay) -> None:
        self.news = News(run=secrets.token_hex(8), overlay=overlay)
        self._lock = threading.Lock()
        self._bells: set[Callable[[], object]] = set()
        self._closed = False
        self._seen: dict[str, None] = {}
        self.early: Mapping[str, bytes] = {}
        """Output path → the bytes to show for it until the round is done."""

    def note(self, path: str) -> None:
        """Note that a page or a stylesheet was asked for."""
        with self._lock:
            self._seen.pop(path, None)
            self._seen[path] = None
            if len(self._seen) > LATELY:
                del self._seen[next(iter(self._seen))]

    def looking(self) -> tuple[str, ...]:
        """Give what is open, the latest first; nothing while nobody listens."""
        with self._lock:
            return tuple(reversed(self._seen)) if self._bells else ()

    def show(self, pages: Mapping[str, bytes]) -> None:
        """Show these pages from now on, until a round is told."""
        news = self.news
        self.early = pages
        self.news = replace(
            news,
            round=news.round + 1,
            early=True,
            changed=tuple(f"{news.base}/{path}" for path in pages),
            moved={},
        )
        self._ring()

    def tell(
        self, overlay: Overlay, *, ready: bool, base: str | None, changed: tuple[str, ...],
        moved: Mapping[str, str] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        """Tell what a round brought; ``changed`` and ``moved`` are paths of output files."""
        before = self.news
        base = before.base if base is None else base
        paths: tuple[str, ...] | None = tuple(f"{base}/{path}" for path in changed)
        if base != before.base or len(changed) > MOST:
            paths = None
        self.early = {}
        self.news = replace(
            before,
            round=before.round + 1,
            ready=ready,
            early=False,
            base=base,
            changed=paths,
            moved={f"{base}/{old}": base + urls.address_of(new) for old, new in moved.items()},
            overlay=overlay,
        )
        self._ring()

    def close(self) -> None:
        """End all streams."""
        self._closed = True
        self._ring()

    async def stream(self) -> AsyncIterator[bytes]:
        """Write the news of the moment, and then all that come."""
        bell = asyncio.Event()
        ring = partial(asyncio.get_running_loop().call_soon_threadsafe, bell.set)
        with self._lock:
            self._bells.add(ring)
        told = None
        try:
            yield b"retry: %d\n\n" % RETRY
            while not self._closed:
                news = self.news
                if news is told:
                    await bell.wait()
                    bell.clear()
                else:
                    yield b"data: %b\n\n" % msgspec.json.encode(news)
                    told = news
        finally:
            with self._lock:
                self._bells.discard(ring)

    def _ring(self) -> None:
        with self._lock:
            for ring in self._bells:
                ring()
