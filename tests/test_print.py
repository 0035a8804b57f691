"""On paper: an actor and an offer on one page of A4, the whole directory with numbered pages, large type."""

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

MOST = 5
"""How many pages of a kind are printed: the longest, which would be the first to need more paper."""
MENU = ("Zum Inhalt", "Startseite", "Neues als Feed", "In der Karte öffnen", "Ins Adressbuch")
POINT = 96 / 72
"""CSS pixels in a point (CSS Values 4, 6.2)."""


@pytest.fixture(scope="module")
def printer(browser: Any) -> Iterator[Any]:
    page = browser.new_context().new_page()
    yield page
    page.context.close()


def sheets(printer: Any, path: Path, change: str = "") -> list[str]:
    """Print a page on A4; gives the text of each sheet."""
    from pypdf import PdfReader

    printer.goto(path.as_uri())
    if change:
        printer.evaluate(change)
    found = PdfReader(io.BytesIO(printer.pdf(format="A4"))).pages
    assert all(abs(sheet.mediabox.height - 842) < 2 for sheet in found)  # in points: A4
    # NFKC: fonts write ligatures, as in „geöffnet“, with a letter of their own.
    return [unicodedata.normalize("NFKC", sheet.extract_text()) for sheet in found]


def size(printer: Any, selector: str) -> float:
    """Say how large the type is on paper, in points."""
    printer.emulate_media(media="print")
    value = printer.eval_on_selector(selector, "one => getComputedStyle(one).fontSize")
    printer.emulate_media(media="null")
    return float(value.removesuffix("px")) / POINT


@pytest.mark.parametrize("kind", ["akteure", "angebote"])
@pytest.mark.parametrize("site", ["muster", "real"])
def test_an_actor_and_an_offer_take_one_page(
    request: pytest.FixtureRequest, printer: Any, site: str, kind: str
):
    folder = request.getfixturevalue(site)
    pages = [
        path
        for path in (folder / kind).glob("*/index.html")
        if path.parent.name != "druck" and 'http-equiv="refresh"' not in path.read_text("utf-8")
    ]
    assert pages or (site, kind) == ("real", "angebote")
    for path in sorted(pages, key=lambda path: path.stat().st_size, reverse=True)[:MOST]:
        (text,) = sheets(printer, path)
        assert "1 / 1" in text
        assert not [word for word in MENU if word in text]
        address = path.parent.relative_to(folder).as_posix()
        assert re.search(rf"https://\S+/{address}/", text.replace("\n", "")), path
        assert size(printer, "main") >= 11


def test_what_paper_needs_is_written_out(printer: Any, portable: Path):
    (text,) = sheets(printer, portable / "angebote" / "deutschkurs" / "index.html")
    for said in (
        "Füllen Sie das Formular auf der Webseite aus.",
        "Mo und Do 18–19:30 Uhr, in den",
        "Gartenweg 5",
        "030 23125 112",
        "deutsch@sozialwerk.example.org",
        "sozialwerk.example.org/deutsch",
        "20 Euro für 20 Abende",
    ):
        assert said in text


def test_the_address_of_a_link_in_a_text_stands_behind_it(printer: Any, portable: Path):
    change = (
        "document.querySelector('.prose').insertAdjacentHTML('beforeend',"
        " '<p><a href=\"https://hilfe.example.org/a\">Hilfe</a></p>')"
    )
    path = portable / "angebote" / "deutschkurs" / "index.html"
    (text,) = sheets(printer, path, change)
    assert "Hilfe (https://hilfe.example.org/a)" in text


def test_the_directory_has_everybody_and_counts_its_pages(printer: Any, portable: Path):
    printer.goto((portable / "akteure" / "index.html").as_uri())
    names = printer.eval_on_selector_all(".card h3", "all => all.map(one => one.textContent)")
    printer.get_by_text("Verzeichnis zum Ausdrucken").click()
    printer.wait_for_url("**/akteure/druck/index.html")
    found = sheets(printer, portable / "akteure" / "druck" / "index.html")
    assert len(found) > 5
    for number, text in enumerate(found, 1):
        assert f"{number} / {len(found)}" in text
    whole = " ".join(" ".join(found).split())
    assert len(names) == 12
    assert not [name for name in names if name not in whole]
    printer.goto((portable / "angebote" / "index.html").as_uri())
    offers = printer.eval_on_selector_all(
        "[data-offer] h2, [data-offer] h3", "all => all.map(one => one.textContent)"
    )
    assert len(offers) == 25
    lost = [name for name in offers if name.split(" – ")[0] not in whole]
    assert lost == []
    assert "Gartenweg 5, 01234 Musterstadt" in whole
    assert "030 23125 110 · 0171 39200 10 · familienzentrum@sozialwerk.example.org" in whole
    assert not [word for word in MENU if word in whole]


def test_the_directory_is_set_in_large_type_and_left_out_by_search_engines(
    printer: Any, muster: Path
):
    path = muster / "akteure" / "druck" / "index.html"
    printer.goto(path.as_uri())
    assert size(printer, "section.entry .facts dd") >= 13
    assert '<meta name="robots" content="noindex">' in path.read_text("utf-8")
    assert "druck" not in (muster / "sitemap.xml").read_text("utf-8")


def test_what_is_folded_on_the_screen_is_open_on_paper(printer: Any, portable: Path):
    text = " ".join(sheets(printer, portable / "woche" / "index.html"))
    assert "Leitung, Team Familienzentrum" in text
