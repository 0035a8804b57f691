"""Hours and events → what is on, day by day, in the week that a day belongs to and the next.

The days depend on the Monday alone and not on the day of the build, so that a page of them changes
once a week. Times are those of the clock on the wall, as in `records.sessions`.
"""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Final, Literal

from msgspec import Struct

from netzsite.network import occurrences
from netzsite.network.cards import Link, Occurrence
from netzsite.network.network import Network
from netzsite.network.visibility import is_running
from netzsite.records.contact import Contact
from netzsite.records.days import Days
from netzsite.text import sort_key
from netzsite.times.holidays import Holidays, SchoolHoliday
from netzsite.times.hours import Closure, Session, sessions
from netzsite.times.hours_text import Hours
from netzsite.times.opening_rules import DAY, LONGEST_NIGHT

WEEKS: Final = 2
_DAY: Final = timedelta(days=1)
_WEEK: Final = 7 * _DAY

Kind = Literal["event", "offer", "contact"]
_KINDS: Final = ("event", "offer", "contact")


class RegularHours(Struct, frozen=True, kw_only=True):
    """Something that is open at hours: an offer, or a contact whom one can reach."""

    kind: Kind
    title: str
    address: str
    hours: Hours
    detail: str | None = None
    """The place, or what a contact is for."""
    first: date | None = None
    last: date | None = None


class Agenda(Struct, frozen=True, kw_only=True):
    """Everything that the days from a Monday on are made of."""

    monday: date
    regular: tuple[RegularHours, ...]
    occurrences: tuple[Occurrence, ...]
    closures: tuple[Closure, ...]
    school: tuple[SchoolHoliday, ...]
    """The site's own school holidays, beside those of its region."""
    region: str | None

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + WEEKS * _WEEK - _DAY


class Row(Struct, frozen=True, kw_only=True, gc=False):
    """One thing on one day; without a start it lasts the whole day."""

    kind: Kind
    title: str
    address: str
    start: time | None = None
    end: time | None = None
    detail: str | None = None
    by_appointment: bool = False
    cancelled: bool = False
    moved_from: date | None = None
    begun: bool = False
    """Whether it began on an earlier day; then `end` alone says when it is over."""
    last_day: date | None = None
    """The last of several days."""


class Today(Struct, frozen=True, kw_only=True):
    """A day, why it may be quieter than others, and what is on, in order."""

    day: date
    public: str | None = None
    school: str | None = None
    closed: bool = False
    reason: str | None = None
    """Why the house is shut."""
    rows: tuple[Row, ...] = ()
    missing: tuple[Link, ...] = ()
    """Offers that are there on such a day else, and not on this one."""


def monday_of(day: date) -> date:
    """Give the Monday of the week that a day belongs to (ISO 8601)."""
    return day - (day.isoweekday() - 1) * _DAY


def agenda(network: Network) -> Agenda:
    """Collect what may be on in this week and the next; it is the same on each day of the week."""
    monday = monday_of(network.today)
    sunday = monday + WEEKS * _WEEK - _DAY
    days = tuple(
        occurrence
        for event in network.events.values()
        for occurrence in occurrences.occurrences(
            event,
            network.addresses["event", event.id],
            _place(network, event.place),
            monday,
            sunday,
        )
    )
    closures, school = days_off(network, monday)
    return Agenda(
        monday=monday,
        regular=tuple(
            one
            for one in _standing(network)
            if (one.last or sunday) >= monday and (one.first or monday) <= sunday
        ),
        occurrences=tuple(sorted(days, key=occurrences.order)),
        closures=closures,
        school=school,
        region=network.site.region,
    )


def days_off(
    network: Network, monday: date
) -> tuple[tuple[Closure, ...], tuple[SchoolHoliday, ...]]:
    """Give the site's own closures and school holidays that touch two weeks and the day before."""
    first, last = monday - _DAY, monday + WEEKS * _WEEK - _DAY
    return (
        tuple(
            Closure(first=one.first, last=one.last or one.first, reason=one.reason)
            for one in _touching(network.site.closures, first, last)
        ),
        tuple(
            SchoolHoliday(first=one.first, last=one.last or one.first, name=one.reason or "")
            for one in _touching(network.site.school_holidays, first, last)
        ),
    )


def _touching(stretches: tuple[Days, ...], first: date, last: date) -> Iterator[Days]:
    return (one for one in stretches if one.first <= last and (one.last or one.first) >= first)


def _place(network: Network, key: str | None) -> str | None:
    place = network.places.get(key or "")
    return place.name if place else None


def _standing(network: Network) -> Iterator[RegularHours]:
    for offer in network.offers.values():
        if not is_running(offer):
            continue
        address = network.addresses["offer", offer.id]
        if offer.hours:
            yield RegularHours(
                kind="offer",
                title=offer.name,
                address=address,
                hours=offer.hours,
                detail=_place(network, offer.place),
                first=offer.valid_from,
                last=offer.valid_until,
            )
        yield from _reachable(
            offer.name, address, offer.contacts, offer.valid_from, offer.valid_until
        )
    for actor in network.actors.values():
        address = network.addresses["actor", actor.id]
        yield from _reachable(actor.name, address, actor.contacts, actor.joined, actor.left)


def _reachable(
    whose: str,
    address: str,
    contacts: Iterable[Contact],
    first: date | None,
    last: date | None,
) -> Iterator[RegularHours]:
    for contact in contacts:
        if contact.hours:
            yield RegularHours(
                kind="contact",
                title=whose,
                address=address,
                hours=contact.hours,
                detail=", ".join(filter(None, (contact.role, contact.name))),
                first=first,
                last=last,
            )


def lay_out(agenda: Agenda, holidays: Holidays) -> tuple[Today, ...]:
    """Give each day of an agenda, in order; `holidays` must cover its years."""
    rows: dict[date, list[Row]] = {
        agenda.monday + number * _DAY: [] for number in range(WEEKS * _WEEK.days)
    }
    missing: dict[date, list[Link]] = {day: [] for day in rows}
    for regular in agenda.regular:
        first = max(agenda.monday, regular.first or agenda.monday)
        last = min(agenda.sunday, regular.last or agenda.sunday)
        held = sessions(regular.hours, first, last, holidays, agenda.closures)
        if regular.kind == "offer":
            for day in _dropped(regular.hours, first, last, held):
                missing[day].append(Link(regular.title, regular.address))
        for session in held:
            rows[session.day].append(
                Row(
                    kind=regular.kind,
                    title=regular.title,
                    address=regular.address,
                    start=session.start,
                    end=session.end,
                    detail=regular.detail,
                    by_appointment=session.by_appointment,
                )
            )
    for occurrence in agenda.occurrences:
        for day, row in _of_occurrence(occurrence):
            if day in rows:
                rows[day].append(row)
    return tuple(
        _today(day, agenda, holidays, sorted(found, key=_order), missing[day])
        for day, found in rows.items()
    )


def _dropped(hours: Hours, first: date, last: date, held: tuple[Session, ...]) -> list[date]:
    """Give the days on which only a holiday or a closure keeps something from being there."""
    usual = {session.day for session in sessions(hours, first, last, Holidays(region=""))}
    return sorted(usual - {session.day for session in held})


def _of_occurrence(occurrence: Occurrence) -> Iterator[tuple[date, Row]]:
    """Give a row for each day of an occurrence; one that ends in the night stays with its day."""
    start, end, last = occurrence.start, occurrence.end, occurrence.last_day
    if start and end and end <= start and last <= occurrence.day + _DAY:
        lasts = DAY + (end.hour - start.hour) * 60 + end.minute - start.minute
        if lasts <= LONGEST_NIGHT:
            last = occurrence.day
        elif last == occurrence.day:
            end = None  # it says nothing: it is the start, or before it
    for number in range((last - occurrence.day).days + 1):
        day = occurrence.day + number * _DAY
        yield (
            day,
            Row(
                kind="event",
                title=occurrence.title,
                address=occurrence.address,
                start=start if day == occurrence.day else None,
                end=end if day == last else None,
                detail=occurrence.place,
                cancelled=occurrence.cancelled,
                moved_from=occurrence.moved_from,
                begun=day != occurrence.day,
                last_day=last if last != occurrence.day else None,
            ),
        )


def _order(row: Row) -> tuple[bool, time, int, object, str]:
    """Sort by time, what lasts all day first; then events before hours, contacts last."""
    kind = _KINDS.index(row.kind)
    return row.start is not None, row.start or time(), kind, sort_key(row.title), row.detail or ""


def _today(
    day: date, agenda: Agenda, holidays: Holidays, rows: list[Row], missing: list[Link]
) -> Today:
    closure = next((one for one in agenda.closures if one.first <= day <= one.last), None)
    return Today(
        day=day,
        public=next((one.name for one in holidays.public if one.day == day), None),
        school=next((one.name for one in holidays.school if one.first <= day <= one.last), None),
        closed=closure is not None,
        reason=closure.reason if closure else None,
        rows=tuple(rows),
        missing=tuple(sorted(missing, key=lambda link: sort_key(link.label))),
    )
