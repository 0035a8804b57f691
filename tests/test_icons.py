"""A site's name and colour → its icons and what is shared of it."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from netzsite.media import icons


def pixels(data: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(data))
    found.load()
    return found


def white(picture: Image.Image) -> int:
    return sum(
        count for count, colour in picture.convert("RGB").getcolors(1 << 24) if min(colour) > 240
    )


@pytest.mark.parametrize(
    "name", ["Netz", "Netzwerk für Größe und Maß in der Straße", "Сеть", "x" * 300]
)
def test_a_name_fits_whatever_its_length(name: str):
    found = pixels(icons.shared(name, "#1f6f5c"))
    assert found.size == (1200, 630)
    assert white(found) > 2000
    if len(name) < 100:
        for edge in ((0, 0, 80, 630), (1120, 0, 1200, 630)):
            assert white(found.crop(edge)) == 0


def test_letters_that_the_font_lacks_leave_the_colour():
    found = pixels(icons.shared("شبكة", "#1f6f5c"))
    assert white(found) == 0
    assert found.getpixel((600, 300)) == (0x1F, 0x6F, 0x5C)
    assert white(pixels(icons.icon("ش", "#1f6f5c", 192, full=True))) == 0


def test_an_icon_is_round_unless_the_system_cuts_it():
    assert pixels(icons.icon("N", "#1f6f5c", 192, full=False)).getpixel((0, 0))[3] == 0
    full = pixels(icons.icon("N", "#1f6f5c", 192, full=True))
    assert (full.mode, full.getpixel((0, 0))) == ("RGB", (0x1F, 0x6F, 0x5C))
    assert white(full) > 500
    assert pixels(icons.favicon("N", "#1f6f5c")).info["sizes"] == {(16, 16), (32, 32)}


def test_pages_name_what_there_is(muster: Path):
    manifest = json.loads((muster / "site.webmanifest").read_text("utf-8"))
    assert (manifest["name"], manifest["start_url"]) == ("Netzwerk Musterviertel", "./")
    for icon in manifest["icons"]:
        side = pixels((muster / icon["src"]).read_bytes()).size
        assert icon["sizes"] == f"{side[0]}x{side[1]}"
    assert pixels((muster / "apple-touch-icon.png").read_bytes()).size == (180, 180)
    page = (muster / "index.html").read_text("utf-8")
    assert '/static/share.png">' in page
    assert 'rel="manifest"' in page
    assert pixels((muster / "static" / "share.png").read_bytes()).size == (1200, 630)
