"""HEIC and AVIF without traces: their metadata are overwritten where they lie (ISO 23008-12).

Everything in such a file is found by its distance from the beginning, so nothing is cut out. What
turns the picture is a property of its own and stays; boxes behind the last needed one go.
"""

from collections.abc import Iterator
from typing import Final

_HEADERS: Final = {b"ftyp", b"meta", b"mdat", b"free", b"skip", b"moov"}
_TRACES: Final = {b"Exif", b"mime"}
_NOTHING: Final = b"\0\0\0\0" + b"MM\0\x2a\0\0\0\x08\0\0\0\0\0\0"
"""EXIF as an item holds it (ISO 23008-12, A.2.1): no tag at all."""


def strip(data: bytes) -> bytes:
    """Overwrite EXIF and XMP, and drop boxes at the end that pixels don't need."""
    clean = bytearray(data)
    end = 0
    for name, start, stop in _boxes(data, 0, len(data)):
        if name in _HEADERS:
            end = stop
        if name == b"meta":
            _overwrite(clean, data, start + 4, stop)
    return bytes(clean[:end])


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Give the name of each box, where its content starts and where it stops."""
    while at + 8 <= end:
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        start = at + 8
        if size == 1:
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        stop = at + size if size else end
        if not start <= stop <= end:
            return  # what follows the last box is none
        yield name, start, stop
        at = stop


def _overwrite(clean: bytearray, data: bytes, start: int, stop: int) -> None:
    boxes = {name: (first, last) for name, first, last in _boxes(data, start, stop)}
    if b"iinf" not in boxes or b"iloc" not in boxes:
        return
    kinds = dict(_items(data, *boxes[b"iinf"]))
    inside = boxes.get(b"idat", (0, 0))[0]
    for item, method, extents in _places(data, boxes[b"iloc"][0]):
        if kinds.get(item) not in _TRACES:
            continue
        for at, length in extents:
            place = at + inside if method == 1 else at
            if place + length > len(data):
                raise ValueError("an item beyond the end")
            filler = _NOTHING if kinds[item] == b"Exif" and length >= len(_NOTHING) else b""
            clean[place : place + length] = filler + bytes(length - len(filler))


def _items(data: bytes, start: int, stop: int) -> Iterator[tuple[int, bytes]]:
    """Give the kind of each item, by its number (ItemInfoBox)."""
    count = 2 if data[start] == 0 else 4
    for name, at, _end in _boxes(data, start + 4 + count, stop):
        if name == b"infe":
            wide = 4 if data[at] == 3 else 2  # noqa: PLR2004 - its version
            number = int.from_bytes(data[at + 4 : at + 4 + wide], "big")
            yield number, data[at + 6 + wide : at + 10 + wide]


def _places(data: bytes, at: int) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Give each item's number, way of counting, and where its parts lie (ItemLocationBox)."""
    version = data[at]
    sizes = data[at + 4] >> 4, data[at + 4] & 15, data[at + 5] >> 4, data[at + 5] & 15
    at += 6

    def number(size: int) -> int:
        nonlocal at
        value = int.from_bytes(data[at : at + size], "big")
        at += size
        return value

    wide = 4 if version == 2 else 2  # noqa: PLR2004 - as above
    for _ in range(number(wide)):
        item = number(wide)
        method = number(2) & 15 if version else 0
        number(2)
        base = number(sizes[2])
        extents = []
        for _part in range(number(2)):
            if version:
                number(sizes[3])
            offset = number(sizes[0])
            extents.append((base + offset, number(sizes[1])))
        yield item, method, extents
