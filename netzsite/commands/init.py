"""``netzsite init``: a small site of one's own, and the workflow of a git host."""

import shlex
from pathlib import Path

import click

from netzsite.catalogue import languages
from netzsite.commands.options import FOLDER, OK, USAGE, words


@click.command()
@click.argument("folder", type=FOLDER, required=False)
@click.option(
    "--ci",
    type=click.Choice(("github", "gitlab", "forgejo")),
    help="Write a workflow, too: the git host checks, builds and publishes the site.",
)
@click.option("--lang", type=click.Choice(languages()), default="de", help="Language of messages.")
@click.pass_obj
def init(home: Path, /, folder: Path | None, ci: str | None, lang: str) -> int:
    """Make a small site of one's own in FOLDER (default: this one), with comments to each key.

    With --ci a site that is there already gets the workflow alone. No file is overwritten.
    """
    place = folder or home
    try:
        if ci is None:
            return _start(place, lang)
        return _with_workflow(place, ci, lang)
    except OSError as error:
        raise click.BadParameter(str(error), param_hint="FOLDER") from None


def _start(place: Path, lang: str) -> int:
    """Make a small site in an empty folder."""
    from netzsite.editing.new_site import start  # noqa: PLC0415

    said = words(lang).report
    made = start(place)
    folder = "" if place == Path() else f" {shlex.quote(str(place))}"
    if not made:
        click.echo(said["init_full"].format(folder=place), err=True)
        return USAGE
    click.echo(said["init_done"].format(count=len(made), folder=folder))
    return OK


def _with_workflow(place: Path, host: str, lang: str) -> int:
    """Write a git host's workflow for a site, and the site where there is none."""
    from netzsite.integrations import ci, requirements  # noqa: PLC0415

    said = words(lang).report
    project = ci.project(place)
    if project not in (None, place.resolve()):
        click.echo(said["ci_below"].format(folder=place.resolve(), project=project), err=True)
        return USAGE
    code = OK if (place / "content").is_dir() else _start(place, lang)
    if code != OK:
        return code
    written = ci.write(place, host)
    path = place / ci.PATHS[host]
    if not written:
        click.echo(said["ci_there"].format(path=path), err=True)
        return USAGE
    for name in written:
        click.echo(place / name)
    if requirements.lacks_netzsite(place):
        click.echo(said["ci_requirements"].format(file=requirements.FILE))
    click.echo(said["ci_done"].format(path=path))
    return OK
