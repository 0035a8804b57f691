"""Hours and events → ``/woche/``: what is on today and in the days around it.

The days are worked out when the page is rendered, so that a build in which nothing changed neither
imports the library of public holidays nor counts days.
"""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from msgspec import Struct

from netzsite.network.agenda import Agenda, RegularHours, Row, Today, agenda, lay_out
from netzsite.network.cards import EventCard, Link
from netzsite.network.network import Network
from netzsite.producers import html_pages, related, sections
from netzsite.producers.html_pages import Head
from netzsite.rendering.job import Job, Tools
from netzsite.times.holidays import Holidays, load_holidays
from netzsite.times.hours_text import write_hours, write_span
from netzsite.times.opening_rules import MonthlyRule, Span, WeeklyRule


class DayRow(Struct, frozen=True, kw_only=True):
    """One thing on one day, with its times as text where they are more than a beginning."""

    row: Row
    span: str | None = None


class DayView(Struct, frozen=True, kw_only=True):
    """One day of the week's page."""

    day: date
    public: str | None
    school: str | None
    closed: bool
    reason: str | None
    rows: tuple[DayRow, ...]
    missing: tuple[Link, ...]
    """Offers that a holiday or a closure keeps away."""


class WeekView(Struct, frozen=True, kw_only=True):
    """What is on, day by day."""

    template: ClassVar = "week.html"
    head: Head
    weeks: tuple[tuple[DayView, ...], ...]
    by_appointment: tuple[tuple[Link, str | None, str], ...]
    """Offer, place, hours."""
    undated: tuple[EventCard, ...]
    ways: tuple[Link, ...]
    busy: bool
    """Whether anything is on at all."""


class WeekArgs(Struct, frozen=True, kw_only=True):
    """All that the page is made of."""

    head: Head
    agenda: Agenda
    undated: tuple[EventCard, ...]
    ways: tuple[Link, ...]
    """Where to look when nothing is on."""


def jobs(network: Network) -> Iterator[Job]:
    """Make the page of the week."""
    home = sections.section(network, "week")
    words = network.words.words
    args = WeekArgs(
        head=html_pages.head(
            network,
            home.label,
            section="week",
            description=words["about_week"].format(site=network.site.title),
        ),
        agenda=agenda(network),
        undated=related.undated(network, network.events),
        ways=(sections.section(network, "actors"), sections.section(network, "events")),
    )
    yield Job(
        path=html_pages.page(home.address, "week.html", args).path,
        render=render,
        args=args,
        template="week.html",
        listed=True,
    )


def render(args: WeekArgs, tools: Tools) -> bytes:
    """Lay the days out and render them."""
    from netzsite.rendering.environment import render_page  # noqa: PLC0415 - imports Jinja

    return render_page(view(args, tools.words.language), tools)


def view(args: WeekArgs, language: str) -> WeekView:
    """Work out what the page shows."""
    coming = args.agenda
    days = lay_out(coming, _holidays(coming, language))
    shown = tuple(_day(day, language) for day in days)
    return WeekView(
        head=args.head,
        weeks=tuple(shown[start : start + 7] for start in range(0, len(shown), 7)),
        by_appointment=tuple(
            (Link(one.title, one.address), one.detail, write_hours(one.hours, language))
            for one in coming.regular
            if by_appointment(one)
        ),
        undated=args.undated,
        ways=args.ways,
        busy=any(day.rows for day in shown),
    )


def by_appointment(regular: RegularHours) -> bool:
    """Tell whether an offer has times of which no day can be said."""
    hours = regular.hours
    rules: tuple[WeeklyRule | MonthlyRule, ...] = (*hours.weekly, *hours.monthly)
    untimed = any(rule.by_appointment and not rule.spans for rule in rules)
    return regular.kind == "offer" and (hours.by_appointment or untimed)


def _holidays(agenda: Agenda, language: str) -> Holidays:
    """Give the holidays of the days shown."""
    if agenda.region is None:
        return Holidays(region="", school=agenda.school)
    years = {agenda.monday.year, agenda.sunday.year}
    return load_holidays(agenda.region, years, language, agenda.school)


def _day(day: Today, language: str) -> DayView:
    return DayView(
        day=day.day,
        public=day.public,
        school=day.school,
        closed=day.closed,
        reason=day.reason,
        rows=tuple(_row(row, language) for row in day.rows),
        missing=day.missing,
    )


def _row(row: Row, language: str) -> DayRow:
    """Write the times of a row, except those that are only a beginning or an end."""
    if row.start is None or row.last_day or (row.kind == "event" and row.end is None):
        return DayRow(row=row)
    return DayRow(row=row, span=write_span(Span(start=row.start, end=row.end), language))
