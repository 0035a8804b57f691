"""Changed files → open pages first, as the whole build makes them; then the whole build.

What is shown ahead is in memory alone, until the round is done: the preview's folder changes only
with a build, as any output does.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from netzsite import urls
from netzsite.dev.rounds import rebuilding
from netzsite.memo import Kept, ReadMemo
from netzsite.pipeline import build as builder
from netzsite.pipeline.build import CACHE, Options, Report
from netzsite.pipeline.glimpse import Standing, glimpse

Looking = Callable[[], tuple[str, ...]]
"""Gives the output paths of what is open in browsers."""
Show = Callable[[Mapping[str, bytes]], None]
"""Shows pages before the build is done."""


class Ahead:
    """Rebuilds as ``rebuilding`` does, and shows before it what is open."""

    def __init__(self, options: Options, looking: Looking, show: Show) -> None:
        self._options = options
        self._looking = looking
        self._show = show
        self._kept = Kept()
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
        before = self._standing
        report = self._rebuild(changed, today)
        self._good = report.published
        if self._standing is not before:
            self._changed.clear()
        return report

    def rest(self, today: date) -> None:
        """Make ready for the first edit while nobody waits: what it needs is in memory then."""
        if self._ready or not self._good:
            return
        if self._standing is None:
            builder.build(replace(self._options, today=today), self._kept, recall=False)
        standing = self._standing
        if standing is not None:
            post = next(iter(standing.network.posts.values()), None)
            if post is not None:
                path = urls.file_of(standing.network.addresses["post", post.id])
                self._pages((f"content/{post.path}",), (path,), today)
            self._ready = True

    @property
    def _standing(self) -> Standing | None:
        standing: Standing | None = self._kept.standing
        return standing

    def _pages(self, changed: Iterable[str], paths: Iterable[str], today: date) -> dict[str, bytes]:
        standing = self._standing
        if standing is None:
            return {}
        return glimpse(standing, changed, paths, today, self._memo)
