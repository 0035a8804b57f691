"""What commands have in common: exit codes, kinds of option values, the options of every build."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from netzsite import __version__
from netzsite.catalogue import Catalogue, catalogue, languages

OK, PROBLEMS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130

FOLDER: Final = click.Path(path_type=Path, file_okay=False)
_FORMS: Final = click.Choice(["text", "json", "github", "gitlab", "markdown"])
_HELP: Final = {
    "jobs": "Worker processes.  [default: as many as processors]",
    "cache": "Where work is kept between builds.  [default: ROOT/.netzsite-cache]",
    "today": "Build as of this day.  [default: today in the site's time zone]",
    "lang": "Language of messages.  [default: the site's]",
    "form": "How problems are written.  [default: text]",
}


class Day(click.ParamType[date]):
    """A day written as ``YYYY-MM-DD``."""

    name = "YYYY-MM-DD"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> date:
        """Read the day, or fail with a usage message."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            asked = ctx.params.get("lang") if ctx else None
            self.fail(words(asked).report["usage_day"].format(value=value), param, ctx)


Decorator = Callable[[Any], Any]
"""What click's decorators are: they have no common type."""

root: Final[Decorator] = click.argument("root", type=FOLDER, required=False)
lang: Final[Decorator] = click.option("--lang", type=click.Choice(languages()), help=_HELP["lang"])
today: Final[Decorator] = click.option("--today", type=Day(), help=_HELP["today"])
jobs: Final[Decorator] = click.option("-j", "--jobs", type=click.IntRange(1), help=_HELP["jobs"])
cache: Final[Decorator] = click.option("--cache", type=FOLDER, help=_HELP["cache"])
quiet: Final[Decorator] = click.option(
    "-q", "--quiet", is_flag=True, help="Say nothing but problems."
)
verbose: Final[Decorator] = click.option(
    "-v", "--verbose", is_flag=True, help="Say more: all notices."
)


def building(command: Any) -> Any:  # noqa: ANN401 - as ``Decorator``
    """Add the options that all commands which build a site have in common."""
    options = (
        root,
        jobs,
        cache,
        click.option("--no-cache", is_flag=True, help="Keep nothing, use nothing kept."),
        click.option(
            "--strict", is_flag=True, help="Publish only what the release gate lets pass."
        ),
        click.option("--drafts", is_flag=True, help="Show drafts and future posts, marked so."),
        click.option("--portable", is_flag=True, help="Link to index.html, to read from disk."),
        today,
        click.option("--base-url", help="The site's address, in place of the one in site.yaml."),
        lang,
        click.option("--format", "form", type=_FORMS, default="text", help=_HELP["form"]),
        quiet,
        verbose,
    )
    for option in reversed(options):
        command = option(command)
    return command


def words(asked: str | None, site: str | None = None) -> Catalogue:
    """Give the words to speak: in the language asked for, else the site's, else German."""
    return catalogue(asked or site or "de")


def bug_report(trace: str) -> str:
    """Say that it is our fault, and what to send us."""
    versions = f"netzsite {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    return f"{words(None).report['bug']}\n\n{versions}\n{trace}"


def require_content(place: Path, asked: str | None) -> None:
    """Raise ``click.UsageError`` for a folder that holds no site."""
    if not (place / "content").is_dir():
        message = words(asked).report["no_content"]
        raise click.UsageError(message.format(folder=place / "content"))
