"""What is shown today: expired, current, a member; and when that next changes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from netzsite.network import occurrences
from netzsite.network.network import Network
from netzsite.network.waiting import waits
from netzsite.records.actor import Actor
from netzsite.records.offer import Offer
from netzsite.records.parse import Parsed
from netzsite.records.place import Place
from netzsite.records.post import Post

_DAY = timedelta(days=1)


def is_expired(post: Post, today: date) -> bool:
    """Tell whether a post has left the lists."""
    return post.expires is not None and post.expires <= today


def is_member(actor: Actor, today: date) -> bool:
    """Tell whether an actor (still) belongs to the network."""
    return actor.left is None or actor.left >= today


def is_current_offer(offer: Offer, today: date) -> bool:
    """Tell whether an offer stands in lists: it isn't ended or past its last day."""
    over = offer.valid_until is not None and offer.valid_until < today
    return offer.status != "ended" and not over


def is_in_use(place: Place, today: date) -> bool:
    """Tell whether a place (still) exists."""
    return place.valid_until is None or place.valid_until >= today


def is_running(offer: Offer) -> bool:
    """Tell whether an offer takes place between its first and its last day."""
    return offer.status == "active"


def next_change(network: Network, files: Iterable[Parsed]) -> date:
    """Say the earliest day after today on which a byte of the output would differ.

    That is at the latest the next Monday, when a new week begins.
    """
    monday = network.today + (8 - network.today.isoweekday()) * _DAY
    return min(next_turn(network, files) or monday, monday)


def next_turn(network: Network, files: Iterable[Parsed]) -> date | None:
    """Say the earliest day after today on which a page other than the week's would differ."""
    return min((day for day in _days(network, files) if day > network.today), default=None)


def _days(network: Network, files: Iterable[Parsed]) -> Iterator[date]:
    """Give every day on which something comes, goes or is over."""
    for file in files:
        why = waits(file.record, network.today) if file.record else None
        yield (why and why.day) or date.min
    for post in network.posts.values():
        yield post.expires or date.min
    for actor in network.actors.values():
        yield actor.left + _DAY if actor.left else date.min
    for offer in network.offers.values():
        yield offer.valid_from or date.min
        yield offer.valid_until + _DAY if offer.valid_until else date.min
    for place in network.places.values():
        yield place.valid_until + _DAY if place.valid_until else date.min
    yield from _turns(network)


def _turns(network: Network) -> Iterator[date]:
    """Give the days on which the list of coming days changes: one is over, one comes in sight."""
    for occurrence in network.occurrences:
        yield occurrence.last_day + _DAY
        if occurrence.day < occurrence.last_day:
            next_month = (network.today.replace(day=1) + 31 * _DAY).replace(day=1)
            yield next_month if occurrence.day < next_month <= occurrence.last_day else date.min
    laid_out = Counter(occurrence.address for occurrence in network.occurrences)
    new_year = date(network.today.year + 1, 1, 1)
    for event in network.events.values():
        address = network.addresses["event", event.id]
        if event.repeat and event.start and laid_out[address] < occurrences.EACH:
            last = occurrences.horizon(network.today)
            beyond = occurrences.horizon(new_year)
            if occurrences.occurrences(event, address, None, last + _DAY, beyond):
                yield new_year
