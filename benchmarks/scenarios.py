"""Scenarios: what somebody did between two builds.

An edit is the files that it writes; each round writes texts that no build has seen, and is undone
after it. The edited file is young when the build starts, as an editor's is; all others are old.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from benchmarks import corpus as corpora
from benchmarks.corpus import Corpus
from benchmarks.program import File, Program, put

MARK: Final = 'class="prose'
"""Stands in each program's template of a post; a changed template has one more class there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One state in which a build begins."""

    short: str
    """Names it on the command line."""
    name: str
    edit: Callable[[Program, Corpus, Path, int], Iterator[File]]
    """Gives the files to write, from the program, the corpus, the site's root and the round."""
    cold: bool = False
    """Whether all that builds have made is removed first."""
    most: int = 10_000
    """The largest corpus it is asked of."""


def _nothing(_program: Program, _corpus: Corpus, _root: Path, _round: int) -> Iterator[File]:
    yield from ()


def _body(program: Program, corpus: Corpus, _root: Path, number: int) -> Iterator[File]:
    post = corpus.posts[len(corpus.posts) // 2]
    yield program.post(replace(post, body=f"{post.body}\nNachtrag {number}: es bleibt dabei.\n"))


def _title(program: Program, corpus: Corpus, _root: Path, number: int) -> Iterator[File]:
    post = corpus.posts[len(corpus.posts) // 3]
    yield program.post(replace(post, title=f"{post.title} {number}"))


def _added(program: Program, corpus: Corpus, _root: Path, number: int) -> Iterator[File]:
    yield program.post(corpora.added(corpus, number))


def _actor(program: Program, corpus: Corpus, root: Path, number: int) -> Iterator[File]:
    first, *rest = corpus.actors
    for path, text in program.actors((replace(first, name=f"{first.name} {number}"), *rest)):
        if (root / path).read_text(encoding="utf-8") != text:
            yield path, text


def _template(program: Program, _corpus: Corpus, root: Path, number: int) -> Iterator[File]:
    text = (root / program.template).read_text(encoding="utf-8")
    if MARK not in text:
        raise ValueError(program.template)
    yield program.template, text.replace(MARK, f"{MARK} v{number}")


COLD: Final = Scenario(short="cold", name="cold", edit=_nothing, cold=True, most=100_000)
UNCHANGED: Final = Scenario(short="unchanged", name="unchanged", edit=_nothing, most=100_000)
BODY: Final = Scenario(short="body", name="one body edited", edit=_body, most=100_000)
TITLE: Final = Scenario(short="title", name="one title edited", edit=_title)
ADDED: Final = Scenario(short="post", name="one post added", edit=_added)
ACTOR: Final = Scenario(short="actor", name="one actor renamed", edit=_actor)
TEMPLATE: Final = Scenario(short="template", name="post template changed", edit=_template)

SCENARIOS: Final = (COLD, UNCHANGED, BODY, TITLE, ADDED, ACTOR, TEMPLATE)


class Edits:
    """Writes files of a site, and knows how to put back what was there."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._before: dict[str, str | None] = {}

    def note(self, file: File) -> None:
        """Note what is there before somebody writes a file."""
        path = self._root / file[0]
        before = path.read_text(encoding="utf-8") if path.exists() else None
        self._before.setdefault(file[0], before)

    def apply(self, file: File) -> None:
        """Write one file."""
        self.note(file)
        put(self._root, file)

    def undo(self) -> None:
        """Put back everything that was written."""
        for name, text in self._before.items():
            if text is None:
                (self._root / name).unlink()
            else:
                put(self._root, (name, text))
        self._before.clear()
