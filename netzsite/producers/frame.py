"""What all pages share: the menu, the legal links, the site's name."""

from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.producers import emergency, legal, sections
from netzsite.records.site import Entry
from netzsite.rendering.job import Frame

DEFAULT = ("actors", "offers", "week", "news", "events", "network")


def frame(network: Network, *, portable: bool, policy: str) -> Frame:
    """Make the frame of a site's pages."""
    site = network.site
    return Frame(
        title=site.title,
        language=site.language,
        direction=network.words.direction,
        base_url=site.base_url,
        timezone=site.timezone,
        tagline=site.tagline,
        menu=_menu(network),
        emergency=emergency.link(network),
        legal=legal.links(network),
        portable=portable,
        policy=policy,
    )


def _menu(network: Network) -> tuple[Link, ...]:
    there = sections.present(network)
    search = sections.section(network, "search")
    if network.site.navigation:
        links = [_entry(network, entry, there) for entry in network.site.navigation]
        found = tuple(link for link in links if link)
        return found if any(link.address == search.address for link in found) else (*found, search)
    words = network.words.words
    entries = [
        Link(words[f"section_{name}"], there[name])
        for name in DEFAULT
        if name in there and (name != "week" or sections.has_days(network))
    ]
    pages = [
        Link(page.title, network.addresses["page", key])
        for key, page in network.pages.items()
        if page.menu and key != "start"
    ]
    return (*entries, *pages, search)


def _entry(network: Network, entry: Entry, present: dict[str, str]) -> Link | None:
    kind, _, key = entry.to.partition(":")
    if entry.to in present:
        return Link(entry.label or network.words.words[f"section_{entry.to}"], present[entry.to])
    if kind == "page" and key in network.pages:
        return Link(entry.label or network.pages[key].title, network.addresses["page", key])
    if entry.to.startswith("https://"):
        return Link(entry.label or entry.to.removeprefix("https://").rstrip("/"), entry.to)
    return None
