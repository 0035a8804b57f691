"""Positioned nodes → typed values: every slip is told at its place, and nothing is guessed."""

from datetime import date, time
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite.fields.body import is_medium, medium_path
from netzsite.fields.convert import convert
from netzsite.fields.reading import Reading, Reference
from netzsite.markdown.render import Body
from netzsite.problems import Problem, Spot
from netzsite.records.accord import Accord, Goal
from netzsite.records.actor import Actor
from netzsite.records.carrier import Carrier
from netzsite.records.contact import Contact
from netzsite.records.event import Event
from netzsite.records.offer import Offer
from netzsite.records.picture import Picture
from netzsite.records.place import Place
from netzsite.records.post import Post
from netzsite.records.record import Record
from netzsite.records.site import Site
from netzsite.records.vocabulary import Term, Vocabulary
from netzsite.times.dates import Moment, PartialDate
from netzsite.yaml import nodes

ACTOR = "name: Familientreff\ncarrier: verein\n"


def read(
    record: type[Record], text: str, first_line: int = 1
) -> tuple[dict[str, Any] | None, Reading]:
    whole = "\n" * (first_line - 1) + text
    reading = Reading("actors/treff.yaml", whole, first_line)
    node = nodes.compose(text, reading.path, first_line)
    assert not isinstance(node, Problem), node
    return convert(node, record, reading), reading


def values(record: type[Record], text: str) -> dict[str, Any]:
    found, reading = read(record, text)
    assert reading.problems == []
    assert found is not None
    return found


def slips(record: type[Record], text: str) -> list[tuple[str, Spot]]:
    return [(problem.code, problem.spot) for problem in read(record, text)[1].problems]


def slip(record: type[Record], text: str) -> Problem:
    (problem,) = read(record, text)[1].problems
    return problem


@pytest.mark.parametrize(
    ("record", "text", "key", "expected"),
    [
        # YAML's own conversion would make 567 of it, 600, False, a float, a date.
        (Place, "name: Bürgerhaus\npostal_code: 01067", "postal_code", "01067"),
        (Place, "name: 10:00", "name", "10:00"),
        (Place, "name: no", "name", "no"),
        (Place, "name: off", "name", "off"),
        (Place, "name: 1.50", "name", "1.50"),
        (Place, "name: 0x1F", "name", "0x1F"),
        (Place, "name: 2026-11-20", "name", "2026-11-20"),
        (Place, "name: 'null'", "name", "null"),
        (Place, "name: Größe", "name", "Größe"),
        (Place, 'name: "a: b"', "name", "a: b"),
        (Place, "name: |\n  Haus\n  am Markt\n", "name", "Haus am Markt"),
        (Place, "name: Haus\nlat: 50.3772", "lat", 50.3772),
        (Contact, "phone: 0261 123456", "phone", "0261 123456"),
        (Offer, "name: Treff\nactors: [treff]\nmin_age: 06", "min_age", 6),
        (Post, "title: Fest\ndate: 20.11.2026\ndraft: ja", "draft", True),
        (Post, "title: Fest\ndate: 20.11.2026", "date", PartialDate(date(2026, 11, 20))),
        (Post, "title: Fest\ndate: 2026-11-20\ntags: [Umwelt, 2026]", "tags", ("Umwelt", "2026")),
        (Event, "title: T\nstart: 2026-11-20 18:00", "start", Moment(date(2026, 11, 20), time(18))),
        (Event, "title: T\nexcept: [2026-12-23]", "except_", (date(2026, 12, 23),)),
        (
            Event,
            "title: T\nmoved: {2026-11-11: 2026-11-18 14:00}",
            "moved",
            {date(2026, 11, 11): Moment(date(2026, 11, 18), time(14))},
        ),
        (Actor, ACTOR + "contacts: [{role: Leitung}]", "contacts", (Contact(role="Leitung"),)),
        (Post, "title: T\ndate: 2026-11-20\nimage: {src: fest.jpg}", "image", Picture(src="media/fest.jpg")),
        (Vocabulary, "topics: {schulden: {label: Schulden}}", "topics", {"schulden": Term(label="Schulden")}),
        (Accord, "goals: [{id: a, title: Mehr}]", "goals", (Goal(id="a", title="Mehr"),)),
    ],
)  # fmt: skip
def test_a_value_becomes_what_the_type_says(
    record: type[Record], text: str, key: str, expected: object
):
    assert values(record, text)[key] == expected


def test_a_note_for_the_desk_is_read_and_forgotten():
    found = values(Carrier, "name: Verein\ninternal: GEHEIM, die Miete ist offen")
    assert found == {"name": "Verein", "internal": None}


def test_every_value_has_its_place():
    text = ACTOR + "contacts:\n  - role: Leitung\n    phone: 0261 123456\ngoals: [Ruhe, Spiel]"
    assert read(Actor, text, 5)[1].spots == {
        "name": Spot(5, 7, 13),
        "carrier": Spot(6, 10, 6),
        "contacts": Spot(8, 3),
        "contacts.0": Spot(8, 5),
        "contacts.0.role": Spot(8, 11, 7),
        "contacts.0.phone": Spot(9, 12, 11),
        "goals": Spot(10, 8, 13),
        "goals.0": Spot(10, 9, 4),
        "goals.1": Spot(10, 15, 5),
    }


def test_the_keys_of_a_table_have_places_too():
    text = "title: T\nstart: 2026-01-14\nmoved:\n  11.11.2026: 2026-11-18"
    assert read(Event, text)[1].spots["moved.2026-11-11"] == Spot(4, 3, 10)


@pytest.mark.parametrize("empty", ["", "''", '"  "', "~", "null", "NULL"])
def test_an_empty_value_counts_as_not_given(empty: str):
    assert values(Actor, f"{ACTOR}url: {empty}\ngoals: {empty}\nplaces:\n  - {empty}\n") == {
        "name": "Familientreff",
        "carrier": "verein",
        "places": (),
    }


def test_a_comment_is_no_value():
    assert values(Actor, f"{ACTOR}url: # kommt noch\n").keys() == {"name", "carrier"}


def test_empty_entries_of_a_table_are_left_out():
    text = "title: T\nmoved: {2026-11-11: , 2026-12-09: 2026-12-10}"
    assert values(Event, text)["moved"] == {date(2026, 12, 9): Moment(date(2026, 12, 10))}


@pytest.mark.parametrize(
    ("record", "text", "expected"),
    [
        (Actor, "name: Treff", [("missing-key", Spot(1))]),
        (Actor, "name: Treff\ncarrier:", [("missing-key", Spot(2, 1, 7))]),
        (Actor, "{}", [("missing-key", Spot(1)), ("missing-key", Spot(1))]),
        (Actor, "- name: Treff", [("wrong-type", Spot(1, 1))]),
        (Actor, "nur Text", [("wrong-type", Spot(1, 1, 8))]),
        (Actor, ACTOR + "name: Noch einer", [("doubled-key", Spot(3, 1, 4))]),
        (Actor, ACTOR + "foo: 1\nfoo: 2", [("unknown-key", Spot(3, 1, 3)), ("doubled-key", Spot(4, 1, 3))]),
        (Actor, ACTOR + "[a]: x", [("wrong-type", Spot(3, 1, 3))]),
        (Actor, ACTOR + "? {a: b}\n: x", [("wrong-type", Spot(3, 3, 6))]),
        (Actor, "name: [Treff]\ncarrier: verein", [("wrong-type", Spot(1, 7, 7))]),
        (Actor, ACTOR + "goals: Ruhe, Platz", [("wrong-type", Spot(3, 8, 11))]),
        (Actor, ACTOR + "places: {a: b}", [("wrong-type", Spot(3, 9, 6))]),
        (Actor, ACTOR + "places: [[saal]]", [("wrong-type", Spot(3, 10, 6))]),
        (Actor, ACTOR + "contacts: [Frau Müller]", [("wrong-type", Spot(3, 12, 11))]),
        (Actor, ACTOR + "description: [Text]", [("wrong-type", Spot(3, 14, 6))]),
        (Actor, ACTOR + "contacts:\n  - rolle: Leitung", [("unknown-key", Spot(4, 5, 5))]),
        (Post, "title: A\ndate: 2026-11-20\nlang: tr", [("reserved-key", Spot(3, 1, 4))]),
        (Post, "title: A\ndate: 2026-11-20\nimage: fest.jpg", [("wrong-type", Spot(3, 8, 8))]),
        (Post, "title: A\ndate: 2026-11-20\nimage: {alt: Fest}", [("missing-key", Spot(3, 8))]),
        (Event, "title: A\nmoved: 2026-11-18", [("wrong-type", Spot(2, 8, 10))]),
        (Event, "title: A\nmoved: {2026-11-11: x}", [("bad-date", Spot(2, 21, 1))]),
        (Event, "title: A\nmoved: {x: 2026-11-11}", [("bad-date", Spot(2, 9, 1))]),
        (Event, "title: A\nmoved: {11.11.2026: 2026-11-12, 2026-11-11: 2026-11-13}", [("doubled-key", Spot(2, 33, 10))]),
        (Event, "title: A\nmoved: {[a]: 2026-11-12}", [("wrong-type", Spot(2, 9, 3))]),
        (Vocabulary, "topics: {a: {plain: b}}", [("missing-key", Spot(1, 13))]),
        (Site, "title: A\nlanguage: de\nbase_url: x\ntimezone: Bern oder so", [("bad-value", Spot(3, 11, 1)), ("bad-value", Spot(4, 11, 12))]),
    ],
)  # fmt: skip
def test_a_slip_is_told_where_it_stands(
    record: type[Record], text: str, expected: list[tuple[str, Spot]]
):
    assert slips(record, text) == expected


def test_all_slips_of_a_file_are_told_at_once():
    text = "träger: verein\nurl: kein Netz\njoined: 31.02.2024\ngoals: Ruhe"
    assert [code for code, _ in slips(Actor, text)] == [
        *("unknown-key", "bad-value", "bad-date", "wrong-type", "missing-key")
    ]


@pytest.mark.parametrize(
    ("written", "key", "meant"),
    [
        ("languages: de, tr", "languages", ("de", "tr")),
        ("languages: Deutsch, Türkisch", "languages", ("de", "tr")),
        ("languages: [Deutsch, tr]", "languages", ("de", "tr")),
        ("places: saal, hof", "places", ("saal", "hof")),
        ("places: saal", "places", ("saal",)),
        ("url: www.example.org", "url", "https://www.example.org"),
    ],
)
def test_what_can_mean_one_thing_alone_is_read(written: str, key: str, meant: object):
    found, reading = read(Actor, ACTOR + written)
    assert found[key] == meant
    assert not reading.problems
    if key == "places":
        assert [one.id for one in reading.references if one.kind == "place"] == list(meant)


def test_a_record_without_a_required_value_is_not_made():
    assert read(Actor, "name: Treff")[0] is None
    assert read(Actor, "name: [Treff]\ncarrier: verein")[0] is None
    assert read(Actor, "- name")[0] is None
    assert read(Actor, "")[0] is None


def test_a_record_is_made_without_an_optional_value_that_is_wrong():
    found, reading = read(Actor, ACTOR + "joined: gestern\nplaces: [saal, [x]]")
    assert found == {"name": "Familientreff", "carrier": "verein", "places": ("saal",)}
    assert len(reading.problems) == 2


def test_a_table_keeps_its_good_entries():
    found, _ = read(Vocabulary, "topics: {a: {label: A}, b: {plain: B}}")
    assert found == {"topics": {"a": Term(label="A")}}


@pytest.mark.parametrize(
    ("written", "guess"),
    [
        ("träger", "carrier"),
        ("traeger", "carrier"),
        ("Träger", "carrier"),
        ("Ziele", "goals"),
        ("Zielgruppe", "target_groups"),
        ("zielgruppen", "target_groups"),
        ("Webseite", "url"),
        ("website", "url"),
        ("kontakt", "contacts"),
        ("ansprechpartner", "contacts"),
        ("Ansprechparter", "contacts"),
        ("sumary", "summary"),
        ("Bestätigt am", "checked_on"),
        ("notiz", "internal"),
        ("target-groups", "target_groups"),
        ("NAMES", "name"),
    ],
)
def test_a_german_or_misspelt_key_is_told_the_right_one(written: str, guess: str):
    _, reading = read(Actor, f"{ACTOR}{written}: x")
    problem, *of_its_value = reading.problems
    assert problem.code == "unknown-key"
    assert {one.code for one in of_its_value} <= {"wrong-type", "bad-date", "bad-value"}
    assert problem.facts["key"] == written
    assert problem.facts["of"] == "@actor"
    assert problem.facts["guess"] == guess
    assert problem.facts.get("example", f"{guess}: ").startswith(f"{guess}: ")


def test_a_key_that_is_near_nothing_is_told_all_there_are():
    problem = slip(Carrier, "name: Verein\nxyzzy: 1")
    assert "guess" not in problem.facts
    choices = problem.facts["choices"].split(", ")
    assert {"name", "parent", "url", "checked_on", "aliases"} <= set(choices)
    assert "except" in slip(Event, "title: A\nxyzzy: 1").facts["choices"].split(", ")


def test_a_missing_key_names_its_label_and_an_example():
    problem = slip(Post, "title: Fest")
    assert problem.facts == {
        "key": "date",
        "label": "Datum",
        "of": "@post",
        "example": "date: 2026-11-20",
    }
    assert slip(Actor, "carrier: verein").facts["example"] == "name: …"


@pytest.mark.parametrize(
    ("text", "wanted", "given"),
    [
        ("nur Text", "@mapping", "@text"),
        ("[a]", "@mapping", "@list"),
        (ACTOR + "url: [a]", "@url", "@list"),
        (ACTOR + "url: {a: b}", "@url", "@mapping"),
        (ACTOR + "goals: Ruhe", "@list", "@text"),
        (ACTOR + "contacts: [Leitung]", "@contact", "@text"),
        (ACTOR + "description: {a: b}", "@markdown", "@mapping"),
        (ACTOR + "[a]: b", "@key", "@list"),
    ],
)
def test_a_wrong_type_says_what_is_there_and_what_is_wanted(text: str, wanted: str, given: str):
    facts = slip(Actor, text).facts
    assert (facts["wanted"], facts["given"]) == (wanted, given)


def test_a_text_in_place_of_a_list_is_shown_as_a_list():
    assert slip(Actor, ACTOR + "goals: Ruhe").facts["example"] == "goals: [Ruhe]"
    assert slip(Actor, ACTOR + "goals: {a: b}").facts["example"] == "goals: [eins, zwei]"


@pytest.mark.parametrize(
    ("hours", "spot"),
    [
        ("Di 14-16 Uhr, Fr 25 Uhr", Spot(3, 25, 2)),
        ('"Di 14-16 Uhr, Fr 25 Uhr"', Spot(3, 26, 2)),
        ("'Di 14-16 Uhr, Fr 25 Uhr'", Spot(3, 26, 2)),
    ],
)
def test_a_slip_inside_a_value_is_narrowed_to_its_part(hours: str, spot: Spot):
    problem = slip(Offer, f"name: Treff\nactors: [treff]\nhours: {hours}")
    assert (problem.code, problem.spot) == ("bad-hours", spot)


def test_blanks_after_a_quote_do_not_shift_the_place():
    problem = slip(Offer, 'name: Treff\nactors: [treff]\nhours: "   Fr 25 Uhr"')
    assert problem.spot == Spot(3, 15, 2)


def test_a_slip_in_a_value_of_several_lines_lies_in_its_line():
    problem = slip(Offer, "name: Treff\nactors: [treff]\nhours: |\n  Di 14-16\n  Fr 25 Uhr\n")
    assert problem.spot == Spot(5, 6, 2)


@pytest.mark.parametrize(
    ("text", "spot", "example"),
    [
        (ACTOR + "short_name: Raum #3", Spot(3, 18, 2), 'short_name: "Raum #3"'),
        (ACTOR + "short_name: #treff", Spot(3, 13, 6), 'short_name: "#treff"'),
        ("name: Treff #2\ncarrier: verein", Spot(1, 13, 2), 'name: "Treff #2"'),
    ],
)
def test_a_value_that_is_lost_to_a_comment_is_told(text: str, spot: Spot, example: str):
    problem = slip(Actor, text)
    assert (problem.code, problem.spot, problem.facts["example"]) == ("yaml-comment", spot, example)


@pytest.mark.parametrize(
    "line",
    ["short_name: Treff # der kurze", "short_name: '#treff'", "# nur ein Kommentar", "url: # x"],
)
def test_a_comment_that_is_meant_as_one_is_not_told(line: str):
    assert slips(Actor, f"{ACTOR}{line}\n") == []


@pytest.mark.parametrize(
    ("record", "text", "example"),
    [
        (Actor, ACTOR + "goals: Ruhe, Spiel", "goals: [Ruhe, Spiel]"),
        (Actor, ACTOR + "goals: {a: b}", "goals: [eins, zwei]"),
        (Offer, "name: A\nactors: [[mckiz]]", "actors: familientreff"),
        (Vocabulary, "topics: Schulden", "topics: {kuerzel: {label: …, plain: Ich habe Schulden}}"),
        (Accord, "goals: Ruhe", "goals: [Ruhe]"),
        (Accord, "goals: {a: b}", "goals: [{id: …, title: …}]"),
        (Site, "provider: Verein", "provider: {name: …, represented_by: …}"),
        (Actor, ACTOR + "description: [a]", "description: …"),
    ],
)
def test_a_wrong_type_shows_how_it_is_written(record: type[Record], text: str, example: str):
    problem = next(one for one in read(record, text)[1].problems if one.code == "wrong-type")
    assert problem.facts["example"] == example


def test_a_block_that_begins_with_blank_lines_keeps_its_places():
    text = ACTOR + "description: |\n\n\n  Siehe [hier](actor:anker).\n"
    assert read(Actor, text)[1].references[-1] == Reference("actor", "anker", Spot(6, 16, 11))


def test_references_are_kept_with_their_places():
    text = ACTOR + "places: [saal]\nlogo: logo.png\ntopics:\n  - schulden"
    assert read(Actor, text)[1].references == [
        Reference("carrier", "verein", Spot(2, 10, 6)),
        Reference("place", "saal", Spot(3, 10, 4)),
        Reference("medium", "media/logo.png", Spot(4, 7, 8)),
        Reference("topic", "schulden", Spot(6, 5, 8)),
    ]


def test_references_inside_a_text_are_kept_with_their_places():
    text = ACTOR + (
        "description: |\n"
        "  Mit [Anker](offer:treff#zeiten) und\n"
        "  [Satzung](../media/satzung.pdf#page=2), [Netz](https://example.org/),\n"
        "  ![Beet](/media/beet.jpg), [Seite](/mitmachen/).\n"
    )
    found = read(Actor, text)[1].references[1:]
    assert [(one.kind, one.id, one.spot.line) for one in found] == [
        ("offer", "treff", 4),
        ("medium", "media/satzung.pdf", 5),
        ("medium", "media/beet.jpg", 6),
    ]


def test_a_text_is_rendered_once_and_its_html_kept_apart():
    found, reading = read(Actor, ACTOR + "description: Ein **Treff**.")
    body = found["description"]
    assert isinstance(body, Body)
    assert body.excerpt == "Ein Treff."
    assert reading.fragments[body.digest].parts == ("<p>Ein <strong>Treff</strong>.</p>",)


def test_problems_of_a_text_have_lines_of_the_file():
    text = ACTOR + "description: |\n  Satz.\n\n  Bitte: TODO\n"
    assert slips(Actor, text) == [("left-over", Spot(6, 10, 4))]


def test_a_text_that_costs_too_much_is_left_out():
    found, reading = read(Actor, f"{ACTOR}description: '{'*' * 2000}'")
    assert [problem.code for problem in reading.problems] == ["markdown-too-costly"]
    assert found == {"name": "Familientreff", "carrier": "verein"}


@pytest.mark.parametrize(
    ("target", "path", "medium"),
    [
        ("media/satzung.pdf", "media/satzung.pdf", True),
        ("/media/satzung.pdf", "media/satzung.pdf", True),
        ("../../media/fest.jpg#page=3", "media/fest.jpg", True),
        ("/akteure/", "akteure/", False),
        ("actor:mckiz", "actor:mckiz", False),
        ("https://example.org/media/x", "https://example.org/media/x", False),
        ("#oben", "", False),
        ("", "", False),
    ],
)
def test_a_link_to_the_media_folder_is_a_medium(target: str, path: str, medium: bool):
    assert medium_path(target) == path
    assert is_medium(target) is medium


KEYS = st.sampled_from(["name", "carrier", "url", "goals", "contacts", "träger", "moved", "lang"])
SCALARS = st.text(max_size=12) | st.sampled_from(["10:00", "01067", "no", "2026-11-20", "~"])
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | SCALARS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(KEYS | SCALARS, TREES, max_size=5), st.sampled_from([Actor, Event, Accord]))
@settings(max_examples=150)
def test_no_tree_of_values_raises(tree: dict[str, object], record: type[Record]):
    text = yaml.safe_dump(tree, allow_unicode=True, default_style='"')
    node = nodes.compose(text, "x.yaml")
    if isinstance(node, Problem):
        return
    reading = Reading("x.yaml", text)
    found = convert(node, record, reading)
    assert found is not None or reading.problems
    if found is not None:
        assert isinstance(record(id="x", path="x.yaml", **found), record)
    lines = text.count("\n") + 1
    assert all(1 <= problem.spot.line <= lines for problem in reading.problems)
