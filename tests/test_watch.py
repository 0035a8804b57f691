"""Watching: real files, real events, real builds; a saved file shows, and nothing else wakes."""

import http.client
import json
import os
import random
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from watchdog.observers.api import BaseObserver

from netzsite.dev import rebuild as module
from netzsite.dev import watch as watching
from netzsite.dev.rebuild import Round, days, rebuilding, rounds
from netzsite.dev.watch import Watch
from netzsite.pipeline import fingerprint as code
from netzsite.pipeline.build import CACHE, Report, build
from netzsite.rendering import templates
from tests.conftest import TODAY, Run, options, tree
from tests.running import PATIENCE, POST, Running, add, put, starter


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The starter's site, free to change."""
    return starter(tmp_path / "klein")


@pytest.fixture
def watch(small: Path) -> Iterator[Watch]:
    with Watch(small) as made:
        yield made


def quiet(watch: Watch) -> bool:
    """Whether nothing is told for longer than any rest."""
    return not watch.wait(0.3)


# What is told.


def test_a_saved_file_is_told_once(small: Path, watch: Watch):
    add(small, POST, "\nNoch ein Satz.\n")
    assert watch.wait(PATIENCE) == {POST}
    assert quiet(watch)


def test_a_saved_file_is_told_at_once(small: Path, watch: Watch):
    took = []
    for number in range(5):
        began = time.monotonic()
        add(small, POST, f"\n{number}\n")
        assert watch.wait(PATIENCE)
        took.append(time.monotonic() - began)
    assert min(took) < 0.05


def test_a_file_that_stays_open_is_told_when_writing_pauses(small: Path, watch: Watch):
    with (small / POST).open("a", encoding="utf-8") as file:
        for number in range(10):
            file.write(f"\n{number}\n")
            file.flush()
            time.sleep(0.01)
        began = time.monotonic()
        assert watch.wait(PATIENCE) == {POST}
        assert time.monotonic() - began < watching.LONGEST
    assert quiet(watch)


def test_an_editor_that_saves_by_rename(small: Path, watch: Watch):
    """As vim does: the old file becomes a backup, the new one is moved to its place."""
    file = small / POST
    text = file.read_text(encoding="utf-8")
    file.rename(file.with_name(file.name + "~"))
    put(small, POST, text + "\nNeu.\n")
    file.with_name(file.name + "~").unlink()
    assert POST in watch.wait(PATIENCE)
    fresh = small / "content/posts/.neu.swp"
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)
    assert watch.wait(PATIENCE) == {POST}
    assert quiet(watch)


def test_a_file_from_elsewhere_moved_to_its_place(small: Path, watch: Watch, tmp_path: Path):
    fresh = tmp_path / "fertig.md"
    fresh.write_text("---\ntitle: Neu\ndate: 2026-11-16\n---\n", encoding="utf-8")
    fresh.replace(small / POST)
    assert watch.wait(PATIENCE) == {POST}


def test_a_file_moved_away_and_one_deleted(small: Path, watch: Watch, tmp_path: Path):
    (small / POST).rename(tmp_path / "weg.md")
    assert watch.wait(PATIENCE) == {POST}
    (small / "content/pages/start.md").unlink()
    assert watch.wait(PATIENCE) == {"content/pages/start.md"}


def test_reading_and_backups_wake_nobody(small: Path, watch: Watch):
    for path in (small / "content").rglob("*"):
        if path.is_file():
            path.read_bytes()
    for name in (".start.md.swp", "start.md~", "#start.md#", "start.md.bak", ".git/index"):
        put(small, f"content/pages/{name}", "x")
    (small / POST).touch()
    os.utime(small / POST, (1, 1))
    assert quiet(watch)


def test_output_cache_and_stage_wake_nobody(small: Path, watch: Watch):
    asked = options(small, memo=True)
    assert build(asked).published
    shutil.rmtree(small / "output")
    assert build(asked).published
    put(small, f"{CACHE}/x", "x")
    put(small, "notizen.txt", "x")
    assert quiet(watch)


def test_many_files_at_once_are_told_together(small: Path, watch: Watch):
    for number in range(300):
        put(small, f"content/posts/neu/beitrag-{number}.md", "---\ntitle: Neu\n---\n")
    told = watch.wait(PATIENCE)
    while len(told) < 301:
        more = watch.wait(1)
        assert more
        told |= more
    assert "content/posts/neu/beitrag-299.md" in told
    shutil.rmtree(small / "content/posts/neu")
    assert "content/posts/neu/beitrag-0.md" in watch.wait(PATIENCE)


def test_what_never_rests_is_told_all_the_same(
    small: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(watching, "LONGEST", 0.2)
    stop = threading.Event()

    def write() -> None:
        while not stop.wait(0.001):
            add(small, POST, ".")

    writing = threading.Thread(target=write)
    writing.start()
    began = time.monotonic()
    told = watch.wait(PATIENCE)
    took = time.monotonic() - began
    stop.set()
    writing.join()
    assert told == {POST}
    assert took < 2


@pytest.mark.parametrize("name", ["content", "content/posts"])
def test_a_folder_that_vanishes_and_comes_back(small: Path, watch: Watch, name: str):
    for _ in range(3):
        (small / name).rename(small / "weg")
        assert watch.wait(PATIENCE)
        (small / "weg").rename(small / name)
        assert watch.wait(PATIENCE)
        quiet(watch)
        add(small, POST, "\nWieder da.\n")
        assert watch.wait(PATIENCE) == {POST}


@pytest.mark.parametrize("name", ["content", "content/posts"])
def test_a_folder_deleted_and_made_anew(small: Path, watch: Watch, name: str):
    for _ in range(3):
        shutil.copytree(small / name, small / "kopie")
        shutil.rmtree(small / name)
        assert watch.wait(PATIENCE)
        shutil.copytree(small / "kopie", small / name)
        shutil.rmtree(small / "kopie")
        assert watch.wait(PATIENCE)
        quiet(watch)
        add(small, POST, "\nWieder da.\n")
        assert watch.wait(PATIENCE) == {POST}


def test_the_whole_site_deleted_and_made_anew(small: Path, watch: Watch, tmp_path: Path):
    shutil.copytree(small, tmp_path / "kopie")
    shutil.rmtree(small)
    assert watch.wait(PATIENCE)
    while not quiet(watch):
        pass
    shutil.copytree(tmp_path / "kopie", small)
    assert watch.wait(PATIENCE)
    quiet(watch)
    add(small, POST, "\nWieder da.\n")
    assert watch.wait(PATIENCE) == {POST}


def test_templates_of_the_site_may_come_later(small: Path, watch: Watch):
    put(small, "templates/post.html", "x")
    assert watch.wait(PATIENCE)
    quiet(watch)
    put(small, "templates/static/eigenes.css", "x")
    assert "templates/static/eigenes.css" in watch.wait(PATIENCE)


def test_the_shipped_templates_are_watched(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shipped = tmp_path / "shipped"
    shutil.copytree(templates.shipped_folder(), shipped)
    monkeypatch.setattr(watching, "shipped_folder", lambda: shipped)
    with Watch(small) as watch:
        (shipped / "site.css").write_text("p {}", encoding="utf-8")
        assert watch.wait(PATIENCE) == {"templates/site.css"}


def test_content_behind_a_link(small: Path, tmp_path: Path):
    (small / "content").rename(tmp_path / "anderswo")
    (small / "content").symlink_to(tmp_path / "anderswo")
    with Watch(small) as watch:
        add(small, POST, "\nNeu.\n")
        assert watch.wait(PATIENCE) == {POST}


class Refusing(BaseObserver):
    """An observer on a system that can't observe one folder more."""

    def __init__(self) -> None:
        super().__init__(watching.Observer().__class__)

    def schedule(self, *_args: object, **_more: object) -> object:  # type: ignore[override]
        raise OSError(28, "inotify watch limit reached")


def test_where_the_system_tells_nothing_the_files_are_looked_at(
    small: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(watching, "POLL", 0.1)
    with Watch(small, Refusing) as watch:
        assert watch.polling
        add(small, POST, "\nNeu.\n")
        assert POST in watch.wait(PATIENCE)


# Rounds.


class Impatient:
    """A clock of days that gives up when nothing happens for too long."""

    def __init__(self, today: date = TODAY) -> None:
        self.today = today
        self.end = time.monotonic() + PATIENCE

    def __call__(self) -> date:
        assert time.monotonic() < self.end, "nothing was built"
        return self.today


@pytest.fixture
def turns(small: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> Iterator[Round]:
    monkeypatch.setattr(module, "TICK", 0.1)
    return rounds(watch, rebuilding(options(small, memo=True)), Impatient())


def codes(made: Round) -> list[str]:
    assert made.report is not None
    gate = {"provider-missing", "privacy-missing", "example-address"}
    return [one.code for one in made.report.problems if one.code not in gate]


def same_as_clean(root: Path, tmp_path: Path, made: Path | None = None) -> None:
    """Compare with a clean build: the output, or a preview, which shows drafts."""
    clean = tmp_path / "rein"
    shutil.rmtree(clean, ignore_errors=True)
    assert build(options(root, output=clean, drafts=made is not None)).published
    assert tree(made or root / "output") == tree(clean)


def test_the_site_follows_its_files(small: Path, turns: Iterator[Round], tmp_path: Path):
    first = next(turns)
    assert first.first
    assert first.report
    assert first.report.published
    home = small / "output" / "index.html"

    add(small, POST, "\nEin *neuer* Satz.\n")
    assert next(turns).changed == {POST}
    assert "neuer" in (small / "output/aktuelles/matten-gesucht/index.html").read_text("utf-8")

    put(small, "content/posts/2026-11-17-kurz.md", "---\ntitle: Kurz\ndate: 2026-11-17\n---\n")
    next(turns)
    assert "Kurz" in home.read_text("utf-8")
    (small / "content/posts/2026-11-17-kurz.md").rename(small / "content/posts/2026-11-17-lang.md")
    next(turns)
    assert not (small / "output/aktuelles/kurz").exists()
    assert (small / "output/aktuelles/lang/index.html").exists()

    put(small, "templates/site.css", "p { color: red }")
    next(turns)
    assert (small / "output/static/site.css").read_text("utf-8").endswith("p { color: red }")
    same_as_clean(small, tmp_path)


def test_a_mistake_leaves_the_last_good_site_until_it_is_mended(
    small: Path, turns: Iterator[Round], tmp_path: Path
):
    next(turns)
    before = tree(small / "output")
    good = (small / POST).read_text("utf-8")
    put(small, POST, good.replace("title:", "titel:"))
    broken = next(turns)
    assert codes(broken) == ["unknown-key"]
    assert tree(small / "output") == before
    put(small, POST, good)
    assert codes(next(turns)) == []
    assert tree(small / "output") == before
    same_as_clean(small, tmp_path)


def test_a_branch_switch_by_git(small: Path, turns: Iterator[Round], tmp_path: Path):
    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=small, check=True, capture_output=True)

    put(small, ".gitignore", "/output/\n")
    git("init", "-q", "-b", "main")
    git("config", "user.email", "post@example.org")
    git("config", "user.name", "Redaktion")
    git("add", ".")
    git("commit", "-q", "-m", "Anfang")
    next(turns)
    git("switch", "-q", "-c", "umbau")
    for number in range(60):
        put(
            small,
            f"content/posts/viele/2026-11-01-beitrag-{number}.md",
            f"---\ntitle: Beitrag {number}\ndate: 2026-11-01\n---\n",
        )
    (small / "content/pages/mitmachen.md").unlink(missing_ok=True)
    git("add", ".")
    git("commit", "-q", "-m", "Umbau")
    for branch in ("main", "umbau", "main"):
        git("switch", "-q", branch)
        wanted = tmp_path / branch
        shutil.rmtree(wanted, ignore_errors=True)
        assert build(options(small, output=wanted)).published
        while tree(small / "output") != tree(wanted):
            next(turns)


def test_a_new_day_builds_what_it_changes(
    small: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "TICK", 0.05)
    put(small, "content/posts/2026-11-22-bald.md", "---\ntitle: Bald\ndate: 2026-11-22\n---\n")
    watch.wait(1)
    clock = Impatient()
    built: list[date] = []
    rebuild = rebuilding(options(small, memo=True))

    def note(changed: frozenset[str], today: date) -> Report:
        built.append(today)
        return rebuild(changed, today)

    turns = rounds(watch, note, clock)
    first = next(turns)
    assert first.report
    assert first.report.next_change == date(2026, 11, 22)
    threading.Timer(0.2, lambda: setattr(clock, "today", date(2026, 11, 21))).start()
    threading.Timer(0.6, lambda: setattr(clock, "today", date(2026, 11, 22))).start()
    assert next(turns).changed == frozenset()
    assert built == [TODAY, date(2026, 11, 22)]
    assert (small / "output/aktuelles/bald/index.html").exists()


def test_the_day_is_that_of_the_site_unless_it_is_asked_for(
    small: Path, monkeypatch: pytest.MonkeyPatch
):
    assert days(small, TODAY)() == TODAY
    monkeypatch.setattr(module, "today_in", lambda _root: date(2030, 1, 1))
    assert days(small, None)() == date(2030, 1, 1)


def test_a_failure_of_our_own_ends_one_round_and_not_the_watch(
    small: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "TICK", 0.1)
    rebuild = rebuilding(options(small, memo=True))

    def fail_on_posts(changed: frozenset[str], today: date) -> Report:
        if POST in changed:
            raise RuntimeError("kaputt")
        return rebuild(changed, today)

    turns = rounds(watch, fail_on_posts, Impatient())
    next(turns)
    add(small, POST, "\nNeu.\n")
    failed = next(turns)
    assert failed.report is None
    assert "RuntimeError: kaputt" in failed.bug
    add(small, "content/pages/start.md", "\nNeu.\n")
    assert codes(next(turns)) == []


def test_a_failure_between_rounds_is_told_and_ends_nothing(
    small: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "TICK", 0.1)

    def fail(_day: date) -> None:
        raise RuntimeError("kaputt")

    turns = rounds(watch, rebuilding(options(small, memo=True)), Impatient(), fail)
    assert next(turns).first
    assert "RuntimeError: kaputt" in next(turns).bug
    add(small, POST, "\nNeu.\n")
    assert codes(next(turns)) == []


def test_the_code_that_was_loaded_names_what_is_kept(
    small: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
):
    """Else pages of the old code would be known under the name of one that was saved meanwhile."""
    taken: list[str] = []
    monkeypatch.setattr(code, "taken", lambda: taken.append("x") or f"code {len(taken)}")
    code.fingerprint.cache_clear()
    request.addfinalizer(code.fingerprint.cache_clear)
    rebuild = rebuilding(options(small, memo=True))
    for number in range(3):
        add(small, POST, f"\n{number}\n")
        assert rebuild(frozenset(), TODAY).published
    assert len(taken) == 1


def test_an_observer_that_does_not_end_keeps_nobody(small: Path, monkeypatch: pytest.MonkeyPatch):
    stuck = threading.Event()
    monkeypatch.setattr(watching, "_end", lambda _observer: stuck.wait())
    monkeypatch.setattr(watching, "ENDING", 0.05)
    with Watch(small) as watch:
        observer = watch._observer
    assert observer.is_alive()
    assert observer.daemon
    stuck.set()
    monkeypatch.undo()
    watch._stop()
    assert not observer.is_alive()


def test_another_build_of_the_site_is_waited_for(small: Path, monkeypatch: pytest.MonkeyPatch):
    from netzsite.pipeline.lock import alone

    rebuild = rebuilding(options(small, memo=True))
    (small / CACHE).mkdir()
    with alone(small / CACHE / "lock", small / CACHE):
        monkeypatch.setattr(module, "PATIENCE", 0.2)
        refused = rebuild(frozenset(), TODAY)
        monkeypatch.setattr(module, "PATIENCE", PATIENCE)
        made: list[Report] = []
        building = threading.Thread(target=lambda: made.append(rebuild(frozenset(), TODAY)))
        building.start()
        time.sleep(0.3)
        assert made == []
    building.join()
    assert [one.code for one in refused.problems] == ["locked"]
    assert made[0].published


# The command.


def test_a_watch_tells_each_round_and_ends_with_ctrl_c(small: Path):
    with Running("build", str(small), "--watch", "--today", str(TODAY)) as watch:
        watch.until("Fertig: ")
        add(small, POST, "\nNeu.\n")
        watch.until(f"{POST}: 3 Dateien geschrieben, 0 entfernt, in ")
        good = (small / POST).read_text("utf-8")
        put(small, POST, good.replace("title:", "titel:"))
        watch.until("unknown-key")
        watch.until("Nicht veröffentlicht, die bisherige Seite bleibt. 1 Fehler")
        put(small, POST, good)
        watch.until("Auf der Seite ändert sich nichts.")
        assert watch.end() == 0
        assert watch.lines == ["Beendet."]


def used_in_a_second(watch: Running) -> float:
    """Seconds of processor time; of several, the least is free of what the last edits left."""
    before = watch.processor()
    time.sleep(1)
    return watch.processor() - before


class Reader:
    """Somebody who has pages of a preview open, and looks at them again and again."""

    def __init__(self, address: str) -> None:
        host, port = address.removeprefix("http://").rstrip("/").split(":")
        self._place = (host, int(port))
        self._line = http.client.HTTPConnection(*self._place, timeout=PATIENCE)
        self._line.request("GET", "/.netzsite/events")
        self._news = self._line.getresponse()

    def look(self, address: str) -> None:
        line = http.client.HTTPConnection(*self._place, timeout=PATIENCE)
        line.request("GET", address)
        assert line.getresponse().read()
        line.close()

    def hear(self) -> Any:
        """Read what was told, up to the end of a round."""
        while True:
            line = self._news.readline()
            if line.startswith(b"data:"):
                news = json.loads(line[5:])
                if not news["early"]:
                    return news

    def close(self) -> None:
        self._line.close()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads Linux's /proc")
def test_500_quick_edits_leave_a_clean_site_and_the_memory_where_it_was(
    small: Path, tmp_path: Path
):
    """In the output and in a preview whose open pages are shown before it is built."""
    chance = random.Random(7)
    both = (str(small), "--today", str(TODAY), "--jobs", "1")
    cache = tmp_path / "cache"
    with (
        Running("build", *both, "--watch", "-q") as watch,
        Running("serve", *both, "--port", "0", "--cache", str(cache)) as serve,
    ):
        reader = Reader(serve.until("Vorschau: ").removeprefix("Vorschau: "))
        while not (small / "output/.netzsite-manifest").exists():
            time.sleep(0.05)
        while not reader.hear()["ready"]:
            pass
        for number in range(500):
            edit(small, number, chance)
            time.sleep(chance.random() * 0.02)
            if number % 10 == 0:
                reader.look(f"/aktuelles/notiz-{1 + number // 10 % 8}/")
            if number == 250:  # by then what is kept of each note has been kept
                early = watch.memory(), serve.memory()
        for path in NOTES:
            put(small, path, note(path, "Am Ende"))
        watch.settle()
        serve.settle()
        grown = watch.memory() - early[0], serve.memory() - early[1]
        idle = [min(used_in_a_second(one) for _ in range(3)) for one in (watch, serve)]
        assert (watch.end(), serve.end()) == (0, 0)
        reader.close()
    same_as_clean(small, tmp_path)
    same_as_clean(small, tmp_path, cache / "preview")
    assert max(grown) < 8_000_000
    assert max(idle) <= 0.02


NOTES = [f"content/posts/2026-11-{day:02}-notiz-{day}.md" for day in range(1, 9)]


def note(path: str, title: str) -> str:
    day = path.removeprefix("content/posts/")[:10]
    return f"---\ntitle: {title}\ndate: {day}\n---\n\n{title}\n"


def edit(root: Path, number: int, chance: random.Random) -> None:
    """Change one file of a site, or break it, or take it away."""
    path = chance.choice(NOTES)
    match chance.randrange(20):
        case 0 | 1:
            (root / path).unlink(missing_ok=True)
        case 2 | 3:
            put(root, path, note(path, str(number)).replace("date:", "date: um"))
        case 4:
            put(root, "templates/site.css", f"p {{ margin: {number}px }}\n")
        case 5:
            actor = f"name: Neu {number}\ncarrier: gemeinde-musterdorf\n"
            put(root, "content/actors/neu.yaml", actor)
        case 6:
            fresh = root / "content/posts/.neu.swp"
            fresh.write_text(note(path, str(number)), encoding="utf-8")
            fresh.replace(root / path)
        case _:
            put(root, path, note(path, str(number)))


def test_options_that_do_not_go_with_watching_are_refused(small: Path, run: Run):
    for more in ("--verify", "--format=json", "--format=github"):
        code, _, err = run("build", str(small), "--watch", more)
        assert code == 2
        assert "--watch" in err


def test_what_somebody_has_deleted_is_built_again(small: Path):
    """As when the cache of a preview goes: no file of the site has changed."""

    class Still:
        def wait(self, _seconds: float) -> frozenset[str]:
            return frozenset()

    asked = options(small, memo=True, cache=small / "cache", output=small / "cache" / "preview")
    page = small / "cache" / "preview" / "index.html"
    lost = lambda: not page.exists()  # noqa: E731
    turns = rounds(Still(), rebuilding(asked), lambda: asked.today, lost=lost)  # type: ignore[arg-type]
    assert next(turns).report.published
    before = page.read_bytes()
    shutil.rmtree(small / "cache")
    again = next(turns)
    assert again.report.published
    assert again.changed == frozenset()
    assert page.read_bytes() == before
