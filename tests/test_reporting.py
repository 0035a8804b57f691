"""Problems → what people and tools read: sentences, places, carets, JSON, annotations."""

import json
import re
import time
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from netzsite.catalogue import catalogue
from netzsite.edits import Edit, Move
from netzsite.pipeline.build import Report
from netzsite.pipeline.options import Counts, Unseen
from netzsite.problem_text import WIDTH, help_of, message, suggestion, text, where
from netzsite.problems import SEVERITIES, Problem, Severity, Spot
from netzsite.records.parse import home_of, parse
from netzsite.reporting import (
    MOST,
    NOTICES,
    annotation,
    as_code_quality,
    as_json,
    data,
    problems,
    summary,
)

FACTS = set(re.findall(r"{(\w+)}", json.dumps([repr(catalogue(name)) for name in ("de", "en")])))
"""Names that messages have a place for."""
DE, EN = catalogue("de"), catalogue("en")
UNKNOWN = Problem(
    code="unknown-key",
    path="content/offers/schuldnerberatung.yaml",
    spot=Spot(7, 1, 10),
    facts={
        "key": "zielgruppe",
        "of": "@offer",
        "guess": "target_groups",
        "label": "Zielgruppen",
        "example": "target_groups: [familien, jugendliche]",
    },
    excerpt="zielgruppe: Familien",
)
NOTICE = Problem(code="unused-medium", path="content/media/alt.txt")
WARNING = Problem(code="similar-tags", path="content/posts/a.md", spot=Spot(1))
GATE = Problem(code="privacy-missing", path="content/site.yaml", spot=Spot(1))
LINE_OF_CARETS = re.compile(r"^ +│ ( *)(\^+)$", re.MULTILINE)


def report(*found: Problem, **more: object) -> Report:
    return Report(problems=found, **({"published": False} | more))


def shown(problem: Problem) -> tuple[str, str]:
    """The source line as shown, and the part of it that stands above the carets."""
    _, source, carets, *_ = text(problem, DE).split("\n")
    hit = LINE_OF_CARETS.search(carets)
    assert hit
    line = source.partition("│ ")[2]
    start = len(hit[1])
    return line, line[start : start + len(hit[2])]


def test_a_problem_reads_as_the_handbook_shows_it():
    assert text(UNKNOWN, DE) == (
        "content/offers/schuldnerberatung.yaml:7:1: Fehler: „zielgruppe“ ist kein Feld eines "
        "Angebots. Meinten Sie „target_groups“ (Zielgruppen)?\n"
        "  7 │ zielgruppe: Familien\n"
        "    │ ^^^^^^^^^^\n"
        "  Hilfe: target_groups: [familien, jugendliche]                            [unknown-key]"
    )


def test_the_code_ends_at_the_width_of_the_terminal():
    assert len(text(UNKNOWN, DE).splitlines()[-1]) == WIDTH


def test_a_long_help_keeps_a_gap_before_the_code():
    problem = Problem(code="template-syntax", path="templates/post.html", facts={"cause": "x"})
    assert text(problem, DE).endswith("Vorlagen pflegt.  [template-syntax]")


@pytest.mark.parametrize(
    ("path", "spot", "expected"),
    [
        ("content/site.yaml", Spot(3, 5), "content/site.yaml:3:5"),
        ("content/site.yaml", None, "content/site.yaml"),
        ("content/b\x1b[31m.yaml", None, "content/b\\x1b[31m.yaml"),
        ("content/\u202egpj.yaml", Spot(1, 1), "content/\\x202egpj.yaml:1:1"),
    ],
)
def test_a_place_is_written_as_editors_understand_it(path: str, spot: Spot, expected: str):
    assert where(Problem(code="not-utf8", path=path, spot=spot)) == expected


def test_a_problem_without_a_file_begins_with_its_rank():
    problem = Problem(code="locked", facts={"folder": "output", "process": "7"})
    assert text(problem, DE).startswith("Fehler: Im Ordner output arbeitet gerade schon")


@pytest.mark.parametrize(
    ("code", "de", "en"),
    [
        ("not-utf8", "Fehler", "error"),
        ("privacy-missing", "Vor dem Veröffentlichen", "Before publishing"),
    ],
)
def test_the_rank_is_named_in_the_language(code: str, de: str, en: str):
    problem = Problem(code=code, path="content/site.yaml")
    assert f"content/site.yaml: {de}: " in text(problem, DE)
    assert f"content/site.yaml: {en}: " in text(problem, EN)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"key": "x", "of": "@actor"}, "„x“ ist kein Feld eines Akteurs."),
        (
            {"key": "x", "of": "@actor", "guess": "url", "label": "Webseite"},
            "„x“ ist kein Feld eines Akteurs. Meinten Sie „url“ (Webseite)?",
        ),
        ({"key": "\u202ex\x1b", "of": "@actor"}, "„\\x202ex\\x1b“ ist kein Feld eines Akteurs."),
        ({"key": "{of}", "of": "@actor"}, "„{of}“ ist kein Feld eines Akteurs."),
        (
            {"key": "@gibt-es-nicht", "of": "@actor"},
            "„@gibt-es-nicht“ ist kein Feld eines Akteurs.",
        ),
        ({"key": "x"}, "„x“ ist kein Feld ."),
    ],
)
def test_a_message_says_what_was_probably_meant(facts: dict[str, str], said: str):
    assert message(Problem(code="unknown-key", facts=facts), DE) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"wanted": "@list", "given": "@text"}, "Hier steht ein Text, erwartet ist eine Liste."),
        ({"wanted": "@line", "given": "@mapping"}, "Hier steht eine Gruppe von Feldern, erwartet ist eine Zeile Text (höchstens 300 Zeichen)."),
    ],
)  # fmt: skip
def test_kinds_stand_in_the_case_that_the_sentence_needs(facts: dict[str, str], said: str):
    assert message(Problem(code="wrong-type", facts=facts), DE) == said


def test_a_kind_at_the_head_of_a_sentence_is_a_bare_name():
    facts = {"id": "mckitz", "kind": "@actor", "guess": "mckiz", "name": "McKiz"}
    problem = Problem(code="dangling-reference", facts=facts)
    assert message(problem, DE) == (
        "Akteur „mckitz“ gibt es nicht. Meinten Sie „mckiz“ (McKiz)?"
    )  # fmt: skip


def test_a_reason_is_a_bare_name():
    facts = {"id": "fest", "reason": "@future"}
    problem = Problem(code="hidden-reference", facts=facts)
    assert message(problem, DE).startswith("„fest“ ist noch nicht erschienen;")


def test_what_an_editor_wrote_is_quoted_even_with_an_at_sign():
    problem = Problem(code="unknown-key", facts={"key": "@post", "of": "@actor"})
    assert "„@post“" in message(problem, DE)


@pytest.mark.parametrize("words", [DE, EN])
def test_the_placeholder_of_the_edit_address_is_written_as_editors_write_it(words: object):
    facts = {"value": "https://git.example.org/", "wanted": "@edit_url"}
    said = message(Problem(code="bad-value", facts=facts), words)
    assert "{path}" in said
    assert "{{path}}" not in said


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (UNKNOWN, "target_groups: [familien, jugendliche]"),
        (Problem(code="unknown-key", facts={"key": "x", "choices": "name, url"}), "name, url"),
        (Problem(code="unknown-key", facts={"key": "x"}), ""),
        (
            Problem(code="dangling-reference", facts={"id": "x", "choices": "mckiz"}),
            "Vorhanden sind: mckiz",
        ),
        (Problem(code="dangling-reference", facts={"id": "x", "guess": "mckiz"}), ""),
        (Problem(code="doubled-key", facts={"key": "x"}), "Löschen Sie eine der beiden Angaben."),
    ],
)
def test_the_way_out_is_an_example_a_choice_or_nothing(problem: Problem, said: str):
    assert help_of(problem, DE) == said


def test_without_a_way_out_the_last_line_is_only_the_code():
    problem = Problem(code="unknown-key", path="a.yaml", facts={"key": "x", "of": "@site"})
    assert text(problem, DE).splitlines()[-1].split() == ["[unknown-key]"]
    assert "Hilfe" not in text(problem, DE)


def test_without_a_source_line_none_is_shown():
    problem = Problem(code="privacy-missing", path="content/site.yaml", spot=Spot(1))
    assert "│" not in text(problem, DE)


@pytest.mark.parametrize(
    ("line", "spot", "marked"),
    [
        ("hours: Di 25 Uhr", Spot(12, 11, 2), "25"),
        ("träger: 「verein」", Spot(3, 9, 8), "「verein」"),
        ("\tname: Größe", Spot(1, 1, 1), " "),
        ("a\tname: x", Spot(1, 3, 4), "name"),
        ("name: \x1bböse", Spot(1, 7, 1), "\\x1b"),
        ("name: \u200bböse", Spot(1, 8, 4), "böse"),
        ("name:", Spot(1, 6, 1), ""),
    ],
)
def test_carets_stand_below_what_is_meant(line: str, spot: Spot, marked: str):
    problem = Problem(code="bad-value", path="a.yaml", spot=spot, excerpt=line)
    assert shown(problem)[1] == marked


def test_a_long_line_is_cut_around_the_place():
    line = "summary: " + "Ein Satz über das Fest. " * 12 + "HIER steht es"
    at = line.index("HIER")
    problem = Problem(code="bad-value", path="a.yaml", spot=Spot(1, at + 1, 4), excerpt=line)
    source, marked = shown(problem)
    assert marked == "HIER"
    assert len(source) <= WIDTH - 8


def test_a_slip_far_along_a_line_is_shown():
    body = "Ein Satz über das Fest. " * 30 + "![](media/fest.jpg)"
    file = f"---\ntitle: Fest\ndate: 2026-11-20\n---\n{body}\n".encode()
    (problem,) = parse("posts/fest.md", home_of("posts/fest.md"), file).problems
    assert problem.spot.column > 400
    assert "media/fest.jpg" in shown(problem)[1]


def test_a_problem_as_data_has_every_part():
    assert data(UNKNOWN, DE) == {
        "code": "unknown-key",
        "severity": "error",
        "file": "content/offers/schuldnerberatung.yaml",
        "line": 7,
        "column": 1,
        "width": 10,
        "message": "„zielgruppe“ ist kein Feld eines Angebots. "
        "Meinten Sie „target_groups“ (Zielgruppen)?",
        "help": "target_groups: [familien, jugendliche]",
        "source": "zielgruppe: Familien",
        "fix": None,
    }


def test_what_a_problem_lacks_is_null_in_data():
    found = data(Problem(code="unknown-key", facts={"key": "x"}), DE)
    assert [key for key, value in found.items() if value is None] == [
        *("file", "line", "column", "width", "help", "source", "fix")
    ]


MENDED = replace(
    UNKNOWN,
    changes=(
        Edit(path=UNKNOWN.path, line=7, old="zielgruppe", new="target_groups"),
        Move(path="content/a.yml", to="content/a.yaml"),
    ),
)


def test_what_mends_a_problem_is_told_in_words_and_as_the_line_will_be():
    told = suggestion(MENDED, DE).split("\n")
    assert told[1:] == [
        "  7 │ zielgruppe: Familien",
        "  → │ target_groups: Familien",
        "  Aus „zielgruppe“ wird „target_groups“.",
        "  Die Datei content/a.yml heißt künftig content/a.yaml.",
    ]
    elsewhere = Edit(path="content/b.yaml", line=2, old="  ", new=" ")
    assert suggestion(replace(MENDED, changes=(elsewhere,)), DE).split("\n")[1:] == [
        "  In content/b.yaml:2: Leerzeichen fallen weg."
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("a", "b", "Aus „a“ wird „b“."),
        ("", "a", "„a“ kommt dazu."),
        ("a", "", "„a“ fällt weg."),
        ("", "\n", "Davor kommt eine leere Zeile."),
        ("", "  ", "Leerzeichen kommen dazu."),
        (" ", "    ", "Leerzeichen kommen dazu."),
        ("   ", "", "Leerzeichen fallen weg."),
        ("\t", " ", "Leerzeichen fallen weg."),
    ],
)
def test_each_kind_of_edit_has_its_sentence(old: str, new: str, said: str):
    edit = Edit(path=UNKNOWN.path, line=7, old=old, new=new)
    assert suggestion(replace(UNKNOWN, changes=(edit,)), DE).split("\n")[-1] == f"  {said}"


def test_data_and_annotations_carry_what_mends_a_problem():
    assert data(MENDED, DE)["fix"] == [
        {
            "file": UNKNOWN.path,
            "line": 7,
            "column": 1,
            "end_line": 7,
            "end_column": 11,
            "old": "zielgruppe",
            "new": "target_groups",
        },
        {"file": "content/a.yml", "rename": "content/a.yaml"},
    ]
    assert annotation(MENDED, DE).endswith("%0ASo ist es richtig:%0Atarget_groups: Familien")


def test_the_count_says_how_many_problems_mend_themselves():
    assert summary(report(MENDED, WARNING), DE, strict=False, publishing=False).endswith(
        "1 Fehler, 0 vor dem Veröffentlichen, 1 Warnungen, 0 Hinweise. 1 davon berichtigt „netzsite fix“."
    )


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (
            UNKNOWN,
            (
                "::error file=content/offers/schuldnerberatung.yaml,line=7,col=1,endColumn=10,"
                "title=unknown-key::„zielgruppe“ ist kein Feld eines Angebots. Meinten Sie "
                "„target_groups“ (Zielgruppen)? target_groups: [familien, jugendliche]"
            ),
        ),
        (
            Problem(code="unused-medium", path="content/media/a,b:100%.txt"),
            (
                "::notice file=content/media/a%2Cb%3A100%25.txt,title=unused-medium::"
                "Auf diese Datei verweist nichts; sie wird nicht veröffentlicht. "
                "Verweisen Sie darauf, oder löschen Sie sie, wenn auch kein Entwurf sie braucht."
            ),
        ),
        (
            Problem(code="unknown-key", facts={"key": "100%", "of": "@site"}),
            "::error title=unknown-key::„100%25“ ist kein Feld der Seite (site.yaml).",
        ),
    ],
)
def test_annotations_for_github_escape_what_commands_are_made_of(problem: Problem, line: str):
    assert annotation(problem, DE) == line


@given(st.text(max_size=60), st.text(min_size=1, max_size=30))
@settings(max_examples=100)
@example("x\n::error::fremd", "content/a\r\n::warning::b.yaml")
def test_an_annotation_is_one_command_on_one_line(value: str, path: str):
    problem = Problem(code="bad-date", path=path, facts={"value": value}, spot=Spot(1, 1, 3))
    line = annotation(problem, DE)
    assert len(re.split(r"[\r\n]", line)) == 1
    head = line.removeprefix("::error ").partition("::")[0]
    assert [part.partition("=")[0] for part in head.split(",")] == [
        *("file", "line", "col", "endColumn", "title")
    ]


@given(st.text(max_size=120), st.integers(1, 140), st.integers(1, 30))
@settings(max_examples=150)
def test_no_text_of_a_file_reaches_the_terminal_as_a_command(line: str, column: int, width: int):
    line = re.sub(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", "", line)
    problem = Problem(
        code="bad-date",
        path=f"content/{line}",
        spot=Spot(4, column, width),
        facts={"value": line},
        excerpt=line,
    )
    for said in (
        text(problem, DE),
        annotation(problem, DE),
        as_json(report(problem), DE),
    ):
        controls = [char for char in said if unicodedata.category(char) == "Cc" and char != "\n"]
        assert controls == []
        assert {"\u202e", "\u200b", "\ufeff"}.isdisjoint(said)
    assert json.loads(as_json(report(problem), DE))["problems"][0]["source"] == line


def test_a_code_quality_report_has_what_gitlab_asks_for():
    told = json.loads(
        as_code_quality(report(UNKNOWN, WARNING, NOTICE, Problem(code="locked"), GATE), DE)
    )
    assert [one["severity"] for one in told] == ["critical", "minor", "info", "critical", "major"]
    first = told[0]
    assert first["check_name"] == "unknown-key"
    assert first["description"].startswith("„zielgruppe“ ist kein Feld eines Angebots. Meinten Sie")
    assert first["location"] == {"path": UNKNOWN.path, "lines": {"begin": 7}}
    assert told[3]["location"] == {"path": "content/site.yaml", "lines": {"begin": 1}}


def test_gitlab_knows_a_problem_again_when_lines_above_it_come_or_go():
    def names(*found: Problem) -> list[str]:
        return [one["fingerprint"] for one in json.loads(as_code_quality(report(*found), DE))]

    lower = replace(UNKNOWN, spot=Spot(9, 1, 10))
    assert names(UNKNOWN) == names(lower)
    assert len(set(names(UNKNOWN, lower, WARNING))) == 3
    assert names(UNKNOWN) != names(replace(UNKNOWN, path="content/offers/andere.yaml"))


def test_forms_other_than_json_tell_every_problem():
    found = report(UNKNOWN, NOTICE)
    assert problems(found, DE, "text", all_notices=False) == (
        f"{text(UNKNOWN, DE)}\n\n{text(NOTICE, DE)}"
    )
    assert problems(found, DE, "github", all_notices=False) == (
        f"{annotation(UNKNOWN, DE)}\n{annotation(NOTICE, DE)}"
    )
    assert problems(found, DE, "json", all_notices=True) == ""
    assert problems(report(), DE, "text", all_notices=True) == ""


def test_many_notices_are_cut_but_no_error_is():
    notices = [Problem(code="unused-medium", path=f"content/media/{n}.txt") for n in range(13)]
    found = report(*notices, UNKNOWN)
    cut = problems(found, DE, "text", all_notices=False)
    assert cut.count("[unused-medium]") == NOTICES
    assert "[unknown-key]" in cut
    assert cut.endswith("… und 3 weitere Hinweise; mit -v werden alle gezeigt.")
    whole = problems(found, DE, "text", all_notices=True)
    assert whole.count("[unused-medium]") == 13
    assert "weitere" not in whole


def test_a_report_as_json_holds_the_problems_and_the_counts():
    counts = Counts(written=7, unchanged=3, removed=1)
    found = report(
        *(UNKNOWN, NOTICE),
        published=True,
        counts=counts,
        pages=5,
        seconds=1.23456,
        next_change=date(2026, 12, 1),
    )
    value = json.loads(as_json(found, DE))
    assert value.pop("problems") == [data(UNKNOWN, DE), data(NOTICE, DE)]
    assert value == {
        "published": True,
        "pages": 5,
        "written": 7,
        "unchanged": 3,
        "removed": 1,
        "seconds": 1.235,
        "next_change": "2026-12-01",
        "unseen": [],
    }
    assert "„zielgruppe“" in as_json(found, DE)
    assert json.loads(as_json(report(), DE))["next_change"] is None


@pytest.mark.parametrize(
    ("found", "strict", "publishing", "lines"),
    [
        (
            report(published=True, pages=4, counts=Counts(written=2, unchanged=9, removed=1), seconds=0.5),
            False,
            True,
            ["Fertig: 4 Seiten, 2 Dateien geschrieben, 9 unverändert, 1 entfernt, in 0.50 s."],
        ),
        (
            report(WARNING, NOTICE, published=True, next_change=date(2026, 12, 1)),
            False,
            True,
            [
                "Fertig: 0 Seiten, 0 Dateien geschrieben, 0 unverändert, 0 entfernt, in 0.00 s.",
                "0 Fehler, 0 vor dem Veröffentlichen, 1 Warnungen, 1 Hinweise.",
                "Die nächste Änderung durch ein Datum ist am 2026-12-01 fällig: Dann neu bauen.",
            ],
        ),
        (
            report(UNKNOWN, WARNING, next_change=date(2026, 12, 1)),
            False,
            True,
            [
                "Nicht veröffentlicht: Die bisherige Seite bleibt, wie sie war.",
                "1 Fehler, 0 vor dem Veröffentlichen, 1 Warnungen, 0 Hinweise.",
            ],
        ),
        (
            report(WARNING, GATE),
            True,
            True,
            [
                "Nicht veröffentlicht: Die bisherige Seite bleibt, wie sie war.",
                "Mit „--strict“ wird erst veröffentlicht, wenn auch erledigt ist, was „Vor dem Veröffentlichen“ heißt.",
                "0 Fehler, 1 vor dem Veröffentlichen, 1 Warnungen, 0 Hinweise.",
            ],
        ),
        (
            report(UNKNOWN),
            True,
            True,
            [
                "Nicht veröffentlicht: Die bisherige Seite bleibt, wie sie war.",
                "1 Fehler, 0 vor dem Veröffentlichen, 0 Warnungen, 0 Hinweise.",
            ],
        ),
        (report(seconds=2), True, False, ["Geprüft in 2.00 s."]),
    ],
)  # fmt: skip
def test_the_last_lines_say_what_came_of_a_run(
    found: Report, strict: bool, publishing: bool, lines: list[str]
):
    assert summary(found, DE, strict=strict, publishing=publishing).splitlines() == lines


def test_what_is_not_shown_yet_is_named_at_the_end():
    found = (
        Unseen(path="content/posts/fest.md", title="Fest", reason="future", day=date(2062, 12, 1)),
        Unseen(path="content/actors/laden.yaml", title="Laden\x1b[0m", reason="draft", day=None),
        Unseen(path="content/offers/rat.yaml", title="Rat", reason="awaiting", day=None),
    )
    lines = summary(report(unseen=found), DE, strict=False, publishing=False).splitlines()
    assert lines[1:] == [
        "Noch nicht zu sehen: 3",
        "  Fest (content/posts/fest.md): erscheint am 2062-12-01",
        "  Laden\\x1b[0m (content/actors/laden.yaml): Entwurf: noch nicht zu sehen",
        "  Rat (content/offers/rat.yaml): erscheint erst mit dem, worauf der Eintrag verweist",
    ]
    many = summary(report(unseen=found * 9), DE, strict=False, publishing=False)
    assert many.splitlines()[-1] == "  17 weitere („netzsite todo“)"
    told = json.loads(as_json(report(unseen=found[:1]), DE))["unseen"]
    assert told == [
        {"file": "content/posts/fest.md", "title": "Fest", "reason": "future", "day": "2062-12-01"}
    ]


@pytest.mark.parametrize("rank", list(Severity))
@pytest.mark.parametrize("words", [DE, EN])
def test_every_rank_has_a_word(words: object, rank: Severity):
    assert words.report[rank.value]


# Very much, and very long.


def test_forty_thousand_unknown_keys_are_told_in_a_moment_and_a_few_words():
    keys = "".join(f"q{number}z: 1\n" for number in range(40_000))
    home = home_of("actors/a.yaml")
    assert not isinstance(home, Problem)
    began = time.process_time()
    found = parse("actors/a.yaml", home, f"name: A\n{keys}".encode()).problems
    assert time.process_time() - began < 5
    assert [one.facts["n"] for one in found if one.code == "more-problems"] == ["39801"]
    assert len(found) == 201


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_message_is_longer_than_2_kb_and_there_are_a_few_hundred(language: str):
    words = catalogue(language)
    long = "x" * 100_000
    every = [
        Problem(
            code=code,
            path="a.yaml",
            spot=Spot(1, 50_000, 9),
            excerpt=long,
            facts=dict.fromkeys(FACTS, long),
        )
        for code in SEVERITIES
    ]
    for problem in every:
        for told in (text(problem, words), annotation(problem, words), str(data(problem, words))):
            assert len(told) < 4_000, problem.code
        assert len(message(problem, words)) < 2_000, problem.code
        assert len(help_of(problem, words)) < 2_000, problem.code
    many = [Problem(code="bad-value", path=f"{n}.yaml", facts={"value": "x"}) for n in range(1000)]
    told = problems(Report(problems=tuple(many), published=False), words, "text", all_notices=True)
    assert told.count("[bad-value]") == MOST
    assert "700" in told.rpartition("\n")[2]
