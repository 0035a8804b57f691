"""Dates as editors write them → days and moments; what is ambiguous is refused."""

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite.times.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    DateError,
    Moment,
    PartialDate,
    read_day,
    read_moment,
    read_partial,
)

DAY = date(2024, 1, 31)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-31", Moment(DAY)),
        ("  2024-01-31  ", Moment(DAY)),
        ("2024-1-31", Moment(DAY)),
        ("31.01.2024", Moment(DAY)),
        ("31. 1. 2024", Moment(DAY)),
        ("31.1.2024", Moment(DAY)),
        ("2024-01-31 18:00", Moment(DAY, time(18))),
        ("2024-01-31T18:00", Moment(DAY, time(18))),
        ("2024-01-31t18:00", Moment(DAY, time(18))),
        ("2024-01-31T18:00:00", Moment(DAY, time(18))),
        ("2024-01-31T18:00:00.000", Moment(DAY, time(18))),
        ("2024-01-31 9:30", Moment(DAY, time(9, 30))),
        ("2024-01-31 18 Uhr", Moment(DAY, time(18))),
        ("2024-01-31, 18.30 Uhr", Moment(DAY, time(18, 30))),
        ("31.01.2024, 18:00 Uhr", Moment(DAY, time(18))),
        ("31.01.2024 18 uhr", Moment(DAY, time(18))),
        ("31.01.2024,18:00", Moment(DAY, time(18))),
        ("2024-02-29", Moment(date(2024, 2, 29))),
        ("2024-01-31 00:00", Moment(DAY, time())),
        ("2024-01-31 23:59", Moment(DAY, time(23, 59))),
        ("1900-01-01", Moment(date(1900, 1, 1))),
        ("2200-12-31", Moment(date(2200, 12, 31))),
        ("Mi, 31.01.2024", Moment(DAY)),
        ("Mittwoch, den 31. Januar 2024, 18 Uhr", Moment(DAY, time(18))),
        ("31. Januar 2024", Moment(DAY)),
        ("31 JAN. 2024 um 18 Uhr", Moment(DAY, time(18))),
        ("31 January 2024", Moment(DAY)),
        ("1. März 2026", Moment(date(2026, 3, 1))),
        ("2024–01–31", Moment(DAY)),
        ("31/01/2024", Moment(DAY)),
        ("2024-01-31 18h", Moment(DAY, time(18))),
        ("2024-01-31\u00a018:00", Moment(DAY, time(18))),
    ],
)
def test_a_moment_is_read_as_people_write_it(text: str, moment: Moment):
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad-date"),
        ("gestern", "bad-date"),
        ("2024-02-30", "bad-date"),
        ("2023-02-29", "bad-date"),
        ("2024-13-01", "bad-date"),
        ("31.04.2024", "bad-date"),
        ("00.01.2024", "bad-date"),
        ("2024-01-31 24:00", "bad-date"),
        ("2024-01-31 18:60", "bad-date"),
        ("2024-01-31 18:00:30", "bad-date"),
        ("2024-01-31 abends", "bad-date"),
        ("2024-01-3118:00", "bad-date"),
        ("2024-01-31 18:00 oder so", "bad-date"),
        ("Di, 31.01.2024", "wrong-weekday"),
        ("03/04/2026", "ambiguous-date"),
        ("31. Foo 2024", "bad-date"),
        ("1899-12-31", "bad-date"),
        ("2201-01-01", "bad-date"),
        ("0000-01-01", "bad-date"),
        ("9999-02-30", "bad-date"),
        ("٢٠٢٤-٠١-٣١", "bad-date"),
        ("01/02/2024", "ambiguous-date"),
        ("1/2/24", "ambiguous-date"),
        ("01-02-2024", "ambiguous-date"),
        ("31.01.24", "ambiguous-date"),
        ("31.01.", "ambiguous-date"),
        ("31.1.", "ambiguous-date"),
        ("2024-01-31T18:00Z", "ambiguous-date"),
        ("2024-01-31T18:00:00+01:00", "ambiguous-date"),
        ("2024-01-31 18:00 +0100", "ambiguous-date"),
    ],
)
def test_what_is_no_day_or_could_be_two_is_refused(text: str, code: str):
    for read in (read_moment, read_day):
        with pytest.raises(DateError) as caught:
            read(text)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024-02", PartialDate(date(2024, 2, 1), whole_month=True)),
        ("2024–2", PartialDate(date(2024, 2, 1), whole_month=True)),
        ("Februar 2024", PartialDate(date(2024, 2, 1), whole_month=True)),
        ("2024-02-01", PartialDate(date(2024, 2, 1))),
        ("1. Februar 2024", PartialDate(date(2024, 2, 1))),
    ],
)
def test_a_month_can_stand_for_a_day_that_nobody_knows(text: str, found: PartialDate):
    assert read_partial(text) == found
    assert read_partial(str(found)) == found
    assert found.year == 2024


@pytest.mark.parametrize("text", ["2024", "2024-13", "2024-02-30", "1899-12", "im Februar 2024"])
def test_what_is_neither_day_nor_month_is_refused(text: str):
    with pytest.raises(DateError):
        read_partial(text)


def test_a_day_has_no_time_but_that_of_its_beginning():
    assert read_day("31.01.2024") == DAY
    assert read_day("2024-01-31T00:00:00") == DAY
    with pytest.raises(DateError) as caught:
        read_day("2024-01-31 18:00")
    assert caught.value.code == "bad-date"


def test_a_moment_without_a_time_begins_at_midnight():
    assert Moment(DAY).local == datetime(2024, 1, 31)  # noqa: DTZ001
    assert Moment(DAY, time(18)).local == datetime(2024, 1, 31, 18)  # noqa: DTZ001


DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(DAYS, st.none() | CLOCKS)
@settings(max_examples=200)
def test_a_moment_is_read_back_as_it_is_written(day: date, clock: time | None):
    moment = Moment(day, clock)
    assert read_moment(str(moment)) == moment


@given(DAYS, CLOCKS)
@settings(max_examples=100)
def test_both_ways_to_write_a_moment_mean_the_same(day: date, clock: time):
    german = f"{day.day}.{day.month}.{day.year}, {clock.hour}.{clock.minute:02d} Uhr"
    assert read_moment(german) == read_moment(f"{day}T{clock}")


@given(st.text(max_size=30) | st.from_regex(r"[0-9.\-/: TZ+]{0,25}", fullmatch=True))
@settings(max_examples=200)
def test_any_other_text_is_refused_and_none_crashes(text: str):
    try:
        moment = read_moment(text)
    except DateError as error:
        refused = error.code
    else:
        assert read_moment(str(moment)) == moment
        return
    assert refused in {"bad-date", "ambiguous-date"}
