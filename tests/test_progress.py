"""Progress: a bar on a terminal when work takes long, and nothing elsewhere."""

import io
import sys

import pytest

from netzsite import progress
from netzsite.progress import PATIENCE, Progress


class Terminal(io.StringIO):
    """A standard error that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(progress, "time", made)
    return made


def look_at_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put a terminal in the place of standard error; no fixture, since pytest's own comes after."""
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    return made


def work(clock: Clock, *, enabled: bool, seconds: float) -> Progress:
    with Progress(enabled=enabled) as shown:
        clock.now += seconds
        for done in (10, 20, 40):
            shown.step("parse", done, 40)
        shown.step("render", 5, 10)
    return shown


def test_long_work_shows_a_bar_for_each_step_and_takes_it_away(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    terminal = look_at_terminal(monkeypatch)
    shown = work(clock, enabled=True, seconds=PATIENCE)
    assert shown._bar is not None
    assert [(task.description, task.completed, task.total) for task in shown._bar.tasks] == [
        ("parse", 40, 40),
        ("render", 5, 10),
    ]
    assert "parse" in terminal.getvalue()
    assert shown._bar.live.is_started is False


@pytest.mark.parametrize(
    ("enabled", "seconds"), [(True, PATIENCE / 2), (False, PATIENCE * 9), (False, 0)]
)
def test_short_and_quiet_work_shows_nothing(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, enabled: bool, seconds: float
):
    terminal = look_at_terminal(monkeypatch)
    assert work(clock, enabled=enabled, seconds=seconds)._bar is None
    assert terminal.getvalue() == ""


def test_where_nobody_looks_nothing_is_shown(clock: Clock, monkeypatch: pytest.MonkeyPatch):
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    assert work(clock, enabled=True, seconds=PATIENCE * 9)._bar is None
    assert pipe.getvalue() == ""


def fail_after_a_step(shown: Progress, clock: Clock) -> None:
    with shown:
        clock.now += PATIENCE
        shown.step("parse", 1, 2)
        raise RuntimeError


def test_a_bar_goes_away_when_work_fails(clock: Clock, monkeypatch: pytest.MonkeyPatch):
    look_at_terminal(monkeypatch)
    shown = Progress(enabled=True)
    with pytest.raises(RuntimeError):
        fail_after_a_step(shown, clock)
    assert shown._bar is not None
    assert shown._bar.live.is_started is False
