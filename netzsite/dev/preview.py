"""The preview: a folder that rounds of building fill, a server that shows it, and what it tells."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from netzsite import urls
from netzsite.dev.app import Speak, application
from netzsite.dev.editor_links import Editor
from netzsite.dev.error_overlay import Overlay, overlay
from netzsite.dev.fixes import Fixes
from netzsite.dev.listen import serving
from netzsite.dev.livereload import Live
from netzsite.dev.rebuild import Round
from netzsite.dev.renames import Renames
from netzsite.pipeline.target import MANIFEST


class Preview:
    """Shows a folder in browsers, and tells them what each round brought."""

    def __init__(self, folder: Path, editor: Editor, speak: Speak) -> None:
        words = speak()
        self._folder = folder
        self._editor = editor
        self._speak = speak
        self._renames = Renames(folder)
        self._fixes = Fixes(editor.root)
        self.live = Live(Overlay(language=words.language, direction=words.direction))

    @contextmanager
    def served(self, taken: socket.socket, host: str, key: str = "") -> Iterator[None]:
        """Answer on a port that was taken as this host, until the context ends.

        With a key, only to those on other computers who know it.
        """
        app = application(
            self._folder,
            self.live,
            self._speak,
            {host.lower()},
            key=key,
            fix=self._fixes.make,
        )
        with serving(app, taken):
            try:
                yield
            finally:
                self.live.close()

    def looking(self) -> tuple[str, ...]:
        """Give the output paths of what is open."""
        return self.live.looking()

    def is_lost(self) -> bool:
        """Tell whether somebody has deleted the folder that is shown."""
        return not (self._folder / MANIFEST).exists()

    def show(self, pages: Mapping[str, bytes]) -> None:
        """Show those of these pages that are others than the folder's, until a round is done."""
        fresh = {path: data for path, data in pages.items() if data != self._shown(path)}
        if fresh:
            self.live.show(fresh)

    def take(self, made: Round) -> None:
        """Show what a round brought."""
        report = made.report
        ready = (self._folder / MANIFEST).exists()
        base = urls.base_path(report.base_url) if report and report.base_url else None
        self._fixes.offer(report.problems if report else ())
        token = self._fixes.token
        self.live.tell(
            overlay(made, self._speak(), self._editor, shown=ready, token=token),
            ready=ready,
            base=base,
            changed=self._changed(report.counts.paths if report else ()),
            moved=self._renames.take(made),
        )

    def _changed(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out what was shown already, and name what was shown and has not come so."""
        early = self.live.early
        wrong = tuple(path for path, data in early.items() if data != self._shown(path))
        return (*(path for path in paths if path not in early), *wrong)

    def _shown(self, path: str) -> bytes | None:
        """Give what the folder has for a path."""
        try:
            return (self._folder / path).read_bytes()
        except OSError:
            return None
