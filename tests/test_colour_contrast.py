"""Colours: luminance and contrast as WCAG 2.2 defines them, and the pairs of a stylesheet."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite.audit import colour_contrast
from netzsite.audit.collector import Notes
from netzsite.contrast import LEAST, WHITE, contrast, luminance, nearest, serves
from netzsite.rendering.environment import environment
from netzsite.rendering.templates import load
from tests.conftest import ROOT

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def found(style: str) -> list[str]:
    notes = Notes("/static/site.css", "https://a.example")
    colour_contrast.see(notes, style)
    return [one.what for one in notes.findings]


# Worked out by hand from the definitions in the glossary of WCAG 2.2.
@pytest.mark.parametrize(
    ("colour", "value"),
    [
        ("#000000", 0.0),
        ("#ffffff", 1.0),
        ("#ff0000", 0.2126),
        ("#00ff00", 0.7152),
        ("#0000ff", 0.0722),
        ("#808080", 0.215861),
        ("#0a0a0a", 10 / 255 / 12.92),
        ("#0b0b0b", ((11 / 255 + 0.055) / 1.055) ** 2.4),
    ],
)
def test_luminance_is_that_of_the_definition(colour: str, value: float):
    assert luminance(colour) == pytest.approx(value, abs=1e-6)


# The first three pairs are known from the understanding documents: 4.54, 4.48, 21.
@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#000000", "#ffffff", 21.0),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_is_that_of_the_definition(one: str, other: str, ratio: float):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@given(COLOURS, COLOURS)
def test_contrast_has_no_order_and_stays_in_its_bounds(one: str, other: str):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@pytest.mark.parametrize(
    ("style", "pairs"),
    [
        (":root { --ink: #777; --paper: #fff }", ["#777777 / #ffffff (ink / paper, 4.5:1)"]),
        (":root { --ink: #767676; --paper: #fff }", []),
        (":root { --ink: #000; --paper: #fff } :root { --ink: #EEE }", ["#eeeeee / #ffffff (ink / paper, 1.2:1)"]),
        (".a { color: #777; background: #fff }", ["#777777 / #ffffff (#777 / #fff, 4.5:1)"]),
        (".a { color: white; background-color: var(--band) } :root { --band: #eee }", ["#ffffff / #eeeeee (#fff / band, 1.2:1)", "#ffffff / #eeeeee (white / band, 1.2:1)"]),
        (".a { color: inherit; background: none } .b { color: #777 } .c { background: #fff }", []),
        ("@media print { .a { color: #eee; background: #fff } }", []),
        ("@media (min-width: 1em) { .a { color: #eee; background: #fff } }", ["#eeeeee / #ffffff (#eee / #fff, 1.2:1)"]),
        ("", []),
        (":root { --ink: ", []),
    ],
)  # fmt: skip
def test_pairs_that_are_too_faint_are_found(style: str, pairs: list[str]):
    assert found(style) == pairs


def test_each_theme_is_judged_by_its_own_palette():
    style = (
        ":root { --ink: #000; --paper: #fff }"
        "@media screen and (prefers-color-scheme: dark) { :root { --paper: #111 } }"
    )
    assert found(style) == ["#000000 / #111111 (ink / paper, 1.1:1)"]


@given(COLOURS)
@settings(max_examples=60)
def test_any_accent_that_serves_gives_a_sheet_that_can_be_read(accent: str):
    templates, _ = load(ROOT)
    sheet = environment(templates).get_template("site.css")
    assert found(sheet.render(accent=nearest(accent), initial="M")) == []


@given(COLOURS)
def test_the_nearest_accent_serves_and_no_lighter_shade_of_it_does(accent: str):
    near = nearest(accent)
    assert serves(near)
    assert nearest(near) == near
    assert near == accent or contrast(near, WHITE) < LEAST + 0.4
    assert serves(accent) is (near == accent)
