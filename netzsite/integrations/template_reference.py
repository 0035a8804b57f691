"""Views, filters, macros and the stylesheet → the reference for people who write templates.

``python -m netzsite.integrations.template_reference docs/templates.md`` writes the parts between
the markers anew; a test keeps the file equal to them. It imports Jinja and every producer.
"""

import functools
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Final

from msgspec import Struct

from netzsite import producers
from netzsite.integrations.struct_docs import parts, rows, summary
from netzsite.producers.html_pages import Head
from netzsite.records.record import Record
from netzsite.rendering.environment import environment
from netzsite.rendering.job import Frame
from netzsite.rendering.templates import SHIPPED, STATIC, Template, load, shipped_folder

_PART: Final = re.compile(r"<!-- (\w+) -->\n.*?<!-- /\1 -->", re.DOTALL)
_BLOCK: Final = re.compile(r"\{%-? block (\w+)")
_COMMENT: Final = r"\{#-?\s*(?P<note>(?:(?!#\}).)*?)\s*-?#\}\s*"
_MACRO: Final = re.compile(rf"(?:{_COMMENT})?\{{%-? macro (?P<call>.+?)\s*-?%\}}", re.DOTALL)
_EXTENDS: Final = re.compile(r'\{%-? extends "([^"]+)"')
_FIRST: Final = re.compile(r"\A\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)
_PROPERTY: Final = re.compile(r"^\s*(--[a-z]+)  +(\S.*?)\s*(?:-?#\})?$", re.MULTILINE)
MACROS: Final = "parts.html"
STYLES: Final = "site.css"


def written(document: str) -> str:
    """Write the generated parts of the reference anew, each between its two markers."""
    made = {
        "site": rows(Frame, "site."),
        "head": rows(Head, "head."),
        "filters": _filters(),
        "templates": _templates(),
        "values": _values(),
        "macros": _macros(),
        "statics": _statics(),
        "properties": _properties(),
    }
    return _PART.sub(lambda hit: _between(hit[1], made[hit[1]]), document)


def _between(name: str, lines: Iterable[str]) -> str:
    return "\n".join((f"<!-- {name} -->", *lines, f"<!-- /{name} -->"))


@functools.cache
def views() -> dict[str, type[Struct]]:
    """Give the view of each template: the class in whose fields its variables are declared."""
    found = {}
    for module in iter_modules(producers.__path__, f"{producers.__name__}."):
        for value in vars(import_module(module.name)).values():
            name = vars(value).get("template") if inspect.isclass(value) else None
            if isinstance(name, str):
                found[name] = value
    return dict(sorted(found.items()))


@functools.cache
def _shipped() -> dict[str, Template]:
    templates, _ = load(shipped_folder().parent)
    return {
        name: template
        for name, template in templates.by_name.items()
        if not name.startswith(SHIPPED)
    }


def _note(template: Template) -> str:
    """Give the comment that a template begins with, on one line."""
    hit = _FIRST.match(template.text)
    return " ".join(hit[1].split()) if hit else ""


def _templates() -> Iterator[str]:
    for name, view in views().items():
        template = _shipped()[name]
        yield f"### `{name}`\n"
        yield f"{_prose(view)} {_note(template) if name != STYLES else ''}".strip() + "\n"
        blocks = _BLOCK.findall(template.text)
        base = _EXTENDS.search(template.text)
        if base:
            yield f"Extends `{base[1]}`; fills the blocks {_listed(blocks)}.\n"
        elif blocks:
            yield f"Blocks: {_listed(blocks)}.\n"
        yield from rows(view)
        yield ""


def _prose(thing: object) -> str:
    """Give a docstring's first paragraph as Markdown."""
    return summary(thing).replace("``", "`")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _values() -> Iterator[str]:
    """Describe every Struct that a view holds, at any depth, but records."""
    found: dict[str, type[Struct]] = {}
    waiting: list[type[Struct]] = [Head, Frame, *views().values()]
    while waiting:
        for part in parts(waiting.pop()):
            if part.__name__ not in found and not issubclass(part, Record):
                found[part.__name__] = part
                waiting.append(part)
    found.pop("Head", None)
    for name, part in sorted(found.items()):
        yield f"### `{name}`\n"
        yield _prose(part) + "\n"
        yield from rows(part)
        yield ""


def _filters() -> Iterator[str]:
    templates, _ = load(shipped_folder().parent)
    made = environment(templates)
    own = {
        name: function
        for name, function in made.filters.items()
        if function.__module__.startswith("netzsite.")
    }
    yield "| filter | meaning |"
    yield "|---|---|"
    for name, function in sorted(own.items()):
        yield f"| `{_call(name, function)}` | {_prose(function)} |"
    for name, function in sorted(made.globals.items()):
        if getattr(function, "__module__", "").startswith("netzsite."):
            yield f"| `{name}(…)` (a function) | {_prose(function)} |"


def _call(name: str, function: Callable[..., object]) -> str:
    """Write a filter with the arguments that it takes beyond the value."""
    given = [
        parameter
        for key, parameter in inspect.signature(function).parameters.items()
        if not key.startswith("_")
    ][1:]
    return name + (
        f"({', '.join(f'{one.name}={one.default!r}' for one in given)})" if given else ""
    )


def _macros() -> Iterator[str]:
    yield "| macro | meaning |"
    yield "|---|---|"
    for hit in _MACRO.finditer(_shipped()[MACROS].text):
        yield f"| `{hit['call']}` | {' '.join((hit['note'] or '').split())} |"


def _statics() -> Iterator[str]:
    for path in sorted((shipped_folder() / STATIC).rglob("*")):
        if path.is_file():
            first = path.read_text(encoding="utf-8").lstrip("/* \n").partition("\n")[0]
            yield f"- `{STATIC}/{path.name}`: {first}"


def _properties() -> Iterator[str]:
    yield "| property | meaning |"
    yield "|---|---|"
    note = _FIRST.match(_shipped()[STYLES].text)
    for name, meaning in _PROPERTY.findall(note[1] if note else ""):
        yield f"| `{name}` | {meaning} |"


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8")
