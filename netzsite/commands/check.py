"""``netzsite check``: all that a build does, but nothing is published."""

from pathlib import Path
from typing import Any

import click

from netzsite.commands import options
from netzsite.commands.run import run


@click.command()
@options.building
@click.option("--external", is_flag=True, help="Try the links to other sites, too.")
@click.option("--live", metavar="URL", help="Compare with the site published at URL.")
@click.option("--browser", is_flag=True, help="Open each kind of page in a Chromium, too.")
@click.pass_obj
def check(home: Path, /, root: Path | None, **asked: Any) -> int:  # noqa: ANN401
    """Check the site of ROOT: all that build does, but nothing is published.

    With --external other hosts are asked, politely and slowly; good answers hold for a week.
    With --browser each kind of page is opened, clicked and keyed through in an installed Chromium:
    an error for whatever calls another site or stays behind. Needs netzsite[browser].
    With --live what a host delivers is compared with a fresh build, file by file.
    """
    return run(root or home, None, publish=False, **asked)
