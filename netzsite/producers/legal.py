"""``site.yaml`` → imprint, privacy notice and accessibility statement.

A page that the editors wrote themselves stands in for each of them. What is said to be checked
comes from the tables that the checks obey.
"""

from collections.abc import Iterator
from typing import Final

from netzsite.audit.privacy_claims import PROMISES
from netzsite.audit.wcag import CRITERIA
from netzsite.law.duties import LAWS
from netzsite.media.medium import is_picture_name
from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.producers import shared
from netzsite.producers.views import AccessibilityView, ImprintView, PrivacyView
from netzsite.records.singles import Hosting, Provider
from netzsite.rendering.job import Job

PAGES: Final = ("imprint", "privacy", "accessibility")
"""Routes of the pages that each footer links."""

_TITLES: Final = {"accessibility": "accessibility_statement"}
"""Words for their titles that are called otherwise than the routes."""


def jobs(network: Network) -> Iterator[Job]:
    """Make those that no page of the editors' stands in for."""
    for name, make in zip(PAGES, (_imprint, _privacy, _accessibility), strict=True):
        if network.words.routes[name] not in network.pages:
            yield make(network)


def links(network: Network) -> tuple[Link, ...]:
    """Link the pages for the footer: the editors' own, else those made here."""
    return tuple(_link(network, name) for name in PAGES)


def _link(network: Network, name: str) -> Link:
    page = network.pages.get(network.words.routes[name])
    if page:
        return Link(page.title, network.addresses["page", page.id])
    return Link(network.words.words[_TITLES.get(name, name)], network.route(name))


def _imprint(network: Network) -> Job:
    """Make the imprint (§ 5 DDG, § 18 MStV) from ``provider``."""
    title = network.words.words["imprint"]
    view = ImprintView(
        head=shared.head(network, title, record=network.site),
        provider=network.site.provider or Provider(),
    )
    origin = shared.origin(network.site)
    return shared.page(network.route("imprint"), "imprint.html", view, origin=origin)


def _privacy(network: Network) -> Job:
    """Make the privacy notice (Art. 13 DSGVO, § 15 KDG, § 17 DSG-EKD)."""
    site = network.site
    provider = site.provider or Provider()
    law = LAWS.get(site.legal_frame or "")
    view = PrivacyView(
        head=shared.head(network, network.words.words["privacy"], record=site),
        promises=tuple(PROMISES),
        provider=provider,
        hosting=site.hosting or Hosting(),
        law=law,
        basis=law.basis(provider) if law and provider.legal_status else None,
        confirmed=shared.confirmed(site),
    )
    origin = shared.origin(site)
    return shared.page(network.route("privacy"), "privacy.html", view, origin=origin)


def _accessibility(network: Network) -> Job:
    """Make the accessibility statement."""
    site, title = network.site, network.words.words["accessibility_statement"]
    view = AccessibilityView(
        head=shared.head(network, title, record=site),
        checks=tuple((f"checked_{code}", rule) for code, rule in CRITERIA.items()),
        has_documents=not all(is_picture_name(path) for path in network.media),
        provider=site.provider or Provider(),
        imprint=_link(network, "imprint"),
        confirmed=shared.confirmed(site),
    )
    origin = shared.origin(site)
    return shared.page(network.route("accessibility"), "accessibility.html", view, origin=origin)
