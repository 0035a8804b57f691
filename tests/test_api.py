"""The public door: a few typed names, whose documented example runs, and which cost no import."""

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

import netzsite
from netzsite import Options, Severity, build, check, describe
from tests.conftest import ROOT, TODAY, Run

DOCUMENT = ROOT / "docs" / "python.md"


def test_every_public_name_is_there_and_documented():
    text = DOCUMENT.read_text(encoding="utf-8")
    for name in netzsite.__all__:
        assert getattr(netzsite, name) is not None
        assert f"`{name}" in text, name


def test_another_name_is_none():
    with pytest.raises(AttributeError, match="no attribute 'bulid'"):
        _ = netzsite.bulid


def test_the_example_runs_as_it_stands(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert run("init", "mein-netz")[0] == 0
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(example, str(DOCUMENT), "exec"), {})
    assert re.fullmatch(r"[1-9]\d* pages, published: True, errors: 0\n", said.getvalue())


def test_check_publishes_nothing_and_describes_what_stands_in_the_way(site: Path):
    actor = next((site / "content" / "actors").glob("*.yaml"))
    actor.write_text("name: Treff\ntraeger: verein\n", encoding="utf-8")
    asked = Options(root=site, today=TODAY, memo=False, jobs=1)
    report = check(asked)
    assert (report.good, report.published) == (False, False)
    (problem,) = [one for one in report.problems if one.code == "unknown-key"]
    assert problem.severity is Severity.ERROR
    assert problem.spot.line == 2
    assert describe(problem).startswith(f"content/actors/{actor.name}:2:1: Fehler: ")
    assert describe(problem, "en").startswith(f"content/actors/{actor.name}:2:1: error: ")
    assert not build(asked).published
    assert not asked.target.exists()


def test_importing_netzsite_imports_none_of_its_rooms():
    code = (
        "import netzsite, sys; print([one for one in sys.modules if one.startswith('netzsite.')])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
