"""References: what leads nowhere is told with the nearest that exists."""

from datetime import date

import pytest

from netzsite.network.references import dangling, known_ids
from netzsite.network.waiting import waiting
from netzsite.problems import Problem, Spot
from netzsite.records.parse import Home, Parsed, home_of, parse

MEDIA = ("media/fest.jpg", "media/satzung.pdf")
PEOPLE = {
    "carriers/verein.yaml": "name: Bürgerverein Musterdorf e. V.",
    "actors/mckiz.yaml": "name: McKiz\ncarrier: verein",
    "actors/jugendhaus.yaml": "name: Jugendhaus Anker\ncarrier: verein",
    "places/saal.yaml": "name: Bürgersaal",
    "vocabulary.yaml": "topics: {schulden: {label: Schulden}}\ntarget_groups: {familien: {label: Familien}}",
    "network.yaml": "goals: [{id: treffpunkte, title: Überall ein Treffpunkt}]",
    "posts/fest.md": "---\ntitle: Das Fest\ndate: 2026-11-20\n---\n",
}  # fmt: skip


def parsed(files: dict[str, str]) -> tuple[Parsed, ...]:
    found = []
    for path, text in (PEOPLE | files).items():
        home = home_of(path)
        assert isinstance(home, Home)
        found.append(parse(path, home, text.encode()))
    return tuple(found)


def told(files: dict[str, str], *, drafts: bool = False) -> list[Problem]:
    found = parsed(files)
    unseen = {} if drafts else waiting(found, date(2026, 11, 20))
    return dangling(found, known_ids(found, MEDIA), unseen)


def offer(more: str, actors: str = "[mckiz]") -> dict[str, str]:
    return {"offers/rat.yaml": f"name: Rat\nactors: {actors}\n{more}"}


@pytest.mark.parametrize(
    "files",
    [
        offer("place: saal\ntopics: [schulden]\ntarget_groups: [familien]"),
        {"actors/neu.yaml": "name: Neu\ncarrier: verein\nlogo: fest.jpg"},
        {"posts/neu.md": "---\ntitle: N\ndate: 2026-11-20\n---\n[x](actor:mckiz) [y](post:fest#a) [z](../media/satzung.pdf) [s](topic:schulden)"},
        {"network.yaml": "goals: [{id: a, title: A}]\nagreements: [{title: V, actors: [mckiz], goal: a}]"},
    ],
)  # fmt: skip
def test_what_exists_is_not_told(files: dict[str, str]):
    assert told(files) == []


@pytest.mark.parametrize(
    ("files", "facts"),
    [
        (offer("", "[mckitz]"), {"kind": "@actor", "id": "mckitz", "guess": "mckiz", "name": "McKiz"}),
        (offer("", "[jugendhaus-anker]"), {"kind": "@actor", "id": "jugendhaus-anker", "guess": "jugendhaus", "name": "Jugendhaus Anker"}),
        (offer("place: buergersaal"), {"kind": "@place", "id": "buergersaal", "guess": "saal", "name": "Bürgersaal"}),
        (offer("topics: [schuld]"), {"kind": "@topic", "id": "schuld", "guess": "schulden", "name": "Schulden"}),
        (offer("target_groups: [Familie]"), {"kind": "@target_group", "id": "Familie", "guess": "familien", "name": "Familien"}),
        (offer("place: xyzzy"), {"kind": "@place", "id": "xyzzy", "choices": "saal"}),
        (offer("", "[qqq]"), {"kind": "@actor", "id": "qqq", "choices": "jugendhaus, mckiz"}),
        ({"posts/neu.md": "---\ntitle: N\ndate: 2026-11-20\n---\n[x](event:sommer)"}, {"kind": "@event", "id": "sommer", "choices": "–"}),
        ({"posts/neu.md": "---\ntitle: N\ndate: 2026-11-20\n---\n[x](post:feste)"}, {"kind": "@post", "id": "feste", "guess": "fest", "name": "Das Fest"}),
        ({"network.yaml": "agreements: [{title: V, actors: [mckiz], goal: weg}]"}, {"kind": "@goal", "id": "weg", "choices": "–"}),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_with_the_nearest(files: dict[str, str], facts: dict[str, str]):
    (problem,) = told(files)
    assert problem.code == "dangling-reference"
    assert problem.facts == facts


@pytest.mark.parametrize(
    ("target", "facts"),
    [
        ("media/feste.jpg", {"picture": "media/feste.jpg", "guess": "media/fest.jpg"}),
        ("media/qqq.mp4", {"picture": "media/qqq.mp4"}),
    ],
)
def test_a_missing_medium_is_told(target: str, facts: dict[str, str]):
    text = f"---\ntitle: N\ndate: 2026-11-20\n---\n\nSiehe [hier]({target})."
    (problem,) = told({"posts/neu.md": text})
    assert (problem.code, problem.facts) == ("medium-missing", facts)
    assert problem.spot == Spot(6, 14, len(target))
    assert problem.path == "posts/neu.md"


def test_a_problem_lies_where_the_reference_stands():
    (problem,) = told(offer("place: weg", "\n  - mckiz\n  - mckiz"))
    assert (problem.path, problem.spot) == ("offers/rat.yaml", Spot(5, 8, 3))


def test_no_more_than_a_dozen_choices_are_listed():
    many = {f"places/ort-{number:02d}.yaml": "name: Ort" for number in range(20)}
    (problem,) = told(many | offer("place: qqq"))
    choices = problem.facts["choices"]
    assert choices.endswith(" …")
    assert choices.count(",") == 11


@pytest.mark.parametrize(
    ("broken", "reference"),
    [
        ({"vocabulary.yaml": "topics: ["}, "topics: [schulden]"),
        ({"vocabulary.yaml": "topics: ["}, "target_groups: [weg]"),
        ({"actors/mckiz.yaml": "name: ["}, ""),
    ],
)
def test_a_file_with_a_mistake_gives_one_message_and_not_twenty(
    broken: dict[str, str], reference: str
):
    assert told(broken | offer(reference)) == []


def test_a_word_with_a_mistake_of_its_own_is_known():
    broken = {"vocabulary.yaml": "topics:\n  schulden: {plain: Geld}\n  wohnen: {label: Wohnen}"}
    assert told(broken | offer("topics: [schulden, wohnen]")) == []


DRAFT = {"posts/entwurf.md": "---\ntitle: E\ndate: 2026-11-01\ndraft: true\n---\n"}
FUTURE = {"posts/bald.md": "---\ntitle: B\ndate: 2026-12-01\n---\n[x](post:entwurf)"}


@pytest.mark.parametrize(("key", "reason"), [("entwurf", "@draft"), ("bald", "@future")])
def test_a_link_to_what_is_not_shown_yet_is_told_until_it_is(key: str, reason: str):
    files = DRAFT | FUTURE | {"pages/seite.md": f"---\ntitle: S\n---\n[x](post:{key})"}
    (problem,) = told(files)
    assert problem.code == "hidden-reference"
    assert problem.path == "pages/seite.md"
    assert problem.facts == {"id": key, "reason": reason}
    assert told(files, drafts=True) == []


def test_what_is_hidden_itself_may_point_at_what_is_hidden():
    assert told(DRAFT | FUTURE) == []


@pytest.mark.parametrize(
    ("files", "at", "id_", "reason"),
    [
        (
            {"carriers/verein.yaml": "name: Verein\ndraft: true"},
            ("actors/jugendhaus.yaml", "actors/mckiz.yaml"),
            "verein",
            "@draft",
        ),
        (
            offer("") | {"actors/mckiz.yaml": "name: M\ncarrier: verein\npublish_date: 2026-12-01"},
            ("offers/rat.yaml",),
            "mckiz",
            "@future",
        ),
    ],
)
def test_what_waits_for_what_it_needs_is_told_at_its_line(
    files: dict[str, str], at: tuple[str, ...], id_: str, reason: str
):
    problems = told(files)
    assert {problem.code for problem in problems} == {"needs-hidden"}
    assert tuple(sorted(problem.path for problem in problems)) == at
    assert all(problem.facts == {"id": id_, "reason": reason} for problem in problems)


def test_every_kind_of_id_is_known_by_the_name_people_use():
    known = known_ids(parsed({}), MEDIA)
    assert known["actor"] == {"mckiz": "McKiz", "jugendhaus": "Jugendhaus Anker"}
    assert known["topic"] == {"schulden": "Schulden"}
    assert known["goal"] == {"treffpunkte": "Überall ein Treffpunkt"}
    assert known["post"] == {"fest": "Das Fest"}
    assert known["event"] == {}
    assert set(known["medium"]) == set(MEDIA)
