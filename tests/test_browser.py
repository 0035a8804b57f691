"""Pages in a real browser: nothing but the own origin, nothing stored, no sideways scrolling."""

from pathlib import Path
from typing import Any

import pytest

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


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_on_a_small_phone_stays_alone_and_fits(browser: Any, portable: Path, kind: str):
    page = browser.new_page(viewport={"width": 320, "height": 640})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((portable / kind).as_uri())
    assert all(url.startswith(portable.as_uri()) for url in asked) or kind == "404.html"
    assert not [url for url in asked if url.startswith("http")]
    assert said == [] or kind == "404.html"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320, f"{kind} is {width} px wide"
    stored = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length].join()")
    assert stored == ",0,0"
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_kind_of_page(
    browser: Any, portable: Path, scheme: str, width: int
):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    found = {}
    for kind in KINDS:
        page.goto((portable / kind).as_uri())
        result = Axe().run(page)
        if result.violations_count:
            found[kind] = [
                (item["id"], [node["target"] for node in item["nodes"]][:3])
                for item in result.response["violations"]
            ]
    context.close()
    assert found == {}


def test_the_skip_link_leads_to_the_content(browser: Any, portable: Path):
    page = browser.new_page()
    page.goto((portable / "akteure/index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#n_main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "n_main"
    page.close()
