"""``netzsite todo``: what editors should look at."""

from datetime import date
from pathlib import Path

import click

from netzsite.commands import options
from netzsite.commands.options import OK, PROBLEMS, require_content, words


@click.command()
@options.root
@click.option("--actor", metavar="ID", help="Only what concerns this actor.")
@click.option("--months", type=click.IntRange(0, 1200), default=12, show_default=True,
              help="After how many months a record should be confirmed again.")  # fmt: skip
@click.option("--days", type=click.IntRange(0, 3660), default=30, show_default=True,
              help="How many days ahead an end is told of.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json")), default="text",
              show_default=True, help="How it is written.")  # fmt: skip
@options.today
@options.lang
@click.pass_obj
def todo(
    home: Path, /, *, root: Path | None, actor: str | None, months: int, days: int, form: str,
    today: date | None, lang: str | None,
) -> int:  # fmt: skip
    """List what gets old in the site of ROOT, and what readers look for and don't find."""
    from netzsite import inventory  # noqa: PLC0415 - a usage message needs none
    from netzsite.pipeline.build import today_in  # noqa: PLC0415
    from netzsite.reports import todo_format  # noqa: PLC0415 - a usage message needs none
    from netzsite.reports.todo import Terms, groups  # noqa: PLC0415

    place = root or home
    require_content(place, lang)
    content = inventory.read(place)
    said = words(lang, inventory.language(content))
    there = inventory.names(content).get("actor", {})
    if actor is not None and actor not in there:
        click.echo(inventory.unknown(actor, "actor", there, said), err=True)
        return PROBLEMS
    terms = Terms(today=today or today_in(place), months=months, days=days)
    found = groups(content.parsed, terms, actor)
    write = {
        "text": todo_format.table,
        "markdown": todo_format.markdown,
        "json": todo_format.as_json,
    }
    click.echo(write[form](found, said))
    unread = sum(file.record is None for file in content.parsed)
    if unread:
        click.echo(said.report["todo_unread"].format(n=unread), err=True)
    return OK
