"""``netzsite fix``: what is certain is shown, and made after a yes; nothing else changes."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from netzsite.cli import netzsite
from tests.conftest import tree
from tests.running import put, starter

ACTOR = "content/actors/neu.yaml"
WRONG = "Name:  Neues Haus # bleibt\r\nträger: verein\r\nsumary: Ein Haus.\r\nzwei: 2"
RIGHT = "name:  Neues Haus # bleibt\r\ncarrier: verein\r\nsummary: Ein Haus.\r\nzwei: 2"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    starter(tmp_path)
    put(tmp_path, "content/carriers/verein.yaml", "name: Verein\n")
    (tmp_path / ACTOR).write_bytes(WRONG.encode())
    return tmp_path


def fix(site: Path, *options: str, answer: str = "") -> tuple[int, str]:
    asked = ["fix", str(site), "--today", "2026-11-20", *options]
    result = CliRunner().invoke(netzsite, asked, obj=site, input=answer, standalone_mode=False)
    assert result.exception is None, result.output
    return result.return_value, result.output


def test_what_is_certain_is_made_and_all_else_stays(site: Path):
    before = tree(site / "content")
    code, told = fix(site, "--yes")
    assert code == 0
    assert "  1 │ Name:  Neues Haus # bleibt\n  → │ name:  Neues Haus # bleibt\n" in told
    assert "Aus „träger“ wird „carrier“." in told
    assert "Berichtigt: 3 Stellen in 1 Dateien." in told
    after = tree(site / "content")
    assert (site / ACTOR).read_bytes() == RIGHT.encode()
    assert {path for path in after if after[path] != before.get(path)} == {"actors/neu.yaml"}
    code, told = fix(site, "--yes")
    assert code == 0
    assert told.startswith(
        "Es gibt nichts, was netzsite selbst berichtigen kann.\nEs bleibt: 1 Fehler"
    )
    assert tree(site / "content") == after


def test_without_a_yes_nothing_changes(site: Path):
    before = tree(site / "content")
    code, told = fix(site)
    assert code == 1
    assert "Aus „träger“ wird „carrier“." in told
    assert "Nichts geändert. „netzsite fix --yes“" in told
    assert tree(site / "content") == before


def test_words_are_not_harmless(site: Path):
    before = tree(site / "content")
    assert fix(site, "--yes", "--harmless")[0] == 0
    assert tree(site / "content") == before
