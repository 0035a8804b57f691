"""Actors by carrier, an actor with all that points to it, carriers."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Final

from msgspec import Struct

from netzsite.network.cards import (
    ActorCard,
    EventCard,
    Link,
    Occurrence,
    OfferCard,
    Picture,
    PostCard,
    Text,
)
from netzsite.network.network import Network
from netzsite.producers import (
    contacts,
    html_pages,
    json_ld,
    parts,
    print_directory,
    related,
    sections,
)
from netzsite.producers.agreements import AgreementCard, agreement_cards
from netzsite.producers.contacts import PlaceCard, Way
from netzsite.producers.html_pages import Head
from netzsite.producers.parts import Confirmed
from netzsite.producers.related import Group
from netzsite.records.actor import Actor
from netzsite.records.carrier import Carrier
from netzsite.rendering.job import Job

_SIBLINGS: Final = 8
"""How many actors of the same carrier an actor's page names."""


class ActorsView(Struct, frozen=True, kw_only=True):
    """All actors, by carrier."""

    template: ClassVar = "actors.html"
    head: Head
    groups: tuple[Group, ...]
    count: int
    printed: Link
    """The same as one page to print."""


class ActorView(Struct, frozen=True, kw_only=True):
    """One actor and all that points to it."""

    template: ClassVar = "actor.html"
    head: Head
    name: str
    short_name: str | None
    carrier: Link
    summary: str | None
    text: Text | None
    target_groups: tuple[Link, ...]
    topics: tuple[Link, ...]
    languages: tuple[str, ...]
    goals: tuple[str, ...]
    resources: tuple[str, ...]
    places: tuple[PlaceCard, ...]
    ways: tuple[Way, ...]
    url: str | None
    logo: Picture | None
    joined: date | None
    left: date | None
    confirmed: Confirmed | None
    offers: tuple[OfferCard, ...]
    occurrences: tuple[Occurrence, ...]
    undated: tuple[EventCard, ...]
    calendar: str | None
    agreements: tuple[AgreementCard, ...]
    posts: tuple[PostCard, ...]
    more_posts: int
    siblings: tuple[Link, ...]
    """Other members of the network with the same carrier; a few of them."""


class CarriersView(Struct, frozen=True, kw_only=True):
    """All carriers with their actors."""

    template: ClassVar = "carriers.html"
    head: Head
    groups: tuple[Group, ...]


class CarrierView(Struct, frozen=True, kw_only=True):
    """One carrier."""

    template: ClassVar = "carrier.html"
    head: Head
    name: str
    legal_form: str | None
    url: str | None
    parent: Link | None
    children: tuple[Link, ...]
    itself: Link | None
    actors: tuple[ActorCard, ...]
    confirmed: Confirmed | None


def jobs(network: Network) -> Iterator[Job]:
    """Make the pages of actors and carriers, and their lists."""
    groups = related.by_carrier(network)
    title = network.words.words["section_actors"]
    count = sum(len(group.actors) for group in groups)
    lists = sections.section(network, "actors")
    view = ActorsView(
        head=_list_head(network, title, "actors"),
        groups=groups,
        count=count,
        printed=print_directory.link(network),
    )
    yield html_pages.page(lists.address, "actors.html", view)
    for actor in network.actors.values():
        yield _actor(network, actor, lists)
    carriers = sections.section(network, "carriers")
    heading = network.words.words["section_carriers"]
    head = html_pages.head(network, heading, section="actors", trail=(lists,))
    yield html_pages.page(carriers.address, "carriers.html", CarriersView(head=head, groups=groups))
    for carrier in network.carriers.values():
        if ("carrier", carrier.id) in network.addresses:
            yield _carrier(network, carrier, (lists, carriers))


def _list_head(network: Network, title: str, name: str) -> Head:
    description = network.words.words[f"about_{name}"].format(site=network.site.title)
    return html_pages.head(network, title, section=name, description=description)


def _actor(network: Network, actor: Actor, above: Link) -> Job:
    address = network.addresses["actor", actor.id]
    text = parts.text_of(network, actor.description)
    posts, more = related.posts(network, "actor", actor.id)
    agreements = tuple(card for card, partners in agreement_cards(network) if actor.id in partners)
    events = network.events_of.get(("actor", actor.id), ())
    carrier = network.actor_cards[actor.id].carrier
    view = ActorView(
        head=html_pages.head(
            network,
            actor.name,
            section="actors",
            description=network.actor_cards[actor.id].summary
            or network.words.words["about_actor"].format(name=actor.name, carrier=carrier.label),
            trail=(above,),
            data=(
                json_ld.actor(network, actor, address),
                json_ld.breadcrumbs(network.site, (above,), Link(actor.name, address)),
            ),
            record=actor,
        ),
        name=actor.name,
        short_name=actor.short_name,
        carrier=carrier,
        summary=actor.summary,
        text=text,
        target_groups=network.links("target_group", actor.target_groups),
        topics=network.links("topic", actor.topics),
        languages=actor.languages,
        goals=actor.goals,
        resources=actor.resources,
        places=tuple(card for key in actor.places if (card := contacts.place(network, key))),
        ways=contacts.ways(network, actor.contacts, address, (actor.joined, actor.left)),
        url=actor.url,
        logo=_logo(network, actor),
        joined=actor.joined,
        left=actor.left if actor.left and actor.left < network.today else None,
        confirmed=parts.confirmed(actor),
        offers=related.offers(network, "actor", actor.id),
        occurrences=related.occurrences(network, "actor", actor.id),
        undated=related.undated(network, events),
        calendar=address + network.words.routes["events"] + ".ics"
        if any(network.events[key].start for key in events)
        else None,
        agreements=agreements,
        posts=posts,
        more_posts=more,
        siblings=_siblings(network, actor),
    )
    texts = (text, *(card.text for card in agreements))
    origin = html_pages.origin(actor)
    return html_pages.page(
        address, "actor.html", view, texts=texts, origin=origin, listed=view.left is None,
        updated=actor.checked_on,
    )  # fmt: skip


def _siblings(network: Network, actor: Actor) -> tuple[Link, ...]:
    """Give the first members that share an actor's carrier; the carrier's own page has them all."""
    others = network.actors_of.get(("carrier", actor.carrier), ())
    return network.links("actor", tuple(key for key in others if key != actor.id)[:_SIBLINGS])


def _logo(network: Network, actor: Actor) -> Picture | None:
    image = network.images.get(actor.logo or "")
    return Picture(image=image) if image else None


def _carrier(network: Network, carrier: Carrier, trail: tuple[Link, ...]) -> Job:
    address = network.addresses["carrier", carrier.id]
    children = tuple(other.id for other in network.carriers.values() if other.parent == carrier.id)
    view = CarrierView(
        head=html_pages.head(
            network,
            carrier.name,
            section="actors",
            description=network.words.words["about_carrier"].format(name=carrier.name),
            trail=trail,
            data=(
                json_ld.carrier(carrier),
                json_ld.breadcrumbs(network.site, trail, Link(carrier.name, address)),
            ),
            record=carrier,
        ),
        name=carrier.name,
        legal_form=carrier.legal_form,
        url=carrier.url,
        parent=network.link("carrier", carrier.parent or ""),
        children=network.links("carrier", children),
        itself=network.link("actor", carrier.actor or ""),
        actors=related.actors(network, "carrier", carrier.id),
        confirmed=parts.confirmed(carrier),
    )
    return html_pages.page(address, "carrier.html", view, origin=html_pages.origin(carrier))
