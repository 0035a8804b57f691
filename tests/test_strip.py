"""netzsite clean: the traces go, the pixels stay bit for bit, and so does which way is up."""

import io
import shutil
import struct
import subprocess
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from netzsite.media.decode import opened, upright_size
from netzsite.media.strip import NotStrippedError, strip
from tests.conftest import Run, in_ci
from tests.test_medium import HIDDEN, KOBLENZ, XMP, behind_the_pixels, exif, with_photoshop

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF")
SECRETS = (b"Handyfirma", b"GPSLatitude", b"Anna", b"geheim", b"Koblenz")


def picture(form: str, orientation: int = 6, **more: object) -> bytes:
    image = Image.new("RGB", (40, 20), "teal")
    image.paste("red", (0, 0, 20, 10))
    told = exif({0x010F: "Handyfirma", 0x0112: orientation}, gps=KOBLENZ, camera={0xA430: "Anna"})
    extra = {"GIF": {"comment": b"geheim"}}.get(form, {"exif": told.tobytes(), "xmp": XMP})
    data = io.BytesIO()
    image.save(data, form, **extra, **more)
    return data.getvalue()


def traced() -> dict[str, bytes]:
    """Pictures with traces in all places where there can be any."""
    found = {form: picture(form) for form in FORMATS}
    found["JPEG, Photoshop"] = with_photoshop(picture("JPEG", comment=b"geheim"))
    found["JPEG, progressive"] = picture("JPEG", progressive=True)
    found["JPEG, trailing"] = picture("JPEG") + b"geheim"
    second = picture("JPEG")
    mpf = b"MPF\0geheim"
    block = b"\xff\xe2" + struct.pack(">H", len(mpf) + 2) + mpf
    found["JPEG, second picture"] = second[:2] + block + second[2:] + second
    found["PNG, text behind"] = behind_the_pixels(picture("PNG"), b"tEXt", b"Comment\0geheim")
    found["PNG, trailing"] = picture("PNG") + b"geheim"
    found["WEBP, trailing"] = picture("WEBP") + b"geheim"
    found["HEIF, trailing"] = picture("HEIF") + b"\0\0\0\x0euuidgeheim"
    found["AVIF, trailing"] = picture("AVIF") + b"geheim"
    hidden = {name: data for name, (_, data) in HIDDEN.items()}
    # As Adobe writes it: behind the packet, a trailer leads any reader of blocks to the end.
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    hidden["XMP of a GIF"] = picture("GIF")[:-1] + b"\x21\xff\x0bXMP DataXMP" + XMP + trailer + b";"
    return found | hidden


TRACED = traced()


def pixels(data: bytes) -> tuple[bytes, tuple[int, int]]:
    with opened(data) as found:
        return found.convert("RGB").tobytes(), upright_size(found)


@pytest.mark.parametrize("where", TRACED)
def test_traces_go_and_pixels_stay(where: str):
    data = TRACED[where]
    cleaned = strip(data)
    assert pixels(cleaned) == pixels(data)
    assert not [secret for secret in SECRETS if secret in cleaned]
    assert strip(cleaned) == cleaned


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_which_way_is_up_stays(form: str, orientation: int):
    data = picture(form, orientation)
    cleaned = strip(data)
    with opened(data) as before, opened(cleaned) as after:
        assert upright_size(after) == upright_size(before)
        if form not in ("AVIF", "HEIF"):
            assert (
                after.getexif()[0x0112] == orientation if orientation != 1 else not after.getexif()
            )


def test_a_moving_gif_goes_on_moving():
    frames = [Image.new("RGB", (8, 8), name) for name in ("red", "blue", "green")]
    data = io.BytesIO()
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:], loop=0, comment=b"geheim")
    cleaned = strip(data.getvalue())
    with Image.open(io.BytesIO(cleaned)) as found:
        assert (found.n_frames, found.info["loop"]) == (3, 0)
    assert b"geheim" not in cleaned


def test_colours_stay():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for form in ("JPEG", "PNG", "WEBP"):
        with Image.open(io.BytesIO(strip(picture(form, icc_profile=profile)))) as found:
            assert found.info["icc_profile"] == profile


@pytest.mark.parametrize("form", FORMATS)
def test_a_damaged_file_is_left_alone_and_told(form: str):
    data = picture(form)
    for end in range(12, len(data) - 1, 7):
        try:
            strip(data[:end])
        except NotStrippedError:
            continue


def test_another_file_stays_as_it_is():
    assert strip(b"%PDF-1.7 geheim") == b"%PDF-1.7 geheim"


def test_the_command_names_what_it_changed(tmp_path: Path, run: Run):
    media = tmp_path / "content" / "media" / "hof"
    media.mkdir(parents=True)
    for name, data in (
        ("a.jpg", picture("JPEG")),
        ("b.png", strip(picture("PNG"))),
        ("c.pdf", b"x"),
    ):
        (media / name).write_bytes(data)
    code, said, _ = run("clean", root=tmp_path)
    assert (code, said.split()) == (0, [str(media / "a.jpg")])
    assert run("clean", str(media), root=tmp_path)[1] == ""
    (media / "d.jpg").write_bytes(picture("JPEG")[:30])
    code, _, told = run("clean", str(media / "d.jpg"), "--lang", "de")
    assert code == 1
    assert "d.jpg bleibt, wie sie ist" in told
    assert sorted(path.name for path in media.iterdir()) == ["a.jpg", "b.png", "c.pdf", "d.jpg"]


ALLOWED = {
    *("SourceFile", "FileName", "Directory", "FileSize", "FileModifyDate", "FileAccessDate"),
    *("FileInodeChangeDate", "FilePermissions", "FileType", "FileTypeExtension", "MIMEType"),
    *("ExifToolVersion", "ImageWidth", "ImageHeight", "ImageSize", "Megapixels", "BitDepth"),
    *("ColorType", "Compression", "Filter", "Interlace", "EncodingProcess", "BitsPerSample"),
    *("ColorComponents", "YCbCrSubSampling", "JFIFVersion", "ResolutionUnit", "XResolution"),
    *("YResolution", "VP8Version", "HorizontalScale", "VerticalScale", "WebP_Flags", "AlphaIsUsed"),
    *("ColorSpace",),
}
"""What may be said of a published picture: its size, its format, its colours."""


def exiftool() -> str:
    found = shutil.which("exiftool")
    if not found:
        if in_ci():
            pytest.fail("CI has to have exiftool")
        pytest.skip("no exiftool is installed")
    return found


def told_by_exiftool(folder: Path) -> dict[str, set[str]]:
    import json

    asked = [exiftool(), "-j", "-r", "-a", "-u", "-U", str(folder)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return {row["SourceFile"]: set(row) - ALLOWED for row in json.loads(done.stdout)}


def test_an_independent_program_finds_nothing_in_what_is_published(tmp_path: Path):
    from netzsite.media.encode import encode
    from netzsite.media.sizes import Recipe

    exiftool()
    for number, data in enumerate(TRACED.values()):
        with opened(data) as found:
            width, height = upright_size(found)
        asked = [Recipe(width=width, height=height, format=form) for form in ("jpg", "png", "webp")]
        for recipe, made in zip(asked, encode(data, asked), strict=True):
            (tmp_path / f"{number}.{recipe.format}").write_bytes(made)
    told = told_by_exiftool(tmp_path)
    assert len(told) == 3 * len(TRACED)
    assert not {file: tags for file, tags in told.items() if tags}
