"""Links to imprint and privacy notice: from every page, whatever templates a site has of its own.

§ 5 Abs. 1 DDG wants the imprint „leicht erkennbar, unmittelbar erreichbar und ständig verfügbar“.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from netzsite.checks.page import Page
from netzsite.problems import Problem, Spot
from netzsite.records.parse import with_excerpt
from netzsite.rendering.templates import Template, Templates

_MOVED: Final = "redirect.html"
"""Leads on by itself, so nobody reads it."""
_EXTENDS: Final = re.compile(r"{%[-+]?\s*extends\s+[\"']([^\"']+)[\"']")


def check(pages: Iterable[Page], wanted: Iterable[str], templates: Templates) -> Iterator[Problem]:
    """Name each template whose pages don't link an address that is ``wanted``.

    To blame is the one that others extend: it draws the footer.
    """
    made = [page for page in pages if page.template.endswith(".html") and page.template != _MOVED]
    for address in wanted:
        lacking: dict[str, list[str]] = defaultdict(list)
        for page in made:
            if address not in page.facts.links:
                lacking[_root(page.template, templates)].append(page.address)
        for name, addresses in lacking.items():
            yield _problem(templates.by_name[name], address, addresses)


def _root(name: str, templates: Templates) -> str:
    """Follow a template to the one at the bottom of what it extends."""
    seen = {name}
    while hit := _EXTENDS.search(templates.by_name[name].text):
        if hit[1] in seen or hit[1] not in templates.by_name:
            break
        seen.add(name := hit[1])
    return name


def _problem(template: Template, link: str, pages: list[str]) -> Problem:
    first = min(pages) + (f" ({len(pages)}×)" if len(pages) > 1 else "")
    lines = template.text.split("\n")
    footer = next((number for number, line in enumerate(lines, 1) if "<footer" in line), 1)
    facts = {"page": first, "link": link}
    spot = Spot(footer)
    problem = Problem(code="legal-link-missing", path=template.file, spot=spot, facts=facts)
    return with_excerpt(problem, lines)
