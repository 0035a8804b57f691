"""What a page asks of a picture ↔ the address that says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netzsite.media.sizes import (
    CENTRE,
    Image,
    Recipe,
    address_of,
    bases,
    height_of,
    main_address,
    recipe_of,
    widths,
)


def image(width: int = 4000, height: int = 3000, **more: object) -> Image:
    asked = {"formats": ("webp", "jpg")} | more
    return Image(
        original="media/fest.jpg", base="/media/fest", address="/media/fest.jpg",
        width=width, height=height, **asked,
    )  # fmt: skip


def known(*images: Image) -> dict[str, Image]:
    return {key: one for one in images for key in (one.base, one.address)}


@pytest.mark.parametrize(
    ("size", "asked", "crop", "offered"),
    [
        ((4000, 3000), (400, 640), None, [400, 640]),
        ((600, 300), (400, 640, 960), None, [400, 600]),
        ((420, 300), (400, 640), None, [400]),
        ((300, 200), (400, 640), None, [300]),
        ((640, 480), (400, 640), None, [400, 640]),
        ((4000, 3000), (1200,), (1200, 630), [1200]),
        ((1600, 400), (400, 1200), (1, 1), [400]),
        ((900, 600), (1200,), (1200, 630), [900]),
    ],
)
def test_a_picture_is_never_enlarged(
    size: tuple[int, int], asked: tuple[int, ...], crop: tuple[int, int] | None, offered: list[int]
):
    assert widths(image(*size), asked, crop) == offered


@given(
    size=st.tuples(st.integers(1, 6000), st.integers(1, 6000)),
    asked=st.lists(st.integers(1, 3000), min_size=1, max_size=5),
    crop=st.none() | st.tuples(st.integers(1, 20), st.integers(1, 20)),
    focus=st.none() | st.tuples(st.integers(0, 100), st.integers(0, 100)),
)
def test_every_address_says_what_was_asked(size, asked, crop, focus):
    one = image(*size)
    for width in widths(one, asked, crop):
        height = height_of(one, width, crop)
        for format_ in one.formats:
            address = address_of(one, width, format_, crop, focus if crop else None)
            cut = (focus or CENTRE) if crop else None
            recipe = Recipe(width=width, height=height, format=format_, cut=cut)
            found = recipe_of(address, known(one))
            if crop and height > size[1]:
                assert found is None  # a shape so long that a pixel more or less matters
            else:
                assert found == (one, recipe)


@pytest.mark.parametrize(
    "address",
    [
        "/media/fest-4001w.jpg", "/media/fest-0w.jpg", "/media/fest-640w.png", "/media/fest-640.jpg",
        "/media/fest-640w.gif", "/media/andere-640w.jpg", "/media/fest.png", "/media/fest",
        "/media/fest-300x200-101-0.jpg", "/media/fest-300x3001.jpg", "/media/fest-640w.jpg/x",
    ],
)  # fmt: skip
def test_what_no_size_is_called_is_none(address: str):
    assert recipe_of(address, known(image())) is None


def test_the_largest_version_keeps_the_name_of_the_picture():
    one = image()
    found = recipe_of("/media/fest.jpg", known(one))
    assert found == (one, Recipe(width=1920, height=1440, format="jpg"))
    assert image(300, 200).largest == (300, 200)
    assert image(10, 4000).largest == (5, 1920)
    drawing = image(formats=())
    assert recipe_of("/media/fest.jpg", known(drawing)) is None


@pytest.mark.parametrize(
    ("path", "format_", "address"),
    [
        ("media/fest.jpg", "jpg", "/media/fest.jpg"),
        ("media/FEST.JPEG", "jpg", "/media/FEST.JPEG"),
        ("media/fest.heic", "jpg", "/media/fest.jpg"),
        ("media/fest.png", "jpg", "/media/fest.jpg"),
        ("media/fest.gif", "png", "/media/fest.png"),
        ("media/fest-640w.jpg", "jpg", "/media/fest-640w-jpg.jpg"),
    ],
)
def test_each_picture_has_one_largest_version(path: str, format_: str, address: str):
    assert main_address(path, bases([path])[path], format_) == address


def test_pictures_that_differ_in_their_ending_alone_share_no_address():
    paths = [
        "media/fest.jpg",
        "media/fest.png",
        "media/Fest.HEIC",
        "media/fest-640w.jpg",
        "media/x.jpg",
    ]
    found = bases(paths)
    assert found["media/x.jpg"] == "/media/x"
    assert found["media/fest.png"] == "/media/fest-png"
    assert len({base.casefold() for base in found.values()}) == len(paths)
    mains = {main_address(path, found[path], "jpg").casefold() for path in paths}
    assert len(mains) == len(paths)
