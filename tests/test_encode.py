"""An original → its sizes: turned, in sRGB, and nothing in them but pixels."""

import io

import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from netzsite.media import decode
from netzsite.media.decode import BrokenPictureError, HeicError, TooLargeError, kind_of, opened
from netzsite.media.encode import encode
from netzsite.media.medium import inspect
from netzsite.media.sizes import Recipe
from netzsite.source import digest_of

pillow_heif.register_heif_opener()

TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera lays down what is upright, by the orientation that it notes."""


def corners() -> Image.Image:
    """A picture whose corners differ, upright."""
    found = Image.new("RGB", (80, 60), (200, 40, 40))
    found.paste((40, 200, 40), (40, 0, 80, 30))
    found.paste((40, 40, 200), (0, 30, 40, 60))
    return found


def saved(picture: Image.Image, form: str, **more: object) -> bytes:
    data = io.BytesIO()
    picture.save(data, form, **more)
    return data.getvalue()


def made(data: bytes, format_: str = "png", **more: object) -> Image.Image:
    with opened(data) as found:
        width, height = decode.upright_size(found)
    asked = {"width": width // 2, "height": height // 2, "format": format_} | more
    found = Image.open(io.BytesIO(encode(data, [Recipe(**asked)])[0]))
    found.load()
    return found


def far(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures of one size are apart, in steps of 256, on the average."""
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_looks_the_same(form: str, orientation: int):
    turn = TURNS[orientation]
    laid = corners() if turn is None else corners().transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = made(saved(laid, form, exif=exif.tobytes()))
    assert found.size == (40, 30)
    assert far(found, corners().resize((40, 30))) < 6


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("CMYK", saved(corners().convert("CMYK"), "JPEG", quality=95)),
        ("palette", saved(corners().quantize(), "PNG")),
        ("GIF", saved(corners().quantize(), "GIF")),
        ("16 bits", saved(corners().convert("L").convert("I").point(lambda v: v * 257).convert("I;16"), "PNG")),
        ("grey", saved(corners().convert("L"), "JPEG", quality=95)),
        ("profile", saved(corners(), "JPEG", quality=95, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())),
        ("broken profile", saved(corners(), "JPEG", quality=95, icc_profile=b"x" * 200)),
    ],
)  # fmt: skip
def test_every_kind_of_pixel_comes_out_right(name: str, data: bytes):
    wanted = corners().convert("L") if name in ("16 bits", "grey") else corners()
    for format_ in ("png", "jpg", "webp"):
        assert far(made(data, format_), wanted.resize((40, 30))) < 12


def test_colours_of_another_profile_are_converted():
    """In a profile that calls red what sRGB calls green, and the other way round."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for old, new in ((b"rXYZ", b"----"), (b"gXYZ", b"rXYZ"), (b"----", b"gXYZ")):
        profile = profile.replace(old, new, 1)
    red, green, blue = corners().split()
    swapped = Image.merge("RGB", (green, red, blue)).resize((40, 30))
    for mode in ("RGB", "RGBA"):
        data = saved(corners().convert(mode), "PNG", icc_profile=profile)
        assert far(made(data), swapped) < 6


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_is_transparent_stays_so(form: str):
    picture = corners().convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    data = saved(picture, form, **({"lossless": True} if form == "WEBP" else {}))
    medium = inspect(f"media/fest.{form.lower()}", digest_of(data), data)
    assert not medium.opaque
    for format_ in ("png", "webp"):
        found = made(data, format_).convert("RGBA")
        low, high = found.getchannel("A").getextrema()
        assert low < 20
        assert high > 230


def test_a_drawing_is_told_from_a_photo():
    photo = Image.effect_noise((400, 300), 60).convert("RGB")
    for form in ("PNG", "WEBP"):
        path = f"media/x.{form.lower()}"
        drawn = saved(corners().resize((400, 300), Image.Resampling.NEAREST), form, lossless=True)
        assert inspect(path, "", drawn).lossless
        assert not inspect(path, "", saved(photo, form, lossless=True)).lossless
    assert not inspect("media/x.jpg", "", saved(corners(), "JPEG")).lossless


def test_a_drawing_is_not_smeared():
    data = saved(corners(), "PNG")
    (webp,) = encode(data, [Recipe(width=80, height=60, format="webp", lossless=True)])
    assert far(Image.open(io.BytesIO(webp)), corners()) == 0


@pytest.mark.parametrize(
    ("focus", "colour"),
    [((0, 0), (200, 40, 40)), ((100, 0), (40, 200, 40)), ((0, 100), (40, 40, 200))],
)
def test_what_is_cut_out_lies_around_the_focus(focus: tuple[int, int], colour: tuple[int, ...]):
    data = saved(corners(), "PNG")
    found = made(data, width=10, height=60, cut=focus)
    assert found.size == (10, 60)
    row = 5 if focus[1] == 0 else 55
    assert max(abs(a - b) for a, b in zip(found.getpixel((5, row)), colour, strict=True)) < 9


def test_a_large_photo_is_read_at_a_fraction_of_its_size():
    data = saved(Image.effect_noise((1600, 1200), 30).convert("RGB"), "JPEG")
    with opened(data) as found:
        small = decode.pixels(found, 1 / 8)
        assert found.size == (200, 150)
    assert small.size == (200, 150)


def test_equal_originals_give_equal_bytes():
    data = saved(corners(), "JPEG")
    asked = [Recipe(width=40, height=30, format=form) for form in ("jpg", "png", "webp", "avif")]
    assert encode(data, asked) == encode(data, asked)
    alone = [encode(data, [recipe])[0] for recipe in asked]
    assert alone == encode(data, asked)


def test_what_cannot_be_read_is_said(monkeypatch: pytest.MonkeyPatch):
    recipe = Recipe(width=1, height=1, format="jpg")
    for data in (b"", b"%PDF", saved(corners(), "JPEG")[:200], b"\0\0\0\x10ftypavif" + bytes(9)):
        with pytest.raises(BrokenPictureError):
            encode(data, [recipe])
    monkeypatch.setattr(decode, "PIXELS", 80 * 60 - 1)
    with pytest.raises(TooLargeError):
        encode(saved(corners(), "PNG"), [recipe])
    monkeypatch.setattr(decode, "reads_heic", lambda: False)
    with pytest.raises(HeicError):
        encode(saved(corners(), "HEIF"), [recipe])


@pytest.mark.parametrize("plugin", ["pi_heif", "pillow_heif"])
def test_heic_is_read_with_either_library(plugin: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(decode, "_PLUGINS", ("gibt_es_nicht", plugin))
    decode.reads_heic.cache_clear()
    try:
        assert far(made(saved(corners(), "HEIF")), corners().resize((40, 30))) < 6
        monkeypatch.setattr(decode, "_PLUGINS", ("gibt_es_nicht",))
        decode.reads_heic.cache_clear()
        assert not decode.reads_heic()
    finally:
        decode.reads_heic.cache_clear()


def test_a_file_is_what_its_first_bytes_say():
    for form, kind in (("JPEG", "jpeg"), ("PNG", "png"), ("GIF", "gif"), ("WEBP", "webp"),
                       ("AVIF", "avif"), ("HEIF", "heic")):  # fmt: skip
        assert kind_of(saved(corners(), form)) == kind
    assert kind_of(b"\0\0\0\x18ftypqt  \0\0\0\0qt  ") == ""
