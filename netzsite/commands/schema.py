"""``netzsite schema``: completion and checks while typing, in VS Code and other editors."""

from pathlib import Path

import click

from netzsite.commands import options
from netzsite.commands.options import OK, PROBLEMS, require_content, words


@click.command()
@options.root
@options.lang
@click.pass_obj
def schema(home: Path, /, root: Path | None, lang: str | None) -> int:
    """Write JSON Schemas for the site of ROOT, and connect them in .vscode/settings.json.

    Other settings stay as they are. Run it again when netzsite or the list of records is new.
    """
    from netzsite import inventory  # noqa: PLC0415 - a usage message needs none of it
    from netzsite.integrations import vscode  # noqa: PLC0415 - a usage message needs none of it

    place = root or home
    require_content(place, lang)
    content = inventory.read(place)
    said = words(lang, inventory.language(content)).report
    try:
        written = vscode.connect(place, inventory.names(content))
    except vscode.SettingsError as error:
        click.echo(said["settings_unreadable"].format(file=error.path), err=True)
        return PROBLEMS
    except OSError as error:
        click.echo(said["not_written"].format(cause=error), err=True)
        return PROBLEMS
    for path in written:
        click.echo(path)
    click.echo(said["schema_done" if written else "schema_same"].format(count=len(written)))
    return OK
