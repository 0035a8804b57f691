"""Form editors are served: both accept what is written for them, and the build what they write."""

import functools
import http.server
import json
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from netzsite import inventory
from netzsite.fields.field import fields_of
from netzsite.integrations import cms as admin
from netzsite.integrations.cms import PROGRAMS, SCRIPTS, place_of
from netzsite.integrations.cms_forms import Config, Program
from netzsite.pipeline.build import build
from netzsite.records.kinds import KINDS
from tests import npm
from tests.conftest import MUSTERVIERTEL, Run, options

PATIENCE = 30_000
"""Milliseconds that a step in the browser may take."""

PACKAGES: dict[Program, str] = {"decap": "decap-cms", "sveltia": "@sveltia/cms"}


def config_of(program: Program, root: Path = MUSTERVIERTEL) -> Config:
    return admin.config(program, inventory.read(root))


def by_kind(config: Config) -> dict[str, list[Config]]:
    """Fields by the name of the kind of record they are for."""
    found = {one["name"]: one["fields"] for one in config["collections"] if "fields" in one}
    singles = next(one for one in config["collections"] if "files" in one)["files"]
    homes = {kind.home: kind.name for kind in KINDS}
    return {homes[name]: fields for name, fields in found.items() if name in homes} | {
        file["name"]: file["fields"] for file in singles
    }


def named(fields: list[Config]) -> dict[str, Config]:
    return {field["name"]: field for field in fields}


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_key_has_its_field_with_german_label_and_hint(program: Program):
    forms = by_kind(config_of(program))
    for kind in KINDS:
        fields = named(forms[kind.name])
        for key in fields_of(kind.type):
            name = key.name.rstrip("_")
            if key.key.reserved or (program, name) == ("decap", "moved"):
                assert name not in fields
                continue
            assert fields[name]["label"] == key.key.label
            assert fields[name]["hint"].startswith(key.key.help)
            assert fields[name]["required"] is key.required
        assert ("body" in fields) == (kind.suffix == ".md")


def test_references_are_chosen_from_what_there_is():
    forms = by_kind(config_of("decap"))
    carrier = named(forms["actor"])["carrier"]
    assert (carrier["widget"], carrier["collection"]) == ("relation", "carriers")
    assert carrier["value_field"] == "{{slug}}"
    topics = named(forms["offer"])["topics"]
    assert topics["multiple"]
    assert {"label": "Schulden und Insolvenz", "value": "schulden"} in topics["options"]
    status = named(forms["offer"])["status"]["options"]
    assert [one["label"] for one in status] == ["läuft", "pausiert", "beendet"]
    words = named(named(forms["vocabulary"])["topics"]["fields"])
    assert words["schulden"]["label"] == "Schulden und Insolvenz"


def test_a_site_without_words_gets_no_empty_choices(tmp_path: Path):
    (tmp_path / "content").mkdir()
    fields = named(by_kind(config_of("decap", tmp_path))["offer"])
    assert not {"topics", "target_groups"} & fields.keys()


PLACES = [
    (None, None, ""),
    ("https://example.org/bearbeiten?{path}", None, ""),
    (
        "https://github.com/wer/netz/edit/main/{path}",
        {"name": "github", "repo": "wer/netz", "branch": "main"},
        "",
    ),
    ("https://git.firma.de/wer/netz/edit/main/{path}", None, ""),
    (
        "https://gitlab.com/gruppe/unter/netz/-/edit/neu/{path}",
        {"name": "gitlab", "repo": "gruppe/unter/netz", "branch": "neu"},
        "",
    ),
    (
        "https://git.firma.de/wer/netz/-/edit/main/seite/{path}",
        {
            "name": "gitlab",
            "repo": "wer/netz",
            "branch": "main",
            "base_url": "https://git.firma.de",
            "api_root": "https://git.firma.de/api/v4",
        },
        "seite/",
    ),
    (
        "https://codeberg.org/wer/netz/_edit/main/{path}",
        {
            "name": "gitea",
            "repo": "wer/netz",
            "branch": "main",
            "base_url": "https://codeberg.org",
            "api_root": "https://codeberg.org/api/v1",
        },
        "",
    ),
]


@pytest.mark.parametrize(("edit_url", "backend", "below"), PLACES)
def test_the_edit_address_says_where_the_files_lie(edit_url: str, backend: Config, below: str):
    assert place_of(edit_url)[0] == backend
    assert backend is None or place_of(edit_url)[1] == below


def test_cms_writes_both_files_and_says_what_is_missing(run: Run, site: Path):
    code, out, err = run("cms", str(site))
    assert (code, err) == (0, "")
    assert "decap-cms/dist/decap-cms.js" in out
    assert "nur zur Probe" in out
    config = yaml.safe_load((site / "cms" / "config.yml").read_text("utf-8"))
    assert config == config_of("decap")
    assert run("cms", str(site))[0] == 0  # its own file is written anew
    where = "edit_url: https://codeberg.org/wer/netz/_edit/main/{path}"
    home = site / "content" / "site.yaml"
    home.write_text(re.sub("(?m)^edit_url: .*$", where, home.read_text("utf-8")), "utf-8")
    assert "nur zur Probe" not in run("cms", str(site), "--for", "sveltia")[1]


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    ("edit_url", "mode"),
    [
        ("https://github.com/wer/seite/edit/main/{path}", "editorial_workflow"),
        ("https://gitlab.com/wer/seite/-/edit/main/{path}", "editorial_workflow"),
        ("https://codeberg.org/wer/seite/_edit/main/{path}", "simple"),
        ("https://git.example.org/seite/{path}", "simple"),
    ],
)
def test_a_change_is_proposed_where_the_host_can_check_it(
    site: Path, program: Program, edit_url: str, mode: str
):
    own = site / "content" / "site.yaml"
    text = re.sub(r"(?m)^edit_url:.*", f'edit_url: "{edit_url}"', own.read_text("utf-8"))
    own.write_text(text, "utf-8")
    assert config_of(program, site)["publish_mode"] == mode


def test_a_configuration_of_ones_own_is_left_alone(run: Run, site: Path):
    (site / "cms").mkdir()
    (site / "cms" / "config.yml").write_text("backend: {}\n", "utf-8")
    code, out, err = run("cms", str(site))
    assert (code, out) == (1, "")
    assert "config.yml ist nicht von netzsite" in err
    assert (site / "cms" / "config.yml").read_text("utf-8") == "backend: {}\n"


# What form editors write.

WRITTEN = {
    "content/posts/fest.md": """\
---
title: "Ein Fest: für alle"
date: '2026-11-12'
kicker: ''
updated: null
summary: 'Mit Kuchen.   '
tags: []
actors:
  - familienzentrum
image: {}
author: ""
draft: false
expires:
aliases:
  - ''
---
""",
    "content/posts/bild.md": """\
---
title: Ohne Bild
date: "2026-11-13"
image:
  src: ''
  alt: null
  decorative:
---
\n
Text
""",
    "content/events/treffen.md": """\
---
title: Treffen
start: "2026-12-09 14:00"
end: '2026-12-09T16:00'
repeat: ''
except: []
cancelled: null
place: ""
undated:
---
""",
    "content/offers/hilfe.yaml": """\
name: 'Hilfe '
actors:
  - familienzentrum
min_age: ''
max_age: null
registration: ''
status: ''
hours: "Di 14–16 Uhr  "
contacts:
  - role: ''
    phone: ''
  - role: Leitung
    name:
valid_until: ''
""",
}


def test_the_build_accepts_what_form_editors_write(site: Path):
    for path, text in WRITTEN.items():
        (site / path).write_text(text, "utf-8")
    report = build(options(site, publish=False))
    assert not [problem for problem in report.problems if problem.path in WRITTEN]


def test_a_group_with_a_key_that_is_none_is_not_taken_for_empty(site: Path):
    path = "content/posts/fest.md"
    text = WRITTEN[path].replace("image: {}", "image: {bild: ''}")
    (site / path).write_text(text, "utf-8")
    report = build(options(site, publish=False))
    assert {one.code for one in report.problems if one.path == path} == {"unknown-key"}


# The programs themselves.


def test_sveltias_own_schema_accepts_the_configuration(tmp_path_factory: pytest.TempPathFactory):
    package = npm.unpacked("@sveltia/cms", tmp_path_factory)
    schema = json.loads((package / "schema" / "sveltia-cms.json").read_text("utf-8"))
    check = Draft7Validator(schema)
    assert not [error.message for error in check.iter_errors(config_of("sveltia"))]
    assert list(check.iter_errors(config_of("sveltia") | {"media_folder": 7}))


class Served(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Program, str]]:
    """The page that ``netzsite cms`` writes, with the program beside it, on a server."""
    program: Program = request.param
    package = npm.unpacked(PACKAGES[program], tmp_path_factory)
    admin.write(tmp_path / "cms", program, inventory.read(MUSTERVIERTEL))
    script = SCRIPTS[program].removeprefix(f"{PACKAGES[program]}/")
    maps = shutil.ignore_patterns("*.map")
    shutil.copytree((package / script).parent, tmp_path / "cms", ignore=maps, dirs_exist_ok=True)
    handler = functools.partial(Served, directory=str(tmp_path / "cms"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield program, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def opened(browser: Any, url: str) -> tuple[Any, list[str]]:
    """A page on which no other host is reached, and what it says is wrong."""
    page = browser.new_page(locale="en-US")
    said: list[str] = []
    page.route(lambda asked: not asked.startswith(url), lambda route: route.abort())
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "console",
        lambda message: said.append(message.text) if message.type == "error" else None,
    )
    page.goto(url)
    return page, said


REPOSITORY = """files => {
  // Decap's repository for trying out lists a folder by its whole path as one name.
  const named = (path, folder) => Object.entries(folder).forEach(([name, inside]) => {
    if (typeof inside.content === "string") return;
    files[`${path}/${name}`] = inside;
    named(`${path}/${name}`, inside);
  });
  named("content", files.content);
  window.repoFiles = files;
}"""
LABELS = ("Beiträge", "Termine", "Akteure", "Angebote", "Orte", "Seiten", "Träger")


def repository(root: Path) -> dict[str, Any]:
    """A site's content as Decap's repository for trying out holds it."""
    files: dict[str, Any] = {}
    for path in sorted((root / "content").rglob("*")):
        if path.suffix in (".yaml", ".md"):
            *folders, name = path.relative_to(root).parts
            inside = files
            for folder in folders:
                inside = inside.setdefault(folder, {})
            inside[name] = {"content": path.read_text("utf-8")}
    return files


@pytest.mark.browser
@pytest.mark.parametrize("served", ["decap"], indirect=True)
def test_decap_takes_the_form_and_the_build_what_it_writes(
    browser: Any, served: tuple[Program, str], site: Path
):
    from playwright.sync_api import expect

    page, said = opened(browser, served[1])
    page.evaluate(REPOSITORY, repository(site))
    page.get_by_text("Login").click()
    for label in LABELS:
        page.get_by_role("link", name=label, exact=True).wait_for()
    page.get_by_role("link", name="Beiträge: 2026", exact=True).click()
    page.get_by_text("Die Radwerkstatt sagt ade").first.wait_for()

    page.goto(served[1] + "#/collections/events/entries/netzwerktreffen")
    expect(page.get_by_label("Titel")).to_have_value("Netzwerktreffen", timeout=PATIENCE)
    page.get_by_label("Titel").fill("Treffen aller")
    changed = published(page, "events", "netzwerktreffen.md", "Treffen aller")
    before = (site / "content/events/netzwerktreffen.md").read_text("utf-8")
    assert front(changed) == front(before) | {"title": "Treffen aller"}

    page.goto(served[1] + "#/collections/posts/new")
    expect(page.get_by_label("Titel")).to_have_value("", timeout=PATIENCE)
    page.get_by_label("Titel").fill("Ein Fest: für alle")
    page.get_by_text("Jetzt").first.click()
    written = published(page, "posts", "ein-fest-fur-alle.md", "Ein Fest")
    assert front(written).keys() == {"title", "date"}

    page.close()
    assert not [text for text in said if "404" not in text]  # a favicon that isn't there
    (site / "content/posts/ein-fest-fur-alle.md").write_text(written, "utf-8")
    (site / "content/events/netzwerktreffen.md").write_text(changed, "utf-8")
    assert build(options(site, publish=False)).good


def published(page: Any, folder: str, name: str, awaited: str) -> str:
    """Publish what the form holds, and give the file when it holds the awaited text."""
    page.get_by_text("Veröffentlichen", exact=True).click()
    page.get_by_text("Jetzt veröffentlichen").click()
    file = f"(window.repoFiles.content.{folder}['{name}'] || {{content: ''}}).content"
    page.wait_for_function(f"{file}.includes('{awaited}')")
    text: str = page.evaluate(file)
    return text


def front(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(text.split("---\n")[1], Loader=yaml.CBaseLoader)
    return found


SEED = """async (files) => {
  const home = await (await navigator.storage.getDirectory())
    .getDirectoryHandle("sveltia-cms-test", {create: true});
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split("/");
    let folder = home;
    for (const part of parts.slice(0, -1)) {
      folder = await folder.getDirectoryHandle(part, {create: true});
    }
    const file = await folder.getFileHandle(parts.at(-1), {create: true});
    const stream = await file.createWritable();
    await stream.write(text);
    await stream.close();
  }
}"""
READ = """async (path) => {
  let place = await (await navigator.storage.getDirectory())
    .getDirectoryHandle("sveltia-cms-test");
  const parts = path.split("/");
  for (const part of parts.slice(0, -1)) place = await place.getDirectoryHandle(part);
  return (await (await place.getFileHandle(parts.at(-1))).getFile()).text();
}"""


@pytest.mark.browser
@pytest.mark.parametrize("served", ["sveltia"], indirect=True)
def test_sveltia_takes_the_form_and_the_build_what_it_writes(
    browser: Any, served: tuple[Program, str], site: Path
):
    page, said = opened(browser, served[1])
    files = {
        path.relative_to(site).as_posix(): path.read_text("utf-8")
        for path in (site / "content").rglob("*")
        if path.suffix in (".yaml", ".md")
    }
    page.evaluate(SEED, files)
    page.reload()
    page.get_by_text("Work with Test Repository").click()
    for label in LABELS:
        page.get_by_text(label, exact=True).first.wait_for()

    page.goto(served[1] + "#/collections/events/entries/netzwerktreffen")
    page.get_by_role("textbox", name="Titel").first.fill("Treffen aller")
    page.get_by_text("Save", exact=True).first.click()
    page.get_by_text("Entry saved").first.wait_for()
    path = "content/events/netzwerktreffen.md"
    changed = page.evaluate(READ, path)
    assert front(changed) == front(files[path]) | {"title": "Treffen aller"}
    page.close()
    assert not [text for text in said if "Failed to load resource" not in text]
    (site / path).write_text(changed, "utf-8")
    assert build(options(site, publish=False)).good
