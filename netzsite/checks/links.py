"""Links, anchors and loaded files of the rendered pages: each leads somewhere, or is told."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from netzsite import urls
from netzsite.checks.page import Page
from netzsite.problems import Problem
from netzsite.text import slip_of


def check(pages: Iterable[Page], addresses: frozenset[str]) -> Iterator[Problem]:
    """Name each link whose page or anchor isn't in the output, once for each page.

    ``addresses`` are those of all outputs.
    """
    pages = tuple(pages)
    known = set(addresses)
    known.update(address + "index.html" for address in addresses if address.endswith("/"))
    for page in pages:
        known.update(f"{page.address}#{name}" for name in page.facts.ids)
        known.add(page.address + "#top")
    # A fragment of what isn't a page means something to its viewer: „plan.pdf#page=2“.
    documents = addresses - {page.address for page in pages if page.has_anchors}
    for page in pages:
        for link in page.facts.links:
            if link not in known and link.partition("#")[0] not in documents:
                yield _anchored(_dead(page, link, addresses), link, known)


def _dead(page: Page, link: str, addresses: frozenset[str]) -> Problem:
    address, _, anchor = link.partition("#")
    facts = {"page": page.address, "link": link}
    if address in addresses and anchor:
        return Problem(code="dead-anchor", path=page.origin, facts={**facts, "anchor": anchor})
    if urls.is_address(address) and f"{address}/" in addresses:
        facts["guess"] = f"{address}/"
    return Problem(code="dead-link", path=page.origin, facts=facts)


def _anchored(problem: Problem, link: str, known: Iterable[str]) -> Problem:
    """Say which place of the page a link means whose anchor is a slip of the pen."""
    if problem.code != "dead-anchor":
        return problem
    address, _, anchor = link.partition("#")
    there = [one.removeprefix(f"{address}#") for one in known if one.startswith(f"{address}#")]
    guess = slip_of(anchor, there)
    return replace(problem, facts=problem.facts | {"guess": guess}) if guess else problem
