"""Media and what is known of them → the pictures that pages may show."""

from collections.abc import Iterable, Mapping

from netzsite.media.medium import Medium, is_picture_name
from netzsite.media.sizes import Image, bases, main_address


def images(media: Iterable[Medium]) -> Mapping[str, Image]:
    """Give all pictures by path, with the formats and the addresses that they have."""
    readable = [medium for medium in media if is_picture_name(medium.path)]
    base = bases(medium.path for medium in readable)
    return {medium.path: _image(medium, base[medium.path]) for medium in readable}


def _image(medium: Medium, base: str) -> Image:
    if medium.path.lower().endswith(".svg") or not medium.width:
        return Image(
            original=medium.path,
            base=base,
            address=f"/{medium.path}",
            width=medium.width,
            height=medium.height,
        )
    plain = "png" if medium.lossless or not medium.opaque else "jpg"
    return Image(
        original=medium.path,
        base=base,
        address=main_address(medium.path, base, plain),
        width=medium.width,
        height=medium.height,
        formats=("webp", plain),
        lossless=medium.lossless,
    )
