"""What ``check --browser`` sees: pages opened, clicked and keyed through in a real Chromium."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from netzsite.pipeline.build import build
from netzsite.web import browser_check
from netzsite.web.browser_check import checked, problems
from netzsite.web.browser_visit import Seen, kinds_of_pages, visit
from tests import sampling
from tests.conftest import MUSTERVIERTEL, ROOT, Run, options
from tests.lab import put, write

AWAY: Final = "'htt' + 'ps://falle.example.net/"
WAYS: Final = {
    "kept at once": ("document['coo' + 'kie'] = 'besuch=1'", True, "Cookie besuch", "load"),
    "a name": ("window['na' + 'me'] = 'x'", True, "window.name", "load"),
    "a state": ("history.replaceState({n: 1}, '')", True, "history.state", "load"),
    "a store": ("window['local' + 'Storage'].setItem('n', '1')", True, "localStorage n", "load"),
    "led away": (f"location = {AWAY}1'", False, "https://falle.example.net/1", "load"),
    "a window": (f"addEventListener('click', () => window.open({AWAY}2'))", False, "https://falle.example.net/2", "click"),
    "a click of its own": (f"addEventListener('keydown', () => {{ const a = document.createElement('a'); a.href = {AWAY}3'; a.click(); }})", False, "https://falle.example.net/3", "key"),
    "much later": (f"setTimeout(() => {{ location = {AWAY}4' }}, 600_000)", False, "https://falle.example.net/4", "load"),
    "on leaving": (f"addEventListener('pagehide', () => {{ location = {AWAY}5' }})", False, "https://falle.example.net/5", "leaving"),
    "a connection": ("new window['RTC' + 'PeerConnection']().createDataChannel('a')", False, "RTCPeerConnection", "load"),
    "a click that stores": ("addEventListener('click', () => { window['session' + 'Storage'].setItem('k', '1') })", True, "sessionStorage k", "click"),
    "another link than it says": (f"for (const a of document.querySelectorAll('a')) a.onclick = (e) => {{ e.preventDefault(); location = {AWAY}6' }}", False, "https://falle.example.net/6", "click"),
}  # fmt: skip
"""Way → a script that no reading finds, whether it stays, and what is to be told of it."""


@pytest.mark.parametrize("way", WAYS)
def test_what_a_script_works_out_is_seen_in_the_browser(way: str, browser: Any, tmp_path: Path):
    code, kept, what, when = WAYS[way]
    put(tmp_path / "seite" / "index.html", "<!doctype html><title>x</title><a href='https://anders.example/'>Anders</a><script src='../static/eigen.js'></script>")  # fmt: skip
    put(tmp_path / "static" / "eigen.js", code)
    (seen,) = visit(browser, tmp_path, "https://musterdorf-netz.de", ["seite/index.html"])
    assert (seen.page, seen.kept, seen.what, seen.when) == ("seite/index.html", kept, what, when)


def test_the_theme_calls_and_keeps_nothing(browser: Any, muster: Path):
    pages = kinds_of_pages(muster)
    assert "404.html" in pages
    assert len(pages) >= 25
    tried = sampling.some(pages, 8, "kinds of pages")
    assert visit(browser, muster, "https://musterdorf-netz.de", tried) == []


def test_a_script_of_the_sites_own_stops_it_at_its_file(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    site = write(tmp_path / "site")
    layout = (ROOT / "templates" / "layout.html").read_text("utf-8")
    script = '<script src="{{ "/static/zaehler.js" | link }}" defer></script></head>'
    put(site / "templates" / "layout.html", layout.replace("</head>", script))
    put(site / "templates" / "static" / "zaehler.js", "document['coo' + 'kie'] = 'besuch=1'\n")
    assert build(options(site)).good  # reading doesn't find it
    monkeypatch.setattr(browser_check, "kinds_of_pages", lambda folder: kinds_of_pages(folder)[:2])
    with given(browser, monkeypatch):
        report = checked(options(site))
    (problem,) = report.problems
    assert (problem.code, problem.path) == ("browser-kept", "templates/static/zaehler.js")
    assert problem.facts["what"] == "Cookie besuch"
    assert not report.good
    assert not report.published


@contextmanager
def given(browser: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a running browser be used: Playwright starts only once in a thread."""

    @contextmanager
    def running() -> Iterator[Any]:
        yield browser

    monkeypatch.setattr(browser_check, "opened", running)
    yield


def test_without_playwright_the_way_out_is_said(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    code, out, err = run("check", str(MUSTERVIERTEL), "--browser", "--today", "2026-11-20")
    assert (code, out) == (2, "")
    assert "python -m pip install playwright" in err


def test_a_thing_of_several_pages_is_told_once():
    seen = [Seen(f"{name}/index.html", kept=True, what="window.name", when="load") for name in "ab"]
    (problem,) = problems(seen, {})
    assert problem.facts == {"page": "/a/ (2×)", "what": "window.name", "when": "@at-load"}
