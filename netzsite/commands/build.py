"""``netzsite build``: the site, published to its output folder."""

from pathlib import Path
from typing import Any

import click

from netzsite.commands import options
from netzsite.commands.run import run


@click.command()
@options.building
@click.option(
    "-o", "--output", type=options.FOLDER, help="Where the site goes.  [default: ROOT/output]"
)
@click.option(
    "--verify", is_flag=True, help="Build clean beside it too; publish only if each byte is equal."
)
@click.option("--watch", is_flag=True, help="Build again whenever a file is saved, until Ctrl-C.")
@click.pass_obj
def build(
    home: Path,
    /,
    root: Path | None,
    output: Path | None,
    verify: bool,  # noqa: FBT001
    watch: bool,  # noqa: FBT001
    **asked: Any,  # noqa: ANN401
) -> int:
    """Build the site of ROOT (default: this folder) and publish it to its output folder.

    With an error nothing is published: the last good site stays as it was. Exit codes: 0 built
    (warnings allowed), 1 problems, 2 usage, 3 a bug in netzsite, 130 interrupted. With --watch,
    Ctrl-C is the way to end: 0.
    """
    if watch and (verify or asked["form"] != "text"):
        raise click.UsageError(options.words(asked["lang"]).report["usage_watch"])
    return run(root or home, output, publish=True, verify=verify, watch=watch, **asked)
