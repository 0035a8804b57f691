"""What editors should look at: what gets old, what readers miss, by actor, in three forms."""

import json
from datetime import date
from pathlib import Path

import pytest

from netzsite import inventory
from netzsite.reports.todo import Group, Terms, groups
from tests.conftest import Run

TODAY = date(2026, 11, 20)
TERMS = Terms(today=TODAY)
CHECKED = "checked_on: 2026-11-01\n"
BASE = {
    "carriers/verein.yaml": "name: Verein\n",
    "actors/treff.yaml": f"name: Treff\ncarrier: verein\nplaces: [haus]\n{CHECKED}"
    "contacts: [{role: Leitung, phone: 0261 123456}]\n",
    "actors/amt.yaml": f"name: Ämter\ncarrier: verein\nurl: https://amt.de/\n{CHECKED}",
    "places/haus.yaml": f"name: Haus\n{CHECKED}",
    "offers/rat.yaml": "name: Rat\nactors: [treff, amt]\nhours: Di 14–16 Uhr\n"
    f"next_step: Kommen Sie.\n{CHECKED}",
    "posts/neu.md": "---\ntitle: Neu\ndate: 2026-11-01\n---\n",
}


def todo(root: Path, files: dict[str, str], only: str | None = None) -> tuple[Group, ...]:
    for path, text in (BASE | files).items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return groups(inventory.read(root).parsed, TERMS, only)


def codes(found: tuple[Group, ...]) -> set[tuple[str, str, int, str]]:
    return {
        (group.id, item.path.removeprefix("content/"), item.line, item.code)
        for group in found
        for item in group.items
    }


def without(text: str, key: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(key))


RAT, TREFF, HAUS = BASE["offers/rat.yaml"], BASE["actors/treff.yaml"], BASE["places/haus.yaml"]
IMAGE = "image: {src: media/a.png, alt: A, credit: C}\n"
BOTH = ("amt", "treff")
CASES = [
    ({}, set()),
    ({"places/haus.yaml": "name: Haus\n"}, {("treff", "places/haus.yaml", 1, "never")}),
    (
        {"places/haus.yaml": "name: Haus\nchecked_on: 2025-11-19\n"},
        {("treff", "places/haus.yaml", 2, "old")},
    ),
    ({"places/haus.yaml": "name: Haus\nchecked_on: 2025-11-20\n"}, set()),
    ({"places/haus.yaml": "name: Haus\nvalid_until: 2026-11-19\n"}, set()),
    ({"places/saal.yaml": "name: Saal\n"}, {("", "places/saal.yaml", 1, "never")}),
    (
        {"actors/treff.yaml": without(TREFF, "contacts")},
        {("treff", "actors/treff.yaml", 1, "no_contact")}
        | {(key, "offers/rat.yaml", 1, "no_contact") for key in BOTH},
    ),
    (
        {"actors/treff.yaml": without(TREFF, "contacts") + "left: 2026-11-19\n"},
        {(key, "offers/rat.yaml", 1, "no_contact") for key in BOTH},
    ),
    (
        {"offers/rat.yaml": without(without(RAT, "hours"), "next_step")},
        {
            (key, "offers/rat.yaml", 1, code)
            for key in BOTH
            for code in ("no_hours", "no_next_step")
        },
    ),
    ({"offers/rat.yaml": without(RAT, "hours") + "status: paused\n"}, set()),
    ({"offers/rat.yaml": without(RAT, "hours") + "status: ended\n"}, set()),
    (
        {"offers/rat.yaml": RAT + "valid_until: 2026-11-19\n"},
        {(key, "offers/rat.yaml", 6, "over") for key in BOTH},
    ),
    (
        {"offers/rat.yaml": RAT + "valid_until: 2026-12-20\n"},
        {(key, "offers/rat.yaml", 6, "ends") for key in BOTH},
    ),
    ({"offers/rat.yaml": RAT + "valid_until: 2026-12-21\n"}, set()),
    (
        {"posts/neu.md": BASE["posts/neu.md"].replace("\n---\n", "\nexpires: 2026-11-21\n---\n")},
        {("", "posts/neu.md", 4, "expires")},
    ),
    (
        {"posts/neu.md": BASE["posts/neu.md"].replace("\n---\n", "\nexpires: 2026-11-20\n---\n")},
        set(),
    ),
    ({"posts/neu.md": BASE["posts/neu.md"].replace("\n---\n", f"\n{IMAGE}---\n")}, set()),
    (
        {"posts/neu.md": BASE["posts/neu.md"].replace("\n---\n", "\ndraft: true\n---\n")},
        {("", "posts/neu.md", 4, "draft")},
    ),
    (
        {"offers/rat.yaml": without(RAT, "hours") + "valid_from: 2062-11-20\n"},
        {(key, "offers/rat.yaml", 5, "appears") for key in BOTH}
        | {(key, "offers/rat.yaml", 1, "no_hours") for key in BOTH},
    ),
    (
        {"pages/haus.md": "---\ntitle: Haus\npublish_date: 2027-01-01\n---\n"},
        {("", "pages/haus.md", 3, "appears")},
    ),
    (
        {
            "posts/neu.md": BASE["posts/neu.md"].replace(
                "\n---\n", f"\nactors: [amt]\n{IMAGE.replace(', credit: C', '')}---\n"
            )
        },
        {("amt", "posts/neu.md", 5, "no_credit")},
    ),
]


@pytest.mark.parametrize(("files", "expected"), CASES)
def test_what_is_to_be_done_is_told_at_its_place_for_each_actor(
    tmp_path: Path, files: dict[str, str], expected: set[tuple[str, str, int, str]]
):
    assert codes(todo(tmp_path, files)) == expected


def test_groups_are_sorted_by_name_and_those_without_an_actor_come_last(tmp_path: Path):
    files = {
        "offers/rat.yaml": without(RAT, "hours"),
        "places/saal.yaml": "name: Saal\n",
        "actors/zug.yaml": "name: Bahn\ncarrier: verein\n",
    }
    assert [group.id for group in todo(tmp_path, files)] == ["amt", "zug", "treff", ""]
    assert [group.id for group in groups(inventory.read(tmp_path).parsed, TERMS, "zug")] == ["zug"]


@pytest.mark.parametrize(
    ("today", "months", "old"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_months_are_those_of_the_calendar(today: date, months: int, old: date):
    assert Terms(today=today, months=months).old == old


CALL = ("--today=2026-11-20",)


def test_the_table_names_file_line_and_what_to_do(run: Run, tmp_path: Path):
    todo(tmp_path, {"offers/rat.yaml": RAT + "valid_until: 2026-11-19\n"})
    code, out, err = run("todo", str(tmp_path), *CALL, "--actor", "treff")
    assert (code, err) == (0, "")
    assert out == (
        "Treff (treff)\n"
        "  content/offers/rat.yaml:6  Rat  galt bis 2026-11-19: beenden oder verlängern\n"
    )


def test_markdown_is_a_list_to_tick_off(run: Run, tmp_path: Path):
    todo(tmp_path, {"places/saal.yaml": 'name: "Saal 2*3 #neu_"\n'})
    assert run("todo", str(tmp_path), *CALL, "--format", "markdown")[1] == (
        "## Ohne Akteur\n\n"
        "- [ ] **Saal 2\\*3 \\#neu\\_**: noch nie bestätigt (`content/places/saal.yaml:1`)\n"
    )


def test_json_has_code_file_line_and_day(run: Run, tmp_path: Path):
    todo(tmp_path, {"places/haus.yaml": "name: Haus\nchecked_on: 2025-01-31\n"})
    (group,) = json.loads(run("todo", str(tmp_path), *CALL, "--format", "json", "--lang", "en")[1])
    assert (group["actor"], group["name"]) == ("treff", "Treff")
    assert group["items"] == [
        {
            "code": "old",
            "file": "content/places/haus.yaml",
            "line": 2,
            "name": "Haus",
            "day": "2025-01-31",
            "message": "last confirmed on 2025-01-31",
        }
    ]


def test_months_and_days_can_be_chosen(run: Run, tmp_path: Path):
    late = "2026-12-31"
    todo(tmp_path, {"offers/rat.yaml": RAT + f"valid_until: {late}\n"})
    assert run("todo", str(tmp_path), *CALL)[1] == "Es ist nichts zu tun.\n"
    assert late in run("todo", str(tmp_path), *CALL, "--days", "41")[1]
    assert "zuletzt am 2026-11-01" in run("todo", str(tmp_path), *CALL, "--months", "0")[1]


def test_an_unknown_actor_and_files_with_mistakes_are_told(run: Run, tmp_path: Path):
    todo(tmp_path, {"actors/kaputt.yaml": "name: [\n"})
    code, _, err = run("todo", str(tmp_path), "--actor", "tref")
    assert code == 1
    assert "Meinten Sie „treff“?" in err
    assert "1 Dateien mit Fehlern" in run("todo", str(tmp_path), *CALL)[2]
