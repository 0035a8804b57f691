"""A published file → its facts, by the kind of file that its name says."""

import json
from collections.abc import Callable, Iterator
from typing import Final

from netzsite.audit import colour_contrast, page, scripts, styles, svg
from netzsite.audit.collector import Notes
from netzsite.audit.facts import Facts

_See = Callable[[Notes, bytes], None]


def read(path: str, data: bytes, here: str, base_url: str) -> Facts | None:
    """Read the facts of a published file; None for a kind that loads and runs nothing.

    ``here`` is its address on the site at ``base_url``.
    """
    kind = path.rpartition(".")[2].lower()
    if kind in PAGES:
        return page.read(data, here, base_url)
    see = _SEE.get(kind)
    if see is None:
        return None
    notes = Notes(here, base_url)
    see(notes, data)
    return notes.facts()


def is_read(path: str) -> bool:
    """Tell whether files of this kind have facts."""
    kind = path.rpartition(".")[2].lower()
    return kind in PAGES or kind in _SEE


def _style(notes: Notes, data: bytes) -> None:
    text = data.decode(errors="replace")
    styles.see(notes, text, 1)
    notes.line = 0
    colour_contrast.see(notes, text)


def _script(notes: Notes, data: bytes) -> None:
    scripts.see(notes, data.decode(errors="replace"))


def _manifest(notes: Notes, data: bytes) -> None:
    """Look at the addresses of a web app manifest: a browser fetches its icons by itself."""
    try:
        value = json.loads(data)
    except ValueError:
        return
    for link in _sources(value):
        notes.loads(link, data=True)


def _sources(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in ("src", "start_url", "url", "action") and isinstance(inner, str):
                yield inner
            else:
                yield from _sources(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _sources(inner)


PAGES: Final = frozenset({"html", "htm"})
_SEE: Final[dict[str, _See]] = {
    "css": _style,
    "js": _script,
    "mjs": _script,
    "svg": svg.see,
    "webmanifest": _manifest,
    "xhtml": svg.see,
}
