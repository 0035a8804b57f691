"""A rendered page → what the checks need to know: links, ids, what it loads, what it runs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite.audit.facts import Facts
from netzsite.audit.loading import LOADING_RELS, SOURCES
from netzsite.audit.page import read

HERE = "/akteure/mckiz/"
OWN = "https://www.musterviertel-netz.de"


def facts(body: str, here: str = HERE, base: str = "") -> Facts:
    page = f"<!doctype html><html lang=de><title>x</title>{body}"
    return read(page.encode(), here, OWN + base)


PRIVATE = {
    *("foreign-origin", "inline-script", "inline-handler", "inline-style", "link-with-referrer"),
}


def found(body: str) -> set[tuple[str, str]]:
    return {(one.code, one.what) for one in facts(body).findings if one.code in PRIVATE}


def whats(body: str, code: str) -> list[str]:
    return [one.what for one in facts(body).findings if one.code == code]


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
        ('<meta name="description" content="url=/neu/"><meta http-equiv="refresh">', []),
        ('<svg><use href="#zeichen"/></svg>', [f"{HERE}#zeichen"]),
        ('<video poster="/media/p.jpg"><source src="/media/f.mp4"><track src="/media/f.vtt"></video>', ["/media/p.jpg", "/media/f.mp4", "/media/f.vtt"]),
        ('<object data="/media/a.pdf"></object><iframe src="/x/"></iframe><embed src="/y/">', ["/media/a.pdf", "/x/", "/y/"]),
        ("<p>nichts</p>", []),
    ],
)  # fmt: skip
def test_what_a_page_links_to_inside_the_site(body: str, links: list[str]):
    assert facts(body).links == tuple(links)


@pytest.mark.parametrize(
    ("link", "address"),
    [("/unten/akteure/", "/akteure/"), ("/unten/", "/"), ("../", "/akteure/"), ("#a", f"{HERE}#a")],
)
def test_below_a_path_links_from_the_root_are_ours(link: str, address: str):
    assert facts(f'<a href="{link}">x</a>', base="/unten").links == (address,)


def test_only_a_whole_part_of_a_path_is_the_base():
    assert facts('<a href="/untenan/">x</a>', base="/unten").links != (f"{HERE}an/",)


@pytest.mark.parametrize(
    "opening",
    [
        *(f"<p {name}=" for name in sorted(SOURCES)),
        *(f"<link rel='{rel}' href=" for rel in sorted(LOADING_RELS)),
        *("<img src=", "<img srcset=", "<source srcset=", "<input type=image src="),
        *("<link rel=preload imagesrcset=", "<base href=", "<a ping=", "<form action="),
        *("<button formaction=", "<svg><use href=", "<svg><use xlink:href="),
        *("<svg><image href=", "<svg><image xlink:href=", "<svg><feImage href="),
        *("<svg><linearGradient href=", "<svg><script href=", "<html manifest="),
    ],
)
@pytest.mark.parametrize("address", ["https://example.org/x", "//example.org/x", "http://x/y"])
def test_what_a_browser_would_load_from_elsewhere_is_foreign(opening: str, address: str):
    assert found(f"{opening}'{address}'>") == {("foreign-origin", address)}


@pytest.mark.parametrize(
    "address",
    [" https://x.org/a", "ht\ntps://x.org/a", "\thttps://x.org/a\n", "HTTPS://x.org/a", "\\\\x.org/a", "ftp://x.org/a"],
)  # fmt: skip
def test_no_way_of_writing_hides_another_origin(address: str):
    assert len(whats(f'<img src="{address}">', "foreign-origin")) == 1


@pytest.mark.parametrize("link", [OWN + "/akteure/", OWN + "/#ziele"])
def test_the_own_address_in_full_is_ours(link: str):
    body = f'<img src="{link}"><a href="{link}">x</a>'
    assert facts(body).links == (link[len(OWN) :],)
    assert found(body) == set()


@pytest.mark.parametrize(
    ("body", "foreign"),
    [
        ('<link rel="stylesheet" href="https://x.org/a.css">', ["https://x.org/a.css"]),
        ('<link rel="STYLESHEET" href="//x.org/a.css">', ["//x.org/a.css"]),
        ('<link rel="preconnect dns-prefetch" href="https://x.org">', ["https://x.org"]),
        ('<link rel="canonical" href="https://x.org/">', []),
        ('<a href="https://x.org/">x</a>', []),
        ('<img src="a.jpg, https://x.org/b">', []),
        (
            '<img srcset="https://x.org/a.jpg?b=1,2 1x,data:image/png;base64,x 2x">',
            ["https://x.org/a.jpg?b=1,2"],
        ),
        ('<template><img src="https://x.org/a"></template>', ["https://x.org/a"]),
        (
            '<div><template shadowrootmode=open><img src="https://x.org/a"></template></div>',
            ["https://x.org/a"],
        ),
        ('<a ping="/a https://x.org/b">x</a>', ["https://x.org/b"]),
        ('<svg><rect fill="url(https://x.org/a.svg#b)"/></svg>', ["https://x.org/a.svg#b"]),
        ('<svg><rect fill="url(#b)"/></svg>', []),
        ('<img src="data:image/png;base64,x">', []),
        ('<img srcset="/a.jpg 1x, https://x.org/b.jpg 2x">', ["https://x.org/b.jpg"]),
        ('<meta http-equiv="Refresh" content="0;url=https://x.org/">', ["https://x.org/"]),
        ('<img src="https://x.org/a"><img src="https://x.org/a">', ["https://x.org/a"]),
        ('<noscript><img src="https://x.org/pixel"></noscript>', ["https://x.org/pixel"]),
    ],
)
def test_what_leaves_the_site_by_itself_is_foreign(body: str, foreign: list[str]):
    assert whats(body, "foreign-origin") == foreign


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
    assert any("x.org" in what for _, what in found(body))


@pytest.mark.parametrize(
    "opening",
    [
        *("<script>", "<script type=module>", '<script type="text/javascript">'),
        *('<script type=" Application/JavaScript ">', '<script type="importmap">'),
        *('<script type="speculationrules">', "<svg><script>", "<script src>"),
    ],
)
def test_a_script_in_the_page_is_found(opening: str):
    assert whats(f"{opening}x()</script>", "inline-script") == ["x()"]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="javascript:x()">y</a>',
        '<a href=" JavaScript:x()">y</a>',
        '<a href="java&#10;script:x()">y</a>',
        '<a href="&#106;avascript:x()">y</a>',
        '<svg><a xlink:href="javascript:x()">y</a></svg>',
        '<form action="javascript:x()"></form>',
        '<iframe src="javascript:x()"></iframe>',
        '<iframe src="data:text/html,x"></iframe>',
        '<iframe srcdoc="<p>x"></iframe>',
        '<object data="data:text/html,x"></object>',
        '<script src="data:text/javascript,x"></script>',
        '<svg><set attributeName="href" to="javascript:x()"/></svg>',
        '<svg><animate attributeName="href" values="#a;javascript:x()"/></svg>',
        '<meta http-equiv="refresh" content="0;url=javascript:x()">',
        "<template><script>x()</script></template>",
    ],
)
def test_an_address_that_runs_is_a_script(body: str):
    assert whats(body, "inline-script")


@pytest.mark.parametrize(
    ("body", "handlers"),
    [
        ('<button onclick="x()">x</button>', ["onclick=x()"]),
        ("<p ONMOUSEOVER=x()>y</p><p onmouseover=x()>z</p>", ["onmouseover=x()"]),
        ("<svg onload></svg>", ["onload="]),
        ('<p data-on="y">z</p>', []),
        ('<p data-label="url(https://x.org/a) javascript:y()">z</p>', []),
    ],
)
def test_an_attribute_that_runs_is_found(body: str, handlers: list[str]):
    assert whats(body, "inline-handler") == handlers


@pytest.mark.parametrize(
    "body",
    [
        '<script type="application/ld+json">{}</script>',
        '<script src="/static/a.js"></script>',
        '<p title="javascript:x()">y</p>',
        '<img src="data:image/png;base64,x">',
        '<a href="mailto:a@b.de">x</a><a href="tel:+49">y</a><a href="geo:1,2">z</a>',
        '<a href="https://x.org/" rel="external noreferrer">x</a>',
    ],
)
def test_what_runs_and_loads_nothing_is_fine(body: str):
    assert found(body) == set()


@pytest.mark.parametrize("rel", ["", "noopener", "external"])
def test_a_link_that_tells_where_the_reader_comes_from_is_found(rel: str):
    body = f'<a rel="{rel}" href="https://x.org/a">x</a>'
    assert found(body) == {("link-with-referrer", "https://x.org/a")}


def test_a_style_in_the_page_is_found_and_what_it_loads():
    body = "<p style='background:url(//x.org/a)'>y</p><style>@import 'https://x.org/b';</style>"
    assert found(body) == {
        ("inline-style", "background:url(//x.org/a)"),
        ("inline-style", "@import 'https://x.org/b';"),
        ("foreign-origin", "//x.org/a"),
        ("foreign-origin", "https://x.org/b"),
    }


def test_ids_are_listed_once_and_those_that_repeat_are_told():
    body = '<p id=a>1<p id=b>2<p id=a>3<p id=a>4<p id="">5<p id>6'
    assert facts(body).ids == ("a", "b")
    assert whats(body, "repeated-id") == ["a"]


@given(st.binary(max_size=200))
@settings(max_examples=100)
def test_no_bytes_are_too_strange_for_a_page(page: bytes):
    assert isinstance(read(page, "/", OWN), Facts)


LINKS = st.text("./#?ab:%", max_size=12) | st.sampled_from(["../../", "../..//x", "../../x:y", ""])


@given(st.sampled_from(["/", "/a/", "/a/b/", "/a/b/c.html"]), LINKS)
def test_a_known_link_leads_where_it_would_without_being_known(here: str, link: str):
    from netzsite import urls
    from netzsite.audit.collector import Notes

    assert Notes(here, OWN).inside(link) == urls.resolve(here, link)
