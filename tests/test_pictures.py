"""Pictures in a site: what is named is made, kept builds equal clean ones, and no original goes out."""

import io
import os
import re
from pathlib import Path

import pytest
from PIL import Image

from netzsite.media import encode as encoding
from netzsite.pipeline import pictures
from netzsite.pipeline.build import build
from tests.conftest import options, tree
from tests.test_strip import SECRETS, picture, told_by_exiftool

SITE = "title: Netz\nlanguage: de\nbase_url: https://netz.example.org\ntimezone: Europe/Berlin\n"
PAGE = "---\ntitle: Fest\n---\n\n![Das Fest](media/fest.jpg)\n\n[Groß](media/fest.jpg)\n"


def photo(colour: str = "teal", size: tuple[int, int] = (700, 500)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, "JPEG", comment=b"geheim")
    return data.getvalue()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    for name, content in (
        ("site.yaml", SITE),
        ("pages/fest.md", PAGE),
        ("media/fest.jpg", photo()),
        ("media/unused.png", picture("PNG")),
    ):
        file = root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def media(root: Path) -> dict[str, bytes]:
    return tree(root / "output" / "media")


def kept(root: Path) -> dict[str, bytes]:
    """Build with what is kept; what comes of it has to equal a clean build."""
    report = build(options(root, memo=True))
    assert report.published, report.problems
    clean = root.parent / "clean"
    assert build(options(root, output=clean)).published
    assert tree(root / "output") == tree(clean)
    return media(root)


def test_what_pages_name_is_made_and_nothing_else(site: Path):
    assert set(kept(site)) == {
        "fest.jpg", "fest-400w.jpg", "fest-400w.webp", "fest-640w.jpg", "fest-640w.webp",
    }  # fmt: skip
    for name, data in media(site).items():
        found = Image.open(io.BytesIO(data))
        width = re.search(r"-(\d+)w", name)
        assert found.width == (int(width[1]) if width else 700)
        assert not [secret for secret in SECRETS if secret in data]


def test_every_edit_of_a_picture_gives_what_a_clean_build_gives(site: Path):
    file = site / "content" / "media" / "fest.jpg"
    before = kept(site)
    times = file.stat()
    file.write_bytes(photo("crimson"))  # as large as before
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert file.stat().st_size == times.st_size
    after = kept(site)
    assert before.keys() == after.keys()
    assert not before.items() & after.items()
    (site / "output" / "media" / "fest-640w.webp").unlink()
    (site / "output" / "media" / "fest-400w.jpg").write_bytes(b"von Hand")
    assert kept(site) == after
    file.write_bytes(photo(size=(500, 700)))
    assert "fest-500w.webp" in kept(site)
    page = site / "content" / "pages" / "fest.md"
    page.write_text(PAGE.replace("fest.jpg", "unused.png", 1), "utf-8")
    # 20 by 40 pixels as it is turned; linked still is the photo.
    assert set(kept(site)) == {"fest.jpg", "unused-20w.png", "unused-20w.webp"}


def test_a_build_without_changes_touches_no_picture(site: Path, monkeypatch: pytest.MonkeyPatch):
    kept(site)
    (site / "content" / "pages" / "neu.md").write_text("---\ntitle: Neu\n---\n", "utf-8")

    def none(*_asked: object) -> list[bytes]:
        raise AssertionError("a picture is encoded again")

    monkeypatch.setattr(pictures, "encode_sizes", none)
    assert build(options(site, memo=True)).published


def test_who_only_checks_encodes_nothing(site: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pictures, "encode_sizes", encoding.encode)
    asked: list[object] = []
    monkeypatch.setattr(pictures, "encode_sizes", lambda *more: asked.append(more))
    assert build(options(site, publish=False)).good
    assert not asked


def test_a_full_disk_in_the_middle_of_a_picture_leaves_the_site(
    site: Path, monkeypatch: pytest.MonkeyPatch
):
    before = kept(site)
    (site / "content" / "media" / "fest.jpg").write_bytes(photo("crimson"))
    write = pictures.write

    def full(file: str, data: bytes) -> None:
        if file.endswith("640w.webp"):
            write(file, data[: len(data) // 2])
            raise OSError(28, "No space left on device", file)
        write(file, data)

    with monkeypatch.context() as patch:
        patch.setattr(pictures, "write", full)
        report = build(options(site, memo=True))
    assert "cannot-write" in [problem.code for problem in report.problems]
    assert not report.published
    assert media(site) == before
    assert not list(site.glob(".output*stage"))
    assert not kept(site).items() & before.items()


def test_a_picture_that_changes_while_the_site_is_built_is_told(
    site: Path, monkeypatch: pytest.MonkeyPatch
):
    make = pictures.make

    def late(*asked: object) -> object:
        (site / "content" / "media" / "fest.jpg").write_bytes(photo("crimson"))
        return make(*asked)

    monkeypatch.setattr(pictures, "make", late)
    report = build(options(site))
    assert "vanished-file" in [problem.code for problem in report.problems]
    assert not report.published


def test_several_processes_make_what_one_makes(site: Path):
    names = [f"bild-{number}" for number in range(pictures.FEW_PICTURES + 1)]
    for name in names:
        (site / "content" / "media" / f"{name}.jpg").write_bytes(photo(size=(420, 300)))
    text = "\n\n".join(f"![{name}](media/{name}.jpg)" for name in names)
    (site / "content" / "pages" / "fest.md").write_text(
        f"---\ntitle: Fest\n---\n\n{text}\n", "utf-8"
    )
    assert build(options(site, jobs=2)).published
    found = tree(site / "output")
    assert build(options(site, jobs=1, output=site.parent / "one")).published
    assert found == tree(site.parent / "one")
    assert build(options(site, memo=True, verify=True)).published


def test_exiftool_finds_nothing_in_the_site(muster: Path):
    told = told_by_exiftool(muster / "media")
    pictures_told = {
        file: tags for file, tags in told.items() if not file.endswith((".pdf", ".svg"))
    }
    assert pictures_told
    assert not {file: tags for file, tags in pictures_told.items() if tags}
