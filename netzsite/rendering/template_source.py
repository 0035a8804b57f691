"""A template's text → the templates that it names; what could give other bytes is refused.

It imports Jinja. Nothing is rendered here.
"""

from collections.abc import Iterator
from typing import Any, Final, cast

import jinja2
import jinja2.meta
from jinja2 import nodes

from netzsite.rendering.templates import Template

_CHANGING: Final = {"lipsum"}
"""Functions of Jinja that give something else each time."""
_STATEFUL: Final = {"cycler", "joiner", "namespace"}
"""Objects that change while a template runs; a file that is imported keeps them between pages."""
_REFERENCES: Final = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


class RefusedError(Exception):
    """A template has something that netzsite can't allow; carries the problem's code and facts."""

    def __init__(self, code: str, template: Template, line: int, name: str = "") -> None:
        super().__init__(template.file)
        self.code, self.template, self.line = code, template, line
        self.facts = {"name": name} if name else {}


def references(template: Template) -> tuple[str, ...]:
    """Name the templates that one extends, includes or imports.

    Raises ``jinja2.TemplateSyntaxError``, and ``RefusedError`` for a name that is known only when
    the page is made, and for what could give other bytes next time.
    """
    tree = jinja2.Environment(autoescape=True).parse(template.text, filename=template.file)
    for what, line in _unrepeatable(tree):
        raise RefusedError("template-unrepeatable", template, line, what)
    names = []
    for name in jinja2.meta.find_referenced_templates(tree):
        if name is None:
            line = next(_dynamic(tree), 1)
            raise RefusedError("template-dynamic-include", template, line)
        names.append(name)
    return tuple(names)


def _dynamic(tree: nodes.Template) -> Iterator[int]:
    """Give the lines that name another template by an expression."""
    for node in tree.find_all(_REFERENCES):
        if not _is_written_out(cast("Any", node).template):
            yield node.lineno


def _is_written_out(name: nodes.Expr) -> bool:
    """Tell whether a reference is a plain name, or a list of plain names to choose from."""
    if isinstance(name, nodes.Tuple | nodes.List):
        return all(_is_written_out(item) for item in name.items)
    return isinstance(name, nodes.Const)


def _unrepeatable(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Find what breaks „same content, same bytes“, with its line."""
    for filter_ in tree.find_all(nodes.Filter):
        if filter_.name == "random":
            yield "random", filter_.lineno
    for name in tree.find_all(nodes.Name):
        if name.name in _CHANGING and name.ctx == "load":
            yield name.name, name.lineno
    for attribute in tree.find_all(nodes.Getattr):
        of = attribute.node
        if isinstance(of, nodes.Name) and of.name == "self" and attribute.attr.startswith("_"):
            yield f"self.{attribute.attr}", attribute.lineno
    if tree.find(nodes.Macro) and not tree.find(nodes.Extends):
        yield from _kept_between_pages(tree)


def _kept_between_pages(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Find stateful objects at the top of a file of macros: its module is made once, for all."""
    for statement in tree.body:
        value = statement.node if isinstance(statement, nodes.Assign) else None
        made = value.node if isinstance(value, nodes.Call) else None
        if isinstance(made, nodes.Name) and made.name in _STATEFUL:
            yield made.name, statement.lineno
