"""The handbook says what the program does: every code, option and key, every complete example.

A block below ``<!-- datei: PATH -->`` is a whole file that is right; one below ``<!-- falsch: CODE
PATH -->`` gives exactly that code. Tables below ``<!-- zeiten -->`` and the like hold in their first
column what can be written, and in their second what comes of it; ``<!-- keine-zeiten -->`` holds
what can't.
"""

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from netzsite.catalogue import catalogue
from netzsite.cli import COMMANDS, netzsite
from netzsite.desk.reference import reference
from netzsite.pipeline import build as builder
from netzsite.pipeline.build import build
from netzsite.problems import SEVERITIES
from netzsite.records.dates import read_moment
from netzsite.records.hours import read_hours, write_hours
from netzsite.records.keys import Field, Form, Many, Shaped, Table, fields_of
from netzsite.records.kinds import KINDS
from netzsite.records.recurrence_text import read_recurrence, write_recurrence
from tests.conftest import ROOT, TODAY, Run, options

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


PRIVACY = "content/pages/datenschutz.md"


def batches(files: list[tuple[str, str]]) -> list[Files]:
    """Put files together into few sites; the site's own file, and a path's second, stay apart."""
    found: list[Files] = [{}]
    for path, text in files:
        if path == SITE:
            found.append({path: text})
            continue
        if path == PRIVACY:  # belongs to the site file above it: together they pass the gate
            next(site for site in reversed(found) if SITE in site)[path] = text
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
    for name in COMMANDS:
        command = netzsite.get_command(click.Context(netzsite), name)
        assert command is not None
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
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", HANDBOOK, flags=re.DOTALL)
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


def calls() -> list[tuple[str, str]]:
    """Each command line of the handbook with what it shows, if that is told."""
    found = []
    for block in COMMAND.findall(HANDBOOK):
        for part in re.split(r"^(?=netzsite )", block, flags=re.MULTILINE):
            line, _, shown = part.partition("\n")
            found += [(line, shown)] if line else []
    return found


def test_each_command_has_an_example_that_is_run():
    assert {line.split()[1] for line, _ in calls()} >= set(COMMANDS) - FREE


FREE = {"build", "check", "init", "serve"}
"""Commands that other tests run in all their forms."""


@pytest.mark.parametrize(("line", "shown"), calls())
def test_a_command_does_what_the_handbook_shows(
    line: str, shown: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
):
    shutil.copytree(STARTER, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(builder, "today_in", lambda _root: TODAY)
    code, out, err = run(*shlex.split(line)[1:])
    assert (code, err) == (0, "")
    assert not shown or out == shown


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
