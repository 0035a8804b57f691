"""Shapes of single values: what is read, what is refused, and the JSON Schema that agrees."""

from datetime import date, time
from typing import Annotated, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from netzsite.catalogue import catalogue, languages
from netzsite.fields import types
from netzsite.fields.types import MAX_LINE, MAX_PROSE, Choice, Slip, read_base_url
from netzsite.text import slug
from netzsite.times.dates import Moment, PartialDate
from netzsite.times.hours import Hours
from netzsite.times.opening_rules import Span, WeeklyRule
from netzsite.times.recurrence import NthDay, Recurrence

SHAPES = {
    name: get_args(value)[1]
    for name, value in vars(types).items()
    if get_origin(value) is Annotated
}
STATUS = Choice(("active", "paused", "ended"))

GOOD = [
    ("Line", "  Haus \n am\u00a0Markt ", "Haus am Markt"),
    ("Line", "10:00", "10:00"),
    ("Line", "x" * MAX_LINE, "x" * MAX_LINE),
    ("Prose", " Erster Satz.\nZweiter Satz. ", "Erster Satz.\nZweiter Satz."),
    ("Prose", "x" * MAX_PROSE, "x" * MAX_PROSE),
    ("Note", "GEHEIM", None),
    ("Flag", "true", True),
    ("Flag", "Ja", True),
    ("Flag", "YES", True),
    ("Flag", "nein", False),
    ("Flag", "no", False),
    ("Flag", "False", False),
    ("Day", "2026-11-20", date(2026, 11, 20)),
    ("Day", "20.11.2026", date(2026, 11, 20)),
    ("DayOrMonth", "2026-11", PartialDate(date(2026, 11, 1), whole_month=True)),
    ("DayOrMonth", "20. November 2026", PartialDate(date(2026, 11, 20))),
    ("When", "2026-11-20 18:00", Moment(date(2026, 11, 20), time(18))),
    ("When", "20. 11. 2026, 18 Uhr", Moment(date(2026, 11, 20), time(18))),
    ("Url", "https://example.org/", "https://example.org/"),
    ("Url", "http://bürger.example/a?b=c&d#e", "http://bürger.example/a?b=c&d#e"),
    ("Url", "https://[::1]:8080/", "https://[::1]:8080/"),
    ("EditUrl", "https://git.example.org/edit/{path}", "https://git.example.org/edit/{path}"),
    ("BaseUrl", "https://example.org", "https://example.org"),
    ("BaseUrl", "https://example.org/unten/", "https://example.org/unten"),
    ("Email", "post@example.org", "post@example.org"),
    ("Email", "Vorname.Name+netz@bürger-verein.de", "Vorname.Name+netz@bürger-verein.de"),
    ("Phone", "0261 123456", "0261 123456"),
    ("Phone", "+49 (0)261 / 123-456", "+49 (0)261 / 123-456"),
    ("Phone", "0170–1234567", "0170–1234567"),
    ("Phone", "116117", "116117"),
    ("ServiceNumber", "110", "110"),
    ("ServiceNumber", "116 123", "116 123"),
    ("ServiceNumber", "0800 1110550", "0800 1110550"),
    ("ServiceNumber", "+49 (0)261 / 123-456", "+49 (0)261 / 123-456"),
    ("Language", "de", "de"),
    ("Language", "de-simple", "de-simple"),
    ("Language", "zh-Hant-TW", "zh-Hant-TW"),
    ("Language", "gsw", "gsw"),
    ("Accent", "#1f6F5c", "#1f6F5c"),
    ("Timezone", "Europe/Berlin", "Europe/Berlin"),
    ("Timezone", "UTC", "UTC"),
    ("OpeningHours", "Di 14–16 Uhr", Hours(weekly=(WeeklyRule(days=(2,), spans=(Span(start=time(14), end=time(16)),)),))),
    ("Repeat", "jeden 2. Mittwoch im Monat", Recurrence(frequency="monthly", nth_days=(NthDay(day=3, nth=2),))),
    ("Region", "DE-RP", "DE-RP"),
    ("TermId", "schulden", "schulden"),
    ("Alias", "/alte-adresse/", "/alte-adresse/"),
    ("Alias", "alte/adresse", "/alte/adresse/"),
    ("Alias", "/kontakt.php", "/kontakt.php"),
    ("Alias", "/v1.2/", "/v1.2/"),
    ("PictureFile", "fest.jpg", "media/fest.jpg"),
    ("PictureFile", "/media/2026/fest.jpg", "media/2026/fest.jpg"),
    ("PictureFile", "a..b.jpg", "media/a..b.jpg"),
    ("Age", "0", 0),
    ("Age", "+6", 6),
    ("Age", "006", 6),
    ("Age", "120", 120),
    ("Latitude", "50.3772", 50.3772),
    ("Latitude", "-90", -90.0),
    ("Longitude", "180.0", 180.0),
    ("ActorId", "mckiz", "mckiz"),
    ("ActorId", "gibt es nicht", "gibt es nicht"),
]  # fmt: skip

BAD = [
    ("Line", "x" * (MAX_LINE + 1), "bad-value"),
    ("Prose", "x" * (MAX_PROSE + 1), "bad-value"),
    ("Flag", "vielleicht", "bad-value"),
    ("Flag", "1", "bad-value"),
    ("Flag", "on", "bad-value"),
    ("Day", "2026-11-20 18:00", "bad-date"),
    ("Day", "01/02/2026", "ambiguous-date"),
    ("DayOrMonth", "2026", "bad-date"),
    ("When", "morgen", "bad-date"),
    ("When", "2026-11-20T18:00Z", "ambiguous-date"),
    ("Url", "example.org", "bad-value"),
    ("Url", "javascript:alert(1)", "bad-value"),
    ("Url", "ftp://example.org/", "bad-value"),
    ("Url", "https://", "bad-value"),
    ("Url", "https:///x", "bad-value"),
    ("Url", "https://example.org/a b", "bad-value"),
    ("Url", 'https://example.org/"><script>', "bad-value"),
    ("Url", "https://example.org:99999/", "bad-value"),
    ("Url", "https://example.org:0/", "bad-value"),
    ("Url", "https://[::1/", "bad-value"),
    ("Url", "https://example.org/" + "x" * MAX_LINE, "bad-value"),
    ("EditUrl", "https://git.example.org/edit/", "bad-value"),
    ("EditUrl", "https://git.example.org/{path}/{path}", "bad-value"),
    ("EditUrl", "git.example.org/{path}", "bad-value"),
    ("BaseUrl", "https://example.org/?a", "bad-value"),
    ("BaseUrl", "https://example.org/#a", "bad-value"),
    ("BaseUrl", "https://anna:geheim@example.org", "bad-value"),
    ("BaseUrl", "example.org", "bad-value"),
    ("Email", "post@example", "bad-value"),
    ("Email", "post.example.org", "bad-value"),
    ("Email", "Anna <post@example.org>", "bad-value"),
    ("Email", "post@example.org\nBcc: x@example.org", "bad-value"),
    ("Phone", "0261", "bad-value"),
    ("Phone", "nach Absprache", "bad-value"),
    ("Phone", "0261 123456 (Anna)", "bad-value"),
    ("Phone", "1" * 16, "bad-value"),
    ("Phone", "0 - - - - 1", "bad-value"),
    ("Phone", "٠٢٦١١٢٣٤٥", "bad-value"),
    ("ServiceNumber", "11", "bad-value"),
    ("ServiceNumber", "1 1", "bad-value"),
    ("ServiceNumber", "١١٠", "bad-value"),
    ("ServiceNumber", "112 (Notruf)", "bad-value"),
    ("Language", "Deutsch", "bad-value"),
    ("Language", "DE", "bad-value"),
    ("Language", "de_DE", "bad-value"),
    ("Accent", "grün", "bad-value"),
    ("Accent", "#fff", "bad-value"),
    ("Accent", "#FFCC00", "pale-accent"),
    ("Accent", "#1f6f5c;}", "bad-value"),
    ("Timezone", "Berlin", "bad-value"),
    ("Timezone", "../../etc/passwd", "bad-value"),
    ("Timezone", "Europe", "bad-value"),
    ("Timezone", "Europe/Berlin\x00", "bad-value"),
    ("OpeningHours", "Di 25 Uhr", "bad-hours"),
    ("OpeningHours", "irgendwann", "bad-hours"),
    ("Repeat", "manchmal", "bad-repeat"),
    ("Repeat", "FREQ=SECONDLY", "bad-repeat"),
    ("Region", "Rheinland-Pfalz", "unknown-region"),
    ("Region", "XX", "unknown-region"),
    ("TermId", "Schulden & Geld", "bad-value"),
    ("TermId", "مرحبا", "bad-value"),
    ("Alias", "/", "bad-value"),
    ("Alias", "/größe/", "bad-value"),
    ("Alias", "https://example.org/", "bad-value"),
    ("Alias", "/a/../b/", "bad-value"),
    ("Alias", "/?p=12", "bad-value"),
    ("PictureFile", "../geheim.txt", "leaves-site"),
    ("PictureFile", "/home/anna/fest.jpg", "leaves-site"),
    ("PictureFile", "media/satzung.pdf", "not-a-picture"),
    ("PictureFile", "fest", "not-a-picture"),
    ("PictureFile", "media/../../x", "leaves-site"),
    ("PictureFile", "https://example.org/x.jpg", "leaves-site"),
    ("PictureFile", "C:\\Bilder\\fest.jpg", "leaves-site"),
    ("Age", "-1", "bad-value"),
    ("Age", "121", "bad-value"),
    ("Age", "6.5", "bad-value"),
    ("Age", "sechs", "bad-value"),
    ("Age", "1_0", "bad-value"),
    ("Age", "٦", "bad-value"),
    ("Age", "9" * 5_000, "bad-value"),
    ("Latitude", "90.1", "bad-value"),
    ("Latitude", "50,3772", "bad-value"),
    ("Latitude", "nan", "bad-value"),
    ("Latitude", "1e2", "bad-value"),
    ("Longitude", "-180.5", "bad-value"),
]


@pytest.mark.parametrize(("shape", "text", "value"), GOOD)
def test_a_value_is_read(shape: str, text: str, value: object):
    assert SHAPES[shape].read(text) == value


@pytest.mark.parametrize(("shape", "text", "code"), BAD)
def test_what_does_not_fit_is_refused_and_never_guessed(shape: str, text: str, code: str):
    with pytest.raises(Slip) as caught:
        SHAPES[shape].read(text)
    assert caught.value.code == code
    assert str(caught.value) == code


def test_every_shape_is_tried_here():
    tried = {shape for shape, _, _ in GOOD}
    ids = {name for name in SHAPES if name.endswith("Id")} | {"TargetGroup", "Topic"}
    assert set(SHAPES) - ids == tried - ids


@pytest.mark.parametrize(
    ("shape", "text", "code"),
    BAD,
)
def test_a_refusal_shows_a_value_that_would_be_taken(shape: str, text: str, code: str):
    with pytest.raises(Slip) as caught:
        SHAPES[shape].read(text)
    facts = caught.value.facts
    if code == "bad-value" and facts["example"] != "…":
        SHAPES[shape].read(facts["example"])
    if "guess" in facts:
        SHAPES[shape].read(facts["guess"])


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("shape", "text", "code"), BAD)
def test_what_was_wanted_has_a_word_in_every_language(
    language: str, shape: str, text: str, code: str
):
    with pytest.raises(Slip) as caught:
        SHAPES[shape].read(text)
    words = catalogue(language)
    assert code in words.problems
    for value in caught.value.facts.values():
        assert not value.startswith("@") or value[1:] in words.kinds


@pytest.mark.parametrize(("shape", "text", "value"), GOOD)
def test_the_json_schema_takes_what_the_build_takes(shape: str, text: str, value: object):
    schema = SHAPES[shape].schema()
    Draft202012Validator.check_schema(schema)
    written = value if isinstance(value, bool | int | float) else text.strip()
    if shape.endswith("Id") and " " in text:
        return
    Draft202012Validator(schema).validate(written)


@pytest.mark.parametrize("text", ["  (so)  ", "Di 14-16 Uhr, Fr 25 Uhr"])
def test_a_slip_in_hours_says_which_part(text: str):
    with pytest.raises(Slip) as caught:
        SHAPES["OpeningHours"].read(text)
    slip = caught.value
    assert slip.facts["part"] == text[slip.start : slip.end]
    assert slip.facts["reason"].startswith("@")


@pytest.mark.parametrize(
    ("text", "guess"), [("activ", "active"), ("ende", "ended"), ("Paused", "paused"), ("xyz", None)]
)
def test_a_choice_names_the_nearest_word(text: str, guess: str | None):
    with pytest.raises(Slip) as caught:
        STATUS.read(text)
    assert caught.value.code == "not-in-list"
    assert caught.value.facts.get("guess") == guess
    assert caught.value.facts["choices"] == "active, paused, ended"


REGISTRATION = Choice(get_args(types.Registration))
GERMAN = [
    ("telefonisch", REGISTRATION, "phone"),
    ("Ohne Anmeldung", REGISTRATION, "none"),
    ("nach Vereinbarung", REGISTRATION, "appointment"),
    ("pausiert", STATUS, "paused"),
    ("telefonisch", STATUS, None),
]


@pytest.mark.parametrize(("text", "choice", "meant"), GERMAN)
def test_a_german_word_is_the_listed_one(text: str, choice: Choice, meant: str | None):
    if meant:
        assert choice.read(text) == meant
        return
    with pytest.raises(Slip) as caught:
        choice.read(text)
    assert caught.value.facts.get("guess") is None


def test_each_german_word_means_a_listed_one():
    lists = (types.Registration, types.OfferStatus, types.AgreementStatus)
    assert set(types._GERMAN.values()) <= {word for listed in lists for word in get_args(listed)}
    assert all(slug(word) == word for word in types._GERMAN)


def test_a_choice_takes_its_words():
    assert [STATUS.read(word) for word in STATUS.words] == list(STATUS.words)
    assert STATUS.schema() == {"type": "string", "enum": ["active", "paused", "ended"]}


def test_a_base_url_ends_without_a_slash():
    assert read_base_url("https://example.org/a/b///") == "https://example.org/a/b"


@pytest.mark.parametrize("shape", sorted(SHAPES))
@given(text=st.text(max_size=30) | st.from_regex(r"[0-9a-zA-Z.:/@#+-]{0,20}", fullmatch=True))
@settings(max_examples=40)
def test_no_text_raises_anything_but_a_slip(shape: str, text: str):
    try:
        SHAPES[shape].read(text)
    except Slip as slip:
        code = slip.code
    else:
        return
    assert code in catalogue("de").problems


@given(st.text(max_size=40))
@settings(max_examples=150)
def test_no_path_of_a_medium_leads_out_of_its_folder(text: str):
    try:
        path = SHAPES["PictureFile"].read(f"{text}.jpg")
    except Slip:
        return
    assert path.startswith("media/")
    assert ".." not in path.split("/")
