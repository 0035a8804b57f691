"""``netzsite init``: a small site of one's own."""

from pathlib import Path

import click

from netzsite.catalogue import languages
from netzsite.commands.options import FOLDER, OK, USAGE, words


@click.command()
@click.argument("folder", type=FOLDER, required=False)
@click.option("--lang", type=click.Choice(languages()), default="de", help="Language of messages.")
@click.pass_obj
def init(home: Path, /, folder: Path | None, lang: str) -> int:
    """Make a small site of one's own in FOLDER (default: this one), with comments to each key."""
    from netzsite.desk.start import start  # noqa: PLC0415

    said = words(lang).report
    place = folder or home
    try:
        made = start(place)
    except OSError as error:
        raise click.BadParameter(str(error), param_hint="FOLDER") from None
    if not made:
        click.echo(said["init_full"].format(folder=place), err=True)
        return USAGE
    click.echo(said["init_done"].format(count=len(made)))
    return OK
