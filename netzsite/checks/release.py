"""The release gate: what a young site may lack, and a published one may not."""

from collections.abc import Iterator, Mapping
from typing import Final

from netzsite.fields.field import Field, Shaped, fields_of
from netzsite.law.duties import Missing, missing
from netzsite.network.network import Network
from netzsite.problems import Problem, Spot
from netzsite.records.site import Site

_FILE: Final = "site.yaml"
_CODES: Final = {
    "imprint": "provider-missing",
    "privacy": "privacy-missing",
    "accessibility": "statement-missing",
}
"""Page that lacks something → code of the problem."""


def check(network: Network, spots: Mapping[str, Spot]) -> Iterator[Problem]:
    """Name what is missing before the site may be published with ``--strict``.

    ``spots`` are the places of the keys of ``site.yaml``.
    """
    routes = {page: network.words.routes[page] for page in ("imprint", "privacy", "accessibility")}
    made = {page for page, route in routes.items() if route not in network.pages}
    lacks = missing(
        network.site,
        news=bool(network.posts),
        imprint="imprint" in made,
        notice="privacy" in made,
        statement="accessibility" in made,
    )
    for lack in lacks:
        page = _page(lack, made)
        yield _problem(lack, _CODES[page], f"content/pages/{routes[page]}.md", spots)
    # Addresses that are only examples (RFC 2606).
    host = network.site.base_url.partition("//")[2].partition("/")[0].partition(":")[0]
    if host == "example.org" or host.endswith((".example", ".invalid", ".test")):
        facts = {"url": network.site.base_url}
        spot = spots.get("base_url")
        yield Problem(code="example-address", path=_FILE, spot=spot, facts=facts)


def _page(lack: Missing, made: set[str]) -> str:
    """Say to which page a duty belongs first of those that are made."""
    if lack.duty.imprint and "imprint" in made:
        return "imprint"
    return "accessibility" if lack.duty.statement else "privacy"


def _problem(lack: Missing, code: str, page: str, spots: Mapping[str, Spot]) -> Problem:
    """Tell a duty at the group that its key belongs to, else at the head of the file."""
    group, _, name = lack.duty.key.rpartition(".")
    key = _field(lack.duty.key).key
    facts = {
        "key": lack.duty.key,
        "label": key.label,
        "about": key.help,
        "rule": ", ".join(lack.rules),
        "place": f" → {group}" if group else "",
        "example": f"{name}: …",
        "page": page,
    }
    spot = spots.get(group or name) or Spot(1)
    return Problem(code=code, path=_FILE, spot=spot, facts=facts)


def _field(key: str) -> Field:
    """Find a key of the site, or of a group of its keys."""
    fields = fields_of(Site)
    *groups, name = key.split(".")
    for group in groups:
        form = next(field.form for field in fields if field.name == group)
        fields = form.fields if isinstance(form, Shaped) else ()
    return next(field for field in fields if field.name == name)
