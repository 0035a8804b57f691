"""Templates: found and shadowed by name, closed over all they can touch, and rendered strictly."""

from datetime import date, time
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup
from msgspec import Struct

from netzsite.catalogue import Catalogue, catalogue
from netzsite.network.cards import End, Text
from netzsite.problems import Problem, Spot
from netzsite.rendering import templates as found_templates
from netzsite.rendering.environment import (
    environment,
    render_page,
    template_problem,
)
from netzsite.rendering.job import Frame, Tools
from netzsite.rendering.template_source import RefusedError, references
from netzsite.rendering.templates import ABSENT, Template, Templates, closure, folders, load
from netzsite.rendering.templates import shipped_folder as shipped
from netzsite.times.dates import Moment

DE, EN = catalogue("de"), catalogue("en")
DAY = date(2026, 11, 20)


class View(Struct, frozen=True, kw_only=True):
    """What the templates of these tests get."""

    title: str = "Fest"
    value: object = None


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose shipped templates are an empty folder."""
    (tmp_path / "shipped").mkdir()
    (tmp_path / "site" / "templates").mkdir(parents=True)
    monkeypatch.setattr(found_templates, "shipped_folder", lambda: tmp_path / "shipped")
    return tmp_path


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, "utf-8")


def of(**texts: str) -> Templates:
    """Templates made of texts: ``page`` is ``page.html``."""
    made = {
        f"{name}.html": Template(f"templates/{name}.html", text, text)
        for name, text in texts.items()
    }
    return Templates(made, repr(sorted(texts.items())))


def tools(templates: Templates, words: Catalogue = DE, *, portable: bool = False) -> Tools:
    frame = Frame(
        title="Netz",
        language=words.language,
        direction="ltr",
        base_url="https://muster.de/netz",
        timezone="Europe/Berlin",
        tagline=None,
        menu=(),
        legal=(),
        portable=portable,
        policy="default-src 'self'",
    )
    return Tools(
        here="/a/b/",
        frame=frame,
        words=words,
        fragments={"x": ('<h2 id="z">Z</h2><a', ">y</a>")},
        templates=templates,
        template="page.html",
    )


def render(text: str, value: object = None, words: Catalogue = DE, **more: object) -> str:
    return render_page(View(value=value), tools(of(page=text), words, **more)).decode()


# finding


def test_the_shipped_templates_are_there():
    found, problems = load(Path("/gibt/es/nicht"))
    assert problems == ()
    assert {"layout.html", "home.html", "post.html", "404.html"} <= found.by_name.keys()
    assert all(f"netzsite/{name}" in found.by_name for name in found.by_name if "/" not in name)


def test_a_site_shadows_single_files_and_can_still_extend_them(alone: Path):
    write(alone / "shipped", page="gut", other="auch")
    write(alone / "site" / "templates", page='{% extends "netzsite/page.html" %}', own="mein")
    found, problems = load(alone / "site")
    assert problems == ()
    texts = {name: template.text for name, template in found.by_name.items()}
    assert texts == {
        "page.html": '{% extends "netzsite/page.html" %}',
        "netzsite/page.html": "gut",
        "other.html": "auch",
        "netzsite/other.html": "auch",
        "own.html": "mein",
    }
    assert {template.file for template in found.by_name.values()} == {
        *("templates/page.html", "templates/other.html", "templates/own.html")
    }


def test_folders_that_are_one_count_once(alone: Path):
    assert folders(alone / "site") == (alone / "site" / "templates", alone / "shipped")
    assert folders(alone) == (alone / "shipped",)
    (alone / "templates").symlink_to(alone / "shipped")
    assert folders(alone) == (alone / "shipped",)


def test_static_files_hidden_ones_and_backups_are_no_templates(alone: Path):
    folder = alone / "site" / "templates"
    (folder / "static").mkdir()
    (folder / "parts").mkdir()
    for name in ("static/site.css", ".page.html.swp", "page.html~", "parts/card.html"):
        (folder / name).write_text("x")
    assert set(load(alone / "site")[0].by_name) == {"parts/card.html"}


def test_a_byte_order_mark_is_forgiven(alone: Path):
    (alone / "site" / "templates" / "page.html").write_bytes(b"\xef\xbb\xbfGr\xc3\xb6\xc3\x9fe")
    assert load(alone / "site")[0].by_name["page.html"].text == "Größe"


def test_a_template_that_is_not_utf8_is_told(alone: Path):
    write(alone / "shipped", page="gut")
    (alone / "site" / "templates" / "page.html").write_bytes(b"\xef\xbb\xbfeins\n\nGr\xf6\xdfe")
    _, problems = load(alone / "site")
    assert problems == (Problem(code="not-utf8", path="templates/page.html", spot=Spot(3)),)


@pytest.mark.parametrize(
    ("error", "cause"),
    [(PermissionError(13, "Permission denied"), "Permission denied"), (OSError(), "OSError")],
)
def test_a_template_that_cannot_be_read_is_told(
    alone: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, cause: str
):
    write(alone / "site" / "templates", page="x")

    def refuse(_path: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    _, (problem,) = load(alone / "site")
    assert problem == Problem(
        code="unreadable-file", path="templates/page.html", facts={"cause": cause}
    )


def test_templates_are_equal_when_their_texts_are(alone: Path):
    write(alone / "shipped", page="gut")
    first, _ = load(alone)
    again, _ = load(alone)
    assert first == again
    assert hash(first) == hash(again)
    assert first is not again
    assert environment(first) is environment(again)
    write(alone / "shipped", page="anders")
    other, _ = load(alone)
    assert other != first
    assert other != "page.html"
    assert environment(other) is not environment(first)


# closures


def test_a_closure_holds_all_that_a_page_can_touch():
    templates = of(
        page='{% extends "layout.html" %}{% import "parts.html" as parts %}',
        layout='{% include "foot.html" %}{% include ["a.html", "b.html"] ignore missing %}',
        parts='{% from "deep.html" import x %}',
        foot="",
        deep='{% include "page.html" %}',
        b="",
        unused="",
    )
    found = dict(closure("page.html", templates, references))
    assert set(found) == {
        *("page.html", "layout.html", "parts.html", "foot.html", "deep.html", "a.html", "b.html")
    }
    assert found["a.html"] == ABSENT
    assert found["b.html"] == templates.by_name["b.html"].digest


def test_a_file_that_appears_changes_the_closure():
    before = of(page='{% include ["own.html", "b.html"] %}', b="")
    after = Templates(before.by_name | of(own="neu").by_name, "2")
    assert closure("page.html", before, references) != closure("page.html", after, references)


def test_a_change_far_below_changes_the_closure():
    one, other = (of(page='{% include "a.html" %}', a='{% include "b.html" %}', b=b) for b in "xy")
    assert closure("page.html", one, references) != closure("page.html", other, references)


def test_a_template_that_is_nowhere_is_absent():
    assert closure("weg.html", of(), references) == (("weg.html", ABSENT),)


@pytest.mark.parametrize(
    "text",
    [
        '\n{% include name ~ ".html" %}',
        "\n{% extends layout %}",
        '\n{% include "a.html" if x else "b.html" %}',
        "\n{% import name as parts %}",
        "\n{% from name import x %}",
        '\n{% include ["a.html", name] %}',
        '\n{% include ("a.html", name) %}',
        '{% include ["a.html"] %}\n{% include ["b.html", name] %}',
    ],
)
def test_a_dynamic_reference_is_refused_at_its_line(text: str):
    (template,) = of(page=text).by_name.values()
    with pytest.raises(RefusedError) as caught:
        references(template)
    assert template_problem(caught.value, "x/index.html") == Problem(
        code="template-dynamic-include", path="templates/page.html", spot=Spot(2)
    )


def test_every_shipped_template_refers_to_templates_that_exist():
    found, _ = load(Path("/gibt/es/nicht"))
    for name in found.by_name:
        missing = [part for part, digest in closure(name, found, references) if digest == ABSENT]
        assert missing == [], name


def test_every_shipped_template_compiles():
    found, _ = load(Path("/gibt/es/nicht"))
    for name in found.by_name:
        assert environment(found).get_template(name)
    assert shipped().is_dir()


# problems


def problem_of(text: str, **others: str) -> Problem | None:
    def build() -> None:
        templates = of(page=text, **others)
        closure("page.html", templates, references)
        render_page(View(), tools(templates))

    with pytest.raises((jinja2.TemplateError, ArithmeticError, TypeError)) as caught:
        build()
    return template_problem(caught.value, "x/index.html")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("eins\n{% if %}", "template-syntax", 2),
        ("{% block a %}", "template-syntax", 1),
        ("eins\n\n{{ gibt_es_nicht }}", "template-undefined", 3),
        ("{{ title.gibt_es_nicht }}", "template-undefined", 1),
        ("\n{{ t('gibt_es_nicht') }}", "template-undefined", 2),
        ("\n{{ title|gibt_es_nicht }}", "template-syntax", 2),
        ("\n{{ 1 / 0 }}", "template-failed", 2),
        ("\n{{ title + 1 }}", "template-failed", 2),
        ('\n\n{% include "weg.html" %}', "template-missing", 3),
        ('{% extends "weg.html" %}', "template-missing", 1),
    ],
)
def test_a_slip_in_a_template_is_told_at_its_line(text: str, code: str, line: int):
    problem = problem_of(text)
    assert problem is not None
    assert (problem.code, problem.path, problem.spot) == (code, "templates/page.html", Spot(line))
    if code != "template-syntax" or "page" in problem.facts:
        assert problem.facts["page"] == "x/index.html"
    if code == "template-missing":
        assert problem.facts["name"] == "weg.html"


def test_a_slip_is_told_in_the_template_it_stands_in():
    problem = problem_of('{% include "a.html" %}', a="\n\n{{ weg }}")
    assert problem is not None
    assert (problem.path, problem.spot) == ("templates/a.html", Spot(3))


def test_an_error_from_elsewhere_is_no_problem_of_a_template():
    assert template_problem(RuntimeError("ein Fehler von uns"), "x/index.html") is None


# rendering


def test_a_template_gets_the_view_the_frame_and_its_address():
    assert render("{{ title }} {{ site.title }} {{ here }}") == "Fest Netz /a/b/"


def test_values_are_escaped():
    assert render("{{ value }}", "<b>&\"'") == "&lt;b&gt;&amp;&#34;&#39;"
    assert render("{{ value }}", Markup("<b>")) == "<b>"


def test_blocks_leave_no_blank_lines():
    assert render("a\n  {% if true %}\n  b\n  {% endif %}\nc\n") == "a\n  b\nc\n"


@pytest.mark.parametrize(
    ("text", "value", "words", "expected"),
    [
        ("{{ value|link }}", "/a/c/", DE, "../c/"),
        ("{{ value|link }}", "https://x.org/", DE, "https://x.org/"),
        ("{{ value|absolute }}", "/a/c/", DE, "https://muster.de/netz/a/c/"),
        ("{{ value|day }}", DAY, DE, "20. November 2026"),
        ("{{ value|day }}", Moment(DAY, time(18)), DE, "20. November 2026"),
        ("{{ value|day('short') }}", DAY, DE, "20.11.26"),
        ("{{ value|day('EEEE') }}", DAY, DE, "Freitag"),
        ("{{ value|day }}", DAY, EN, "November 20, 2026"),
        ("{{ value|clock }}", time(14), DE, "14 Uhr"),
        ("{{ value|clock }}", time(9, 5), DE, "9:05 Uhr"),
        ("{{ value|clock }}", time(0), DE, "0 Uhr"),
        ("{{ value|clock }}", time(9, 5), EN, "09:05"),
        ("{{ value|iso }}", DAY, DE, "2026-11-20"),
        ("{{ value|iso }}", Moment(DAY), DE, "2026-11-20"),
        ("{{ value|iso }}", Moment(DAY, time(9, 5)), DE, "2026-11-20T09:05"),
        ("{{ value|language }}", "tr", DE, "Türkisch"),
        ("{{ value|language }}", "zh-Hant-TW", DE, "Chinesisch"),
        ("{{ value|language }}", "de-simple", DE, DE.words["language_simple"]),
        ("{{ value|language }}", "tr", EN, "Turkish"),
        ("{{ value|language }}", "qqq", DE, "qqq"),
        ("{{ value|tel }}", "+49 (0)261 / 123-456", DE, "tel:+49261123456"),
        ("{{ value|tel }}", "0261 123456", DE, "tel:0261123456"),
        ("{{ value|html }}", Text("x", (End("/c/"),)), DE, '<h2 id="z">Z</h2><a href="../../c/">y</a>'),
        ("{{ value|html(3, 'n-') }}", Text("x", (End("#z"),)), DE, '<h3 id="n-z">Z</h3><a href="#n-z">y</a>'),
    ],
)  # fmt: skip
def test_a_filter_writes_a_value_for_readers(
    text: str, value: object, words: Catalogue, expected: str
):
    assert render(text, value, words) == expected


def test_for_reading_from_disk_links_name_the_file():
    assert render("{{ '/a/c/'|link }}", portable=True) == "../c/index.html"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": "ä"}, '{"a":"ä","b":1}'),
        (
            "</script><!-- & \u2028\u2029",
            '"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\\u2029"',
        ),
    ],
)
def test_json_cannot_close_its_element(value: object, expected: str):
    assert render("{{ value|json }}", value) == expected


def test_a_word_is_counted_and_filled_in():
    words = DE.words | {"things": "{n} Dinge", "things_one": "ein Ding", "plain": "{kein Feld}"}
    mine = Catalogue(
        language="de",
        direction="ltr",
        routes=DE.routes,
        words=words,
        report=DE.report,
        kinds=DE.kinds,
        problems=DE.problems,
    )
    assert (
        render("{{ t('things', n=2) }}, {{ t('things', n=1) }}", words=mine) == "2 Dinge, ein Ding"
    )
    assert render("{{ t('things', n=0) }} {{ t('plain') }}", words=mine) == "0 Dinge {kein Feld}"


def test_a_page_without_its_template_is_jinjas_error():
    with pytest.raises(jinja2.TemplateNotFound):
        render_page(View(), tools(of(other="")))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("{{ [1, 2] | random }}", "random"),
        ("{{ lipsum() }}", "lipsum"),
        ("<p>{{ self._TemplateReference__context }}</p>", "self._TemplateReference__context"),
        ("{% set seen = namespace(n=0) %}\n{% macro count() %}{% endmacro %}", "namespace"),
        ("{% macro row() %}{% endmacro %}\n{% set odd = cycler('a', 'b') %}", "cycler"),
    ],
)
def test_what_would_not_be_the_same_again_is_refused_at_its_line(source: str, name: str):
    with pytest.raises(RefusedError) as caught:
        references(Template("templates/page.html", f"\n{source}", "1"))
    line = 3 if name == "cycler" else 2
    problem = template_problem(caught.value, "index.html")
    assert problem == Problem(
        code="template-unrepeatable",
        path="templates/page.html",
        spot=Spot(line),
        facts={"name": name},
    )


@pytest.mark.parametrize(
    "source",
    [
        "{% set seen = namespace(n=0) %}{{ seen.n }}",
        "{% macro row() %}{% set odd = cycler('a', 'b') %}{{ odd.next() }}{% endmacro %}",
        "{% set lipsum = 'x' %}",
        "{{ self.main() }}",
    ],
)
def test_state_that_ends_with_the_page_is_allowed(source: str):
    assert references(Template("templates/page.html", source, "1")) == ()
