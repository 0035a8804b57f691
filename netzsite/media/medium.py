"""A medium's bytes → what pages and checks need of it: its size in pixels, and what it gives away.

Pillow reads pictures; documents are taken as they are.
"""

import io
import warnings
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from netzsite.media import metadata, svg
from netzsite.problems import Problem, Spot
from netzsite.text import excerpt, slug

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

PICTURES: Final = {".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"}
DOCUMENTS: Final = {".csv", ".ics", ".m4a", ".mp3", ".mp4", ".odt", ".pdf", ".txt", ".vtt", ".webm"}
HEAVY: Final = 500_000
"""From this size on, in bytes, a picture is too large for a phone."""
_ORIENTATION: Final = 0x0112
_ON_ITS_SIDE: Final = (5, 6, 7, 8)
_LONGEST: Final = 60
"""Characters that are shown of what a drawing loses."""
_LARGE: Final = 50_000_000
"""So many pixels aren't unpacked only to see whether all of them are there."""


class Medium(Struct, frozen=True, kw_only=True):
    """One file of the media folder."""

    path: str
    digest: str
    size: int
    width: int = 0
    height: int = 0
    problems: tuple[Problem, ...] = ()


def is_medium_name(path: str) -> bool:
    """Tell whether a medium's path can stand in an address as it is."""
    allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/"
    return all(char in allowed for char in path)


def is_picture_name(path: str) -> bool:
    """Tell by its name whether a medium can be shown as a picture."""
    return "." + path.rpartition(".")[2].lower() in PICTURES | {".svg"}


def right_name(path: str) -> str:
    """Suggest the name of a medium that can't keep its own."""
    folder, slash, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    folders = "/".join(slug(part) or "ordner" for part in folder.split("/"))
    return folders + slash + (slug(stem or suffix) or "datei") + dot + (slug(suffix) if dot else "")


def inspect(path: str, digest: str, data: bytes) -> Medium:
    """Look into a medium; a picture that can't be read, is heavy or gives a place away is told."""
    suffix = "." + path.rpartition(".")[2].lower()
    if suffix == ".svg":
        return Medium(path=path, digest=digest, size=len(data), problems=_of_drawing(path, data))
    if suffix not in PICTURES:
        problems = () if suffix in DOCUMENTS else (_unknown(path),)
        return Medium(path=path, digest=digest, size=len(data), problems=problems)
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - 30 ms, only for new pictures

    found: list[Problem] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                width, height = picture.size
                _open_wholly(picture)
                if metadata.tells(picture, data):
                    found.append(Problem(code="picture-with-place", path=path))
                if picture.getexif().get(_ORIENTATION, 1) in _ON_ITS_SIDE:
                    width, height = height, width
    except (
        UnidentifiedImageError,
        OSError,
        RuntimeError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ):
        width = height = 0
        found.append(Problem(code="picture-unreadable", path=path))
    if len(data) > HEAVY:
        facts = {"size": str(len(data) // 1000), "limit": str(HEAVY // 1000)}
        found.append(Problem(code="picture-too-large", path=path, facts=facts))
    return Medium(
        path=path, digest=digest, size=len(data), width=width, height=height, problems=tuple(found)
    )


def _open_wholly(picture: "ImageFile") -> None:
    """Read a picture to its end: it may be cut off, and words may stand behind its pixels."""
    width, height = picture.size
    if width * height <= _LARGE:
        picture.draft(
            "L", (width // 8, height // 8)
        )  # a JPEG can be read at a fraction of the cost
        picture.load()


def _of_drawing(path: str, data: bytes) -> tuple[Problem, ...]:
    """Tell what is left out of a drawing when it is published; or that it can't be read."""
    try:
        removed = svg.clean(data).removed
    except svg.SvgError as error:
        return (Problem(code="picture-unreadable", path=path, spot=Spot(error.line)),)
    if not removed:
        return ()
    facts = {"what": excerpt(removed[0].what, _LONGEST), "n": str(len(removed))}
    return (Problem(code="drawing-cleaned", path=path, spot=Spot(removed[0].line), facts=facts),)


def _unknown(path: str) -> Problem:
    allowed = " ".join(sorted(kind[1:] for kind in PICTURES | DOCUMENTS | {".svg"}))
    return Problem(code="unknown-medium", path=path, facts={"choices": allowed})
