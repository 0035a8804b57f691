"""A picture's hidden data → whether they tell a place, a device or a person.

Four kinds of data can: EXIF, XMP, IPTC, and the text chunks of a PNG. What says nothing of people
(colours, resolution, which way is up, a title) may stay.
"""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

_GPS: Final = 0x8825
_CAMERA: Final = 0x8769
_EXIF: Final = {0x010F, 0x0110, 0x013B, 0x9C9D, 0xA430, 0xA431, 0xA433, 0xA434, 0xA435}
"""Tags that name the device or the person (EXIF 2.32, tables 4 and 8)."""
_XMP: Final = re.compile(
    rb"[<\s][A-Za-z0-9-]+:(?:GPS[A-Za-z]+|creator|[Aa]rtist|AuthorsPosition|CaptionWriter|Make|Model"
    rb"|(?:Body|Lens)?SerialNumber|LensMake|LensModel|Lens|(?:Camera)?OwnerName|City|State|Country"
    rb"|CountryCode|Location|LocationShown|LocationCreated|Sublocation|CreatorContactInfo"
    rb"|PersonInImage|PersonDisplayName|RegionList|Regions)\b"
)
"""Properties of XMP (ISO 16684-1, IPTC Photo Metadata, MWG regions) that do, by local name."""
_IPTC: Final = {(2, 26), (2, 80), (2, 85), (2, 90), (2, 92), (2, 95), (2, 100), (2, 101), (2, 122)}
"""Data sets of IPTC-IIM 4.2: place, by-line and title, city to country, writer."""
_DATA_SET: Final = re.compile(
    b"\x1c\x02[" + b"".join(re.escape(bytes([number])) for _, number in sorted(_IPTC)) + b"]"
)
_CHUNK: Final = re.compile(rb"(?:tEXt|zTXt|iTXt)(?:Author|Source)\0", re.IGNORECASE)
"""Text chunks of a PNG (3rd edition, 11.3.3.2) that name who made it, and with which device."""
_PROFILE: Final = "Raw profile type"
"""How ImageMagick keeps the data of other formats in a PNG: as digits in a text."""


def tells(picture: "Image", data: bytes) -> bool:
    """Say whether an open picture, or the bytes it was read from, give somebody away.

    The bytes are searched as they are, since XMP may lie in several pieces of which the library
    knows one. Raises what Pillow raises for damaged data.
    """
    return _exif(picture) or _iptc(picture) or _tells(data) or any(map(_tells, _texts(picture)))


def _exif(picture: "Image") -> bool:
    exif = picture.getexif()
    tags = set(exif) | set(exif.get_ifd(_CAMERA))
    return bool(exif.get_ifd(_GPS)) or bool(tags & _EXIF)


def _iptc(picture: "Image") -> bool:
    from PIL.ImageFile import ImageFile  # noqa: PLC0415 - heavy, as Pillow is
    from PIL.IptcImagePlugin import getiptcinfo  # noqa: PLC0415 - as above

    if isinstance(picture, ImageFile) and _IPTC & set(getiptcinfo(picture) or ()):
        return True
    return any(_DATA_SET.search(text) for text in _texts(picture))


def _tells(data: bytes) -> bool:
    return any(pattern.search(data) for pattern in (_XMP, _CHUNK))


def _texts(picture: "Image") -> list[bytes]:
    """List the texts of a picture, unpacked."""
    texts = {name: value for name, value in picture.info.items() if isinstance(name, str)}
    found = [value for name, value in texts.items() if name == "xmp" and isinstance(value, bytes)]
    for name, value in texts.items():
        if isinstance(value, str):
            packed = name.startswith(_PROFILE)
            # Behind an empty line, the name and the length.
            found.append(
                bytes.fromhex("".join(value.split("\n")[3:])) if packed else value.encode()
            )
    return found
