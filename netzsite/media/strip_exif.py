"""EXIF → which way is up, and the smallest EXIF that says nothing else (EXIF 2.32, TIFF 6.0)."""

import struct
from typing import Final

_ORIENTATION: Final = 0x0112
_SHORT: Final = 3


def orientation_of(tiff: bytes) -> int:
    """Read the orientation; 1, upright, where there is none. Raises ``struct.error``."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    (at,) = struct.unpack(f"{order}I", tiff[4:8])
    (count,) = struct.unpack(f"{order}H", tiff[at : at + 2])
    for number in range(count):
        start = at + 2 + 12 * number
        tag, _kind, _count, value = struct.unpack(f"{order}HHIH", tiff[start : start + 10])
        if tag == _ORIENTATION:
            return int(value) if 1 <= value <= 8 else 1  # noqa: PLR2004 - what there is
    return 1


def orientation_alone(orientation: int) -> bytes:
    """Write an EXIF block of one tag."""
    entry = struct.pack(">HHIHH", _ORIENTATION, _SHORT, 1, orientation, 0)
    return struct.pack(">2sHIH", b"MM", 42, 8, 1) + entry + struct.pack(">I", 0)
