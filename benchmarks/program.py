"""A program: how it reads a corpus from disk, and how its users call it.

A site is a skeleton from ``sites/`` and the files that are made of posts and actors: ``ours`` knows
how netzsite's look, ``peers`` Hugo's and Pelican's.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.corpus import Actor, Corpus, Post
from benchmarks.listening import Listener

SITES: Final = Path(__file__).parent / "sites"

File = tuple[str, str]
"""A path from the site's root, and its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One way of building a site."""

    name: str
    short: str
    """Names its folder."""
    version: str
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
    serve: Callable[[Path, int], list[str]] | None = None
    """Its preview on a port of this computer, where it has one that tells open pages."""
    listen: Callable[[int], Listener] | None = None
    """An open page of that preview."""
    lazy: bool = False
    """Whether its preview leaves pages stale that nobody has looked at lately."""

    def remove(self, root: Path) -> None:
        """Remove all that builds have made."""
        for made in self.made:
            shutil.rmtree(root / made, ignore_errors=True)


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


def listed(words: Sequence[str]) -> str:
    """Write words as a list of YAML."""
    return "[" + ", ".join(words) + "]"
