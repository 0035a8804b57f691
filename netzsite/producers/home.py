"""The home page: what the network is, what is new, what is next, the ways into the directory."""

from collections.abc import Iterator

from netzsite.network.network import Network
from netzsite.producers import json_ld, shared
from netzsite.producers.views import HomeView
from netzsite.rendering.job import Job

NEWEST = 4
SOON = 5


def jobs(network: Network) -> Iterator[Job]:
    """Make the home page."""
    start = network.pages.get("start")
    text = shared.text_of(network, start.body if start else None)
    view = HomeView(
        head=shared.head(
            network,
            network.site.title,
            description=(start.summary if start else None) or network.site.tagline,
            data=(json_ld.website(network),),
            record=start or network.site,
        ),
        text=text,
        posts=tuple(network.post_cards[key] for key in network.news[:NEWEST]),
        occurrences=network.occurrences[:SOON],
        undated=shared.undated(network, network.events),
        target_groups=shared.concerns(network, "target_group"),
        topics=shared.concerns(network, "topic"),
        actor_count=sum(len(group.actors) for group in shared.by_carrier(network)),
        offer_count=len(shared.current_offers(network)),
        has_days=shared.has_days(network),
        sections=shared.sections(network),
    )
    yield shared.page("/", "home.html", view, texts=(text,), origin=shared.origin(start))
