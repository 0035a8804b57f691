"""Both sites on a host that obeys ``_headers``: alone, keeping nothing, and with a policy that bites.

Every kind of page is opened in Chromium over HTTP, with the policy in the page and in the header.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.axe import screens, violations
from tests.conftest import tree
from tests.hosting import hosted, told
from tests.lab import put

pytestmark = pytest.mark.browser

WATCH: Final = """
window.broken = [];
addEventListener("securitypolicyviolation", event => broken.push(event.effectiveDirective));
"""
STORED: Final = """async () => ({
  cookies: document.cookie,
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  files: await (async () => {
    let number = 0;
    for await (const _ of (await navigator.storage.getDirectory()).keys()) number += 1;
    return number;
  })(),
})"""
NOTHING: Final = dict.fromkeys(("local", "session", "databases", "caches", "workers", "files"), 0)


def kinds(folder: Path) -> list[str]:
    """Name one page of each kind: by the folder it lies in, how deep, and what its head says it is."""
    found: dict[tuple[object, ...], str] = {}
    for name, data in sorted(tree(folder).items()):
        if name.endswith(".html") and b'http-equiv="refresh"' not in data:
            parts = name.split("/")
            expired = b'content="noindex"' in data
            found.setdefault((parts[0], len(parts), parts[1:2] == ["seite"], expired), name)
    return [name.removesuffix("index.html") for name in found.values()]


@pytest.fixture(scope="module", params=["muster", "real"])
def site(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


def test_every_kind_of_page_stays_alone_and_keeps_nothing(browser: Any, site: Path):
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    seen = kinds(site)
    assert len(seen) > 20
    with hosted(site, told(site)) as origin:
        for name in seen:
            page.goto(f"{origin}/{name}")
            page.mouse.wheel(0, 100_000)  # what waits to be seen is loaded too
            assert page.evaluate("broken") == [], name
        other = context.new_page()  # the browser's own view of such files has styles of its own
        for name in ("favicon.svg", "feed.xml", "feed.json", "sitemap.xml", "robots.txt"):
            other.goto(f"{origin}/{name}")
        page.goto(f"{origin}/")
        stored = page.evaluate(STORED)
        assert [url for url in asked if not url.startswith(f"{origin}/")] == []
    assert said == []
    assert stored == NOTHING | {"cookies": ""}
    assert context.cookies() == []
    context.close()


def without_policy(site: Path, folder: Path) -> Path:
    """Copy the home page and what it loads, the page without a policy of its own."""
    home = (site / "index.html").read_text(encoding="utf-8")
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", home)
    assert bare != home
    put(folder / "index.html", bare)
    shutil.copytree(site / "static", folder / "static")
    shutil.copy(site / "favicon.svg", folder)
    return folder


@pytest.fixture(params=["in the page", "in the header"])
def guarded(request: pytest.FixtureRequest, muster: Path, tmp_path: Path) -> Iterator[str]:
    """The origin of a home page that only one of the two policies guards."""
    if request.param == "in the page":
        with hosted(muster) as origin:
            yield origin
    else:
        with hosted(without_policy(muster, tmp_path), told(muster)) as origin:
            yield origin


INJECT: Final = """async ([inside, directive]) => {
  window.ran = [];
  const main = document.querySelector("main");
  const before = broken.length;
  const place = document.createElement("div");
  main.append(place);
  if (inside.startsWith("<script")) {
    const script = document.createElement("script");
    const src = /src="([^"]*)"/.exec(inside);
    if (src) script.src = src[1]; else script.textContent = "ran.push(1)";
    place.append(script);
  } else if (inside.startsWith("()")) {
    try { await eval?.(inside)(); } catch (error) { }
  } else {
    place.innerHTML = inside;
    for (const element of place.querySelectorAll("[onclick], a, button")) element.click();
  }
  const inner = place.querySelector("iframe[srcdoc]");
  const seen = () => inner ? inner.contentWindow.broken || [] : broken.slice(before);
  for (let tries = 0; tries < 500 && !seen().length; tries += 1) {
    await new Promise(done => setTimeout(done, 10));
  }
  const colour = place.firstElementChild && getComputedStyle(place.firstElementChild).color;
  return { broken: seen(), ran, colour };
}"""
E: Final = "https://anderswo.example.net"
INJECTED: Final = {
    "a script": ("<script>", "script-src-elem"),
    "a script from elsewhere": (f'<script src="{E}/a.js">', "script-src-elem"),
    "a handler": ('<b onclick="ran.push(1)">A</b>', "script-src-attr"),
    "a link that runs": ('<a href="javascript:ran.push(1)">A</a>', "script-src-elem"),
    "a style": ("<style>* { color: rgb(1, 2, 3) !important }</style>", "style-src-elem"),
    "a style of an element": ('<b style="color: rgb(1, 2, 3)">A</b>', "style-src-attr"),
    "a stylesheet": (f'<link rel=stylesheet href="{E}/a.css">', "style-src-elem"),
    "a picture": (f'<img src="{E}/a.png">', "img-src"),
    "a frame": (f'<iframe src="{E}/"></iframe>', "frame-src"),
    "a frame of its own": ("<iframe srcdoc='<script>parent.ran.push(1)</script>'></iframe>", "script-src-elem"),
    "a film": (f'<video src="{E}/a.webm"></video>', "media-src"),
    "an object": (f'<object data="{E}/a.swf"></object>', "object-src"),
    "a form": (f'<form action="{E}/"><button>A</button></form>', "form-action"),
    "a base": (f'<base href="{E}/">', "base-uri"),
    "a request": (f"() => fetch('{E}/')", "connect-src"),
    "a socket": ("() => new WebSocket('wss://anderswo.example.net/')", "connect-src"),
    "a worker": ("() => new Worker('data:text/javascript,1')", "worker-src"),
    "a font": (f"() => new FontFace('a', 'url({E}/a.woff2)').load()", "font-src"),
}  # fmt: skip


def test_the_policy_stops_what_is_injected(browser: Any, guarded: str):
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    left: list[str] = []

    def note(request: Any) -> None:
        if request.failure != "csp" and not request.url.startswith((f"{guarded}/", "data:")):
            left.append(request.url)

    context.on("requestfailed", note)
    wrong = {}
    for name, (inside, directive) in INJECTED.items():
        page.goto(f"{guarded}/")
        found = page.evaluate(INJECT, [inside, directive])
        fine = found["broken"][:1] == [directive] and not found["ran"]
        if not fine or found["colour"] == "rgb(1, 2, 3)":
            wrong[name] = found
    context.close()
    assert wrong == {}
    assert left == []


def test_without_a_policy_the_same_would_run(browser: Any, muster: Path, tmp_path: Path):
    page = browser.new_page()
    page.add_init_script(WATCH)
    with hosted(without_policy(muster, tmp_path)) as origin:
        for name in ("a script", "a handler", "a link that runs", "a frame of its own"):
            page.goto(f"{origin}/")
            page.evaluate(f"({INJECT})({list(INJECTED[name])}); 0")
            page.wait_for_function("window.ran.length === 1")
    page.close()


DRAWING: Final = """<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">
<style>.a { fill: rgb(0, 128, 0) }</style>
<rect id="sheet" class="a" width="10" height="10"/>
<rect id="style" style="fill: rgb(0, 128, 0)" x="10" width="10" height="10"/>
<rect id="plain" fill="rgb(0, 128, 0)" y="10" width="20" height="10"/>
</svg>
"""


def test_a_drawing_keeps_its_styles_in_a_page_and_loses_them_when_it_is_opened_alone(
    browser: Any, muster: Path, tmp_path: Path
):
    """The header's policy holds for every file; a picture in a page is drawn without it."""
    folder = without_policy(muster, tmp_path)
    put(folder / "bild.svg", DRAWING)
    page = browser.new_page()
    with hosted(folder, told(muster)) as origin:
        page.goto(f"{origin}/")
        colours = page.evaluate("""async () => {
          const picture = new Image();
          picture.src = "/bild.svg";
          await picture.decode();
          const canvas = document.createElement("canvas").getContext("2d");
          canvas.drawImage(picture, 0, 0);
          return [[5, 5], [15, 5], [5, 15]].map(([x, y]) => canvas.getImageData(x, y, 1, 1).data[1]);
        }""")
        assert colours == [128, 128, 128]
        page.goto(f"{origin}/bild.svg")
        fills = page.evaluate(
            "['sheet', 'style', 'plain'].map(id => getComputedStyle(document.getElementById(id)).fill)"
        )
    assert fills == ["rgb(0, 0, 0)", "rgb(0, 0, 0)", "rgb(0, 128, 0)"]
    page.close()


# The states that scripts make; how the pages are at first, test_browser.py looks at.

CHOOSE: Final = "([name, value]) => { const question = document.querySelector('#n_' + name); question.value = value; question.dispatchEvent(new Event('change', {bubbles: true})); }"
SEEK: Final = "query => { const field = document.querySelector('#n_q'); field.value = query; field.dispatchEvent(new Event('input')); }"
STATES: Final = {
    "choices made": ("angebote/", CHOOSE, ["topic", "schulden"]),
    "nothing fits": ("angebote/#topic=deutsch&day=7", "", None),
    "results shown": ("suche/", SEEK, "Beratung"),
    "none found": ("suche/", SEEK, "kita sucht"),
}


def test_axe_finds_nothing_in_any_state_of_finder_and_search(browser: Any, muster: Path):
    context = browser.new_context(
        reduced_motion="reduce",
        bypass_csp=True,  # axe is a script that the policy would stop
    )
    page = context.new_page()
    found = {}
    with hosted(muster) as origin:
        for state, (place, act, given) in STATES.items():
            page.goto("about:blank")
            page.goto(f"{origin}/{place}")
            if act:
                page.evaluate(act, given)
            for width, scheme in screens(state):
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme)
                found[state, width, scheme] = violations(page)
    context.close()
    assert not any(found.values()), found
