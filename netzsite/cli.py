"""The door: command lines → commands and exit codes. No logic of its own."""

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final, NoReturn

import click

from netzsite import __version__
from netzsite.commands import streams, usage
from netzsite.commands.options import (
    BUG,
    INTERRUPTED,
    OK,
    PROBLEMS,
    USAGE,
    bug_report,
    words,
)
from netzsite.text import excerpt, visible

COMMANDS: Final = (
    "build",
    "check",
    "fix",
    "serve",
    "init",
    "new",
    "todo",
    "report",
    "confirm",
    "clean",
    "rename",
    "schema",
    "cms",
)
"""Each is a function of its own name in a module of its own name below ``commands``."""

_LONGEST: Final = 200
"""Characters of a path in a message."""
_CONTEXT: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def main(arguments: Sequence[str] | None = None, *, root: Path | None = None) -> NoReturn:
    """Run netzsite; ``root`` is the site's folder where none is named."""
    streams.secure()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = netzsite.main(
            args=given,
            prog_name="netzsite",
            standalone_mode=False,
            obj=root or Path(),
        )
    except click.exceptions.Abort:
        click.echo(words(None).report["interrupted"], err=True)
        sys.exit(INTERRUPTED)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(USAGE)
    except click.ClickException as error:
        click.echo(usage.text(error, usage.spoken(given)), err=True)
        sys.exit(USAGE)
    except KeyboardInterrupt:
        click.echo(words(None).report["interrupted"], err=True)
        sys.exit(INTERRUPTED)
    except MemoryError:
        click.echo(words(None).report["no_memory"], err=True)
        sys.exit(PROBLEMS)
    except OSError as error:
        if error.filename is None:  # it says nothing that helps whoever called
            click.echo(bug_report(traceback.format_exc()), err=True)
            sys.exit(BUG)
        cause = f"{error.strerror}: {visible(excerpt(str(error.filename), _LONGEST))}"
        click.echo(words(None).report["system"].format(cause=cause), err=True)
        sys.exit(PROBLEMS)
    except Exception:  # noqa: BLE001 - the last line of defence: a bug gets a report
        click.echo(bug_report(traceback.format_exc()), err=True)
        sys.exit(BUG)
    sys.exit(code if isinstance(code, int) else OK)


class _Commands(click.Group):
    """A group that imports a command when it is called: a build pays for no other one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of their table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; nothing for a name that isn't one."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"netzsite.commands.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command


_HELP: Final = """Build the static site of a network of local organisations.

YAML files describe the actors, Markdown files hold posts; both become a folder of HTML that any
web server can serve.

\b
A new site:       netzsite init my-site && netzsite build my-site
While editing:    netzsite serve
To publish:       netzsite build --strict
"""
"""What ``netzsite --help`` says; the sign of a backspace keeps the lines below it (click)."""


@click.group(cls=_Commands, context_settings=_CONTEXT, help=_HELP)
@click.version_option(__version__, "--version", "-V", prog_name="netzsite")
def netzsite() -> None:
    """Run one of ``COMMANDS``."""
