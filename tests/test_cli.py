"""The command line: what each call says, where it says it, and with which code it ends."""

import json
import re
import runpy
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from netzsite import __version__
from netzsite.cli import main
from netzsite.pipeline import build as building
from netzsite.pipeline.build import Options, Report
from tests.conftest import Run

SITE = """\
title: Netzwerk Musterdorf
language: {language}
base_url: https://musterdorf.de
timezone: Europe/Berlin
{more}"""
DAY = "--today=2026-11-20"
ALL_SAID = """\
provider:
  name: Bürgerverein Musterdorf e. V.
  street: Dorfstraße 1
  postal_code: 01067
  city: Musterdorf
  email: post@musterdorf.de
  phone: 0351 123456
  register: Amtsgericht Musterstadt, VR 1
  represented_by: den Vorstand, Mia Muster
"""


def make(root: Path, language: str = "de", more: str = ALL_SAID, **files: str) -> Path:
    """Write a small site that has nothing to complain about."""
    content = root / "content"
    (content / "actors").mkdir(parents=True)
    (content / "carriers").mkdir()
    (content / "pages").mkdir()
    for page in ("datenschutz", "privacy"):
        (content / "pages" / f"{page}.md").write_text(f"---\ntitle: {page}\n---\n", "utf-8")
    (content / "site.yaml").write_text(SITE.format(language=language, more=more), "utf-8")
    (content / "carriers" / "verein.yaml").write_text("name: Bürgerverein e. V.\n", "utf-8")
    for name, text in files.items():
        (content / "actors" / f"{name}.yaml").write_text(text, "utf-8")
    return root


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return make(tmp_path / "gut", treff="name: Familientreff\ncarrier: verein\n")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    return make(tmp_path / "falsch", treff="name: Familientreff\nträger: verein\n")


def stop_building(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(_options: Options) -> Report:
        raise error

    monkeypatch.setattr(building, "build", fail)


def asked_of_build(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """Note what a build is asked for, and let it find nothing."""
    asked: list[Options] = []

    def note(options: Options) -> Report:
        asked.append(options)
        return Report(problems=(), published=True, good=True)

    monkeypatch.setattr(building, "build", note)
    return asked


def test_a_build_publishes_and_ends_with_0(run: Run, good: Path):
    code, out, err = run("build", str(good), DAY)
    assert (code, err) == (0, "")
    assert out.startswith("Fertig: ")
    assert "Familientreff" in (good / "output" / "akteure" / "treff" / "index.html").read_text(
        "utf-8"
    )


def test_a_second_build_says_that_nothing_changed(run: Run, good: Path):
    run("build", str(good), DAY)
    code, out, _ = run("build", str(good), DAY)
    assert code == 0
    assert " 0 Dateien geschrieben, " in out
    assert " 0 entfernt" in out


def test_the_site_lies_where_the_caller_of_main_says(run: Run, good: Path):
    assert run("build", DAY, root=good)[0] == 0
    assert (good / "output" / "index.html").is_file()


def test_without_a_folder_the_site_is_the_current_one(
    run: Run, good: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(good)
    assert run("check", DAY)[0] == 0


def test_arguments_come_from_the_process_when_none_are_given(
    good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(sys, "argv", ["netzsite", "check", str(good), DAY])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("Geprüft in ")


def test_the_package_can_be_run_as_a_module(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(sys, "argv", ["netzsite", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("netzsite", run_name="__main__")
    assert ended.value.code == 0
    assert __version__ in capsys.readouterr().out


def test_importing_the_module_form_runs_nothing():
    assert callable(runpy.run_module("netzsite.__main__", run_name="netzsite.__main__")["main"])


def test_an_error_ends_with_1_and_publishes_nothing(run: Run, wrong: Path):
    code, out, err = run("build", str(wrong), DAY)
    assert code == 1
    assert "content/actors/treff.yaml:2:1: Fehler: „träger“ ist kein Feld eines Akteurs." in err
    assert "Meinten Sie „carrier“" in err
    assert "Nicht veröffentlicht" in out
    assert not (wrong / "output").exists()


def test_all_mistakes_are_told_at_once(run: Run, tmp_path: Path):
    root = make(
        tmp_path,
        eins="name: Eins\nträger: verein\n",
        zwei="name: Zwei\ncarrier: vereine\n",
    )
    _, out, err = run("check", str(root), DAY)
    assert "eins.yaml:2:1" in err
    assert "zwei.yaml:2:10" in err
    assert "2 Fehler, 0 vor dem Veröffentlichen, 0 Warnungen, 0 Hinweise." in out


def test_the_release_gate_is_asked_where_it_is_strict(run: Run, tmp_path: Path):
    root = make(tmp_path, more="")
    code, out, err = run("build", str(root), DAY)
    assert code == 0
    assert "[provider-missing]" in err
    assert "Vor dem Veröffentlichen: " in err
    code, out, _ = run("build", str(root), DAY, "--strict")
    assert code == 1
    assert "--strict" in out


def test_check_publishes_nothing(run: Run, good: Path):
    code, out, err = run("check", str(good), DAY)
    assert (code, err) == (0, "")
    assert out.startswith("Geprüft in ")
    assert not (good / "output").exists()


def test_check_with_an_error_ends_with_1(run: Run, wrong: Path):
    code, out, _ = run("check", str(wrong), DAY)
    assert code == 1
    assert "1 Fehler" in out or "2 Fehler" in out
    assert "Nicht veröffentlicht" not in out


def test_the_next_day_of_change_is_told_after_a_build(run: Run, good: Path):
    posts = good / "content" / "posts"
    posts.mkdir()
    text = "---\ntitle: Das Fest\ndate: 2026-11-22\n---\n"
    (posts / "fest.md").write_text(text, "utf-8")
    told = "durch ein Datum ist am 2026-11-22 fällig"
    assert told in run("build", str(good), DAY)[1]
    assert told not in run("check", str(good), DAY)[1]


@pytest.mark.parametrize("flag", ["-q", "--quiet"])
def test_quiet_says_nothing_but_problems(run: Run, good: Path, wrong: Path, flag: str):
    assert run("build", str(good), DAY, flag) == (0, "", "")
    code, out, err = run("build", str(wrong), DAY, flag)
    assert (code, out) == (1, "")
    assert "treff.yaml:2:1" in err


def test_ten_notices_are_shown_and_verbose_shows_all(run: Run, good: Path):
    media = good / "content" / "media"
    media.mkdir()
    for number in range(12):
        (media / f"blatt-{number}.txt").write_text("Aushang", "utf-8")
    assert run("check", str(good), DAY)[2].count("[unused-medium]") == 10
    assert "… und 2 weitere Hinweise" in run("check", str(good), DAY)[2]
    for flag in ("-v", "--verbose"):
        said = run("check", str(good), DAY, flag)[2]
        assert said.count("[unused-medium]") == 12
        assert "weitere Hinweise" not in said


def test_messages_speak_the_language_of_the_site(run: Run, tmp_path: Path):
    said = run("check", str(make(tmp_path, "en")), DAY)[1]
    assert said.startswith("Checked")


def test_messages_speak_the_language_that_is_asked_for(run: Run, wrong: Path):
    assert " is not a key of an actor" in run("check", str(wrong), DAY, "--lang", "en")[2]


def test_messages_are_german_while_the_site_is_unreadable(run: Run, tmp_path: Path):
    root = make(tmp_path)
    (root / "content" / "site.yaml").write_text("title: [\n", "utf-8")
    assert "Fehler: " in run("check", str(root), DAY)[2]


def test_json_is_one_object_on_standard_output(run: Run, wrong: Path):
    code, out, err = run("check", str(wrong), DAY, "--format", "json")
    assert (code, err) == (1, "")
    said = json.loads(out)
    assert said["published"] is False
    first = said["problems"][0]
    assert first["code"] in {"missing-key", "unknown-key"}
    assert {one["file"] for one in said["problems"]} == {"content/actors/treff.yaml"}


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab"])
def test_no_name_and_no_value_moves_the_terminal(run: Run, good: Path, form: str):
    escape = "\x1b]0;fremd\x07\x1b[31m\x9b2J\u202e"
    (good / "content" / "pages" / f"{escape}.md").write_text("---\ntitle: A\n---\n")
    (good / "content" / escape).mkdir()
    (good / "content" / escape / "a.md").write_text("")
    (good / "content" / "pages" / "neu.md").write_text(f"---\n{escape}: A\n---\n")
    (good / "content" / "pages" / "alt.md").write_text(
        '---\ntitle: A\n"\\e[31m": B\nmenu: "\\e[2J"\n---\n'
    )
    code, out, err = run("check", str(good), DAY, "--format", form)
    assert code == 1
    assert {"\x1b", "\x07", "\x9b", "\u202e"}.isdisjoint(out + err)
    assert "31m" in out + err


def test_json_of_a_good_build_counts_what_it_did(run: Run, good: Path):
    said = json.loads(run("build", str(good), DAY, "--format=json")[1])
    assert said["published"] is True
    assert said["problems"] == []
    assert 0 < said["pages"] < said["written"]
    files = [path for path in (good / "output").rglob("*") if path.is_file()]
    assert len(files) >= said["written"]


def test_gitlab_gets_one_entry_for_each_problem(run: Run, wrong: Path):
    code, out, err = run("check", str(wrong), DAY, "--format", "gitlab")
    assert (code, err) == (1, "")
    said = json.loads(out)
    assert {one["location"]["path"] for one in said} == {"content/actors/treff.yaml"}
    assert [one["check_name"] for one in said] == ["unknown-key"]


def test_github_gets_annotations_with_escaped_characters(run: Run, tmp_path: Path):
    root = make(tmp_path, treff='name: Familientreff\ncarrier: verein\n"100 %,:": ja\n')
    code, out, err = run("check", str(root), DAY, "--format", "github")
    assert (code, err) == (1, "")
    line = next(line for line in out.splitlines() if "unknown-key" in line)
    place = "file=content/actors/treff.yaml,line=3,col=1,endColumn=9,title=unknown-key"
    assert line.startswith(f"::error {place}::")
    assert "„100 %25,:“" in line
    assert "Geprüft" not in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--today=gestern",),
        ("--today=2026-02-30",),
        ("--today=20.11.2026",),
        ("--today",),
        ("--format=xml",),
        ("--lang=kl",),
        ("--jobs=0",),
        ("--jobs=viele",),
        ("--base-url=musterdorf",),
        ("--base-url=https://musterdorf.de/?x=1",),
        ("--base-url=javascript:alert(1)",),
        ("--gibt-es-nicht",),
    ],
)
def test_a_wrong_option_ends_with_2_and_builds_nothing(
    run: Run, good: Path, arguments: tuple[str, ...]
):
    code, out, err = run("build", str(good), *arguments)
    assert (code, out) == (2, "")
    assert re.search("Aufruf: netzsite build|fehlt die Angabe", err)
    assert not (good / "output").exists()


def test_a_wrong_day_is_answered_with_a_right_one(run: Run, good: Path):
    said = run("check", str(good), "--today=20.11.2026")[2]
    assert "--today: „20.11.2026“ ist kein Tag. Schreiben Sie ihn so: 2026-11-20." in said


def test_an_unknown_command_ends_with_2(run: Run):
    code, _, err = run("bauen")
    assert code == 2
    assert "bauen" in err


SAID = [
    (
        ("new", "beitrag", "X"),
        "„beitrag“ gibt es hier nicht. Meinten Sie „post“? Möglich sind: post (Be",
    ),
    (
        ("new", "artikel", "X"),
        "„artikel“ gibt es hier nicht. Möglich sind: post (Beitrag), event (Termin)",
    ),
    (("new", "post"), "Es fehlt: TITLE."),
    (("new",), "Möglich sind: post (Beitrag), event (Termin), actor (Akteur),"),
    (
        ("new", "post", "Mein", "Fest"),
        "„Fest“ ist hier zu viel. Gehört es zu einer Angabe mit Leerzeichen?",
    ),
    (
        ("new", "post", "X", "--actors", "a"),
        "Den Zusatz „--actors“ gibt es hier nicht. Meinten Sie „--actor“?",
    ),
    (("check", "--xyz"), "Den Zusatz „--xyz“ gibt es hier nicht."),
    (("check", "--today"), "Hinter „--today“ fehlt die Angabe."),
    (("check", "--lang", "fr"), "--lang: „fr“ gibt es hier nicht. Möglich sind: de, en."),
    (("build", "-j", "viele"), "--jobs: Hierher gehört eine ganze Zahl von 1 bis …."),
    (("build", "-j", "0"), "--jobs: Hierher gehört eine ganze Zahl von 1 bis …."),
    (("build", "-o", "content/site.yaml"), "--output: Das ist kein Ordner."),
    (("build", "--watch", "--verify"), "„--watch“ geht nicht zusammen mit"),
    (("build", "--base-url", "hier"), "--base-url: „hier“ ist keine Adresse wie https://"),
    (("chek",), "„chek“ ist kein Befehl von netzsite. Meinten Sie „check“?"),
    (("bauen",), "„bauen“ ist kein Befehl von netzsite. Möglich sind: build, check, fix, serve,"),
    (("chek", "--lang=en"), "“chek” is no command of netzsite. Did you mean “check”?"),
]


@pytest.mark.parametrize(("arguments", "said"), SAID, ids=lambda one: str(one)[:20])
def test_a_call_that_is_not_understood_is_answered_in_plain_words(
    run: Run, good: Path, arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(good)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "Error" not in err
    for line in err.splitlines()[1:]:
        assert line.startswith(
            ("Aufruf: netzsite", "Usage: netzsite", "Mehr dazu", "More about it")
        )


def test_a_call_that_is_not_understood_moves_no_terminal(run: Run):
    for arguments in (("\x1b[2J",), ("new", "\x1b[2J", "X"), ("new", "post", "X", "\x1b[2J")):
        assert "\x1b" not in run(*arguments)[2]


def test_a_folder_without_content_ends_with_2_and_says_how_to_begin(run: Run, tmp_path: Path):
    code, out, err = run("build", str(tmp_path))
    assert (code, out) == (2, "")
    assert str(tmp_path / "content") in err
    assert "netzsite init" in err
    assert "netzsite init" in run("check", str(tmp_path), "--lang=en")[2]


def test_a_file_in_place_of_a_folder_ends_with_2(run: Run, good: Path):
    assert run("build", str(good / "content" / "site.yaml"))[0] == 2
    assert run("build", str(good), "--output", str(good / "content" / "site.yaml"))[0] == 2


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("build", "-h"), ("init", "--help")])
def test_help_ends_with_0(run: Run, arguments: tuple[str, ...]):
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert out.startswith("Usage: netzsite")


def test_help_names_every_command_and_every_option(run: Run):
    out = run("--help")[1]
    assert {"build", "check", "init"} <= set(re.findall(r"^  (\w+)", out, re.MULTILINE))
    options = (
        *("--output", "--jobs", "--cache", "--no-cache", "--strict", "--drafts", "--portable"),
        *("--today", "--base-url", "--lang", "--format", "--quiet", "--verbose", "--help"),
    )
    out = run("build", "--help")[1]
    assert [option for option in options if option not in out] == []
    assert "130" in out


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_is_told(run: Run, flag: str):
    code, out, _ = run(flag)
    assert code == 0
    assert __version__ in out


def test_a_call_without_a_command_shows_the_help(run: Run):
    code, out, err = run()
    assert code == 2
    assert "Usage: netzsite" in out + err


def test_a_bug_ends_with_3_and_says_what_to_report(
    run: Run, good: Path, monkeypatch: pytest.MonkeyPatch
):
    stop_building(monkeypatch, RuntimeError("das ging schief"))
    code, out, err = run("build", str(good))
    assert (code, out) == (3, "")
    assert "Das ist ein Fehler in netzsite" in err
    assert f"netzsite {__version__}" in err
    assert "RuntimeError: das ging schief" in err


def test_an_interruption_ends_with_130(run: Run, good: Path, monkeypatch: pytest.MonkeyPatch):
    stop_building(monkeypatch, KeyboardInterrupt())
    assert run("build", str(good))[0] == 130


def test_an_interruption_before_any_command_ends_with_130(
    run: Run, monkeypatch: pytest.MonkeyPatch
):
    def interrupt(**_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("netzsite.cli.netzsite.main", interrupt)
    code, _, err = run("build")
    assert code == 130
    assert "Abgebrochen" in err


def test_an_interruption_says_that_the_last_site_stays(
    run: Run, good: Path, monkeypatch: pytest.MonkeyPatch
):
    stop_building(monkeypatch, KeyboardInterrupt())
    assert "Abgebrochen. Die bisherige Seite bleibt" in run("build", str(good))[2]


def test_a_cache_that_cannot_be_made_is_told_and_stops_no_build(run: Run, good: Path):
    (good / "datei").write_text("", "utf-8")
    code, _, err = run("build", str(good), DAY, "--cache", str(good / "datei" / "cache"))
    assert code == 0
    assert "[cache-unusable]" in err


@pytest.mark.parametrize(
    "error", [MemoryError(), OSError(36, "File name too long", "/" + "a" * 600)]
)
def test_what_the_system_refuses_is_no_bug(
    run: Run, good: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    stop_building(monkeypatch, error)
    code, _, err = run("build", str(good))
    assert code == 1
    assert "Traceback" not in err
    assert 20 < len(err) < 400


def test_a_path_longer_than_any_file_system_takes_is_no_bug(run: Run):
    code, _, err = run("build", "/" + "a" * 600)
    assert (code, "Traceback" in err) == (1, False)
    assert "File name too long" in err


def test_init_where_no_folder_can_be_is_no_bug(run: Run, tmp_path: Path):
    (tmp_path / "datei").write_text("", "utf-8")
    code, _, err = run("init", str(tmp_path / "datei" / "seite"))
    assert code in (1, 2)
    assert "Das ist ein Fehler in netzsite" not in err


def test_an_output_that_cannot_be_made_is_a_problem(run: Run, good: Path):
    (good / "datei").write_text("", "utf-8")
    code, _, err = run("build", str(good), DAY, "-o", str(good / "datei" / "output"))
    assert code == 1
    assert "[cannot-write]" in err


def test_every_option_reaches_the_build(
    run: Run, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    asked = asked_of_build(monkeypatch)
    out, cache = tmp_path / "out", tmp_path / "cache"
    arguments: Sequence[str] = (
        *("build", str(good), "-o", str(out), "-j", "3", "--cache", str(cache), "--no-cache"),
        *("--strict", "--drafts", "--portable", "--today", "2026-11-20", "--base-url"),
        "https://probe.musterdorf.de/unten/",
    )
    assert run(*arguments)[0] == 0
    (options,) = asked
    assert (options.root, options.output, options.cache) == (good, out, cache)
    assert (options.jobs, options.memo, options.publish) == (3, False, True)
    assert (options.strict, options.drafts, options.portable) == (True, True, True)
    assert options.today == date(2026, 11, 20)
    assert options.base_url == "https://probe.musterdorf.de/unten/"


def test_without_options_the_build_is_asked_for_the_usual(
    run: Run, good: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(building, "today_in", lambda _root: date(2026, 11, 2))
    asked = asked_of_build(monkeypatch)
    run("check", str(good))
    (options,) = asked
    assert (options.output, options.cache, options.base_url) == (None, None, None)
    assert (options.jobs, options.memo, options.publish) == (0, True, False)
    assert (options.strict, options.drafts, options.portable) == (False, False, False)
    assert options.today == date(2026, 11, 2)


def feed_of(run: Run, root: Path, base_url: str) -> str:
    code, _, err = run("build", str(root), DAY, "--base-url", base_url)
    assert (code, err) == (0, "")
    return (root / "output" / "feed.xml").read_text("utf-8")


def test_the_base_url_of_the_call_stands_in_the_feed(run: Run, good: Path):
    assert "https://probe.de/feed.xml" in feed_of(run, good, "https://probe.de/")


def test_a_site_can_stand_below_a_path(run: Run, good: Path):
    assert "https://probe.de/unten/feed.xml" in feed_of(run, good, "https://probe.de/unten/")


def test_init_makes_a_site_that_builds(run: Run, tmp_path: Path):
    root = tmp_path / "seite"
    code, out, err = run("init", str(root))
    assert (code, err) == (0, "")
    assert "Angelegt: " in out
    assert f"„netzsite build {root}“" in out
    assert run("build", str(root), DAY)[0] == 0
    assert (root / "output" / "index.html").is_file()


def test_init_takes_the_folder_that_main_was_given(run: Run, tmp_path: Path):
    assert run("init", root=tmp_path)[0] == 0
    assert (tmp_path / "content" / "site.yaml").is_file()


def test_what_init_names_can_be_typed_as_it_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    assert "„netzsite build 'Unsere Grüße'“" in run("init", "Unsere Grüße")[1]
    (tmp_path / "hier").mkdir()
    monkeypatch.chdir(tmp_path / "hier")
    assert "„netzsite build“" in run("init")[1]


def test_init_leaves_a_folder_alone_that_is_not_empty(run: Run, good: Path):
    before = (good / "content" / "site.yaml").read_bytes()
    code, out, err = run("init", str(good))
    assert (code, out) == (2, "")
    assert "nicht leer" in err
    assert (good / "content" / "site.yaml").read_bytes() == before
    assert not (good / ".gitignore").exists()


def test_init_speaks_the_language_that_is_asked_for(run: Run, tmp_path: Path):
    assert "Angelegt" not in run("init", str(tmp_path / "site"), "--lang=en")[1]
