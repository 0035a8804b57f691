"""Media: their size in pixels, and what a picture gives away about place, device or person."""

import io
import struct
import warnings
from pathlib import Path
from zlib import crc32

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from netzsite.catalogue import catalogue
from netzsite.media.medium import (
    DOCUMENTS,
    PICTURES,
    Medium,
    inspect,
    is_medium_name,
    right_name,
)
from netzsite.problem_text import help_of
from netzsite.source import digest_of

FORMATS = {
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
    "gif": "GIF",
    "avif": "AVIF",
    "heic": "HEIF",
    "heif": "HEIF",
}
pillow_heif.register_heif_opener()
GPS, EXIF = 0x8825, 0x8769
KOBLENZ = {1: "N", 2: (50.0, 21.0, 0.0), 3: "E", 4: (7.0, 35.0, 0.0)}


def picture(form: str, size: tuple[int, int] = (30, 20), **more: object) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, (31, 111, 92)).save(data, FORMATS[form], **more)
    return data.getvalue()


def exif(tags: dict[int, object] | None = None, **folders: dict[int, object]) -> Image.Exif:
    found = Image.Exif()
    found.update(tags or {})
    for name, content in folders.items():
        found.get_ifd({"gps": GPS, "camera": EXIF}[name]).update(content)
    return found


def look(data: bytes, path: str = "media/fest.jpg") -> Medium:
    medium = inspect(path, digest_of(data), data)
    assert (medium.path, medium.digest, medium.size) == (path, digest_of(data), len(data))
    return medium


def codes(data: bytes, path: str = "media/fest.jpg") -> list[str]:
    return [problem.code for problem in look(data, path).problems]


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_has_its_size_in_pixels(form: str):
    medium = look(picture(form), f"media/fest.{form}")
    assert (medium.width, medium.height, medium.problems) == (30, 20, ())
    assert look(picture(form), f"media/FEST.{form.upper()}").width == 30


def test_every_kind_of_picture_is_tried_here():
    assert {f".{form}" for form in FORMATS} == PICTURES


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (30, 20)), (2, (30, 20)), (3, (30, 20)), (5, (20, 30)), (6, (20, 30)), (7, (20, 30)), (8, (20, 30))]
)  # fmt: skip
def test_a_picture_that_is_turned_has_the_size_it_is_shown_at(
    orientation: int, size: tuple[int, int]
):
    medium = look(picture("jpg", exif=exif({0x0112: orientation})))
    assert (medium.width, medium.height) == size
    assert medium.problems == ()


@pytest.mark.parametrize("form", ["jpg", "png", "webp", "avif"])
@pytest.mark.parametrize(
    "given_away",
    [
        {"gps": KOBLENZ},
        {"gps": {1: "N"}},
        {"tags": {0x010F: "Handyfirma"}},
        {"tags": {0x0110: "Handy 12"}},
        {"tags": {0x013B: "Anna Müller"}},
        {"tags": {0x9C9D: b"A\0n\0n\0a\0"}},
        {"camera": {0xA430: "Anna Müller"}},
        {"camera": {0xA431: "123456"}},
        {"camera": {0xA434: "Objektiv 50 mm"}},
    ],
)
def test_a_picture_that_tells_place_device_or_person_is_told(
    form: str, given_away: dict[str, dict[int, object]]
):
    data = picture(form, exif=exif(**given_away).tobytes())
    assert codes(data, f"media/fest.{form}") == ["picture-with-place"]
    assert look(data, f"media/fest.{form}").width == 30


def test_what_tells_nothing_of_people_may_stay():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    harmless = exif({0x0112: 1, 0x011A: 72.0, 0x010E: "Sommerfest"}, camera={0x9204: 0.0})
    title = b"<x:xmpmeta xmp:CreatorTool='Malprogramm'><dc:title>Die City</dc:title></x:xmpmeta>"
    data = picture("jpg", exif=harmless, icc_profile=profile, comment=b"Fest", xmp=title)
    assert codes(data) == []
    assert (
        codes(png_with(("Title", "Sommerfest"), ("Software", "Malprogramm")), "media/a.png") == []
    )


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>50,21N</exif:GPSLatitude></x:xmpmeta>'


BY_LINE = b"\x1c\x02\x50\x00\x04Anna"
PHOTOSHOP = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(BY_LINE)) + BY_LINE + b"\0"
"""What photographers' programs write: a by-line (IPTC-IIM 4.2), in Photoshop's wrapping."""


def png_with(*texts: tuple[str, str], packed: bool = False) -> bytes:
    info = PngImagePlugin.PngInfo()
    for name, text in texts:
        info.add_text(name, text, zip=packed)
    return picture("png", pnginfo=info)


def behind_the_pixels(data: bytes, kind: bytes, text: bytes) -> bytes:
    chunk = struct.pack(">I", len(text)) + kind + text + struct.pack(">I", crc32(kind + text))
    return data[:-12] + chunk + data[-12:]


def with_photoshop(data: bytes) -> bytes:
    block = b"Photoshop 3.0\0" + PHOTOSHOP
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + data[2:]


def as_digits(name: str, data: bytes) -> tuple[str, str]:
    """As ImageMagick keeps what came with a JPEG in a PNG."""
    return f"Raw profile type {name}", f"\n{name}\n{len(data):8}\n{data.hex()}\n"


HIDDEN = {
    "XMP of a JPEG": ("jpg", picture("jpg", xmp=XMP)),
    "XMP of a WebP": ("webp", picture("webp", xmp=XMP)),
    "XMP of an AVIF": ("avif", picture("avif", xmp=XMP)),
    "XMP of a GIF": ("gif", picture("gif")[:-1] + b"\x21\xff\x0bXMP DataXMP" + XMP + b"\0;"),
    "XMP of a PNG": ("png", png_with(("XML:com.adobe.xmp", XMP.decode()))),
    "XMP of a PNG, packed": ("png", png_with(("XML:com.adobe.xmp", XMP.decode()), packed=True)),
    "XMP of a PNG, as digits": ("png", png_with(as_digits("xmp", XMP), packed=True)),
    "XMP as attributes": ("jpg", picture("jpg", xmp=b"<rdf:Description tiff:Model='Handy 12'/>")),
    "faces with names": ("jpg", picture("jpg", xmp=b"<mwg-rs:RegionList>Anna</mwg-rs:RegionList>")),
    "author of a PNG": ("png", png_with(("Author", "Anna Müller"))),
    "author of a PNG, packed": ("png", png_with(("Author", "Anna Müller"), packed=True)),
    "device of a PNG": ("png", png_with(("Source", "Handy 12"))),
    "author behind the pixels": ("png", behind_the_pixels(picture("png"), b"tEXt", b"Author\0A")),
    "EXIF behind the pixels": (
        "png",
        behind_the_pixels(picture("png"), b"eXIf", exif({0x010F: "Firma"}).tobytes()[6:]),
    ),
    "IPTC of a JPEG": ("jpg", with_photoshop(picture("jpg"))),
    "IPTC of a PNG, as digits": ("png", png_with(as_digits("iptc", BY_LINE))),
    "IPTC of a PNG, as Photoshop's digits": ("png", png_with(as_digits("8bim", PHOTOSHOP))),
}


@pytest.mark.parametrize("where", HIDDEN)
def test_a_picture_that_tells_it_elsewhere_is_told(where: str):
    form, data = HIDDEN[where]
    assert codes(data, f"media/fest.{form}") == ["picture-with-place"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_that_was_cut_off_is_told(form: str):
    data = io.BytesIO()
    Image.effect_noise((64, 64), 80).convert("RGB").save(data, FORMATS[form])
    whole = data.getvalue()
    assert codes(whole, f"media/fest.{form}") == []
    for share in (3, 5, 9):
        cut = whole[: len(whole) * share // 10]
        assert codes(cut, f"media/fest.{form}") == ["picture-unreadable"]


@pytest.mark.parametrize(
    "data", [b"", b"kein Bild", b"\xff\xd8\xff", picture("png")[:30], b"%PDF-1.7", b"<svg/>"]
)
def test_a_file_that_is_no_picture_is_told(data: bytes):
    medium = look(data)
    assert [problem.code for problem in medium.problems] == ["picture-unreadable"]
    assert (medium.width, medium.height) == (0, 0)


def test_a_picture_under_the_name_of_another_format_is_read_all_the_same():
    medium = look(picture("png"), "media/fest.jpg")
    (problem,) = medium.problems
    assert (medium.width, problem.code) == (30, "picture-ending")
    assert problem.facts == {"ending": ".jpg", "kind": "PNG"}


@pytest.mark.parametrize(
    ("size", "code"),
    [
        ((10_000, 10_000), []),
        ((10_001, 10_000), ["picture-too-large"]),
        ((20_000, 20_000), ["picture-too-large"]),
    ],
)  # fmt: skip
def test_a_picture_of_enormous_size_is_no_danger(size: tuple[int, int], code: list[str]):
    data = io.BytesIO()
    Image.new("1", size).save(data, "PNG")
    assert codes(data.getvalue(), "media/fest.png") == code


@pytest.mark.parametrize("suffix", sorted(DOCUMENTS | {".PDF"}))
def test_a_document_is_taken_as_it_is(suffix: str):
    medium = look(b"egal", f"media/satzung{suffix}")
    assert (medium.width, medium.height, medium.problems) == (0, 0, ())


@pytest.mark.parametrize(
    "name",
    ["media/x.exe", "media/x.html", "media/x.js", "media/ohne", "media/x.jpg.php", "media/x."],
)
def test_any_other_kind_of_file_is_refused_with_what_is_possible(name: str):
    (problem,) = look(b"x", name).problems
    assert problem.code == "unknown-medium"
    choices = problem.facts["choices"].split()
    assert {"jpg", "pdf", "svg"} <= set(choices)
    assert choices == sorted(choices)


def test_a_damaged_avif_is_told():
    assert codes(picture("avif").replace(b"pitm", b"xxxx"), "media/fest.avif") == [
        "picture-unreadable"
    ]


@pytest.mark.parametrize("form", ["jpg", "png", "webp", "gif"])
@given(cut=st.integers(0, 400), at=st.integers(0, 400), byte=st.binary(min_size=1, max_size=4))
@settings(max_examples=60)
def test_no_damage_to_a_picture_is_a_danger(form: str, cut: int, at: int, byte: bytes):
    data = (
        picture(form, exif=exif({0x010F: "Firma"}, gps=KOBLENZ)) if form != "gif" else picture(form)
    )
    damaged = (data[:at] + byte + data[at + len(byte) :])[: len(data) - cut]
    with warnings.catch_warnings(action="ignore"):  # a damaged EXIF block is no bug of ours
        medium = look(damaged, f"media/fest.{form}")
    assert {problem.code for problem in medium.problems} <= {
        *("picture-unreadable", "picture-with-place", "picture-too-large", "picture-moving")
    }


@pytest.mark.parametrize(
    ("path", "good", "right"),
    [
        ("media/fest.jpg", True, "media/fest.jpg"),
        ("media/2026/Fest_1-a.JPG", True, "media/2026/fest-1-a.jpg"),
        ("media/Größe.jpg", False, "media/groesse.jpg"),
        ("media/Mein Bild.JPEG", False, "media/mein-bild.jpeg"),
        ("media/Som mer/fest (1).png", False, "media/som-mer/fest-1.png"),
        ("media/مرحبا/مرحبا.pdf", False, "media/ordner/datei.pdf"),
        ("media/a&b", False, "media/a-b"),
        ("media/.größe", False, "media/groesse.groesse"),
    ],
)
def test_a_name_that_no_address_can_hold_is_told_the_right_one(path: str, good: bool, right: str):
    assert is_medium_name(path) is good
    assert right_name(path) == right
    assert is_medium_name(right)


@given(st.text(max_size=20))
@settings(max_examples=100)
def test_every_suggested_name_can_stand_in_an_address(name: str):
    assert is_medium_name(right_name(f"media/{name}.jpg"))


def test_the_bytes_of_a_file_are_enough(tmp_path: Path):
    file = tmp_path / "fest.png"
    Image.new("RGB", (4, 3)).save(file)
    assert look(file.read_bytes(), "media/fest.png").height == 3


@pytest.mark.parametrize("suffix", ["docx", "DOC", "pages", "xlsx"])
def test_a_file_of_an_office_program_gets_the_way_to_a_pdf(suffix: str):
    (problem,) = inspect(f"media/antrag.{suffix}", "d", b"PK").problems
    assert problem.code == "office-file"
    assert problem.facts == {"suffix": f".{suffix.lower()}"}
    assert "PDF" in help_of(problem, catalogue("de"))
