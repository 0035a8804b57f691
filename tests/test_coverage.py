"""The report for the network's own meetings: what there is for whom, the gaps, who with whom."""

import re
from pathlib import Path

import pytest

from netzsite.reports.coverage import Coverage, coverage
from tests.conftest import MUSTERVIERTEL, ROOT, Run
from tests.test_build import network_of
from tests.test_visibility import linked, offer, parsed

VOCABULARY = {
    "vocabulary.yaml": "topics:\n  schulden: {label: Schulden}\n  sucht: {label: Sucht}\n"
    "target_groups:\n  familien: {label: Familien}\n  alte: {label: Ältere}\n"
}
CALL = ("report", "coverage", str(MUSTERVIERTEL), "--today=2026-11-20")


def covered(*heads: str, **files: str) -> Coverage:
    content = VOCABULARY | {name.replace("__", "/") + ".yaml": text for name, text in files.items()}
    for number, head in enumerate(heads):
        content[f"offers/o{number}.yaml"] = offer(head)["offers/rat.yaml"].replace(
            "name: Rat", f"name: Rat {number}"
        )
    return coverage(linked(parsed(content)))


@pytest.fixture(scope="module")
def muster() -> Coverage:
    return coverage(network_of(MUSTERVIERTEL)[0])


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("cost: kostenlos", "free"),
        ("registration: none", "unregistered"),
        ("languages: [de, tr]", "foreign"),
        ("hours: Sa 10–12 Uhr", "weekend"),
        ("hours: jeden 2. Sonntag im Monat 14-16 Uhr", "weekend"),
        ("accessibility: Ohne Stufen", "accessible"),
    ],
)
def test_what_makes_a_way_in_easy_is_counted(head: str, name: str):
    found = covered(f"topics: [sucht]\n{head}", "topics: [sucht]\nlanguages: [de, de-simple]")
    debts, addiction = found.topics
    assert (debts.offers, addiction.offers) == (0, 2)
    names = ("free", "unregistered", "foreign", "weekend", "accessible")
    assert {one: getattr(addiction, one) for one in names} == {one: one == name for one in names}


def test_a_place_tells_of_its_accessibility_for_its_offers():
    place = "name: Haus\naccessibility: Rampe am Hof\n"
    found = covered("topics: [sucht]\nplace: haus", places__haus=place)
    assert found.topics[1].accessible == 1
    assert "accessibility" not in dict(found.unsaid)


def test_ended_offers_and_actors_who_left_count_for_nothing():
    gone = "name: Weg\ncarrier: verein\nlanguages: [ar]\nleft: 2020-01-01\n"
    found = covered("topics: [sucht]\nstatus: ended", actors__weg=gone)
    assert (found.offers, found.languages, found.days) == ((), (), (0,) * 7)
    assert "weg" not in found.actors


def test_what_offers_leave_out_is_named_with_them():
    found = covered("cost: 2 Euro\nhours: Mo 9-10 Uhr", "topics: [sucht]")
    assert dict(found.unsaid)["cost"] == ("Rat 1",)
    assert dict(found.unsaid)["hours"] == ("Rat 1",)
    assert dict(found.unsaid)["topics"] == ("Rat 0",)
    assert dict(found.unsaid)["for_whom"] == ("Rat 0", "Rat 1")
    assert found.days == (1, 0, 0, 0, 0, 0, 0)


def test_who_is_tied_to_nobody_is_named(muster: Coverage):
    assert muster.untied == ("Kita-Sozialarbeit",)


def section(out: str, title: str) -> str:
    return out.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_markdown_has_the_matrix_the_gaps_and_the_ties(run: Run):
    code, out, err = run(*CALL, "--format", "markdown")
    assert (code, err) == (0, "")
    head, *rows = re.findall(
        r"^\| (.*) \|$", section(out, "Angebote nach Zielgruppe und Thema"), re.MULTILINE
    )
    table = [dict(zip(head.split(" | "), row.split(" | "), strict=True)) for row in rows]
    debts = next(row for row in table if row["Für"] == "Menschen mit Schulden")
    assert debts["Schulden und Insolvenz"] == "3"
    assert debts["Suchthilfe"] == "–"
    offers = section(out, "Welche Angebote das sind")
    assert "| Kinder | Schule und Lernen | Hausaufgabenhilfe |" in offers
    gaps = section(out, "Lücken")
    assert "- Kein Angebot für die Zielgruppe „Menschen mit Tieren“.\n" in gaps
    assert "„Familien“ gibt es nichts zu: Schulden und Insolvenz, Suchthilfe," in gaps
    assert "Jugend(sozial)arbeit Musterviertel | 1 Beitrag |" in section(out, "Wer mit wem")
    assert section(out, "Noch mit niemandem verbunden").strip() == "- Kita-Sozialarbeit"


def test_the_terminal_gets_no_line_too_long_for_it(run: Run):
    _, out, _ = run(*CALL)
    assert max(map(len, out.splitlines())) <= 100
    assert re.search(r"^  Menschen mit Schulden +3( +–){9}$", out, re.MULTILINE)
    assert "  1 Schulden und Insolvenz, 2 Suchthilfe, 3 Arbeit und Ausbildung," in out
    assert "Montag 7, Dienstag 7" in out


def test_a_network_without_offers_learns_whom_to_ask(run: Run):
    _, out, _ = run("report", "coverage", str(ROOT), "--format", "markdown")
    sentence = "Kein Angebot zum Thema „Sucht“. Akteure dazu: Aufsuchende Sozialarbeit mit Schwerpunkt Sucht."
    assert sentence in out
    assert "Tage und Sprachen" not in out


def test_a_meeting_reads_it_in_english_too(run: Run):
    assert "## Gaps\n" in run(*CALL, "--format=markdown", "--lang=en")[1]


def test_text_of_editors_stays_text(run: Run, tmp_path: Path):
    files = {
        "site.yaml": (MUSTERVIERTEL / "content" / "site.yaml").read_text("utf-8"),
        "vocabulary.yaml": "topics:\n  a: {label: A|B 2*c_}\n",
        "actors/kaputt.yaml": "name: [\n",
    }
    for path, text in files.items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    code, out, err = run("report", "coverage", str(tmp_path), "--format", "markdown")
    assert code == 0
    assert r"„A\|B 2\*c\_“" in out
    assert "1 Dateien mit Fehlern" in err


def test_without_a_readable_site_there_is_a_sentence(run: Run, tmp_path: Path):
    (tmp_path / "content").mkdir()
    code, out, err = run("report", "coverage", str(tmp_path))
    assert (code, out) == (1, "")
    assert "site.yaml" in err
