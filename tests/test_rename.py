"""``netzsite rename``: the file, all that refers to it, an alias for its address; all or nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from netzsite.cli import netzsite
from netzsite.pipeline.build import Options, build
from tests.conftest import TODAY, tree
from tests.slips import ACTOR, HOME, PAGE, PICTURE, PLACE, POST, SITE, WORDS, Files

ALL_NAMES: Files = SITE | {
    ACTOR: str(SITE[ACTOR]).replace("aliases: [/alt/]", "aliases:\n  - /alt/"),
    PAGE: str(SITE[PAGE]).replace("[oben](#wer)", "[oben](#wer), [Haus](place:buergerhaus)"),
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path, content in ALL_NAMES.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def rename(site: Path, *names: str) -> tuple[int, str]:
    asked = ["rename", *names, "--root", str(site), "--today", str(TODAY)]
    result = CliRunner().invoke(netzsite, asked, obj=site, standalone_mode=False)
    assert result.exception is None, result.output
    return result.return_value, result.output


def problems(site: Path) -> list[str]:
    report = build(Options(root=site, today=TODAY, jobs=1, publish=False))
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize(
    ("names", "file", "written"),
    [
        (("actor", "mckiz", "haus"), "content/actors/haus.yaml", "aliases:\n  - /akteure/mckiz/\n  - /alt/"),
        (("place", "buergerhaus", "saal"), "content/places/saal.yaml", "aliases: [/orte/buergerhaus/]\n"),
        (("post", "fest", "feier"), "content/posts/2026/2026-11-01-feier.md", "aliases: [/aktuelles/fest/]\n---"),
        (("page", "mitmachen", "dabei"), "content/pages/dabei.md", "aliases: [/mitmachen/]\n---"),
        (("topic", "beratung", "rat"), WORDS, "  rat:\n    label: Beratung"),
        (("goal", "treffpunkte", "orte"), "content/network.yaml", "goal: orte"),
        (("carrier", "sozialwerk", "werk"), "content/carriers/werk.yaml", "name: Sozialwerk"),
    ],
)  # fmt: skip
def test_all_that_names_it_follows(
    names: tuple[str, str, str], file: str, written: str, site: Path
):
    code, told = rename(site, *names)
    assert code == 0, told
    assert written in (site / file).read_text(encoding="utf-8")
    assert problems(site) == []


def test_a_medium_takes_its_references_along(site: Path):
    code, told = rename(site, "medium", "media/fest.png", "media/tanz.png")
    assert code == 0, told
    assert (site / "content/media/tanz.png").read_bytes() == SITE[PICTURE]
    assert "src: media/tanz.png" in (site / POST).read_text(encoding="utf-8")
    assert problems(site) == []


def test_back_again_the_aliases_change_places(site: Path):
    before = tree(site / "content")
    assert rename(site, "place", "buergerhaus", "saal")[0] == 0
    assert rename(site, "place", "saal", "buergerhaus")[0] == 0
    after = tree(site / "content")
    assert problems(site) == []
    assert {path for path in after if after[path] != before.get(path)} == {
        "places/buergerhaus.yaml"
    }
    assert after["places/buergerhaus.yaml"].endswith(b"aliases: [/orte/saal/]\n")


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (("actor", "mckitz", "haus"), "Meinten Sie „mckiz“?"),
        (("actor", "mckiz", "Haus Süd"), "kann kein Kürzel sein"),
        (("page", "mitmachen", "datenschutz"), "gibt es schon"),
        (("topic", "beratung", "feste"), "gibt es schon"),
        (("medium", "media/fest.png", "fest.png"), "kann kein Kürzel sein"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    names: tuple[str, ...], why: str, site: Path
):
    before = tree(site / "content")
    code, told = rename(site, *names)
    assert code == 1
    assert why in told
    assert tree(site / "content") == before


def test_a_file_that_cannot_be_read_might_name_it_too(site: Path):
    (site / PLACE).write_text("street: [", encoding="utf-8")
    before = tree(site / "content")
    code, told = rename(site, "actor", "mckiz", "haus")
    assert code == 1
    assert f"{PLACE} hat einen Fehler" in told
    assert tree(site / "content") == before


def test_what_stands_in_an_unusual_way_is_left_to_people(site: Path):
    text = str(SITE[HOME]).replace("to: page:mitmachen", 'to: "page:\\x6ditmachen"')
    (site / HOME).write_text(text, encoding="utf-8")
    before = tree(site / "content")
    code, told = rename(site, "page", "mitmachen", "dabei")
    assert code == 1
    assert f"In {HOME} steht in Zeile 10 etwas" in told
    assert tree(site / "content") == before
