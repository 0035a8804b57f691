"""Which record has a page, and at which address."""

from netzsite.network.network import Network
from netzsite.records.kinds import MANY

Key = tuple[str, str]
"""Kind and id."""


def addresses(network: Network) -> dict[Key, str]:
    """Give the address of every record that has a page; facets only where they list something."""
    route = network.route
    found: dict[Key, str] = {}
    for kind in MANY:
        keys = network.records[kind.name]
        found |= {(kind.name, key): route(kind.route, key) for key in keys if kind.route}
    found |= {("page", key): "/" if key == "start" else f"/{key}/" for key in network.pages}
    for facet, terms in network.vocabulary.terms.items():
        for key in terms:
            if any((facet, key) in of for of in (network.offers_of, network.actors_of)):
                found[facet, key] = route(f"{facet}s", key)
    for name in ("carrier", "place"):
        for key in network.records[name]:
            if not _lists_something(network, name, key):
                del found[name, key]
    return found


def _lists_something(network: Network, kind: str, key: str) -> bool:
    if kind == "place":
        return any(
            (kind, key) in of for of in (network.offers_of, network.actors_of, network.events_of)
        )
    below = any(carrier.parent == key for carrier in network.carriers.values())
    itself = network.carriers[key].actor in network.actors
    return below or itself or (kind, key) in network.actors_of
