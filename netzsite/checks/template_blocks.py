"""Blocks of a site's own templates that fill nothing: no template below them has one so named.

Jinja drops them without a word, so that a slip of the pen shows as nothing at all. Read by their
text: a warm build has no need of Jinja.
"""

import re
from collections.abc import Iterator
from typing import Final

from netzsite.problems import Problem, Spot
from netzsite.records.parse import with_excerpt
from netzsite.rendering.templates import SHIPPED, Template, Templates
from netzsite.text import nearest

_TOKEN: Final = re.compile(
    r"{#.*?#}|{%[-+]?\s*raw\b.*?endraw\s*[-+]?%}|"
    r"{%[-+]?\s*(?:block\s+(?P<name>\w+)|(?P<end>endblock)\b|extends\s+[\"'](?P<base>[^\"']+)[\"'])",
    re.DOTALL,
)


def check(templates: Templates) -> Iterator[Problem]:
    """Tell each block at the top of a template that none of those it extends has."""
    for name, template in sorted(templates.by_name.items()):
        shipped = templates.by_name.get(SHIPPED + name)
        if name.startswith(SHIPPED) or shipped == template:
            continue
        known = _below(template, templates)
        if known is None:
            continue
        for match, depth in _blocks(template):
            if depth == 0 and match["name"] not in known:
                yield _problem(template, match, known)


def _blocks(template: Template) -> Iterator[tuple[re.Match[str], int]]:
    """Give the beginnings of blocks, each with how many others it stands in."""
    depth = 0
    for match in _TOKEN.finditer(template.text):
        if match["name"]:
            yield match, depth
            depth += 1
        elif match["end"]:
            depth -= 1


def _base(template: Template) -> str | None:
    return next((hit["base"] for hit in _TOKEN.finditer(template.text) if hit["base"]), None)


def _below(template: Template, templates: Templates) -> set[str] | None:
    """Name the blocks of all that a template extends; None where one of them is missing."""
    known: set[str] = set()
    seen: set[str] = set()
    base = _base(template)
    while base in templates.by_name and base not in seen:
        seen.add(base)
        below = templates.by_name[base]
        known |= {match["name"] for match, _ in _blocks(below)}
        base = _base(below)
    return known if seen and base is None else None


def _problem(template: Template, match: re.Match[str], known: set[str]) -> Problem:
    lines = template.text.split("\n")
    start, name = match.start("name"), match["name"]
    line = template.text.count("\n", 0, start) + 1
    spot = Spot(line, start - template.text.rfind("\n", 0, start), len(name))
    facts = {"name": name, "choices": ", ".join(sorted(known))}
    guess = nearest(name, known)
    if guess:
        facts["guess"] = guess
    problem = Problem(code="template-block-unknown", path=template.file, spot=spot, facts=facts)
    return with_excerpt(problem, lines)
