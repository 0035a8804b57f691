"""``netzsite fix``: what is certain mends itself, once somebody has said yes."""

import sys
from datetime import date
from pathlib import Path

import click

from netzsite.catalogue import Catalogue
from netzsite.commands import options
from netzsite.commands.options import OK, PROBLEMS, require_content, words
from netzsite.problems import Problem


@click.command()
@options.root
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--harmless", is_flag=True, help="Only blanks and signs; every word stays.")
@options.cache
@options.today
@options.lang
@click.pass_obj
def fix(
    home: Path, /, *, root: Path | None, yes: bool, harmless: bool, cache: Path | None,
    today: date | None, lang: str | None,
) -> int:  # fmt: skip
    """Mend what is certain in the site of ROOT: shown first, made after a yes.

    Only the places that are named change; all else stays, byte for byte. Exit code 1 means that
    something could be mended and wasn't.
    """
    from netzsite import problem_text, reporting  # noqa: PLC0415 - a usage message needs none of it
    from netzsite.editing import fix as fixing  # noqa: PLC0415
    from netzsite.edits import NotEditedError  # noqa: PLC0415
    from netzsite.pipeline.build import Options, build, today_in  # noqa: PLC0415

    place = root or home
    require_content(place, lang)
    asked = Options(root=place, publish=False, cache=cache, today=today or today_in(place))
    language: list[str | None] = [None]

    def check() -> tuple[Problem, ...]:
        report = build(asked)
        language[0] = report.language or language[0]
        return report.problems

    def agree(problems: tuple[Problem, ...]) -> bool:
        said = words(lang, language[0])
        click.echo(
            "\n\n".join(problem_text.suggestion(problem, said) for problem in problems) + "\n"
        )
        return yes or _agreed(said)

    try:
        fixed = fixing.fix(place, check, agree, harmless=harmless)
    except (NotEditedError, OSError) as error:
        report = words(lang, language[0]).report
        failed = report["not_written"].format(cause=error) if isinstance(error, OSError) else ""
        click.echo(failed or report["fix_other"], err=True)
        return PROBLEMS
    said = words(lang, language[0])
    if fixed.changes:
        facts = {"changes": fixed.changes, "files": len(fixed.paths)}
        click.echo(said.report["fix_done"].format(**facts))
    elif not fixed.declined:
        click.echo(said.report["fix_nothing"])
    if fixed.declined:
        click.echo(said.report["fix_not_now"])
    elif fixed.left:
        click.echo(reporting.left(fixed.left, said))
    return PROBLEMS if fixed.declined else OK


def _agreed(said: Catalogue) -> bool:
    """Ask, where somebody can answer."""
    if not sys.stdin.isatty():
        return False
    answer = click.prompt(said.report["fix_ask"], default="", show_default=False, prompt_suffix="")
    return answer.strip().casefold() in said.report["fix_yes"].split()
