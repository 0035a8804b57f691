"""Rounds as the terminal shows them: one line each, and problems where they are new."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import click

from netzsite import reporting
from netzsite.catalogue import Catalogue
from netzsite.commands.options import bug_report, words
from netzsite.dev.rebuild import Rebuild, Round, days, rounds
from netzsite.dev.watch import Watch
from netzsite.problems import Problem


class Teller:
    """Tells rounds on the terminal."""

    def __init__(self, lang: str | None, *, quiet: bool, verbose: bool, strict: bool) -> None:
        self._lang = lang
        self._quiet = quiet
        self._verbose = verbose
        self._strict = strict
        self._language: str | None = None
        self._problems: tuple[Problem, ...] = ()

    @property
    def words(self) -> Catalogue:
        """The words to speak: the site's own as soon as its language is known."""
        return words(self._lang, self._language)

    def say(self, name: str, **facts: str) -> None:
        """Say a sentence of the catalogue."""
        if not self._quiet:
            click.echo(self.words.report[name].format(**facts))

    def warn(self, name: str, **facts: str) -> None:
        """Say a sentence of the catalogue, also to whom only problems are told."""
        click.echo(self.words.report[name].format(**facts), err=True)

    def tell(self, made: Round) -> None:
        """Tell what set a round off and what came of it."""
        report = made.report
        if report is None:
            click.echo(bug_report(made.bug), err=True)
            return
        self._language = report.language or self._language
        if report.problems != self._problems:
            told = reporting.problems(report, self.words, "text", all_notices=self._verbose)
            click.echo(f"{told}\n" if told else "", err=True, nl=False)
            self._problems = report.problems
        if self._quiet:
            return
        if made.first:
            summary = reporting.summary(report, self.words, strict=self._strict, publishing=True)
            click.echo(summary)
            return
        clock = datetime.now().astimezone().strftime("%H:%M:%S")
        line = reporting.round_line(made.changed, report, self.words)
        click.echo(f"{clock}  {line}")


def watching(
    root: Path,
    today: date | None,
    rebuild: Rebuild,
    *listeners: Callable[[Round], None],
    rest: Callable[[date], None] | None = None,
    lost: Callable[[], bool] | None = None,
) -> None:
    """Build, and again after each change, until Ctrl-C; each listener hears of each round."""
    with suppress(KeyboardInterrupt), Watch(root) as watch:
        for made in rounds(watch, rebuild, days(root, today), rest, lost):
            for hear in listeners:
                hear(made)
