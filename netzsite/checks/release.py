"""The release gate: what a young site may lack, and a published one may not."""

from collections.abc import Iterator, Mapping
from typing import Final

from netzsite.network.network import Network
from netzsite.problems import Problem, Spot
from netzsite.records.singles import Provider

_NEEDED: Final = ("name", "street", "postal_code", "city", "email")
_FILE: Final = "site.yaml"


def check(network: Network, spots: Mapping[str, Spot]) -> Iterator[Problem]:
    """Name what is missing before the site may be published with ``--strict``.

    ``spots`` are the places of the keys of ``site.yaml``.
    """
    yield from _imprint(network, spots)
    privacy = network.words.routes["privacy"]
    if privacy not in network.pages:
        facts = {"page": f"content/pages/{privacy}.md"}
        yield Problem(code="privacy-missing", path=_FILE, facts=facts)
    # Addresses that are only examples (RFC 2606).
    host = network.site.base_url.partition("//")[2].partition("/")[0].partition(":")[0]
    if host == "example.org" or host.endswith((".example", ".invalid", ".test")):
        facts = {"url": network.site.base_url}
        spot = spots.get("base_url")
        yield Problem(code="example-address", path=_FILE, spot=spot, facts=facts)


def _imprint(network: Network, spots: Mapping[str, Spot]) -> Iterator[Problem]:
    """Name what § 5 DDG wants of a provider, unless the editors wrote an imprint themselves."""
    if network.words.routes["imprint"] in network.pages:
        return
    provider = network.site.provider or Provider()
    for key in _NEEDED:
        if getattr(provider, key) is None:
            facts = {"key": f"provider.{key}"}
            spot = spots.get("provider")
            yield Problem(code="provider-missing", path=_FILE, spot=spot, facts=facts)
