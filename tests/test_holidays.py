"""Public and school holidays of a region."""

import json
from datetime import date, timedelta
from itertools import pairwise

import msgspec
import pytest

from netzsite.times import holidays as module
from netzsite.times.holidays import Holidays, RegionError, SchoolHoliday, load_holidays

FILES = sorted(module._DATA.glob("*.json"))


def public(region: str, year: int, language: str = "de") -> dict[str, str]:
    found = load_holidays(region, (year,), language)
    return {str(one.day): one.name for one in found.public}


def test_rhineland_palatinate_has_its_catholic_holidays() -> None:
    names = public("DE-RP", 2026)
    assert names["2026-06-04"] == "Fronleichnam"
    assert names["2026-11-01"] == "Allerheiligen"
    assert len(names) == 11


@pytest.mark.parametrize(
    ("region", "language", "day", "name"),
    [
        ("DE", "de", "2026-10-03", "Tag der Deutschen Einheit"),
        ("DE-BE", "de", "2026-03-08", "Frauentag"),
        ("AT", "de", "2026-10-26", "Nationalfeiertag"),
        ("AT-9", "de-simple", "2026-01-06", "Heilige Drei Könige"),
        ("CH", "de", "2026-08-01", "Nationalfeiertag"),
        ("CH-TI", "it", "2026-08-01", "Festa nazionale"),
        ("DE-RP", "en", "2026-01-01", "New Year's Day"),
        ("DE-RP", "tlh", "2026-01-01", "Neujahr"),
    ],
)
def test_holidays_are_those_of_the_region_in_the_language(region, language, day, name) -> None:
    assert public(region, 2026, language)[day] == name


def test_names_do_not_depend_on_the_language_of_the_machine(monkeypatch) -> None:
    expected = load_holidays("DE-RP", (2026,), "tlh")
    for language in ("en_US.UTF-8", "de_DE.UTF-8", "C"):
        monkeypatch.setenv("LANGUAGE", language)
        monkeypatch.setenv("LC_ALL", language)
        assert load_holidays("DE-RP", (2026,), "tlh") == expected


def test_holidays_are_in_order_and_only_of_the_years_asked() -> None:
    found = load_holidays("DE-RP", range(2025, 2027))
    assert list(found.public) == sorted(found.public)
    assert {one.day.year for one in found.public} == {2025, 2026}
    assert [(str(one.first), one.name) for one in found.school] == [
        ("2024-12-23", "Weihnachtsferien"),
        ("2025-04-14", "Osterferien"),
        ("2025-07-07", "Sommerferien"),
        ("2025-10-13", "Herbstferien"),
        ("2025-12-22", "Weihnachtsferien"),
        ("2026-03-30", "Osterferien"),
        ("2026-06-29", "Sommerferien"),
        ("2026-10-05", "Herbstferien"),
        ("2026-12-23", "Weihnachtsferien"),
    ]


def test_no_years_give_nothing_but_the_end_of_the_data() -> None:
    assert load_holidays("DE-RP", ()) == Holidays(
        region="DE-RP", school_known_until=date(2030, 8, 30)
    )


def test_the_end_of_the_school_holiday_data_can_be_seen() -> None:
    assert load_holidays("DE-RP", (2040,)).school_known_until == date(2030, 8, 30)
    assert load_holidays("DE-HE", (2026,)).school_known_until is None
    assert load_holidays("DE-HE", (2026,)).school == ()


def test_a_site_adds_school_holidays() -> None:
    bridge = SchoolHoliday(first=date(2026, 5, 15), last=date(2026, 5, 15), name="beweglich")
    autumn = SchoolHoliday(first=date(2030, 10, 21), last=date(2030, 11, 1))
    found = load_holidays("DE-RP", (2026, 2030), school=(autumn, bridge, bridge))
    assert bridge in found.school
    assert autumn in found.school
    assert list(found.school) == sorted(set(found.school))
    assert found.school_known_until == date(2030, 11, 1)
    alone = load_holidays("DE-HE", (2026,), school=(bridge,))
    assert alone.school == (bridge,)
    assert alone.school_known_until == date(2026, 5, 15)


def test_names_of_school_holidays_follow_the_language() -> None:
    found = load_holidays("DE-RP", (2027,), "en")
    assert found.school[1].name == "Easter holidays"
    assert load_holidays("DE-RP", (2027,), "fr").school[1].name == "Osterferien"


def test_holidays_survive_the_memo() -> None:
    found = load_holidays("DE-RP", (2026,))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Holidays) == found


@pytest.mark.parametrize(
    ("region", "suggestions"),
    [
        ("Rheinland-Pfalz", ("DE-RP",)),
        ("DE-Rheinland-Pfalz", ("DE-RP",)),
        ("RP", ("DE-RP",)),
        ("de-rp", ("DE-RP",)),
        ("DE_RP", ("DE-RP",)),
        ("DE-", ("DE",)),
        ("Wien", ("AT-9",)),
        ("Rheinlandpfalz", ("DE-RP",)),
        ("XX", ()),
        ("", ()),
        ("../../etc/passwd", ()),
        ("9" * 10_000, ()),
    ],
)
def test_an_unknown_region_suggests_near_ones(region: str, suggestions: tuple[str, ...]) -> None:
    with pytest.raises(RegionError) as caught:
        load_holidays(region, (2026,))
    assert caught.value.region == region
    assert caught.value.suggestions == suggestions
    assert repr(region) in str(caught.value)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_data_file_is_in_order_and_names_its_source(path) -> None:
    data = json.loads(path.read_text("utf-8"))
    assert data["region"] == path.stem
    assert data["source"]
    spans = [
        (date.fromisoformat(one["first"]), date.fromisoformat(one["last"]))
        for one in data["breaks"]
    ]
    assert all(first <= last for first, last in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    assert spans[-1][1] <= date.fromisoformat(data["known_until"])
    assert {one["kind"] for one in data["breaks"]} <= data["names"].keys()
    assert all({"de", "en"} <= names.keys() for names in data["names"].values())
    # Holidays begin and end on a school day (Monday to Friday), so a wrong digit shows.
    assert all(day.isoweekday() <= 5 for span in spans for day in span)
    summers = [
        span for span, one in zip(spans, data["breaks"], strict=True) if one["kind"] == "summer"
    ]
    assert all(last - first == timedelta(days=39) for first, last in summers)
