"""A rendered page → what the checks need to know: links, ids, what it loads, what it runs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite.rendering.facts import LOADING, PageFacts, read

HERE = "/akteure/mckiz/"


def facts(body: str, here: str = HERE, base: str = "") -> PageFacts:
    return read(f"<!doctype html><html lang=de><title>x</title>{body}".encode(), here, base)


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ('<a href="../anker/">x</a>', ["/akteure/anker/"]),
        ('<a href="../anker/index.html#zeiten">x</a>', ["/akteure/anker/#zeiten"]),
        ('<a href="#oben">x</a>', [f"{HERE}#oben"]),
        ('<a href="">x</a>', [HERE]),
        ("<a href>x</a><a>y</a><a name=z>z</a>", []),
        ('<a href="/termine/">x</a><area href="/termine/">', ["/termine/"]),
        ('<a href="https://example.org/">x</a><a href="mailto:a@b.de">y</a>', []),
        ('<img src="/media/a.jpg" srcset="/media/b.jpg 2x, /media/c.jpg 3x">', ["/media/a.jpg", "/media/b.jpg", "/media/c.jpg"]),
        ('<img src="" srcset=" ,"><audio src></audio>', []),
        ('<link rel="stylesheet" href="../../static/site.css">', ["/static/site.css"]),
        ('<link rel="Alternate ICON" href="/favicon.svg">', ["/favicon.svg"]),
        ('<link rel="canonical" href="https://example.org/"><link rel="alternate" href="/feed.xml">', []),
        ('<link href="/x.css"><link rel="stylesheet">', []),
        ('<meta http-equiv="refresh" content="0; url=/neu/">', ["/neu/"]),
        ("<meta http-equiv=refresh content=\"0;url='/neu/'\">", ["/neu/"]),
        ('<meta name="description" content="url=/neu/"><meta http-equiv="refresh">', [HERE]),
        ('<svg><use href="#zeichen"/></svg>', [f"{HERE}#zeichen"]),
        ('<video poster="/media/p.jpg"><source src="/media/f.mp4"><track src="/media/f.vtt"></video>', ["/media/p.jpg", "/media/f.mp4", "/media/f.vtt"]),
        ('<object data="/media/a.pdf"></object><iframe src="/x/"></iframe><embed src="/y/">', ["/media/a.pdf", "/x/", "/y/"]),
        ("<p>nichts</p>", []),
    ],
)  # fmt: skip
def test_what_a_page_links_to_inside_the_site(body: str, links: list[str]):
    assert facts(body) == PageFacts(links=tuple(links))


@pytest.mark.parametrize(
    ("link", "address"),
    [("/unten/akteure/", "/akteure/"), ("/unten/", "/"), ("../", "/akteure/"), ("#a", f"{HERE}#a")],
)
def test_below_a_path_links_from_the_root_are_ours(link: str, address: str):
    assert facts(f'<a href="{link}">x</a>', base="/unten").links == (address,)


def test_only_a_whole_part_of_a_path_is_the_base():
    assert facts('<a href="/untenan/">x</a>', base="/unten").links != (f"{HERE}an/",)


@pytest.mark.parametrize("tag", sorted(LOADING))
@pytest.mark.parametrize("address", ["https://example.org/x", "//example.org/x", "http://x/y"])
def test_what_a_browser_would_load_from_elsewhere_is_foreign(tag: str, address: str):
    for name in LOADING[tag]:
        inside = f"<{tag} {name}='{address}'></{tag}>"
        body = f"<svg>{inside}</svg>" if tag in ("use", "image") else inside
        assert facts(body).foreign == (address,)
        assert facts(body).links == ()


@pytest.mark.parametrize(
    ("body", "foreign"),
    [
        ('<link rel="stylesheet" href="https://x.org/a.css">', ["https://x.org/a.css"]),
        ('<link rel="STYLESHEET" href="//x.org/a.css">', ["//x.org/a.css"]),
        ('<link rel="preconnect dns-prefetch" href="https://x.org">', ["https://x.org"]),
        ('<link rel="canonical" href="https://x.org/">', []),
        ('<a href="https://x.org/">x</a>', []),
        ('<img src="data:image/png;base64,x">', []),
        ('<img srcset="/a.jpg 1x, https://x.org/b.jpg 2x">', ["https://x.org/b.jpg"]),
        ('<meta http-equiv="Refresh" content="0;url=https://x.org/">', ["https://x.org/"]),
        ('<img src="https://x.org/a"><img src="https://x.org/a">', ["https://x.org/a"]),
        ('<noscript><img src="https://x.org/pixel"></noscript>', ["https://x.org/pixel"]),
    ],
)
def test_what_leaves_the_site_by_itself_is_foreign(body: str, foreign: list[str]):
    assert facts(body).foreign == tuple(foreign)


@pytest.mark.parametrize(
    "body",
    [
        '<meta http-equiv="refresh" content="0; URL=https://x.org/">',
        '<svg><image href="https://x.org/a.png"/></svg>',
        '<p style="background: url(https://x.org/a.png)">x</p>',
        "<style>@import url(https://x.org/a.css);</style>",
        '<link rel="mask-icon" href="https://x.org/a.svg">',
        '<iframe srcdoc="<img src=https://x.org/a.png>"></iframe>',
    ],
)
def test_nothing_that_is_loaded_from_elsewhere_goes_unseen(body: str):
    found = facts(body)
    assert any("x.org" in one for one in (*found.foreign, *found.inline))


@pytest.mark.parametrize(
    ("body", "inline"),
    [
        ("<script>x()</script>", ["script"]),
        ("<script></script>", ["script"]),
        ("<script type=module>x()</script>", ["script"]),
        ('<script type="text/javascript">x()</script>', ["script"]),
        ('<script type=" Application/JavaScript ">x()</script>', ["script"]),
        ('<script type="importmap">{}</script>', ["script"]),
        ('<script type="speculationrules">{}</script>', ["script"]),
        ('<script type="application/ld+json">{}</script>', []),
        ('<script src="/static/a.js"></script>', []),
        ('<button onclick="x()">x</button>', ["onclick=x()"]),
        ("<p ONMOUSEOVER=x()>y</p><p onmouseover=x()>z</p>", ["onmouseover=x()"]),
        ("<svg onload></svg>", ["onload=None"]),
        ('<p data-on="y">z</p>', []),
    ],
)
def test_what_is_written_into_the_page_to_run_is_inline(body: str, inline: list[str]):
    assert facts(body).inline == tuple(inline)


def test_an_address_that_runs_is_inline():
    assert facts('<a href="javascript:x()">y</a>').inline


def test_ids_and_those_that_repeat_are_listed_once():
    found = facts('<p id=a>1<p id=b>2<p id=a>3<p id=a>4<p id="">5<p id>6')
    assert (found.ids, found.repeated_ids) == (("a", "b"), ("a",))


@given(st.binary(max_size=200))
@settings(max_examples=100)
def test_no_bytes_are_too_strange_for_a_page(page: bytes):
    assert isinstance(read(page, "/"), PageFacts)
