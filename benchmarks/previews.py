"""A program's own preview of a corpus → how long an open page waits for a saved file.

The server is the program's, with its defaults, as a process of its own; one client has a page open:
it has fetched it, and listens as a browser does. A save is a file written beside and renamed into
place. It has come when the server has said so and the page, fetched again, holds the new text; all
of it has come when the server is done and a page that isn't open holds it too.
"""

import http.client
import os
import socket
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import corpus as corpora
from benchmarks import measure
from benchmarks.corpus import Corpus, Post
from benchmarks.listening import PATIENCE, Listener
from benchmarks.measure import FailedRunError, Measure, Watched
from benchmarks.program import File, Program, write
from benchmarks.scenarios import ACTOR, BODY, TITLE, Edits, Scenario

IDLE: Final = 5.0
"""Seconds without an edit, over which processor time is looked at."""
REST: Final = 1.0
"""Seconds between two saves: an editor looks at what has come of one before the next."""
EACH: Final = 3
"""Saves of each kind in a round."""
EDITS: Final = (BODY, TITLE, ACTOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What one save took until it was seen, in seconds."""

    page: float
    """Until the open page has it."""
    everything: float
    """Until the server says that it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """What one server did."""

    saves: Mapping[str, Sequence[Saved]]
    """By the scenario's short name."""
    cold: int
    """Bytes at most, of all processes together, from its start to the first page."""
    watching: int
    """Bytes at most, from the first page on."""
    idle: float
    """Processor seconds in a second without edits."""
    builds: Sequence[Measure]
    """The program's own command on the same corpus, as a yardstick: nothing kept."""


Key = tuple[int, str]
"""Number of posts, short name of the program."""
Previews = dict[Key, Previewed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewing:
    """What is to be measured."""

    programs: Sequence[Program]
    rounds: int
    seed: int
    work: Path
    tell: Callable[[str], None]


def measure_previews(size: int, plan: Previewing) -> Previews:
    """Measure the preview of each program that has one, on a corpus of so many posts.

    Raises ``FailedRunError``.
    """
    corpus = corpora.make(size, plan.seed)
    found = {}
    for program in plan.programs:
        if program.serve is None or program.listen is None:
            continue
        root = plan.work / f"preview-{size}-{program.short}"
        write(program, corpus, root)
        plan.tell(f"{size} posts, preview of {program.name}")
        builds = [_built(program, root) for _ in range(plan.rounds)]
        found[size, program.short] = _preview(program, corpus, root, builds, plan)
    return found


def _built(program: Program, root: Path) -> Measure:
    """Build as the command does, from nothing, and leave nothing."""
    program.remove(root)
    took = measure.run(program.command(root))
    program.remove(root)
    return took


def _preview(
    program: Program, corpus: Corpus, root: Path, builds: Sequence[Measure], plan: Previewing
) -> Previewed:
    saves: dict[str, list[Saved]] = defaultdict(list)
    with _serving(program, root) as (process, port):
        with Watched(process.pid, together=True) as starting:
            _until_ready(process, port)
            listener = program.listen(port) if program.listen else None
        if listener is None:
            raise FailedRunError(f"{program.name} has no preview")
        with closing(listener), Watched(process.pid, together=True) as watching:
            desk = _Desk(program, corpus, root, port, listener)
            for number in range(plan.rounds):
                for scenario in EDITS:
                    for took in desk.edit(scenario, number * EACH):
                        saves[scenario.short].append(took)
                        plan.tell(f"{scenario.short}: {took.page:.3f} s, {took.everything:.3f} s")
            time.sleep(2 * REST)
            before = measure.processor(process.pid)
            time.sleep(IDLE)
            idle = (measure.processor(process.pid) - before) / IDLE
    plan.tell(f"{starting.peak >> 20} MiB, {watching.peak >> 20} MiB, idle {idle:.3f}")
    return Previewed(
        saves=saves, cold=starting.peak, watching=watching.peak, idle=idle, builds=builds
    )


class _Desk:
    """Where somebody edits a site and looks at one of its pages."""

    def __init__(
        self, program: Program, corpus: Corpus, root: Path, port: int, listener: Listener
    ) -> None:
        self._program = program
        self._corpus = corpus
        self._root = root
        self._port = port
        self._listener = listener

    def edit(self, scenario: Scenario, first: int) -> Iterator[Saved]:
        """Save an edit several times, each with a text that nobody has seen, then undo it."""
        opened, other = self._pages(scenario)
        edits = Edits(self._root)
        for number in range(first + 1, first + EACH + 1):
            time.sleep(REST)
            fetch(self._port, opened)
            mark = f"{scenario.short.title()}mal{number}x"
            (file,) = self._files(scenario, number, mark)
            edits.note(file)
            yield self._save(file, mark, opened, other)
        time.sleep(REST)
        edits.undo()
        while not self._listener.hear():
            pass
        time.sleep(REST)

    def _files(self, scenario: Scenario, number: int, mark: str) -> Iterator[File]:
        """Give a scenario's file, with a word in it that can be looked for in the page."""
        for path, text in scenario.edit(self._program, self._corpus, self._root, number):
            plain = {
                BODY.short: f"Nachtrag {number}:",
                TITLE.short: f" {number}\n",
                ACTOR.short: f" {number}\n",
            }[scenario.short]
            fresh = {BODY.short: f"Nachtrag {mark}:"}.get(scenario.short, f" {mark}\n")
            yield path, text.replace(plain, fresh, 1)

    def _pages(self, scenario: Scenario) -> tuple[str, str]:
        """Name the page that is open, and another that has to change too."""
        posts = self._corpus.posts
        if scenario is ACTOR:
            name = self._corpus.actors[0].id
            shown = [post for post in posts if name in post.actors]
            return _address(shown[len(shown) // 2]), _address(shown[0])
        post = posts[len(posts) // (2 if scenario is BODY else 3)]
        return _address(post), _address(post)

    def _save(self, file: File, mark: str, opened: str, other: str) -> Saved:
        place = self._root / file[0]
        fresh = place.with_name(f".{place.name}.swp")
        fresh.write_text(file[1], encoding="utf-8")
        began = time.perf_counter()
        os.replace(fresh, place)  # noqa: PTH105 - what is measured begins here
        done = self._listener.hear()
        while mark.encode() not in fetch(self._port, opened):
            done = self._listener.hear()
        page = time.perf_counter() - began
        while not done:
            done = self._listener.hear()
        everything = time.perf_counter() - began
        if mark.encode() not in fetch(self._port, other) and not self._program.lazy:
            raise FailedRunError(f"{self._program.name}: {other} lacks what was saved")
        return Saved(page=page, everything=everything)


def _address(post: Post) -> str:
    return f"/aktuelles/{post.id}/"


def fetch(port: int, address: str) -> bytes:
    """Ask a server for a page; raises ``FailedRunError`` when it has none."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with closing(line):
        line.request("GET", address)
        answer = line.getresponse()
        data = answer.read()
    if answer.status != http.HTTPStatus.OK:
        raise FailedRunError(f"{address}: {answer.status}")
    return data


@contextmanager
def _serving(program: Program, root: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """Start a program's server; ends it, and waits for its end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryFile("w+b") as said:
        command = program.serve(root, port) if program.serve else []
        process = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            yield process, port
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _until_ready(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until the home page is there."""
    end = time.monotonic() + 10 * PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            fetch(port, "/")
        except (OSError, FailedRunError):
            time.sleep(0.1)
        else:
            return
    raise FailedRunError(f"{process.args!r} shows no page")
