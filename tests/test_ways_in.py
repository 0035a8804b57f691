"""Ways in, walked as a reader would in a real browser: by tap and by key, on any phone, without scripts too.

Each walk begins on the home page, takes at most three steps and uses no search.
"""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
MOST = 3


@pytest.fixture(scope="module", params=[True, False], ids=["scripts", "no-scripts"])
def phone(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """A small phone, with and without JavaScript."""
    context = browser.new_context(**PHONE, java_script_enabled=request.param)
    context.set_default_timeout(8_000)
    yield context.new_page()
    context.close()


def walk(page: Any, home: Path, *steps: str) -> str:
    """Tap one link after another; gives what the last page says."""
    assert len(steps) <= MOST
    page.goto((home / "index.html").as_uri())
    for step in steps:
        page.locator(
            f"a:visible:text-is('{step}'), .menu summary:visible:has-text('{step}')"
        ).first.tap()
        page.wait_for_load_state()
    return " ".join(page.inner_text("main").split())


def test_a_mother_finds_advice_on_debts_in_turkish_on_a_tuesday_afternoon(
    phone: Any, portable: Path
):
    said = walk(phone, portable, "Ich habe Schulden", "Schuldnerberatung auf Türkisch")
    assert "Di 14–16 Uhr" in said
    assert "Türkisch" in said
    assert "Bürgerhaus" in said
    assert "Kommen Sie am Dienstagnachmittag vorbei oder rufen Sie an." in said
    assert phone.locator("a[href='tel:03023125121']").is_visible()


def test_an_offer_without_registration_is_found_for_a_14_year_old(phone: Any, portable: Path):
    said = walk(phone, portable, "Ich bin zwischen 12 und 21")
    card = said[said.index("Offener Treff") :]
    assert card.index("ohne Anmeldung") < card.index("14 bis 21 Jahre") < 250


def test_the_next_monthly_meeting_is_found(phone: Any, portable: Path):
    said = walk(phone, portable, "Menü", "Termine", "Netzwerktreffen")
    assert "Mittwoch, 9. Dezember 2026, 14 Uhr bis 15:30 Uhr" in said
    assert said.index("9. Dezember") < said.index("13. Januar")


def test_the_week_leads_to_what_is_on(phone: Any, portable: Path):
    said = walk(phone, portable, "Menü", "Diese Woche", "Elternfrühstück")
    assert "1. Dezember 2026" in said


def test_everything_is_in_the_register_without_a_search(phone: Any, portable: Path):
    said = walk(phone, portable, "Menü", "Suche", "Kleiderkammer")
    assert "Pfarrei St. Anna" in said


# The week.


def at(browser: Any, folder: Path, path: str, moment: str = "", **how: Any) -> Any:
    page = browser.new_context(**how).new_page()
    if moment:
        page.clock.set_fixed_time(moment)
    page.goto((folder / path).as_uri())
    return page


def test_today_is_marked_by_the_readers_own_clock(browser: Any, portable: Path):
    page = at(
        browser,
        portable,
        "woche/index.html",
        "2026-11-20T23:30:00+01:00",
        timezone_id="Europe/Berlin",
    )
    assert (
        page.evaluate("[...document.querySelectorAll('.today')].map(d => d.dataset.day)")
        == ["2026-11-20"] * 2
    )
    assert page.locator(".now:visible").count() == 1
    assert page.inner_text("[aria-current=date]").split() == ["Fr.", "20"]
    page.context.close()


def test_on_a_day_that_is_not_shown_nothing_is_marked(browser: Any, portable: Path):
    page = at(browser, portable, "woche/index.html", "2027-05-01T12:00:00+02:00")
    assert page.locator(".today").count() == page.locator(".now:visible").count() == 0
    page.context.close()


def test_a_day_is_reached_by_key_from_the_strip(browser: Any, portable: Path):
    page = at(browser, portable, "woche/index.html")
    page.focus(".strip li:nth-child(4) a")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').dataset.day") == "2026-11-19"
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 100
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#n_2026-11-19')")
    page.context.close()


# The search.


def test_the_search_is_used_by_keys_and_followed_by_a_screen_reader(browser: Any, portable: Path):
    page = at(browser, portable, "suche/index.html")
    assert page.evaluate("document.activeElement.id") == "n_q"
    page.keyboard.type("schulden")
    page.locator("[role=status]", has_text="Treffer").wait_for(state="attached")
    assert page.evaluate("location.hash") == "#q=schulden"
    assert not page.is_visible(".register")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "n_said"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Schulden und Insolvenz"
    page.keyboard.press("Enter")
    page.wait_for_url("**/themen/schulden/index.html")
    page.go_back()
    assert page.input_value("#n_q") == "schulden"
    assert page.inner_text(".found li:first-child .kicker") == "Thema"
    page.context.close()


def test_words_that_never_stand_together_are_offered_one_by_one(browser: Any, portable: Path):
    page = at(browser, portable, "suche/index.html")
    page.fill("#n_q", "kita sucht <b>")
    assert page.is_visible(".register")
    assert page.locator(".found b").count() == 0
    page.locator(".fewer button").first.click()
    assert page.input_value("#n_q") == "kita"
    assert page.locator(".found li").count() > 2
    page.fill("#n_q", "")
    assert not page.is_visible(".found")
    page.context.close()


# What a page costs.


@pytest.mark.parametrize("site", ["muster", "real"])
@pytest.mark.parametrize("kind", ["index.html", "akteure/*/index.html", "angebote/*/index.html"])
def test_a_page_takes_three_requests_and_thirty_kilobytes(
    request: pytest.FixtureRequest, site: str, kind: str
):
    folder = request.getfixturevalue(site)
    for path in folder.glob(kind):
        html = path.read_text(encoding="utf-8")
        loaded = re.findall(r'<link rel="stylesheet" href="([^"]*)"|<script src="([^"]*)"', html)
        files = [path.parent / next(filter(None, hit)) for hit in loaded]
        assert len(files) <= 2, path
        size = sum(len(gzip.compress(file.read_bytes())) for file in (path, *files))
        assert size <= 30_000, (path, size)


def test_nothing_moves_while_a_page_loads(browser: Any, portable: Path):
    page = browser.new_context(**PHONE).new_page()
    for path in (
        "index.html",
        "akteure/familienzentrum/index.html",
        "angebote/deutschkurs/index.html",
        "angebote/index.html",
        "woche/index.html",
        "suche/index.html",
    ):
        page.goto((portable / path).as_uri())
        moved = page.evaluate(
            """() => new Promise(done => {
              let sum = 0;
              new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value; }))
                .observe({type: "layout-shift", buffered: true});
              setTimeout(() => done(sum), 150);
            })"""
        )
        assert moved < 0.01, (path, moved)
    page.context.close()
