"""The network → the index pages that it has, named as in the menu."""

from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.producers.related import current_offers


def section(network: Network, name: str) -> Link:
    """Give the link to an index page, named as in the menu."""
    return Link(network.words.words[f"section_{name}"], network.route(name))


def present(network: Network) -> dict[str, str]:
    """Name the addresses of the index pages that exist, by their catalogue name."""
    names = ["actors", "carriers", "news", "events", "week", "network", "search"]
    names += ["emergency"] if network.site.emergency_numbers else []
    names += ["offers"] if current_offers(network) else []
    for kind, name, keys in (
        ("place", "places", network.places),
        ("topic", "topics", network.vocabulary.topics),
        ("target_group", "target_groups", network.vocabulary.target_groups),
    ):
        names += [name] if any((kind, key) in network.addresses for key in keys) else []
    return {name: network.route(name) for name in names}


def has_days(network: Network) -> bool:
    """Tell whether the week is worth a door: something has hours or a day, now or later."""
    return (
        any(offer.hours for offer in network.offers.values())
        or any(event.start for event in network.events.values())
        or any(contact.hours for actor in network.actors.values() for contact in actor.contacts)
    )
