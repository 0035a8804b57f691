"""``netzsite clean``: takes the traces out of the originals of pictures."""

from collections.abc import Iterator
from pathlib import Path

import click

from netzsite.commands import options
from netzsite.commands.options import OK, PROBLEMS, words


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@options.lang
@click.pass_obj
def clean(home: Path, /, *, paths: tuple[Path, ...], lang: str | None) -> int:
    """Take place, device and names out of pictures; their pixels stay as they are.

    PATHS are pictures or folders of them (default: content/media). Prints the files that changed.
    """
    from netzsite.media.medium import is_picture_name  # noqa: PLC0415 - a usage message needs none
    from netzsite.media.strip import NotStrippedError, strip  # noqa: PLC0415 - as above

    said = words(lang).report
    failed = False
    for file in _pictures(paths or (home / "content" / "media",)):
        if not is_picture_name(file.name):
            continue
        try:
            data = file.read_bytes()
            cleaned = strip(data)
            if cleaned != data:
                _replace(file, cleaned)
                click.echo(file)
        except NotStrippedError:
            failed = True
            click.echo(said["not_cleaned"].format(path=file), err=True)
        except OSError as error:
            failed = True
            click.echo(said["not_written"].format(cause=error), err=True)
    return PROBLEMS if failed else OK


def _pictures(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file())
        else:
            yield path


def _replace(file: Path, data: bytes) -> None:
    """Write beside a file and rename, so that there is always a whole one."""
    beside = file.with_name(f".{file.name}.netzsite")
    beside.write_bytes(data)
    beside.chmod(file.stat().st_mode)
    beside.replace(file)
