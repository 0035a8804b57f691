"""What records say that can't be: days that no rule gives, clocks that skip, words twice.

Each record is well formed by itself; what is told here shows only in the whole, or needs the
site's time zone.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from msgspec.structs import replace

from netzsite import text as words
from netzsite.network.network import Network
from netzsite.problems import Problem, Spot, instead
from netzsite.records.actor import Actor
from netzsite.records.event import Event
from netzsite.records.offer import Offer
from netzsite.records.parse import Parsed
from netzsite.records.site import Site
from netzsite.times.dates import Moment
from netzsite.times.holidays import school_known_until
from netzsite.times.hours import Hours
from netzsite.times.recurrence import fits, occurrences
from netzsite.times.zonedata import zone as zone_of
from netzsite.yaml.scalar import scalar

NEAR = timedelta(days=60)
"""So long before the school holidays' data end, the build says so."""


def check(files: Iterable[Parsed], network: Network, sections: Iterable[str]) -> Iterator[Problem]:
    """Name what makes no sense in the whole; ``sections`` are the index pages that exist."""
    zone = zone_of(network.site.timezone)
    files = tuple(files)
    # Of an actor that is told of anyway, the contact may be what can't be read.
    whole = {file.id for file in files if isinstance(file.record, Actor) and not file.problems}
    whole &= network.actors.keys()  # one that waits isn't shown yet
    for file in files:
        if isinstance(file.record, Event):
            yield from _event(file, file.record, zone)
        elif isinstance(file.record, Offer) and whole.issuperset(file.record.actors):
            yield from _unreachable(file, file.record, network)
        elif isinstance(file.record, Site):
            yield from _menu(file, file.record, network, frozenset(sections))
            yield from _school_holidays(file, network)
    yield from _similar_tags(files, network)


def _unreachable(file: Parsed, offer: Offer, network: Network) -> Iterator[Problem]:
    """Tell of an offer that asks to be called or written to, while nobody can be."""
    contacts = offer.contacts or tuple(
        contact for key in offer.actors for contact in network.actors[key].contacts
    )
    phones = any(contact.phone or contact.mobile for contact in contacts)
    anybody = phones or bool(offer.online) or any(one.email or one.url for one in contacts)
    reached = {"phone": phones, "form": anybody, "appointment": anybody}
    if not reached.get(offer.registration or "", True):
        yield _at(file, "registration", "offer-unreachable", what=offer.registration or "")


def _event(file: Parsed, event: Event, zone: tzinfo) -> Iterator[Problem]:
    moments = {"start": event.start, "end": event.end}
    moments |= {f"moved.{day}": moment for day, moment in event.moved.items()}
    for place, moment in moments.items():
        if moment and _is_skipped(moment, zone):
            yield _at(file, place, "impossible-time", value=str(moment))
    if event.start is None:
        return
    if event.repeat and not fits(event.repeat, event.start.day):
        yield _at(file, "start", "repeat-mismatch", value=str(event.start.day))
        return
    named = {f"except.{index}": day for index, day in enumerate(event.except_)}
    named |= {f"cancelled.{index}": day for index, day in enumerate(event.cancelled)}
    named |= {f"moved.{day}": day for day in event.moved}
    new_days = {moment.day for moment in event.moved.values()}
    for place, day in named.items():
        days = occurrences(event.repeat, event.start.day, day, day) if event.repeat else ()
        if day not in (*days, event.start.day) and not (
            place.startswith("cancelled") and day in new_days
        ):
            yield _at(file, place, "no-occurrence", value=str(day))


def _is_skipped(moment: Moment, zone: tzinfo) -> bool:
    """Tell whether clocks skip this time: it isn't the same again after a turn through UTC."""
    if moment.clock is None:
        return False
    local = datetime.combine(moment.day, moment.clock, zone)
    there = local.astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None) != local.replace(tzinfo=None)


def _menu(
    file: Parsed, site: Site, network: Network, sections: frozenset[str]
) -> Iterator[Problem]:
    known = [*sorted(sections), *(f"page:{key}" for key in network.pages if key != "start")]
    for index, entry in enumerate(site.navigation):
        if entry.to not in known and not entry.to.startswith("https://"):
            german = {network.words.routes.get(name, name): name for name in sections}
            right = words.slip_of(entry.to, known) or german.get(words.slug(entry.to))
            guess = right or words.nearest(entry.to, known)
            facts = {"value": entry.to, "choices": ", ".join(known)}
            facts |= {"guess": guess} if guess else {}
            place = f"navigation.{index}.to"
            yield _mending(_at(file, place, "not-in-list", **facts), entry.to, right)


def _school_holidays(file: Parsed, network: Network) -> Iterator[Problem]:
    """Say when hours hang on school holidays whose days aren't known, or not much longer."""
    if all(hours.school_holidays == "open" for hours in _all_hours(network)):
        return
    until = school_known_until(network.site.region or "", network.words.language)
    ends = [days.last or days.first for days in network.site.school_holidays]
    last = max([*ends, *([until] if until else [])], default=None)
    if last is None:
        yield _at(file, "region", "school-holidays-missing")
    elif last - NEAR < network.today:
        yield _at(file, "region", "school-holidays-end", day=str(last))


def _all_hours(network: Network) -> Iterator[Hours]:
    """List the hours of all offers and of everybody's contacts."""
    for offer in network.offers.values():
        if offer.hours:
            yield offer.hours
    contacts = [contact for actor in network.actors.values() for contact in actor.contacts]
    contacts += [contact for offer in network.offers.values() for contact in offer.contacts]
    yield from (contact.hours for contact in contacts if contact.hours)


def _similar_tags(files: Iterable[Parsed], network: Network) -> Iterator[Problem]:
    """Name tags that are written in two ways but are one page."""
    for file in files:
        for index, tag in enumerate(getattr(file.record, "tags", ())):
            shown = network.tags.get(words.slug(tag))
            if shown and shown[0] != tag:
                problem = _at(file, f"tags.{index}", "similar-tags", value=tag, guess=shown[0])
                yield _mending(problem, tag, shown[0])


def _at(file: Parsed, place: str, code: str, **facts: str) -> Problem:
    spot = file.spots.get(place) or file.spots.get(place.partition(".")[0]) or Spot(1)
    return Problem(code=code, path=file.path, spot=spot, facts=facts)


def _mending(problem: Problem, old: str, new: str | None) -> Problem:
    """Add what is to stand in the place of a value; nothing where YAML might read it otherwise."""
    if not new or problem.spot is None or scalar(new, flow=True) != new:
        return problem
    return replace(problem, changes=instead(problem.path, problem.spot, old, new))
