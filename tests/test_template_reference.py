"""The reference for people who write templates comes from the code, and its example works."""

import re
import shlex
from pathlib import Path

import pytest

from netzsite.integrations.template_reference import views, written
from netzsite.pipeline.build import build
from netzsite.rendering import environment
from netzsite.rendering.templates import shipped_folder
from tests.conftest import MUSTERVIERTEL, ROOT, Run, options, tree

DOCUMENT = ROOT / "docs" / "templates.md"
WITHOUT_A_VIEW = {"layout.html", "parts.html", "colours.jinja", "favicon.svg"}
"""What others extend or import, and the icon, which gets the stylesheet's view."""


def test_the_reference_says_what_the_code_says():
    text = DOCUMENT.read_text(encoding="utf-8")
    hint = "run: python -m netzsite.integrations.template_reference docs/templates.md"
    assert written(text) == text, hint


def test_each_template_has_a_view_and_a_place_in_the_reference():
    files = {path.name for path in shipped_folder().iterdir() if path.is_file()}
    assert set(views()) == files - WITHOUT_A_VIEW
    text = DOCUMENT.read_text(encoding="utf-8")
    assert re.findall(r"^### `([\w.]+\.(?:html|css))`$", text, re.MULTILINE) == list(views())


def test_each_template_is_shown_with_the_view_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    seen = set()
    render = environment.render_page

    def noting(view, tools):
        seen.add((tools.template, type(view)))
        return render(view, tools)

    monkeypatch.setattr(environment, "render_page", noting)
    assert build(options(MUSTERVIERTEL, output=tmp_path / "output")).published
    shown = set(views().items()) | {("favicon.svg", views()["site.css"])}
    assert seen == shown


def test_the_example_runs_as_it_stands(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    text = DOCUMENT.read_text(encoding="utf-8")
    text = text[text.index("## An example") :]
    start, again = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    files = re.findall(r"`(mein-netz/templates/\S+)` .*?```jinja\n(.*?)```", text, re.DOTALL)
    init, folder = (shlex.split(line) for line in start.strip().split("\n"))
    assert run(*init[1:])[0] == 0
    assert folder == ["mkdir", "-p", "mein-netz/templates"]
    (tmp_path / folder[2]).mkdir()
    build_command = shlex.split(again.strip())
    assert run(*build_command[1:])[0] == 0
    before = tree(tmp_path / "mein-netz" / "output")
    for name, source in files:
        (tmp_path / name).write_text(source, encoding="utf-8")
    assert run(*build_command[1:])[0] == 0
    after = tree(tmp_path / "mein-netz" / "output")
    assert {path for path in after if after[path] != before.get(path)} - {".netzsite-manifest"} == {
        "index.html",
        "static/site.css",
    }
    assert "Im Dezember ist das Büro dienstags zu." in after["index.html"].decode()
    assert "--edge: #7a4b00" in after["static/site.css"].decode()
