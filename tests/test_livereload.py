"""The preview in headless Chromium: pages follow their files, mistakes lie over them."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error

from netzsite.catalogue import catalogue
from netzsite.dev import rebuild as module
from netzsite.dev.editor_links import Editor
from netzsite.dev.listen import address_of, bind
from netzsite.dev.open_pages import OpenPages
from netzsite.dev.preview import Preview
from netzsite.dev.rebuild import Rebuild, rounds
from netzsite.dev.watch import Watch
from netzsite.pipeline.build import CACHE, Report
from tests.axe import violations
from tests.conftest import TODAY, options
from tests.running import PATIENCE, POST, add, put, starter

pytestmark = pytest.mark.browser

PAGE = "aktuelles/matten-gesucht/"
OVERLAY = "netzsite-preview"
MARK = "window.marked = true"
"""Set on an open page: gone when the page was loaded again."""


class Desk:
    """A site that is served and watched in this process."""

    def __init__(self, root: Path, port: int = 0) -> None:
        self.root = root
        self._ended = threading.Event()
        self.gate = threading.Event()
        """While it is shut, no build begins."""
        self.gate.set()
        self._built = threading.Semaphore(0)
        words = catalogue("de")
        editor = Editor(root=root, pattern="vscode")
        self.preview = Preview(root / CACHE / "preview", editor, lambda: words)
        taken = bind("127.0.0.1", port)
        self.port = taken.getsockname()[1]
        self.url = address_of(taken)
        self._thread = threading.Thread(target=self._run, args=(taken,))
        self._thread.start()

    def _run(self, taken: Any) -> None:
        asked = options(self.root, output=self.root / CACHE / "preview", drafts=True, memo=True)
        with self.preview.served(taken, "127.0.0.1"), Watch(self.root) as watch:
            try:
                ahead = OpenPages(asked, self.preview.looking, self.preview.show)
                for made in rounds(watch, self._rebuild(ahead), self._today, ahead.rest):
                    self.preview.take(made)
                    self._built.release()
            except KeyboardInterrupt:
                pass

    def _rebuild(self, ahead: OpenPages) -> Rebuild:
        built = ahead._rebuild

        def wait(changed: frozenset[str], today: date) -> Report:
            assert self.gate.wait(PATIENCE)
            return built(changed, today)

        ahead._rebuild = wait
        return ahead.rebuild

    def _today(self) -> date:
        if self._ended.is_set():
            raise KeyboardInterrupt
        return TODAY

    def built(self) -> None:
        """Wait until a round is done."""
        assert self._built.acquire(timeout=PATIENCE)

    def end(self) -> None:
        self._ended.set()
        self._thread.join()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return starter(tmp_path / "klein")


@pytest.fixture
def desk(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(module, "TICK", 0.05)
    made = Desk(root)
    made.built()
    yield made
    made.end()


@pytest.fixture
def page(browser: Any, desk: Desk) -> Iterator[Any]:
    """An open page of a browser of its own, low enough to be scrolled."""
    context = browser.new_context(viewport={"width": 900, "height": 300})
    context.set_default_timeout(PATIENCE * 1000)
    made = context.new_page()
    said: list[str] = []
    made.on("pageerror", lambda error: said.append(str(error)))
    yield made
    context.close()
    assert said == []


def until(page: Any, condition: str) -> None:
    """Wait until a condition holds; the pages' policy lets Playwright's own way not run."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(Error):  # the page is just being loaded again
            if page.evaluate(condition):
                return
        time.sleep(0.02)
    raise AssertionError(condition)


def settled(page: Any) -> None:
    """Wait until the page hears of news."""
    page.evaluate(MARK)
    until(page, "document.readyState === 'complete'")
    time.sleep(0.1)


def reloaded(page: Any) -> bool:
    return page.evaluate("window.marked") is None


def test_an_edited_post_shows_where_one_was_reading(page: Any, desk: Desk, root: Path):
    page.goto(desk.url + PAGE)
    page.evaluate("scrollTo(0, 250)")
    settled(page)
    add(root, POST, "\nEin *neuer* Satz.\n")
    page.locator("main em", has_text="neuer").wait_for()
    assert reloaded(page)
    until(page, "scrollY === 250")


def test_an_open_page_shows_before_the_site_is_built_and_is_loaded_once(
    page: Any, desk: Desk, root: Path
):
    page.goto(desk.url + PAGE)
    settled(page)
    desk.gate.clear()
    before = (root / CACHE / "preview" / PAGE / "index.html").read_bytes()
    add(root, POST, "\nEin *neuer* Satz.\n")
    page.locator("main em", has_text="neuer").wait_for()
    assert (root / CACHE / "preview" / PAGE / "index.html").read_bytes() == before
    settled(page)
    desk.gate.set()
    desk.built()
    assert b"neuer" in (root / CACHE / "preview" / PAGE / "index.html").read_bytes()
    time.sleep(0.2)
    assert not reloaded(page)


def test_what_the_build_refuses_gives_way_to_the_last_good_page(page: Any, desk: Desk, root: Path):
    page.goto(desk.url + PAGE)
    settled(page)
    desk.gate.clear()
    add(root, POST, "\nEin *neuer* Satz, [hier](/gibt-es-nicht/).\n")
    page.locator("main em", has_text="neuer").wait_for()
    desk.gate.set()
    page.get_by_role("dialog").wait_for()
    assert "[dead-link]" in page.get_by_role("dialog").inner_text()
    assert page.locator("main em", has_text="neuer").count() == 0


def test_a_page_that_nothing_changes_stays_as_it_is(page: Any, desk: Desk, root: Path):
    page.goto(desk.url + "akteure/")
    settled(page)
    add(root, POST, "\nEin neuer Satz.\n")
    desk.built()
    add(root, "content/pages/start.md", "\nNoch einer.\n")
    desk.built()
    time.sleep(0.3)
    assert not reloaded(page)


def test_styles_change_without_loading_the_page(page: Any, desk: Desk, root: Path):
    page.goto(desk.url + PAGE)
    page.evaluate("scrollTo(0, 250)")
    settled(page)
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        put(root, "templates/site.css", f"main {{ outline-color: {colour} }} p {{ margin: 3rem }}")
        until(page, f"getComputedStyle(document.querySelector('main')).outlineColor === '{colour}'")
    assert not reloaded(page)
    until(page, "document.querySelectorAll('link[rel=stylesheet]').length === 1")


def test_a_changed_template_shows(page: Any, desk: Desk, root: Path):
    page.goto(desk.url + PAGE)
    settled(page)
    put(
        root,
        "templates/post.html",
        '{% extends "netzsite/post.html" %}{% block main %}{{ super() }}<p id=eigen>Da</p>'
        "{% endblock %}",
    )
    page.locator("#eigen").wait_for()


def test_an_actor_comes_and_goes(page: Any, desk: Desk, root: Path):
    page.goto(desk.url + "akteure/")
    settled(page)
    put(root, "content/actors/neu.yaml", "name: Neuer Akteur\ncarrier: gemeinde-musterdorf\n")
    page.get_by_role("link", name="Neuer Akteur").click()
    page.wait_for_url("**/akteure/neu/")
    page.get_by_role("heading", name="Neuer Akteur").wait_for()
    settled(page)
    (root / "content/actors/neu.yaml").unlink()
    until(page, "document.title.startsWith('Seite nicht gefunden')")
    put(root, "content/actors/neu.yaml", "name: Wieder da\ncarrier: gemeinde-musterdorf\n")
    page.get_by_role("heading", name="Wieder da").wait_for()


def test_a_renamed_post_is_at_its_new_address(page: Any, desk: Desk, root: Path):
    page.goto(desk.url + "aktuelles/")
    settled(page)
    (root / POST).rename(root / "content/posts/2026-11-16-matten-da.md")
    page.locator("main a[href='matten-da/']").first.wait_for()
    assert page.goto(desk.url + PAGE).status == 404
    assert page.goto(desk.url + "aktuelles/matten-da/").status == 200


def test_who_has_a_renamed_post_open_is_led_to_its_new_address(page: Any, desk: Desk, root: Path):
    page.goto(desk.url + PAGE + "#inhalt")
    settled(page)
    new = root / "content/posts/2026-11-16-matten-da.md"
    (root / POST).rename(new)
    until(page, "location.pathname + location.hash === '/aktuelles/matten-da/#inhalt'")
    page.get_by_role("heading", name="Turnmatten gesucht").wait_for()
    settled(page)
    new.rename(root / "content/posts/2026-11-16-matten-fort.md")
    until(page, "location.pathname === '/aktuelles/matten-fort/'")


def test_a_name_that_breaks_a_link_leads_on_once_the_link_is_mended(
    page: Any, desk: Desk, root: Path
):
    add(root, "content/pages/start.md", "\n[Matten](post:matten-gesucht)\n")
    desk.built()
    page.goto(desk.url + PAGE)
    settled(page)
    (root / POST).rename(root / "content/posts/2026-11-16-matten-da.md")
    page.get_by_role("dialog").wait_for()
    assert page.url == desk.url + PAGE
    start = root / "content/pages/start.md"
    text = start.read_text("utf-8").replace("post:matten-gesucht", "post:matten-da")
    start.write_text(text, "utf-8")
    until(page, "location.pathname === '/aktuelles/matten-da/'")


def test_a_deleted_post_is_no_renamed_one(page: Any, desk: Desk, root: Path):
    page.goto(desk.url + PAGE)
    settled(page)
    other = root / "content/posts/2026-11-02-netzwerk-gegruendet.md"
    (root / POST).unlink()
    other.write_text(other.read_text("utf-8") + "\nNoch ein Satz.\n", "utf-8")
    until(page, "document.title.startsWith('Seite nicht gefunden')")
    assert page.url == desk.url + PAGE


def test_a_draft_shows_marked(page: Any, desk: Desk, root: Path):
    put(
        root,
        "content/posts/entwurf.md",
        "---\ntitle: Noch geheim\ndate: 2026-11-19\ndraft: true\n---\n\nText.\n",
    )
    put(root, "content/posts/bald.md", "---\ntitle: Bald\ndate: 2027-11-19\n---\n\nText.\n")
    desk.built()
    for name in ("entwurf", "bald"):
        page.goto(f"{desk.url}aktuelles/{name}/")
        assert page.get_by_text(catalogue("de").words["preview_only"]).count()
    assert not (root / "output").exists()


def break_post(root: Path) -> Callable[[], None]:
    good = (root / POST).read_text("utf-8")
    put(root, POST, good.replace("title:", "titel:"))
    return lambda: put(root, POST, good)


def test_a_mistake_lies_over_the_last_good_page_until_it_is_mended(
    page: Any, desk: Desk, root: Path
):
    page.goto(desk.url + PAGE)
    page.evaluate("scrollTo(0, 250)")
    settled(page)
    mend = break_post(root)
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    told = dialog.inner_text()
    assert f"{POST}:3:1" in told
    assert "Fehler: „titel“ ist kein Feld eines Beitrags." in told
    assert "3 │ titel:" in told
    assert "[unknown-key]" in told
    edit = dialog.get_by_role("link", name=re.compile("Bearbeiten")).first
    assert edit.get_attribute("href") == f"vscode://file{root.resolve()}/{POST}:3:1"
    mend()
    dialog.wait_for(state="hidden")
    assert not reloaded(page)
    assert page.evaluate("scrollY") == 250


def test_a_mistake_that_mends_itself_has_a_button(page: Any, desk: Desk, root: Path):
    good = (root / POST).read_bytes()
    page.goto(desk.url + PAGE)
    settled(page)
    break_post(root)
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    assert "Aus „titel“ wird „title“." in dialog.inner_text()
    dialog.get_by_role("button", name="Berichtigen").click()
    dialog.wait_for(state="hidden")
    assert (root / POST).read_bytes() == good
    assert not reloaded(page)


def test_a_mend_that_came_too_late_is_told(page: Any, desk: Desk, root: Path):
    page.goto(desk.url + PAGE)
    settled(page)
    break_post(root)
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    desk.gate.clear()
    put(root, POST, "---\n---\n")
    dialog.get_by_role("button", name="Berichtigen").click()
    dialog.get_by_text("Das ging nicht").wait_for()
    assert (root / POST).read_text("utf-8") == "---\n---\n"
    desk.gate.set()


def test_a_mistake_can_be_put_aside_and_looked_at_again(page: Any, desk: Desk, root: Path):
    page.goto(desk.url)
    settled(page)
    break_post(root)
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    badge = page.get_by_role("button", name=re.compile("1 Fehler"))
    badge.click()
    dialog.wait_for()
    dialog.get_by_role("button", name="Schließen").click()
    dialog.wait_for(state="hidden")
    add(root, "content/actors/jugendtreff.yaml", "farbe: rot\n")
    dialog.wait_for()
    assert "2 Fehler" in dialog.inner_text()


def test_a_mistake_shows_on_a_page_that_is_opened_later(page: Any, desk: Desk, root: Path):
    break_post(root)
    desk.built()
    page.goto(desk.url)
    page.get_by_role("dialog").wait_for()


def test_nothing_in_a_mistake_is_markup(page: Any, desk: Desk, root: Path):
    page.goto(desk.url)
    settled(page)
    hostile = '"<img src=x onerror=alert(1)><script>alert(1)</script>"'
    put(root, "content/actors/boese.yaml", f"name: B\ncarrier: x\n{hostile}: {hostile}\n")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    assert "<img src=x" in dialog.inner_text()
    assert dialog.locator("img, script").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_lies_over_a_page(
    browser: Any, desk: Desk, root: Path, scheme: str
):
    context = browser.new_context(viewport={"width": 360, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    break_post(root)
    desk.built()
    page.goto(desk.url)
    page.get_by_role("dialog").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("1 Fehler")).wait_for()
    assert violations(page) == []
    context.close()


def test_a_first_build_that_fails_shows_why(
    browser: Any, root: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "TICK", 0.05)
    mend = break_post(root)
    desk = Desk(root)
    desk.built()
    page = browser.new_page()
    assert page.goto(desk.url + PAGE).status == 503
    page.get_by_role("dialog").wait_for()
    assert "„titel“ ist kein Feld" in page.get_by_role("dialog").inner_text()
    add(root, "content/actors/jugendtreff.yaml", "farbe: rot\n")
    page.get_by_text("2 Fehler").first.wait_for()
    actor = (root / "content/actors/jugendtreff.yaml").read_text("utf-8")
    put(root, "content/actors/jugendtreff.yaml", actor.replace("farbe: rot\n", ""))
    mend()
    page.get_by_role("heading", name="Turnmatten gesucht").wait_for()
    page.close()
    desk.end()


def test_pages_find_a_server_that_was_started_again(
    browser: Any, root: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "TICK", 0.05)
    desk = Desk(root)
    desk.built()
    context = browser.new_context()
    pages = [context.new_page() for _ in range(8)]
    for page in pages:
        page.goto(desk.url + PAGE)
        settled(page)
    desk.end()
    add(root, POST, "\nEin *neuer* Satz.\n")
    again = Desk(root, desk.port)
    again.built()
    assert again.port == desk.port
    for page in pages:
        page.locator("main em", has_text="neuer").wait_for()
    add(root, POST, "\nUnd ein **weiterer**.\n")
    for page in pages:
        page.locator("main strong", has_text="weiterer").wait_for()
    context.close()
    again.end()


def test_a_strict_policy_of_a_page_is_no_hindrance(page: Any, desk: Desk, root: Path):
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; connect-src 'none'; worker-src 'none'"
    )
    layout = (Path(__file__).parent.parent / "templates/layout.html").read_text("utf-8")
    meta = f'<head>\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    put(root, "templates/layout.html", layout.replace("<head>", meta, 1))
    desk.built()
    page.goto(desk.url + PAGE)
    settled(page)
    add(root, POST, "\nEin *neuer* Satz.\n")
    page.locator("main em", has_text="neuer").wait_for()
    break_post(root)
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    until(
        page,
        f"getComputedStyle(document.querySelector('{OVERLAY}').shadowRoot"
        ".querySelector('dialog')).borderTopWidth !== '3px'",
    )


def test_nothing_of_the_preview_is_in_its_files(page: Any, desk: Desk, root: Path):
    page.goto(desk.url)
    assert page.locator("script[src='/.netzsite/live.js']").count() == 1
    for file in (root / CACHE / "preview").rglob("*.html"):
        assert b".netzsite" not in file.read_bytes()
