"""Pages in a real browser: nothing but the own origin, nothing stored, no sideways scrolling."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.axe import screens, violations

pytestmark = pytest.mark.browser

KINDS = (
    "index.html",
    "akteure/index.html",
    "akteure/druck/index.html",
    "akteure/familienzentrum/index.html",
    "akteure/kita-sozialarbeit-st-anna/index.html",
    "traeger/index.html",
    "traeger/sozialwerk/index.html",
    "angebote/index.html",
    "angebote/schuldnerberatung-tuerkisch/index.html",
    "angebote/deutschkurs/index.html",
    "themen/index.html",
    "themen/schulden/index.html",
    "zielgruppen/index.html",
    "orte/index.html",
    "orte/buergerhaus/index.html",
    "netzwerk/index.html",
    "aktuelles/index.html",
    "aktuelles/seite/2/index.html",
    "aktuelles/jahr-in-zahlen/index.html",
    "aktuelles/stadtteilfest/index.html",
    "aktuelles/interkulturelle-woche/index.html",
    "aktuelles/archiv/index.html",
    "schlagworte/index.html",
    "termine/index.html",
    "termine/netzwerktreffen/index.html",
    "termine/vergangen/index.html",
    "woche/index.html",
    "suche/index.html",
    "mitmachen/index.html",
    "impressum/index.html",
    "datenschutz/index.html",
    "barrierefreiheit/index.html",
    "404.html",
)
PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    """A page of a small phone, opened once for all: what one page stores the next one would show."""
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_stays_alone_fits_a_small_phone_and_keeps_nobody_out(
    page: Any, portable: Path, kind: str
):
    asked: list[str] = []
    said: list[str] = []

    def note(request: Any) -> None:
        asked.append(request.url)

    def hear(message: Any) -> None:
        said.append(getattr(message, "text", None) or str(message))

    heard = {"request": note, "console": hear, "pageerror": hear}
    for event, listener in heard.items():
        page.on(event, listener)
    page.set_viewport_size(PHONE)
    page.goto((portable / kind).as_uri())
    assert all(url.startswith(portable.as_uri()) for url in asked) or kind == "404.html"
    assert asked
    assert not [url for url in asked if url.startswith("http")]
    assert said == [] or kind == "404.html"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320, f"{kind} is {width} px wide"
    stored = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length].join()")
    assert stored == ",0,0"
    for event, listener in heard.items():
        page.remove_listener(event, listener)
    found = {}
    for width, scheme in screens(kind):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found[width, scheme] = violations(page)
    assert not any(found.values()), found


def test_the_skip_link_leads_to_the_content(page: Any, portable: Path):
    page.goto((portable / "akteure/index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#n_main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "n_main"


def test_what_keeps_somebody_out_is_told(page: Any):
    page.goto("about:blank")
    page.set_content("<img src=data:,>")
    assert {"image-alt", "html-has-lang"} <= {rule for rule, _ in violations(page)}
