"""A name and a colour → the pictures that stand for a site: its icons, and what is shared of it.

A name in letters that the font lacks is left out: the colour and the shape stay.
"""

import functools
import importlib.util
import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

SHARED: Final = (1200, 630)
"""What networks and messengers show of a page that somebody shares, in pixels (Open Graph)."""
_MARGIN: Final = 90
_LINES: Final = 4
_LARGEST, _SMALLEST = 104, 48
"""Heights of the letters of a shared picture, in pixels."""
_WHITE: Final = (255, 255, 255)
_SAMPLING: Final = 2
"""How many times larger an icon is drawn than it is kept, for smooth edges."""


def shared(name: str, colour: str) -> bytes:
    """Draw what is shared of a page that has no picture of its own; gives a PNG."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - once for a site, and then known

    picture = Image.new("RGB", SHARED, colour)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, SHARED[1] - 24, *SHARED), fill=_darker(colour))
    lines, size = _fitted(name) if _is_drawable(name) else ((), _LARGEST)
    height = round(size * 1.25)
    top = (SHARED[1] - 24 - height * len(lines)) // 2
    for number, line in enumerate(lines):
        draw.text((_MARGIN, top + number * height), line, font=_font(size), fill=_WHITE)
    return _png(picture)


def icon(initial: str, colour: str, side: int, *, full: bool) -> bytes:
    """Draw a square icon, in pixels; ``full`` where the system cuts its own shape out of it."""
    return _png(_icon(initial, colour, side, full=full))


def favicon(initial: str, colour: str) -> bytes:
    """Draw the icon that browsers ask for which know no SVG; gives an ICO of two sizes."""
    buffer = io.BytesIO()
    large = _icon(initial, colour, 32, full=False)
    small = _icon(initial, colour, 16, full=False)
    large.save(buffer, "ICO", sizes=[(16, 16), (32, 32)], append_images=[small])
    return buffer.getvalue()


def _icon(initial: str, colour: str, side: int, *, full: bool) -> "Image":
    from PIL import Image, ImageDraw  # noqa: PLC0415 - as above

    drawn = side * _SAMPLING
    picture = Image.new("RGBA", (drawn, drawn), colour if full else (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    if not full:
        draw.rounded_rectangle((0, 0, drawn - 1, drawn - 1), drawn * 7 // 32, fill=colour)
    if _is_drawable(initial):
        # What a system cuts out of a full one may leave four fifths of it (W3C, „maskable“).
        font = _font(drawn * (50 if full else 64) // 100)
        draw.text((drawn / 2, drawn / 2), initial, font=font, fill=_WHITE, anchor="mm")
    small = picture.resize((side, side), Image.Resampling.LANCZOS)
    return small.convert("RGB") if full else small


def _fitted(name: str) -> tuple[tuple[str, ...], int]:
    """Break a name into lines that fit, in letters as large as can be."""
    size = _LARGEST
    while True:
        lines = _broken(name, size)
        if len(lines) <= _LINES and all(_fits(line, size) for line in lines):
            return lines, size
        if size <= _SMALLEST:
            return lines[:_LINES], size
        size -= 8


def _broken(name: str, size: int) -> tuple[str, ...]:
    lines: list[str] = []
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _fits(longer, size):
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _fits(line: str, size: int) -> bool:
    return float(_font(size).getlength(line)) <= SHARED[0] - 2 * _MARGIN


def _is_drawable(text: str) -> bool:
    """Tell whether the font has all letters: one that it lacks is drawn as an empty box."""
    font = _font(_SMALLEST)
    missing = bytes(font.getmask("\uffff"))
    return all(char == " " or bytes(font.getmask(char)) != missing for char in text)


@functools.lru_cache(maxsize=32)
def _font(size: int) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 - as above

    # The layout that every Pillow has: others may shape the same letters elsewhere by a pixel.
    return ImageFont.truetype(_file(), size, layout_engine=ImageFont.Layout.BASIC)


@functools.cache
def _file() -> Path:
    """Find the font; the package that holds it lists its files when it is imported, so it isn't."""
    found = importlib.util.find_spec("font_source_sans_pro")
    folder = next(iter((found and found.submodule_search_locations) or ()))
    return Path(folder, "files", "SourceSansPro-Bold.ttf")


def _darker(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) * 7 // 10 for at in (1, 3, 5))
    return red, green, blue


def _png(picture: "Image") -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
