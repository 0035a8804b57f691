"""Stylesheets, scripts, drawings and manifests → what they load, store and run, with the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netzsite.audit.facts import Facts
from netzsite.audit.read import is_read, read
from netzsite.audit.scripts import STORAGE

OWN = "https://www.musterviertel-netz.de"


def facts(path: str, text: str) -> Facts:
    found = read(path, text.encode(), f"/{path}", OWN)
    assert found is not None
    return found


def found(path: str, text: str) -> list[tuple[str, str, int]]:
    return [(one.code, one.what, one.line) for one in facts(path, text).findings]


# Stylesheets.


@pytest.mark.parametrize(
    "rule",
    [
        "@import 'https://x.org/a';",
        "@import url(https://x.org/a);",
        "@import url('https://x.org/a') screen;",
        "a { background: url(https://x.org/a) }",
        'a { background: url( "https://x.org/a" ) }',
        "a { background: \\75rl(https://x.org/a) }",
        "a { background: url(https:\\2f/x.org/a) }",
        "a { background: u\\rl(https://x.org/a) }",
        "a { background: ur\\00006C(https://x.org/a) }",
        "a { background: \\49 mage('https://x.org/a') }",
        "@\\69mport 'https://x.org/a'",
        "a { background: /* x */ url(https://x.org/a) }",
        "a { background: image-set('https://x.org/a' 1x) }",
        "a { background: -webkit-image-set(url(https://x.org/a) 1x) }",
        "a { background: src('https://x.org/a') }",
        "@font-face { src: local(x), url(https://x.org/a) format('woff2') }",
        "@media print { @supports (a: b) { a { cursor: url(https://x.org/a), auto } } }",
        "a { --b: url(https://x.org/a) }",
        "@IMPORT 'https://x.org/a'",
    ],
)
def test_no_way_of_loading_a_style_goes_unseen(rule: str):
    (code, what, line), = found("static/site.css", f"a {{ color: red }}\n\n{rule}")  # fmt: skip
    assert (code, line) == ("foreign-origin", 3)
    assert what.endswith("https://x.org/a")


@pytest.mark.parametrize(
    "rule",
    [
        "/* url(https://x.org/a) */",
        "a { content: 'url(https://x.org/a)' }",
        "@namespace svg url(http://www.w3.org/2000/svg);",
        "a { background: url(data:image/png;base64,x) }",
        "a { background: url(#a) }",
        "@import",
        "a { b: url(",
    ],
)
def test_what_a_style_only_says_isnt_loaded(rule: str):
    assert found("static/site.css", rule) == []


def test_own_files_of_a_style_are_links():
    style = "@import 'b.css'; a { background: url(../media/a.png) } b { c: url(/d.woff2#e) }"
    assert facts("static/site.css", style).links == ("/static/b.css", "/media/a.png", "/d.woff2#e")


# Scripts.


@pytest.mark.parametrize("name", STORAGE)
@pytest.mark.parametrize(
    "use",
    [
        "x.{}",
        "{}.y = 1",
        "const {{ {} }} = x",
        "x['{}']",
        "x[`y`] ? z : {}",
        "`a ${{x.{}}} b`",
        "x = /['\"]/; y = {}",
        "x = 1 / 2; y = '/'; {}",
        "return/[/]'/.test({})",
        "x // y\n{}",
    ],
)
def test_no_use_of_storage_goes_unseen(name: str, use: str):
    script = "let a;\n" + use.format(name)
    assert [what for code, what, _ in found("static/a.js", script)] == [name]


def test_escapes_hide_nothing():
    script = "local\\u0053torage.x; d['c\\x6fokie']; session\\u{53}torage"
    names = {what for _, what, _ in found("static/a.js", script)}
    assert names == {"localStorage", "cookie", "sessionStorage"}


@pytest.mark.parametrize(
    "script",
    [
        "// localStorage",
        "/* document.cookie */",
        "say('Diese Seite setzt kein cookie.')",
        'say("Nichts in localStorage")',
        "const cookies = 0, my_caches = 1",
        "x = a /localStore/ b",
        "const ns = 'http://www.w3.org/2000/svg'",
        "fetch('../suche.json'); fetch('/suche.json'); // https://x.org",
        "say('a // b')",
        "location = `../${x}/`",
        "'",
        "`",
        "/*",
        "/",
        'window.netzsiteIndex={"terms":[["cookie"]],"lines":["https://x.org/a",["caches"]]};\n',
    ],
)
def test_what_a_script_only_says_counts_for_nothing(script: str):
    assert found("static/a.js", script) == []


@pytest.mark.parametrize(
    "address", ["https://x.org/a", "//x.org/a", "wss://x.org/a", "http://x.org"]
)
@pytest.mark.parametrize("quote", ["'", '"', "`"])
def test_a_foreign_address_in_a_script_is_found_with_its_line(address: str, quote: str):
    script = f"/* a\n b */\nimport({quote}{address}{quote})"
    assert found("static/a.js", script) == [("foreign-origin", address, 3)]


@pytest.mark.parametrize(
    "script",
    [
        'window.location = "https://x.org/a"',
        'window.a={"b":"https://x.org/a"};go(a.b)',
        'window.a={b:"https://x.org/a"}',
        'location={"href":"https://x.org/a"}',
    ],
)
def test_what_does_more_than_naming_data_is_read(script: str):
    assert [code for code, _, _ in found("static/a.js", script)] == ["foreign-origin"]


@given(st.text("ab/'\"`\\$\u007b}[]()*\n u0", max_size=40))
def test_no_script_is_too_strange(script: str):
    assert isinstance(facts("static/a.js", script), Facts)


# Drawings.

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<script>x()</script>", "inline-script"),
        ("<svg:script xmlns:svg='http://www.w3.org/2000/svg'>x()</svg:script>", "inline-script"),
        ("<rect onclick='x()'/>", "inline-handler"),
        ("<a xlink:href='javascript:x()'/>", "inline-script"),
        ("<image href='https://x.org/a'/>", "foreign-origin"),
        ("<use xlink:href='https://x.org/a#b'/>", "foreign-origin"),
        ("<feImage xlink:href='//x.org/a'/>", "foreign-origin"),
        ("<script href='https://x.org/a'/>", "foreign-origin"),
        ("<style>@import url(https://x.org/a);</style>", "foreign-origin"),
        ("<rect fill='url(https://x.org/a)'/>", "foreign-origin"),
        ("<foreignObject><img xmlns='http://www.w3.org/1999/xhtml' src='https://x.org/a'/></foreignObject>", "foreign-origin"),
        ("<h:meta xmlns:h='http://www.w3.org/1999/xhtml' http-equiv='Refresh' content='0;url=https://x.org/'/>", "foreign-origin"),
        ("<g></svg>", "picture-unreadable"),
        ("&nix;", "picture-unreadable"),
    ],
)  # fmt: skip
def test_what_a_drawing_runs_and_loads_is_found_with_its_line(inside: str, code: str):
    codes = [(code, line) for code, _, line in found("media/a.svg", f"{SVG}\n{inside}</svg>")]
    assert codes == [(code, 2)]


def test_a_sheet_beside_a_drawing_is_loaded():
    data = f'<?xml-stylesheet href="https://x.org/a.css"?>{SVG}</svg>'
    assert found("media/a.svg", data) == [("foreign-origin", "https://x.org/a.css", 1)]


@pytest.mark.parametrize(
    "drawing",
    [
        f"{SVG}<style>a {{ fill: red }}</style><rect style='fill: red' fill='url(#a)'/></svg>",
        f"{SVG}<a href='https://x.org/' rel='noreferrer'>x</a></svg>",
        f"{SVG}<image href='data:image/png;base64,x'/></svg>",
        f'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">{SVG}</svg>',
    ],
)
def test_a_plain_drawing_is_fine(drawing: str):
    assert found("media/a.svg", drawing) == []


# Others.


def test_icons_of_a_manifest_are_loaded():
    manifest = '{"name": "x", "icons": [{"src": "/a.png"}, {"src": "https://x.org/b.png"}]}'
    assert facts("static/a.webmanifest", manifest).links == ("/a.png",)
    assert found("static/a.webmanifest", manifest) == [("foreign-origin", "https://x.org/b.png", 0)]
    for kind in ("webmanifest", "json", "xml", "rss", "xsl"):
        assert [code for code, _, _ in found(f"static/a.{kind}", "{")] == ["not-well-formed"]


@pytest.mark.parametrize("path", ["media/a.jpg", "media/a.pdf", "_headers", "a.txt", "a.woff2"])
def test_what_runs_and_loads_nothing_isnt_read(path: str):
    assert not is_read(path)
    assert read(path, b"x", f"/{path}", OWN) is None
