"""The handbook says what the program does: every code, option and key, every complete example.

A block below ``<!-- datei: PATH -->`` is a whole file that is right; one below ``<!-- falsch: CODE
PATH -->`` gives exactly that code. Tables below ``<!-- zeiten -->`` and the like hold in their first
column what can be written, and in their second what comes of it; ``<!-- keine-zeiten -->`` holds
what can't.
"""

import contextlib
import http.server
import re
import shlex
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from netzsite.catalogue import catalogue
from netzsite.cli import COMMANDS, netzsite
from netzsite.dev.watch import Watch
from netzsite.fields.field import Field, Form, Many, Shaped, Table, fields_of
from netzsite.integrations.reference import reference
from netzsite.pipeline import build as builder
from netzsite.pipeline.build import build
from netzsite.problems import SEVERITIES
from netzsite.records.kinds import KINDS
from netzsite.times.dates import read_moment
from netzsite.times.hours_text import read_hours, write_hours
from netzsite.times.recurrence_text import read_recurrence, write_recurrence
from netzsite.web import browser_check
from tests.conftest import ROOT, TODAY, Run, options
from tests.test_live_site import hosted

HANDBOOK = (ROOT / "docs" / "handbuch.md").read_text(encoding="utf-8")
STARTER = ROOT / "netzsite" / "starter" / "content"
GATE = {"provider-missing", "privacy-missing", "example-address"}
SITE = "content/site.yaml"
MEDIA = ("media/sommerfest.jpg", "media/satzung.pdf")
"""Media that an example may name; each is there where one does."""

Files = dict[str, str]
Found = set[tuple[str, str]]
"""Pairs of path and code."""

FENCED = re.compile(r"<!-- (datei|falsch): (.+?) -->\n```[a-z]*\n(.*?)```\n", re.DOTALL)
CODE = re.compile(r"^### `([a-z0-9-]+)`\n\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)


def examples(mark: str) -> list[tuple[str, str]]:
    return [(hit[2], hit[3]) for hit in FENCED.finditer(HANDBOOK) if hit[1] == mark]


RIGHT = examples("datei")
WRONG = [(*name.split(" ", 1), text) for name, text in examples("falsch")]


def batches(files: list[tuple[str, str]]) -> list[Files]:
    """Put files together into few sites; the site's own file, and a path's second, stay apart."""
    found: list[Files] = [{}]
    for path, text in files:
        if path == SITE:
            found.append({path: text})
            continue
        room = next((site for site in found if path not in site and SITE not in site), None)
        if room is None:
            room = {}
            found.append(room)
        room[path] = text
    return [site for site in found if site]


def problems(root: Path, files: Files) -> Found:
    """Build a copy of the starter with these files; the gate's codes only where it was to pass."""
    shutil.copytree(STARTER, root / "content")
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for name in MEDIA:
        if any(name in text for text in files.values()):
            (root / "content" / "media").mkdir(exist_ok=True)
            (root / "content" / name).write_bytes(medium(name))
    report = build(options(root, publish=False))
    forgiven = GATE if SITE not in files else set()
    return {(one.path, one.code) for one in report.problems if one.code not in forgiven}


def medium(name: str) -> bytes:
    import io

    from PIL import Image

    if not name.endswith(".jpg"):
        return b"x"
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "jpeg")
    return data.getvalue()


# Codes and ranks.


def test_each_code_has_its_section_and_each_section_its_code():
    codes = [hit[1] for hit in CODE.finditer(HANDBOOK)]
    assert len(codes) == len(set(codes))
    assert set(codes) == set(SEVERITIES)


@pytest.mark.parametrize("hit", [pytest.param(hit, id=hit[1]) for hit in CODE.finditer(HANDBOOK)])
def test_a_section_begins_with_the_rank(hit: re.Match[str]):
    rank = catalogue("de").report[SEVERITIES[hit[1]].value]
    assert hit[2].startswith(f"**{rank}.** ")


# Commands, options, keys.


def test_each_command_and_option_is_mentioned():
    for name, command in commands():
        assert f"`netzsite {name}" in HANDBOOK
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                for option in (*parameter.opts, *parameter.secondary_opts):
                    assert f"`{option}`" in HANDBOOK, f"{name} {option}"


def test_each_key_is_in_the_reference():
    shown = (ROOT / "docs" / "felder.md").read_text(encoding="utf-8")
    tables = re.findall(r"^\| (?:↳ )*(?:\*\*)?`([a-z_]+)`", reference(), re.MULTILINE)
    assert {f"`{name}`" for name in tables} <= set(re.findall(r"`[a-z_]+`", shown))
    for kind in KINDS:
        for name in names(fields_of(kind.type)):
            assert f"`{name}`" in shown


def names(fields: tuple[Field, ...]) -> list[str]:
    found = []
    for field in fields:
        found += [field.name.rstrip("_"), *names(inner(field.form))]
    return found


def inner(form: Form) -> tuple[Field, ...]:
    match form:
        case Shaped():
            return form.fields
        case Many() | Table():
            return inner(form.item)
    return ()


def test_links_inside_the_handbook_lead_somewhere():
    headings = re.findall(r"^#+ (.+)$", HANDBOOK, re.MULTILINE)
    known = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    prose = re.sub(r"````.*?````|```.*?```|`[^`\n]*`", "", HANDBOOK, flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)]*)\)", prose):
        file, _, anchor = target.partition("#")
        assert not file or file.startswith("https://") or (ROOT / "docs" / file).exists(), target
        assert not anchor or anchor in known, target


# Examples.


@pytest.mark.parametrize("files", batches(RIGHT))
def test_whole_examples_are_right(files: Files, tmp_path: Path):
    assert problems(tmp_path, files) == set()


@pytest.mark.parametrize("files", batches([(path, text) for _, path, text in WRONG]))
def test_wrong_examples_give_their_code(files: Files, tmp_path: Path):
    wanted = {(path, code) for code, path, text in WRONG if files.get(path) == text}
    assert problems(tmp_path, files) == wanted


def test_wrong_examples_stand_where_their_code_is_explained():
    for hit in CODE.finditer(HANDBOOK):
        told = {one[2].split(" ", 1)[0] for one in FENCED.finditer(hit[2]) if one[1] == "falsch"}
        assert told <= {hit[1]}


def test_links_of_the_table_lead_to_what_is_there(tmp_path: Path):
    table = HANDBOOK.partition("| Sie schreiben | Das Ziel |")[2].partition("\n\n")[0]
    links = re.findall(r"^\| `(\[.*?\]\(.*?\))`", table, re.MULTILINE)
    assert len(links) > 10
    text = "\n\n".join(("---\ntitle: Links\n---", *links, "## Danke", ""))
    prices = "content/pages/kosten.md"
    assert (
        problems(tmp_path, {"content/pages/links.md": text, prices: dict(RIGHT)[prices]}) == set()
    )


# Commands.

COMMAND = re.compile(r"<!-- befehl -->\n```\n(.*?)```\n", re.DOTALL)
CELL = re.compile(r"^\| `(netzsite [^`]*)` \||\| `(netzsite [^`]*)` \|$", re.MULTILINE)
WATCHES = re.compile(r"netzsite (?:serve|build .*--watch)")


def calls() -> list[tuple[str, str]]:
    """Each command line of the handbook with what it shows, if that is told."""
    found = [(first or last, "") for first, last in CELL.findall(HANDBOOK)]
    for block in COMMAND.findall(HANDBOOK):
        for part in re.split(r"^(?=netzsite )", block, flags=re.MULTILINE):
            line, _, shown = part.partition("\n")
            found += [(line, shown)] if line else []
    return list(dict.fromkeys(found))


def commands() -> Iterator[tuple[str, click.Command]]:
    for name in COMMANDS:
        command = netzsite.get_command(click.Context(netzsite), name)
        assert command is not None
        yield name, command


def test_each_command_has_an_example_that_is_run():
    assert {line.split()[1] for line, _ in calls()} == set(COMMANDS)


def test_each_option_has_an_example_that_is_run():
    written = {word for line, _ in calls() for word in shlex.split(line)}
    for name, command in commands():
        for option in (one for one in command.params if isinstance(one, click.Option)):
            assert written & {*option.opts, *option.secondary_opts}, f"{name} {option.opts}"


@pytest.fixture(scope="module")
def outside() -> Iterator[str]:
    """A server on this computer in place of all other sites; it knows one page."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(404 if self.path == "/verein" else 200)
            self.end_headers()

        do_GET = do_HEAD  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory, outside: str) -> Path:
    """A new site that passes the release gate and links to that server; built, not to be changed."""
    root = tmp_path_factory.mktemp("handbuch")
    shutil.copytree(STARTER, root / "content")
    for name, text in RIGHT:
        if name == SITE:
            (root / name).write_text(text, encoding="utf-8")
    carrier = root / "content/carriers/nachbarschaft-musterdorf.yaml"
    actor = root / "content/actors/familientreff.yaml"
    for file, old, new in (
        (carrier, "https://example.org/", f"{outside}/verein"),
        (actor, "https://familientreff.example.org/", f"{outside}/treff"),
    ):
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    assert build(options(root, memo=True)).good
    return root


@pytest.fixture(scope="module")
def published(ready: Path) -> Iterator[str]:
    """That site as a host delivers it; gives the address it stands at."""
    with hosted(ready / "output") as live:
        yield live


@pytest.fixture
def folder(ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that site as the current folder."""
    shutil.copytree(ready, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("line", "shown"), calls())
def test_a_command_does_what_the_handbook_shows(
    line: str, shown: str, run: Run, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
):
    monkeypatch.setattr(builder, "today_in", lambda _root: TODAY)
    if "--live" in line:
        line = re.sub(r"(?<=--live )\S+", request.getfixturevalue("published"), line)
    seen = without_waiting(monkeypatch)
    if "--browser" in line:  # Playwright starts only once in a thread
        running = contextlib.nullcontext(request.getfixturevalue("browser"))
        monkeypatch.setattr(browser_check, "opened", lambda: running)
    code, out, err = run(*shlex.split(line)[1:])
    dead = "--external" in line
    assert (code, "[external-dead]" in err) == (0, dead), err
    assert dead or "Fehler" not in err
    assert not shown or out == shown
    assert bool(seen) is ("--open" in line.split())
    if WATCHES.match(line):
        assert out.endswith("Beendet.\n")


def without_waiting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let commands that go on for ever end after the first round; gives what a browser opens."""

    def stop(_self: Watch, _seconds: float) -> frozenset[str]:
        raise KeyboardInterrupt

    opened: list[str] = []
    monkeypatch.setattr(Watch, "wait", stop)
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)
    return opened


# Tables of what can be written.


def cells(mark: str) -> list[list[str]]:
    table = HANDBOOK.partition(f"<!-- {mark} -->\n\n")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    assert len(rows) > 3, mark
    return rows[2:]


def say_hours(text: str) -> str:
    return write_hours(read_hours(text))


def say_repeat(text: str) -> str:
    return write_recurrence(read_recurrence(text))


def say_day(text: str) -> str:
    return str(read_moment(text))


Say = Callable[[str], str]
TABLES = (("zeiten", say_hours), ("wiederholungen", say_repeat), ("tage", say_day))


@pytest.mark.parametrize(("mark", "say"), TABLES)
def test_what_can_be_written_is_read_so(mark: str, say: Say):
    for written, shown, *_ in cells(mark):
        assert say(written.strip("`")) == shown


@pytest.mark.parametrize(("mark", "say"), TABLES)
def test_what_cannot_be_written_is_refused(mark: str, say: Say):
    for written, *rest in cells(f"keine-{mark}"):
        with pytest.raises(ValueError):
            say(written.strip("`"))
        if mark == "zeiten":
            for better in re.findall(r"`([^`]*)`", rest[-1]):
                say(better)
