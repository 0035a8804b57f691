"""Programs: how each reads a corpus from disk, and how its users call it.

A site is a skeleton from ``sites/`` and the files that the functions here make of posts and actors.
"""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.corpus import CARRIERS, Actor, Corpus, Post

SITES: Final = Path(__file__).parent / "sites"
SHIPPED: Final = Path(__file__).parent.parent / "templates"

File = tuple[str, str]
"""A path from the site's root, and its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One way of building a site."""

    name: str
    short: str
    """Names its folder."""
    skeleton: Callable[[Path], None]
    """Puts into a folder what isn't made of the corpus."""
    post: Callable[[Post], File]
    actors: Callable[[Sequence[Actor]], Iterator[File]]
    template: str
    """The template of a post's page, from the site's root."""
    made: tuple[str, ...]
    """What a build leaves behind: the output first, then what it keeps."""
    command: Callable[[Path], list[str]]
    most: int = 100_000
    """The largest corpus it is asked to build."""


def write(program: Program, corpus: Corpus, root: Path) -> None:
    """Write a corpus as a program reads it, into a folder that is made anew."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    program.skeleton(root)
    for post in corpus.posts:
        put(root, program.post(post))
    for file in program.actors(corpus.actors):
        put(root, file)


def put(root: Path, file: File) -> None:
    """Write one file below a site's root."""
    path = root / file[0]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(file[1], encoding="utf-8")


def _listed(words: Sequence[str]) -> str:
    return "[" + ", ".join(words) + "]"


# netzsite


def _netzsite_post(post: Post) -> File:
    body = post.body.replace("({post:", "(post:").replace("({actor:", "(actor:").replace("})", ")")
    text = (
        f"---\ntitle: {post.title}\ndate: {post.day}\nsummary: {post.summary}\n"
        f"tags: {_listed(post.tags)}\nactors: {_listed(post.actors)}\n---\n\n{body}"
    )
    return f"content/posts/{post.day.year}/{post.day}-{post.id}.md", text


def _netzsite_actors(actors: Sequence[Actor]) -> Iterator[File]:
    for actor in actors:
        text = (
            f"name: {actor.name}\ncarrier: traeger-{actor.carrier}\n"
            f"description: |\n  {actor.description}\n"
        )
        yield f"content/actors/{actor.id}.yaml", text


def _netzsite_site(root: Path) -> None:
    text = (
        "title: Netzwerk Musterstadt\ntagline: Ein erfundenes Netzwerk zum Messen\nlanguage: de\n"
        "base_url: https://netzwerk.example\ntimezone: Europe/Berlin\nregion: DE-RP\n"
    )
    put(root, ("content/site.yaml", text))
    for number in range(1, CARRIERS + 1):
        put(root, (f"content/carriers/traeger-{number}.yaml", f"name: Träger {number}\n"))


def _plain(root: Path) -> None:
    _netzsite_site(root)
    shutil.copytree(SITES / "netzsite" / "templates", root / "templates")


def _theme(root: Path) -> None:
    """Take the shipped theme; the one template that a scenario changes lies in the site."""
    _netzsite_site(root)
    (root / "templates").mkdir()
    shutil.copy(SHIPPED / "post.html", root / "templates" / "post.html")


def _netzsite(short: str, skeleton: Callable[[Path], None]) -> Program:
    return Program(
        name=f"netzsite, {short}",
        short=short,
        skeleton=skeleton,
        post=_netzsite_post,
        actors=_netzsite_actors,
        template="templates/post.html",
        made=("output", ".netzsite-cache"),
        command=lambda root: [sys.executable, "-m", "netzsite", "build", str(root)],
    )


PLAIN: Final = _netzsite("plain", _plain)
THEME: Final = _netzsite("theme", _theme)

ALL: Final = (PLAIN, THEME)
