"""A number and a seed → a corpus: posts, actors, tags; always the same for the same two.

The first posts of a larger corpus are those of a smaller one. What a program reads is made of it in
``programs``; links are kept as (kind, id), since each program writes them in its own way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from benchmarks import prose

TAGS: Final = 60
ACTORS: Final = 18
CARRIERS: Final = 9
FIRST_DAY: Final = date(2016, 1, 1)
LAST_DAY: Final = date(2025, 12, 30)
_PLAIN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
ADDED_DAY: Final = date(2025, 12, 31)
"""The day of the post that a scenario adds: the newest, so that every list shifts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One of the actors that posts are about."""

    id: str
    name: str
    carrier: int
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post; links in its body stand as ``{post:id}``, ``{actor:id}``."""

    id: str
    title: str
    day: date
    summary: str
    tags: tuple[str, ...]
    actors: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All that a site is made of."""

    posts: tuple[Post, ...]
    actors: tuple[Actor, ...]
    tags: tuple[str, ...]


def make(count: int, seed: int = 4) -> Corpus:
    """Make a corpus of so many posts."""
    tags = _tags(Random(f"{seed} tags"))
    actors = tuple(_actors(Random(f"{seed} actors")))
    corpus = Corpus(posts=(), actors=actors, tags=tags)
    days = (LAST_DAY - FIRST_DAY).days
    posts: list[Post] = []
    for index in range(count):
        random = Random(f"{seed} post {index}")
        day = FIRST_DAY + timedelta(days=random.randint(0, days))
        posts.append(_post(random, index, day, corpus, posts))
    return replace(corpus, posts=tuple(posts))


def added(corpus: Corpus, number: int) -> Post:
    """Make one more post, newer than all others."""
    index = len(corpus.posts) + number
    return _post(Random(f"added {number}"), index, ADDED_DAY, corpus, corpus.posts)


def _tags(random: Random) -> tuple[str, ...]:
    found: dict[str, None] = {}
    while len(found) < TAGS:
        found[prose.noun(random)] = None
    return tuple(found)


def _actors(random: Random) -> Iterator[Actor]:
    for number in range(ACTORS):
        name = f"{prose.noun(random)} {prose.noun(random)}"
        text = " ".join(prose.sentence(random) for _ in range(4))
        carrier = number % CARRIERS + 1
        yield Actor(id=f"akteur-{number + 1}", name=name, carrier=carrier, description=text)


def _post(random: Random, index: int, day: date, corpus: Corpus, before: Sequence[Post]) -> Post:
    """Make one post, which links only to those before it."""

    def link(random: Random) -> str:
        kind = random.choice(("post", "post", "actor", "outside"))
        label = f"{random.choice(('zum', 'über', 'beim'))} {prose.noun(random)}"
        if kind == "outside":
            return f"[{label}](https://beispiel-{random.randint(1, 400)}.example/seite)"
        if kind == "post" and before:
            return f"[{label}]({{post:{random.choice(before).id}}})"
        return f"[{label}]({{actor:{random.choice(corpus.actors).id}}})"

    title = prose.title(random)
    first = "-".join(title.split()[:3])
    return Post(
        id=f"{slug(first)}-{index}",
        title=title,
        day=day,
        summary=prose.sentence(random),
        tags=tuple(random.sample(corpus.tags, random.randint(0, 3))),
        actors=tuple(actor.id for actor in random.sample(corpus.actors, random.randint(1, 3))),
        body=prose.body(random, random.randint(150, 370), link),
    )


def slug(text: str) -> str:
    """Make an address of a word; the words here know no other characters."""
    return text.lower().translate(_PLAIN)
