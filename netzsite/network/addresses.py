"""Which record has a page, and at which address."""

from netzsite.network.network import Network

Key = tuple[str, str]
"""Kind and id."""


def addresses(network: Network) -> dict[Key, str]:
    """Give the address of every record that has a page; facets only where they list something."""
    route = network.route
    found: dict[Key, str] = {}
    for kind, home, keys in (
        ("carrier", "carriers", network.carriers),
        ("actor", "actors", network.actors),
        ("offer", "offers", network.offers),
        ("place", "places", network.places),
        ("post", "news", network.posts),
        ("event", "events", network.events),
    ):
        found |= {(kind, key): route(home, key) for key in keys}
    found |= {("page", key): "/" if key == "start" else f"/{key}/" for key in network.pages}
    for kind, home, terms in (
        ("topic", "topics", network.vocabulary.topics),
        ("target_group", "target_groups", network.vocabulary.target_groups),
    ):
        for key in terms:
            if any((kind, key) in of for of in (network.offers_of, network.actors_of)):
                found[kind, key] = route(home, key)
    for kind in ("carrier", "place"):
        for key in network.carriers if kind == "carrier" else network.places:
            if not _lists_something(network, kind, key):
                del found[kind, key]
    return found


def _lists_something(network: Network, kind: str, key: str) -> bool:
    if kind == "place":
        return any(
            (kind, key) in of for of in (network.offers_of, network.actors_of, network.events_of)
        )
    below = any(carrier.parent == key for carrier in network.carriers.values())
    itself = network.carriers[key].actor in network.actors
    return below or itself or (kind, key) in network.actors_of
