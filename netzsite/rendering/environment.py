"""``Templates`` → a Jinja environment, and one page through it; template slips become problems.

Importing this module imports Jinja and Babel, which a build that renders nothing never does.
"""

import functools
import json
import traceback
from collections.abc import Sequence
from contextvars import ContextVar
from datetime import date, time
from typing import Final

import jinja2
from babel import Locale
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from msgspec import Struct

from netzsite import urls
from netzsite.catalogue import Catalogue
from netzsite.media.sizes import WIDTHS
from netzsite.network.cards import Picture, Text
from netzsite.problems import Problem, Spot
from netzsite.rendering import pictures, texts
from netzsite.rendering.dates import format_clock, format_day
from netzsite.rendering.job import Tools
from netzsite.rendering.notices import notices
from netzsite.rendering.soft_breaks import with_breaks
from netzsite.rendering.template_source import RefusedError
from netzsite.rendering.templates import Templates
from netzsite.times.dates import Moment, PartialDate
from netzsite.times.open_today import Opening

_PAGE: Final = ContextVar[Tools]("page")
"""The page that is being rendered.

Filters and ``t`` find it here and not in the template's context, so that macros can be imported
without context: Jinja then makes their module once, and not for each page. What depends on the page
is marked ``pass_context`` all the same, or Jinja would work it out once for a constant.
"""


@functools.lru_cache(maxsize=8)  # those that find whose fault something is must not drive it out
def environment(templates: Templates) -> jinja2.Environment:
    """Build the environment of a set of templates."""

    def load(name: str) -> tuple[str, str, None] | None:
        template = templates.by_name.get(name)
        return (template.text, template.file, None) if template else None

    env = jinja2.Environment(
        loader=jinja2.FunctionLoader(load),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    env.filters.update(
        absolute=_absolute,
        clock=_clock,
        day=_day,
        html=_html,
        img=_img,
        iso=_iso,
        json=_json,
        language=_language,
        link=_link,
        notices=_notices,
        soft=with_breaks,
        tel=_tel,
    )
    env.globals["t"] = _word
    env.globals["shared"] = pictures.shared
    return env


def render_page(view: Struct, tools: Tools) -> bytes:
    """Render a page's template with its view; raises Jinja's errors."""
    template = environment(tools.templates).get_template(tools.template)
    values = {name: getattr(view, name) for name in view.__struct_fields__}
    token = _PAGE.set(tools)
    try:
        return template.render(values, site=tools.frame, here=tools.here).encode()
    finally:
        _PAGE.reset(token)


def template_problem(error: Exception, path: str) -> Problem | None:
    """Turn an error from a template into a problem at its line; None for any other error."""
    facts: dict[str, str] = {"cause": str(error), "page": path}
    if isinstance(error, RefusedError):
        spot = Spot(error.line)
        return Problem(code=error.code, path=error.template.file, spot=spot, facts=error.facts)
    if isinstance(error, jinja2.TemplateSyntaxError):
        file, spot = error.filename or error.name or "", Spot(error.lineno)
        return Problem(code="template-syntax", path=file, spot=spot, facts=facts)
    if isinstance(error, jinja2.TemplateNotFound):
        file, line = _template_line(error)
        facts = {"name": str(error.name or ""), "page": path}
        return Problem(code="template-missing", path=file, spot=Spot(line), facts=facts)
    file, line = _template_line(error)
    if not file:
        return None
    code = "template-undefined" if isinstance(error, jinja2.UndefinedError) else "template-failed"
    return Problem(code=code, path=file, spot=Spot(line), facts=facts)


def _template_line(error: Exception) -> tuple[str, int]:
    """Find the innermost template line of a traceback; Jinja puts the template's names in it."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith("templates/"):
            return frame.filename, frame.lineno or 1
    return "", 1


def _word(key: str, **facts: object) -> str:
    """Say a word of the interface; ``n`` picks ``<key>_one`` where it is 1."""
    table = _PAGE.get().words.words
    if facts.get("n") == 1 and f"{key}_one" in table:
        key = f"{key}_one"
    if key not in table:
        raise jinja2.UndefinedError(f"no word „{key}“ in the catalogue")
    return table[key].format(**facts) if facts else table[key]


@pass_context
def _link(_context: Context, address: str) -> str:
    """Write an address of this site as this page links it; an https address as it is."""
    if address.startswith("https://"):
        return address
    return _PAGE.get().link(address)


@pass_context
def _absolute(_context: Context, address: str) -> str:
    """Write an address of this site with ``base_url`` in front."""
    return urls.absolute(_PAGE.get().frame.base_url, address)


@pass_context
def _html(
    _context: Context, text: Text, level: int = 2, prefix: str = "", sizes: str = "100vw"
) -> Markup:
    """Write a ``Text``: its first headings at a level, a prefix before all its ids.

    ``sizes`` says how wide a picture in it is shown (HTML).
    """
    markup = texts.write(text, _PAGE.get(), level=level, prefix=prefix, sizes=sizes)
    return Markup(markup)  # noqa: S704 - sanitised when parsed


@pass_context
def _img(
    _context: Context,
    picture: Picture,
    widths: Sequence[int] = WIDTHS,
    sizes: str = "100vw",
    crop: tuple[int, int] | None = None,
    focus: tuple[int, int] | None = None,
) -> Markup:
    """Write a ``Picture`` in all its formats, without a figure around it.

    ``widths`` in pixels are those that the theme shows, ``sizes`` says when it shows which (HTML);
    ``crop`` is a shape, as (3, 2), that is cut out around ``focus``, in percent from left and top.
    """
    tools = _PAGE.get()
    markup = pictures.element(
        picture, tools.link, widths=widths, shown=sizes, crop=crop, focus=focus,
        eager=tools.is_first_picture(),
    )  # fmt: skip
    return Markup(markup)  # noqa: S704 - escaped where it is written


@pass_context
def _day(_context: Context, value: date | Moment, form: str = "long") -> str:
    """Write a day in the site's language: ``long``, ``short``, or a CLDR pattern."""
    day = value.day if isinstance(value, Moment) else value
    return format_day(day, _PAGE.get().frame.language.partition("-")[0], form)


@pass_context
def _clock(_context: Context, value: time) -> str:
    """Write a time as people of the language say it: ``14 Uhr``, ``14:30 Uhr``."""
    return format_clock(value, _PAGE.get().words)


@pass_context
def _notices(_context: Context, opening: Opening) -> str:
    """Write what is true of an ``Opening`` in its week, line by line, for ``static/open.js``."""
    return notices(opening, _PAGE.get().words)


@pass_context
def _language(_context: Context, code: str) -> str:
    """Name a language in the site's own, by its BCP 47 tag."""
    return language_name(code, _PAGE.get().words)


def language_name(code: str, words: Catalogue) -> str:
    """Name a language in the site's own, by its BCP 47 tag; ``de-simple`` is Leichte Sprache."""
    if code.endswith("-simple"):
        return words.words["language_simple"]
    names = Locale.parse(words.language).languages
    return str(names.get(code.partition("-")[0], code))


def _iso(value: date | PartialDate | Moment) -> str:
    """Write a day, a month or a moment for ``<time datetime>`` (HTML, local)."""
    if isinstance(value, Moment):
        return f"{value.day}T{value.clock:%H:%M}" if value.clock else str(value.day)
    return str(value)


def _tel(number: str) -> str:
    """Write a telephone number as a ``tel:`` link (RFC 3966), without what is only for the eye."""
    return "tel:" + "".join(char for char in number.replace("(0)", "") if char in "+0123456789")


def _json(value: object) -> Markup:
    """Write JSON that can't close the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - every character that HTML knows is escaped above
