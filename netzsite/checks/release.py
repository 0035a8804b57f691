"""The release gate: what a young site may lack, and a published one may not."""

from collections.abc import Iterator

from netzsite.network.network import Network
from netzsite.problems import Problem, Spot
from netzsite.records.singles import Provider

_NEEDED = ("name", "street", "postal_code", "city", "email")


def check(network: Network) -> Iterator[Problem]:
    """Name what is missing before the site may be published with ``--strict``."""
    site = network.site
    provider = site.provider or Provider()
    imprint = network.words.routes["imprint"]
    if imprint not in network.pages:
        for key in _NEEDED:
            if getattr(provider, key) is None:
                facts = {"key": f"provider.{key}"}
                yield Problem(code="provider-missing", path="site.yaml", spot=Spot(1), facts=facts)
    if network.words.routes["privacy"] not in network.pages:
        yield Problem(code="privacy-missing", path="site.yaml", spot=Spot(1))


def check_base_url(network: Network) -> Iterator[Problem]:
    """Name an address that is only an example (RFC 2606)."""
    host = network.site.base_url.partition("//")[2].partition("/")[0].partition(":")[0]
    if host == "example.org" or host.endswith((".example", ".invalid", ".test")):
        facts = {"url": network.site.base_url}
        yield Problem(code="example-address", path="site.yaml", spot=Spot(1), facts=facts)
