"""Templates with marks: every element says where it is written, and nothing else changes."""

import re

import pytest

from netzsite.audit.collector import MARK
from netzsite.pipeline.build import build
from netzsite.rendering.environment import environment
from netzsite.rendering.line_markers import marked
from netzsite.rendering.templates import Template, Templates, load
from tests.conftest import ROOT, options


def mark(text: str) -> str:
    templates = Templates({"a.html": Template("templates/a.html", text, "x")}, "x")
    return marked(templates).by_name["a.html"].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>x</p>", '<p data-at="templates/a.html:1">x</p>'),
        ("\n\n<br/>", '\n\n<br data-at="templates/a.html:3"/>'),
        ('<a\nhref="b">', '<a data-at="templates/a.html:1"\nhref="b">'),
        ("<li{% if x %} class=y{% endif %}>", '<li data-at="templates/a.html:1"{% if x %} class=y{% endif %}>'),
        ("<h{{ level }}>x</h{{ level }}>", "<h{{ level }}>x</h{{ level }}>"),
        ("{# <p> #}{{ '<p>' }}{% set x = '<p>' %}<!-- <p> -->", "{# <p> #}{{ '<p>' }}{% set x = '<p>' %}<!-- <p> -->"),
        ("1 < 2 <3", "1 < 2 <3"),
    ],
)  # fmt: skip
def test_a_mark_stands_in_each_element_that_is_written_out(text: str, expected: str):
    assert mark(text) == expected


def test_only_pages_get_marks():
    templates = Templates({"a.css": Template("templates/a.css", "<p>", "x")}, "x")
    assert marked(templates).by_name["a.css"].text == "<p>"
    assert marked(templates) != templates


def test_marked_templates_are_still_templates():
    templates, problems = load(ROOT)
    assert not problems
    env = environment(marked(templates))
    for name in templates.by_name:
        env.get_template(name)
    assert MARK in marked(templates).by_name["layout.html"].text


# Whom a build blames.


def told(root, **files: str) -> list[tuple[str, str, int]]:
    for name, text in files.items():
        folder, _, rest = name.partition("__")
        file = (
            root / folder / re.sub("__", "/", rest).replace("_html", ".html").replace("_md", ".md")
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    report = build(options(root, publish=False))
    return [(one.code, one.path, one.spot.line if one.spot else 0) for one in report.problems]


IMAGE = '<img src="https://x.org/a.png" alt="">'


def test_a_layout_is_blamed_once_for_what_all_pages_show(site):
    layout = (ROOT / "templates" / "layout.html").read_text(encoding="utf-8")
    line = layout[: layout.index("<footer")].count("\n") + 1
    layout = layout.replace("<footer", IMAGE + "<footer")
    found = told(site, templates__layout_html=layout)
    assert set(found) == {("foreign-origin", "templates/layout.html", line)}


def test_a_macro_is_blamed_and_not_the_page_that_calls_it(site):
    parts = (ROOT / "templates" / "parts.html").read_text(encoding="utf-8")
    parts = parts.replace("<address>", f"<address>\n{IMAGE}")
    line = parts[: parts.index(IMAGE)].count("\n") + 1
    found = told(site, templates__parts_html=parts)
    assert set(found) == {("foreign-origin", "templates/parts.html", line)}


def test_the_problem_says_on_how_many_pages_it_shows(site):
    told(site, templates__event_html='{% extends "netzsite/event.html" %}{% block main %}<p onclick="x()">y</p>{% endblock %}')  # fmt: skip
    (problem,) = build(options(site, publish=False)).problems
    events = len(list((site / "content" / "events").glob("*.md")))
    assert problem.facts["page"].endswith(f" ({events}×)")
    assert problem.excerpt is not None
