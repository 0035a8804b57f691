"""Offers → what narrows their list: the choices of each question, and what each offer answers.

All is counted when the site is built, so that the page says what it has before a script runs;
`static/finder.js` counts again when something is chosen.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest
from typing import Final, get_args

from msgspec import Struct

from netzsite.fields.types import Registration
from netzsite.network.cards import OfferCard
from netzsite.network.network import Network
from netzsite.network.visibility import is_current_offer
from netzsite.records.cost import is_free
from netzsite.records.offer import Offer
from netzsite.times.vocabulary import words
from netzsite.times.words import ALL_DAYS

BY_APPOINTMENT: Final = "appointment"
FREE: Final = "free"
_OLDEST: Final = 120

Answers = dict[str, tuple[str, ...]]
"""Question → the values that an offer answers it with."""


class Choice(Struct, frozen=True, kw_only=True):
    """One answer to a question of the finder, and how many offers give it."""

    value: str
    label: str
    """Empty where the page names it by its value."""
    count: int


class Question(Struct, frozen=True, kw_only=True):
    """What the finder asks."""

    name: str
    choices: tuple[Choice, ...]


class Found(Struct, frozen=True, kw_only=True):
    """An offer with its answers to the finder's questions, parted by blanks."""

    card: OfferCard
    answers: dict[str, str]


def narrow(network: Network) -> tuple[tuple[Question, ...], tuple[Found, ...]]:
    """Give the questions that narrow the list of offers, and the offers with their answers."""
    offers = [offer for offer in network.offers.values() if is_current_offer(offer, network.today)]
    steps = _age_steps(offers)
    answers = [_answers(offer, steps) for offer in offers]
    labels = _labels(network, steps)
    questions = tuple(
        question
        for name, known in labels.items()
        if (question := _question(name, known, answers)).choices
    )
    asked = [question.name for question in questions]
    return questions, tuple(
        Found(
            card=network.offer_cards[offer.id],
            answers={name: " ".join(given[name]) for name in asked if given[name]},
        )
        for offer, given in zip(offers, answers, strict=True)
    )


def _question(name: str, labels: dict[str, str], answers: list[Answers]) -> Question:
    """Make a question; its choices are those that leave some offers and not all."""
    counts = Counter(value for given in answers for value in given[name])
    order = labels or {value: "" for value, _ in sorted(counts.items(), key=_most_first)}
    narrows = any(count < len(answers) for count in counts.values())
    return Question(
        name=name,
        choices=tuple(
            Choice(value=value, label=label, count=counts[value])
            for value, label in order.items()
            if counts[value] and narrows
        ),
    )


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    value, count = counted
    return -count, value


def _labels(network: Network, steps: tuple[int, ...]) -> dict[str, dict[str, str]]:
    """Name the choices of each question, in their order; languages are named by the page."""
    catalogue, days = network.words.words, words(network.words.language)
    terms = network.vocabulary
    return {
        "topic": {key: term.plain or term.label for key, term in terms.topics.items()},
        "group": {key: term.plain or term.label for key, term in terms.target_groups.items()},
        "day": {
            **{str(day): days.long_day(day) for day in ALL_DAYS},
            BY_APPOINTMENT: catalogue["by_appointment"],
        },
        "age": _age_labels(catalogue, steps),
        "language": {},
        "cost": {FREE: catalogue["free"]},
        "registration": {
            value: catalogue[f"registration_short_{value}"] for value in get_args(Registration)
        },
    }


def _age_labels(catalogue: dict[str, str], steps: tuple[int, ...]) -> dict[str, str]:
    found = {}
    for first, following in zip_longest(steps, steps[1:]):
        if following is None:
            label = catalogue["age_from"].format(first=first)
        elif following == first + 1:
            label = catalogue["age_exact_one" if first == 1 else "age_exact"].format(n=first)
        else:
            label = catalogue["age_between"].format(first=first, last=following - 1)
        found[str(first)] = label
    return found


def _age_steps(offers: Iterable[Offer]) -> tuple[int, ...]:
    """Give the ages at which an offer begins to fit or stops to: between two, all stays alike."""
    steps = {0}
    for offer in offers:
        steps |= {offer.min_age or 0, offer.max_age + 1 if offer.max_age is not None else 0}
    return tuple(sorted(step for step in steps if step < _OLDEST)) if len(steps) > 1 else ()


def _answers(offer: Offer, steps: tuple[int, ...]) -> Answers:
    """Say what an offer answers; one without an age limit is for all ages."""
    oldest = _OLDEST if offer.max_age is None else offer.max_age
    fitting = (step for step in steps if (offer.min_age or 0) <= step <= oldest)
    return {
        "topic": offer.topics,
        "group": offer.target_groups,
        "day": _days(offer),
        "age": tuple(map(str, fitting)),
        "language": offer.languages,
        "cost": (FREE,) if is_free(offer.cost) else (),
        "registration": (offer.registration,) if offer.registration else (),
    }


def _days(offer: Offer) -> tuple[str, ...]:
    if offer.hours is None:
        return ()
    days = {day for rule in offer.hours.weekly for day in rule.days}
    days |= {rule.day for rule in offer.hours.monthly}
    also = (BY_APPOINTMENT,) if offer.hours.by_appointment else ()
    return (*map(str, sorted(days)), *also)
