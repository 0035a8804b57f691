"""Elements of a page → what keeps somebody out; the page around each case is whole."""

import pytest

from netzsite.audit.page import read
from netzsite.audit.wcag import CRITERIA
from netzsite.problems import SEVERITIES

OWN = "https://www.musterviertel-netz.de"
WHOLE = """<!doctype html>
<html lang="de"><head><title>Titel</title></head>
<body><a class="skip" href="#inhalt">Zum Inhalt</a>
<header><nav aria-label="Menü"><ul><li><a href="/">Start</a></li></ul></nav></header>
<main id="inhalt"><h1>Titel</h1>
{}
</main></body></html>"""


def codes(page: str) -> list[tuple[str, str]]:
    found = read(page.encode(), "/seite/", OWN).findings
    return [(one.code, one.what) for one in found if one.code in CRITERIA]


def inside(body: str) -> list[tuple[str, str]]:
    return codes(WHOLE.format(body))


def test_every_finding_about_access_is_a_kind_of_problem_with_a_criterion():
    assert set(CRITERIA) <= set(SEVERITIES)
    assert list(CRITERIA.values()) == sorted(CRITERIA.values())


@pytest.mark.parametrize(
    ("part", "instead", "found"),
    [
        (' lang="de"', "", ("page-without-language", "")),
        ('lang="de"', 'lang="Deutsch!"', ("page-without-language", "Deutsch!")),
        ("<title>Titel</title>", "", ("page-without-title", "")),
        ("<title>Titel</title>", "<title> </title>", ("page-without-title", "")),
        ("main", "div", ("page-without-main", "0")),
        ("</main>", "</main><main></main>", ("page-without-main", "2")),
        ("<h1>Titel</h1>", "", ("page-without-heading", "0")),
        ("<h1>Titel</h1>", "<h1>A</h1><h1>B</h1>", ("page-without-heading", "2")),
        ("<h1>Titel</h1>", "<h1> </h1>", ("without-name", "<h1>")),
        ("#inhalt", "/", ("no-skip-link", "")),
        ("#inhalt", "#weg", ("no-skip-link", "")),
        ("<head>", '<head><meta name="viewport" content="maximum-scale=1.0">', ("zoom-blocked", "maximum-scale=1.0")),
        ("<head>", '<head><meta name="viewport" content="user-scalable = no">', ("zoom-blocked", "user-scalable = no")),
    ],
)  # fmt: skip
def test_what_the_frame_of_a_page_lacks_is_told(part: str, instead: str, found: tuple[str, str]):
    assert inside("") == []
    assert codes(WHOLE.format("").replace(part, instead)) == [found]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<h3>Zu tief</h3>", ("heading-skipped", "Zu tief")),
        ("<h2>A</h2><h4>Zu tief</h4>", ("heading-skipped", "Zu tief")),
        ("<h2></h2>", ("without-name", "<h2>")),
        ('<h2 id="x"><span aria-hidden="true">*</span></h2>', ("without-name", "<h2> x")),
        ('<img src="/a.jpg">', ("picture-without-alt", "/a.jpg")),
        ('<a href="/a/"></a>', ("without-name", "<a> /a/")),
        ('<a href="/a/">\n</a>', ("without-name", "<a> /a/")),
        ('<a href="/a/"><img src="/a.jpg" alt=""></a>', ("without-name", "<a> /a/")),
        ('<a href="/a/"><b aria-hidden="true">›</b></a>', ("without-name", "<a> /a/")),
        ("<button></button>", ("without-name", "<button>")),
        ('<input type="button">', ("without-name", "<input>")),
        ('<iframe src="/a/"></iframe>', ("without-name", "<iframe> /a/")),
        ('<input name="wort">', ("field-without-label", "wort")),
        ('<select id="thema"></select>', ("field-without-label", "thema")),
        ("<textarea placeholder=Text></textarea>", ("field-without-label", "textarea")),
        ('<label for="weg">A</label>', ("label-nowhere", "weg")),
        ('<p aria-labelledby="inhalt weg">A</p>', ("label-nowhere", "weg")),
        ("<ul><p>A</p></ul>", ("bad-list", "<p> in <ul>")),
        ("<ol><li>A</li><div>B</div></ol>", ("bad-list", "<div> in <ol>")),
        ("<div><li>A</li></div>", ("bad-list", "<li> in <div>")),
        ("<dl><p>A</p></dl>", ("bad-list", "<p> in <dl>")),
        ("<section><dt>A</dt></section>", ("bad-list", "<dt> in <section>")),
        ("<table><tr><td>A</td><td>B</td></tr></table>", ("table-without-header", "A B")),
        ('<p id="a">A</p><p id="a">B</p>', ("repeated-id", "a")),
        ('<p><a href="/a/">hier</a> <a href="/b/">hier</a></p>', ("ambiguous-links", "hier")),
        ('<a href="/a/">hier</a> <a href="https://x.org/" rel="noreferrer">hier</a>', ("ambiguous-links", "hier")),
    ],
)  # fmt: skip
def test_what_keeps_somebody_out_is_told(body: str, found: tuple[str, str]):
    assert inside(body) == [found]


@pytest.mark.parametrize(
    "body",
    [
        "<h2>A</h2><h3>B</h3><h2>C</h2><h3>D</h3><h4>E</h4><h2>F</h2>",
        '<img src="/a.jpg" alt=""><img src="/b.jpg" alt="Ein Fest">',
        '<a href="/a/"><img src="/a.jpg" alt="Ein Fest"></a>',
        '<a href="/a/" aria-label="Weiter"></a><a href="/b/" title="Mehr"></a>',
        '<a href="/a/"><svg><title>Suche</title></svg></a>',
        "<a>kein Link</a><a name=x></a>",
        "<button>Los</button><button aria-label=Los></button>",
        '<input type="hidden"><input type="submit"><input type="image" alt="Los">',
        '<label for="a">A</label><input id="a"><label>B <input name="b"></label>',
        '<input aria-label="Suche"><select title="Thema"></select>',
        "<ul><li>A<ul><li>B</li></ul></li></ul><ol><template></template></ol>",
        "<dl><dt>A</dt><dd>B</dd><div><dt>C</dt><dd>D</dd></div></dl>",
        "<table><tr><th>A</th><td>B</td></tr></table>",
        '<table role="presentation"><tr><td>A</td></tr></table>',
        '<section hidden><h2></h2><button></button><input name="a"><a href="/a/"></a></section>',
        '<iframe src="/a/" title="Karte"></iframe>',
        # Links of one name: to one place, or told apart by what stands around them.
        '<a href="/a/">A</a><a href="/a/">A</a>',
        '<ul><li>Kita <a href="/a/">mehr</a></li><li>Hort <a href="/b/">mehr</a></li></ul>',
        '<p>Kita <a href="/a/">mehr</a></p><p>Hort <a href="/b/">mehr</a></p>',
        '<h2>Kita</h2><a href="/a/">mehr</a><h2>Hort</h2><a href="/b/">mehr</a>',
        '<dl><dt>Kita</dt><dd><a href="/a/">mehr</a></dd><dt>Hort</dt><dd><a href="/b/">mehr</a></dd></dl>',
        '<a href="/b/">Start</a>',
    ],
)  # fmt: skip
def test_what_everybody_can_use_is_fine(body: str):
    assert inside(body) == []
