"""The finder on the page of offers: what it asks, what it counts, and that it never leads to nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from netzsite.producers import finder
from netzsite.records.cost import is_free
from tests.test_visibility import linked, offer, parsed

VOCABULARY = {
    "vocabulary.yaml": "topics:\n  schulden: {label: Schulden, plain: Ich habe Schulden}\n  sucht: {label: Sucht}\n"
    "target_groups:\n  familien: {label: Familien}\n"
}


def narrowed(*offers: str) -> tuple[dict[str, list[tuple[str, str, int]]], list[dict[str, str]]]:
    files = dict(VOCABULARY)
    for number, head in enumerate(offers):
        files |= {f"offers/o{number}.yaml": offer(head)["offers/rat.yaml"]}
    questions, found = finder.narrow(linked(parsed(files)))
    asked = {
        question.name: [(one.value, one.label, one.count) for one in question.choices]
        for question in questions
    }
    return asked, [one.answers for one in found]


def test_only_what_tells_offers_apart_is_asked():
    asked, _ = narrowed("registration: none", "registration: none")
    assert asked == {}
    asked, answers = narrowed("registration: none", "registration: phone", "cost: kostenlos")
    assert asked == {
        "cost": [("free", "kostenlos", 1)],
        "registration": [("none", "ohne Anmeldung", 1), ("phone", "Anmeldung am Telefon", 1)],
    }
    assert {"cost": "free"} in answers


def test_topics_are_asked_in_plain_words_and_in_the_order_of_the_vocabulary():
    asked, _ = narrowed("topics: [sucht]", "topics: [schulden]", "topics: [sucht, schulden]", "")
    assert asked["topic"] == [("schulden", "Ich habe Schulden", 2), ("sucht", "Sucht", 2)]


def test_ages_are_asked_in_steps_between_which_nothing_changes():
    asked, answers = narrowed("min_age: 14\nmax_age: 21", "max_age: 3", "min_age: 60", "")
    assert asked["age"] == [
        ("0", "0 bis 3 Jahre", 2),
        ("4", "4 bis 13 Jahre", 1),
        ("14", "14 bis 21 Jahre", 2),
        ("22", "22 bis 59 Jahre", 1),
        ("60", "ab 60 Jahren", 2),
    ]
    assert sorted(one["age"] for one in answers) == ["0", "0 4 14 22 60", "14", "60"]


def test_a_single_year_is_named_alone():
    asked, _ = narrowed("min_age: 1", "min_age: 2", "")
    assert [label for _, label, _ in asked["age"]] == ["0 Jahre", "1 Jahr", "ab 2 Jahren"]


@pytest.mark.parametrize(
    ("hours", "days"),
    [
        ("Di 14–16 Uhr", "2"),
        ("Mo-Do 9:30-12 Uhr, Fr nach Vereinbarung", "1 2 3 4 5"),
        ("jeden 2. Samstag im Monat 10-13 Uhr", "6"),
        ("nach Vereinbarung", "appointment"),
        ("Di 14–16 Uhr und nach Vereinbarung", "2 appointment"),
        ("täglich 20-2 Uhr", "1 2 3 4 5 6 7"),
    ],
)
def test_days_are_those_of_the_hours(hours: str, days: str):
    _, answers = narrowed(f"hours: {hours}", "hours: So 1–2 Uhr", "")
    assert days in [one.get("day") for one in answers]


@pytest.mark.parametrize(
    ("cost", "free"),
    [
        ("kostenlos", True),
        ("Kostenlos, Spenden willkommen", True),
        ("Eintritt frei", True),
        ("free of charge", True),
        ("frei", True),
        ("0 €", True),
        ("0,00 Euro", True),
        ("Das Angebot ist kostenlos.", True),
        ("Alle Kurse sind kostenfrei", True),
        ("Der Eintritt ist frei", True),
        ("Kostet nichts", True),
        ("Keine Kosten", True),
        ("10 €", False),
        ("0,50 €", False),
        ("Das Mittagessen ist nicht kostenlos", False),
        ("Für Kinder ist der Eintritt frei, sonst 4 Euro", False),
        ("Für Mitglieder kostenlos", False),
        ("freie Spende", False),
        ("4 Euro, für Kinder kostenlos", False),
        ("nicht kostenlos", False),
        ("Was Sie geben möchten", False),
        ("freiwillig 2 Euro", False),
        (None, False),
    ],
)
def test_free_is_what_begins_with_it(cost: str | None, free: bool):
    assert is_free(cost) is free


# In the browser.

pages = pytest.mark.browser


@pytest.fixture
def page(browser: Any, portable: Path) -> Iterator[Any]:
    page = browser.new_page()
    page.goto((portable / "angebote" / "index.html").as_uri())
    yield page
    page.close()


def shown(page: Any) -> list[str]:
    return page.evaluate(
        "[...document.querySelectorAll('[data-offer]')].filter(o => !o.hidden)"
        ".map(o => o.querySelector('a').textContent)"
    )


def tally(page: Any) -> str:
    return page.inner_text(".tally [role=status]")


@pages
def test_the_counts_of_the_page_are_those_of_the_script(page: Any, portable: Path):
    html = (portable / "angebote" / "index.html").read_text(encoding="utf-8")
    built = re.findall(r'<option value="[^"]*"(?: data-label="[^"]*")?>([^<]*)</option>', html)
    now = page.evaluate("[...document.querySelectorAll('.finder option')].map(o => o.text)")
    assert now == built
    assert tally(page) == f"{len(shown(page))} Angebote"


@pages
def test_no_choice_of_any_first_choice_leads_to_nothing(page: Any):
    """Choose each answer, then some of those that are still there: the count comes true."""
    wrong = page.evaluate(
        """() => {
          const wrong = [];
          const form = document.querySelector(".finder");
          const questions = [...form.querySelectorAll("select")];
          const shown = () => document.querySelectorAll("[data-offer]:not([hidden])").length;
          const choose = (question, value) => {
            question.value = value;
            question.dispatchEvent(new Event("change", {bubbles: true}));
          };
          const values = question => [...question.options].map(option => option.value).filter(Boolean);
          for (const one of questions) for (const first of values(one)) {
            choose(one, first);
            for (const two of questions) if (two !== one) for (const second of values(two).slice(-2)) {
              const option = [...two.options].find(option => option.value === second);
              const promised = +/[(](\\d+)[)]$/.exec(option.text)[1];
              choose(two, second);
              if (!promised || shown() !== promised) wrong.push([first, second, promised, shown()]);
              choose(two, "");
            }
            choose(one, "");
          }
          return wrong;
        }"""
    )
    assert wrong == []


@pages
def test_the_mother_finds_advice_in_turkish_on_a_tuesday_by_keyboard(page: Any):
    page.keyboard.press("Tab")  # past the skip link
    page.focus("#n_topic")
    page.keyboard.type("Ich habe Sch")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "n_group"
    page.select_option("#n_language", "tr")
    page.select_option("#n_day", "2")
    assert shown(page) == ["Schuldnerberatung auf Türkisch"]
    assert tally(page) == "1 von 25 Angeboten passt"
    assert page.evaluate("location.hash") == "#topic=schulden&day=2&language=tr"
    assert page.evaluate("[...document.querySelector('#n_cost').options].map(o => o.text)") == [
        "egal",
        "kostenlos (1)",
    ]
    page.click("[type=reset]")
    assert len(shown(page)) == 25
    assert page.evaluate("location.hash") == ""
    assert page.evaluate("document.activeElement.id") == "n_topic"


@pages
def test_the_address_brings_the_choice_back(page: Any, portable: Path):
    page.goto((portable / "angebote" / "index.html").as_uri() + "#age=15&registration=none&x=1")
    page.reload()
    assert "Offener Treff" in shown(page)
    assert "Krabbelgruppe" not in shown(page)
    assert page.input_value("#n_age") == "15"
    page.evaluate("location.hash = '#topic=nicht-da'")
    page.get_by_text("25 Angebote", exact=True).wait_for()


@pages
def test_an_address_that_fits_nothing_any_more_can_be_taken_back(page: Any):
    page.evaluate("location.hash = '#topic=deutsch&day=7'")
    page.get_by_text("0 von 25 Angeboten passen").wait_for()
    assert page.input_value("#n_topic") == "deutsch"
    page.click("[type=reset]")
    assert len(shown(page)) == 25


@pages
def test_without_scripts_there_are_links_and_all_offers(browser: Any, portable: Path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((portable / "angebote" / "index.html").as_uri())
    assert not page.is_visible(".finder")
    assert page.is_visible(".by-links >> text=Worum geht es?")
    assert page.locator("[data-offer]").count() == 25
    context.close()
