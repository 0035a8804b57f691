"""What the git history of a site tells calendars: an event that moved is newer than the old one."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest

from netzsite.network.revisions import Revision
from netzsite.pipeline import history
from netzsite.pipeline.build import Report, build
from netzsite.pipeline.history import commit, counted
from netzsite.producers.calendar import STAMP
from tests.conftest import options, tree
from tests.running import put

SITE = "title: Netz\nlanguage: de\nbase_url: https://netz-musterdorf.de\ntimezone: Europe/Berlin\n"
FEST = "---\ntitle: Fest\nstart: {start}\nplace: saal\n{more}---\n"
RUNDE = "---\ntitle: Runde\nstart: 2027-01-04 10:00\n---\n"
DAY = 86_400
BEGAN = 1_760_000_000
"""The time of the first commit, in seconds since 1970."""


def git(root: Path, *arguments: str, at: int = BEGAN) -> str:
    who = {f"GIT_{one}_{what}": value for one in ("AUTHOR", "COMMITTER")
           for what, value in (("NAME", "N"), ("EMAIL", "n@example.org"), ("DATE", f"{at} +0100"))}  # fmt: skip
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", *arguments], cwd=root, env=os.environ | who | own, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def fest(root: Path, start: str, more: str = "") -> None:
    put(root, "content/events/fest.md", FEST.format(start=start, more=more))


def save(root: Path, day: int) -> None:
    """Commit all that there is, so many days after the first time."""
    git(root, "add", "content")
    git(root, "commit", "-q", "--allow-empty", "-m", "Neu", at=BEGAN + day * DAY)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with an event, in a git project of its own."""
    root = tmp_path / "site"
    put(root, "content/site.yaml", SITE)
    put(root, "content/places/saal.yaml", "name: Saal\nstreet: Am Markt 1\n")
    put(root, "content/events/runde.md", RUNDE)
    fest(root, "2027-06-05 14:00")
    git(root, "init", "-q", "-b", "main")
    save(root, 0)
    return root


def made(root: Path, **changes: object) -> Report:
    report = build(options(root, **changes))
    assert report.published, report.problems
    return report


def newness(root: Path, name: str = "fest") -> tuple[int, datetime]:
    """What RFC 5546 compares, in its order (2.1.5)."""
    made(root)
    file = root / "output" / "termine" / f"{name}.ics"
    (event,) = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    return int(event.get("SEQUENCE", 0)), event["DTSTAMP"].dt


def test_each_change_of_an_event_is_newer_also_back_to_its_old_day(root: Path):
    seen = [newness(root)]
    assert seen == [(0, datetime.fromtimestamp(BEGAN, UTC))]
    for day, start in enumerate(("2027-06-12 15:00", "2027-06-05 14:00", "2027-06-05"), 1):
        fest(root, start)
        save(root, day)
        seen.append(newness(root))
    assert seen == sorted(set(seen))
    assert [sequence for sequence, _ in seen] == [0, 1, 2, 3]
    assert newness(root, "runde") == (0, datetime.fromtimestamp(BEGAN, UTC))


def test_a_place_that_moves_takes_its_events_along(root: Path):
    before = newness(root)
    put(root, "content/places/saal.yaml", "name: Saal\nstreet: Am Bach 2\n")
    save(root, 2)
    assert newness(root) > before
    fest(root, "2027-06-05 14:00", "# Ohne den Ort\n")  # and to another place it doesn't get older
    put(root, "content/places/neu.yaml", "name: Neu\nstreet: Am Bach 3\n")
    text = (root / "content/events/fest.md").read_text("utf-8").replace("saal", "neu")
    put(root, "content/events/fest.md", text)
    now = newness(root)
    save(root, 3)
    assert newness(root) > now


def test_a_file_in_another_folder_is_the_same_event(root: Path):
    fest(root, "2027-06-12")
    save(root, 1)
    before = newness(root)
    (root / "content/events/2027").mkdir()
    (root / "content/events/fest.md").rename(root / "content/events/2027/fest.md")
    save(root, 2)
    assert newness(root) > before


def test_what_was_merged_counts_whichever_side_wins(root: Path):
    git(root, "checkout", "-q", "-b", "vorschlag")
    fest(root, "2027-06-12")
    save(root, 1)
    git(root, "checkout", "-q", "main")
    fest(root, "2027-06-19")
    save(root, 2)
    fest(root, "2027-06-26")
    save(root, 3)
    before = newness(root)
    git(root, "merge", "-q", "-s", "ours", "-m", "Zusammen", "vorschlag", at=BEGAN + 4 * DAY)
    assert newness(root) >= before
    git(root, "checkout", "-q", "-b", "alt", "vorschlag")
    git(root, "merge", "-q", "-X", "ours", "-m", "Andersherum", "main", at=BEGAN + 5 * DAY)
    assert newness(root) >= before


def test_the_same_history_gives_the_same_bytes_with_and_without_what_was_kept(root: Path):
    made(root, memo=True)
    fest(root, "2027-06-12 15:00")
    save(root, 1)
    made(root, memo=True, verify=True)
    kept = tree(root / "output")
    copy = root.parent / "klon"
    git(root.parent, "clone", "-q", str(root), str(copy))
    made(copy)
    assert tree(copy / "output") == kept
    # A commit without a change of any file: a site that was built before it is made anew.
    git(root, "commit", "-q", "--amend", "--no-edit", "--date", "now", at=BEGAN + 7 * DAY)
    made(root, memo=True)
    assert tree(root / "output") != kept


def test_part_of_a_history_is_told_and_not_used(root: Path):
    fest(root, "2027-06-12")
    save(root, 1)
    copy = root.parent / "klon"
    git(root.parent, "clone", "-q", "--depth", "1", f"file://{root}", str(copy))
    report = build(options(copy))
    assert [one.code for one in report.problems if one.code.startswith("history")] == [
        "history-missing"
    ]
    assert newness(copy) == (0, STAMP)
    (copy / "content/events/runde.md").unlink()
    (copy / "content/events/fest.md").unlink()
    left = {one.code for one in build(options(copy)).problems}
    assert "history-missing" not in left, "no event, nobody to ask"


def test_without_git_a_day_in_the_file_makes_an_event_newer(root: Path):
    (root / ".git").rename(root / "weg")
    assert newness(root) == (0, STAMP)
    fest(root, "2027-06-12", "updated: 2026-11-30\n")
    assert newness(root) == (0, datetime(2026, 11, 30, tzinfo=UTC))
    fest(root, "2027-06-12", "updated: 2026-11-30\nchecked_on: 2026-12-01\n")
    assert newness(root) == (0, datetime(2026, 12, 1, tzinfo=UTC))


def test_where_git_fails_it_is_told(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    (told,) = (one for one in build(options(root)).problems if one.code == "history-missing")
    assert told.facts == {"reason": "@no-git"}


def test_the_project_around_a_site_tells_nothing_of_it(root: Path):
    inner = root / "innen"
    put(inner, "content/site.yaml", SITE)
    put(inner, "content/places/saal.yaml", "name: Saal\n")
    fest(inner, "2027-06-05")
    assert newness(inner) == (0, STAMP)


def test_a_hook_may_say_what_it_likes(root: Path, monkeypatch: pytest.MonkeyPatch):
    before = newness(root)
    monkeypatch.setenv("GIT_DIR", str(root.parent / "anderswo"))
    assert newness(root) == before


# Where a project is, without asking git.


def test_the_commit_is_found_wherever_git_keeps_it(root: Path):
    at = git(root, "rev-parse", "HEAD")
    assert commit(root) == at
    git(root, "pack-refs", "--all")
    assert commit(root) == at
    other = root.parent / "baum"
    git(root, "worktree", "add", "-q", "-b", "neben", str(other))
    assert commit(other) == at
    git(root, "checkout", "-q", "--detach")
    assert commit(root) == at
    assert commit(root.parent) == ""


def test_a_project_without_a_commit_has_no_history(tmp_path: Path):
    put(tmp_path, "content/site.yaml", SITE)
    put(tmp_path, "content/events/runde.md", RUNDE)
    git(tmp_path, "init", "-q")
    assert commit(tmp_path) == ""
    codes = {one.code for one in build(options(tmp_path)).problems}
    assert "history-missing" not in codes


def test_a_commit_counts_once_for_each_record():
    log = "\x0120\0\nevents/fest.md\0events/2027/fest.md\0places/saal.yaml\0\x0110\0\nevents/fest.md\0x\0"
    then, first = (datetime.fromtimestamp(seconds, UTC) for seconds in (20, 10))
    assert counted(log) == {
        ("event", "fest"): Revision(2, then),
        ("place", "saal"): Revision(1, then),
    }
    assert counted("") == {}
    assert first < then
    assert history.read(Path("/nirgends"), ()) == {}
