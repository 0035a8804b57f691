"""A glimpse is what the build makes: the network that it follows to, and each page, to the byte."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from netzsite.memo import MemoryCache, ReadMemo
from netzsite.pipeline.partial import FEW, LastBuild, follow, partial_build
from netzsite.pipeline.render import JobError
from tests import edits
from tests.lab import DAY, Lab, put, tree

TAKEN = (
    edits.edit_body, edits.retitle, edits.redate, edits.expire, edits.draft, edits.tag,
    edits.summarise, edits.edit_record, edits.edit_description, edits.edit_layout,
    edits.keep_size_and_time,
)  # fmt: skip
"""Edits that a glimpse can show."""
ENOUGH = 2
"""How many edits of each kind have to show."""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory):
    made = Lab.make(tmp_path_factory.mktemp("glimpse"))
    made.kept = MemoryCache()
    made.options["drafts"] = True
    with made.inside():
        assert made.build().published
        yield made


def sources(lab: Lab) -> dict[Path, bytes]:
    """Every file that a watch would tell of."""
    folders = (lab.content, lab.root / "templates", lab.shipped)
    return {folder / path: data for folder in folders for path, data in tree(folder).items()}


def changes(lab: Lab, before: dict[Path, bytes]) -> set[str]:
    """Name what changed as a watch does."""
    after = sources(lab)
    paths = {path for path in before | after if before.get(path) != after.get(path)}
    return {
        f"templates/{path.relative_to(lab.shipped).as_posix()}"
        if path.is_relative_to(lab.shipped)
        else path.relative_to(lab.root).as_posix()
        for path in paths
    }


def standing(lab: Lab) -> LastBuild:
    assert lab.kept is not None
    made: LastBuild = lab.kept.last_build
    return made


def see(lab: Lab, changed: set[str], *paths: str) -> dict[str, bytes]:
    wanted = paths or [path for path in tree(lab.output) if path.endswith((".html", ".css"))]
    return partial_build(standing(lab), changed, wanted, DAY, ReadMemo(lab.cache))


def mend(lab: Lab, before: dict[Path, bytes]) -> None:
    for path in sources(lab).keys() - before.keys():
        path.unlink()
    for path, data in before.items():
        if not path.exists() or path.read_bytes() != data:
            put(path, data)
    assert lab.build().published


@pytest.mark.parametrize("edit", edits.SMALL, ids=lambda edit: edit.__name__)
def test_what_it_shows_is_what_the_build_makes(lab: Lab, edit: edits.Edit):
    chance = random.Random(edit.__name__)
    shown = 0
    for _ in range(10 if edit in TAKEN else 1):
        before = sources(lab)
        lab.tick()
        edit(lab, chance.randrange(2**16))
        changed = changes(lab, before)
        now = follow(standing(lab), changed)
        pages = see(lab, changed)
        if not lab.build().published:
            mend(lab, before)
            continue
        if now is not None:
            assert repr(now.network) == repr(standing(lab).network)
            assert (now.templates, now.policy) == (standing(lab).templates, standing(lab).policy)
        whole = tree(lab.output)
        for path, data in pages.items():
            assert path not in whole or data == whole[path], path
        shown += bool(pages)
        if shown == ENOUGH:
            break
    assert shown == ENOUGH or edit not in TAKEN


def test_several_files_at_once_and_since_the_last_good_build(lab: Lab):
    """A mistake lies between: the files that changed before it count too."""
    before = sources(lab)
    fest = lab.content / "posts" / "fest.md"
    put(fest, "---\ntitle: Ein Hoffest\ndate: 2026-06-01\n---\n\nSuppe und *Kuchen*.\n")
    put(lab.content / "pages" / "verein.md", "---\ntitel: Der Verein\n---\n")
    assert see(lab, changes(lab, before)) == {}
    assert not lab.build().published
    put(lab.content / "pages" / "verein.md", "---\ntitle: Unser Verein\n---\n\n[Fest](post:fest)\n")
    pages = see(lab, changes(lab, before), "verein/index.html", "aktuelles/fest/index.html")
    assert "Unser Verein" in pages["verein/index.html"].decode()
    assert "<em>Kuchen</em>" in pages["aktuelles/fest/index.html"].decode()
    assert lab.build().published
    assert pages == {path: data for path, data in tree(lab.output).items() if path in pages}
    mend(lab, before)


def refused(lab: Lab, path: str, text: str | None) -> bool:
    """Whether nothing is shown after a file was written, or removed."""
    before = sources(lab)
    if text is None:
        (lab.root / path).unlink()
    else:
        put(lab.root / path, text)
    nothing = see(lab, changes(lab, before)) == {}
    mend(lab, before)
    return nothing


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/posts/ganz-neu.md", "---\ntitle: Neu\ndate: 2026-11-01\n---\n"),
        ("content/posts/fest.md", None),
        ("content/posts/fest.md", "---\ntitle: [\n---\n"),
        ("content/posts/fest.md", "---\ntitle: A\ndate: 2026-06-01\nactors: [niemand]\n---\n"),
        ("content/posts/fest.md", "---\ntitle: A\ndate: 2026-06-01\n---\n\n[x](media/fehlt.png)\n"),
        ("content/media/fest.png", "kein Bild"),
        ("content/site.yaml", "title: Anders\n"),
        ("content/unbekannt.txt", "x"),
        ("templates/post.html", "{% extends %}"),
        ("templates/static/neu.txt", "x"),
    ],
)
def test_what_takes_a_build_is_left_to_it(lab: Lab, path: str, text: str | None):
    assert refused(lab, path, text)


def test_a_template_that_cannot_be_read_and_one_that_fails_show_nothing(lab: Lab):
    before = sources(lab)
    put(lab.root / "templates" / "post.html", b"\xff")
    assert see(lab, {"templates/post.html"}) == {}
    put(lab.root / "templates" / "post.html", "{{ nichts.davon }}")
    assert see(lab, {"templates/post.html"}, "aktuelles/fest/index.html") == {}
    mend(lab, before)


def test_a_failure_of_our_own_is_raised(lab: Lab, monkeypatch: pytest.MonkeyPatch):
    from netzsite.rendering import environment

    def fail(*_arguments: object) -> bytes:
        raise RuntimeError("kaputt")

    monkeypatch.setattr(environment, "render_page", fail)
    with pytest.raises(JobError, match=r"index\.html: RuntimeError: kaputt"):
        see(lab, set(), "index.html")


def test_what_an_editor_tries_beside_a_file_is_no_change(lab: Lab):
    assert see(lab, {"content/posts/4913"}, "index.html")
    assert not see(lab, {"content/media/4913"}, "index.html")
    assert not see(lab, {"content/posts"}, "index.html")


def test_many_files_and_another_day_are_left_to_the_build(lab: Lab):
    many = {f"content/posts/4913{number}" for number in range(FEW + 1)}
    assert not see(lab, many, "index.html")
    tomorrow: date = DAY + timedelta(days=1)
    memo = ReadMemo(lab.cache)
    assert partial_build(standing(lab), (), ("index.html",), tomorrow, memo) == {}


def test_a_text_that_the_memo_has_lost_is_made_again(lab: Lab, tmp_path: Path):
    wanted = ("aktuelles/fest/index.html", "akteure/index.html")
    whole = tree(lab.output)
    found = partial_build(standing(lab), (), wanted, DAY, ReadMemo(tmp_path))
    assert found == {path: whole[path] for path in wanted}
    fest = lab.content / "posts" / "fest.md"
    text = fest.read_bytes()
    fest.unlink()
    found = partial_build(standing(lab), (), wanted, DAY, ReadMemo(tmp_path))
    assert found == {path: whole[path] for path in wanted[1:]}
    put(fest, text)


def test_hidden_posts_stay_hidden(lab: Lab):
    lab.options["drafts"] = False
    assert lab.build().published
    before = sources(lab)
    put(lab.content / "posts" / "fest.md", "---\ntitle: A\ndate: 2026-06-01\ndraft: true\n---\n")
    assert see(lab, changes(lab, before), "index.html") == {}
    mend(lab, before)
    lab.options["drafts"] = True
    assert lab.build().published
