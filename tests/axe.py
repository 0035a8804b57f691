"""axe-core on an open page: what keeps somebody out of it, as far as a program can tell."""

from itertools import product
from typing import Any, Final

from tests import sampling

SCREENS: Final = tuple(product((360, 1280), ("light", "dark")))
"""Widths in CSS pixels, and colour schemes."""
Violations = list[tuple[str, list[Any]]]
"""Rules that a page breaks, each with the first places where it does."""


def violations(page: Any) -> Violations:
    """Look at a page as it is now; the library is put into a document only once."""
    from axe_playwright_python.base import AXE_SCRIPT
    from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS

    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("asked => axe.run(asked).then(told => told.violations)", DEFAULT_OPTIONS)
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def screens(name: str) -> tuple[tuple[int, str], ...]:
    """Draw two screens for something, which have each width and each scheme between them."""
    one, two, three, four = SCREENS
    pair = sampling.chance(name).choice(((one, four), (two, three)))
    return SCREENS if sampling.whole() else pair
