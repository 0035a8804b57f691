"""``netzsite new``: files that pass the checks, under the right name, never over another one."""

import codecs
import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netzsite import inventory
from netzsite.editing import draft, lookup, terminal
from netzsite.markdown.plain import without_marks
from netzsite.pipeline.build import build
from netzsite.problems import SEVERITIES, Severity
from netzsite.records.page import Page
from netzsite.records.parse import Home, home_of, parse
from netzsite.text import one_line
from tests.conftest import MUSTERVIERTEL, Run, options

TODAY = "--today=2026-11-20"
MADE = [
    (("post", "Größe & Maß: neu"), "posts/2026/2026-11-20-groesse-mass-neu.md"),
    (("post", "Später", "--date", "1.2.2027"), "posts/2027/2027-02-01-spaeter.md"),
    (("post", "Mit", "--actor", "jugendhaus"), "posts/2026/2026-11-20-mit.md"),
    (("event", "Markt", "--date", "2026-12-05 14:00"), "events/2026-12-05-markt.md"),
    (("event", "Treff", "--undated", "Der Tag: bald."), "events/treff.md"),
    (("actor", "Radwerk", "--carrier", "radwerk"), "actors/radwerk.yaml"),
    (("offer", "Hilfe", "--actor", "jugendhaus", "--actor", "radwerkstatt"), "offers/hilfe.yaml"),
    (("place", "#1 Platz"), "places/1-platz.yaml"),
    (("page", "Über uns", "--id", "wir"), "pages/wir.md"),
]


def test_new_files_have_the_right_names_and_pass_the_checks(run: Run, site: Path):
    for asked, path in MADE:
        code, out, err = run("new", *asked, TODAY, "--root", str(site))
        assert (code, err, out) == (0, "", f"{site / 'content' / path}\n")
        home = home_of(path)
        assert isinstance(home, Home)
        parsed = parse(path, home, (site / "content" / path).read_bytes())
        assert not parsed.problems
        assert parsed.record is not None
        assert inventory.title_of(parsed.kind, parsed.record) == asked[1]
    report = build(options(site, publish=False))
    assert not [one for one in report.problems if SEVERITIES[one.code] is Severity.ERROR]


@pytest.mark.parametrize("kind", draft.MAKEABLE)
def test_each_suggestion_can_be_switched_on_alone_and_together(kind: str):
    answers: dict[str, str | tuple[str, ...]] = {"title": "A", "name": "A", "carrier": "radwerk"}
    answers |= {"start": "2026-11-20", "date": "2026-11-20", "actors": ("jugendhaus",)}
    names = inventory.names(inventory.read(MUSTERVIERTEL))
    new = draft.draft(kind, answers, names, id_="a")
    head = new.text.removesuffix("---\n\n")
    tail = new.text[len(head) :]
    known, _, rest = head.partition("\n\n# Weitere Felder")
    blocks = [block.strip().split("\n")[1:] for block in rest.split("\n\n")[1:]]
    assert len(blocks) > 5
    everything = [line for block in blocks for line in block]
    home = home_of(new.path)
    assert isinstance(home, Home)
    for block in (*blocks, everything):
        assert all(line.startswith("# ") for line in block)
        text = "\n".join((known, *(line[2:] for line in block), tail))
        assert not parse(new.path, home, text.encode()).problems, text


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=60))
def test_any_title_is_read_as_it_was_given(title: str):
    new = draft.draft("page", {"title": title or "-"}, {}, id_="a")
    parsed = parse(new.path, Home("page", "a"), new.text.encode())
    if parsed.problems:  # what no file may hold, and blanks alone
        assert {one.code for one in parsed.problems} <= {"control-character", "missing-key"}
    else:
        assert isinstance(parsed.record, Page)
        assert parsed.record.title == without_marks(one_line(title or "-"))


REFUSED = [
    (("page", "Satzung", "--id", "mitmachen"), "content/pages/mitmachen.md gibt es schon"),
    (("post", "Ausstellung"), "2026-11-20-ausstellung.md gibt es schon"),
    (("page", "日本"), "wird kein Kürzel"),
    (("page", "Gut", "--id", "Nicht Gut"), "wird kein Kürzel"),
    (("actor", "Neu"), "Es fehlt: Träger."),
    (("offer", "Neu"), "„--actor“"),
    (("event", "Neu"), "„--date“"),
    (("actor", "Neu", "--carrier", "radwerkk"), "Meinten Sie „radwerk“?"),
    (("actor", "Neu", "--carrier", "radwerk", "--carrier", "jugendamt"), "passt nur einer"),
    (("place", "Neu", "--actor", "jugendhaus"), "„--actor“ nicht"),
    (("page", "Neu", "--date", "2026-11-20"), "„--date“ nicht"),
    (("post", "Neu", "--undated", "Bald."), "„--undated“ nicht"),
    (("post", "Neu", "--date", "gestern"), "„gestern“ ist kein Tag"),
    (("post", "Neu", "--date", "2026-11-20 14:00"), "[bad-date]"),
    (("page", "x" * 301, "--id", "lang"), "[bad-value]"),
]


def test_what_cannot_be_made_is_said_and_nothing_is_written(run: Run, site: Path):
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    for asked, said in REFUSED:
        code, out, err = run("new", *asked, TODAY, "--root", str(site))
        assert (code, out) == (1, ""), asked
        assert said in err
    assert "Missing: " in run("new", "actor", "Neu", "--lang=en", "--root", str(site))[2]
    assert before == {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}


# Choosing.

CARRIERS = {"parea": "Parea gGmbH", "jugendamt": "Stadtverwaltung – Jugendamt", "amt": "Sozialamt"}
TYPED = [
    (["parea"], "parea"),
    (["PAREA gGmbH"], "parea"),
    (["Stadtverw"], "jugendamt"),
    (["amt"], "amt"),
    (["zialam"], "amt"),
    (["ju"], "jugendamt"),
    (["Paera", "1"], "parea"),
    (["a", "9", "a", "2"], "jugendamt"),
    ([""], None),
]


@pytest.mark.parametrize(("typed", "chosen"), TYPED)
def test_what_is_typed_is_found_by_id_name_part_or_likeness(typed: list[str], chosen: str | None):
    told: list[str] = []
    answers = iter(typed)
    assert lookup.choose("Träger: ", CARRIERS, lambda _: next(answers), told.append) == chosen
    assert bool(told) == (len(typed) > 1)


@pytest.mark.skipif(not terminal.HAS_READLINE, reason="no readline in this Python")
def test_a_terminal_asks_and_completes_names(site: Path):
    answers = ["Radw\t\n", "\n", "\n", "Haus Anker\n", "\n"]
    said, code = typed_in(site, ["actor", "Radwerk"], answers)
    assert code == 0, said
    text = (site / "content/actors/radwerk.yaml").read_text("utf-8")
    assert "carrier: radwerk\n" in text
    assert "places: [jugendhaus-anker]\n" in text
    assert "Träger" in said


def test_a_terminal_can_answer_with_a_sentence_in_place_of_a_day(site: Path):
    answers = [*["\n"] * 4, "Der Tag folgt.\n"]
    said, code = typed_in(site, ["event", "Probe"], answers)
    assert code == 0, said
    assert "undated: Der Tag folgt.\n" in (site / "content/events/probe.md").read_text("utf-8")


PROMPT = re.compile(r": (?:\x1b\[[?0-9;]*[a-zA-Z])*$")


def typed_in(site: Path, asked: list[str], answers: list[str]) -> tuple[str, int]:
    """Call ``netzsite new`` on a terminal, and answer each question when it has been asked."""
    parent, child = pty.openpty()
    call = [sys.executable, "-m", "netzsite", "new", *asked, TODAY, "--root", str(site)]
    environment = os.environ | {"TERM": "dumb", "INPUTRC": os.devnull}
    decoder = codecs.getincrementaldecoder("utf-8")("replace")  # a read may end inside a letter
    said, seen, until = "", 0, time.monotonic() + 60
    with subprocess.Popen(
        call, stdin=child, stdout=child, stderr=child, env=environment
    ) as process:
        os.close(child)
        while process.poll() is None and time.monotonic() < until:
            if not select.select([parent], [], [], 0.2)[0]:
                continue
            try:
                said += decoder.decode(os.read(parent, 4096))
            except OSError:  # the other side is closed
                break
            if answers and PROMPT.search(said, seen):
                seen = len(said)
                os.write(parent, answers.pop(0).encode())
        if time.monotonic() >= until:
            process.kill()
    os.close(parent)
    return said, process.returncode
