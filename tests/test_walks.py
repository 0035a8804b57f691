"""Menu, finder, search and week, walked to the end as readers do: by keys and by touch, with scripts and
without, on a small phone, at 400 % zoom, in the dark, from right to left, below a path and from disk.

Keys and touch, scripts, and screens are combined in full; where a site comes from takes turns. Whatever
a page asks for, it asks at home.
"""

import shutil
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.hosting import hosted

pytestmark = pytest.mark.browser

SCREENS: dict[str, dict[str, Any]] = {
    "320px": {"viewport": {"width": 320, "height": 640}},
    # A window of 1280 by 1024 pixels at 400 %: 320 CSS pixels, each four by four (WCAG 2.2, 1.4.10).
    "zoom": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
    "dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    "rtl": {"viewport": {"width": 320, "height": 640}},
}
PLACES = ("disk", "below")
WAYS = [
    (by, scripts, screen, PLACES[(one + two + three) % 2])
    for (one, screen), (two, by), (three, scripts) in product(
        enumerate(SCREENS), enumerate(("keys", "touch")), enumerate(("scripts", "plain"))
    )
]
MOST_TABS = 120


@pytest.fixture(scope="module")
def homes(
    muster: Path, portable: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, str], str]]:
    """Say where a site is: on disk, or below a path of a server; as it is, or from right to left."""
    root = tmp_path_factory.mktemp("homes")
    for name, site in (("below", muster), ("disk", portable)):
        (root / name).mkdir()
        (root / name / "ltr").symlink_to(site)
        shutil.copytree(site, root / name / "rtl")
        for page in (root / name / "rtl").rglob("*.html"):
            text = page.read_text("utf-8")
            page.write_text(text.replace('dir="ltr"', 'dir="rtl"', 1), "utf-8")
    with hosted(root / "below") as origin:

        def home(place: str, direction: str) -> str:
            if place == "disk":
                return (root / "disk" / direction).as_uri()
            return f"{origin}/{direction}"

        yield home


class Reader:
    """Somebody with a browser: goes to pages, follows links by keys or by touch, and looks."""

    def __init__(self, page: Any, home: str, *, by: str, scripts: bool, screen: str, disk: bool):
        self.page, self.home, self.by, self.scripts, self.screen = page, home, by, scripts, screen
        self.index = "index.html" if disk else ""
        self.asked: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path: str) -> None:
        self.page.goto(f"{self.home}/{path}{self.index}")
        self.look()

    def look(self) -> None:
        """Nothing is cut off or hidden beside the screen; the screen is what it claims to be."""
        seen = self.page.evaluate(
            """() => ({
              width: document.documentElement.scrollWidth,
              out: [...document.querySelectorAll("a, input, select, button, h1, h2, h3, p, dd")]
                .filter(one => one.offsetParent && !one.closest(".scroll, .unseen, .skip, svg"))
                .filter(one => { const box = one.getBoundingClientRect();
                                 return box.left < -1 || box.right > innerWidth + 1; })
                .map(one => one.outerHTML.slice(0, 80)),
              direction: getComputedStyle(document.body).direction,
              paper: getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number),
              dots: devicePixelRatio,
            })"""
        )
        assert seen["width"] <= 320, self.page.url
        assert seen["out"] == [], self.page.url
        assert seen["direction"] == ("rtl" if self.screen == "rtl" else "ltr")
        assert (max(seen["paper"]) < 64) is (self.screen == "dark")
        assert seen["dots"] == (4 if self.screen == "zoom" else 1)

    def reach(self, wanted: str, scope: str = "") -> None:
        """Go on with Tab until what is wanted (a selector) has the focus, and is to be seen."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            box = self.page.evaluate(
                """([wanted, text]) => {
                  const one = document.activeElement;
                  if (!one.matches(wanted) || (text && one.textContent.trim() !== text)) return null;
                  const box = one.getBoundingClientRect();
                  return [box.top, box.bottom, innerHeight];
                }""",
                [wanted, scope],
            )
            if box:
                top, bottom, height = box
                assert bottom > 0
                assert top < height
                return
        pytest.fail(f"Tab never came to {wanted} {scope}")

    def follow(self, text: str, within: str = "body") -> None:
        """Follow a link by its words."""
        if self.by == "touch":
            link = self.page.locator(f"{within} a:visible:text-is('{text}')").first
            box = link.bounding_box()
            assert box
            assert box["height"] >= 24, text  # WCAG 2.2, 2.5.8
            link.tap()
        else:
            self.reach(f"{within} a", text)
            self.page.keyboard.press("Enter")

    def arrive(self, path: str, heading: str) -> None:
        """Come to a page: its address below the site's, and what it is headed."""
        self.page.wait_for_url(f"{self.home}/{path}{self.index}*")
        assert self.page.inner_text("h1") == heading
        self.look()
        away = [url for url in self.asked if not url.startswith(self.home)]
        assert not [url for url in away if not url.endswith("/favicon.ico")]


@pytest.fixture(scope="module", params=WAYS, ids="-".join)
def reader(
    request: pytest.FixtureRequest, browser: Any, homes: Callable[[str, str], str]
) -> Iterator[Reader]:
    by, scripts, screen, place = request.param
    touch = {"has_touch": True, "is_mobile": screen != "zoom"} if by == "touch" else {}
    context = browser.new_context(
        java_script_enabled=scripts == "scripts",
        reduced_motion="reduce",
        **SCREENS[screen],
        **touch,
    )
    context.set_default_timeout(10_000)
    yield Reader(
        context.new_page(), homes(place, "rtl" if screen == "rtl" else "ltr"),
        by=by, scripts=scripts == "scripts", screen=screen, disk=place == "disk",
    )  # fmt: skip
    context.close()


def unfold(reader: Reader) -> None:
    """Open the menu where the screen folds it."""
    summary = reader.page.locator(".menu summary")
    if not summary.is_visible():
        return
    if reader.by == "touch":
        assert summary.bounding_box()["height"] >= 24  # WCAG 2.2, 2.5.8
        summary.tap()
    else:
        reader.reach(".menu summary", summary.inner_text())
        reader.page.keyboard.press("Enter")


def test_the_menu(reader: Reader):
    reader.open("")
    unfold(reader)
    reader.follow("Wer mitmacht", ".menu")
    reader.arrive("akteure/", "Akteure")
    folded = reader.page.locator(".menu summary").is_visible()
    here = ".menu summary b" if folded else ".menu .wide [aria-current=page]"
    assert reader.page.inner_text(here) == "Wer mitmacht"
    if reader.screen != "zoom":  # 256 pixels high: four lines of text
        height = reader.page.locator("header").bounding_box()["height"]
        assert height <= reader.page.viewport_size["height"] / 3
    unfold(reader)
    reader.follow("Termine", ".menu")
    reader.arrive("termine/", "Termine")


def test_the_finder(reader: Reader):
    reader.open("angebote/")
    if not reader.scripts:
        assert not reader.page.is_visible(".finder")
        reader.follow("Ich habe Schulden", ".by-links")
        reader.page.wait_for_url("**/themen/schulden/*")
    else:
        choose(reader, "topic", "Ich habe Schulden", "schulden")
        choose(reader, "language", "Türkisch", "tr")
        reader.page.get_by_text("1 von 25 Angeboten passt").wait_for()
        assert reader.page.url.endswith("#topic=schulden&language=tr")
        assert reader.page.locator("[data-offer]:visible").count() == 1
    reader.follow("Schuldnerberatung auf Türkisch", "main")
    reader.arrive("angebote/schuldnerberatung-tuerkisch/", "Schuldnerberatung auf Türkisch")


def choose(reader: Reader, question: str, label: str, value: str) -> None:
    if reader.by == "keys":
        reader.reach(f"#n_{question}")
        reader.page.keyboard.type(label)
    else:
        reader.page.tap(f"label[for=n_{question}]")
        assert reader.page.evaluate("document.activeElement.id") == f"n_{question}"
        reader.page.select_option(f"#n_{question}", value)


def test_the_search(reader: Reader):
    reader.open("suche/")
    if not reader.scripts:
        assert not reader.page.is_visible(".seek")
        reader.follow("K", "main nav")
        reader.follow("Kleiderkammer", ".register")
        reader.arrive("angebote/kleiderkammer/", "Kleiderkammer")
        return
    if reader.by == "touch":
        reader.page.tap("#n_q")
    assert reader.page.evaluate("document.activeElement.id") == "n_q"
    reader.page.keyboard.type("reparatur")
    reader.page.locator(".found li").first.wait_for()
    reader.look()
    reader.follow("Reparaturcafé", ".found")
    reader.arrive("angebote/reparaturcafe/", "Reparaturcafé")


def test_the_week(reader: Reader):
    reader.open("woche/")
    day = reader.page.locator(".strip a[href='#n_2026-11-24']")
    if reader.by == "touch":
        day.tap()
    else:
        reader.reach(".strip a[href='#n_2026-11-24']")
        reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/woche/*#n_2026-11-24")
    reader.follow("Schuldnerberatung auf Türkisch", "[data-day='2026-11-24']")
    reader.arrive("angebote/schuldnerberatung-tuerkisch/", "Schuldnerberatung auf Türkisch")
