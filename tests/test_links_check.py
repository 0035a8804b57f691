"""Links and anchors of all pages: what leads nowhere is told, once for each page."""

import pytest

from netzsite.audit.facts import Facts
from netzsite.checks import links
from netzsite.checks.page import Page
from netzsite.problems import Problem

ADDRESSES = frozenset({"/", "/akteure/", "/akteure/mckiz/", "/404.html", "/media/satzung.pdf"})


def page(*found: str, address: str = "/", origin: str = "pages/start.md", ids: str = "") -> Page:
    return Page(address, origin, Facts(links=found, ids=tuple(ids.split())))


def check(*pages: Page) -> list[Problem]:
    return list(links.check(iter(pages), ADDRESSES))


@pytest.mark.parametrize(
    "link",
    [
        "/",
        "/akteure/",
        "/akteure/index.html",
        "/404.html",
        "/media/satzung.pdf",
        "/#top",
        "/#ziele",
    ],
)
def test_what_is_there_is_not_told(link: str):
    assert check(page(link, ids="ziele")) == []


def test_an_anchor_of_another_page_is_found():
    there = page(address="/akteure/mckiz/", ids="zeiten kontakt")
    assert check(page("/akteure/mckiz/#kontakt", "/akteure/mckiz/#top"), there) == []


def test_a_link_to_nowhere_is_told_with_its_page_and_its_file():
    assert check(page("/weg/", "/akteure/", address="/akteure/")) == [
        Problem(
            code="dead-link",
            path="pages/start.md",
            facts={"page": "/akteure/", "link": "/weg/"},
        )
    ]


def test_a_missing_anchor_is_told_apart():
    (problem,) = check(page("/akteure/#weg"), page(address="/akteure/", ids="da"))
    assert problem.code == "dead-anchor"
    assert problem.facts == {"page": "/", "link": "/akteure/#weg", "anchor": "weg"}


@pytest.mark.parametrize(
    ("link", "code", "guess"),
    [
        ("/akteure", "dead-link", "/akteure/"),
        ("/akteure/mckiz#kontakt", "dead-link", "/akteure/mckiz/"),
        ("/akteure/weg/", "dead-link", None),
        ("/..", "dead-link", None),
        ("/größe", "dead-link", None),
        ("/weg/#a", "dead-link", None),
    ],
)
def test_a_forgotten_slash_is_guessed(link: str, code: str, guess: str | None):
    (problem,) = check(page(link))
    assert problem.code == code
    assert problem.facts.get("guess") == guess


def test_each_page_tells_its_own():
    found = check(page("/weg/"), page("/weg/", address="/akteure/", origin="site.yaml"))
    assert [(problem.path, problem.facts["page"]) for problem in found] == [
        *(("pages/start.md", "/"), ("site.yaml", "/akteure/"))
    ]


def test_the_fragment_of_a_document_is_no_anchor():
    assert check(page("/media/satzung.pdf#page=2")) == []
