"""Opening hours: text to value, value to text, value to dated sessions."""

import time as clock
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netzsite.times.holidays import Holidays, PublicHoliday, SchoolHoliday
from netzsite.times.hours import Closure, Hours, Session, opening_hours, sessions
from netzsite.times.hours_text import HoursError, read_hours, write_hours
from netzsite.times.opening_rules import MonthlyRule, Span, WeeklyRule
from netzsite.times.vocabulary import LANGUAGES, words
from netzsite.times.words import REASONS, _fold, _forms

SETTINGS = settings(max_examples=150, deadline=None, database=None)
NO_HOLIDAYS = Holidays(region="DE-RP")


def span(start: str, end: str | None = None) -> Span:
    midnight = end == "24:00"
    last = time() if midnight else time.fromisoformat(end) if end else None
    return Span(start=time.fromisoformat(start), end=last)


ALL = (1, 2, 3, 4, 5, 6, 7)


def weekly(days: tuple[int, ...], *spans: Span, public: bool = False, **more: object) -> Hours:
    rule = WeeklyRule(days=days, spans=spans, **more)
    return Hours(weekly=(rule,), public_holidays=public)


TWO_TO_FOUR = span("14:00", "16:00")
TUESDAY = weekly((2,), TWO_TO_FOUR)
WEDNESDAY_RULE = MonthlyRule(day=3, nth=(2,), spans=(span("14:00", "15:30"),))

READ = [
    ("Di 14–16 Uhr", TUESDAY),
    ("di 14-16", TUESDAY),
    ("Dienstag, 14:00 — 16:00 Uhr.", TUESDAY),
    ("Dienstags: von 14.00 bis 16.00 Uhr", TUESDAY),
    ("  jeden  Dienstag\u00a014 h\u201116 h ", TUESDAY),
    ("Di 14-16.30 Uhr", weekly((2,), span("14:00", "16:30"))),
    ("Di 14-16.", TUESDAY),
    ("Di 14-16.30.", weekly((2,), span("14:00", "16:30"))),
    ("Tue 14:00-16:00", TUESDAY),
    ("on Tuesdays from 14:00 until 16:00", TUESDAY),
    (
        "Mo-Do 9:30-12, Fr nach Vereinbarung",
        Hours(
            weekly=(
                WeeklyRule(days=(1, 2, 3, 4), spans=(span("09:30", "12:00"),)),
                WeeklyRule(days=(5,), by_appointment=True),
            )
        ),
    ),
    (
        "Mo, Mi und Fr 9-12 und 14-16:30 Uhr",
        weekly((1, 3, 5), span("09:00", "12:00"), span("14:00", "16:30")),
    ),
    ("Mo und jeden Mittwoch 14-16", weekly((1, 3), TWO_TO_FOUR)),
    ("Mo 9-12 14-16", weekly((1,), span("09:00", "12:00"), TWO_TO_FOUR)),
    ("Mo 9-12 Di 9-12", weekly((1, 2), span("09:00", "12:00"))),
    ("Mo 9-12\nDi 9-12;\n", weekly((1, 2), span("09:00", "12:00"))),
    ("Montag bis Freitag 8.00 bis 16.00 Uhr", weekly((1, 2, 3, 4, 5), span("08:00", "16:00"))),
    ("werktags 8-16", weekly((1, 2, 3, 4, 5), span("08:00", "16:00"))),
    ("am Wochenende 8-16", weekly((6, 7), span("08:00", "16:00"))),
    ("täglich 8–20 Uhr", weekly(ALL, span("08:00", "20:00"), public=True)),
    ("TAEGLICH 8–20 uhr", weekly(ALL, span("08:00", "20:00"), public=True)),
    ("ta\u0308glich 8–20 Uhr", weekly(ALL, span("08:00", "20:00"), public=True)),
    ("Fr-Mo 8-16", weekly((1, 5, 6, 7), span("08:00", "16:00"))),
    ("Fr 20-2 Uhr", weekly((5,), span("20:00", "02:00"))),
    ("Di ab 18 Uhr", weekly((2,), span("18:00"))),
    ("Di ab 14 bis 16 Uhr", TUESDAY),
    ("Di ab 18.12 Uhr", weekly((2,), span("18:12"))),
    ("Di ab 18.30", weekly((2,), span("18:30"))),
    ("Di 18:00-24:00", weekly((2,), span("18:00", "24:00"))),
    ("Di 18-0 Uhr", weekly((2,), span("18:00", "24:00"))),
    ("Di 0-24 Uhr", weekly((2,), span("00:00", "24:00"))),
    ("rund um die Uhr", weekly(ALL, span("00:00", "24:00"), public=True)),
    ("24/7", weekly(ALL, span("00:00", "24:00"), public=True)),
    ("täglich 8–20 Uhr, an Feiertagen geschlossen", weekly(ALL, span("08:00", "20:00"))),
    ("Mo–Fr rund um die Uhr", weekly((1, 2, 3, 4, 5), span("00:00", "24:00"))),
    ("jeden 2. Mittwoch im Monat 14:00-15:30", Hours(monthly=(WEDNESDAY_RULE,))),
    ("am zweiten Mi des Monats 14-15.30 Uhr", Hours(monthly=(WEDNESDAY_RULE,))),
    ("every 2nd Wednesday of the month 14:00-15:30", Hours(monthly=(WEDNESDAY_RULE,))),
    (
        "jeden 1. und 3. Montag im Monat 14-16",
        Hours(monthly=(MonthlyRule(day=1, nth=(1, 3), spans=(TWO_TO_FOUR,)),)),
    ),
    (
        "jeden letzten Freitag im Monat ab 18 Uhr",
        Hours(monthly=(MonthlyRule(day=5, nth=(-1,), spans=(span("18:00"),)),)),
    ),
    ("nach Vereinbarung", Hours(by_appointment=True)),
    ("nur nach Vereinbarung", Hours(by_appointment=True)),
    ("N. V.", Hours(by_appointment=True)),
    ("Di nur nach Vereinbarung", weekly((2,), by_appointment=True)),
    ("Di 14-16 nach Vereinbarung", weekly((2,), TWO_TO_FOUR, by_appointment=True)),
    ("Di nach Vereinbarung 14-16", weekly((2,), TWO_TO_FOUR, by_appointment=True)),
    ("Di 14-16, nur nach Vereinbarung", weekly((2,), TWO_TO_FOUR, by_appointment=True)),
    ("Di 14-16 und nach Vereinbarung", msgspec.structs.replace(TUESDAY, by_appointment=True)),
    (
        "Di 14-16, in den Schulferien geschlossen",
        msgspec.structs.replace(TUESDAY, school_holidays="closed"),
    ),
    (
        "Di 14-16 außerhalb der Schulferien",
        msgspec.structs.replace(TUESDAY, school_holidays="closed"),
    ),
    (
        "In den Ferien und an Feiertagen geschlossen: Di 14-16",
        msgspec.structs.replace(TUESDAY, school_holidays="closed"),
    ),
    (
        "Tue 14:00-16:00, closed during school holidays",
        msgspec.structs.replace(TUESDAY, school_holidays="closed"),
    ),
    (
        "Di 14-16, nur in den Schulferien",
        msgspec.structs.replace(TUESDAY, school_holidays="only"),
    ),
    ("Di 14-16, auch in den Schulferien", TUESDAY),
    (
        "Di 14-16, auch an Feiertagen geöffnet",
        msgspec.structs.replace(TUESDAY, public_holidays=True),
    ),
    ("Di 14-16, an Feiertagen geschlossen", TUESDAY),
    (
        "Di 14-16, nur in den Schulferien, an Feiertagen geöffnet",
        msgspec.structs.replace(TUESDAY, school_holidays="only", public_holidays=True),
    ),
    (
        "Di 14-16, in den Schulferien, an Feiertagen geschlossen",
        msgspec.structs.replace(TUESDAY, school_holidays="closed"),
    ),
    ("gerade Wochen: Di 14-16", weekly((2,), TWO_TO_FOUR, weeks="even")),
    ("Di in ungeraden Kalenderwochen 14-16", weekly((2,), TWO_TO_FOUR, weeks="odd")),
    ("Di 14-16, ungerade KW", weekly((2,), TWO_TO_FOUR, weeks="odd")),
    ("Di 14-16 ab 01.03.2026", msgspec.structs.replace(TUESDAY, valid_from=date(2026, 3, 1))),
    (
        "gültig ab 2026-03-01: Di 14-16",
        msgspec.structs.replace(TUESDAY, valid_from=date(2026, 3, 1)),
    ),
    (
        "Di 14-16, bis zum 31. Dezember 2026",
        msgspec.structs.replace(TUESDAY, valid_until=date(2026, 12, 31)),
    ),
    *(
        (
            text,
            msgspec.structs.replace(
                TUESDAY, valid_from=date(2026, 3, 1), valid_until=date(2026, 6, 30)
            ),
        )
        for text in (
            "vom 1.3.2026 bis 30.6.2026 Di 14-16",
            "1.3.2026–30.6.2026: Di 14-16",
            "Di 14-16, ab 1.3.2026, bis 30.6.2026",
            "Tue 14:00-16:00, from 1 March 2026 to 30 June 2026",
        )
    ),
]


@pytest.mark.parametrize(("text", "hours"), READ, ids=[text for text, _ in READ])
def test_what_people_write_is_read(text: str, hours: Hours) -> None:
    assert read_hours(text) == hours


REFUSED = [
    ("", "empty", ""),
    (" \t", "empty", " \t"),
    (";\n", "empty", ";\n"),
    ("Di vierzehn", "unknown-word", "vierzehn"),
    ("Di 2-4 pm", "unknown-word", "pm"),
    ("Di 14-16 (oder so)", "no-time", "so"),
    ("Di ١٤-١٦", "unknown-word", "١"),
    ("Di 14-16 Uhr, Uhr", "misplaced", "Uhr"),
    ("Di 14-16,", "misplaced", ","),
    (", Di 14-16", "misplaced", ","),
    ("Di 9-11 am", "misplaced", "am"),
    ("Di 14-16: Mi 9-12", "misplaced", ":"),
    ("Di 14-16, 1. März 14-16", "misplaced", "März"),
    ("in geraden Wochen", "misplaced", "in geraden Wochen"),
    ("Di 14-16; in geraden Wochen", "misplaced", "in geraden Wochen"),
    ("1. Di im Monat in geraden Wochen 14-16", "misplaced", "in geraden Wochen"),
    ("gültig", "misplaced", "gültig"),
    ("Di", "no-time", "Di"),
    ("Mo, Di; 14-16", "no-time", "Mo, Di"),
    ("Di, nach Vereinbarung", "no-time", "Di"),
    ("in den Schulferien geschlossen, ab 1.3.2026", "no-time", "in den Schulferien geschlossen, ab 1.3.2026"),
    ("14-16 Uhr", "no-day", "14-16 Uhr"),
    ("Di 9-12; 14-16 Uhr", "no-day", "14-16 Uhr"),
    ("Di bis 16 Uhr", "no-start", "bis"),
    ("Di 14-16, bis 18 Uhr", "no-start", "bis"),
    ("Di 14 Uhr", "no-end", "14 Uhr"),
    ("Di 14-", "no-end", "14-"),
    ("Di von 14 Uhr", "no-end", "von 14 Uhr"),
    ("Di 14-16, vom 1.3.2026", "no-end", "vom 1.3.2026"),
    ("Di 14-16, 1.3.2026", "no-end", "1.3.2026"),
    ("Di 14-25", "impossible-time", "25"),
    ("Di 14-16:60", "impossible-time", "16:60"),
    ("Di 14-24:30", "impossible-time", "24:30"),
    ("Di 24-6", "impossible-time", "24-6"),
    ("Di ab 24 Uhr", "impossible-time", "24"),
    ("Di 9:5-12", "impossible-time", "9:5"),
    ("Di 9-123456", "impossible-time", "123456"),
    ("Di 14-16, ab 30.2.2026", "impossible-date", "30.2.2026"),
    ("Di 14-16, ab 2026-02-30", "impossible-date", "2026-02-30"),
    ("Di 14-16, ab 31. Februar 2026", "impossible-date", "31. Februar 2026"),
    ("Di 14-16, ab 1.3.0026", "impossible-date", "1.3.0026"),
    ("jeden 6. Montag im Monat 9-12", "impossible-date", "6."),
    ("Di 14-16, ab 1.3.", "no-year", "1.3."),
    ("Di 14-16, ab 1.3.26", "no-year", "1.3.26"),
    ("Di 14-16, ab 1. März", "no-year", "1. März"),
    ("Di 16-14", "end-before-start", "16-14"),
    ("Di 9-9", "end-before-start", "9-9"),
    ("Di 0-0", "end-before-start", "0-0"),
    ("Di 14-16, vom 2.3.2026 bis 1.3.2026", "end-before-start", "vom 2.3.2026 bis 1.3.2026"),
    ("Di 14-16, bis 1.3.2026, ab 2.3.2026", "end-before-start", "ab 2.3.2026"),
    ("Di 9-12, 11-14", "overlap", "11-14"),
    ("Mo-Fr 9-12, Di 11-14", "overlap", "11-14"),
    ("Di ab 9 Uhr, 18-20", "overlap", "18-20"),
    ("Fr 20-2, Sa 1-3", "overlap", "1-3"),
    ("So 20-2, Mo 1-3", "overlap", "1-3"),
    ("jeden 2. Di im Monat 9-12, Di 11-14", "overlap", "11-14"),
    ("jeden 2. Fr im Monat 20-2, Sa 1-3", "overlap", "1-3"),
    ("jeden 5. Di im Monat 9-12, jeden letzten Di im Monat 11-14", "overlap", "11-14"),
    ("Di in geraden Wochen 9-12, Di 11-14", "overlap", "11-14"),
    ("Mo, Mo 9-12", "repeated", "Mo, Mo"),
    ("jeden 1. und ersten Mo im Monat 9-12", "repeated", "1. und ersten"),
    ("Di 14-16, ab 1.3.2026, ab 2.3.2026", "repeated", "ab 2.3.2026"),
    ("Di 14-16 nach Vereinbarung nach Vereinbarung", "repeated", "nach Vereinbarung"),
    ("Mo-Mi-Fr 9-12", "ambiguous", "Mo-Mi-Fr"),
    ("Mo-Mo 9-12", "ambiguous", "Mo-Mo"),
    ("jeden 2. Mittwoch 14-16", "ambiguous", "jeden 2. Mittwoch"),
    ("jeden 1. Mo und Di im Monat 14-16", "ambiguous", "jeden 1. Mo und Di"),
    ("jede zweite Woche Di 14-16", "ambiguous", "zweite Woche"),
    ("alle 2 Wochen Di 14-16", "ambiguous", "alle"),
    ("Di ab 18.12", "ambiguous", "ab 18.12"),
    ("Di 9-12 und 14-16 nach Vereinbarung", "ambiguous", "nach Vereinbarung"),
    ("Di nach Vereinbarung, 14-16", "ambiguous", "Di nach Vereinbarung, 14-16"),
    ("Di 9-12 in geraden Wochen, 14-16", "ambiguous", "Di 9-12 in geraden Wochen, 14-16"),
    ("Mo 9-12, Di 9-12, nur nach Vereinbarung", "ambiguous", "nur nach Vereinbarung"),
    ("nach Vereinbarung Di 9-12", "ambiguous", "nach Vereinbarung"),
    ("Mo 9-12, nach Vereinbarung, Di 9-12", "ambiguous", "nach Vereinbarung"),
    ("Mo 9-12, Di 9-12 nur in den Schulferien", "ambiguous", "nur in den Schulferien"),
    ("nur in den Schulferien Mo 9-12, Di 9-12", "ambiguous", "nur in den Schulferien"),
    ("Di 9-12, in den Schulferien", "ambiguous", "in den Schulferien"),
    ("Di 9-12, in den Schulferien geöffnet", "ambiguous", "in den Schulferien geöffnet"),
    ("Di 9-12, nur an Feiertagen", "ambiguous", "nur an Feiertagen"),
    ("gerade Wochen: Di 14-16, Do 9-12", "ambiguous", "gerade Wochen: Di 14-16, Do 9-12"),
    ("Di 14-16, Do 9-12 in geraden Wochen", "ambiguous", "in geraden Wochen"),
    ("Di 14-16 in geraden Wochen Do 9-12", "ambiguous", "in geraden Wochen"),
    ("jeden 1. Di im Monat 14-16, gerade Wochen", "ambiguous", "gerade Wochen"),
    ("Di 14-16" + " " * 500, "too-long", " " * 8),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason", "part"), REFUSED, ids=[text for text, _, _ in REFUSED])
def test_what_is_unclear_is_refused_with_its_place(text: str, reason: str, part: str) -> None:
    with pytest.raises(HoursError) as caught:
        read_hours(text)
    error = caught.value
    assert (error.reason, text[error.start : error.end]) == (reason, part)
    assert error.reason in REASONS
    assert str(error) == f"{reason} at {error.start} to {error.end}"


WRITTEN = [
    ("Di 14-16", "Di 14–16 Uhr", "Tue 14:00–16:00"),
    (
        "Mo-Do 9:30-12, Fr nach Vereinbarung",
        "Mo–Do 9:30–12 Uhr, Fr nach Vereinbarung",
        "Mon–Thu 9:30–12:00, Fri by appointment",
    ),
    ("Mo,Di,Do-So 9-12, 20-24", "Mo, Di und Do–So 9–12 und 20–24 Uhr", "Mon, Tue and Thu–Sun 9:00–12:00 and 20:00–24:00"),
    ("täglich ab 18", "täglich ab 18 Uhr", "daily from 18:00"),
    ("rund um die Uhr", "rund um die Uhr", "around the clock"),
    ("Sa u. So rund um die Uhr", "Sa und So rund um die Uhr", "Sat and Sun around the clock"),
    ("täglich in geraden Wochen 0-24", "täglich in geraden Wochen rund um die Uhr", "daily in even weeks around the clock"),
    (
        "jeden letzten und 1. Mo im Monat 20-2",
        "jeden 1. und letzten Montag im Monat 20–2 Uhr",
        "every 1st and last Monday of the month 20:00–2:00",
    ),
    (
        "Mo 9-12 n. V. und nach Vereinbarung, auch an Feiertagen, ab 1.3.2026",
        "Mo 9–12 Uhr nach Vereinbarung und nach Vereinbarung, an Feiertagen geöffnet, ab 1. März 2026",
        "Mon 9:00–12:00 by appointment and by appointment, open on public holidays, from 1 March 2026",
    ),
    (
        "nach Vereinbarung, nicht in den Schulferien, bis 1.3.2026",
        "nach Vereinbarung, in den Schulferien geschlossen, bis 1. März 2026",
        "by appointment, closed during school holidays, until 1 March 2026",
    ),
    (
        "nur in den Schulferien; Mo 9-12; vom 1.3.2026 bis 2.3.2026",
        "Mo 9–12 Uhr, nur in den Schulferien, vom 1. März 2026 bis 2. März 2026",
        "Mon 9:00–12:00, only during school holidays, from 1 March 2026 to 2 March 2026",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "german", "english"), WRITTEN)
def test_hours_are_written_in_each_language(text: str, german: str, english: str) -> None:
    hours = read_hours(text)
    assert write_hours(hours) == german
    assert write_hours(hours, "de-simple") == german
    assert write_hours(hours, "en-GB") == english
    assert read_hours(german) == read_hours(english) == hours


def test_a_language_without_words_is_a_lookup_error() -> None:
    with pytest.raises(LookupError):
        write_hours(TUESDAY, "tlh")


def test_no_word_means_two_things_in_the_languages_together() -> None:
    meanings: dict[str, set[tuple[str, int]]] = {}
    for table in LANGUAGES.values():
        for kind, number, forms in _forms(table):
            for form in forms.split("|"):
                meanings.setdefault(_fold(form), set()).add((kind, number))
    assert [form for form, found in meanings.items() if len(found) > 1] == []


def test_the_languages_have_the_same_patterns_and_read_what_they_write() -> None:
    german, english = LANGUAGES.values()
    assert german.patterns.keys() == english.patterns.keys()
    assert all(len(table.days) == 7 and len(table.months) == 12 for table in (german, english))
    assert [words("en").ordinal(day) for day in (1, 2, 3, 4, 11, 22, 23, 31)] == [
        "1st", "2nd", "3rd", "4th", "11th", "22nd", "23rd", "31st",
    ]  # fmt: skip


EQUAL = [
    ("Mo 9-12, Di 9-12", "Mo und Di 9-12"),
    ("Mo 14-16, Mo 9-12", "Mo 9-12 und 14-16"),
    ("Mo-Fr 9-12, Mo 14-16", "Mo 9-12 und 14-16, Di-Fr 9-12"),
    ("Di in geraden Wochen 9-12, Di in ungeraden Wochen 9-12", "Di 9-12"),
    ("jeden 5. und letzten Di im Monat 9-12", "jeden letzten Di im Monat 9-12"),
    ("jeden 4., 5. und letzten Di im Monat 9-12", "jeden 4. und 5. Di im Monat 9-12"),
    (
        "jeden 4. Di im Monat 9-12, jeden letzten Di im Monat 9-12",
        "4. und letzten Di im Monat 9-12",
    ),
    ("jeden 1., 2., 3., 4. und letzten Di im Monat 9-12", "Di 9-12"),
    ("jeden 1. und 2. Di im Monat 9-12, jeden 3., 4. und 5. Di im Monat 9-12", "Di 9-12"),
    ("Di nach Vereinbarung, Di in geraden Wochen nach Vereinbarung", "Di nach Vereinbarung"),
    ("Mo 9-12 n.V., Di 9-12 n.V.", "Mo und Di 9-12 n.V."),
]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_equal_meanings_are_equal_values(one: str, other: str) -> None:
    assert read_hours(one) == read_hours(other)


IMPOSSIBLE = [
    ("no-time", Hours),
    ("no-time", lambda: Hours(weekly=(WeeklyRule(days=(1,)),))),
    ("no-day", lambda: weekly((), TWO_TO_FOUR)),
    ("no-day", lambda: weekly((8,), TWO_TO_FOUR)),
    ("no-day", lambda: Hours(monthly=(MonthlyRule(day=1, nth=(6,), spans=(TWO_TO_FOUR,)),))),
    ("overlap", lambda: weekly((1, 1), TWO_TO_FOUR)),
    ("end-before-start", lambda: span("10:00", "10:00")),
    ("end-before-start", lambda: span("10:00", "09:00")),
    ("impossible-time", lambda: span("10:00:30")),
    ("impossible-time", lambda: Span(start=time(9, tzinfo=UTC))),
    (
        "end-before-start",
        lambda: Hours(
            by_appointment=True, valid_from=date(2026, 2, 1), valid_until=date(2026, 1, 1)
        ),
    ),
]


@pytest.mark.parametrize(("reason", "make"), IMPOSSIBLE)
def test_no_impossible_value_can_be_made(reason, make) -> None:
    with pytest.raises(ValueError, match=reason):
        make()


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 95)) * 15
    length = draw(st.one_of(st.none(), st.integers(1, 56).map(lambda quarter: quarter * 15)))
    if length is None:
        return Span(start=time(start // 60, start % 60))
    end = (start + length) % 1440
    return Span(start=time(start // 60, start % 60), end=time(end // 60, end % 60))


@st.composite
def some_hours(draw: st.DrawFn) -> Hours:
    """Add rules one by one, leaving out those that can't stand beside the others."""
    day = st.integers(1, 7)
    times = st.lists(spans(), max_size=2).map(tuple)
    weekly_rules = st.builds(
        WeeklyRule,
        days=st.sets(day, min_size=1).map(tuple),
        weeks=st.sampled_from(["every", "odd", "even"]),
        spans=times,
        by_appointment=st.booleans(),
    )
    monthly_rules = st.builds(
        MonthlyRule,
        day=day,
        nth=st.sets(st.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1).map(tuple),
        spans=times,
        by_appointment=st.booleans(),
    )
    limits = sorted(draw(st.lists(st.dates(date(1900, 1, 1), date(2200, 12, 31)), max_size=2)))
    hours = Hours(
        by_appointment=True,
        school_holidays=draw(st.sampled_from(["open", "closed", "only"])),
        public_holidays=draw(st.booleans()),
        valid_from=limits[0] if limits else None,
        valid_until=limits[1] if len(limits) > 1 else None,
    )
    for rule in draw(st.lists(st.one_of(weekly_rules, monthly_rules), max_size=4)):
        name = "weekly" if isinstance(rule, WeeklyRule) else "monthly"
        try:
            hours = msgspec.structs.replace(hours, **{name: (*getattr(hours, name), rule)})
        except ValueError:
            continue
    if hours.weekly or hours.monthly:
        hours = msgspec.structs.replace(hours, by_appointment=draw(st.booleans()))
    return hours


@SETTINGS
@given(some_hours(), st.sampled_from(["de", "en"]))
def test_what_is_written_is_read_back_to_the_same(hours: Hours, language: str) -> None:
    text = write_hours(hours, language)
    if len(text) <= 500:
        assert read_hours(text) == hours
        assert write_hours(read_hours(text), language) == text


@SETTINGS
@given(some_hours())
def test_a_value_survives_the_memo(hours: Hours) -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(hours), type=Hours) == hours


@st.composite
def written_variants(draw: st.DrawFn) -> tuple[str, Hours]:
    """Write weekly hours in some of the ways of people, with what they mean."""
    table = LANGUAGES[draw(st.sampled_from(["de", "en"]))]

    def pick(*choices: str) -> str:
        return draw(st.sampled_from(choices))

    def moment(minutes: int) -> str:
        hour, minute = divmod(minutes, 60)
        forms = [f"{hour}:{minute:02}", f"{hour:02}.{minute:02}", f"{hour:02}:{minute:02} Uhr"]
        return pick(*forms, *([] if minute else [f"{hour}", f"{hour} uhr"]))

    def name(day: int) -> str:
        form = pick(*table.days[day - 1].split("|"))
        return pick(form, form.upper(), form.lower(), f"{form}.")

    rules, parts = [], []
    days = draw(st.lists(st.integers(1, 7), min_size=1, max_size=4, unique=True))
    for day in days:
        start = draw(st.integers(0, 1380))
        end = draw(st.integers(start + 1, 1439))
        dash = pick("-", " - ", "–", " – ", "—", " bis ", " to ", "\u2011")
        lead = pick("", "von ", "from ")
        between = pick(" ", ": ", "  ", "\u00a0", ", ")
        parts.append(f"{name(day)}{between}{lead}{moment(start)}{dash}{moment(end)}")
        clocks = [time(*divmod(minutes, 60)) for minutes in (start, end)]
        rules.append(WeeklyRule(days=(day,), spans=(Span(start=clocks[0], end=clocks[1]),)))
    text = pick("", " ") + pick(", ", "; ", "\n", " und ", " and ", ",", " ").join(parts)
    closed = draw(st.booleans())
    if closed:
        text += pick(", ", "\n", "; ") + pick(
            "in den Schulferien geschlossen", "closed during school holidays", "nicht in den Ferien"
        )
    hours = Hours(weekly=tuple(rules), school_holidays="closed" if closed else "open")
    # After `16.10` a dot would make a date without its year.
    return text + pick("", " \n", "." if text.endswith(("r", "n", "s")) else " "), hours


@SETTINGS
@given(written_variants())
def test_the_ways_of_people_mean_the_same(variant: tuple[str, Hours]) -> None:
    text, hours = variant
    assert read_hours(text) == hours


WORDS = sorted(
    {
        form
        for table in LANGUAGES.values()
        for _, _, forms in _forms(table)
        for form in forms.split("|")
    }
)
SCRAPS = [*WORDS, "9", "12", "14:30", "9.15", "24", "2.", "3rd", "1.3.2026", "2026", ",", ";", "\n",
          ":", "-", "–", "und", "Mo", "Di 9-12", "Mi 14–16 Uhr", "jeden 2. Do im Monat", "nach Vereinbarung",
          "in den Schulferien", "geschlossen", "nur", "."]  # fmt: skip


def outcome(text: str) -> Hours | HoursError:
    """Read a text, or give the error, once it is seen to be a proper one."""
    try:
        return read_hours(text)
    except HoursError as raised:
        error = raised
    assert error.reason in REASONS
    assert 0 <= error.start <= error.end <= len(text)
    return error


@settings(SETTINGS, max_examples=400)
@given(st.lists(st.sampled_from(SCRAPS), max_size=9), st.sampled_from([" ", ""]))
@example(["Mo 9-12"], " ")
def test_any_row_of_words_is_read_or_refused_in_its_place(scraps: list[str], joint: str) -> None:
    text = joint.join(scraps)
    found = outcome(text)
    if isinstance(found, Hours):
        assert read_hours(write_hours(found)) == found
    else:
        assert found.start < found.end or not text.strip()


@SETTINGS
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    outcome(text)


@pytest.mark.parametrize(
    "text",
    ["(" * 10_000, "9" * 500, "9." * 250, "9:" * 250, "Mo," * 166, "Mo-" * 166, "und " * 125,
     "Mo 9-12," * 62, "täglich " + ",".join(f"{hour}-{hour + 1}" for hour in range(80)),
     "Mo " + "9-10," * 90, "jeden 1. " * 55, " " * 500, "\n" * 500, "\u0308" * 500, "a\u0308" * 250,
     "٣" * 500, "x" * 10_000_000,
     "Mo " + ",".join(f"{m // 60}:{m % 60:02}-{m // 60}:{m % 60 + 1:02}" for m in range(0, 80, 2)),
     "täglich " + ",".join(f"{hour}-{hour + 1}" for hour in range(24))],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_hostile_texts_are_answered_at_once(text: str) -> None:
    best = 1.0
    for _ in range(3):
        start = clock.process_time()
        with suppress(HoursError):
            read_hours(text)
        best = min(best, clock.process_time() - start)
    assert best < 0.1


def days_of(text: str, first: date, last: date, **more: object) -> list[str]:
    holidays = more.pop("holidays", NO_HOLIDAYS)
    return [str(one.day) for one in sessions(read_hours(text), first, last, holidays, **more)]


MAY = date(2026, 5, 1), date(2026, 5, 31)
RHINELAND = Holidays(
    region="DE-RP",
    public=(PublicHoliday(day=date(2026, 5, 25), name="Pfingstmontag"),),
    school=(SchoolHoliday(first=date(2026, 5, 18), last=date(2026, 5, 24), name="Ferien"),),
    school_known_until=date(2026, 5, 24),
)
DAYS = [
    ("Mo 14-16", ["2026-05-04", "2026-05-11", "2026-05-18"]),
    ("Mo 14-16, an Feiertagen geöffnet", ["2026-05-04", "2026-05-11", "2026-05-18", "2026-05-25"]),
    ("Mo 14-16, in den Schulferien geschlossen", ["2026-05-04", "2026-05-11"]),
    ("Mo 14-16, nur in den Schulferien", ["2026-05-18"]),
    ("Mo 14-16, ab 5.5.2026, bis 11.5.2026", ["2026-05-11"]),
    ("Mo 14-16, ab 1.6.2026", []),
    ("Mo in geraden Wochen 14-16", ["2026-05-11"]),
    ("Mo in ungeraden Wochen 14-16", ["2026-05-04", "2026-05-18"]),
    ("jeden 1. und 5. Freitag im Monat 14-16", ["2026-05-01", "2026-05-29"]),
    ("jeden letzten Donnerstag im Monat 14-16", ["2026-05-28"]),
    ("jeden 2. Mittwoch im Monat 14-16", ["2026-05-13"]),
    ("Mo nach Vereinbarung", []),
    ("nach Vereinbarung", []),
]


@pytest.mark.parametrize(("text", "days"), DAYS, ids=[text for text, _ in DAYS])
def test_sessions_keep_to_rules_and_holidays(text: str, days: list[str]) -> None:
    assert days_of(text, *MAY, holidays=RHINELAND) == days


def test_sessions_leave_out_closures_even_on_open_public_holidays() -> None:
    closures = (Closure(first=date(2026, 5, 5), last=date(2026, 5, 25), reason="Umbau"),)
    text = "Mo 14-16, an Feiertagen geöffnet"
    assert days_of(text, *MAY, holidays=RHINELAND, closures=closures) == ["2026-05-04"]


def test_sessions_of_an_empty_stretch_are_none() -> None:
    assert days_of("täglich 9-12", date(2026, 5, 2), date(2026, 5, 1)) == []
    assert days_of("täglich 9-12", date(2026, 5, 2), date(2026, 5, 2)) == ["2026-05-02"]


def test_sessions_of_a_day_are_in_order_and_typed() -> None:
    hours = read_hours("Fr 20-2, Fr 14-16 nach Vereinbarung, jeden 1. Fr im Monat 9-12")
    day = date(2026, 5, 1)
    assert sessions(hours, day, day, NO_HOLIDAYS) == (
        Session(day=day, start=time(9), end=time(12)),
        Session(day=day, start=time(14), end=time(16), by_appointment=True),
        Session(day=day, start=time(20), end=time(2)),
    )
    found = sessions(hours, day, day, NO_HOLIDAYS)
    assert [session.overnight for session in found] == [False, False, True]
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=tuple[Session, ...]) == found


def test_the_53rd_week_is_odd_and_followed_by_an_odd_one() -> None:
    found = days_of("Mo in ungeraden Wochen 9-12", date(2026, 12, 20), date(2027, 1, 20))
    assert found == ["2026-12-28", "2027-01-04", "2027-01-18"]


@pytest.mark.parametrize(
    ("text", "day", "hours_in_utc"),
    [
        ("So 14-16", date(2026, 3, 29), 2),
        ("So 14-16", date(2026, 10, 25), 2),
        ("So 1-5", date(2026, 3, 29), 3),
        ("So 1-5", date(2026, 10, 25), 5),
        ("Sa 22-6", date(2026, 3, 28), 7),
        ("Sa 22-6", date(2026, 10, 24), 9),
        ("So 0-24", date(2026, 3, 29), 23),
        ("So 0-24", date(2026, 10, 25), 25),
    ],
)
def test_a_change_to_summer_time_leaves_the_clock_on_the_wall(text, day, hours_in_utc) -> None:
    zone = ZoneInfo("Europe/Berlin")
    (session,) = sessions(read_hours(text), day, day, NO_HOLIDAYS)
    assert session.end is not None
    end_day = day + timedelta(days=session.overnight)
    start = datetime.combine(day, session.start, tzinfo=zone)
    end = datetime.combine(end_day, session.end, tzinfo=zone)
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=hours_in_utc)
    assert start.replace(tzinfo=None).time() == read_hours(text).weekly[0].spans[0].start


def test_sessions_on_both_sides_of_the_change_say_the_same_times() -> None:
    found = sessions(read_hours("Di 14-16"), date(2026, 3, 20), date(2026, 4, 2), NO_HOLIDAYS)
    assert {(one.start, one.end) for one in found} == {(time(14), time(16))}
    zone = ZoneInfo("Europe/Berlin")
    in_utc = [
        datetime.combine(one.day, one.start, tzinfo=zone).astimezone(UTC).hour for one in found
    ]
    assert in_utc == [13, 12]


@SETTINGS
@given(some_hours(), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_sessions_never_overlap(hours: Hours, first: date) -> None:
    end_of_last = datetime.combine(first, time())
    for one in sessions(hours, first, first + timedelta(days=70), NO_HOLIDAYS):
        start = datetime.combine(one.day, one.start)
        assert start >= end_of_last
        end = datetime.combine(one.day + timedelta(days=one.overnight), one.end or one.start)
        end_of_last = end


def test_schema_org_says_weekly_rules() -> None:
    hours = read_hours("Mo, Mi 9-12 und ab 18 Uhr, Fr 20-2 Uhr, vom 1.3.2026 bis 30.6.2026")
    limits = {"validFrom": "2026-03-01", "validThrough": "2026-06-30"}
    days = ["https://schema.org/Monday", "https://schema.org/Wednesday"]
    kind = {"@type": "OpeningHoursSpecification"}
    assert opening_hours(hours) == (
        {**kind, "dayOfWeek": days, "opens": "09:00", "closes": "12:00", **limits},
        {**kind, "dayOfWeek": days, "opens": "18:00", **limits},
        {
            **kind,
            "dayOfWeek": ["https://schema.org/Friday"],
            "opens": "20:00",
            "closes": "02:00",
            **limits,
        },
    )


@pytest.mark.parametrize(
    ("text", "closes"), [("Mo 14-24", "00:00"), ("Mo 0-24", "23:59"), ("Mo 0-12", "12:00")]
)
def test_schema_org_says_midnight_so_that_it_is_understood(text: str, closes: str) -> None:
    (found,) = opening_hours(read_hours(text))
    assert found["closes"] == closes


@pytest.mark.parametrize(
    "text",
    ["jeden 1. Mo im Monat 9-12", "Mo in geraden Wochen 9-12", "Mo 9-12 nach Vereinbarung",
     "Mo 9-12, nur in den Schulferien", "Mo nach Vereinbarung", "nach Vereinbarung"],
)  # fmt: skip
def test_schema_org_is_not_told_what_it_cannot_say(text: str) -> None:
    assert opening_hours(read_hours(text)) == ()
