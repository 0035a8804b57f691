"""Where long names break on a narrow screen, and who notices."""

from pathlib import Path
from typing import Any

import pytest

from netzsite.rendering.soft_breaks import with_breaks

SHY = '<span class="shy"></span>'
LONG = "Schwangerschaftskonfliktberatungsstelle"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (LONG, "Schwanger|schafts|konflikt|beratungs|stelle"),
        ("Quartiersentwicklungsgesellschaft mbH", "Quartiers|entwicklungs|gesellschaft mbH"),
        ("Haus der Schuldnerberatungsstelle", "Haus der Schuldner|beratungs|stelle"),
        ("Zukunftswerkstatt", "Zukunftswerkstatt"),
        ("Jugendamt, Sozialdienst", "Jugendamt, Sozialdienst"),
        ("Donaudampfschiffkapitäne", "Donaudampfschiffkapitäne"),
        ("<b>Familienbildungsstätte</b>", "&lt;b&gt;Familien|bildungsstätte&lt;/b&gt;"),
        ("FAMILIENBILDUNGSSTÄTTE", "FAMILIEN|BILDUNGSSTÄTTE"),
    ],
)
def test_only_long_words_break_and_only_between_their_parts(name: str, shown: str):
    assert with_breaks(name) == shown.replace("|", SHY)


def test_a_name_breaks_with_a_hyphen_that_nobody_copies_or_finds(
    browser: Any, muster: Path, tmp_path: Path
):
    css = (muster / "static" / "site.css").read_text("utf-8").replace("hyphens: auto", "")
    page = tmp_path / "seite.html"
    page.write_text(
        f'<!doctype html><html lang="de"><meta charset="utf-8"><style>{css}</style>'
        f"<main><h1>{with_breaks(LONG)}</h1><p>Text</p></main></html>",
        "utf-8",
    )
    context = browser.new_context(viewport={"width": 320, "height": 600})
    shown = context.new_page()
    shown.goto(page.as_uri())
    heading = shown.locator("h1")
    lines = shown.evaluate(
        "() => { const tops = new Set(); const walk = document.createTreeWalker("
        "document.querySelector('h1'), NodeFilter.SHOW_TEXT); while (walk.nextNode()) {"
        "const range = document.createRange(); range.selectNode(walk.currentNode);"
        "for (const box of range.getClientRects()) tops.add(Math.round(box.top)); } return tops.size; }"
    )
    assert lines in (2, 3)  # by the font of the machine
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320
    assert heading.inner_text() == LONG
    assert shown.evaluate("getSelection().selectAllChildren(document.querySelector('h1')) || String(getSelection())") == LONG  # fmt: skip
    assert shown.evaluate(f"getSelection().removeAllRanges() || window.find('{LONG}')")
    assert shown.get_by_role("heading", name=LONG, exact=True).is_visible()
    context.close()
