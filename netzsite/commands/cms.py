"""``netzsite cms``: forms for editing in the browser, by Decap CMS or Sveltia CMS."""

from pathlib import Path
from typing import Literal

import click

from netzsite.commands import options
from netzsite.commands.options import FOLDER, OK, PROBLEMS, require_content, words


@click.command()
@options.root
@click.option(
    "--for",
    "program",
    type=click.Choice(("decap", "sveltia")),
    default="decap",
    show_default=True,
    help="The form editor that reads it.",
)
@click.option("-o", "--output", type=FOLDER, help="Where it goes.  [default: ROOT/cms]")
@options.lang
@click.pass_obj
def cms(
    home: Path,
    /,
    root: Path | None,
    program: Literal["decap", "sveltia"],
    output: Path | None,
    lang: str | None,
) -> int:
    """Write config.yml and a page for a form editor that saves to git.

    Run it again when the vocabulary, the goals or netzsite are new.
    """
    from netzsite import inventory  # noqa: PLC0415 - a usage message needs none of it
    from netzsite.integrations import cms as admin  # noqa: PLC0415 - a usage message needs none of it

    place = root or home
    require_content(place, lang)
    content = inventory.read(place)
    site = inventory.site_of(content)
    said = words(lang, inventory.language(content)).report
    folder = output or place / "cms"
    try:
        written = admin.write(folder, program, content)
    except OSError as error:
        click.echo(said["not_written"].format(cause=error), err=True)
        return PROBLEMS
    if written is None:
        click.echo(said["cms_foreign"].format(file=folder / "config.yml"), err=True)
        return PROBLEMS
    for path in written:
        click.echo(path)
    click.echo(said["cms_done"].format(script=admin.SCRIPTS[program], folder=folder))
    if admin.place_of(site.edit_url if site else None)[0] is None:
        click.echo(said["cms_trial"])
    return OK
