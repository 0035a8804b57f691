"""A published file → its facts, by the kind of file that its name says."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Final

from netzsite.audit import colour_contrast, page, scripts, styles, svg
from netzsite.audit.collector import Notes
from netzsite.audit.facts import Facts
from netzsite.media import decode, metadata

_See = Callable[[Notes, bytes], None]


def read(path: str, data: bytes, here: str, base_url: str) -> Facts | None:
    """Read the facts of a published file; None for a kind that loads and runs nothing.

    ``here`` is its address on the site at ``base_url``.
    """
    if _is_static_picture(path):
        return _picture(data, here, base_url)
    kind = path.rpartition(".")[2].lower()
    ours = kind in PAGES and not path.startswith("static/")
    strange = not ours and kind not in _XML and _is_strange(data)
    if kind in PAGES and not strange:
        return page.read(data, here, base_url)
    see = _SEE.get(kind)
    if see is None and kind not in PAGES:
        return None
    notes = Notes(here, base_url)
    if strange:
        notes.find("unread-file", path.rpartition("/")[2])
    elif see is not None:
        see(notes, data)
    return notes.facts()


def _is_strange(data: bytes) -> bool:
    """Tell whether a browser could read a text in another encoding than we do, UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return True
    return not text.isprintable() and _STRANGE.search(text) is not None


def is_read(path: str) -> bool:
    """Tell whether files of this kind have facts."""
    kind = path.rpartition(".")[2].lower()
    return kind in PAGES or kind in _SEE or _is_static_picture(path)


def _is_static_picture(path: str) -> bool:
    kind = path.rpartition(".")[2].lower()
    return kind in _PICTURES and path.startswith("static/")


def is_known(path: str) -> bool:
    """Tell whether it is known what a browser makes of files of this kind."""
    return is_read(path) or path.rpartition(".")[2].lower() in INERT


def _style(notes: Notes, data: bytes) -> None:
    text = data.decode(errors="replace")
    styles.see(notes, text, 1)
    notes.line = 0
    colour_contrast.see(notes, text)


def _script(notes: Notes, data: bytes) -> None:
    scripts.see(notes, data.decode(errors="replace"))


def _picture(data: bytes, here: str, base_url: str) -> Facts:
    """Look for traces in a picture of the templates: it is published as it is, not made anew."""
    notes = Notes(here, base_url)
    try:
        with decode.opened(data) as picture:
            if metadata.tells(picture, data):
                notes.find("static-with-place", "")
    except (decode.BrokenPictureError, decode.HeicError, decode.TooLargeError):
        pass  # what no browser shows; a name and a place in it would be a matter of chance
    return notes.facts()


def _json(notes: Notes, data: bytes) -> None:
    """Read JSON that other programs will read."""
    try:
        json.loads(data)
    except ValueError as error:
        notes.find("not-well-formed", str(error))


def _manifest(notes: Notes, data: bytes) -> None:
    """Look at the addresses of a web app manifest: a browser fetches its icons by itself."""
    try:
        value = json.loads(data)
    except ValueError as error:
        notes.find("not-well-formed", str(error))
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


_PICTURES: Final = frozenset({"avif", "gif", "jpeg", "jpg", "png", "webp"})
PAGES: Final = frozenset({"html", "htm"})
_XML: Final = frozenset({"atom", "rdf", "rss", "svg", "xhtml", "xht", "xml", "xsl", "xslt"})
"""Kinds that say their encoding themselves."""
_STRANGE: Final = re.compile("[\x00-\x08\x0e-\x1f]")
"""What shows that a text has another encoding: UTF-16, ISO-2022."""
INERT: Final = frozenset(
    {
        *("avif", "bmp", "csv", "eot", "flac", "gif", "ico", "ics", "jpeg", "jpg", "m4a"),
        *("md", "mp3", "mp4", "odt", "oga", "ogg", "ogv", "opus", "otf", "pdf", "png", "ttf"),
        *("txt", "vcf", "vtt", "wav", "webm", "webp", "woff", "woff2"),
    }
)
"""Kinds that neither load nor run anything."""
_SEE: Final[dict[str, _See]] = {
    "css": _style,
    "js": _script,
    "mjs": _script,
    "json": _json,
    "webmanifest": _manifest,
    **dict.fromkeys(_XML, svg.see),
}
