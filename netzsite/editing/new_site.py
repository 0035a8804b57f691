"""A new site: the starter that comes with netzsite, copied into an empty folder."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

_NAMES: Final = {"gitignore.txt": ".gitignore"}
_FORGIVEN: Final = {".git", ".venv", ".gitignore", ".gitattributes"}


def start(folder: Path) -> tuple[str, ...]:
    """Copy the starter into a folder; gives the files made, none when the folder isn't empty.

    Raises ``OSError`` when the folder can't be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(entry.name not in _FORGIVEN for entry in folder.iterdir()):
        return ()
    made: list[str] = []
    _copy(resources.files("netzsite") / "starter", folder, "", made)
    return tuple(made)


def _copy(source: Traversable, folder: Path, prefix: str, made: list[str]) -> None:
    for entry in sorted(source.iterdir(), key=lambda entry: entry.name):
        path = folder / _NAMES.get(entry.name, entry.name)
        if entry.is_dir():
            path.mkdir(exist_ok=True)
            _copy(entry, path, f"{prefix}{entry.name}/", made)
        elif not path.exists():
            path.write_bytes(entry.read_bytes())
            made.append(prefix + path.name)
