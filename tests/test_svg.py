"""A drawing → what of it is published: by a list of what may stand in it, whatever it holds."""

import re
from pathlib import Path
from xml.dom import minidom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netzsite.audit.read import read
from netzsite.media.medium import inspect
from netzsite.media.svg import MOST, Drawing, Removed, SvgError, clean
from netzsite.media.svg_names import ATTRIBUTES, ELEMENTS, PROPERTIES
from netzsite.pipeline.build import build
from tests.conftest import options
from tests.lab import put, write

NS = 'xmlns="http://www.w3.org/2000/svg"'
SVG = f'<svg {NS} xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
XHTML = 'xmlns:h="http://www.w3.org/1999/xhtml"'
E = "https://anderswo.example.net/"


def cleaned(inside: str, head: str = SVG) -> Drawing:
    return clean(f"{head}{inside}</svg>".encode())


def written(inside: str) -> str:
    """What is left of the inside of a drawing."""
    data = cleaned(inside).data.decode()
    assert data.startswith(SVG[:-1]), data
    return "" if data == f"{SVG[:-1]}/>\n" else data[len(SVG) :].removesuffix("</svg>\n")


# What is left out.

FOREIGN = [
    *(f"<h:meta {XHTML} http-equiv='refresh' content='0;url={E}'/>", f"<h:a {XHTML} href='{E}'>x</h:a>"),
    *(f"<h:script {XHTML}>x()</h:script>", f"<h:iframe {XHTML} src='{E}'/>", f"<h:img {XHTML} src='{E}'/>"),
    *(f"<h:base {XHTML} href='{E}'/>", f"<h:link {XHTML} rel='stylesheet' href='{E}'/>"),
    *(f"<h:form {XHTML} action='{E}'><h:button>x</h:button></h:form>", f"<h:object {XHTML} data='{E}'/>"),
    *(f"<h:embed {XHTML} src='{E}'/>", f"<h:video {XHTML} src='{E}'/>", f"<h:style {XHTML}>@import '{E}'</h:style>"),
    *("<m:math xmlns:m='http://www.w3.org/1998/Math/MathML' m:href='x'/>", f"<script>location='{E}'</script>"),
    *(f"<script href='{E}'/>", f"<script xlink:href='{E}'/>", "<svg:script xmlns:svg='http://www.w3.org/2000/svg'>x()</svg:script>"),
    *("<foreignObject><h:p xmlns:h='http://www.w3.org/1999/xhtml'>x</h:p></foreignObject>", f"<handler {NS}>x()</handler>"),
    *(f"<iframe src='{E}'/>", f"<audio src='{E}'/>", f"<video src='{E}'/>", "<canvas/>", "<listener/>", "<discard/>"),
    *("<SCRIPT>x()</SCRIPT>", "<unknown/>", f"<font-face-uri href='{E}'/>", f"<tref href='{E}'/>", "<animateColor/>"),
    *(f"<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='{E}'/>", "<metadata><a>Name</a></metadata>"),
    *("<x:transform xmlns:x='http://www.w3.org/1999/XSL/Transform'/>", f"<cursor href='{E}'/>", "<view id='a'/>"),
    *(f"<set attributeName='href' to='{E}'/>", f"<animate attributeName='xlink:href' values='{E}'/>", "<set to='x'/>"),
    *("<set attributeName='onclick' to='x()'/>", "<animate attributeName='style' to='x'/>", "<set attributeName='HREF'/>"),
    *("<animateTransform attributeName='href' to='x'/>", f"<animate attributeName='cursor' to='url({E})'/>"),
    *("<!-- Anna Muster, Hof 3 -->", f"<?xml-stylesheet href='{E}'?>", "<?php x ?>"),
]  # fmt: skip


@pytest.mark.parametrize("inside", FOREIGN)
def test_an_element_that_no_list_names_is_left_out_with_all_in_it(inside: str):
    assert written(inside) == ""


ATTRIBUTES_OUT = [
    *("onclick='x()'", "onload='x()'", "ONLOAD='x()'", "onbegin='x()'", "on='x'", "data-x='1'"),
    *(f"src='{E}'", f"action='{E}'", f"poster='{E}'", f"ping='{E}'", f"xml:base='{E}'", f"target='{E}'"),
    *(f"xlink:role='{E}'", f"xlink:actuate='{E}'", f"fill='url({E})'", f"stroke='url(&quot;{E}&quot;)'"),
    *(f"filter='url({E}#a)'", f"mask='URL( {E} )'", f"clip-path='u\\72l({E})'", f"cursor='url({E}),auto'"),
    *(f"fill='image-set(&quot;{E}&quot; 1x)'", f"fill='src(&quot;{E}&quot;)'", f"fill='-webkit-image-set(url({E}) 1x)'"),
    *(f"marker-start='url(//{E[8:]}#a)'", "fill='expression(x())'", "fill='attr(id)'", "fill='element(#a)'"),
    *("from='javascript:x()'", "to=' java&#9;script:x()'", "values='data:text/html,x'", "by='vbscript:x'"),
    *(f"style='background: url({E})'", f"style='fill: url({E})'", f"style='behavior: url({E})'"),
    *(f"style='--a: url({E})'", f"style='fill: var(--a, url({E}))'", f"style='fill: u\\rl({E})'", "style='src: x'"),
    *(f"style='fill: /**/url({E})'", f"style='@import url({E})'", f"style='mask-image: image({E})'"),
    *("h:onclick='x()' xmlns:h='http://www.w3.org/1999/xhtml'", "inkscape:label='Anna' xmlns:inkscape='http://x'"),
]  # fmt: skip


@pytest.mark.parametrize("attribute", ATTRIBUTES_OUT)
def test_an_attribute_that_isnt_listed_or_names_an_address_is_left_out(attribute: str):
    assert written(f"<rect {attribute} width='3'/>") == '<rect width="3"/>'


@pytest.mark.parametrize(
    "address",
    [
        *(E, f"//{E[8:]}", "a.svg", "/a.svg#b", "javascript:x()", " java&#10;script:x()", "vbscript:x"),
        *("data:text/html,x", "data:image/svg+xml;base64,x", "data:,x", "blob:x", "file:///etc/passwd", "#a"),
        *("DATA:image/png;base64,x", "data:image/png,x", "", "?a", "feed:x", "\\\\x\\y"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "element", ["image", "use", "feImage", "linearGradient", "textPath", "rect", "mpath"]
)
@pytest.mark.parametrize("name", ["href", "xlink:href"])
def test_an_address_stays_only_where_it_stays_inside(address: str, element: str, name: str):
    left = written(f"<{element} {name}='{address}'/>")
    inside = address == "#a" and element not in ("image", "rect")
    assert left == (f'<{element} xlink:href="#a"/>' if inside else f"<{element}/>")


STYLES_OUT = [
    *(f"@import url({E});", f"@import '{E}';", f"@\\69mport '{E}';", f"@font-face {{ font-family: a; src: url({E}) }}"),
    *(f"a {{ background: url({E}) }}", f"a {{ fill: url({E}) }}", f"a {{ fill: url( '{E}' ) }}", f"a {{ fill: URL({E}) }}"),
    *(f"a {{ fill: u\\72 l({E}) }}", f"@media screen {{ a {{ fill: url({E}) }} }}", f"@namespace url({E});"),
    *(f"a {{ fill: image-set('{E}' 1x) }}", f"@supports (fill: url({E})) {{ a {{ fill: red }} }}", "<!-- -->"),
    *("a { -moz-binding: url(#a) }", "@page { margin: 0 }", "@layer a { b { fill: red } }", f"a[b='url({E}"),
    *("@keyframes a { to { background: url(x) } }", f"@document url({E}) {{ a {{ fill: red }} }}", f"@charset '{E}';"),
]  # fmt: skip


@pytest.mark.parametrize("style", STYLES_OUT)
def test_a_style_that_loads_is_left_out(style: str):
    assert written(f"<style>{style.replace('<', '&lt;')}</style>") == "<style/>"


# What stays.

STAYS = [
    *('<rect width="3" fill="#fff" transform="rotate(4 1 1)"/>', '<path d="M0 0L1-1e3z"/>'),
    *('<g style="fill:red;stroke:rgb(1,2,3)"/>', '<g id="a b" class="c" aria-label="Plan">x</g>'),
    *('<text xml:space="preserve"> a &amp; b &lt; c </text>', "<title>Müller &amp; Söhne „x“</title>"),
    *('<use xlink:href="#a"/>', '<image width="3" xlink:href="data:image/png;base64,aaaa"/>'),
    *('<rect fill="url(#a)" filter="url(\'#b\')"/>', '<rect mask="url(&quot;#b&quot;)"/>'),
    *('<animate attributeName="fill" values="red;blue" dur="3s"/>', '<set attributeName="opacity" to="0"/>'),
    *("<style>.a { fill:red }</style>", "<style>.a { fill:url(#b) }</style>", "<style>@media print { a { fill:red } }</style>"),
    *('<animateMotion dur="1s"><mpath xlink:href="#a"/></animateMotion>', '<feGaussianBlur stdDeviation="2" in="SourceAlpha"/>'),
    *("<style>@keyframes a { to { opacity:0 } }</style>", '<rect begin="a.click+1s" fill="none"/>'),
]  # fmt: skip


def plain(markup: str) -> str:
    """A drawing without what means nothing: blanks in styles, the kind of quotes."""
    return re.sub(r"[\s'\"]|&quot;", "", markup)


@pytest.mark.parametrize("inside", STAYS)
def test_what_draws_and_moves_stays_as_it_is(inside: str):
    found = cleaned(inside)
    assert found.removed == ()
    assert plain(written(inside)) == plain(inside)


@pytest.mark.parametrize(
    "element", sorted(ELEMENTS - {"style", "svg", "animate", "animateTransform", "set"})
)
def test_every_listed_element_stays(element: str):
    assert written(f"<{element}/>") == f"<{element}/>"


def test_every_listed_attribute_stays():
    names = sorted(ATTRIBUTES)
    said = " ".join(f"{name}='1'" for name in names)
    left = written(f"<rect {said}/>")
    assert re.findall(r" ([\w-]+)=", left) == names
    assert PROPERTIES < ATTRIBUTES


def test_a_link_keeps_what_it_shows():
    assert written(f"<a href='{E}'><rect/></a>") == "<g><rect/></g>"
    assert (
        written(f"<text><a xlink:href='{E}'>hier</a></text>") == "<text><tspan>hier</tspan></text>"
    )
    assert cleaned(f"\n<a xlink:href='{E}'/>").removed == (Removed(f"<a href={E}>", 2),)
    assert cleaned("<a/>").removed == ()


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<script>x</script>", "<script>"),
        (f"<h:meta {XHTML}/>", "<meta>"),
        ("<rect onclick='x()'/>", "onclick=x()"),
        ("<image href='a.png'/>", "a.png"),
        ("<style>@import 'a';</style>", '@import "a";'),
        ("<metadata>Anna</metadata>", None),
        ("<!-- Anna -->", None),
        ("<s:namedview xmlns:s='http://sodipodi.example/'/>", None),
        ("<rect data-name='a'/>", None),
        ("<rect style='-inkscape-x: 1'/>", None),
    ],
)  # fmt: skip
def test_told_is_what_somebody_could_miss(inside: str, told: str | None):
    assert [one.what for one in cleaned(inside).removed] == ([told] if told else [])


# What can't be read.


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"x", b"<svg/>", b"<svg", f"<html {NS.replace('2000/svg', '1999/xhtml')}/>".encode()),
        *(f"<svg {NS}><g></svg>".encode(), f"<svg {NS}>&nix;</svg>".encode(), f"<g {NS}/>".encode()),
        *(f"<svg {NS}>\x07</svg>".encode(), f"<svg {NS}/><svg {NS}/>".encode(), b"\xff\xfe<\0"),
        f'<?xml version="1.0" encoding="utf-7"?><svg {NS}/>'.encode(),
        f'<?xml version="1.0" encoding="nix"?><svg {NS}/>'.encode(),
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_refused(data: bytes):
    with pytest.raises(SvgError):
        clean(data)
    [problem] = inspect("media/a.svg", "0", data).problems
    assert problem.code == "picture-unreadable"


def test_entities_are_resolved_and_never_loaded(tmp_path: Path):
    secret = put(tmp_path / "geheim.txt", "GEHEIM")
    doctype = f'<!DOCTYPE svg [<!ENTITY a "rot"><!ENTITY b SYSTEM "{secret.as_uri()}">]>'
    head = doctype + SVG
    assert b"<text>rot</text>" in cleaned("<text>&a;</text>", head).data
    assert b"GEHEIM" not in cleaned("<text>&b;</text>", head).data
    assert b"<!" not in cleaned("", head).data


def test_a_small_file_never_makes_a_huge_one():
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    head = f'<!DOCTYPE svg [<!ENTITY e0 "{"x" * 100}">{steps}]>{SVG}'
    with pytest.raises(SvgError):
        cleaned("<text>&e8;</text>", head)
    assert len(cleaned("<text>&e3;</text>", head).data) < MOST


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_drawing_may_have_any_encoding_and_becomes_utf8(encoding: str):
    said = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{SVG}<text>Größe</text></svg>'
    assert "<text>Größe</text>" in clean(said.encode(encoding)).data.decode()


MARKUP = st.lists(
    st.sampled_from(
        [*FOREIGN, *(f"<g {one}>x</g>" for one in ATTRIBUTES_OUT), *STAYS]
        + [f"<style>{one.replace('<', '&lt;')}</style>" for one in STYLES_OUT]
    ),
    max_size=6,
)


@given(MARKUP)
def test_what_is_published_is_clean_by_itself_and_once_cleaned_stays_so(parts: list[str]):
    data = cleaned("".join(parts)).data
    minidom.parseString(data)
    again = clean(data)
    assert again.data == data
    assert again.removed == ()
    facts = read("media/a.svg", data, "/media/a.svg", "https://musterdorf-netz.de")
    assert facts is not None
    assert facts.findings == ()


# On a site.


def test_a_site_publishes_the_cleaned_drawing_and_keeps_it(tmp_path: Path):
    site = write(tmp_path)
    bad = f"<h:meta {XHTML} http-equiv='refresh' content='0;url={E}'/><rect width='3'/>"
    drawing = put(site / "content" / "media" / "plan.svg", f"{SVG}{bad}</svg>")
    put(
        site / "content" / "pages" / "verein.md",
        "---\ntitle: Verein\n---\n\n![Plan](/media/plan.svg)\n",
    )
    asked = options(site, memo=True)
    for _ in range(2):
        assert build(asked).published
        assert (site / "output" / "media" / "plan.svg").read_bytes() == clean(
            drawing.read_bytes()
        ).data
    found = [problem for problem in build(asked).problems if problem.code == "drawing-cleaned"]
    assert [(one.path, one.facts["what"]) for one in found] == [
        ("content/media/plan.svg", "<meta>")
    ]
    put(site / "content" / "pages" / "neues.md", "---\ntitle: Zweite\n---\n\nNeu.\n")
    assert build(options(site, memo=True, verify=True)).counts.paths
