"""A picture's bytes → its pixels: opened, turned upright, in sRGB, of the size that is needed.

Pillow reads them, and pi-heif what phones of Apple write. A file is what its first bytes say, not
its name. Whatever a decoder makes of damaged bytes becomes a ``BrokenPictureError``.
"""

import functools
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS: Final = 100_000_000
"""A picture of more is beyond sense; one of so many takes 400 MB to unpack."""
_READERS: Final = {
    "avif": "AVIF", "gif": "GIF", "heic": "HEIF", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP",
}  # fmt: skip
"""What Pillow calls the one reader that a file may meet."""
_SIGNATURES: Final = (
    ("jpeg", b"\xff\xd8\xff"),
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("gif", b"GIF8"),
)
_BRANDS: Final = {
    b"avif": "avif", b"avis": "avif",
    b"heic": "heic", b"heix": "heic", b"hevc": "heic", b"hevx": "heic", b"heim": "heic",
    b"heis": "heic", b"mif1": "heic", b"msf1": "heic",
}  # fmt: skip
"""Brands of ISO 23008-12 (HEIF) files."""
_PLUGINS: Final = ("pi_heif", "pillow_heif")
_TURNED: Final = (5, 6, 7, 8)
_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE",
    6: "ROTATE_270", 7: "TRANSVERSE", 8: "ROTATE_90",
}  # fmt: skip
"""What makes a picture upright, by its orientation (EXIF 2.32, 4.6.4)."""
_OPAQUE: Final = 255
_SAMPLE: Final = 1000
"""Pixels of each side of the part by which a drawing is told from a photo."""
_FLAT: Final = 0.5
"""The share of pixels like the one beside them, from which on a picture is a drawing: screenshots
have nine of ten, photos hardly two."""
_DEEP: Final = ("I", "I;16", "I;16B", "I;16L", "I;16N")


class BrokenPictureError(Exception):
    """No decoder makes a picture of the bytes."""


class TooLargeError(Exception):
    """The picture has more than ``PIXELS``; the argument says how many."""


class HeicError(Exception):
    """The picture is in HEIC, and what reads it isn't installed."""


def kind_of(data: bytes) -> str:
    """Say by its first bytes what a file is: ``jpeg``, …, ``heic``; empty for no picture."""
    for kind, signature in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] != b"ftyp":
        return ""
    end = min(int.from_bytes(data[:4], "big"), 256)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, end, 4))]
    if b"avif" in brands or b"avis" in brands:
        return "avif"
    return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), "")


@functools.cache
def reads_heic() -> bool:
    """Load what reads HEIC; tells whether it is installed."""
    for name in _PLUGINS:
        try:
            import_module(name).register_heif_opener()
        except ImportError:
            continue
        return True
    return False


@contextmanager
def opened(data: bytes) -> "Iterator[Image]":
    """Open a picture; nothing is unpacked yet.

    Raises ``HeicError``, ``TooLargeError``, and ``BrokenPictureError`` for whatever goes wrong here
    or while the picture is used.
    """
    from PIL import Image  # noqa: PLC0415 - 30 ms, only for pictures

    kind = kind_of(data)
    if kind == "heic" and not reads_heic():
        raise HeicError
    if not kind:
        raise BrokenPictureError
    try:
        with warnings.catch_warnings():
            # Pillow warns of what is odd in a file, which is not of our making.
            warnings.simplefilter("ignore")
            Image.MAX_IMAGE_PIXELS = None  # its limit has no room for a message; ours follows
            with Image.open(io.BytesIO(data), formats=(_READERS[kind],)) as picture:
                _limit(picture.width * picture.height)
                yield picture
    except TooLargeError:
        raise
    except Exception as error:
        # Decoders meet damaged bytes with errors of any kind; ours are made outside of this.
        raise BrokenPictureError(str(error)) from error


def _limit(pixels: int) -> None:
    if pixels > PIXELS:
        raise TooLargeError(pixels)


def upright_size(picture: "Image") -> tuple[int, int]:
    """Give width and height of an open picture as its orientation turns it (EXIF 2.32, 4.6.4)."""
    width, height = picture.size
    return (height, width) if _orientation(picture) in _TURNED else (width, height)


def _orientation(picture: "Image") -> int:
    return int(picture.getexif().get(_ORIENTATION, 1))


def is_whole(picture: "Image") -> bool:
    """Read a photo to its end, since it may be cut off; False for what may be a drawing.

    What stands in JPEG or HEIC is a photo, or is smeared already.
    """
    if picture.format not in ("JPEG", "MPO", "HEIF"):
        return False
    if hasattr(picture, "draft"):  # a JPEG can be read at a fraction of the cost
        picture.draft("L", (picture.width // 8, picture.height // 8))
    picture.load()
    return True


def drawing(picture: "Image") -> tuple[bool, bool]:
    """Unpack a picture; tells whether it is a drawing, of flat colours, and whether opaque."""
    from PIL import ImageChops  # noqa: PLC0415 - as above

    picture.load()
    plain = _plain(picture)
    opaque = plain.mode != "RGBA" or plain.getchannel("A").getextrema()[0] == _OPAQUE
    if picture.mode in ("1", "P"):
        return True, opaque
    left, top = max((plain.width - _SAMPLE) // 2, 0), max((plain.height - _SAMPLE) // 2, 0)
    sample = plain.crop(
        (left, top, min(plain.width, left + _SAMPLE), min(plain.height, top + _SAMPLE))
    )
    grey = sample.convert("L")
    beside = grey.crop((1, 0, grey.width, grey.height))
    same = ImageChops.difference(grey.crop((0, 0, grey.width - 1, grey.height)), beside)
    return same.histogram()[0] > _FLAT * max(same.width * same.height, 1), opaque


def pixels(picture: "Image", scale: float) -> "Image":
    """Unpack an open picture at a fraction of its size: upright, sRGB, 8 bits, in L, RGB or RGBA.

    A JPEG is read at no more than it takes; the rest is done on the small picture.
    """
    from PIL import Image  # noqa: PLC0415 - as above

    width, height = (max(round(side * scale), 1) for side in picture.size)
    profile = picture.info.get("icc_profile")
    turn = _TURNS.get(_orientation(picture))
    if hasattr(picture, "draft"):
        picture.draft(None, (width, height))
    picture.load()
    plain = _plain(picture)
    if plain.size != (width, height):
        plain = plain.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
    plain = _in_srgb(plain, profile)
    return plain if turn is None else plain.transpose(Image.Transpose[turn])


def _plain(picture: "Image") -> "Image":
    """Unfold palettes, and what has more than 8 bits."""
    if picture.mode in _DEEP:
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    see_through = "transparency" in picture.info or picture.mode in ("LA", "La", "PA", "RGBa")
    if see_through or picture.mode == "P":
        return picture.convert("RGBA" if see_through else "RGB")
    if picture.mode in ("L", "RGB", "RGBA", "CMYK"):
        return picture.copy()
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _in_srgb(picture: "Image", profile: bytes | None) -> "Image":
    """Convert a picture from the colours of its profile; a broken profile counts as none."""
    wanted = "RGB" if picture.mode in ("CMYK", "RGB", "RGBA") else picture.mode
    if profile:
        converted = _converted(picture, profile)
        if converted is not None:
            return converted
    return picture if picture.mode in ("RGBA", wanted) else picture.convert(wanted)


def _converted(picture: "Image", profile: bytes) -> "Image | None":
    from PIL import ImageCms  # noqa: PLC0415 - 5 ms, for few pictures

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        colours = picture.convert("RGB") if picture.mode == "RGBA" else picture
        mode = "RGB" if source.profile.xcolor_space.strip() != "GRAY" else "L"
        found = ImageCms.profileToProfile(colours, source, _srgb(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    if found is None:
        return None
    if mode == "L":
        found = found.convert("L")
    if picture.mode == "RGBA":
        found.putalpha(picture.getchannel("A"))
    return found


@functools.cache
def _srgb() -> Any:  # noqa: ANN401 - Pillow has no public name for a profile
    from PIL import ImageCms  # noqa: PLC0415 - as above

    return ImageCms.createProfile("sRGB")
