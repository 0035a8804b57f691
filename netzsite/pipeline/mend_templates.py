"""A slip in a template of the site's own → the same with what mends it, where that is certain."""

import re
from typing import Final

from msgspec.structs import replace

from netzsite import text as words
from netzsite.problems import Problem, Spot, instead
from netzsite.rendering.templates import SHIPPED, Templates

_UNDEFINED: Final = re.compile(r"'(\w+)' is undefined")
_EVERYWHERE: Final = ("site", "here", "shared")
"""What the templates of all pages get."""


def in_template(problem: Problem, templates: Templates) -> Problem:
    """Say which template, or which value, a misspelt name can only mean."""
    name = problem.path.removeprefix("templates/")
    own, shipped = templates.by_name.get(name), templates.by_name.get(SHIPPED + name)
    if own is None or problem.spot is None or (shipped and shipped.digest == own.digest):
        return problem
    if problem.code == "template-missing":
        wrong = problem.facts["name"]
        known = [one for one in templates.by_name if not one.startswith(SHIPPED)]
    else:
        hit = _UNDEFINED.search(problem.facts.get("cause", ""))
        wrong = hit[1] if hit else ""
        known = [*_EVERYWHERE]
    right = words.slip_of(wrong, known) if wrong else None
    lines = own.text.split("\n")
    line = lines[problem.spot.line - 1] if problem.spot.line <= len(lines) else ""
    places = [*re.finditer(rf"(?<![.\w/]){re.escape(wrong)}(?![\w/])", line)] if right else []
    if right is None or len(places) != 1:
        return problem
    spot = Spot(problem.spot.line, places[0].start() + 1, len(wrong))
    facts = problem.facts | {"guess": right}
    return replace(
        problem, spot=spot, facts=facts, changes=instead(problem.path, spot, wrong, right)
    )
