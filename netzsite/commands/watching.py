"""Rounds as the terminal shows them: one line each, and problems where they are new."""

from datetime import date, datetime

import click

from netzsite import reporting
from netzsite.catalogue import Catalogue
from netzsite.commands.options import OK, bug_report, words
from netzsite.dev.rounds import Round, days, rebuilding, rounds
from netzsite.dev.watch import Watch
from netzsite.pipeline.build import Options
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

    def begin(self, watch: Watch) -> None:
        """Say that it has begun, and how it ends."""
        if watch.polling:
            click.echo(self.words.report["watching_polls"], err=True)
        if not self._quiet:
            click.echo(self.words.report["watching"])

    def end(self) -> None:
        """Say that it has ended as it should."""
        if not self._quiet:
            click.echo(self.words.report["ended"])

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


def watching(options: Options, today: date | None, teller: Teller) -> int:
    """Build, and again after each change, until Ctrl-C; gives the exit code."""
    try:
        with Watch(options.root) as watch:
            teller.begin(watch)
            for made in rounds(watch, rebuilding(options), days(options.root, today)):
                teller.tell(made)
    except KeyboardInterrupt:
        teller.end()
    return OK
