"""A medium's bytes → what pages and checks need of it: its size in pixels, and what it gives away.

Documents are taken as they are.
"""

import re
from typing import Any, Final

from msgspec import Struct, structs

from netzsite.media import decode, metadata, svg
from netzsite.problems import Problem, Spot
from netzsite.text import excerpt, slug

ENDINGS: Final = {
    ".avif": ("avif",),
    ".gif": ("gif",),
    ".heic": ("heic",),
    ".heif": ("heic", "avif"),
    ".jpeg": ("jpeg",),
    ".jpg": ("jpeg",),
    ".png": ("png",),
    ".webp": ("webp",),
}
"""What a picture of some ending is."""
PICTURES: Final = frozenset(ENDINGS)
DOCUMENTS: Final = {".csv", ".ics", ".m4a", ".mp3", ".mp4", ".odt", ".pdf", ".txt", ".vtt", ".webm"}
OFFICE: Final = frozenset({".doc", ".docx", ".pages", ".ppt", ".pptx", ".rtf", ".xls", ".xlsx"})
"""Files that only one maker's programs show as they are meant."""
_LONGEST: Final = 60
"""Characters that are shown of what a drawing loses."""
_SHOWN: Final = {"webp": "WebP"}
"""How people write the names of formats that aren't all capitals."""
_SVG: Final = re.compile(rb"<svg\b[^>]*>")
_SIDE: Final = re.compile(rb"""\s(width|height)\s*=\s*["'](\d+(?:\.\d+)?)(?:px)?["']""")
_BOX: Final = re.compile(
    rb"""\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)"""
)


class Medium(Struct, frozen=True, kw_only=True):
    """One file of the media folder."""

    path: str
    digest: str
    size: int
    width: int = 0
    """Of a picture turned upright, in pixels; 0 for what is none."""
    height: int = 0
    lossless: bool = False
    """Whether it is a drawing or a screenshot: lines and flat colours, which a JPEG would smear."""
    opaque: bool = True
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
    """Look into a medium; what is wrong with a picture, or worth knowing of it, is told."""
    suffix = "." + path.rpartition(".")[2].lower()
    if suffix == ".svg":
        width, height = svg_size(data)
        return Medium(
            path=path,
            digest=digest,
            size=len(data),
            width=width,
            height=height,
            problems=_of_drawing(path, data),
        )
    if suffix not in PICTURES:
        slips = () if suffix in DOCUMENTS else (_unknown(path),)
        return Medium(path=path, digest=digest, size=len(data), problems=slips)
    looked, problems = _look(data, suffix)
    told = tuple(structs.replace(problem, path=path) for problem in problems)
    return Medium(path=path, digest=digest, size=len(data), problems=told, **looked)


def svg_size(data: bytes) -> tuple[int, int]:
    """Read the size of a drawing, so that a page keeps its room; 0, 0 where it says none."""
    tag = _SVG.search(data)
    if not tag:
        return 0, 0
    found = {name.decode(): value for name, value in _SIDE.findall(tag[0])}
    if len(found) == 2:  # noqa: PLR2004 - width and height
        return _whole(found["width"]), _whole(found["height"])
    box = _BOX.search(tag[0])
    return (_whole(box[1]), _whole(box[2])) if box else (0, 0)


def _whole(number: bytes) -> int:
    return max(round(float(number)), 1)


def _look(data: bytes, suffix: str) -> tuple[dict[str, Any], list[Problem]]:
    """Open a picture wholly: give what pages need to know of it, and what there is to tell."""
    kind = decode.kind_of(data)
    found: list[Problem] = []
    if kind and kind not in ENDINGS.get(suffix, ()):
        facts = {"ending": suffix, "kind": _SHOWN.get(kind, kind.upper())}
        found.append(Problem(code="picture-ending", facts=facts))
    looked: dict[str, Any] = {}
    try:
        with decode.opened(data) as picture:
            width, height = decode.upright_size(picture)
            if getattr(picture, "is_animated", False) and kind != "jpeg":
                found.append(Problem(code="picture-moving"))
            lossless, opaque = (
                (False, True) if decode.is_whole(picture) else decode.drawing(picture)
            )
            if metadata.tells(picture, data):
                found.append(Problem(code="picture-with-place"))
        looked = {"width": width, "height": height, "lossless": lossless, "opaque": opaque}
    except decode.TooLargeError as error:
        facts = {"pixels": str(-(-error.args[0] // 1_000_000))}
        facts["limit"] = str(decode.PIXELS // 1_000_000)
        return {}, [Problem(code="picture-too-large", facts=facts)]
    except decode.HeicError:
        return {}, [Problem(code="heic-unreadable")]
    except decode.BrokenPictureError:
        return {}, [Problem(code="picture-unreadable")]
    return looked, found


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
    suffix = "." + path.rpartition(".")[2].lower()
    if suffix in OFFICE:
        return Problem(code="office-file", path=path, facts={"suffix": suffix})
    allowed = " ".join(sorted(kind[1:] for kind in PICTURES | DOCUMENTS | {".svg"}))
    return Problem(code="unknown-medium", path=path, facts={"choices": allowed})
