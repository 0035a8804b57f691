"""Problems as values: their order, their rank, and whether a site may be published with them."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netzsite.catalogue import catalogue, languages
from netzsite.problems import SEVERITIES, Problem, Severity, Spot, in_order, publishable

ERROR = Problem(code="bad-date", path="a.yaml", spot=Spot(3, 7, 4), facts={"value": "x"})
RELEASE_GATE = (
    *("provider-missing", "privacy-missing", "statement-missing"),
    *("legal-link-missing", "example-address"),
)
RELEASE = Problem(code="privacy-missing", path="site.yaml")
WARNING = Problem(code="similar-tags", path="posts/a.md")
NOTICE = Problem(code="unused-medium", path="media/a.jpg")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 2, Spot(3, 7, 2)), (4, 9, Spot(3, 11, 5)), (4, 4, Spot(3, 11, 1)), (4, 2, Spot(3, 11, 1))],
)
def test_a_part_of_a_place_lies_inside_it(start: int, end: int, expected: Spot):
    assert Spot(3, 7, 10).shifted(start, end) == expected


def test_problems_come_by_file_place_and_kind():
    order = [
        Problem(code="locked"),
        Problem(code="unknown-file", path="a.yaml"),
        Problem(code="bad-date", path="a.yaml", spot=Spot(2, 9)),
        Problem(code="bad-date", path="a.yaml", spot=Spot(10, 1)),
        Problem(code="bad-value", path="a.yaml", spot=Spot(10, 1)),
        Problem(code="bad-value", path="a.yaml", spot=Spot(10, 1), facts={"value": "b"}),
        Problem(code="bad-value", path="a.yaml", spot=Spot(10, 2)),
        Problem(code="bad-date", path="b.yaml", spot=Spot(1)),
    ]
    assert list(in_order(reversed(order))) == order


def test_a_problem_is_told_once():
    shown = Problem(code="bad-date", path="a.yaml", spot=Spot(3, 7, 4), facts={"value": "x"})
    assert in_order([ERROR, NOTICE, shown, ERROR]) == (ERROR, NOTICE)
    assert in_order(()) == ()


PROBLEMS = st.builds(
    Problem,
    code=st.sampled_from(["bad-date", "not-utf8", "privacy-missing"]),
    path=st.sampled_from(["", "a.yaml", "b.yaml"]),
    spot=st.none() | st.builds(Spot, st.integers(1, 3), st.integers(1, 3)),
    facts=st.dictionaries(st.sampled_from(["value", "key"]), st.text(max_size=2), max_size=2),
)


@given(st.lists(PROBLEMS, max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_the_order_is_never_that_of_the_input(found: list[Problem], chance: random.Random):
    mixed = found.copy()
    chance.shuffle(mixed)
    assert in_order(mixed) == in_order(found)
    assert in_order(in_order(found)) == in_order(found)


@pytest.mark.parametrize(
    ("found", "usual", "strict"),
    [
        ((), True, True),
        ((NOTICE,), True, True),
        ((NOTICE, WARNING), True, True),
        ((NOTICE, RELEASE), True, False),
        ((NOTICE, ERROR), False, False),
        ((ERROR, WARNING), False, False),
    ],
)
def test_errors_keep_a_site_from_publishing_and_the_release_gate_where_asked(
    found: tuple[Problem, ...], usual: bool, strict: bool
):
    assert publishable(found, strict=False) is usual
    assert publishable(iter(found), strict=True) is strict


@pytest.mark.parametrize(
    ("code", "rank"),
    [
        ("bad-date", Severity.ERROR),
        ("foreign-origin", Severity.ERROR),
        ("picture-with-place", Severity.NOTICE),
        ("picture-without-alt", Severity.WARNING),
        ("picture-too-large", Severity.ERROR),
        *((code, Severity.RELEASE) for code in RELEASE_GATE),
        ("hidden-reference", Severity.WARNING),
        ("unused-medium", Severity.NOTICE),
    ],
)
def test_a_kind_has_a_rank(code: str, rank: Severity):
    assert Problem(code=code).severity is rank


@pytest.mark.parametrize("language", languages())
def test_every_kind_has_its_sentences_and_no_other_has_any(language: str):
    assert set(catalogue(language).problems) == set(SEVERITIES)
