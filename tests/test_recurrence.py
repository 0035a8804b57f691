"""Recurrences: sentence, value, RRULE and days."""

import time as clock
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import msgspec
import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from netzsite.times.recurrence import NthDay, Recurrence, RecurrenceError, fits, occurrences
from netzsite.times.recurrence_text import read_recurrence, write_recurrence
from netzsite.times.rrule import rrule_text
from netzsite.times.vocabulary import LANGUAGES
from netzsite.times.words import REASONS, _forms

SETTINGS = settings(max_examples=150, deadline=None, database=None)
BERLIN = ZoneInfo("Europe/Berlin")
SECOND_WEDNESDAY = Recurrence(frequency="monthly", nth_days=(NthDay(day=3, nth=2),))
WEDNESDAYS = Recurrence(frequency="weekly", days=(3,))
END = date(2026, 12, 31)


def recur(frequency: str, **more: object) -> Recurrence:
    return Recurrence(frequency=frequency, **more)


READ = [
    ("jeden 2. Mittwoch im Monat", SECOND_WEDNESDAY),
    ("am zweiten Mi des Monats", SECOND_WEDNESDAY),
    ("monatlich am 2. Mittwoch", SECOND_WEDNESDAY),
    ("jeden Monat am 2. Mittwoch", SECOND_WEDNESDAY),
    ("every 2nd Wednesday of the month", SECOND_WEDNESDAY),
    ("every second Wednesday of each month", SECOND_WEDNESDAY),
    ("FREQ=MONTHLY;BYDAY=2WE", SECOND_WEDNESDAY),
    (" rrule:freq=monthly;byday=+2we ", SECOND_WEDNESDAY),
    ("jeden letzten Freitag im Monat", recur("monthly", nth_days=(NthDay(day=5, nth=-1),))),
    ("every last Friday of the month", recur("monthly", nth_days=(NthDay(day=5, nth=-1),))),
    (
        "jeden 1. und 3. Montag und letzten Freitag im Monat",
        recur("monthly", nth_days=(NthDay(day=1, nth=1), NthDay(day=1, nth=3), NthDay(day=5, nth=-1))),
    ),
    ("alle 2 Monate am 2. Mittwoch", recur("monthly", interval=2, nth_days=SECOND_WEDNESDAY.nth_days)),
    ("jeden Mittwoch", WEDNESDAYS),
    ("mittwochs", WEDNESDAYS),
    ("jede Woche am Mittwoch", WEDNESDAYS),
    ("jeden Mittwoch im Monat", WEDNESDAYS),
    ("every Wednesday", WEDNESDAYS),
    ("FREQ=DAILY;BYDAY=WE", WEDNESDAYS),
    ("jeden Montag und jeden Mittwoch", recur("weekly", days=(1, 3))),
    ("werktags", recur("weekly", days=(1, 2, 3, 4, 5))),
    ("Mo-Fr", recur("weekly", days=(1, 2, 3, 4, 5))),
    ("jede Woche", recur("weekly")),
    ("wöchentlich", recur("weekly")),
    ("weekly", recur("weekly")),
    ("alle 2 Wochen", recur("weekly", interval=2)),
    ("alle zwei Wochen", recur("weekly", interval=2)),
    ("jede zweite Woche", recur("weekly", interval=2)),
    ("jede 2. Woche", recur("weekly", interval=2)),
    ("vierzehntägig", recur("weekly", interval=2)),
    ("14-tägig", recur("weekly", interval=2)),
    ("every other week", recur("weekly", interval=2)),
    ("fortnightly", recur("weekly", interval=2)),
    ("every 2 weeks", recur("weekly", interval=2)),
    ("alle zwei Wochen am Dienstag", recur("weekly", interval=2, days=(2,))),
    ("every two weeks on Tuesday", recur("weekly", interval=2, days=(2,))),
    ("täglich", recur("daily")),
    ("jeden Tag", recur("daily")),
    ("Mo-So", recur("daily")),
    ("alle 3 Tage", recur("daily", interval=3)),
    ("10-tägig", recur("daily", interval=10)),
    ("jeden zweiten Tag", recur("daily", interval=2)),
    ("monatlich", recur("monthly")),
    ("monatlich am 15.", recur("monthly", month_days=(15,))),
    ("am 15. jeden Monats", recur("monthly", month_days=(15,))),
    ("jeden 1. und 15. im Monat", recur("monthly", month_days=(1, 15))),
    ("monatlich am 15. und letzten Tag", recur("monthly", month_days=(15, -1))),
    ("jeden letzten Tag im Monat", recur("monthly", month_days=(-1,))),
    ("alle 3 Monate", recur("monthly", interval=3)),
    ("jährlich", recur("yearly")),
    ("annually", recur("yearly")),
    ("alle 2 Jahre", recur("yearly", interval=2)),
    ("jährlich am 6. Dezember", recur("yearly", months=(12,), month_days=(6,))),
    ("jährlich im Mai", recur("yearly", months=(5,))),
    ("jährlich im Mai am 1. Montag", recur("yearly", months=(5,), nth_days=(NthDay(day=1, nth=1),))),
    ("jeden Mittwoch, nur im März, April und Mai", recur("weekly", days=(3,), months=(3, 4, 5))),
    ("FREQ=DAILY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12", recur("daily")),
    ("jeden Mittwoch bis 31.12.2026", recur("weekly", days=(3,), until=END)),
    ("jeden Mittwoch bis zum 31. Dezember 2026", recur("weekly", days=(3,), until=END)),
    ("every Wednesday until 31 December 2026", recur("weekly", days=(3,), until=END)),
    ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20261231", recur("weekly", days=(3,), until=END)),
    ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20261231T090000", recur("weekly", days=(3,), until=END)),
    ("jeden Mittwoch, 10 mal", recur("weekly", days=(3,), count=10)),
    ("jeden Mittwoch zehn Mal", recur("weekly", days=(3,), count=10)),
    ("every Wednesday, 10 times", recur("weekly", days=(3,), count=10)),
    ("FREQ=WEEKLY;INTERVAL=1;COUNT=10;BYDAY=WE", recur("weekly", days=(3,), count=10)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "recurrence"), READ, ids=[text for text, _ in READ])
def test_what_people_and_calendars_write_is_read(text: str, recurrence: Recurrence) -> None:
    assert read_recurrence(text) == recurrence


REFUSED = [
    ("", "empty", ""),
    ("Mittwoch vormittags", "unknown-word", "vormittags"),
    ("jeden", "misplaced", "jeden"),
    ("Uhr", "misplaced", "Uhr"),
    ("täglich,", "misplaced", ","),
    ("jeden Mittwoch bis Freitag im Herbst", "unknown-word", "Herbst"),
    ("jeden Mittwoch bis", "misplaced", "bis"),
    ("alle Wochen", "misplaced", "Wochen"),
    ("täglich 9-12", "misplaced", "12"),
    ("täglich wöchentlich", "repeated", "wöchentlich"),
    ("täglich, 3 mal, 4 mal", "repeated", "4 mal"),
    ("täglich, 3 mal bis 31.12.2026", "repeated", "bis 31.12.2026"),
    ("Montag, 3 mal, Montag", "repeated", "Montag"),
    ("jeden 2. Mittwoch", "ambiguous", "jeden 2. Mittwoch"),
    ("every second Wednesday", "ambiguous", "every second Wednesday"),
    ("jeden 2. Mittwoch im März", "ambiguous", "jeden 2. Mittwoch im März"),
    ("jeden 1. Montag und Freitag im Monat", "ambiguous", "jeden 1. Montag und Freitag"),
    ("jeden 1. Montag und 15. im Monat", "ambiguous", "jeden 1. Montag und 15."),
    ("jeden zweiten Tag im Monat", "ambiguous", "jeden zweiten Tag im Monat"),
    ("monatlich am letzten", "ambiguous", "am letzten"),
    ("monatlich am letzten und 15. Tag", "ambiguous", "am letzten und 15. Tag"),
    ("alle 2 Wochen am Dienstag und jeden Freitag", "ambiguous", "am Dienstag und jeden Freitag"),
    ("am 6. Dezember", "ambiguous", "am 6. Dezember"),
    ("bis 31.12.2026", "ambiguous", "bis 31.12.2026"),
    ("jeden 6. Mittwoch im Monat", "impossible-date", "6."),
    ("monatlich am 32.", "impossible-date", "am 32."),
    ("jährlich am 31. Februar", "impossible-date", "jährlich am 31. Februar"),
    ("täglich bis 31.2.2026", "impossible-date", "31.2.2026"),
    ("täglich bis 31.12.", "no-year", "31.12."),
    ("alle 0 Wochen", "unsupported-value", "alle 0 Wochen"),
    ("täglich, 0 Mal", "unsupported-value", "täglich, 0 Mal"),
    ("jährlich am 1. Montag", "unsupported-combination", "jährlich am 1. Montag"),
    ("täglich am Montag, jeden 1. im Monat", "ambiguous", "täglich am Montag, jeden 1. im Monat"),
    ("x" * 501, "too-long", "x"),
    ("FREQ=DAILY;" * 50, "too-long", ("FREQ=DAILY;" * 5)[5:]),
    ("FREQ=HOURLY", "unsupported-frequency", "FREQ=HOURLY"),
    ("FREQ=SECONDLY;COUNT=2", "unsupported-frequency", "FREQ=SECONDLY"),
    ("RRULE:INTERVAL=2", "unsupported-frequency", "RRULE:INTERVAL=2"),
    ("RRULE:FREQ=DAILY;BYHOUR=9", "unsupported-part", "BYHOUR=9"),
    ("FREQ=WEEKLY;WKST=SU", "unsupported-value", "WKST=SU"),
    ("FREQ=WEEKLY;", "unsupported-part", ""),
    ("täglich=ja", "unsupported-part", "täglich=ja"),
    ("FREQ=DAILY;FREQ=DAILY", "repeated", "FREQ=DAILY"),
    ("FREQ=DAILY;INTERVAL=0", "unsupported-value", "FREQ=DAILY;INTERVAL=0"),
    ("FREQ=DAILY;INTERVAL=٣", "unsupported-value", "INTERVAL=٣"),
    ("FREQ=DAILY;COUNT=0", "unsupported-value", "FREQ=DAILY;COUNT=0"),
    ("FREQ=WEEKLY;BYDAY=XX", "unsupported-value", "BYDAY=XX"),
    ("FREQ=MONTHLY;BYDAY=-2FR", "unsupported-value", "FREQ=MONTHLY;BYDAY=-2FR"),
    ("FREQ=MONTHLY;BYMONTHDAY=-2", "unsupported-value", "FREQ=MONTHLY;BYMONTHDAY=-2"),
    ("FREQ=MONTHLY;BYMONTH=13", "unsupported-value", "FREQ=MONTHLY;BYMONTH=13"),
    ("FREQ=DAILY;UNTIL=2026", "unsupported-value", "UNTIL=2026"),
    ("FREQ=DAILY;UNTIL=20260230", "impossible-date", "UNTIL=20260230"),
    ("FREQ=DAILY;UNTIL=18000101", "impossible-date", "UNTIL=18000101"),
    ("FREQ=DAILY;UNTIL=20260101;COUNT=2", "unsupported-combination", "FREQ=DAILY;UNTIL=20260101;COUNT=2"),
    ("FREQ=MONTHLY;BYDAY=FR,1MO", "unsupported-combination", "FREQ=MONTHLY;BYDAY=FR,1MO"),
    ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "unsupported-combination", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"),
    ("FREQ=YEARLY;BYDAY=20MO", "unsupported-value", "FREQ=YEARLY;BYDAY=20MO"),
    ("FREQ=WEEKLY;BYMONTHDAY=1", "unsupported-combination", "FREQ=WEEKLY;BYMONTHDAY=1"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason", "part"), REFUSED, ids=[text[:40] for text, _, _ in REFUSED]
)
def test_what_is_unclear_is_refused_with_its_place(text: str, reason: str, part: str) -> None:
    with pytest.raises(RecurrenceError) as caught:
        read_recurrence(text)
    error = caught.value
    assert (error.reason, text[error.start : error.end]) == (reason, part)
    assert error.reason in REASONS


WRITTEN = [
    ("jeden 2. Mi im Monat", "jeden 2. Mittwoch im Monat", "every 2nd Wednesday of the month"),
    ("letzten und 1. Mo im Monat", "jeden 1. und letzten Montag im Monat", "every 1st and last Monday of the month"),
    ("Mo, Mi", "jeden Montag und Mittwoch", "every Monday and Wednesday"),
    ("täglich 10 mal", "täglich, 10 Mal", "daily, 10 times"),
    ("alle 2 Wochen Di bis 31.12.2026", "alle 2 Wochen am Dienstag bis 31. Dezember 2026", "every 2 weeks on Tuesday until 31 December 2026"),
    ("alle 2 Monate am 1. und letzten Tag", "alle 2 Monate am 1. und letzten Tag", "every 2 months on the 1st and last day"),
    ("jährlich am 6. Dezember", "jährlich am 6. Dezember", "yearly on the 6th of December"),
    ("jährlich am 6. im März und April", "jährlich am 6. im März und April", "yearly on the 6th in March and April"),
    ("jährlich im Mai", "jährlich im Mai", "yearly in May"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "german", "english"), WRITTEN)
def test_recurrences_are_written_in_each_language(text: str, german: str, english: str) -> None:
    recurrence = read_recurrence(text)
    assert write_recurrence(recurrence) == german
    assert write_recurrence(recurrence, "en") == english


def test_a_language_without_words_is_a_lookup_error() -> None:
    with pytest.raises(LookupError):
        write_recurrence(WEDNESDAYS, "tlh")


IMPOSSIBLE = [
    ("unsupported-value", {"frequency": "daily", "interval": 1000}),
    ("unsupported-value", {"frequency": "weekly", "days": (8,)}),
    ("unsupported-value", {"frequency": "monthly", "nth_days": (NthDay(day=1, nth=6),)}),
    ("unsupported-combination", {"frequency": "daily", "interval": 2, "days": (1,)}),
    ("unsupported-combination", {"frequency": "daily", "count": 1, "until": END}),
    ("impossible-date", {"frequency": "daily", "until": date(2999, 1, 1)}),
    ("impossible-date", {"frequency": "monthly", "months": (4, 6), "month_days": (31,)}),
]


@pytest.mark.parametrize(("reason", "fields"), IMPOSSIBLE)
def test_no_impossible_value_can_be_made(reason: str, fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=reason):
        Recurrence(**fields)


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    fields: dict[str, object] = {
        "frequency": draw(st.sampled_from(["daily", "weekly", "monthly", "yearly"])),
        "interval": draw(st.sampled_from([1, 1, 2, 3, 12])),
    }
    if draw(st.booleans()):
        fields["months"] = tuple(draw(st.sets(st.integers(1, 12), min_size=1)))
    shape = draw(st.sampled_from(["", "days", "nth_days", "month_days"]))
    numbers = {
        "days": st.integers(1, 7),
        "nth_days": st.builds(
            NthDay, day=st.integers(1, 7), nth=st.sampled_from([1, 2, 3, 4, 5, -1])
        ),
        "month_days": st.sampled_from([*range(1, 32), -1]),
    }
    if shape:
        fields[shape] = tuple(draw(st.sets(numbers[shape], min_size=1, max_size=6)))
    limit = draw(st.sampled_from(["", "until", "count"]))
    if limit == "until":
        fields["until"] = draw(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
    if limit == "count":
        fields["count"] = draw(st.integers(1, 60))
    try:
        return Recurrence(**fields)
    except ValueError:
        assume(False)
        raise


@SETTINGS
@given(recurrences(), st.sampled_from(["de", "en"]))
def test_what_is_written_is_read_back_to_the_same(recurrence: Recurrence, language: str) -> None:
    text = write_recurrence(recurrence, language)
    assert read_recurrence(text) == recurrence
    assert write_recurrence(read_recurrence(text), language) == text


@SETTINGS
@given(
    recurrences(),
    st.sampled_from(
        [UTC, BERLIN, ZoneInfo("America/Los_Angeles"), ZoneInfo("Pacific/Auckland"), None]
    ),
)
def test_sentence_value_rrule_and_value_agree(recurrence: Recurrence, zone) -> None:
    value = read_recurrence(write_recurrence(recurrence))
    start = datetime(2026, 3, 1, 18, tzinfo=zone)
    assert read_recurrence(rrule_text(value, start), zone) == recurrence
    assert read_recurrence(rrule_text(value, start.date())) == recurrence


@SETTINGS
@given(recurrences())
def test_a_value_survives_the_memo(recurrence: Recurrence) -> None:
    packed = msgspec.msgpack.encode(recurrence)
    assert msgspec.msgpack.decode(packed, type=Recurrence) == recurrence


SCRAPS = sorted(
    {form for table in LANGUAGES.values() for _, _, forms in _forms(table) for form in forms.split("|")}
    | {"2", "14", "2.", "15.", "3rd", "1.3.2026", "2026", ",", "-", "und", "jeden", "am", "Mittwoch", "im Monat",
       "alle 2 Wochen", "monatlich", "10 mal", "bis 31.12.2026", "2. Mittwoch"}
)  # fmt: skip


def outcome(text: str) -> Recurrence | RecurrenceError:
    """Read a text, or give the error, once it is seen to be a proper one."""
    try:
        return read_recurrence(text)
    except RecurrenceError as raised:
        error = raised
    assert error.reason in REASONS
    assert 0 <= error.start <= error.end <= len(text)
    return error


@settings(SETTINGS, max_examples=400)
@given(st.lists(st.sampled_from(SCRAPS), max_size=8), st.sampled_from([" ", ""]))
def test_any_row_of_words_is_read_or_refused_in_its_place(scraps: list[str], joint: str) -> None:
    found = outcome(joint.join(scraps))
    if isinstance(found, Recurrence):
        assert read_recurrence(write_recurrence(found)) == found


@SETTINGS
@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                ["FREQ=WEEKLY", "FREQ=YEARLY", "BYDAY=2MO", "BYDAY=MO,TU", "BYMONTH=5", "BYMONTHDAY=31", "COUNT=3",
                 "UNTIL=20260101", "UNTIL=20260101T000000Z", "INTERVAL=2", "BYSETPOS=1", "=", ""]
            )
        ).map(";".join),
    )
)  # fmt: skip
def test_any_text_is_read_or_refused(text: str) -> None:
    outcome(text)


@pytest.mark.parametrize(
    "text",
    ["FREQ=WEEKLY;BYDAY=" + "MO," * 160 + "X", "FREQ=MONTHLY;BYMONTHDAY=" + "1," * 230 + "!", "=" * 500,
     "FREQ=DAILY;COUNT=" + "9" * 480, ";" * 499 + "=", "jeden " * 83, "1. " * 166, "und " * 125, "9" * 500,
     "=" * 10_000_000],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_hostile_texts_are_answered_at_once(text: str) -> None:
    best = 1.0
    for _ in range(3):
        start = clock.process_time()
        with pytest.raises(RecurrenceError):
            read_recurrence(text)
        best = min(best, clock.process_time() - start)
    assert best < 0.1


UNTIL_FORMS = [
    (date(2026, 3, 4), "FREQ=WEEKLY;BYDAY=WE;UNTIL=20261231"),
    (datetime(2026, 3, 4, 18), "FREQ=WEEKLY;BYDAY=WE;UNTIL=20261231T235959"),  # noqa: DTZ001 - the local form
    (datetime(2026, 3, 4, 18, tzinfo=BERLIN), "FREQ=WEEKLY;BYDAY=WE;UNTIL=20261231T225959Z"),
    (datetime(2026, 3, 4, 18, tzinfo=timezone(timedelta(hours=-8))), "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270101T075959Z"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "text"), UNTIL_FORMS)
def test_until_has_the_form_of_the_start(start: date, text: str) -> None:
    assert rrule_text(recur("weekly", days=(3,), until=END), start) == text


def test_until_in_utc_is_a_day_where_the_event_is() -> None:
    text = "FREQ=DAILY;UNTIL=20261231T230000Z"
    assert read_recurrence(text).until == date(2026, 12, 31)
    assert read_recurrence(text, BERLIN).until == date(2027, 1, 1)


FITS = [
    ("jeden 2. Mittwoch im Monat", date(2026, 3, 11), True),
    ("jeden 2. Mittwoch im Monat", date(2026, 3, 4), False),
    ("jeden letzten Freitag im Monat", date(2026, 3, 27), True),
    ("jeden letzten Freitag im Monat", date(2026, 3, 20), False),
    ("jeden Mittwoch", date(2026, 3, 4), True),
    ("jeden Mittwoch", date(2026, 3, 5), False),
    ("jeden Mittwoch im April", date(2026, 3, 4), False),
    ("jeden Mittwoch bis 3.3.2026", date(2026, 3, 4), False),
    ("monatlich am 15.", date(2026, 3, 15), True),
    ("monatlich am letzten Tag", date(2026, 2, 28), True),
    ("monatlich am letzten Tag", date(2028, 2, 28), False),
    ("alle 2 Wochen", date(2026, 3, 4), True),
]


@pytest.mark.parametrize(("text", "start", "expected"), FITS)
def test_a_start_off_the_rule_is_seen(text: str, start: date, expected: bool) -> None:
    assert fits(read_recurrence(text), start) is expected


def days(text: str, start: str, first: str, last: str) -> list[str]:
    moments = (date.fromisoformat(day) for day in (start, first, last))
    return [str(day) for day in occurrences(read_recurrence(text), *moments)]


OCCURRENCES = [
    ("jeden 2. Mittwoch im Monat", "2026-01-14", "2026-03-01", "2026-05-13", ["2026-03-11", "2026-04-08", "2026-05-13"]),
    ("jeden letzten Freitag im Monat", "2026-01-30", "2026-01-01", "2026-03-01", ["2026-01-30", "2026-02-27"]),
    ("alle 2 Wochen am Dienstag", "2026-03-03", "2026-03-10", "2026-04-01", ["2026-03-17", "2026-03-31"]),
    ("alle 2 Wochen", "2026-03-03", "2026-03-10", "2026-04-01", ["2026-03-17", "2026-03-31"]),
    ("monatlich", "2026-01-31", "2026-01-01", "2026-05-31", ["2026-01-31", "2026-03-31", "2026-05-31"]),
    ("jährlich", "2024-02-29", "2024-01-01", "2030-01-01", ["2024-02-29", "2028-02-29"]),
    ("täglich, 3 mal", "2026-03-28", "2026-03-29", "2026-12-31", ["2026-03-29", "2026-03-30"]),
    ("täglich bis 29.3.2026", "2026-03-28", "2026-01-01", "2026-12-31", ["2026-03-28", "2026-03-29"]),
    ("monatlich am letzten Tag", "2026-01-31", "2026-01-01", "2026-02-28", ["2026-01-31", "2026-02-28"]),
    ("jährlich am 6. Dezember", "2025-12-06", "2026-01-01", "2027-12-31", ["2026-12-06", "2027-12-06"]),
    ("jeden Mittwoch", "2026-03-05", "2026-03-01", "2026-03-12", ["2026-03-11"]),
    ("jeden Mittwoch", "2026-03-04", "2026-03-20", "2026-03-12", []),
    ("jeden Mittwoch", "2026-03-04", "2025-03-01", "2025-03-12", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "first", "last", "expected"), OCCURRENCES)
def test_occurrences_lie_within_the_window(text, start, first, last, expected) -> None:
    assert days(text, start, first, last) == expected


@SETTINGS
@given(recurrences(), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_occurrences_are_the_days_that_fit(recurrence: Recurrence, start: date) -> None:
    whole = msgspec.structs.replace(recurrence, interval=1, count=None)
    assume(whole.days or whole.nth_days or whole.month_days)
    window = [start + timedelta(days=step) for step in range(100)]
    if whole.frequency == "yearly" and not whole.months:
        return
    found = occurrences(whole, start, window[0], window[-1])
    assert list(found) == [day for day in window if fits(whole, day)]


@SETTINGS
@given(recurrences(), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_calendars_that_read_the_rrule_see_the_same_days(
    recurrence: Recurrence, start: date
) -> None:
    assume(fits(recurrence, start))
    first, last = start + timedelta(days=30), start + timedelta(days=400)
    moment = datetime(start.year, start.month, start.day, 18, 30, tzinfo=BERLIN)
    rule = rrulestr(rrule_text(recurrence, moment), dtstart=moment)
    window = (datetime.combine(day, moment.time(), tzinfo=BERLIN) for day in (first, last))
    seen = tuple(one.date() for one in rule.between(*window, inc=True))
    assert occurrences(recurrence, start, first, last) == seen
