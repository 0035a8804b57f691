"""What is open is shown before the build: in memory, until the round is done."""

from pathlib import Path
from typing import Any

import pytest

from netzsite.catalogue import catalogue
from netzsite.dev import livereload as module
from netzsite.dev.editor_links import Editor
from netzsite.dev.error_overlay import Overlay
from netzsite.dev.livereload import Live
from netzsite.dev.open_pages import OpenPages
from netzsite.dev.preview import Preview
from netzsite.dev.rebuild import Round
from netzsite.pipeline import build as builder
from netzsite.pipeline.build import CACHE, Report, build
from netzsite.pipeline.options import Counts
from tests.conftest import TODAY, options
from tests.running import POST, add, put, starter

make = builder._build
PAGE = "aktuelles/matten-gesucht/index.html"


class Window:
    """Open pages, and what they were shown."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.open: tuple[str, ...] = (PAGE,)
        self.shown: list[dict[str, bytes]] = []
        asked = options(root, output=root / CACHE / "preview", drafts=True, memo=True)
        self.asked = asked
        self.ahead = OpenPages(
            asked, lambda: self.open, lambda pages: self.shown.append(dict(pages))
        )
        self.round()

    def round(self, *changed: str) -> Report:
        report = self.ahead.rebuild(frozenset(changed), TODAY)
        self.ahead.rest(TODAY)
        return report

    def page(self, path: str = PAGE) -> bytes:
        return (self.asked.target / path).read_bytes()


@pytest.fixture
def window(tmp_path: Path) -> Window:
    return Window(starter(tmp_path / "klein"))


def test_an_open_page_is_shown_as_the_build_then_makes_it(window: Window):
    add(window.root, POST, "\nEin *neuer* Satz.\n")
    window.round(POST)
    assert window.shown == [{PAGE: window.page()}]
    assert b"<em>neuer</em>" in window.page()


def test_nothing_is_shown_where_nothing_is_open(window: Window):
    window.open = ()
    add(window.root, POST, "\nNeu.\n")
    assert window.round(POST).published
    assert window.shown == []


def test_what_changed_before_a_mistake_was_mended_is_shown_with_it(window: Window):
    good = (window.root / POST).read_text("utf-8")
    put(window.root, POST, good.replace("title:", "titel:"))
    assert not window.round(POST).published
    start = "content/pages/start.md"
    add(window.root, start, "\nDazu.\n")
    assert not window.round(start).published
    assert window.shown == []
    window.open = (PAGE, "index.html")
    put(window.root, POST, good + "\nGut.\n")
    assert window.round(POST).published
    assert window.shown == [{path: window.page(path) for path in window.open}]
    assert b"Dazu." in window.page("index.html")


def test_a_server_that_starts_with_nothing_new_is_ready_all_the_same(window: Window):
    asked = window.asked
    assert build(asked).counts.written == 0
    again = Window(window.root)
    add(window.root, POST, "\nNeu.\n")
    again.round(POST)
    assert again.shown == [{PAGE: again.page()}]


def test_a_site_that_is_broken_from_the_start_is_built_once_a_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    root = starter(tmp_path / "klein")
    good = (root / POST).read_text("utf-8")
    put(root, POST, good.replace("title:", "titel:"))
    built = []
    monkeypatch.setattr(builder, "_build", lambda *a, **m: (built.append(1), make(*a, **m))[1])
    window = Window(root)
    assert not window.round(POST).published
    assert len(built) == 2
    put(root, POST, good)
    assert window.round(POST).published
    put(root, POST, good + "\nNeu.\n")
    window.round(POST)
    assert len(built) == 4
    assert window.shown == [{PAGE: window.page()}]


def test_a_site_without_posts_gets_ready_too(tmp_path: Path):
    root = starter(tmp_path / "klein")
    for post in (root / "content/posts").glob("*.md"):
        post.unlink()
    window = Window(root)
    window.open = ("index.html",)
    add(root, "content/pages/start.md", "\nNeu.\n")
    window.round("content/pages/start.md")
    assert window.shown == [{"index.html": window.page("index.html")}]


# What pages hear.


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    words = catalogue("de")
    put(tmp_path, "a.html", "alt")
    put(tmp_path, "b.html", "alt")
    return Preview(tmp_path, Editor(root=tmp_path, pattern="none"), lambda: words)


def told(preview: Preview, *paths: str) -> Any:
    report = Report(problems=(), published=True, counts=Counts(paths=paths), good=True)
    preview.take(Round(report=report))
    return preview.live.news


def test_a_page_that_was_shown_rightly_does_not_change_again(preview: Preview, tmp_path: Path):
    preview.show({"a.html": b"neu", "b.html": b"alt"})
    early = preview.live.news
    assert (early.early, early.changed, early.round) == (True, ("/a.html",), 1)
    assert preview.live.early == {"a.html": b"neu"}
    put(tmp_path, "a.html", "neu")
    news = told(preview, "a.html", "c.html")
    assert (news.early, news.changed, news.round) == (False, ("/c.html",), 2)
    assert preview.live.early == {}


def test_a_page_that_came_otherwise_changes_again(preview: Preview):
    preview.show({"a.html": b"neu"})
    assert told(preview).changed == ("/a.html",)


def test_pages_that_are_as_before_are_not_told(preview: Preview):
    preview.show({"a.html": b"alt"})
    assert preview.live.news.round == 0


def test_what_was_asked_for_last_is_open_while_somebody_listens(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "LATELY", 3)
    live = Live(Overlay(language="de", direction="ltr"))
    for path in ("a", "b", "c", "a", "d"):
        live.note(path)
    assert live.looking() == ()
    live._bells.add(lambda: None)
    assert live.looking() == ("d", "a", "c")
