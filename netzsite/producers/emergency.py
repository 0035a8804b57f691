"""``emergency_numbers`` of ``site.yaml`` → the page of numbers to call in need."""

from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct

from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.producers import html_pages
from netzsite.producers.html_pages import Head
from netzsite.producers.parts import Confirmed, confirmed
from netzsite.records.emergency import Emergency
from netzsite.rendering.job import Job


class EmergencyView(Struct, frozen=True, kw_only=True):
    """Numbers to call in need."""

    template: ClassVar = "emergency.html"
    head: Head
    numbers: tuple[Emergency, ...]
    """Whom to call, in the order of ``site.yaml``."""
    confirmed: Confirmed | None


def jobs(network: Network) -> Iterator[Job]:
    """Make the page where a site names numbers, unless the editors wrote it themselves."""
    site, words = network.site, network.words
    if not site.emergency_numbers or words.routes["emergency"] in network.pages:
        return
    view = EmergencyView(
        head=html_pages.head(
            network,
            words.words["emergency"],
            section="emergency",
            description=", ".join(number.name for number in site.emergency_numbers),
            record=site,
        ),
        numbers=site.emergency_numbers,
        confirmed=confirmed(site),
    )
    origin = html_pages.origin(site)
    yield html_pages.page(network.route("emergency"), "emergency.html", view, origin=origin)


def link(network: Network) -> Link | None:
    """Link the page for menu and footer, where there is one."""
    route = network.words.routes["emergency"]
    if not network.site.emergency_numbers and route not in network.pages:
        return None
    return Link(network.words.words["section_emergency"], network.route("emergency"))
