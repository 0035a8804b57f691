"""Changed files → open pages first, as the whole build makes them; then the whole build.

What is shown ahead is in memory alone, until the round is done: the preview's folder changes only
with a build, as any output does.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from netzsite import urls
from netzsite.dev.rebuild import rebuilding
from netzsite.memo import MemoryCache, ReadMemo
from netzsite.pipeline import build as builder
from netzsite.pipeline.build import CACHE, Options, Report
from netzsite.pipeline.partial import LastBuild, partial_build

Looking = Callable[[], tuple[str, ...]]
"""Gives the output paths of what is open in browsers."""
Show = Callable[[Mapping[str, bytes]], None]
"""Shows pages before the build is done."""


class OpenPages:
    """Rebuilds as ``rebuilding`` does, and shows before it what is open."""

    def __init__(self, options: Options, looking: Looking, show: Show) -> None:
        self._options = options
        self._looking = looking
        self._show = show
        self._kept = MemoryCache()
        self._rebuild = rebuilding(options, self._kept)
        self._changed: set[str] = set()
        """Files that have changed since the last good build."""
        self._good = False
        """Whether the last round brought a site."""
        self._ready = False
        self._memo = ReadMemo(options.cache or options.root / CACHE)

    def rebuild(self, changed: frozenset[str], today: date) -> Report:
        """Show what is open, then build."""
        self._changed |= changed
        if changed:
            pages = self._pages(self._changed, self._looking(), today)
            if pages:
                self._show(pages)
        before = self._last_build
        report = self._rebuild(changed, today)
        self._good = report.published
        if self._last_build is not before:
            self._changed.clear()
        return report

    def rest(self, today: date) -> None:
        """Make ready for the first edit while nobody waits: what it needs is in memory then."""
        if self._ready or not self._good:
            return
        if self._last_build is None:
            builder.build(replace(self._options, today=today), self._kept, recall=False)
        last = self._last_build
        if last is not None:
            post = next(iter(last.network.posts.values()), None)
            if post is not None:
                path = urls.file_of(last.network.addresses["post", post.id])
                self._pages((f"content/{post.path}",), (path,), today)
            self._ready = True

    @property
    def _last_build(self) -> LastBuild | None:
        last: LastBuild | None = self._kept.last_build
        return last

    def _pages(self, changed: Iterable[str], paths: Iterable[str], today: date) -> dict[str, bytes]:
        last = self._last_build
        if last is None:
            return {}
        return partial_build(last, changed, paths, today, self._memo)
