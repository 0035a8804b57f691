"""``netzsite rename``: another id, with all that refers to it and the way from the old address."""

from datetime import date
from pathlib import Path

import click

from netzsite.commands import options
from netzsite.commands.options import FOLDER, OK, PROBLEMS, require_content, words

_KINDS = ("actor", "offer", "place", "carrier", "event", "page", "post", "topic", "target_group",
          "goal", "medium")  # fmt: skip


@click.command()
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("old")
@click.argument("new")
@click.option("--root", type=FOLDER, help="The site's folder.  [default: this one]")
@options.today
@options.lang
@click.pass_obj
def rename(
    home: Path, /, *, kind: str, old: str, new: str, root: Path | None,
    today: date | None, lang: str | None,
) -> int:  # fmt: skip
    """Give what is called OLD the id NEW: its file, all references, an alias for its address.

    All of it is done, or nothing. Prints the paths of the files that changed.
    """
    from netzsite import inventory  # noqa: PLC0415 - a usage message needs none of it
    from netzsite.editing import rename as renaming  # noqa: PLC0415
    from netzsite.edits import NotEditedError  # noqa: PLC0415
    from netzsite.pipeline.build import today_in  # noqa: PLC0415

    place = root or home
    require_content(place, lang)
    content = inventory.read(place)
    said = words(lang, inventory.language(content))
    there = inventory.names(content).get(kind, {})
    if old not in there:
        click.echo(inventory.unknown(old, kind, there, said), err=True)
        return PROBLEMS
    day = today or today_in(place)
    try:
        paths = renaming.rename(place, content, kind, (old, new), day)
    except renaming.NotRenamedError as error:
        click.echo(error.told(said), err=True)
        return PROBLEMS
    except NotEditedError:
        click.echo(said.report["fix_other"], err=True)
        return PROBLEMS
    except OSError as error:
        click.echo(said.report["not_written"].format(cause=error), err=True)
        return PROBLEMS
    for path in paths:
        click.echo(place / "content" / path)
    return OK
