"""Workflows: those that ``init --ci`` writes, and this project's own, checked and really run."""

import base64
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

from netzsite.integrations import requirements, wheel
from netzsite.integrations.ci import PATHS
from netzsite.problems import SEVERITIES, Severity
from tests import sampling
from tests import workflow_runs as runs
from tests.conftest import ROOT, Run, tree
from tests.lab import write
from tests.running import put, starter
from tests.slips import SITE, SLIPS, Slip, apply
from tests.workflow_runs import Runner

OWN = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
OURS = {host: ROOT / "netzsite" / "workflows" / f"{host}.yml" for host in PATHS}
SITES = 100
"""So many sites with one slip each are checked and built, a part of them in each run."""
GATE = """
provider:
  name: Nachbarschaft Musterdorf e. V.
  street: Musterweg 1
  postal_code: "12345"
  city: Musterdorf
  email: post@musterdorf.de
  phone: 0351 123456
  register: Amtsgericht Musterstadt, VR 1
  represented_by: den Vorstand, Mia Muster
  responsible: Mia Muster, Am Markt 1, 12345 Musterdorf
"""


def step_of(job: dict[str, Any], name: str) -> dict[str, Any]:
    (step,) = [step for step in job["steps"] if step.get("name") == name]
    return step


# What git hosts accept.


@pytest.mark.parametrize("path", [*OURS.values(), *OWN], ids=lambda path: path.stem)
def test_a_workflow_is_one_to_its_host(path: Path):
    kind = "gitlab-ci" if path.stem == "gitlab" else "github-workflows"
    schemas = [f"vendor.{kind}"]
    if kind == "github-workflows":
        schemas.append("custom.github-workflows-require-timeout")
    for schema in schemas:
        check_schema(path, schema)


def check_schema(path: Path, schema: str) -> None:
    changed = ("--data-transform", "gitlab-ci") if schema == "vendor.gitlab-ci" else ()
    done = CliRunner().invoke(check_jsonschema, ["--builtin-schema", schema, *changed, str(path)])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("path", [*OURS.values(), *OWN], ids=lambda path: path.stem)
def test_actions_and_images_have_their_versions(path: Path):
    text = path.read_text("utf-8")
    uses = re.findall(r"uses: (\S+)", text)
    known = r"(https://data\.forgejo\.org/)?(actions|forgejo)/[\w/-]+@(v\d+\.\d+\.\d+|[0-9a-f]{40})"
    assert all(re.fullmatch(known, use) for use in uses)
    # A tag can be moved; a commit can't. What Forgejo mirrors has no list of commits to look up.
    pinned = re.findall(r"uses: actions/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\b", text)
    assert len(pinned) == len(re.findall(r"uses: actions/", text))
    images = re.findall(r"(?:image|container): (\S+)", text)
    assert all(re.fullmatch(r"python:3\.\d+-(slim-)?bookworm", image) for image in images)
    assert uses or images


@pytest.mark.parametrize(
    "path", [OURS["github"], OURS["forgejo"], *OWN], ids=lambda path: path.stem
)
def test_a_job_may_no_more_than_it_needs(path: Path):
    workflow = runs.load(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert "group" in workflow["concurrency"]
    for name, job in workflow["jobs"].items():
        more = job.get("permissions", {})
        assert not more or name in ("publish", "remind")
        for step in job["steps"]:
            if "checkout" in step.get("uses", "") and "contents" not in more:
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("host", OURS)
def test_a_host_has_the_whole_history_where_it_builds(host: str):
    workflow = runs.load(OURS[host])
    if host == "gitlab":
        assert workflow["variables"]["GIT_DEPTH"] == "0"
        return
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    depths = {step["with"]["fetch-depth"] for step in steps if "checkout" in step.get("uses", "")}
    assert depths == {0}


@pytest.mark.parametrize("host", OURS)
def test_a_check_asks_what_publishing_asks(host: str):
    """The rule is one (``publishable``); so are the options that choose it."""
    lines = re.findall(r"netzsite (check|build) ([^>|\n]*)", OURS[host].read_text("utf-8"))
    asked = {
        (verb, "--strict" in options)
        for verb, options in lines
        if "--portable" not in options and not options.startswith("(")
    }
    assert asked == {("check", True), ("build", True)}
    previews = [options for _, options in lines if "--portable" in options]
    assert len(previews) == 2
    assert all("--drafts" in options and "--strict" not in options for options in previews)


@pytest.mark.parametrize("host", OURS)
def test_templates_of_a_sites_own_are_tried_in_a_browser_by_check_and_build(host: str):
    text = OURS[host].read_text("utf-8")
    assert text.count("netzsite check --strict --browser") == 2
    (version,) = set(re.findall(r"install playwright==(\S+)", text))
    assert f"playwright=={version}" in (ROOT / "constraints.txt").read_text("utf-8").splitlines()


@pytest.mark.browser
def test_a_script_that_keeps_something_stops_check_and_build(tmp_path: Path):
    site = write(tmp_path / "site")
    known = runs.with_programs(dict(os.environ), Path(sys.executable).parent)
    runner = Runner(folder=site, environment=known)
    jobs = runs.load(OURS["github"])["jobs"]
    steps = [
        step_of(jobs[job], "Eigene Vorlagen im Browser ausprobieren") for job in ("check", "build")
    ]
    assert steps[0] == steps[1]
    assert not runner.holds(steps[0]["if"])
    layout = (ROOT / "templates" / "layout.html").read_text("utf-8")
    script = '<script src="{{ "/static/zaehler.js" | link }}" defer></script></head>'
    put(site, "templates/layout.html", layout.replace("</head>", script))
    put(site, "templates/static/zaehler.js", "document['coo' + 'kie'] = 'besuch=1'\n")
    assert runner.holds(steps[0]["if"])
    assert not runner.run(steps[0]["run"])
    assert "::error file=templates/static/zaehler.js" in runner.said, runner.said


def test_check_and_publishing_agree_on_sites_with_one_slip_each(run: Run, tmp_path: Path):
    """Both as GitHub is told to run them, each with what the one before it kept."""
    jobs = runs.load(OURS["github"])["jobs"]
    check, build = (
        next(
            shlex.split(step["run"])[1:]
            for step in jobs[name]["steps"]
            if step.get("run", "").startswith(f"netzsite {verb}")
        )
        for name, verb in (("check", "check"), ("build", "build"))
    )
    ended = Counter[int]()
    tried = sites()
    for slip in tried:
        for old in ("content", "output", "templates"):
            shutil.rmtree(tmp_path / old, ignore_errors=True)
        for path, content in apply(slip.plant, SITE).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / path).write_bytes(data)
        asked, published = (run(*words, root=tmp_path)[0] for words in (check, build))
        assert asked == published, slip.name
        assert (tmp_path / "output" / "index.html").is_file() is (published == 0), slip.name
        ended[published] += 1
    assert ended.keys() == {0, 1}
    assert not sampling.whole() or (ended.total() == SITES and ended[0] > SITES // 10)


def sites() -> list[Slip]:
    """Slips of all ranks: what stops nobody and what the release gate asks, then errors."""
    errors = [slip for slip in SLIPS if SEVERITIES[slip.code] is Severity.ERROR]
    others = [slip for slip in SLIPS if slip not in errors]
    rest = sampling.chance("errors of sites").sample(errors, SITES - len(others))
    return [*sampling.some(others, 4, "other slips"), *sampling.some(rest, 6, "errors")]


def test_no_text_of_others_gets_into_a_shell():
    for path in (*OURS.values(), *OWN):
        for job in runs.load(path).get("jobs", {}).values():
            assert not [step for step in job["steps"] if "${{" in step.get("run", "")]


# What the command writes.


@pytest.mark.parametrize("host", PATHS)
def test_a_new_site_gets_the_workflow_of_its_host(run: Run, tmp_path: Path, host: str):
    code, out, err = run("init", str(tmp_path / "neu"), "--ci", host)
    assert (code, err) == (0, "")
    assert (tmp_path / "neu" / PATHS[host]).read_bytes() == OURS[host].read_bytes()
    assert (tmp_path / "neu/content/site.yaml").is_file()
    assert str(tmp_path / "neu" / PATHS[host]) in out.splitlines()
    assert f"steht oben in {tmp_path / 'neu' / PATHS[host]}" in out


def test_a_site_that_is_there_gets_the_workflow_alone_and_keeps_its_files(run: Run, tmp_path: Path):
    (tmp_path / "content").mkdir()
    (tmp_path / ".git").mkdir()
    assert run("init", "--ci", "github", root=tmp_path)[0] == 0
    assert tree(tmp_path).keys() == {PATHS["github"], "requirements.txt", wheel.NAME}
    (tmp_path / PATHS["github"]).write_text("mein")
    (tmp_path / "requirements.txt").write_text("meins\n")
    code, _, err = run("init", "--ci", "github", root=tmp_path)
    assert code == 2
    assert "beide bleiben, wie sie sind" in err
    code, out, _ = run("init", "--ci", "gitlab", root=tmp_path)
    assert code == 0
    assert "Dort muss auch netzsite stehen" in out
    found = tree(tmp_path)
    assert (found[PATHS["github"]], found["requirements.txt"]) == (b"mein", b"meins\n")


def test_new_requirements_come_where_the_old_ones_were_deleted(run: Run, tmp_path: Path):
    (tmp_path / "content").mkdir()
    run("init", "--ci", "gitlab", root=tmp_path)
    (tmp_path / "requirements.txt").unlink()
    code, out, _ = run("init", "--ci", "gitlab", root=tmp_path)
    assert code == 0
    assert out.splitlines()[:2] == [str(tmp_path / "requirements.txt"), str(tmp_path / wheel.NAME)]


def test_where_no_host_would_look_nothing_is_written(run: Run, tmp_path: Path):
    (tmp_path / ".git").mkdir()
    for folder in ("neu", "alt"):
        if folder == "alt":
            (tmp_path / "alt" / "content").mkdir(parents=True)
        code, _, err = run("init", str(tmp_path / folder), "--ci", "github")
        assert code == 2
        assert f"liegt im Git-Projekt {tmp_path}" in err
    assert tree(tmp_path) == {}
    assert not (tmp_path / "neu").exists()


def test_a_folder_of_other_things_is_no_place_for_a_site(run: Run, tmp_path: Path):
    (tmp_path / "notizen.txt").touch()
    assert run("init", "--ci", "github", root=tmp_path)[0] == 2
    assert tree(tmp_path).keys() == {"notizen.txt"}


# Where netzsite comes from, and in which versions the libraries.


class Installed(Distribution):
    """A distribution that notes down where it came from."""

    def __init__(self, noted: object) -> None:
        self._noted = noted

    def read_text(self, filename: str) -> str | None:
        if filename == "METADATA":
            return "Metadata-Version: 2.1\nName: netzsite\nVersion: 1\n"
        return json.dumps(self._noted) if self._noted else None

    def locate_file(self, path: Any) -> Any:
        raise NotImplementedError


COMMIT = "a" * 40
GIT = {"url": "https://git.example.org/w/n", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}


@pytest.mark.parametrize(
    ("noted", "line"),
    [
        (None, f"./{wheel.NAME}[heic]"),
        (GIT, f"netzsite[heic] @ git+https://git.example.org/w/n@{COMMIT}"),
        ({"url": "https://example.org/n.whl"}, "netzsite[heic] @ https://example.org/n.whl"),
        ({"url": "file:///home/wir/netzsite", "dir_info": {}}, f"./{wheel.NAME}[heic]"),
        (GIT | {"url": "file:///home/wir/netzsite"}, f"./{wheel.NAME}[heic]"),
    ],
)
def test_a_host_gets_netzsite_from_an_address_or_from_a_wheel_beside(
    noted: object, line: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(requirements, "distribution", lambda _name: Installed(noted))
    assert [row for row in requirements.text().splitlines() if row[0] != "#"] == [line]
    beside = requirements.files().keys() - {requirements.FILE}
    assert beside == ({wheel.NAME} if line.startswith("./") else set())


def test_the_wheel_is_whole_and_always_the_same(tmp_path: Path):
    data = wheel.data()
    assert data == wheel.data()
    (tmp_path / wheel.NAME).write_bytes(data)
    with zipfile.ZipFile(tmp_path / wheel.NAME) as packed:
        names = packed.namelist()
        (record,) = (name for name in names if name.endswith("/RECORD"))
        rows = [row.split(",") for row in packed.read(record).decode().splitlines()]
        assert [row[0] for row in rows] == names
        for name, digest, size in rows:
            content = packed.read(name)
            if name != record:
                found = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode()
                assert (digest, size) == (f"sha256={found.rstrip('=')}", str(len(content)))
    assert {"netzsite/cli.py", "netzsite/templates/post.html", "netzsite/words/de.json"} <= {*names}
    assert not [name for name in names if name.endswith(".pyc")]


def test_each_library_has_the_version_that_is_tested():
    pins = set((ROOT / "constraints.txt").read_text("utf-8").lower().split())
    rows = [row for row in requirements.text().lower().splitlines() if not row.startswith("#")]
    assert set(rows[1:]) <= pins
    assert {"markdown", "pyyaml", "markupsafe", "anyio"} <= {row.partition("==")[0] for row in rows}
    assert not [row for row in rows if row.startswith(("pytest", "ruff"))]


# The workflows of a new site, run as they stand.


def test_they_run_as_they_stand_in_fresh_clones(run: Run, tmp_path: Path):
    """One test, since all of it needs one new environment, which takes long."""
    known = runs.environment(tmp_path)
    origin = new_project(run, tmp_path / "origin")
    published, programs = forgejo(origin, tmp_path, known)
    known = runs.with_programs(known, programs)
    new_by_wheel(tmp_path, known, origin)
    assert github(origin, tmp_path, known) == published
    assert gitlab(origin, tmp_path, known) == published


def git(folder: Path, *arguments: str) -> str:
    named = ("-c", "user.name=N", "-c", "user.email=n@example.org")
    done = subprocess.run(["git", *named, *arguments], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode()


def new_project(run: Run, folder: Path) -> Path:
    """Make a new site with the workflow of each host; a second commit gives what the gate wants."""
    for host in PATHS:
        assert run("init", str(folder), "--ci", host)[0] == 0
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Neu")
    fill_gate(folder)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Impressum und Datenschutz")
    return folder


def fill_gate(root: Path) -> None:
    """Say what the release gate of a new site asks for."""
    site = root / "content" / "site.yaml"
    text = site.read_text("utf-8").replace("https://example.org\n", "https://musterdorf.de\n")
    site.write_text(text + GATE, "utf-8")
    put(root, "content/pages/datenschutz.md", "---\ntitle: Datenschutz\n---\n")


def forgejo(origin: Path, place: Path, known: dict[str, str]) -> tuple[dict[str, bytes], Path]:
    """Check and publish; gives what was published, and where the new environment's programs are."""
    workflow = runs.load(origin / PATHS["forgejo"])
    runner = Runner(
        folder=runs.clone(origin, place / "forgejo"), environment=known, event="pull_request"
    )
    assert runner.job(workflow["jobs"]["check"]), runner.said
    assert_preview(runner, runner.said)
    shutil.rmtree(runner.folder / "Vorschau")
    runner.event = "push"
    assert runner.holds(workflow["jobs"]["publish"]["if"])
    assert runner.job(workflow["jobs"]["publish"]), runner.said
    for path in runs.kept(workflow, "publish"):
        assert (runner.folder / path).is_dir()
    names = git(origin, "-c", "core.quotePath=off", "ls-tree", "-r", "--name-only", "pages")
    built = tree(runner.folder / "output")
    assert set(names.splitlines()) == built.keys()
    assert git(origin, "show", "pages:index.html").encode() == built["index.html"]
    assert git(origin, "rev-list", "--count", "pages").strip() == "1"
    assert git(runner.folder, "status", "--porcelain") == ""
    return built, runner.folder / ".venv" / "bin"


def assert_preview(runner: Runner, told: str, folder: str = "Vorschau") -> None:
    """A proposed change has its whole site, to be opened from disk, and a list of what changes."""
    home = (runner.folder / folder / "index.html").read_text("utf-8")
    assert 'href="akteure/index.html"' in home
    assert "### Welche Seiten sich ändern" in told
    assert "| geändert | `/impressum/` |" in told
    assert "| neu |" not in told


def new_by_wheel(place: Path, known: dict[str, str], origin: Path) -> None:
    """Make a site with the installed wheel: it carries all that a checkout has."""
    (place / "rad").mkdir()
    runner = Runner(folder=place / "rad", environment=known)
    assert runner.run("netzsite init --ci github && netzsite check"), runner.said
    made = {
        path: data for path, data in tree(runner.folder).items() if "netzsite-cache" not in path
    }
    git(place, "clone", "-q", str(origin), "erster")
    git(place / "erster", "checkout", "-q", "HEAD~1")
    here = tree(place / "erster")
    assert made == {path: here[path] for path in made}
    assert made.keys() >= {PATHS["github"], "requirements.txt", ".gitignore"}


def github(origin: Path, place: Path, known: dict[str, str]) -> dict[str, bytes]:
    workflow = runs.load(origin / PATHS["github"])
    jobs = workflow["jobs"]
    young = Runner(folder=place / "erster", environment=known, event="pull_request", base="HEAD")
    assert young.holds(jobs["check"]["if"])
    assert not young.job(jobs["check"]), "what stops publishing stops the check"
    assert "„provider.name“" in young.summary
    assert "### So wird nichts veröffentlicht" in young.summary
    assert "Auf der Seite ändert sich nichts." in young.summary
    assert young.outcomes["preview"] == "success", "it can be looked at all the same"
    young.event = "push"
    assert not young.job(jobs["build"])
    assert not (young.folder / "output").exists()

    slips = Runner(folder=runs.clone(origin, place / "fehler"), environment=known)
    for path, text, good in (
        ("content/pages/liste.md", "---\ntitle: Liste\n---\n\nText\n- eins\n- zwei\n", True),
        ("content/actors/jugendtreff.yaml", "name: Treff\nfarbe: rot\n", False),
    ):
        put(slips.folder, path, text)
        for event, job in (("pull_request", "check"), ("push", "build")):
            slips.event = event
            assert slips.job(jobs[job]) is good, (path, job, slips.said)
            # No old site is taken for a preview.
            looked = slips.outcomes.get("preview", "")
            assert looked == {"build": "", "check": "success" if good else "failure"}[job]
    assert re.search(
        r"^::error file=content/actors/jugendtreff.yaml,line=\d+,", slips.said, re.MULTILINE
    )
    assert "| neu | `/liste/` |" in slips.summary

    first = Runner(folder=runs.clone(origin, place / "github"), environment=known)
    assert first.holds(jobs["build"]["if"])
    assert first.job(jobs["build"]), first.said
    upload = jobs["build"]["steps"][-1]["with"]["path"]
    built = tree(first.folder / upload)
    night = Runner(folder=runs.clone(origin, place / "nacht"), environment=known, event="schedule")
    runs.restore(runs.kept(workflow, "build"), first.folder, night.folder)
    assert night.job(jobs["build"]), night.said
    assert [line for line in night.ran if "--verify" in line]
    assert tree(night.folder / upload) == built
    assert stamps(night.folder / upload) == stamps(first.folder / upload)
    assert night.holds(jobs["publish"]["if"])
    night.ref = "refs/heads/versuch"
    assert not night.holds(jobs["publish"]["if"])
    return built


def stamps(folder: Path) -> dict[Path, int]:
    """When each page was written: unchanged where what was kept served."""
    return {path.relative_to(folder): path.stat().st_mtime_ns for path in folder.rglob("*.html")}


def gitlab(origin: Path, place: Path, known: dict[str, str]) -> dict[str, bytes]:
    workflow = runs.load(origin / PATHS["gitlab"])
    first = Runner(folder=runs.clone(origin, place / "gitlab"), environment=known)
    assert first.gitlab(workflow, "check"), first.said
    report = first.folder / workflow["check"]["artifacts"]["reports"]["codequality"]
    assert json.loads(report.read_text("utf-8")) == []
    base = git(first.folder, "rev-parse", "HEAD~1").strip()
    assert first.gitlab(workflow, "preview", CI_MERGE_REQUEST_DIFF_BASE_SHA=base), first.said
    assert_preview(first, first.said, "vorschau")
    assert first.gitlab(workflow, "pages"), first.said
    for path in runs.kept(workflow, "pages"):
        assert (first.folder / path).is_dir(), path
    (upload,) = workflow["pages"]["artifacts"]["paths"]
    night = Runner(folder=runs.clone(origin, place / "gitlab-nacht"), environment=known)
    runs.restore(runs.kept(workflow, "pages"), first.folder, night.folder)
    (nightly,) = [rule for rule in workflow["pages"]["rules"] if "schedule" in rule["if"]]
    assert night.gitlab(workflow, "pages", **nightly["variables"]), night.said
    assert stamps(night.folder / upload) == stamps(first.folder / upload)
    return tree(night.folder / upload)


# GitHub ends nightly runs of public projects after 60 days without a change.

GH = """\
#!/bin/sh
echo "$@" >> "$GH_CALLS"
case "$*" in
*--jq*.private*) echo "$GH_PRIVATE" ;;
*commits*) date -u -d "$GH_DAYS days ago" +%Y-%m-%dT%H:%M:%SZ ;;
*"issue list"*) echo "$GH_OPEN" ;;
esac
"""
"""Stands for the program gh, which GitHub's machines have."""


@pytest.mark.parametrize(
    ("days", "open_", "private", "done"),
    [
        (3, "", "false", []),
        (45, "", "false", []),
        (46, "", "false", ["issue create"]),
        (59, "", "false", ["issue create"]),
        (59, "7", "false", []),
        (1, "7", "false", ["issue close 7"]),
        (59, "", "true", []),
    ],
)
def test_somebody_is_told_in_time_that_nightly_runs_will_end(
    tmp_path: Path, days: int, open_: str, private: str, done: list[str]
):
    program = tmp_path / "programme" / "gh"
    program.parent.mkdir()
    program.write_text(GH, "utf-8")
    program.chmod(0o755)
    calls = tmp_path / "calls.txt"
    known = runs.with_programs(runs.environment(tmp_path), program.parent)
    said = {"GH_CALLS": str(calls), "GH_DAYS": str(days), "GH_OPEN": open_, "GH_PRIVATE": private}
    (tmp_path / "seite").mkdir()
    runner = Runner(folder=tmp_path / "seite", environment=known | said, event="schedule")
    job = runs.load(OURS["github"])["jobs"]["remind"]
    assert runner.holds(job["if"])
    assert runner.job(job), runner.said
    acted = [line for line in calls.read_text("utf-8").splitlines() if "issue c" in line]
    assert [line[: len(want)] for line, want in zip(acted, done, strict=True)] == done
    assert all("60 Tagen" in line for line in acted if "create" in line)


# This project's own.


def test_a_push_builds_and_tests_as_the_readme_says():
    readme = (ROOT / "README.md").read_text("utf-8")
    command = readme.partition("<!-- build-command -->\n```\n")[2].partition("\n```")[0]
    site, tests = (runs.load(ROOT / ".github/workflows" / f"{name}.yml") for name in ("site", "ci"))
    assert step_of(site["jobs"]["build"], "Build, as the README says")["run"] == command
    (line,) = [step["run"] for step in tests["jobs"]["test"]["steps"] if "run" in step]
    assert line == ".ci/run"
    assert "test-command" in (ROOT / line).read_text("utf-8")
    for workflow in (site, tests):
        assert {"push", "pull_request"} <= workflow["on"].keys()


@pytest.mark.parametrize("clean", [False, True])
def test_the_own_site_is_published_once_its_gate_is_clean(tmp_path: Path, clean: bool):
    """A small site in place of the own, whose gate is open or not as the days go by."""
    site = starter(tmp_path / "klein")
    if clean:
        fill_gate(site)
    (site / ".venv").symlink_to(sys.prefix)
    job = runs.load(ROOT / ".github/workflows/site.yml")["jobs"]["build"]
    runner = Runner(folder=site, environment=runs.environment(tmp_path))
    assert runner.run(step_of(job, "Show mistakes at their lines")["run"]), runner.said
    gate = step_of(job, "Ask the release gate")
    assert runner.run(gate["run"]), runner.said
    assert runner.outputs == {"ready": str(clean).lower()}
    assert ("provider.name" in runner.summary) is not clean
    assert ("::warning title=Not published" in runner.said) is not clean
    publish = runs.load(ROOT / ".github/workflows/site.yml")["jobs"]["publish"]
    assert "needs.build.outputs.ready == 'true'" in publish["if"]
    assert job["outputs"]["ready"] == f"${{{{ steps.{gate['id']}.outputs.ready }}}}"


# For the repository of a site.


def hooks() -> dict[str, dict[str, Any]]:
    found = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return {hook["id"]: hook for hook in found}


def test_a_site_mends_its_blanks_and_signs_before_each_commit(run: Run, tmp_path: Path):
    hook = hooks()["netzsite-fix"]
    program, *arguments = hook["entry"].split()
    assert (program, hook["language"], hook["pass_filenames"]) == ("netzsite", "python", False)
    root = starter(tmp_path)
    actor = root / "content/actors/jugendtreff.yaml"
    good = actor.read_text("utf-8")
    actor.write_text(good.replace("\nname: ", "\nname:", 1), "utf-8")
    assert actor.read_text("utf-8") != good
    assert run(*arguments, root=root)[0] == 0
    assert actor.read_text("utf-8") == good


def test_a_site_checks_itself_before_each_commit(run: Run, tmp_path: Path):
    hook = hooks()["netzsite-check"]
    program, *arguments = hook["entry"].split()
    assert (program, hook["language"], hook["pass_filenames"]) == ("netzsite", "python", False)
    assert run(*arguments, root=starter(tmp_path))[0] == 0
    for path in ("content/site.yaml", "templates/post.html", "seite/content/posts/a.md"):
        assert re.search(hook["files"], path)
    assert not re.search(hook["files"], "README.md")
