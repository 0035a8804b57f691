"""An original and what is asked of it → the bytes of its sizes, with nothing in them but pixels.

It is unpacked once for all of them. Equal originals, recipes and libraries give equal bytes.
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from netzsite.media import decode
from netzsite.media.sizes import Recipe

if TYPE_CHECKING:
    from PIL.Image import Image

_JPEG: Final = {"quality": 76, "optimize": True, "progressive": True}
_WEBP: Final = {"quality": 70, "method": 4, "alpha_quality": 90}
_LOSSLESS: Final = {"lossless": True, "quality": 60, "method": 3}
_AVIF: Final = {"quality": 55, "speed": 7, "max_threads": 1}


def encode(data: bytes, recipes: Sequence[Recipe]) -> list[bytes]:
    """Make the sizes of one picture, in their order.

    Raises ``BrokenPictureError`` and ``HeicError``.
    """
    with decode.opened(data) as picture:
        size = decode.upright_size(picture)
        scale = max(_scale(recipe, size) for recipe in recipes)
        whole = decode.pixels(picture, min(scale, 1.0))
    made: dict[tuple[object, ...], Image] = {}
    results = []
    for recipe in recipes:
        name = (recipe.width, recipe.height, recipe.cut)
        if name not in made:
            made[name] = _sized(whole, recipe)
        results.append(_written(made[name], recipe))
    return results


def _scale(recipe: Recipe, size: tuple[int, int]) -> float:
    """Say at which fraction of its size a picture must be unpacked."""
    return max(recipe.width / size[0], recipe.height / size[1])


def _sized(whole: "Image", recipe: Recipe) -> "Image":
    from PIL import Image  # noqa: PLC0415 - imported before by who opened the picture

    size = (recipe.width, recipe.height)
    if recipe.cut is None:
        if whole.size == size:
            return whole
        return whole.resize(size, Image.Resampling.LANCZOS, reducing_gap=2)
    box = _part(whole.size, size, recipe.cut)
    return whole.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2)


def _part(
    whole: tuple[int, int], size: tuple[int, int], focus: tuple[int, int]
) -> tuple[float, float, float, float]:
    """Choose the largest part of a shape that has the focus as near to its middle as can be."""
    scale = min(whole[0] / size[0], whole[1] / size[1])
    across, down = size[0] * scale, size[1] * scale
    left = min(max(whole[0] * focus[0] / 100 - across / 2, 0), whole[0] - across)
    top = min(max(whole[1] * focus[1] / 100 - down / 2, 0), whole[1] - down)
    return left, top, left + across, top + down


def _written(picture: "Image", recipe: Recipe) -> bytes:
    """Encode pixels alone: what Pillow knows of a picture beside them isn't written."""
    picture = picture.copy()
    picture.info.clear()
    buffer = io.BytesIO()
    match recipe.format:
        case "jpg":
            picture = picture if picture.mode == "L" else picture.convert("RGB")
            picture.save(buffer, "JPEG", **_JPEG)
        case "webp":
            picture.save(buffer, "WEBP", **(_LOSSLESS if recipe.lossless else _WEBP))
        case "avif":
            picture.save(buffer, "AVIF", **_AVIF)
        case _:
            picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
