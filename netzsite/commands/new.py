"""``netzsite new``: a file for a new post, event, actor, carrier, offer, place or page."""

import sys
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from netzsite.commands import options
from netzsite.commands.options import FOLDER, OK, PROBLEMS, require_content, words

_KINDS: Final = ("post", "event", "actor", "carrier", "offer", "place", "page")
_REFERENCES: Final = ("carrier", "actor", "offer", "place", "topic", "target-group")


def _references(command: Any) -> Any:  # noqa: ANN401 - as ``options.Decorator``
    for name in reversed(_REFERENCES):
        article = "an" if name[0] in "ao" else "a"
        help_ = f"Id of {article} {name.replace('-', ' ')}; several times for several."
        command = click.option(f"--{name}", multiple=True, metavar="ID", help=help_)(command)
    return command


@click.command()
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("title")
@click.option("--root", type=FOLDER, help="The site's folder.  [default: this one]")
@_references
@click.option("--date", "day", metavar="DAY", help="A post's day, an event's day and time.")
@click.option("--undated", metavar="SENTENCE", help="Of an event whose day isn't fixed yet.")
@click.option("--id", "id_", metavar="ID", help="The id.  [default: made from the title]")
@click.option("--no-input", is_flag=True, help="Ask nothing.")
@options.today
@options.lang
@click.pass_obj
def new(
    home: Path, /, *, kind: str, title: str, root: Path | None, day: str | None,
    undated: str | None, id_: str | None, today: date | None, lang: str | None, no_input: bool,
    **named: tuple[str, ...],
) -> int:  # fmt: skip
    """Make a file for a new record; prints its path.

    On a terminal it asks what else the record names; Tab completes names, Enter passes over.
    """
    from netzsite import inventory, problem_text  # noqa: PLC0415
    from netzsite.editing import create  # noqa: PLC0415
    from netzsite.pipeline.build import today_in  # noqa: PLC0415

    place = root or home
    require_content(place, lang)
    content = inventory.read(place)
    said = words(lang, inventory.language(content))
    asked = create.Asked(
        kind=kind,
        title=title,
        today=today or today_in(place),
        day=day,
        undated=undated,
        id=id_ or "",
        named={name: ids for name, ids in named.items() if ids},
    )
    interactive = not no_input and sys.stdin.isatty() and sys.stdout.isatty()
    try:
        names = inventory.names(content)
        answers = create.answered(asked, names, said, click.echo if interactive else None)
        path = create.write(place, create.made(asked, answers, content, said), said)
    except create.NotMadeError as error:
        told = "\n\n".join(problem_text.text(problem, said) for problem in error.problems)
        click.echo(told or str(error), err=True)
        return PROBLEMS
    click.echo(path)
    return OK
