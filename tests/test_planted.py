"""The fictional site with one fault planted at a time: exactly that problem is told, at its line.

Each fault comes in by the way it would come in: a template of one's own, a stylesheet, a script, a
picture, a text. The builds share one memo and one copy of the site, so that each makes only what
its fault changes; nothing is published, and with ``--strict`` nothing would be.
"""

import io
import shutil
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from netzsite.audit.scripts import STORAGE
from netzsite.audit.wcag import CRITERIA
from netzsite.memo import MemoryCache
from netzsite.pipeline.build import build
from netzsite.problems import SEVERITIES, Severity
from tests.conftest import MUSTERVIERTEL, ROOT, options
from tests.lab import picture

pytestmark = pytest.mark.no_cover

ELSEWHERE: Final = "https://anderswo.example.net"
Told = tuple[str, str, int]
"""Code, file and line of a problem; the line is 0 where none can be named."""


class Fault(NamedTuple):
    """Files of the site that are wrong now, and what has to be told of it."""

    files: dict[str, str | bytes]
    told: tuple[Told, ...]


def body(markup: str, *codes: str) -> Fault:
    """Plant something in the content of a template."""
    return _template("page.html", "main", markup, codes)


def head(markup: str, *codes: str) -> Fault:
    """Plant something in the head of a template."""
    return _template("page.html", "links", markup, codes)


def _template(name: str, block: str, markup: str, codes: tuple[str, ...]) -> Fault:
    text = f'{{% extends "netzsite/{name}" %}}\n{{% block {block} %}}{{{{ super() }}}}\n{markup}\n{{% endblock %}}\n'
    file = f"templates/{name}"
    return Fault({file: text}, tuple((code, file, 3) for code in codes))


def instead(part: str, other: str, code: str, *, line: str = "") -> Fault:
    """Change the template of the page that no other extends; told at the first line with a sign."""
    text = (ROOT / "templates" / "404.html").read_text(encoding="utf-8")
    assert part in text
    text = text.replace(part, other)
    number = next(at for at, said in enumerate(text.split("\n"), 1) if line in said)
    return Fault({"templates/404.html": text}, ((code, "templates/404.html", number),))


def style(rule: str, code: str = "foreign-origin", times: int = 1) -> Fault:
    text = f'{{% extends "netzsite/site.css" %}}\n{{% block own %}}\n{rule}\n{{% endblock %}}\n'
    return Fault({"templates/site.css": text}, ((code, "templates/site.css", 3),) * times)


def static(name: str, text: str, *codes: str) -> Fault:
    """Plant a static file whose second line is wrong."""
    file = f"templates/static/{name}"
    return Fault({file: text}, tuple((code, file, 2) for code in codes))


def script(text: str, *codes: str) -> Fault:
    return static("eigen.js", f"/* Eigenes. */\n{text}\n", *codes)


def drawing(inside: str, *codes: str) -> Fault:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n{inside}\n</svg>\n'
    return static("bild.svg", text, *codes)


def text(body: str, code: str, line: int = 5) -> Fault:
    """Plant something in an editor's text, which begins at line 5."""
    file = "content/pages/neu.md"
    return Fault({file: f"---\ntitle: Neu\n---\n\n{body}\n"}, ((code, file, line),))


def medium(name: str, data: bytes) -> Fault:
    """Plant a picture that a text shows."""
    page = f"---\ntitle: Neu\n---\n\n![Ein Bild](media/{name})\n"
    file = f"content/media/{name}"
    told = (("picture-with-place", file, 0),)
    return Fault({file: data, "content/pages/neu.md": page}, told)


def provider(key: str) -> Fault:
    """Take away a line of what the imprint says of the provider."""
    site = (MUSTERVIERTEL / "content" / "site.yaml").read_text(encoding="utf-8")
    lines = site.split("\n")
    start = lines.index("provider:")
    gone = next(at for at in range(start, len(lines)) if lines[at].startswith(f"  {key}:"))
    rest = "\n".join((*lines[:gone], *lines[gone + 1 :]))
    return Fault({"content/site.yaml": rest}, (("provider-missing", "content/site.yaml", start + 2),))  # fmt: skip


def said(part: str, other: str, code: str) -> Fault:
    """Write something else in a line of the site's own file."""
    site = (MUSTERVIERTEL / "content" / "site.yaml").read_text(encoding="utf-8")
    line = site[: site.index(part)].count("\n") + 1
    return Fault({"content/site.yaml": site.replace(part, other)}, ((code, "content/site.yaml", line),))  # fmt: skip


def jpeg(tag: int, value: str, *, gps: bool = False) -> bytes:
    """Make a picture with one thing of EXIF in it."""
    from PIL import Image

    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825)[tag] = value
    else:
        exif[tag] = value
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "jpeg", exif=exif)
    return data.getvalue()


def png(name: bytes, said: bytes) -> bytes:
    """Make a picture with a chunk of text before its end."""
    chunk = name + said
    made = struct.pack(">I", len(said)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    whole = picture(4, 3)
    return whole[:-12] + made + whole[-12:]


XMP: Final = (
    b'XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description '
    b'photoshop:City="Musterstadt"/></x:xmpmeta>'
)
F = "foreign-origin"
LOADS: Final = {
    "a font's stylesheet": head(f'<link rel="stylesheet" href="{ELSEWHERE}/css2?family=Roboto">', F),
    "a preconnect": head(f'<link rel="preconnect" href="{ELSEWHERE}">', F),
    "a dns-prefetch": head('<link rel="dns-prefetch" href="//anderswo.example.net">', F),
    "a preload": head(f'<link rel="preload" as="font" href="{ELSEWHERE}/a.woff2" crossorigin>', F),
    "an imagesrcset": head(f'<link rel="preload" as="image" imagesrcset="{ELSEWHERE}/a.png 2x">', F),
    "a module to come": head(f'<link rel="modulepreload" href="{ELSEWHERE}/a.mjs">', F),
    "a manifest": head(f'<link rel="manifest" href="{ELSEWHERE}/app.webmanifest">', F),
    "an icon": head(f'<link rel="shortcut icon" href="{ELSEWHERE}/favicon.ico">', F),
    "a style in an address": head('<link rel="stylesheet" href="data:text/css,a%7B%7D">', "inline-script"),
    "a base": head(f'<base href="{ELSEWHERE}/">', F),
    "a refresh": head(f'<meta http-equiv="refresh" content="5; url={ELSEWHERE}/">', F),
    "a script": body(f'<script src="{ELSEWHERE}/zaehler.js" defer></script>', F),
    "a picture": body(f'<img src="{ELSEWHERE}/a.png" alt="Bild">', F),
    "a picture by scheme of the page": body('<img src="//anderswo.example.net/a.png" alt="Bild">', F),
    "a srcset": body(f'<img src="/favicon.svg" srcset="/favicon.svg 1x, {ELSEWHERE}/a.png 2x" alt="Bild">', F),
    "a source": body(f'<picture><source srcset="{ELSEWHERE}/a.webp"><img src="/favicon.svg" alt="Bild"></picture>', F),
    "a video": body(f'<video controls src="{ELSEWHERE}/a.webm"></video>', F),
    "a poster": body(f'<video controls poster="{ELSEWHERE}/a.png"></video>', F),
    "a sound": body(f'<audio controls><source src="{ELSEWHERE}/a.ogg"></audio>', F),
    "subtitles": body(f'<video controls><track src="{ELSEWHERE}/a.vtt"></video>', F),
    "an embedded video": body(f'<iframe src="{ELSEWHERE}/embed/1" title="Film"></iframe>', F),
    "an object": body(f'<object data="{ELSEWHERE}/a.pdf">Plan</object>', F),
    "an embed": body(f'<embed src="{ELSEWHERE}/a.swf">', F),
    "a button that is a picture": body(f'<input type="image" src="{ELSEWHERE}/a.png" alt="Los">', F),
    "a form": body(f'<form action="{ELSEWHERE}/"><button>Los</button></form>', F),
    "a button that sends": body(f'<form><button formaction="{ELSEWHERE}/">Los</button></form>', F),
    "a ping": body(f'<a href="/suche/" ping="{ELSEWHERE}/">Etwas suchen</a>', F),
    "a ground of a table": body(f'<table background="{ELSEWHERE}/a.png"><tr><th>A</th></tr></table>', F),
    "a picture in a drawing": body(f'<svg><image href="{ELSEWHERE}/a.png"/></svg>', F),
    "a part of a drawing": body(f'<svg><use xlink:href="{ELSEWHERE}/a.svg#b"/></svg>', F),
    "a filling": body(f'<svg><rect fill="url({ELSEWHERE}/a.svg#b)"/></svg>', F),
    "a picture that comes later": body(f'<svg><image><set attributeName="href" to="{ELSEWHERE}/a.png"/></image></svg>', F),
    "a picture without script": body(f'<noscript><img src="{ELSEWHERE}/a.png" alt=""></noscript>', F),
    "a picture that waits": body(f'<template><img src="{ELSEWHERE}/a.png" alt=""></template>', F),
    "a ground in the page": body(f'<p style="background: url({ELSEWHERE}/a.png)">A</p>', F, "inline-style"),
    "an import in the page": body(f'<style>@import "{ELSEWHERE}/a.css";</style>', F, "inline-style"),
    "an @import": style(f'@import "{ELSEWHERE}/a.css";'),
    "an @import by url()": style(f"@import url({ELSEWHERE}/a.css) screen;"),
    "a @font-face": style(f"@font-face {{ font-family: A; src: url({ELSEWHERE}/a.woff2) }}"),
    "a ground": style(f".a {{ background: #fff url('{ELSEWHERE}/a.png') }}"),
    "an image-set": style(f'.a {{ background-image: image-set("{ELSEWHERE}/a.png" 1x) }}'),
    "a cursor": style(f"a {{ cursor: url({ELSEWHERE}/a.cur), auto }}"),
    "a list's sign, on paper": style(f"@media print {{ ul {{ list-style-image: url({ELSEWHERE}/a) }} }}"),
    "a sheet of its own": static("eigen.css", f'/* Eigenes. */\n@import "{ELSEWHERE}/a.css";\n', F),
    "a fetch": script(f'fetch("{ELSEWHERE}/zaehler");', F),
    "a socket": script("new WebSocket('wss://anderswo.example.net/');", F),
    "an import": script(f'import("{ELSEWHERE}/a.mjs");', F),
    "a picture of a script": script(f"new Image().src = `{ELSEWHERE}/a.png?${{Math.random()}}`;", F),
    "a picture in a picture": drawing(f'<image xlink:href="{ELSEWHERE}/a.png"/>', F),
    "a style in a picture": drawing(f"<style>@import url({ELSEWHERE}/a.css);</style>", F),
    "a style's url in a picture": drawing(f'<rect style="fill: url({ELSEWHERE}/a.svg#b)"/>', F),
    "an app's icon": Fault(
        {"templates/static/app.webmanifest": f'{{"icons": [{{"src": "{ELSEWHERE}/a.png"}}]}}'},
        ((F, "templates/static/app.webmanifest", 0),),
    ),
    "a picture in a text": text(f"![Fest]({ELSEWHERE}/a.png)", "foreign-picture"),
    "a picture in a text's HTML": text(f'<img src="{ELSEWHERE}/a.png" alt="Fest">', "foreign-picture"),
    "a video in a text": text(f'<iframe src="{ELSEWHERE}/embed/1"></iframe>', "html-removed"),
    "a link that tells where from": body(f'<a href="{ELSEWHERE}/">Anderswo</a>', "link-with-referrer"),
}  # fmt: skip
RUNS: Final = {
    "an inline script": body("<script>los()</script>", "inline-script"),
    "an inline module": body('<script type="module">los()</script>', "inline-script"),
    "a map of imports": body('<script type="importmap">{}</script>', "inline-script"),
    "a link that runs": body('<a href="javascript:los()">Los</a>', "inline-script"),
    "a link that hides it": body('<a href=" java&#10;script:los()">Los</a>', "inline-script"),
    "a script in an address": body('<script src="data:,los()"></script>', "inline-script"),
    "a page in a page": body('<iframe srcdoc="&lt;p>A" title="A"></iframe>', "inline-script"),
    "a script in a drawing": body("<svg><script>los()</script></svg>", "inline-script"),
    "a handler": body('<p onclick="los()">A</p>', "inline-handler"),
    "a handler in capitals": body('<p ONMOUSEOVER="los()">A</p>', "inline-handler"),
    "a handler of a body": instead("<body>", '<body onload="los()">', "inline-handler", line="<body"),
    "a style of an element": body('<p style="color: red">A</p>', "inline-style"),
    "a style of a page": body("<style>p { margin: 0 }</style>", "inline-style"),
    "a script in a picture": drawing("<script>los()</script>", "inline-script"),
    "a handler in a picture": drawing('<rect onload="los()"/>', "inline-handler"),
    "a script in a text": text("<script>los()</script>", "html-removed"),
    "a handler in a text": text('<p onclick="los()">Los</p>', "html-removed"),
    "a link of a text that runs": text("[Los](javascript:los\\(\\))", "bad-link"),
}  # fmt: skip
STORES: Final = {
    f"{name} in a script": script(use.format(name), "script-stores")
    for name in STORAGE
    for use in ("window.{}.besuche = 1;", 'globalThis["{}"];')
}
READS: Final = {
    "no language": instead(' lang="{{ site.language }}"', "", "page-without-language", line="<html"),
    "no title": instead("<title>{{ head.title }} – {{ site.title }}</title>", "", "page-without-title"),
    "no main part": instead("main", "div", "page-without-main"),
    "two main parts": instead("</main>", "</main><main></main>", "page-without-main"),
    "no heading": instead("<h1>{{ head.title }}</h1>", "", "page-without-heading"),
    "two headings": instead("</h1>", "</h1><h1>Noch eine</h1>", "page-without-heading"),
    "no way past the menu": instead(
        '<a class="skip" href="#n_main">{{ t("skip") }}</a>', "", "no-skip-link"
    ),
    "zoom blocked": instead("initial-scale=1", "maximum-scale=1", "zoom-blocked", line="maximum"),
    "zoom refused": instead("initial-scale=1", "user-scalable=no", "zoom-blocked", line="scalable"),
    "a heading skipped": body("<h2>Eins</h2><h4>Zu tief</h4>", "heading-skipped"),
    "a heading skipped in a text": text("## Eins\n\n#### Zu tief", "heading-skipped", 7),
    "an empty heading": body("<h2> </h2>", "without-name"),
    "a picture without alt": body('<img src="/favicon.svg">', "picture-without-alt"),
    "a text's picture without alt": text("![](media/sommerfest.png)", "picture-without-alt"),
    "an empty link": body('<a href="/suche/"> </a>', "without-name"),
    "a text's empty link": text("[](page:mitmachen)", "without-name"),
    "a link of a silent picture": body('<a href="/suche/"><img src="/favicon.svg" alt=""></a>', "without-name"),
    "a button without a name": body("<button><i aria-hidden=true>x</i></button>", "without-name"),
    "a frame without a name": body('<iframe src="/suche/"></iframe>', "without-name"),
    "a field without a label": body('<input name="wort">', "field-without-label"),
    "a choice without a label": body('<select id="thema"></select>', "field-without-label"),
    "a label of nothing": body('<label for="weg">Wort</label>', "label-nowhere"),
    "a name that isn't there": body('<p aria-labelledby="weg">A</p>', "label-nowhere"),
    "an id twice": body('<p id="a">A</p><p id="a">B</p>', "repeated-id"),
    "links of one text": body('<p><a href="/suche/">hier</a> <a href="/woche/">hier</a></p>', "ambiguous-links"),
    "a text's links of one text": text("[hier](page:mitmachen) oder [hier](post:satzung)", "ambiguous-links"),
    "text in a list": body("<ul><p>A</p></ul>", "bad-list"),
    "an item without a list": body("<div><li>A</li></div>", "bad-list"),
    "a table without headers": body("<table><tr><td>A</td></tr></table>", "table-without-header"),
    "faint in the light theme": style(".a { color: #888; background: #fff }", "low-contrast"),
    "faint in the dark theme": style("@media (prefers-color-scheme: dark) { .a { color: #666; background: #222 } }", "low-contrast"),
    "a faint palette": style(":root { --quiet: #9aa }", "low-contrast", 3),
    "a faint palette in the dark": style("@media screen and (prefers-color-scheme: dark) { :root { --quiet: #555 } }", "low-contrast", 3),
}  # fmt: skip
BETRAYS: Final = {
    "where it was taken": medium("fest.jpg", jpeg(1, "N", gps=True)),
    "who took it": medium("fest.jpg", jpeg(0x013B, "Erika Muster")),
    "what took it": medium("fest.jpg", jpeg(0x0110, "Telefon 9")),
    "who made a PNG": medium("fest.png", png(b"tEXt", b"Author\0Erika Muster")),
    "the city in XMP": medium("fest.png", png(b"iTXt", XMP)),
    "a picture of the templates": Fault(
        {"templates/static/haus.jpg": jpeg(1, "N", gps=True)},
        (("static-with-place", "templates/static/haus.jpg", 0),),
    ),
}
LACKS: Final = {
    f"no {key} of the provider": provider(key)
    for key in ("name", "street", "postal_code", "city", "email")
} | {
    "an address that is an example": said(
        "https://musterviertel.example.org", "https://example.org", "example-address"
    ),
    "an accent that is too light": said('"#5b2a6e"', '"#ffee99"', "pale-accent"),
}
FAULTS: Final = LOADS | RUNS | STORES | READS | BETRAYS | LACKS


NEEDS: Final = "<script src=. fetch( @font-face <video <iframe <form rel=manifest data:image/"
"""All that opens the policy, so that no fault changes it, and with it every page."""


class Ground(NamedTuple):
    """A copy of the site to plant faults in, with what its builds keep."""

    root: Path
    kept: MemoryCache

    def told(self) -> tuple[list[Told], bool]:
        """Build; give what is told, and whether the site could be published."""
        report = build(options(self.root, memo=True, publish=False, strict=True), self.kept)
        found = [(one.code, one.path, one.spot.line if one.spot else 0) for one in report.problems]
        return found, report.good


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    root = tmp_path_factory.mktemp("planted") / "site"
    shutil.copytree(MUSTERVIERTEL, root, ignore=shutil.ignore_patterns(".*", "output"))
    (root / "templates" / "static").mkdir(parents=True)
    (root / "templates" / "static" / "bedarf.js").write_text(f"/* {NEEDS} */")
    made = Ground(root, MemoryCache())
    report = build(options(root, memo=True), made.kept)
    assert report.published
    assert report.problems == ()
    return made


@pytest.fixture
def planted(ground: Ground, request: pytest.FixtureRequest) -> Iterator[Fault]:
    fault = FAULTS[request.param]
    before = {}
    for name, data in fault.files.items():
        file = ground.root / name
        before[file] = file.read_bytes() if file.exists() else None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
    yield fault
    for file, former in before.items():
        if former is None:
            file.unlink()
        else:
            file.write_bytes(former)


@pytest.mark.parametrize("planted", FAULTS, indirect=True)
def test_a_planted_fault_is_told_at_its_place_and_nothing_else_is(ground: Ground, planted: Fault):
    told, good = ground.told()
    assert sorted(told) == sorted(planted.told)
    ranks = {SEVERITIES[code] for code, _, _ in planted.told}
    assert good is not bool(ranks & {Severity.ERROR, Severity.RELEASE})


def test_without_a_fault_nothing_is_told(ground: Ground):
    assert ground.told() == ([], True)


def test_each_rule_of_privacy_and_access_has_a_fault_that_breaks_it():
    codes = {code for fault in FAULTS.values() for code, _, _ in fault.told}
    privacy = {F, "script-stores", "inline-script", "inline-handler", "inline-style"}
    assert privacy | {"link-with-referrer", "provider-missing", *CRITERIA} <= codes
