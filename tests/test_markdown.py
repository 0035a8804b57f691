"""Markdown → clean HTML in fragments: what comes through, what doesn't, what is told."""

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from netzsite.markdown.lint import MAX_LENGTH, MAX_MARKS, MAX_NESTING, Target
from netzsite.markdown.render import Rendered, lower_headings, prefix_ids, render
from netzsite.problems import Problem, Spot
from netzsite.text import is_id

PATH = "posts/fest.md"
ALIVE = {"script", "style", "iframe", "object", "embed", "form", "input", "button", "base", "meta"}
ALIVE |= {"link", "svg", "math", "template", "noscript", "video", "audio", "textarea", "frame"}


def rendered(text: str, first_line: int = 1) -> Rendered:
    found = render(text, PATH, first_line)
    assert isinstance(found, Rendered), found
    return found


def markup(text: str) -> str:
    """The HTML with every target written back as the editor wrote it."""
    found = rendered(text)
    first, *others = found.fragments.parts
    written = [first]
    for target, part in zip(found.body.targets, others, strict=True):
        name = "src" if target.picture else "href"
        written.append(f' {name}="{html.escape(target.to)}"{part}')
    return "".join(written)


def codes(text: str) -> list[str]:
    return [problem.code for problem in rendered(text).problems]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Grüße aus der **Größe**.", "<p>Grüße aus der <strong>Größe</strong>.</p>"),
        ("- Kaffee\n- Kuchen", "<ul>\n<li>Kaffee</li>\n<li>Kuchen</li>\n</ul>"),
        ("- Kaffee\n    - schwarz", "<ul>\n<li>Kaffee<ul>\n<li>schwarz</li>\n</ul>\n</li>\n</ul>"),
        ("3. drei\n4. vier", '<ol start="3">\n<li>drei</li>\n<li>vier</li>\n</ol>'),
        ("> Zitat", "<blockquote>\n<p>Zitat</p>\n</blockquote>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ('<abbr title="eingetragener Verein">e. V.</abbr>', '<p><abbr title="eingetragener Verein">e. V.</abbr></p>'),
        ("", ""),
    ],
)  # fmt: skip
def test_markdown_becomes_html(written: str, expected: str):
    assert markup(written) == expected


def test_cells_keep_their_alignment_as_a_class_and_lose_the_style():
    table = "| Tag | Zeit | Preis | Ort |\n|:--|:-:|--:|---|\n| Di | 14 Uhr | 3 € | Saal |"
    page = LexborHTMLParser(markup(table))
    classes = ["left", "center", "right", None]
    for cells in ("th", "td"):
        assert [cell.attributes.get("class") for cell in page.css(cells)] == classes
    assert "style" not in markup(table)


@pytest.mark.parametrize(
    "style", ["color:red", "text-align:justify", "background:url(//x)", "text-align:left;color:red"]
)
def test_no_other_style_of_a_cell_stays(style: str):
    assert "style=" not in markup(f'<table><tr><td style="{style}">Di</td></tr></table>')


def test_footnotes_keep_their_ids_and_lead_to_each_other():
    page = LexborHTMLParser(markup("Satz.[^1] Noch einer.[^1]\n\n[^1]: Quelle: *Amtsblatt*."))
    ids = {node.attributes["id"] for node in page.css("[id]")}
    links = {node.attributes["href"].removeprefix("#") for node in page.css("a")}
    assert {"fn-1", "fnref-1"} <= ids
    assert links == ids
    assert page.css_first("div.footnote li").attributes["id"] == "fn-1"
    assert "footnote-ref" in page.css_first("sup a").attributes["class"]


def test_footnotes_of_one_text_do_not_reach_the_next():
    first = rendered("Satz.[^1]\n\n[^1]: Quelle.")
    assert markup("Satz.[^1]") == "<p>Satz.[^1]</p>"
    assert rendered("Satz.[^1]\n\n[^1]: Quelle.") == first


@pytest.mark.parametrize(
    ("heading", "id_"),
    [
        ("Größe", "groesse"),
        ("Straße & Übergang", "strasse-uebergang"),
        ("„Offener Treff“ (ab 12)", "offener-treff-ab-12"),
        ("*Wichtig*", "wichtig"),
        ("a & b", "a-b"),
        ("مرحبا", "abschnitt"),
        ("Angebote {#suche}", "suche"),
        ("Angebote {#n_main}", "n-main"),
        ("Angebote {#Über_uns}", "ueber-uns"),
    ],
)
def test_a_heading_gets_a_german_slug_that_no_id_of_the_page_can_be(heading: str, id_: str):
    (node,) = LexborHTMLParser(markup(f"## {heading}")).css("h2")
    assert node.attributes["id"] == id_
    assert "_" not in id_


def test_equal_headings_get_different_ids():
    page = LexborHTMLParser(markup("## Zeiten\n\n## Zeiten\n\n## Zeiten"))
    assert [node.attributes["id"] for node in page.css("h2")] == ["zeiten", "zeiten-1", "zeiten-2"]


def test_every_heading_keeps_an_id():
    page = LexborHTMLParser(markup("## Zeiten\n\n## Zeiten\n\n## Zeiten 1"))
    assert len({node.attributes.get("id") for node in page.css("h2")} - {None}) == 3


def test_an_id_that_is_set_twice_is_kept_once():
    text = '<p id="ort">A</p>\n\n<p id="Ort">B</p>\n\n<p id="___">C</p>'
    page = LexborHTMLParser(markup(text))
    assert [node.attributes["id"] for node in page.css("[id]")] == ["ort"]


def test_a_link_inside_the_text_follows_the_slug():
    assert rendered("[oben](#Größe_1)\n\n# Größe_1").body.targets == (Target("#groesse-1"),)


@pytest.mark.parametrize(
    ("text", "levels", "skipped"),
    [
        ("# A\n\n## B\n\n### C", ["h2", "h3", "h4"], []),
        ("### A\n\n#### B\n\n### C", ["h2", "h3", "h2"], []),
        ("## A\n\n# B", ["h3", "h2"], []),
        ("# A\n\n### Das „Fest“ & *mehr*\n\n## C", ["h2", "h4", "h3"], ["Das „Fest“ & mehr"]),
        ("# A\n\n###### B", ["h2", "h6"], ["B"]),
        ("# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5\n\n###### 6", ["h2", "h3", "h4", "h5", "h6", "h6"], []),
        ("A\n=\n\nB\n----", ["h2", "h3"], []),
        ("kein Titel", [], []),
    ],
)  # fmt: skip
def test_the_shallowest_heading_becomes_h2_and_skips_are_told(
    text: str, levels: list[str], skipped: list[str]
):
    page = LexborHTMLParser(markup(text))
    tags = [node.tag for node in page.css("h1, h2, h3, h4, h5, h6")]
    assert tags == levels
    problems = rendered(text).problems
    assert [problem.facts["heading"] for problem in problems] == skipped
    assert {problem.code for problem in problems} <= {"heading-skipped"}


def test_a_skipped_level_is_told_where_it_stands():
    (problem,) = rendered("# Titel\n\nText\n\n### Zu tief", 10).problems
    assert problem.spot == Spot(14, 5, 7)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//x></SCRIPT>",
        "<scr<script>ipt>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        "<a href=\"javascript:alert(1)\" onclick='x'>x</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](java\tscript:alert(1))",
        '<a href="java&#9;script:alert(1)">x</a>',
        '<a href=" &#1;java\nscript:alert(1)">x</a>',
        "[x]( javascript:alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[x][1]\n\n[1]: javascript:alert(1)",
        '<iframe src="https://example.org"></iframe>',
        '<form action="https://example.org"><input autofocus></form>',
        '<base href="https://example.org/">',
        '<meta http-equiv="refresh" content="0;url=https://example.org">',
        "<style>@import url(https://example.org)</style>",
        '<p style="background:url(https://example.org)">x</p>',
        "<svg><script>alert(1)</script></svg>",
        "<svg onload=alert(1)>",
        "<math><mtext></p><style><!--</style><img onerror=alert(1) src>",
        '<details open ontoggle="alert(1)">',
        "# Titel {: onclick=alert(1) }",
        "Text\n{: onmouseover=alert(1) style=color:red }",
        "[x](https://example.org){: onclick=alert(1) }",
        '<p title="<script>alert(1)</script>">x</p>',
        "<!-- <script>alert(1)</script> -->",
        "`<script>`",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
        '<template><img src=x onerror="alert(1)"></template>',
        "<a href='x' target='_blank' ping='https://example.org'>x</a>",
        '<video src="https://example.org/x.mp4" autoplay></video>',
        '<link rel="stylesheet" href="https://example.org/x.css">',
    ],
)
def test_nothing_alive_comes_through(hostile: str):
    assert_harmless(hostile)


def scheme_of(url: str) -> str:
    """The scheme that a browser sees (WHATWG URL, basic parser, steps 1 to 3)."""
    seen = re.sub(r"[\t\n\r]", "", url.strip("".join(map(chr, range(33)))))
    return seen.partition(":")[0].lower()


def assert_harmless(text: str) -> None:
    clean = markup(text)
    assert "<script" not in clean.lower()
    page = LexborHTMLParser(clean)
    for node in page.css("*"):
        assert node.tag not in ALIVE
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            assert name not in {"style", "target", "ping", "srcset", "formaction", "name"}
            if name in ("href", "src"):
                scheme = scheme_of(value or "")
                assert scheme not in {"javascript", "vbscript", "data", "file", "blob"}
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    assert all(is_id(id_ or "") for id_ in ids)


PIECES = st.sampled_from(
    [
        *("<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<!--"),
        *("-->", "<![CDATA[", "]]>", "<?php ", "?>", "<style>", "</style>", "<table><tr><td>"),
        *(
            '<a href="javascript:alert(1)">',
            "</a>",
            "[x](javascript:alert(1))",
            "](",
            ")",
            "[",
            "]",
        ),
        *("![x](data:text/html,x)", "{: onclick=x id=n_main }", "# Größe\n", "[^1]", "\n\n[^1]: x"),
        *("\n", "\n\n", "    ", "`", "```\n", "<p title='", '"', "'", ">", "\\", "&#106;", "&lt;"),
        *("java\tscript:", "<javascript:x>", "<a\nhref=x\nonclick=y>", "|a|b|\n|-|:-|\n|c|d|\n"),
        *('<p id="n_main">', "<noscript>", "<template>", "<math><mi>", "Müll", " ", "- ", "> "),
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))
@settings(max_examples=200)
@example("<a title='&quot;><script>alert(1)</script>' href=x>y</a>")
@example('![<script>](x "<script>")')
def test_no_mixture_gets_anything_alive_through(text: str):
    if isinstance(render(text, PATH, 1), Problem):
        return
    assert_harmless(text)


@given(st.text(max_size=200))
@settings(max_examples=150)
def test_the_html_is_cut_at_every_target(text: str):
    found = rendered(text)
    assert len(found.fragments.parts) == len(found.body.targets) + 1
    assert len(found.body.excerpt) <= 200
    assert not any(
        re.search(r"<a [^>]*href=|<img [^>]*src=", part) for part in found.fragments.parts
    )


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[McKiz](actor:mckiz)", Target("actor:mckiz")),
        ("[Fest](post:sommerfest#programm)", Target("post:sommerfest#programm")),
        ("[Satzung](media/satzung.pdf)", Target("media/satzung.pdf")),
        ("[Satzung](media/satzung.pdf 'Die <Satzung>')", Target("media/satzung.pdf")),
        ("[Netz](https://example.org/?a=1&b=2)", Target("https://example.org/?a=1&b=2")),
        ("<https://example.org/>", Target("https://example.org/")),
        ("[Anruf](tel:+49261123456)", Target("tel:+49261123456")),
        ("[Karte](geo:50.3,7.6)", Target("geo:50.3,7.6")),
        ("[Liste](/akteure/)", Target("/akteure/")),
        ("![Beet > Weg](media/beet.jpg)", Target("media/beet.jpg", picture=True, alt="Beet > Weg")),
        ('<img alt="Beet" title="x" src="media/beet.jpg">', Target("media/beet.jpg", picture=True, alt="Beet")),
        ("[a][1]\n\n[1]: actor:mckiz", Target("actor:mckiz")),
    ],
)  # fmt: skip
def test_what_a_text_refers_to_is_listed_as_it_was_written(text: str, target: Target):
    assert rendered(text).body.targets == (target,)


def test_mail_addresses_are_links():
    (target,) = rendered("<post@example.org>").body.targets
    assert target == Target("mailto:post@example.org")


def test_a_linked_picture_gives_two_targets():
    targets = rendered("[![Beet](media/beet.jpg)](page:garten)").body.targets
    assert targets == (Target("page:garten"), Target("media/beet.jpg", picture=True, alt="Beet"))


def test_every_target_has_the_place_where_it_is_written():
    text = "Erster Absatz.\n\nMit [McKiz](actor:mckiz) und\n[Netz](https://example.org/a?b&c)."
    assert rendered(text, 7).spots == (Spot(9, 13, 11), Spot(10, 8, 25))


def test_a_target_that_is_written_otherwise_lies_at_the_first_line():
    found = rendered("Text\n\n[x](&#97;ctor:mckiz)", 5)
    assert found.spots == (Spot(5),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![](media/beet.jpg)", [("picture-without-alt", Spot(1, 5, 14))]),
        ('<img src="media/beet.jpg">', [("picture-without-alt", Spot(1, 11, 14))]),
        ("![Beet](media/beet.jpg)", []),
        ("![Beet](https://example.org/b.jpg)", [("foreign-picture", Spot(1, 9, 25))]),
        ("![Beet](http://example.org/b.jpg)", [("foreign-picture", Spot(1, 9, 24))]),
        ("![](//example.org/b.jpg)", [("foreign-picture", Spot(1, 5, 19))]),
        ("![Satzung](media/satzung.pdf)", [("not-a-picture", Spot(1, 12, 17))]),
        ("![McKiz](actor:mckiz)", [("not-a-picture", Spot(1, 10, 11))]),
        ("![Plan](media/plan.SVG)", []),
        ("[Beet](https://example.org/b.jpg)", []),
    ],
)
def test_pictures_without_words_or_from_elsewhere_are_told(
    text: str, expected: list[tuple[str, Spot]]
):
    assert [(one.code, one.spot) for one in rendered(text).problems] == expected


@pytest.mark.parametrize(
    ("link", "guess"),
    [
        ("beitrag:fest", "post:fest"),
        ("Akteur:mckiz", "actor:mckiz"),
        ("actors:mckiz", "actor:mckiz"),
        ("post@example.org", "mailto:post@example.org"),
        ("www.example.org", "https://www.example.org"),
        ("fest.png", "media/fest.png"),
        ("../bilder/fest.png", "media/fest.png"),
        ("satzung.md", None),
        ("mckiz", None),
        ("../akteure/", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
    ],
)
def test_a_link_that_leads_nowhere_is_told_with_what_was_meant(link: str, guess: str | None):
    (problem,) = rendered(f"Siehe\n[hier]({link}).", 7).problems
    assert problem.code == "bad-link"
    assert problem.facts["link"] == link
    assert problem.facts.get("guess") == guess
    assert (problem.spot.line, problem.spot.column) == (8, 8)


@pytest.mark.parametrize(
    "html", ["<a href='mckiz'>x</a>", "<A HREF=mckiz>x</A>", '<a\nhref="mckiz">x</a>']
)
def test_a_link_in_html_is_told_however_it_is_written(html: str):
    assert codes(html) == ["bad-link"]


def test_a_link_to_nothing_is_told_at_its_brackets():
    (problem,) = rendered("Siehe [hier]().").problems
    assert (problem.code, problem.spot.line, problem.facts) == ("bad-link", 1, {"link": ""})


@pytest.mark.parametrize(
    "link",
    [
        *("actor:mckiz", "post:fest#programm", "https://example.org/", "mailto:a@b.de", "tel:110"),
        *("geo:50,7", "/akteure/", "#oben", "media/x.pdf", "../../media/x.pdf", "/media/x.pdf"),
    ],
)
def test_a_link_that_can_lead_somewhere_is_not_told(link: str):
    assert codes(f"[hier]({link})") == []


def test_of_equal_links_each_is_told_at_its_own_place():
    text = "[a](weg) und [b](weg)\n\n[c](actor:x) [d](actor:x)"
    assert [spot.column for spot in rendered(text).spots[-2:]] == [5, 18]


def test_a_date_at_the_start_of_a_line_is_no_list():
    assert codes("Das Fest ist am Samstag, dem\n3. Oktober, im Bürgerhaus.") == []


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        (
            "# Titel\n\nEin **fetter** Satz &amp; mehr.\n\nZweiter Absatz.",
            "Ein fetter Satz & mehr.",
        ),
        ("- nur\n- Liste", ""),
        ("Ein [Link](actor:mckiz)\nim Satz.", "Ein Link im Satz."),
        ("", ""),
    ],
)
def test_the_excerpt_is_the_first_paragraph_as_plain_text(text: str, excerpt: str):
    assert rendered(text).body.excerpt == excerpt


def test_a_long_first_paragraph_is_shortened_at_a_word():
    excerpt = rendered("Die Größe des Beetes wächst. " * 20).body.excerpt
    assert len(excerpt) <= 200
    assert excerpt.endswith("…")
    assert ("Die Größe des Beetes wächst. " * 20).startswith(excerpt.removesuffix("…"))


def test_the_excerpt_leaves_footnote_numbers_out():
    text = "Der Verein zählt 312 Mitglieder[^1].\n\n[^1]: Stand Mai."
    assert rendered(text).body.excerpt == "Der Verein zählt 312 Mitglieder."


def test_the_excerpt_is_the_first_paragraph_that_has_words():
    text = "![Beet](media/beet.jpg)\n\nDas Beet blüht."
    assert rendered(text).body.excerpt == "Das Beet blüht."


def test_the_digest_names_the_html():
    one, same, other = (rendered(text).body.digest for text in ("*a*", "_a_", "**a**"))
    assert one == same
    assert one != other
    assert rendered("[x](actor:a)").body.digest == rendered("[x](actor:b)").body.digest


def test_the_same_text_gives_the_same_result_whatever_came_between():
    text = "# Zeiten\n\nSatz[^1] und [Link][a].\n\n[^1]: Quelle\n\n[a]: actor:mckiz"
    first = rendered(text)
    rendered("# Zeiten\n\n[Link][a] und noch[^1] eine\n\n[^1]: andere")
    assert rendered(text) == first


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[" * 20_000, 1),
        ("![" * 5_000, 1),
        ("Satz\n\n" + "<a " * 20_000, 3),
        ("*" * (MAX_MARKS + 1), 1),
        ("_ " * (MAX_MARKS + 1), 1),
        ("`" * (MAX_MARKS + 1), 1),
        ("&" * (MAX_MARKS + 1), 1),
        ("Satz\n" + "x" * MAX_LENGTH, 2),
        ("Satz\n" * 3 + "> " * MAX_NESTING + "tief", 4),
        ("Satz\n" + ">" * MAX_NESTING + "tief", 2),
        ("\n".join("    " * depth + "- Punkt" for depth in range(300)), MAX_NESTING + 1),
    ],
)
def test_what_would_take_too_long_is_refused_unread(
    text: str, line: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("netzsite.markdown.render._converter", None)
    assert render(text, PATH, 11) == Problem(
        code="markdown-too-costly", path=PATH, spot=Spot(line + 10)
    )


@pytest.mark.parametrize(
    "text",
    [
        "[x] " * MAX_MARKS,
        "Wort " * (MAX_LENGTH // 5),
        "\n".join("    " * depth + "- Punkt" for depth in range(MAX_NESTING)),
        "> " * (MAX_NESTING - 1) + "Zitat",
        "(" * 5_000,
    ],
)
def test_what_stays_in_bounds_is_rendered(text: str):
    assert rendered(text).fragments.parts[0]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- " * 700 + "x", id="list in list on one line"),
        pytest.param("1. " * 700 + "x", id="numbered list in list on one line"),
        pytest.param("\n".join("\t" * n + "- a" for n in range(300)), id="nested by tabs"),
    ],
)
def test_no_nesting_is_too_deep_for_a_problem(text: str):
    found = render(text, PATH, 1)
    assert isinstance(found, Problem)
    assert found.code == "markdown-too-costly"


def test_items_that_lie_too_deep_are_text():
    text = "\n".join("  " * depth + f"- Punkt {depth}" for depth in range(300))
    found = render(text, PATH, 1)
    assert isinstance(found, Problem)
    assert found.code == "markdown-too-costly"


@pytest.mark.parametrize("text", ["", " \n", "\r\ra\r---"])
def test_a_text_is_not_taken_for_the_last_one(text: str):
    rendered("Es ist zu.\n---\n\n" * 3 + "> a\n- b")
    assert len(rendered(text).problems) == ("-" in text)


@pytest.mark.parametrize("heading", ["# a\n", "a\n=\n"])
def test_thousands_of_equal_headings_are_refused(heading: str):
    assert isinstance(render(heading * 2_500, PATH, 1), Problem)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (2, '<h2 id="a">A</h2><h6>B</h6>'),
        (3, '<h3 id="a">A</h3><h6>B</h6>'),
        (4, '<h4 id="a">A</h4><h6>B</h6>'),
    ],
)
def test_headings_move_down_where_a_text_stands_in_a_list(level: int, expected: str):
    assert lower_headings('<h2 id="a">A</h2><h6>B</h6>', level) == expected


def test_ids_of_several_texts_on_a_page_are_kept_apart():
    text = '<h2 id="a">A</h2><p>id="a" <a href="#a">x</a><a href="/#a">y</a></p>'
    assert prefix_ids(text, "ziel-") == (
        '<h2 id="ziel-a">A</h2><p>id="a" <a href="#ziel-a">x</a><a href="/#a">y</a></p>'
    )


@pytest.mark.parametrize("link", ["#", "#top"])
def test_the_top_of_a_page_stays_the_top(link: str):
    assert prefix_ids(f'<a href="{link}">hoch</a>', "ziel-") == f'<a href="{link}">hoch</a>'
