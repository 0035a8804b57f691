"""The door: command lines → calls, reports → text and exit codes. No logic of its own."""

import sys
import traceback
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from netzsite import __version__
from netzsite.catalogue import Catalogue, catalogue, languages

OK, PROBLEMS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130

_CONTEXT: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


_FORMS: Final = click.Choice(["text", "json", "github"])
_HELP: Final = {
    "jobs": "Worker processes.  [default: as many as processors]",
    "cache": "Where work is kept between builds.  [default: ROOT/.netzsite-cache]",
    "today": "Build as of this day.  [default: today in the site's time zone]",
    "lang": "Language of messages.  [default: the site's]",
    "form": "How problems are written.  [default: text]",
}


class _Day(click.ParamType[date]):
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
            self.fail(f"{value!r} is not a day; write it as 2026-11-20", param, ctx)


def main(arguments: Sequence[str] | None = None, *, root: Path | None = None) -> NoReturn:
    """Run netzsite; ``root`` is the site's folder where none is named."""
    try:
        code = netzsite.main(
            args=list(sys.argv[1:] if arguments is None else arguments),
            prog_name="netzsite",
            standalone_mode=False,
            obj=root or Path(),
        )
    except click.exceptions.Abort:
        click.echo(_words(None, None).report["interrupted"], err=True)
        sys.exit(INTERRUPTED)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except KeyboardInterrupt:
        click.echo(_words(None, None).report["interrupted"], err=True)
        sys.exit(INTERRUPTED)
    except (BrokenPipeError, SystemExit):  # click itself ends so when a pipe is closed
        sys.stderr.close()
        sys.exit(OK)
    except Exception:  # noqa: BLE001 - the last line of defence: a bug gets a report
        click.echo(_bug_report(), err=True)
        sys.exit(BUG)
    sys.exit(code if isinstance(code, int) else OK)


@click.group(context_settings=_CONTEXT)
@click.version_option(__version__, "--version", "-V", prog_name="netzsite")
def netzsite() -> None:
    r"""Build the static site of a network of local organisations.

    YAML files describe the actors, Markdown files hold posts; both become a folder of HTML that any
    web server can serve.

    \b
    A new site:       netzsite init my-site && netzsite build my-site
    While editing:    netzsite check
    To publish:       netzsite build --strict
    """


def _shared(command: Any) -> Any:  # noqa: ANN401 - click's decorators have no common type
    """Add the options that build and check have in common."""
    folder = click.Path(path_type=Path, file_okay=False)
    options = (
        click.argument("root", type=folder, required=False),
        click.option("-j", "--jobs", type=click.IntRange(1), help=_HELP["jobs"]),
        click.option("--cache", type=folder, help=_HELP["cache"]),
        click.option("--no-cache", is_flag=True, help="Keep nothing, use nothing kept."),
        click.option("--strict", is_flag=True, help="Let warnings keep a site from publishing."),
        click.option("--drafts", is_flag=True, help="Show drafts and future posts, marked so."),
        click.option("--portable", is_flag=True, help="Link to index.html, to read from disk."),
        click.option("--today", type=_Day(), help=_HELP["today"]),
        click.option("--base-url", help="The site's address, in place of the one in site.yaml."),
        click.option("--lang", type=click.Choice(languages()), help=_HELP["lang"]),
        click.option("--format", "form", type=_FORMS, default="text", help=_HELP["form"]),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems."),
        click.option("-v", "--verbose", is_flag=True, help="Say more: all notices."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@netzsite.command()
@_shared
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the site goes.  [default: ROOT/output]",
)
@click.pass_obj
def build(home: Path, /, root: Path | None, output: Path | None, **asked: Any) -> int:  # noqa: ANN401
    """Build the site of ROOT (default: this folder) and publish it to its output folder.

    With an error nothing is published: the last good site stays as it was. Exit codes: 0 built
    (warnings allowed), 1 problems, 2 usage, 3 a bug in netzsite, 130 interrupted.
    """
    return _run(root or home, output, publish=True, **asked)


@netzsite.command()
@_shared
@click.pass_obj
def check(home: Path, /, root: Path | None, **asked: Any) -> int:  # noqa: ANN401
    """Check the site of ROOT: all that build does, but nothing is published."""
    return _run(root or home, None, publish=False, **asked)


@netzsite.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--lang", type=click.Choice(languages()), default="de", help="Language of messages.")
@click.pass_obj
def init(home: Path, /, folder: Path | None, lang: str) -> int:
    """Make a small site of one's own in FOLDER (default: this one), with comments to each key."""
    from netzsite.desk.start import start  # noqa: PLC0415

    words = catalogue(lang).report
    place = folder or home
    try:
        made = start(place)
    except OSError as error:
        raise click.BadParameter(str(error), param_hint="FOLDER") from None
    if not made:
        click.echo(words["init_full"].format(folder=place), err=True)
        return USAGE
    click.echo(words["init_done"].format(count=len(made)))
    return OK


def _run(
    root: Path, output: Path | None, *, publish: bool, form: str, quiet: bool, verbose: bool,
    lang: str | None, no_cache: bool, base_url: str | None, jobs: int | None, cache: Path | None,
    strict: bool, drafts: bool, portable: bool, today: date | None,
) -> int:  # fmt: skip
    from netzsite import reporting  # noqa: PLC0415 - a usage message needs none of this
    from netzsite.pipeline.build import Options, build, today_in  # noqa: PLC0415
    from netzsite.progress import Progress  # noqa: PLC0415

    if not (root / "content").is_dir():
        words = _words(lang, None)
        raise click.UsageError(words.report["no_content"].format(folder=root / "content"))
    _check_base_url(base_url)
    with Progress(enabled=form == "text" and not quiet) as progress:
        report = build(
            Options(
                root=root,
                output=output,
                publish=publish,
                memo=not no_cache,
                jobs=jobs or 0,
                cache=cache,
                strict=strict,
                drafts=drafts,
                portable=portable,
                base_url=base_url,
                today=today or today_in(root),
                progress=progress.step,
            )
        )
    words = _words(lang, report.language)
    if form == "json":
        click.echo(reporting.as_json(report, words))
    else:
        told = reporting.problems(report, words, form, all_notices=verbose)  # type: ignore[arg-type]
        if told:
            click.echo(told, err=form == "text")
    if form == "text" and not quiet:
        if report.problems:
            click.echo("", err=True)
        click.echo(reporting.summary(report, words, strict=strict, publishing=publish))
    return OK if report.good else PROBLEMS


def _check_base_url(base_url: str | None) -> None:
    from netzsite.records.shapes import Slip, read_base_url  # noqa: PLC0415

    if base_url is not None:
        try:
            read_base_url(base_url)
        except Slip:
            message = f"{base_url!r} is not an address such as https://example.org/below"
            raise click.BadParameter(message, param_hint="--base-url") from None


def _words(asked: str | None, site: str | None) -> Catalogue:
    return catalogue(asked or site or "de")


def _bug_report() -> str:
    """Say that it is our fault, and what to send us."""
    versions = f"netzsite {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    return f"{_words(None, None).report['bug']}\n\n{versions}\n{traceback.format_exc()}"
