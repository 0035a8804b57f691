"""Events → the days they take place on."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite.network.cards import Occurrence
from netzsite.network.occurrences import horizon, occurrences, order
from netzsite.records.event import Event
from netzsite.times.dates import Moment, read_moment
from netzsite.times.recurrence_text import read_recurrence

FIRST, LAST = date(2026, 11, 1), date(2027, 1, 31)
SECOND_WEDNESDAY = "jeden 2. Mittwoch im Monat"


def event(start: str | None, repeat: str | None = None, **more: object) -> Event:
    if "end" in more:
        more["end"] = read_moment(str(more["end"]))
    if "moved" in more:
        more["moved"] = {
            date.fromisoformat(day): read_moment(moment) for day, moment in more["moved"].items()
        }
    for name in ("except_", "cancelled"):
        if name in more:
            more[name] = tuple(date.fromisoformat(day) for day in more[name])
    return Event(
        id="treffen",
        path="events/treffen.md",
        title="Treffen",
        start=read_moment(start) if start else None,
        repeat=read_recurrence(repeat) if repeat else None,
        **more,
    )


def days(found: Event, first: date = FIRST, last: date = LAST) -> tuple[Occurrence, ...]:
    return occurrences(found, "/termine/treffen/", "Saal", first, last)


def shown(found: Event, first: date = FIRST, last: date = LAST) -> list[str]:
    """Each day as one line: from, to, and what is special about it."""
    lines = []
    for day in days(found, first, last):
        clock = f" {day.start:%H:%M}" if day.start else ""
        end = f"–{day.end:%H:%M}" if day.end else ""
        until = f" bis {day.last_day}" if day.last_day != day.day else ""
        moved = f" statt {day.moved_from}" if day.moved_from else ""
        lines.append(f"{day.day}{clock}{end}{until}{moved}{' abgesagt' * day.cancelled}")
    return lines


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (event(None), []),
        (event("2026-12-09 14:00"), ["2026-12-09 14:00"]),
        (event("2026-12-09 14:00", end="2026-12-09 15:30"), ["2026-12-09 14:00–15:30"]),
        (event("2026-12-09"), ["2026-12-09"]),
        (event("2026-12-05", end="2026-12-06"), ["2026-12-05 bis 2026-12-06"]),
        (event("2026-12-12 22:00", end="2026-12-13 1:00"), ["2026-12-12 22:00–01:00 bis 2026-12-13"]),
        (event("2026-10-31"), []),
        (event("2026-11-01"), ["2026-11-01"]),
        (event("2027-01-31"), ["2027-01-31"]),
        (event("2027-02-01"), []),
        (event("2026-10-30", end="2026-11-01"), ["2026-10-30 bis 2026-11-01"]),
        (event("2027-01-31", end="2027-02-02"), ["2027-01-31 bis 2027-02-02"]),
        (event("2026-12-09", cancelled=["2026-12-09"]), ["2026-12-09 abgesagt"]),
        (event("2026-12-09", except_=["2026-12-09"]), []),
        (event("2026-12-09 14:00", moved={"2026-12-09": "2026-12-10"}), ["2026-12-10 14:00 statt 2026-12-09"]),
        (event("2026-12-09 14:00", moved={"2026-12-09": "2027-02-10"}), []),
        (
            event("2026-01-14 14:00", SECOND_WEDNESDAY),
            ["2026-11-11 14:00", "2026-12-09 14:00", "2027-01-13 14:00"],
        ),
        (
            event("2026-01-14 14:00", SECOND_WEDNESDAY, except_=["2026-12-09"], cancelled=["2027-01-13"]),
            ["2026-11-11 14:00", "2027-01-13 14:00 abgesagt"],
        ),
        (
            event("2026-01-14 14:00", SECOND_WEDNESDAY, end="2026-01-14 15:30",
                  moved={"2026-11-11": "2026-11-18", "2026-12-09": "2026-12-08 18:00"}),
            ["2026-11-18 14:00–15:30 statt 2026-11-11", "2026-12-08 18:00–19:30 statt 2026-12-09", "2027-01-13 14:00–15:30"],
        ),
        (
            event("2026-01-14 22:00", SECOND_WEDNESDAY, end="2026-01-15 1:00", moved={"2026-12-09": "2026-12-10 23:00"}),
            ["2026-11-11 22:00–01:00 bis 2026-11-12", "2026-12-10 23:00–02:00 bis 2026-12-11 statt 2026-12-09", "2027-01-13 22:00–01:00 bis 2027-01-14"],
        ),
        # cancelled at its old and at its new day
        (event("2026-11-11", SECOND_WEDNESDAY, moved={"2026-12-09": "2026-12-10"}, cancelled=["2026-12-09"]),
         ["2026-11-11", "2026-12-10 statt 2026-12-09 abgesagt", "2027-01-13"]),
        (event("2026-11-11", SECOND_WEDNESDAY, moved={"2026-12-09": "2026-12-10"}, cancelled=["2026-12-10"]),
         ["2026-11-11", "2026-12-10 statt 2026-12-09 abgesagt", "2027-01-13"]),
        # moved into the stretch from outside, and out of it
        (event("2026-01-14", SECOND_WEDNESDAY, moved={"2026-10-14": "2026-11-02"}),
         ["2026-11-02 statt 2026-10-14", "2026-11-11", "2026-12-09", "2027-01-13"]),
        (event("2026-01-14", SECOND_WEDNESDAY, moved={"2027-02-10": "2027-01-30", "2026-11-11": "2026-10-30"}),
         ["2026-12-09", "2027-01-13", "2027-01-30 statt 2027-02-10"]),
        # moved past the next one: in the order of the days that are shown
        (event("2026-11-11", SECOND_WEDNESDAY, moved={"2026-11-11": "2026-12-10"}),
         ["2026-12-09", "2026-12-10 statt 2026-11-11", "2027-01-13"]),
        # one that began before and lasts into the stretch
        (event("2026-10-30", "FREQ=MONTHLY", end="2026-11-02"),
         ["2026-10-30 bis 2026-11-02", "2026-11-30 bis 2026-12-03", "2026-12-30 bis 2027-01-02", "2027-01-30 bis 2027-02-02"]),
        (event("2026-11-11", "FREQ=YEARLY;COUNT=1"), ["2026-11-11"]),
        # all day, but moved to a time; timed, but its end has none
        (event("2026-11-11", "FREQ=YEARLY;COUNT=1", moved={"2026-11-11": "2026-11-12 15:00"}), ["2026-11-12 15:00 statt 2026-11-11"]),
        (event("2026-11-11 14:00", end="2026-11-12"), ["2026-11-11 14:00 bis 2026-11-12"]),
    ],
)  # fmt: skip
def test_an_event_takes_place_on_its_days(found: Event, expected: list[str]):
    assert shown(found) == expected


def test_a_day_knows_its_event():
    (day,) = days(event("2026-12-09 14:00"))
    assert (day.title, day.address, day.place) == ("Treffen", "/termine/treffen/", "Saal")
    assert not day.repeated
    assert all(one.repeated for one in days(event("2026-01-14", SECOND_WEDNESDAY)))


def test_days_come_by_day_time_and_title():
    def made(day: str, clock: str | None, title: str) -> Occurrence:
        start = time.fromisoformat(clock) if clock else None
        when = date.fromisoformat(day)
        return Occurrence(day=when, start=start, title=title, address="/", last_day=when)

    right = [
        made("2026-12-08", "18:00", "Z"),
        made("2026-12-09", None, "B"),
        made("2026-12-09", "09:00", "C"),
        made("2026-12-09", "14:00", "A"),
        made("2026-12-09", "14:00", "B"),
    ]
    assert sorted(right, key=order) == right


@pytest.mark.parametrize(
    ("today", "last"),
    [(date(2026, 1, 1), date(2027, 12, 31)), (date(2026, 12, 31), date(2027, 12, 31)), (date(2027, 1, 1), date(2028, 12, 31))],
)  # fmt: skip
def test_the_horizon_moves_once_a_year(today: date, last: date):
    assert horizon(today) == last


@given(
    start=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    length=st.integers(0, 5),
    repeat=st.sampled_from([None, "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"]),
    first=st.dates(date(2025, 1, 1), date(2027, 6, 1)),
    width=st.integers(0, 90),
    moves=st.dictionaries(st.integers(0, 6), st.integers(-40, 40), max_size=3),
)
@settings(max_examples=150)
def test_a_stretch_shows_just_the_days_of_the_whole_that_touch_it(
    *,
    start: date,
    length: int,
    repeat: str | None,
    first: date,
    width: int,
    moves: dict[int, int],
):
    bare = event(str(start), repeat, end=str(start + timedelta(days=length)))
    whole = days(bare, date(2024, 1, 1), date(2028, 12, 31))
    moved = {
        str(whole[index].day): str(whole[index].day + timedelta(days=by))
        for index, by in moves.items()
        if index < len(whole)
    }
    found = event(str(start), repeat, end=str(start + timedelta(days=length)), moved=moved)
    last = first + timedelta(days=width)
    everything = days(found, date(2024, 1, 1), date(2029, 12, 31))
    assert {day.day for day in whole} <= {day.moved_from or day.day for day in everything}
    expected = tuple(day for day in everything if day.last_day >= first and day.day <= last)
    assert days(found, first, last) == expected


def test_a_moment_without_a_time_keeps_the_usual_one():
    found = event("2026-11-11 14:00", moved={"2026-11-11": "2026-11-12"})
    assert found.moved[date(2026, 11, 11)] == Moment(date(2026, 11, 12))
    assert [day.start for day in days(found)] == [time(14)]
