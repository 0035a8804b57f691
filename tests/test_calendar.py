"""Calendars and vCards: what a program that subscribes or imports them reads back."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite.catalogue import catalogue
from netzsite.memo import NoMemo
from netzsite.network.link import Settings, link
from netzsite.network.network import Network
from netzsite.network.occurrences import occurrences
from netzsite.pipeline.content import Resources
from netzsite.pipeline.content import read as read_content
from netzsite.pool import Pool
from netzsite.producers import calendar, vcards
from netzsite.producers.frame import frame
from netzsite.producers.vtimezone import vtimezone
from netzsite.records.parse import Home, home_of, parse
from netzsite.rendering.job import Job, Tools
from netzsite.rendering.templates import Templates
from tests.conftest import MUSTERVIERTEL, TODAY

FIRST, LAST = date(2025, 1, 1), date(2029, 12, 31)
BERLIN = ZoneInfo("Europe/Berlin")
SITE = """\
title: Netzwerk Musterdorf
language: de
base_url: https://musterdorf.de/netz
timezone: {zone}
"""
PEOPLE = {
    "carriers/verein.yaml": "name: Bürgerverein e. V.",
    "actors/treff.yaml": "name: Familientreff\ncarrier: verein\nplaces: [saal]",
    "places/saal.yaml": "name: Bürgersaal\nstreet: Am Markt 1\npostal_code: 01067\ncity: Musterdorf",
}


def network_of(files: dict[str, str], zone: str = "Europe/Berlin", more: str = "") -> Network:
    parsed = []
    for path, text in {"site.yaml": SITE.format(zone=zone) + more, **PEOPLE, **files}.items():
        home = home_of(path)
        assert isinstance(home, Home)
        parsed.append(parse(path, home, text.encode()))
        assert parsed[-1].record is not None, parsed[-1].problems
    network, _ = link(tuple(parsed), (), Settings(today=TODAY), catalogue)
    assert network is not None
    return network


def event(head: str, body: str = "") -> dict[str, str]:
    return {"events/treffen.md": f"---\ntitle: Treffen\nactors: [treff]\n{head}\n---\n{body}"}


def jobs(network: Network) -> dict[str, Job]:
    return {job.path: job for job in (*calendar.jobs(network), *vcards.jobs(network))}


def made(network: Network, path: str) -> bytes:
    job = jobs(network)[path]
    tools = Tools(
        here=job.address,
        frame=frame(network, portable=False, policy="default-src 'self'"),
        words=network.words,
        fragments={},
        templates=Templates({}, ""),
        template="",
    )
    return job.render(job.args, tools)


def read(network: Network, path: str = "termine.ics") -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(made(network, path))


def main_of(head: str, **more: str) -> icalendar.Event:
    """The event itself, without its exceptions."""
    parts = read(network_of(event(head), **more)).walk("VEVENT")
    (main,) = [part for part in parts if "RECURRENCE-ID" not in part]
    return main


def days_in_calendar(network: Network) -> list[tuple[object, ...]]:
    """Day, time, last day, end and whether cancelled, of each occurrence a subscriber sees."""
    found = []
    query = recurring_ical_events.of(read(network), skip_bad_series=False)
    for part in query.between(FIRST, LAST + timedelta(days=1)):
        start, end = part.start, part.end
        if not isinstance(start, datetime):
            row = (start, None, end - timedelta(days=1), None)
        else:
            assert start.tzinfo is not None
            closes = end.time() if end != start else None
            row = (start.date(), start.time(), end.date(), closes)
        found.append((*row, part.get("STATUS") == "CANCELLED"))
    return sorted(found, key=str)


def days_on_pages(network: Network) -> list[tuple[object, ...]]:
    """The same, as netzsite's own pages show it."""
    record = network.events["treffen"]
    return sorted(
        (
            (day.day, day.start, day.last_day, day.end, day.cancelled)
            for day in occurrences(record, "/", None, FIRST, LAST)
        ),
        key=str,
    )


MONTHLY = "start: 2026-01-14 14:00\nend: 2026-01-14 15:30\nrepeat: jeden 2. Mittwoch im Monat"
EVENTS = [
    "start: 2026-12-09 14:00",
    "start: 2026-12-09 14:00\nend: 2026-12-09 15:30",
    "start: 2026-12-05 14:00\nend: 2026-12-06 20:00",
    "start: 2026-12-12 22:00\nend: 2026-12-13 01:00",
    "start: 2026-11-19",
    "start: 2026-11-19\nend: 2026-11-22",
    "start: 2026-12-09 14:00\ncancelled: [2026-12-09]",
    "start: 2026-12-09\ncancelled: [2026-12-09]",
    # repeated, over both changes of the clock
    MONTHLY,
    "start: 2025-01-07 09:00\nrepeat: jeden Dienstag",
    "start: 2025-01-05 01:30\nend: 2025-01-05 04:00\nrepeat: jeden Sonntag",
    "start: 2025-01-04 23:30\nend: 2025-01-05 03:30\nrepeat: jeden Samstag",
    "start: 2025-02-28 18:00\nrepeat: jeden letzten Freitag im Monat",
    "start: 2026-11-03 09:00\nrepeat: FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=12",
    "start: 2026-11-03 09:00\nrepeat: jeden Dienstag bis 29.12.2026",
    "start: 2026-11-03 23:30\nrepeat: jeden Dienstag bis 29.12.2026",
    "start: 2026-06-02 00:15\nrepeat: jeden Dienstag bis 28.07.2026",
    "start: 2026-11-03\nrepeat: jeden Dienstag bis 29.12.2026",
    "start: 2025-11-11 17:00\nrepeat: jährlich",
    "start: 2025-11-11\nend: 2025-11-12\nrepeat: jährlich",
    "start: 2024-02-29\nrepeat: jährlich",
    # exceptions
    "start: 2026-01-14 14:00\nrepeat: jeden 2. Mittwoch im Monat\nexcept: [2026-08-12, 2027-04-14]",
    "start: 2026-01-14\nrepeat: jeden 2. Mittwoch im Monat\nexcept: [2026-08-12]",
    (
        "start: 2026-01-14 14:00\nend: 2026-01-14 15:30\nrepeat: jeden 2. Mittwoch im Monat\n"
        "moved: {2026-11-11: 2026-11-18, 2027-02-10: 2027-02-17 15:00}\ncancelled: [2027-01-13]"
    ),
    (
        "start: 2026-01-14\nrepeat: jeden 2. Mittwoch im Monat\nmoved: {2026-11-11: 2026-11-18}\n"
        "cancelled: [2027-01-13]"
    ),
    (
        "start: 2026-01-14 14:00\nrepeat: jeden 2. Mittwoch im Monat\n"
        "moved: {2026-11-11: 2026-11-18}\ncancelled: [2026-11-11]"
    ),
    (
        "start: 2026-01-14 14:00\nrepeat: jeden 2. Mittwoch im Monat\n"
        "moved: {2026-11-11: 2026-11-18}\nexcept: [2026-11-11]"
    ),
    (
        "start: 2026-01-14 14:00\nend: 2026-01-14 15:30\nrepeat: jeden 2. Mittwoch im Monat\n"
        "moved: {2026-03-11: 2026-03-29 01:30, 2026-10-14: 2026-10-25 02:30}"
    ),
    "start: 2026-01-14 14:00\nrepeat: jeden 2. Mittwoch im Monat\nmoved: {2025-12-10: 2026-01-07}",
    "start: 2026-12-05 14:00\nmoved: {2026-12-05: 2026-12-12 15:00}",
    "start: 2026-12-05\nmoved: {2026-12-05: 2026-12-12}",
    (
        "start: 2026-01-14 14:00\nrepeat: jeden 2. Mittwoch im Monat\n"
        "moved: {2026-11-11: 2026-11-18}\ncancelled: [2026-11-18]"
    ),
    pytest.param(
        "start: 2026-01-14\nrepeat: jeden 2. Mittwoch im Monat\n"
        "moved: {2026-11-11: 2026-11-18 15:00}",
    ),
]


@pytest.mark.parametrize("head", EVENTS)
def test_a_subscriber_sees_the_days_that_the_pages_show(head: str):
    network = network_of(event(head))
    expected = days_on_pages(network)
    assert expected
    assert days_in_calendar(network) == expected


def test_five_years_of_the_fictional_site_are_in_its_calendars(muster: Path):
    """The files as they are published: of all events, of each event, of each actor."""
    with Pool(1) as pool:
        content = read_content(MUSTERVIERTEL / "content", Resources(NoMemo(), pool, "test"))
    network, _ = link(content.parsed, content.media, Settings(today=TODAY), catalogue)
    assert network is not None
    days = {
        key: {
            (day.title, day.day, day.start, day.last_day, day.end, day.cancelled)
            for day in occurrences(record, "/", None, FIRST, LAST)
        }
        for key, record in network.events.items()
    }
    assert sum(map(len, days.values())) > 100
    assert days_in(muster / "termine.ics") == set().union(*days.values())
    for key in network.events:
        file = muster / "termine" / f"{key}.ics"
        assert file.exists() == bool(network.events[key].start)
        assert not file.exists() or days_in(file) == days[key]
    own = list((muster / "akteure").glob("*/termine.ics"))
    assert own
    for file in own:
        actor = file.parent.name
        invited = [key for key, record in network.events.items() if actor in record.actors]
        assert days_in(file) == set().union(*(days[key] for key in invited))


def days_in(file: Path) -> set[tuple[object, ...]]:
    data = file.read_bytes()
    assert_folded(data)
    calendar_ = icalendar.Calendar.from_ical(data)
    query = recurring_ical_events.of(calendar_, skip_bad_series=False)
    found = set()
    for part in query.between(FIRST, LAST + timedelta(days=1)):
        start, end = part.start, part.end
        cancelled = part.get("STATUS") == "CANCELLED"
        if isinstance(start, datetime):
            closes = end.time() if end != start else None
            row = (start.date(), start.time(), end.date(), closes)
        else:
            row = (start, None, end - timedelta(days=1), None)
        found.add((str(part["SUMMARY"]), *row, cancelled))
    return found


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Sydney", "Asia/Tokyo", "UTC"])
def test_the_time_on_the_wall_stays_when_the_clocks_change(zone: str):
    head = "start: 2026-01-06 14:00\nend: 2026-01-06 16:00\nrepeat: jeden Dienstag"
    found = days_in_calendar(network_of(event(head), zone))
    assert {(start, end) for _, start, _, end, _ in found} == {(time(14), time(16))}
    offsets = {datetime.combine(day, start, ZoneInfo(zone)).utcoffset() for day, start, *_ in found}
    assert len(offsets) == (2 if zone in ("Europe/Berlin", "Australia/Sydney") else 1)


@given(
    day=st.dates(date(2025, 1, 1), date(2026, 12, 28)),
    clock=st.none() | st.builds(time, st.integers(4, 23), st.sampled_from([0, 30])),
    repeat=st.sampled_from(
        ["täglich", "FREQ=WEEKLY", "FREQ=MONTHLY", "jährlich", "FREQ=WEEKLY;INTERVAL=3"]
    ),
    until=st.none() | st.integers(0, 400),
    skipped=st.sets(st.integers(0, 9), max_size=3),
)
@settings(max_examples=30)
def test_any_rule_means_the_same_to_a_subscriber(
    day: date, clock: time | None, repeat: str, until: int | None, skipped: set[int]
):
    start = f"{day} {clock:%H:%M}" if clock else str(day)
    if until is not None:
        rule = {"täglich": "FREQ=DAILY", "jährlich": "FREQ=YEARLY"}.get(repeat, repeat)
        repeat = f"{rule};UNTIL={day + timedelta(days=until):%Y%m%d}"
    network = network_of(event(f"start: {start}\nrepeat: {repeat}"))
    days = [str(row[0]) for row in days_on_pages(network)]
    except_ = ", ".join(days[index] for index in skipped if index < len(days) - 1)
    network = network_of(event(f"start: {start}\nrepeat: {repeat}\nexcept: [{except_}]"))
    assert days_in_calendar(network) == days_on_pages(network)


def test_a_repeated_event_is_a_rule_and_no_list():
    main = main_of(MONTHLY)
    assert main["RRULE"] == {"FREQ": ["MONTHLY"], "BYDAY": ["2WE"]}
    assert main.start == datetime(2026, 1, 14, 14, tzinfo=BERLIN)


def test_the_end_of_a_rule_is_in_utc_where_the_start_has_a_time():
    head = "start: 2026-06-02 18:00\nrepeat: jeden Dienstag bis 28.07.2026"
    (until,) = main_of(head)["RRULE"]["UNTIL"]
    assert until.tzinfo is not None
    assert until.utcoffset() == timedelta()
    head = "start: 2026-06-02\nrepeat: jeden Dienstag bis 28.07.2026"
    assert main_of(head)["RRULE"]["UNTIL"] == [date(2026, 7, 28)]


@pytest.mark.parametrize(
    ("head", "end"),
    [
        ("start: 2026-12-09 14:00", None),
        ("start: 2026-12-09 14:00\nend: 2026-12-09", None),
        ("start: 2026-12-09", date(2026, 12, 10)),
        ("start: 2026-12-09\nend: 2026-12-11", date(2026, 12, 12)),
        ("start: 2026-12-09 14:00\nend: 2026-12-10 1:00", datetime(2026, 12, 10, 1, tzinfo=BERLIN)),
    ],
)
def test_an_event_ends_when_it_is_over(head: str, end: date | None):
    main = main_of(head)
    assert (main["DTEND"].dt if "DTEND" in main else None) == end


def test_an_exception_names_the_moment_it_replaces():
    head = MONTHLY + "\nmoved: {2027-02-10: 2027-02-17 15:00}\ncancelled: [2027-01-13]"
    parts = read(network_of(event(head))).walk("VEVENT")
    found = {
        part["RECURRENCE-ID"].dt: (part.start, part.end, part.get("STATUS"))
        for part in parts
        if "RECURRENCE-ID" in part
    }
    assert found == {
        datetime(2027, 1, 13, 14, tzinfo=BERLIN): (
            datetime(2027, 1, 13, 14, tzinfo=BERLIN),
            datetime(2027, 1, 13, 15, 30, tzinfo=BERLIN),
            "CANCELLED",
        ),
        datetime(2027, 2, 10, 14, tzinfo=BERLIN): (
            datetime(2027, 2, 17, 15, tzinfo=BERLIN),
            datetime(2027, 2, 17, 16, 30, tzinfo=BERLIN),
            None,
        ),
    }
    assert len({str(part["UID"]) for part in parts}) == 1


def test_an_event_says_who_where_and_what():
    network = network_of(
        event("start: 2026-12-09 14:00\nplace: saal\nsummary: 'Kaffee, Kuchen; \\ und: mehr'")
    )
    (main,) = read(network).walk("VEVENT")
    assert str(main["SUMMARY"]) == "Treffen"
    assert str(main["LOCATION"]) == "Bürgersaal, Am Markt 1, 01067 Musterdorf"
    assert str(main["DESCRIPTION"]) == "Kaffee, Kuchen; \\ und: mehr"
    assert str(main["URL"]) == "https://musterdorf.de/netz/termine/treffen/"


@pytest.mark.parametrize(
    ("place", "location"),
    [("name: Saal", "Saal"), ("name: Saal\ncity: Ort", "Saal, Ort"), ("name: S\nstreet: Weg 1", "S, Weg 1")],
)  # fmt: skip
def test_a_place_tells_what_is_known_of_it(place: str, location: str):
    files = {**event("start: 2026-12-09\nplace: saal"), "places/saal.yaml": place}
    (main,) = read(network_of(files)).walk("VEVENT")
    assert str(main["LOCATION"]) == location


def test_an_event_without_words_has_no_empty_lines():
    main = main_of("start: 2026-12-09")
    assert {"LOCATION", "DESCRIPTION", "STATUS", "RRULE", "EXDATE"}.isdisjoint(main)


def test_the_text_stands_in_for_a_summary():
    network = network_of(event("start: 2026-12-09", "Ein **Treffen** für alle."))
    (main,) = read(network).walk("VEVENT")
    assert str(main["DESCRIPTION"]) == "Ein Treffen für alle."


@pytest.mark.parametrize(
    ("more", "uid"),
    [
        ("", "treffen@musterdorf.de"),
        ("feed_id: verein.example.org,2024", "treffen@verein.example.org"),
    ],
)
def test_an_event_keeps_its_identity(more: str, uid: str):
    assert str(main_of("start: 2026-12-09", more=more)["UID"]) == uid


@pytest.mark.parametrize(
    ("head", "stamp"),
    [
        ("start: 2026-12-09", calendar.STAMP),
        ("start: 2026-12-09\nchecked_on: 2026-10-01", datetime(2026, 10, 1, tzinfo=UTC)),
    ],
)
def test_the_stamp_comes_from_the_content_and_no_clock(head: str, stamp: datetime):
    assert main_of(head)["DTSTAMP"].dt == stamp


def test_two_builds_give_the_same_bytes():
    network = network_of(
        event(MONTHLY + "\nmoved: {2026-11-11: 2026-11-18}\ncancelled: [2027-01-13]")
    )
    assert made(network, "termine.ics") == made(network, "termine.ics")


LONG = "Größer, schöner, weiter: " + "Frühstück für alle Bürgerinnen und Bürger – 🎈 " * 6


@pytest.mark.parametrize(
    "path", ["termine.ics", "termine/treffen.ics", "akteure/treff/termine.ics"]
)
def test_lines_end_with_cr_lf_and_are_folded_at_75_bytes(path: str):
    network = network_of(
        event(f"start: 2026-01-14 14:00\nrepeat: jährlich\nsummary: '{LONG}'").copy()
        | {"events/2027-01-01-neujahr.md": "---\ntitle: Neujahr\nstart: 2027-01-01\n---\n"}
    )
    data = made(network, path)
    assert_folded(data)
    assert b"\r\n " in data
    unfolded = data.replace(b"\r\n ", b"").decode()
    assert "Bürgerinnen und Bürger – 🎈 Frühstück" in unfolded


def assert_folded(data: bytes) -> None:
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is cut in two


@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), min_size=1, max_size=120
    )
)
@settings(max_examples=60)
def test_every_title_is_read_back_as_it_was(title: str):
    title = " ".join(title.split()) or "x"
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
    files = {"events/treffen.md": f"---\ntitle: {quoted}\nstart: 2026-12-09\n---\n"}
    (main,) = read(network_of(files)).walk("VEVENT")
    assert str(main["SUMMARY"]) == title


def test_there_is_a_calendar_of_all_of_each_event_and_of_each_actor_with_events():
    files = {
        **event("start: 2026-12-09"),
        "events/ohne-tag.md": "---\ntitle: Später\nundated: Im Mai.\nactors: [treff]\n---\n",
        "events/fest.md": "---\ntitle: Fest\nstart: 2026-12-10\n---\n",
        "actors/still.yaml": "name: Still\ncarrier: verein",
    }
    network = network_of(files)
    assert set(jobs(network)) == {
        *("termine.ics", "termine/treffen.ics", "termine/fest.ics", "akteure/treff/termine.ics")
    }
    titles = {
        path: {str(part["SUMMARY"]) for part in read(network, path).walk("VEVENT")}
        for path in jobs(network)
    }
    assert titles == {
        "termine.ics": {"Treffen", "Fest"},
        "termine/treffen.ics": {"Treffen"},
        "termine/fest.ics": {"Fest"},
        "akteure/treff/termine.ics": {"Treffen"},
    }
    names = {path: str(read(network, path)["X-WR-CALNAME"]) for path in jobs(network)}
    assert names == {
        "termine.ics": "Netzwerk Musterdorf",
        "termine/treffen.ics": "Treffen",
        "termine/fest.ics": "Fest",
        "akteure/treff/termine.ics": "Familientreff",
    }


def test_a_site_without_events_has_an_empty_calendar():
    network = network_of({})
    assert list(jobs(network)) == ["termine.ics"]
    whole = read(network)
    assert whole["VERSION"] == "2.0"
    assert whole["PRODID"]
    assert not whole.subcomponents


def test_dates_of_an_event_without_a_start_are_a_bug():
    network = network_of(event("undated: Im Mai."))
    with pytest.raises(ValueError, match="without a start"):
        calendar._dates(network, network.events["treffen"])


@pytest.mark.parametrize(("head", "zones"), [(MONTHLY, 1), ("start: 2026-12-09", 0)])
def test_a_zone_is_described_where_a_time_names_it(head: str, zones: int):
    whole = read(network_of(event(head)))
    assert len(whole.walk("VTIMEZONE")) == zones
    assert whole["X-WR-TIMEZONE"] == "Europe/Berlin"


def shifts(zone: ZoneInfo, year: int) -> Iterator[datetime]:
    """The moments (UTC) of a year at which a zone's clocks change."""
    moment = datetime(year, 1, 1, tzinfo=UTC)
    while moment.year == year:
        later = moment + timedelta(minutes=30)
        if moment.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            yield later
        moment = later


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("Europe/Berlin", 2),
        ("Europe/London", 2),
        ("Europe/Dublin", 2),
        ("America/New_York", 2),
        ("Australia/Sydney", 2),
        ("Pacific/Auckland", 2),
        ("Australia/Lord_Howe", 2),
        ("America/Asuncion", 0),
        ("Asia/Tokyo", 0),
        ("Asia/Kolkata", 0),
        ("America/Argentina/Buenos_Aires", 0),
        ("UTC", 0),
        ("America/Santiago", 2),
        ("America/Nuuk", 2),
        ("Asia/Jerusalem", 2),
        ("Africa/Cairo", 2),
    ],
)
def test_a_vtimezone_means_the_zone_it_names(name: str, changes: int):
    zone, own = ZoneInfo(name), vtimezone(name).to_tz(lookup_tzid=False)
    # In 2030 the Friday after the last Thursday of October (Cairo) is in November.
    moments = [datetime(2027, month, 1, 12, tzinfo=UTC) for month in range(1, 13)]
    found = [list(shifts(zone, year)) for year in (2027, 2030)]
    assert [len(year) for year in found] == [changes, changes]
    for moment in (*found[0], *found[1]):
        moments += [moment + timedelta(hours=hours) for hours in (-26, -4, -2, 2, 4, 26)]
    for moment in moments:
        local = moment.astimezone(zone)
        assert local.replace(tzinfo=own).utcoffset() == local.utcoffset(), moment


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        (
            "Europe/Berlin",
            {
                ("DAYLIGHT", "CEST", "+0100", "+0200", "19700329T020000", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
                ("STANDARD", "CET", "+0200", "+0100", "19701025T030000", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
            },
        ),
        (
            "Australia/Sydney",
            {
                ("DAYLIGHT", "AEDT", "+1000", "+1100", "19701004T020000", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=10"),
                ("STANDARD", "AEST", "+1100", "+1000", "19700405T030000", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=4"),
            },
        ),
        ("Asia/Tokyo", {("STANDARD", "JST", "+0900", "+0900", "19700101T000000", None)}),
        ("America/Argentina/Buenos_Aires", {("STANDARD", "-03", "-0300", "-0300", "19700101T000000", None)}),
    ],
)  # fmt: skip
def test_a_zone_is_rules_from_1970_and_no_list_of_changes(
    name: str, rules: set[tuple[str | None, ...]]
):
    zone = vtimezone(name)
    assert str(zone["TZID"]) == name
    found = set()
    for part in zone.subcomponents:
        rule = part.get("RRULE")
        written = rule.to_ical().decode() if rule else None
        if written:
            written = ";".join(sorted(written.split(";"), key=lambda text: text[:1] != "F"))
            head, *rest = written.split(";")
            written = ";".join((head, *sorted(rest)))
        found.add(
            (
                part.name,
                str(part["TZNAME"]),
                part["TZOFFSETFROM"].to_ical(),
                part["TZOFFSETTO"].to_ical(),
                part["DTSTART"].to_ical().decode(),
                written,
            )
        )
        assert "RDATE" not in part
    assert found == rules


def test_the_first_change_of_a_rule_is_one_of_it():
    for name in ("Europe/Berlin", "Australia/Sydney", "America/New_York"):
        for part in vtimezone(name).subcomponents:
            rule = icalendar.vRecur.from_ical(part["RRULE"].to_ical().decode())
            (by_day,) = rule["BYDAY"]
            hit = re.fullmatch(r"(-?\d)([A-Z]{2})", str(by_day))
            assert hit is not None
            day = part["DTSTART"].dt
            assert ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day.weekday()] == hit[2]
            assert [day.month] == rule["BYMONTH"]


def test_a_rule_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        "netzsite.producers.vtimezone.posix_rule", lambda _name: "CET-1CEST,J60,J300"
    )
    with pytest.raises(ValueError, match="no rule for the zone Europe/Berlin"):
        vtimezone("Europe/Berlin")


def test_half_hours_and_seconds_of_an_offset_count(monkeypatch: pytest.MonkeyPatch):
    rule = "XST4:30XDT3:00,M12.1.0/1:30,M2.2.3/-0:30"
    monkeypatch.setattr("netzsite.producers.vtimezone.posix_rule", lambda _name: rule)
    daylight, standard = vtimezone("X/Y").subcomponents
    assert standard["TZOFFSETTO"].to_ical() == "-0430"
    assert daylight["TZOFFSETTO"].to_ical() == "-0300"
    assert daylight["DTSTART"].dt == datetime(1970, 12, 6, 1, 30)  # noqa: DTZ001


# vCards


def card(contact: str, **files: str) -> dict[str, list[str]]:
    """The lines of the one vCard of an actor with this contact: name with parameters → values."""
    text = f"name: Familientreff\ncarrier: verein\nplaces: [saal]\ncontacts:\n  - {contact}\n"
    network = network_of({"actors/treff.yaml": text, **files})
    (path,) = [path for path in jobs(network) if path.endswith(".vcf")]
    assert path == "akteure/treff/kontakt-1.vcf"
    return lines_of(made(network, path))


def lines_of(data: bytes) -> dict[str, list[str]]:
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found: dict[str, list[str]] = {}
    for line in data.replace(b"\r\n ", b"").decode().splitlines():
        name, _, value = line.partition(":")
        found.setdefault(name, []).append(value)
    return found


def test_a_contact_becomes_a_vcard_that_phones_read():
    contact = (
        "{role: 'Leitung, Beratung', name: 'Müller; Anna', phone: 0261 123456, mobile: 0170 12345,"
        " email: anna@musterdorf.de, url: 'https://musterdorf.de/a,b'}"
    )
    assert card(contact) == {
        "BEGIN": ["VCARD"],
        "VERSION": ["3.0"],
        "FN": ["Müller\\; Anna"],
        "N": ["Müller\\; Anna;;;;"],
        "ORG": ["Familientreff"],
        "TITLE": ["Leitung\\, Beratung"],
        "TEL;TYPE=WORK,VOICE": ["0261 123456"],
        "TEL;TYPE=CELL,VOICE": ["0170 12345"],
        "EMAIL;TYPE=INTERNET": ["anna@musterdorf.de"],
        "URL": ["https://musterdorf.de/a,b"],
        "ADR;TYPE=WORK": [";;Am Markt 1;Musterdorf;;01067;"],
        "END": ["VCARD"],
    }


def test_a_role_without_a_name_is_called_by_the_organisation():
    found = card("{role: Sekretariat, email: post@musterdorf.de}")
    assert found["FN"] == ["Familientreff (Sekretariat)"]
    assert "TEL;TYPE=WORK,VOICE" not in found


def test_a_name_without_a_role_has_no_title():
    assert "TITLE" not in card("{name: Anna Müller, phone: 0261 123456}")


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("name: Saal\ncity: Ort", [";;;Ort;;;"]),
        ("name: Saal\nstreet: Weg 1; hinten", [";;Weg 1\\; hinten;;;;"]),
        ("name: Saal\npostal_code: 01067", None),
    ],
)
def test_a_card_tells_the_address_that_is_known(place: str, address: list[str] | None):
    found = card("{name: Anna, phone: 0261 123456}", **{"places/saal.yaml": place})
    assert found.get("ADR;TYPE=WORK") == address


def test_only_what_can_be_reached_has_a_card_and_several_places_are_none():
    files = {
        "places/haus.yaml": "name: Haus",
        "actors/treff.yaml": (
            "name: Treff\ncarrier: verein\nplaces: [saal, haus]\ncontacts:\n"
            "  - {role: A, url: https://x.de}\n  - {role: B, phone: 0261 12345}\n"
        ),
        "offers/rat.yaml": "name: Rat\nactors: [treff]\ncontacts: [{role: C, email: c@x.de}]\nplace: saal",
        "offers/weg.yaml": "name: Weg\nactors: [niemand]\ncontacts: [{role: D, email: d@x.de}]",
    }
    network = network_of(files)
    paths = [path for path in jobs(network) if path.endswith(".vcf")]
    assert paths == [
        *("akteure/treff/kontakt-2.vcf", "angebote/rat/kontakt-1.vcf", "angebote/weg/kontakt-1.vcf")
    ]
    found = {path: lines_of(made(network, path)) for path in paths}
    assert [one["ORG"] for one in found.values()] == [["Treff"], ["Treff"], ["Weg"]]
    assert ["ADR;TYPE=WORK" in one for one in found.values()] == [False, True, False]


def test_a_long_name_is_folded_at_75_bytes():
    name = "Beratungsstelle für Bürgerinnen und Bürger über sechzig Jahre – Größe zählt nicht"
    found = card("{name: '" + name + "', phone: 0261 123456}")
    assert found["FN"] == [name]
