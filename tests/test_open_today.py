"""Whether it is open today: what a week is told, and the sentence that a browser picks at a moment."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from netzsite.catalogue import catalogue
from netzsite.pipeline.build import build
from netzsite.rendering.notices import notices
from netzsite.times.hours import Closure
from netzsite.times.hours_text import read_hours
from netzsite.times.open_today import Opening
from tests.conftest import ROOT, options

DE = catalogue("de")


def lines(text: str, monday: date, **more: Any) -> list[str]:
    hours = read_hours(text)
    opening = {"kind": "offer", "timezone": "Europe/Berlin", "region": "DE-RP"} | more
    found = notices(Opening(hours=hours, monday=monday, **opening), DE)
    return found.splitlines()


def test_a_week_is_told_without_gaps():
    told = lines("Mo, Do 14-16 Uhr", date(2026, 11, 16))
    assert told == [
        "2026-11-16T00:00 2026-11-16T16:00 Heute 14–16 Uhr geöffnet",
        "2026-11-16T16:00 2026-11-17T00:00 Für heute geschlossen, wieder Do 14 Uhr",
        "2026-11-17T00:00 2026-11-18T00:00 Heute geschlossen, wieder Do 14 Uhr",
        "2026-11-18T00:00 2026-11-19T00:00 Heute geschlossen, wieder Do 14 Uhr",
        "2026-11-19T00:00 2026-11-19T16:00 Heute 14–16 Uhr geöffnet",
        "2026-11-19T16:00 2026-11-20T00:00 Für heute geschlossen, wieder Mo 14 Uhr",
        "2026-11-20T00:00 2026-11-21T00:00 Heute geschlossen, wieder Mo 14 Uhr",
        "2026-11-21T00:00 2026-11-22T00:00 Heute geschlossen, wieder Mo 14 Uhr",
        "2026-11-22T00:00 2026-11-23T00:00 Heute geschlossen, wieder Mo 14 Uhr",
    ]


def test_an_opening_in_the_night_belongs_to_two_days():
    told = lines("Fr 22-2 Uhr", date(2026, 11, 16))
    assert "2026-11-20T00:00 2026-11-21T00:00 Heute 22–2 Uhr geöffnet" in told
    assert "2026-11-21T00:00 2026-11-21T02:00 Noch bis 2 Uhr geöffnet" in told


@pytest.mark.parametrize(
    ("text", "more", "day"),
    [
        ("Mo 14-16 Uhr, Di nach Vereinbarung", {}, "2026-11-17"),
        ("Mo 14-16 Uhr", {"last": date(2026, 11, 16)}, "2026-11-17"),
        ("Mo 14-16 Uhr", {"first": date(2026, 11, 18)}, "2026-11-17"),
    ],
)
def test_of_what_is_not_sure_nothing_is_said(text: str, more: dict[str, Any], day: str):
    assert not [line for line in lines(text, date(2026, 11, 16), **more) if line.startswith(day)]


def test_an_open_end_is_told_until_it_has_begun():
    told = lines("Mo ab 18 Uhr", date(2026, 11, 16))
    assert told[0] == "2026-11-16T00:00 2026-11-16T18:00 Heute ab 18 Uhr geöffnet"
    assert told[1].startswith("2026-11-17T00:00")


def test_school_holidays_that_nobody_knows_yet_leave_it_open():
    assert lines("Mo 14-16 Uhr, nicht in den Schulferien", date(2044, 11, 14)) == []


MOMENTS = [
    # Sundays on which the clock is changed: at noon all is plain, around the change nothing is said.
    ("So 1-12 Uhr", "2026-03-29T01:30:00Z", ""),
    (
        "So 1-12 Uhr",
        "2026-03-29T10:00:00Z",
        "Für heute geschlossen, wieder am 5. April 2026 um 1 Uhr",
    ),
    ("So 1-12 Uhr", "2026-10-25T00:30:00Z", ""),
    ("So 1-12 Uhr", "2026-10-25T10:59:00Z", "Heute 1–12 Uhr geöffnet"),
    # Fronleichnam, and a closure.
    ("Do, Fr 9-12 Uhr", "2026-06-04T08:00:00Z", "Heute geschlossen, wieder Fr 9 Uhr"),
    ("Di, Do 9-12 Uhr", "2026-11-17T09:00:00Z", "Heute geschlossen, wieder Do 9 Uhr"),
    # Midnight: in Berlin it is the next day already.
    ("Do 9-12 Uhr", "2026-11-18T22:59:59Z", "Heute geschlossen, wieder Do 9 Uhr"),
    ("Do 9-12 Uhr", "2026-11-18T23:00:00Z", "Heute 9–12 Uhr geöffnet"),
    # The hours of opening and of closing.
    ("Do 9-12 Uhr", "2026-11-19T08:00:00Z", "Heute 9–12 Uhr geöffnet"),
    (
        "Do 9-12 Uhr",
        "2026-11-19T11:00:00Z",
        "Für heute geschlossen, wieder am 26. November 2026 um 9 Uhr",
    ),
]


def monday(moment: str) -> date:
    day = date.fromisoformat(moment[:10])
    return date.fromordinal(day.toordinal() - day.weekday())


@pytest.fixture(scope="module")
def reader(browser: Any) -> Iterator[Any]:
    """A page of somebody whose own clock is in another zone."""
    context = browser.new_context(timezone_id="America/New_York")
    yield context.new_page()
    context.close()


def said(page: Any, moment: str, told: list[str], zone: str = "Europe/Berlin") -> str:
    page.clock.set_fixed_time(moment)
    page.set_content(f'<p hidden data-zone="{zone}" data-notices="{chr(10).join(told)}"></p>')
    page.add_script_tag(path=ROOT / "templates" / "static" / "open.js")
    return str(page.inner_text("p") if page.is_visible("p") else "")


@pytest.mark.browser
def test_a_browser_says_what_is_true_at_its_moment(reader: Any):
    closures = (Closure(first=date(2026, 11, 17), last=date(2026, 11, 17)),)
    for text, moment, sentence in MOMENTS:
        day = monday("2026-11-16" if moment.startswith("2026-11") else moment)
        told = lines(text, day, closures=closures)
        assert said(reader, moment, told) == sentence, (text, moment)
    told = lines("Do 9-12 Uhr", date(2026, 11, 16))
    assert said(reader, "2026-11-26T08:00:00Z", told) == "", "a week after the build"
    assert said(reader, "2026-11-19T08:00:00Z", told, "Nowhere/Land") == "", "an unknown zone"


@pytest.mark.browser
def test_a_page_that_stays_open_follows_the_clock(reader: Any):
    page = reader.context.new_page()
    page.clock.install(time="2026-11-19T10:58:30Z")
    page.clock.pause_at("2026-11-19T10:59:00Z")
    told = lines("Do 9-12 Uhr", date(2026, 11, 16))
    page.set_content(
        f'<p hidden data-zone="Europe/Berlin" data-notices="{chr(10).join(told)}"></p>'
    )
    page.add_script_tag(path=ROOT / "templates" / "static" / "open.js")
    assert page.inner_text("p") == "Heute 9–12 Uhr geöffnet"
    page.clock.run_for(61_000)
    assert page.inner_text("p").startswith("Für heute geschlossen")
    page.close()


@pytest.mark.browser
def test_the_button_prints_and_is_there_only_with_a_script(reader: Any):
    page = reader.context.new_page()
    page.set_content('<button type="button" class="print" hidden>Drucken</button>')
    page.evaluate("window.print = () => { window.printed = true; }")
    assert not page.is_visible("button")
    page.add_script_tag(path=ROOT / "templates" / "static" / "open.js")
    page.click("button")
    assert page.evaluate("window.printed") is True
    page.close()


def test_offers_and_actors_carry_their_week_and_paper_does_not(muster: Path, site: Path):
    page = (muster / "angebote" / "krabbelgruppe" / "index.html").read_text("utf-8")
    assert "data-notices=" in page
    assert "static/open.js" in page
    assert "data-notices=" not in (muster / "akteure" / "druck" / "index.html").read_text("utf-8")
    offer = site / "content" / "offers" / "krabbelgruppe.yaml"
    offer.write_text(offer.read_text("utf-8") + "status: paused\n", "utf-8")
    assert build(options(site)).published
    page = (site / "output" / "angebote" / "krabbelgruppe" / "index.html").read_text("utf-8")
    assert "data-notices=" not in page
