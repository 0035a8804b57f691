"""Actors by carrier, an actor with all that points to it, carriers."""

from collections.abc import Iterator

from netzsite.network.cards import Link, Picture
from netzsite.network.network import Network
from netzsite.producers import json_ld, network_page, print_directory, shared
from netzsite.producers.views import ActorsView, ActorView, CarriersView, CarrierView, Head
from netzsite.records.directory import Actor, Carrier
from netzsite.rendering.job import Job


def jobs(network: Network) -> Iterator[Job]:
    """Make the pages of actors and carriers, and their lists."""
    groups = shared.by_carrier(network)
    title = network.words.words["section_actors"]
    count = sum(len(group.actors) for group in groups)
    lists = shared.section(network, "actors")
    view = ActorsView(
        head=_list_head(network, title, "actors"),
        groups=groups,
        count=count,
        printed=print_directory.link(network),
    )
    yield shared.page(lists.address, "actors.html", view)
    for actor in network.actors.values():
        yield _actor(network, actor, lists)
    carriers = shared.section(network, "carriers")
    heading = network.words.words["section_carriers"]
    head = shared.head(network, heading, section="actors", trail=(lists,))
    yield shared.page(carriers.address, "carriers.html", CarriersView(head=head, groups=groups))
    for carrier in network.carriers.values():
        if ("carrier", carrier.id) in network.addresses:
            yield _carrier(network, carrier, (lists, carriers))


def _list_head(network: Network, title: str, name: str) -> Head:
    description = network.words.words[f"about_{name}"].format(site=network.site.title)
    return shared.head(network, title, section=name, description=description)


def _actor(network: Network, actor: Actor, above: Link) -> Job:
    address = network.addresses["actor", actor.id]
    text = shared.text_of(network, actor.description)
    posts, more = shared.posts(network, "actor", actor.id)
    agreements = tuple(
        card for card, partners in network_page.agreements(network) if actor.id in partners
    )
    events = network.events_of.get(("actor", actor.id), ())
    carrier = network.actor_cards[actor.id].carrier
    view = ActorView(
        head=shared.head(
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
        places=tuple(card for key in actor.places if (card := shared.place(network, key))),
        ways=shared.ways(network, actor.contacts, address),
        url=actor.url,
        logo=_logo(network, actor),
        joined=actor.joined,
        left=actor.left if actor.left and actor.left < network.today else None,
        confirmed=shared.confirmed(actor),
        offers=shared.offers(network, "actor", actor.id),
        occurrences=shared.occurrences(network, "actor", actor.id),
        undated=shared.undated(network, events),
        calendar=address + network.words.routes["events"] + ".ics"
        if any(network.events[key].start for key in events)
        else None,
        agreements=agreements,
        posts=posts,
        more_posts=more,
    )
    texts = (text, *(card.text for card in agreements))
    origin = shared.origin(actor)
    return shared.page(
        address, "actor.html", view, texts=texts, origin=origin, listed=view.left is None,
        updated=actor.checked_on,
    )  # fmt: skip


def _logo(network: Network, actor: Actor) -> Picture | None:
    medium = network.media.get(actor.logo or "")
    if medium is None:
        return None
    return Picture(address=f"/{medium.path}", alt="", width=medium.width, height=medium.height)


def _carrier(network: Network, carrier: Carrier, trail: tuple[Link, ...]) -> Job:
    address = network.addresses["carrier", carrier.id]
    children = tuple(other.id for other in network.carriers.values() if other.parent == carrier.id)
    view = CarrierView(
        head=shared.head(
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
        actors=shared.actors(network, "carrier", carrier.id),
        confirmed=shared.confirmed(carrier),
    )
    return shared.page(address, "carrier.html", view, origin=shared.origin(carrier))
