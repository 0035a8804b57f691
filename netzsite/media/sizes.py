"""The sizes of a picture: what a page asks for ↔ the address that says it.

An address names its size, so that whatever is named anywhere in the site can be made, and nothing
else is: ``/media/fest-640w.webp`` is ``fest.jpg`` 640 pixels wide, ``/media/fest-300x200.jpg`` a
part of it around its focus, and ``/media/fest.jpg`` its largest version. No picture is opened here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

LARGEST: Final = 1920
"""Pixels of the longer side of the largest version; a third of a phone's picture is enough to print
a postcard, and a JPEG of twice the size is read at a quarter of the cost."""
WIDTHS: Final = (400, 640, 960, 1280, 1600)
"""Widths in pixels where a template asks for no others: one column, from old phones to dense
screens."""
CENTRE: Final = (50, 50)
_NEAR: Final = 1.1
"""A width that is no more than this much above the next smaller one isn't worth a file."""
_ADDRESS: Final = re.compile(
    r"(?P<base>.+)-(?P<width>\d{1,5})(?:w|x(?P<height>\d{1,5})(?:-(?P<x>\d{1,3})-(?P<y>\d{1,3}))?)"
    r"\.(?P<format>avif|webp|jpg|png)"
)
_SIZED: Final = re.compile(r"-\d+(?:w|x\d+(?:-\d+-\d+)?)$")
_NAMES: Final = {"jpg": ("jpg", "jpeg"), "png": ("png",)}
"""Endings that a picture's largest version may keep, by its format."""


class Image(Struct, frozen=True, kw_only=True, gc=False):
    """A picture as pages need to know it; sizes in pixels, of the original turned upright."""

    original: str
    """Its file, from the content folder."""
    base: str
    """What the addresses of its sizes begin with."""
    address: str
    """The largest version."""
    width: int
    height: int
    formats: tuple[str, ...] = ()
    """Formats it is offered in, the best first; the last one every browser knows. None for a
    drawing in SVG, which has no sizes."""
    lossless: bool = False
    """Whether it is a drawing or a screenshot, of flat colours."""
    focus: tuple[int, int] = CENTRE
    """What of it must stay in sight when it is cut, in percent from the left and the top."""

    @property
    def largest(self) -> tuple[int, int]:
        """The size of the largest version."""
        return _within(self.width, self.height, LARGEST)


class Recipe(Struct, frozen=True, kw_only=True, gc=False):
    """One size of a picture: all that its bytes depend on beside the original's."""

    width: int
    height: int
    format: str
    lossless: bool = False
    cut: tuple[int, int] | None = None
    """The focus of a part that has another shape; None for the whole picture."""


def bases(pictures: Iterable[str]) -> dict[str, str]:
    """Give each picture the base of its addresses, so that no two sizes ever have the same.

    That is its name without the ending; pictures that differ in nothing else, and those that are
    called like a size of another one, keep the ending in their base.
    """
    paths = tuple(pictures)
    stems = Counter(path.rpartition(".")[0].casefold() for path in paths)
    found = {}
    for path in paths:
        stem, _, ending = path.rpartition(".")
        plain = stems[stem.casefold()] == 1 and not _SIZED.search(stem)
        found[path] = f"/{stem}" if plain else f"/{stem}-{ending.lower()}"
    return found


def main_address(path: str, base: str, format_: str) -> str:
    """Give the address of a picture's largest version: its own one, where the format allows it."""
    stem, _, ending = path.rpartition(".")
    keeps = ending.lower() in _NAMES.get(format_, ()) and not _SIZED.search(stem)
    return f"/{path}" if keeps else f"{base}.{format_}"


def widths(image: Image, asked: Iterable[int], crop: tuple[int, int] | None = None) -> list[int]:
    """Give the widths that a picture can be shown at; it is never enlarged.

    ``crop`` is the shape of the part that is shown, width to height.
    """
    most = _within_shape(image, crop)[0] if crop else image.width
    wanted = sorted(set(asked))
    found = [width for width in wanted if width <= most]
    if len(found) < len(wanted) and (not found or most > _NEAR * found[-1]):
        found.append(most)
    return found


def height_of(image: Image, width: int, crop: tuple[int, int] | None = None) -> int:
    """Give the height of a picture, or of a part of some shape, at a width."""
    across, down = crop or (image.width, image.height)
    return max(round(width * down / across), 1)


def address_of(
    image: Image,
    width: int,
    format_: str,
    crop: tuple[int, int] | None = None,
    focus: tuple[int, int] | None = None,
) -> str:
    """Write the address of one size of a picture."""
    if crop is None:
        return f"{image.base}-{width}w.{format_}"
    x, y = focus or image.focus
    around = "" if (x, y) == CENTRE else f"-{x}-{y}"
    return f"{image.base}-{width}x{height_of(image, width, crop)}{around}.{format_}"


def recipe_of(address: str, images: Mapping[str, Image]) -> tuple[Image, Recipe] | None:
    """Read an address; None for one that names no size of these pictures.

    ``images`` are known by base, and by the address of their largest version.
    """
    image = images.get(address)
    if image is not None and image.formats and address == image.address:
        width, height = image.largest
        return image, _recipe(image, width, height, image.formats[-1])
    hit = _ADDRESS.fullmatch(address)
    image = images.get(hit["base"]) if hit else None
    if hit is None or image is None or hit["format"] not in image.formats:
        return None
    width = int(hit["width"])
    if not hit["height"]:
        return _whole(image, width, hit["format"])
    height = int(hit["height"])
    focus = (int(hit["x"]), int(hit["y"])) if hit["x"] else CENTRE
    if not (0 < width <= image.width and 0 < height <= image.height) or max(focus) > 100:  # noqa: PLR2004
        return None
    return image, _recipe(image, width, height, hit["format"], focus)


def _whole(image: Image, width: int, format_: str) -> tuple[Image, Recipe] | None:
    if not 0 < width <= image.width:
        return None
    return image, _recipe(image, width, height_of(image, width), format_)


def _recipe(
    image: Image, width: int, height: int, format_: str, cut: tuple[int, int] | None = None
) -> Recipe:
    return Recipe(width=width, height=height, format=format_, lossless=image.lossless, cut=cut)


def _within(width: int, height: int, most: int) -> tuple[int, int]:
    """Scale a size down so that no side is longer than ``most``."""
    longer = max(width, height, 1)
    if longer <= most:
        return width, height
    return max(round(width * most / longer), 1), max(round(height * most / longer), 1)


def _within_shape(image: Image, shape: tuple[int, int]) -> tuple[int, int]:
    """Give the size of the largest part of a picture that has a shape."""
    across, down = shape
    if image.width * down <= image.height * across:
        return image.width, max(image.width * down // across, 1)
    return max(image.height * across // down, 1), image.height
