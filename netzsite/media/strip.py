"""A picture's bytes → the same picture without traces, its pixels not encoded anew.

What tells of people goes: EXIF, XMP, IPTC, comments, texts, thumbnails, second pictures, and what
stands behind the end. What pixels need to look right stays: colours, and which way is up.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from netzsite.media import strip_heif
from netzsite.media.decode import kind_of
from netzsite.media.strip_exif import orientation_alone, orientation_of

_JPEG_KEPT: Final = frozenset({0xE0, 0xEE})
"""JFIF, and what says how Adobe's colours are meant; of the other APPn only a colour profile."""
_PNG_KEPT: Final = frozenset(
    {
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP"),
        *(b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT"),
    }
)
_WEBP_KEPT: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_HAS_EXIF, _HAS_XMP = 0x08, 0x04
"""Flags of a WebP's VP8X."""
_MOVES: Final = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


class NotStrippedError(Exception):
    """The file isn't built as its format says, so nothing of it is touched."""


def strip(data: bytes) -> bytes:
    """Take the traces out of a picture; equal bytes where there are none, or for another file.

    Raises ``NotStrippedError``.
    """
    way = _WAYS.get(kind_of(data))
    if way is None:
        return data
    try:
        return way(data)
    except (IndexError, ValueError, struct.error) as error:
        raise NotStrippedError(str(error)) from error


def _jpeg(data: bytes) -> bytes:
    """Copy the segments of a JPEG that pixels need (ITU T.81, annex B)."""
    kept = [data[:2]]
    up = 1
    at = 2
    while True:
        if data[at] != 0xFF:  # noqa: PLR2004 - each segment begins so
            raise ValueError(f"no marker at {at}")
        marker = data[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 - a marker may be filled up with these
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : end]
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):  # noqa: PLR2004 - APP1
            up = orientation_of(body[6:]) if up == 1 else up
        elif _stays(marker, body):
            kept.append(_without_thumbnail(data[at:end]) if marker == 0xE0 else data[at:end])  # noqa: PLR2004 - APP0
        at = end
        if marker == 0xDA:  # noqa: PLR2004 - SOS: pixels follow
            break
    if up != 1:
        body = b"Exif\0\0" + orientation_alone(up)
        kept.insert(1, b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body)
    return b"".join((*kept, data[at : _end_of_scans(data, at)]))


def _stays(marker: int, body: bytes) -> bool:
    if marker in _JPEG_KEPT:
        return marker != 0xE0 or body.startswith(b"JFIF\0")  # noqa: PLR2004 - APP0
    if marker == 0xE2:  # noqa: PLR2004 - APP2
        return body.startswith(b"ICC_PROFILE\0")
    return not 0xE0 <= marker <= 0xEF and marker != 0xFE  # noqa: PLR2004 - APPn and COM


def _without_thumbnail(segment: bytes) -> bytes:
    """Cut the thumbnail off a JFIF header, which is 16 bytes long without one."""
    return segment[:2] + b"\0\x10" + segment[4:16] + b"\0\0"


def _end_of_scans(data: bytes, at: int) -> int:
    """Find where a JPEG ends; between its scans there may be more segments."""
    while True:
        at = data.index(b"\xff", at)
        marker = data[at + 1]
        if marker == 0xD9:  # noqa: PLR2004 - EOI
            return at + 2
        if marker in (0x00, 0xFF) or 0xD0 <= marker <= 0xD7:  # noqa: PLR2004 - no marker, or RSTn
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004 - as above
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def _png(data: bytes) -> bytes:
    """Copy the chunks of a PNG that pixels need (W3C PNG, 3rd edition)."""
    kept = [data[:8]]
    up = 1
    for name, body, whole in _png_chunks(data):
        if name == b"eXIf":
            up = orientation_of(body)
        elif name in _PNG_KEPT:
            kept.append(whole)
    if up != 1:
        body = b"eXIf" + orientation_alone(up)
        length = (len(body) - 4).to_bytes(4, "big")
        kept.insert(2, length + body + zlib.crc32(body).to_bytes(4, "big"))
    return b"".join(kept)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    at, name = 8, b""
    while name != b"IEND":
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        if end > len(data) or not name:
            raise ValueError("cut off")
        yield name, data[at + 8 : end - 4], data[at:end]
        at = end


def _webp(data: bytes) -> bytes:
    """Copy the chunks of a WebP that pixels need (RFC 9649)."""
    kept = []
    up, at = 1, 12
    end = min(8 + int.from_bytes(data[4:8], "little"), len(data))
    while at + 8 <= end:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        name, body = data[at : at + 4], data[at + 8 : at + 8 + size]
        if len(body) < size:
            raise ValueError("cut off")
        if name == b"EXIF":
            up = orientation_of(body.removeprefix(b"Exif\0\0"))
        elif name in _WEBP_KEPT:
            kept.append((name, body))
        at += 8 + size + size % 2
    if up != 1:
        kept.append((b"EXIF", orientation_alone(up)))
    return _riff(kept, up)


def _riff(chunks: list[tuple[bytes, bytes]], up: int) -> bytes:
    parts = []
    for name, body in chunks:
        if name == b"VP8X":
            flags = body[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if up != 1 else 0)
            body = bytes((flags,)) + body[1:]  # noqa: PLW2901 - the same chunk with other flags
        parts.append(name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2))
    whole = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(whole).to_bytes(4, "little") + whole


def _gif(data: bytes) -> bytes:
    """Copy the blocks of a GIF but for comments and applications' own (GIF89a, 20 to 26)."""
    at = 13 + _table(data[10])
    kept = [data[:at]]
    while data[at] != 0x3B:  # noqa: PLR2004 - the trailer
        start = at
        if data[at] == 0x21:  # noqa: PLR2004 - an extension
            label, at = data[at + 1], _blocks_end(data, at + 2)
            own = label == 0xFF and data[start + 3 : start + 14] not in _MOVES  # noqa: PLR2004
            if label == 0xFE or own:  # noqa: PLR2004 - a comment
                continue
        elif data[at] == 0x2C:  # noqa: PLR2004 - a picture
            at = _blocks_end(data, at + 10 + _table(data[at + 9]) + 1)
        else:
            raise ValueError(f"no block at {at}")
        kept.append(data[start:at])
    return b"".join((*kept, b";"))


def _table(flags: int) -> int:
    """Give the length of a table of colours."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


_WAYS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "jpeg": _jpeg,
    "png": _png,
    "webp": _webp,
    "gif": _gif,
    "avif": strip_heif.strip,
    "heic": strip_heif.strip,
}
