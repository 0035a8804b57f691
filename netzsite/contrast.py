"""Colours ``#rrggbb`` → how well they can be told apart, and whether one serves as a site's own.

The theme sets white text on a site's colour and writes links with it. 6:1 on white leaves the 4.5:1
of WCAG 2.2, 1.4.3 on every tinted ground that the theme makes of it, in both themes.
"""

from typing import Final

LEAST: Final = 6.0
"""The least contrast of a site's colour with white, as a ratio to 1."""
WHITE: Final = "#ffffff"
_DARK_THEME: Final = 0.2
"""How much black the dark theme mixes in; `templates/site.css` does the same."""
_STEPS: Final = 256


def luminance(colour: str) -> float:
    """Give the relative luminance of ``#rrggbb``, from 0 to 1 (WCAG 2.2, glossary)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in (value / 255 for value in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours ``#rrggbb``, from 1 to 21 (WCAG 2.2, glossary)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def serves(accent: str) -> bool:
    """Tell whether a colour is dark enough to be a site's own."""
    return contrast(accent, WHITE) >= LEAST


def in_dark_theme(accent: str) -> str:
    """Give the ground that the dark theme makes of a site's colour."""
    return _darker(accent, _DARK_THEME)


def nearest(accent: str) -> str:
    """Give the lightest shade of a colour that serves; its hue stays."""
    shades = (_darker(accent, step / _STEPS) for step in range(_STEPS + 1))
    return next(shade for shade in shades if serves(shade))


def _darker(colour: str, part: float) -> str:
    """Mix a part of black into a colour."""
    return "#" + "".join(f"{int(value * (1 - part)):02x}" for value in _parts(colour))


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
