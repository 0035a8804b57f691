"""``netzsite confirm``: somebody has checked that a record is still right."""

from datetime import date
from pathlib import Path
from typing import Final

import click

from netzsite.commands import options
from netzsite.commands.options import FOLDER, OK, PROBLEMS, require_content, words

_KINDS: Final = ("actor", "offer", "place", "carrier", "event", "page", "post")


@click.command()
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("id_", metavar="ID")
@click.option("--by", metavar="ROLE", help="Who has checked: a role, no person.")
@click.option("--root", type=FOLDER, help="The site's folder.  [default: this one]")
@options.today
@options.lang
@click.pass_obj
def confirm(
    home: Path, /, *, kind: str, id_: str, by: str | None, root: Path | None,
    today: date | None, lang: str | None,
) -> int:  # fmt: skip
    """Set checked_on (and checked_by) of a record; every other byte of its file stays.

    Prints the path of the file.
    """
    from netzsite import inventory  # noqa: PLC0415 - a usage message needs none of it
    from netzsite.editing import confirm  # noqa: PLC0415 - a usage message needs none of it
    from netzsite.pipeline.build import today_in  # noqa: PLC0415

    place = root or home
    require_content(place, lang)
    said = words(lang)
    files = inventory.files(place, kind)
    if id_ not in files:
        click.echo(inventory.unknown(id_, kind, files, said), err=True)
        return PROBLEMS
    path = place / "content" / files[id_]
    try:
        data = confirm.confirmed(files[id_], path.read_bytes(), today or today_in(place), by)
        path.write_bytes(data)
    except confirm.NotConfirmedError:
        click.echo(said.report["not_confirmed"].format(path=f"content/{files[id_]}"), err=True)
        return PROBLEMS
    except OSError as error:
        click.echo(said.report["not_written"].format(cause=error), err=True)
        return PROBLEMS
    click.echo(path)
    return OK
