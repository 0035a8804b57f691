"""The page of the week: a whole year against rows that were worked out by hand, and what is odd."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from netzsite.network import agenda
from netzsite.network.cards import Occurrence
from netzsite.network.network import Network
from netzsite.pipeline.render import RenderContext, run
from netzsite.producers import week
from netzsite.producers.frame import frame
from netzsite.records.parse import Home, Parsed, home_of, parse
from netzsite.rendering import templates
from netzsite.times.holidays import Holidays
from tests.conftest import MUSTERVIERTEL
from tests.test_visibility import PEOPLE, event, linked, offer, parsed

EXPECTED = MUSTERVIERTEL / "expected" / "woche.txt"
SHOWN = templates.load(MUSTERVIERTEL)[0]
MONDAY = date(2026, 11, 16)
DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


def rendered(network: Network) -> LexborHTMLParser:
    job = next(iter(week.jobs(network)))
    context = RenderContext(
        frame=frame(network, portable=False, policy=""),
        words=network.words,
        templates=SHOWN,
        stage=Path(),
    )
    return LexborHTMLParser(run(job, job.template, {}, context))


def lines(page: LexborHTMLParser, codes: dict[str, str]) -> Iterator[str]:
    """Write the days of a page as the expected rows are written."""
    for day in page.css("section.day"):
        when = date.fromisoformat(day.attributes["data-day"] or "")
        on, reachable = rows(day, "div > .agenda > li"), rows(day, "details .agenda > li")
        line = f"{when} {DAYS[when.weekday()]}  " + (" ".join(codes[one] for one in on) or "–")
        line += " | " + " ".join(codes[one] for one in reachable) if reachable else ""
        notes = [text(note) for note in day.css_first("div").css(".meta")]
        said = ", ".join(
            note.removeprefix("Feiertag: ").removeprefix("Geschlossen: ") for note in notes
        )
        yield line + (f"  # {said}" if said else "")


def rows(day: LexborNode, where: str) -> list[str]:
    found = []
    for item in day.css(where):
        parts = [item.css_first(name) for name in (".when", "a", ".meta", ".flag")]
        found.append(" | ".join(text(part) if part else "" for part in parts).rstrip(" |"))
    return found


def text(node: LexborNode) -> str:
    return " ".join(node.text().split())


@pytest.fixture(scope="module")
def muster_files() -> tuple[Parsed, ...]:
    found = []
    home = MUSTERVIERTEL / "content"
    for path in sorted((*home.rglob("*.yaml"), *home.rglob("*.md"))):
        name = path.relative_to(home).as_posix()
        kind = home_of(name)
        assert isinstance(kind, Home)
        found.append(parse(name, kind, path.read_bytes()))
    return tuple(found)


def test_a_year_of_the_fictional_site_is_as_it_was_worked_out_by_hand(muster_files):
    written = EXPECTED.read_text(encoding="utf-8").splitlines()
    expected = [line for line in written if line.startswith("20")]
    codes = {
        line[7:].strip(): line[:5].strip()
        for line in written
        if line[5:6] == "=" and line[0] != "#"
    }
    found = []
    for number in range(26):
        thursday = date(2026, 10, 22) + number * timedelta(days=14)
        found += lines(rendered(linked(muster_files, thursday)), codes)
    assert len(expected) == 52 * 7
    assert [pair for pair in zip(found, expected, strict=True) if pair[0] != pair[1]] == []


def test_the_week_of_a_day_begins_on_monday():
    for number in range(7):
        assert agenda.monday_of(MONDAY + timedelta(days=number)) == MONDAY


def on_days(files: dict[str, str], today: date = MONDAY) -> dict[str, list[str]]:
    """What is shown of some files: day → rows."""
    page = rendered(linked(parsed(files), today))
    return {
        (day.attributes["data-day"] or "")[5:]: found
        for day in page.css("section.day")
        if (found := rows(day, ".agenda > li"))
    }


def test_an_offer_that_ends_in_the_week_is_shown_to_its_last_day():
    files = offer("hours: täglich 9–10 Uhr\nvalid_from: 2026-11-18\nvalid_until: 2026-11-19")
    assert on_days(files, date(2026, 11, 17)) == {}  # before its first day it is nowhere
    for today in (date(2026, 11, 18), date(2026, 11, 20)):
        assert list(on_days(files, today)) == ["11-18", "11-19"]


@pytest.mark.parametrize("status", ["paused", "ended"])
def test_an_offer_that_pauses_or_is_over_is_not_shown(status: str):
    assert on_days(offer(f"hours: täglich 9–10 Uhr\nstatus: {status}")) == {}


def test_contacts_of_an_actor_are_shown_from_its_first_day_to_its_last():
    actor = (
        "name: Treff\ncarrier: verein\njoined: 2026-11-17\nleft: 2026-11-18\n"
        "contacts: [{role: Leitung, phone: 030 1, hours: täglich 9–10 Uhr}]\n"
    )
    found = on_days({"actors/treff.yaml": actor})
    assert found == {
        "11-17": ["9–10 Uhr | Treff | Leitung"],
        "11-18": ["9–10 Uhr | Treff | Leitung"],
    }


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        ("start: 2026-11-17 22 Uhr\nend: 2026-11-18 1 Uhr", {"11-17": "22–1 Uhr"}),
        ("start: 2026-11-17 22 Uhr", {"11-17": "22 Uhr"}),
        ("start: 2026-11-17", {"11-17": "ganztägig"}),
        (
            "start: 2026-11-17 12 Uhr\nend: 2026-11-18 11 Uhr",
            {"11-17": "ab 12 Uhr", "11-18": "bis 11 Uhr"},
        ),
        (
            "start: 2026-11-15 14 Uhr\nend: 2026-11-17 20 Uhr",
            {"11-16": "ganztägig", "11-17": "bis 20 Uhr"},
        ),
        ("start: 2026-11-28 14 Uhr\nend: 2026-12-02", {"11-28": "ab 14 Uhr", "11-29": "ganztägig"}),
        ("start: 2026-11-10 9 Uhr\nrepeat: wöchentlich", {"11-17": "9 Uhr", "11-24": "9 Uhr"}),
    ],
)
def test_an_event_is_on_each_of_its_days_and_a_night_on_one(head: str, shown: dict[str, str]):
    found = on_days(event(head))
    assert {day: rows[0].partition(" |")[0] for day, rows in found.items()} == shown


def test_an_end_that_says_nothing_is_left_out():
    day = Occurrence(
        day=MONDAY, last_day=MONDAY, start=time(14), end=time(14), title="T", address="/t/"
    )
    coming = agenda.Agenda(
        monday=MONDAY, regular=(), occurrences=(day,), closures=(), school=(), region=None
    )
    assert agenda.lay_out(coming, Holidays(region=""))[0].rows[0].end is None


def test_without_any_hours_the_page_says_so_and_leads_on():
    page = rendered(linked(parsed({})))
    assert page.css_first(".day") is None
    assert page.css_first("script[src]") is None
    assert "noch nichts eingetragen" in text(page.css_first(".empty"))
    assert len(page.css(".empty a")) == 2


def test_what_has_no_day_stands_below():
    page = rendered(
        linked(
            parsed(offer("hours: Di 9–10 Uhr und nach Vereinbarung") | event("undated: Im Mai."))
        )
    )
    assert (
        text(page.css_first("[aria-labelledby=n_any] li"))
        == "Rat Di 9–10 Uhr und nach Vereinbarung"
    )
    assert "Im Mai." in text(page.css_first("[aria-labelledby=n_undated]"))


def dropped(network: Network) -> dict[str, list[str]]:
    """Say for each day which offers it says are missing."""
    days = rendered(network).css("section.day")
    found = {day.attributes["data-day"] or "": day.css("p.meta a") for day in days}
    return {day: [text(link) for link in links] for day, links in found.items() if links}


def test_a_holiday_names_the_offers_that_it_keeps_away():
    region = {"site.yaml": f"{PEOPLE['site.yaml']}region: DE-RP\n"}
    weekly = "hours: Mo-Fr 9-12 Uhr"
    network = linked(parsed(region | offer(weekly)), date(2026, 12, 22))
    assert dropped(network) == {"2026-12-25": ["Rat"], "2027-01-01": ["Rat"]}
    opened = f"{weekly}, an Feiertagen geöffnet"
    assert dropped(linked(parsed(region | offer(opened)), date(2026, 12, 22))) == {}


@pytest.mark.parametrize(
    ("head", "days"),
    [
        ("hours: Di 9-12 Uhr", ["2026-11-17"]),
        ("hours: Mi 9-12 Uhr", []),
        ("hours: Di 9-12 Uhr\nstatus: paused", []),
        ("hours: Di 9-12 Uhr\nvalid_from: 2026-11-18", []),
        ("hours: nach Vereinbarung", []),
    ],
)
def test_a_closure_names_the_offers_that_it_keeps_away(head: str, days: list[str]):
    closed = f"{PEOPLE['site.yaml']}closures: [{{first: 2026-11-17, reason: Putz}}]\n"
    network = linked(parsed({"site.yaml": closed} | offer(head)))
    assert list(dropped(network)) == days
