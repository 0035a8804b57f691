"""What was found while files were read → one list, each thing once however many pages show it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from netzsite.audit.facts import Finding
from netzsite.checks.page import Page
from netzsite.problems import Problem

_NAMES: Final = {"heading-skipped": "heading", "picture-without-alt": "picture"}
"""What messages call it that are also given for a text before it is on a page."""


class Found(Struct, frozen=True):
    """A finding with all pages of one template that show it, in the order of their addresses."""

    finding: Finding
    pages: tuple[Page, ...]

    def problem(self, rules: Mapping[str, str], path: str, pages: tuple[Page, ...]) -> Problem:
        """Make the problem of some of its pages, without its place in the file ``path``."""
        shown = pages[0].address + (f" ({len(pages)}×)" if len(pages) > 1 else "")
        facts = {"page": shown, _NAMES.get(self.finding.code, "what"): self.finding.what}
        if self.finding.code in rules:
            facts["rule"] = rules[self.finding.code]
        return Problem(code=self.finding.code, path=path, facts=facts)


def found(pages: Iterable[Page]) -> tuple[Found, ...]:
    """Put together what pages made from one template have in common."""
    shown: dict[tuple[str, str, str], list[Page]] = defaultdict(list)
    first: dict[tuple[str, str, str], Finding] = {}
    for page in pages:
        for finding in page.facts.findings:
            # A file that is no page has its own lines; pages of one template share theirs.
            group = page.template or page.address
            key = (finding.code, finding.what, f"{group}:{finding.line}")
            first.setdefault(key, finding)
            shown[key].append(page)
    return tuple(Found(first[key], tuple(shown[key])) for key in first)
