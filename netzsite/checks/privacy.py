"""What a page would load from elsewhere, and what it would run that is written into it."""

from collections.abc import Iterable, Iterator

from netzsite.checks.page import Page
from netzsite.problems import Problem
from netzsite.text import excerpt


def check(pages: Iterable[Page]) -> Iterator[Problem]:
    """Name each address of another origin that a browser would load, and each inline script."""
    for page in pages:
        for address in page.facts.foreign:
            facts = {"page": page.address, "address": excerpt(address, 120)}
            yield Problem(code="foreign-origin", path=page.origin, facts=facts)
        for script in page.facts.inline:
            facts = {"page": page.address, "script": excerpt(script, 60)}
            yield Problem(code="inline-script", path=page.origin, facts=facts)
        for name in page.facts.repeated_ids:
            facts = {"page": page.address, "id": name}
            yield Problem(code="repeated-id", path=page.origin, facts=facts)
