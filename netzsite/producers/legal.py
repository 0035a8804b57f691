"""``site.yaml`` → imprint, privacy notice and accessibility statement.

A page that the editors wrote themselves stands in for each of them. What is said to be checked
comes from the tables that the checks obey.
"""

from collections.abc import Iterator
from typing import ClassVar, Final

from msgspec import Struct

from netzsite.audit.privacy_claims import PROMISES
from netzsite.audit.wcag import CRITERIA
from netzsite.law.duties import LAWS, Basis, Law, is_bound_to_access
from netzsite.law.enforcement import enforcement
from netzsite.media.medium import is_picture_name
from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.producers import html_pages, parts
from netzsite.producers.html_pages import Head
from netzsite.producers.parts import Confirmed
from netzsite.records.site import Hosting, Provider
from netzsite.records.statement import Accessibility, Enforcement
from netzsite.rendering.job import Job

PAGES: Final = ("imprint", "privacy", "accessibility")
"""Routes of the pages that each footer links."""

_TITLES: Final = {"accessibility": "accessibility_statement"}
"""Words for their titles that are called otherwise than the routes."""


class ImprintView(Struct, frozen=True, kw_only=True):
    """Who is answerable for the site."""

    template: ClassVar = "imprint.html"
    head: Head
    provider: Provider


class PrivacyView(Struct, frozen=True, kw_only=True):
    """What becomes of readers' data."""

    template: ClassVar = "privacy.html"
    head: Head
    promises: tuple[str, ...]
    """Words of the catalogue: what the checks keep the site from doing."""
    provider: Provider
    hosting: Hosting
    law: Law | None
    basis: Basis | None
    """Why data may be processed; None where the law or the provider's standing isn't known."""
    confirmed: Confirmed | None


class AccessibilityView(Struct, frozen=True, kw_only=True):
    """What is done so that everybody can use the site, what isn't known, and whom to tell."""

    template: ClassVar = "accessibility.html"
    head: Head
    statement: Accessibility | None
    """What the model statement of 2018/1523 asks for; None where the law asks for none."""
    covers: str
    """The address that the statement is for."""
    enforcement: Enforcement | None
    checks: tuple[tuple[str, str], ...]
    """What the build checks (a word of the catalogue), with the success criterion of WCAG 2.2."""
    has_documents: bool
    """Whether documents hang on the site that no check reads."""
    provider: Provider
    imprint: Link
    confirmed: Confirmed | None


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
        head=html_pages.head(network, title, record=network.site),
        provider=network.site.provider or Provider(),
    )
    origin = html_pages.origin(network.site)
    return html_pages.page(network.route("imprint"), "imprint.html", view, origin=origin)


def _privacy(network: Network) -> Job:
    """Make the privacy notice (Art. 13 DSGVO, § 15 KDG, § 17 DSG-EKD)."""
    site = network.site
    provider = site.provider or Provider()
    law = LAWS.get(site.legal_frame or "")
    view = PrivacyView(
        head=html_pages.head(network, network.words.words["privacy"], record=site),
        promises=tuple(PROMISES),
        provider=provider,
        hosting=site.hosting or Hosting(),
        law=law,
        basis=law.basis(provider) if law and provider.legal_status else None,
        confirmed=parts.confirmed(site),
    )
    origin = html_pages.origin(site)
    return html_pages.page(network.route("privacy"), "privacy.html", view, origin=origin)


def _accessibility(network: Network) -> Job:
    """Make the accessibility statement."""
    site, title = network.site, network.words.words["accessibility_statement"]
    view = AccessibilityView(
        head=html_pages.head(network, title, record=site),
        statement=site.accessibility or (Accessibility() if is_bound_to_access(site) else None),
        covers=site.base_url,
        enforcement=enforcement(site),
        checks=tuple((f"checked_{code}", rule) for code, rule in CRITERIA.items()),
        has_documents=not all(is_picture_name(path) for path in network.media),
        provider=site.provider or Provider(),
        imprint=_link(network, "imprint"),
        confirmed=parts.confirmed(site),
    )
    origin = html_pages.origin(site)
    return html_pages.page(
        network.route("accessibility"), "accessibility.html", view, origin=origin
    )
