"""``netzsite serve``: the site in a browser on this computer, following every saved file."""

import gc
import secrets
import sys
import webbrowser
from datetime import date
from pathlib import Path
from typing import Final

import click

from netzsite.commands import options
from netzsite.commands.options import OK, PROBLEMS, require_content, words
from netzsite.commands.run import RARELY

SWITCH: Final = 0.0005
"""Seconds after which building lets the server answer; Python's own 5 ms would be felt."""
_EDITORS = "vscode, vscodium, idea, host (edit_url in site.yaml), none, or an address with {path}."


@click.command()
@options.root
@click.option("--host", default="127.0.0.1", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--open-to-all", is_flag=True, help="Ask nobody on other computers for a key.")
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    help="Port; when taken, the next free one.  [default: 8000]",
)
@click.option("--open", "look", is_flag=True, help="Open the preview in the browser.")
@click.option(
    "--edit-with",
    "editor",
    default="vscode",
    envvar="NETZSITE_EDITOR",
    help=f"What opens files at a mistake: {_EDITORS}  [default: vscode]",
)
@options.jobs
@options.cache
@options.today
@options.lang
@options.quiet
@options.verbose
@click.pass_obj
def serve(  # noqa: PLR0917 - click gives them by name
    home: Path, /, root: Path | None, host: str, open_to_all: bool, port: int,  # noqa: FBT001
    look: bool, editor: str,  # noqa: FBT001
    jobs: int | None, cache: Path | None, today: date | None, lang: str | None,
    quiet: bool, verbose: bool,  # noqa: FBT001
) -> int:  # fmt: skip
    """Show the site of ROOT in a browser; open pages follow every saved file, until Ctrl-C.

    With another --host, others see it too who have the address with its key.
    Drafts and future posts are shown, marked so. Mistakes are laid over the page, below which the
    last good version stays. The output folder isn't touched.
    """
    from netzsite.commands.watching import Teller, watching  # noqa: PLC0415 - a usage message needs none
    from netzsite.dev.door import KEY, addresses  # noqa: PLC0415
    from netzsite.dev.editor_links import Editor, is_editor  # noqa: PLC0415
    from netzsite.dev.listen import address_of, bind  # noqa: PLC0415
    from netzsite.dev.open_pages import OpenPages  # noqa: PLC0415
    from netzsite.dev.preview import Preview  # noqa: PLC0415
    from netzsite.pipeline.build import CACHE, Options, today_in  # noqa: PLC0415

    place = root or home
    require_content(place, lang)
    if not is_editor(editor):
        message = words(lang).report["usage_editor"].format(value=editor)
        raise click.BadParameter(message, param_hint="--edit-with")
    folder = cache or place / CACHE
    asked = Options(
        root=place,
        today=today or today_in(place),
        output=folder / "preview",
        cache=cache,
        jobs=jobs or 0,
        drafts=True,
    )
    try:
        taken = bind(host, port)
    except OSError as error:
        said = words(lang).report["no_port"]
        click.echo(said.format(host=host, port=port, cause=error), err=True)
        return PROBLEMS
    teller = Teller(lang, quiet=quiet, verbose=verbose, strict=False)
    preview = Preview(asked.target, Editor(root=place, pattern=editor), lambda: teller.words)
    ahead = OpenPages(asked, preview.looking, preview.show)
    gc.set_threshold(*RARELY)
    sys.setswitchinterval(SWITCH)
    others = addresses(taken)
    key = secrets.token_urlsafe(12) if others and not open_to_all else ""
    query = f"?{KEY}={key}" if key else ""
    with preview.served(taken, host, key):
        address = address_of(taken)
        teller.say("serving", address=address)
        for other in others:
            teller.warn("serving_all" if open_to_all else "serving_key", address=f"{other}{query}")
        teller.say("watching")
        if look and not webbrowser.open(address):
            teller.say("no_browser")
        listeners = (teller.tell, preview.take)
        watching(place, today, ahead.rebuild, *listeners, rest=ahead.rest, lost=preview.is_lost)
    teller.say("ended")
    return OK
