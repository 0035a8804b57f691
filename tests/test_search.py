"""The search: what its index holds, and German as it is used, in a real browser."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from netzsite.network.network import Network
from netzsite.pipeline.build import build
from netzsite.producers import search, search_entries
from tests.conftest import MUSTERVIERTEL, options
from tests.test_visibility import linked, parsed

BEGINNING = "window.netzsiteIndex="


def index_of(folder: Path) -> dict[str, Any]:
    text = (folder / "suche" / "index.js").read_text(encoding="utf-8")
    assert text.startswith(BEGINNING)
    return json.loads(text.removeprefix(BEGINNING).rstrip(";\n"))


def arguments(network: Network) -> search.IndexArgs:
    found = next(job.args for job in search.jobs(network) if job.path == "suche/index.js")
    assert isinstance(found, search.IndexArgs)
    return found


def post(number: int, head: str = "", body: str = "") -> dict[str, str]:
    day = date.fromordinal(date(2020, 1, 1).toordinal() + number)
    return {
        f"posts/p{number}.md": f"---\ntitle: Beitrag {number}\ndate: {day}\n{head}\n---\n{body}"
    }


def test_the_index_knows_every_kind_of_thing_and_leads_to_its_page(muster: Path):
    index = index_of(muster)
    assert set(index["kinds"]) == {
        *("Akteur", "Angebot", "Ort", "Träger", "Termin", "Beitrag", "Seite", "Thema", "Zielgruppe")
    }
    for row in index["entries"]:
        assert (muster / "suche" / row[2] / "index.html").exists(), row


def test_what_is_over_hidden_or_gone_is_in_neither_index_nor_register(muster: Path):
    titles = {row[1] for row in index_of(muster)["entries"]}
    page = (muster / "suche" / "index.html").read_text(encoding="utf-8")
    for gone in (
        *("Radwerkstatt am Gleis", "Offene Radwerkstatt", "Fahrradkurs für Frauen"),  # left, ended
        *("Zukunftswerkstatt", "Alte Mühle"),  # an event that is over, a place that is no more
        *("Adventskalender im Viertel", "Neujahrsempfang"),  # expired, of a day to come
    ):
        assert gone not in titles
        assert f">{gone}<" not in page
    assert "Netzwerktreffen" in titles


def test_an_edit_of_a_body_leaves_the_index_alone():
    one = arguments(linked(parsed(post(1, body="Ein Text."))))
    two = arguments(linked(parsed(post(1, body="Ein ganz anderer Text."))))
    assert one == two
    assert one != arguments(linked(parsed(post(1, "summary: Kurz", body="Ein Text."))))


def test_of_many_posts_the_newest_can_be_searched_and_the_archive_is_named():
    files = {}
    for number in range(search_entries.NEWEST + 30):
        files |= post(number)
    jobs = list(search.jobs(linked(parsed(files))))
    titles = [entry.title for entry in jobs[0].args.entries if entry.kind == "post"]
    assert titles == [f"Beitrag {n}" for n in range(search_entries.NEWEST + 29, 29, -1)]
    assert jobs[1].args.archive is not None


def test_two_hundred_records_take_less_than_60_kilobytes(tmp_path: Path):
    root = tmp_path / "site"
    files = {
        "site.yaml": "title: N\nlanguage: de\nbase_url: https://n.de\ntimezone: Europe/Berlin\n",
        "carriers/verein.yaml": "name: Verein",
    }
    words = sorted(
        {
            word
            for path in (MUSTERVIERTEL / "content").rglob("*.md")
            for word in re.findall(r"\b[A-ZÄÖÜa-zäöüß]{3,}\b", path.read_text(encoding="utf-8"))
        }
    )
    for number in range(200):
        some = [words[(number * 37 + step * step * 11) % len(words)] for step in range(140)]
        files[f"offers/a{number}.yaml"] = (
            f"name: {json.dumps(' '.join(some[:4]), ensure_ascii=False)}\nactors: [treff]\n"
            f"summary: {json.dumps(' '.join(some[4:24]), ensure_ascii=False)}\n"
            f"next_step: {json.dumps(' '.join(some[24:36]), ensure_ascii=False)}\n"
            f"description: {json.dumps(' '.join(some[36:]), ensure_ascii=False)}\n"
        )
    files["actors/treff.yaml"] = "name: Treff\ncarrier: verein"
    for path, text in files.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert build(options(root)).published
    data = (root / "output" / "suche" / "index.js").read_bytes()
    assert len(index_of(root / "output")["entries"]) == 202
    assert len(gzip.compress(data)) <= 60_000


MORE = {
    "actors/drk.yaml": "name: DRK-Ortsverein Musterviertel\ncarrier: sozialwerk\n",
    "actors/jobcenter.yaml": "name: Fachdienst für Beschäftigung\ncarrier: sozialwerk\ntopics: [arbeit]\n",
    "actors/hilfe.yaml": "name: Erziehungs- und Familienhilfe\ncarrier: sozialwerk\n",
    "offers/maedchen.yaml": "name: Mädchen*treff für Schüler:innen\nactors: [jugendhaus]\n",
}
"""What the fictional site lacks for some cases."""

CASES = """
# Asked for            -> what is found, the best first; … and others after it; ! what isn't found
# Inside compounds, at their end and at their beginning
Sozialarbeit           -> Kita-Sozialarbeit | Schulsozialarbeit an der Grundschule am Park | Jugend(sozial)arbeit Musterviertel | Kita-Sozialarbeit in der Kita „Sonnenschein“ …
Beratung               -> Schuldner- und Insolvenzberatung | Schuldnerberatung auf Türkisch | Suchtberatung …
arbeit                 -> Arbeit und Ausbildung | Schulsozialarbeit an der Grundschule am Park | Kita-Sozialarbeit | Jugend(sozial)arbeit Musterviertel …
Schulden               -> Schulden und Insolvenz | Menschen mit Schulden | Schuldnerberatung auf Türkisch | Schuldner- und Insolvenzberatung …
werkstatt              -> Laternenwerkstatt …
spiel                  -> Winterspielplatz …
Insolvenz              -> Schulden und Insolvenz | Fragestunde Privatinsolvenz im Netz | Schuldner- und Insolvenzberatung …
café                   -> Familiencafé – Kaffee & Kuchen | Sprachcafé | Reparaturcafé …
# Hyphens, parentheses, slashes, colons, stars: joined and split
Jugendsozialarbeit     -> Jugend(sozial)arbeit Musterviertel …
Jugendarbeit           -> Jugend(sozial)arbeit Musterviertel …
Jugend(sozial)arbeit   -> Jugend(sozial)arbeit Musterviertel …
Jugend sozial arbeit   -> Jugend(sozial)arbeit Musterviertel …
Kita Sozialarbeit      -> Kita-Sozialarbeit | Kita-Sozialarbeit in der Kita „Sonnenschein“ …
Kitasozialarbeit       -> Kita-Sozialarbeit | Kita-Sozialarbeit in der Kita „Sonnenschein“ …
Kita-Sozialarbeit      -> Kita-Sozialarbeit | Kita-Sozialarbeit in der Kita „Sonnenschein“ …
Schul-Sozialarbeit     -> Schulsozialarbeit an der Grundschule am Park …
DRK Ortsverein         -> DRK-Ortsverein Musterviertel
Ortsverein             -> DRK-Ortsverein Musterviertel
Mädchentreff           -> Mädchen*treff für Schüler:innen
Schülerinnen           -> Mädchen*treff für Schüler:innen
# What a hyphen leaves out
Schuldnerberatung      -> Schuldnerberatung auf Türkisch | Schuldner- und Insolvenzberatung | Schuldnerberatung Musterviertel …
Erziehungshilfe        -> Erziehungs- und Familienhilfe
Familienhilfe          -> Erziehungs- und Familienhilfe
# Umlauts and sharp s, whatever the keyboard has
Fuehrerschein          -> Bewerbung und Führerschein …
Führerschein           -> Bewerbung und Führerschein …
FÜHRERSCHEIN           -> Bewerbung und Führerschein …
Führerschein          -> Bewerbung und Führerschein …
Fuhrerschein           -> Bewerbung und Führerschein …
Strasse                -> Baustelle in der Lindenstraße …
Straße                 -> Baustelle in der Lindenstraße …
STRASSE                -> Baustelle in der Lindenstraße …
Tuerkisch              -> Schuldnerberatung auf Türkisch …
Turkisch               -> Schuldnerberatung auf Türkisch …
Buergerhaus            -> Bürgerhaus …
Cafe                   -> Familiencafé – Kaffee & Kuchen | Sprachcafé | Reparaturcafé …
borclariniz            -> Schuldnerberatung auf Türkisch
Чай                    -> Чай разом – Teestunde auf Ukrainisch
# Words that mean the same
Job                    -> Arbeit und Ausbildung | Bewerbung und Führerschein | Fachdienst für Beschäftigung …
Jobcenter              -> Arbeit und Ausbildung | Bewerbung und Führerschein | Fachdienst für Beschäftigung …
Gerichtsvollzieher     -> Schulden und Insolvenz | Schuldnerberatung auf Türkisch | Schuldner- und Insolvenzberatung …
Rentner                -> Seniorinnen und Senioren | Mittagstisch | Nachmittag für Seniorinnen und Senioren …
Kindergarten           -> Erziehung und Familie | Krabbelgruppe …
Ich habe Schulden      -> Schulden und Insolvenz | Menschen mit Schulden | Schuldnerberatung auf Türkisch …
Nachhilfe              -> Schule und Lernen | Hausaufgabenhilfe …
# One slip of the pen, from five letters on
Soziaalarbeit          -> Kita-Sozialarbeit | Schulsozialarbeit an der Grundschule am Park | Jugend(sozial)arbeit Musterviertel …
Sozalarbeit            -> Kita-Sozialarbeit | Schulsozialarbeit an der Grundschule am Park …
Sozialrabeit           -> Kita-Sozialarbeit | Schulsozialarbeit an der Grundschule am Park …
Suchtbertaung          -> Suchtberatung | Suchtberatung „Lotse“ …
Suhct                  -> Offene Sprechstunde Sucht | Suchtberatung | Suchthilfe …
Krabelgruppe           -> Krabbelgruppe …
Kleiderkamer           -> Kleiderkammer …
Seniren                -> Nachmittag für Seniorinnen und Senioren | Seniorinnen und Senioren | Mittagstisch …
Senoren                -> Nachmittag für Seniorinnen und Senioren …
Ktia                   -> !
DRJ                    -> !
# Endings that the text doesn't have
Beratungen             -> Schuldner- und Insolvenzberatung | Suchtberatung …
Kleiderkammern         -> Kleiderkammer …
# All words wanted, small ones aside
kita sucht             -> !
kita sonnenschein      -> Kindertagesstätte „Sonnenschein“ | Kita „Sonnenschein“ | Kita-Sozialarbeit in der Kita „Sonnenschein“ …
Beratung Türkisch      -> Schuldnerberatung auf Türkisch | Schuldnerberatung Musterviertel …
Hilfe bei den Hausaufgaben -> Hausaufgabenhilfe …
Wo ist das Bürgerhaus? -> Bürgerhaus …
kostenlos Senioren     -> !
# The best first: a name before a word in the text, a whole word before a part
DRK                    -> DRK-Ortsverein Musterviertel
Netzwerktreffen        -> Netzwerktreffen …
Deutsch                -> Deutsch lernen | Deutschkurs am Abend | Sprachcafé …
Satzung                -> Satzung des Bürgervereins …
Musterpark             -> Musterpark …
Lotse                  -> Suchtberatung „Lotse“ …
Gläubiger              -> Schuldner- und Insolvenzberatung | Schuldnerberatung Musterviertel …
Kinderbetreuung        -> Deutschkurs am Abend | Familienzentrum „Regenbogen“ …
Lastenfahrrad          -> Familienzentrum „Regenbogen“
# No word at all, and what would break a careless program
---                    -> !
(                      -> !
<>                     -> !
constructor            -> !
"""


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional site with a few things more, for reading from disk."""
    import shutil

    root = tmp_path_factory.mktemp("searched") / "site"
    shutil.copytree(MUSTERVIERTEL, root)
    for path, text in MORE.items():
        (root / "content" / path).write_text(text, encoding="utf-8")
    assert build(options(root, portable=True)).published
    return root / "output"


@pytest.fixture(scope="module")
def page(browser: Any, searched: Path) -> Iterator[Any]:
    page = browser.new_page()
    page.goto((searched / "suche" / "index.html").as_uri())
    yield page
    page.close()


ASK = """query => {
  const field = document.querySelector("#n_q");
  field.value = query;
  field.dispatchEvent(new Event("input"));
  const all = document.querySelector(".all");
  if (!all.hidden) all.click();
  return [...document.querySelectorAll(".found h3")].map(title => title.textContent);
}"""


def cases() -> Iterator[tuple[str, str]]:
    for line in CASES.splitlines():
        if line and not line.startswith("#"):
            query, _, expected = line.partition("->")
            yield query.strip(), expected.strip()


@pytest.mark.browser
def test_german_is_found_as_it_is_used(page: Any):
    wrong = {}
    for query, expected in cases():
        found = page.evaluate(ASK, query)
        wanted, _, unwanted = expected.partition("!")
        names = [name.strip() for name in wanted.rstrip("… ").split("|") if name.strip()]
        whole = not wanted.rstrip().endswith("…")
        if (
            set(names) - set(found)
            or names[:1] != found[:1]
            or (whole and len(found) != len(names))
            or {name.strip() for name in unwanted.split("|")} & set(found)
        ):
            wrong[query] = found
    assert wrong == {}
