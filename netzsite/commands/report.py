"""``netzsite report``: what the network's own meetings talk about; nothing of it is published."""

from datetime import date
from pathlib import Path

import click

from netzsite.commands import options
from netzsite.commands.options import OK, PROBLEMS, require_content, words


@click.command()
@click.argument("what", type=click.Choice(("coverage",)))
@options.root
@click.option("--format", "form", type=click.Choice(("text", "markdown")), default="text",
              show_default=True, help="How it is written.")  # fmt: skip
@options.today
@options.lang
@click.pass_obj
def report(
    home: Path, /, *, what: str, root: Path | None, form: str, today: date | None, lang: str | None
) -> int:
    """Write a report about the site of ROOT to the terminal.

    coverage: target groups against topics with the offers in it, the gaps, what offers leave
    unsaid, and who does what with whom.
    """
    del what  # there is one report so far
    from netzsite import inventory  # noqa: PLC0415
    from netzsite.catalogue import catalogue  # noqa: PLC0415 - a usage message needs none of it
    from netzsite.network.link import Settings, link  # noqa: PLC0415
    from netzsite.pipeline.build import today_in  # noqa: PLC0415
    from netzsite.reports import coverage_format  # noqa: PLC0415
    from netzsite.reports.coverage import coverage  # noqa: PLC0415

    place = root or home
    require_content(place, lang)
    content = inventory.read(place)
    said = words(lang, inventory.language(content))
    settings = Settings(today=today or today_in(place))
    network, _ = link(content.parsed, content.media, settings, catalogue)
    if network is None:
        click.echo(said.report["report_no_site"], err=True)
        return PROBLEMS
    write = {"text": coverage_format.table, "markdown": coverage_format.markdown}
    click.echo(write[form](coverage(network), said))
    unread = sum(file.record is None for file in content.parsed)
    if unread:
        click.echo(said.report["todo_unread"].format(n=unread), err=True)
    return OK
