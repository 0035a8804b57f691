"""The stage → the target folder: whole files only, the manifest last, then what is no longer ours.

Nothing is written unless all may be. A folder that the target lacks is moved as a whole, other
files one by one. A build that is killed at any point leaves whole files, and ``.netzsite-pending``
tells the next one what had begun. Files of others are never touched.
"""

import contextlib
import errno
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from netzsite.pipeline import mounts
from netzsite.pipeline.options import Counts
from netzsite.pipeline.output import Output
from netzsite.pipeline.stage import cannot_write
from netzsite.pipeline.target import MANIFEST, PENDING, Target, manifest, path_list, read_text
from netzsite.problems import Problem


def publish(outputs: Mapping[str, Output], target: Target, stage: Path) -> Counts | Problem:
    """Make the target hold just these outputs beside what others keep there.

    The stage holds every output that the target lacks. A Problem when the disk refuses.
    """
    folder = target.folder
    changed = [
        output
        for path, output in outputs.items()
        if path not in target.stamps and not target.holds(path, output.digest)
    ]
    gone = sorted(target.ours - outputs.keys())
    text = manifest(outputs)
    pending = folder / PENDING
    removed = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if changed or gone or pending.exists() or read_text(folder / MANIFEST) != text:
            # All that takes room is written before anything changes.
            _write(stage / PENDING, path_list({*target.ours, *outputs}))
            _write(stage / MANIFEST, text)
            with mounts.spread(stage, folder) as stages:
                (stage / PENDING).replace(pending)
                early = _clear(folder, changed, gone)
                for place, inside in stages:
                    _move(place, inside, target)
            for output in changed:
                target.note(output.path, output.digest)
            (stage / MANIFEST).replace(folder / MANIFEST)
            removed = sum(_remove(folder, path) for path in gone if path not in early) + len(early)
            pending.unlink()
    except OSError as error:
        return cannot_write(error, folder)
    target.remember(stage)
    written = len(changed)
    paths = tuple(output.path for output in changed)
    return Counts(
        written=written,
        unchanged=len(outputs) - written,
        removed=removed,
        paths=(*paths, *gone),
        created=tuple(path for path in paths if path not in target.ours),
        gone=tuple(gone),
    )


def _clear(folder: Path, changed: Iterable[Output], gone: Iterable[str]) -> frozenset[str]:
    """Remove what must go before something comes; gives what has gone.

    What was in a folder of ours where a file goes now, and names that some disks don't tell from a
    new one: those with other capitals.
    """
    files = {output.path for output in changed}
    alike = {path.casefold() for path in files}
    early = {
        old
        for old in gone
        if old.casefold() in alike
        or any(parent.as_posix() in files for parent in PurePosixPath(old).parents)
    }
    return frozenset(old for old in early if _remove(folder, old))


def _move(staged: Path, inside: str, target: Target) -> None:
    """Move all that is staged for one folder to its place; what the target holds stays there."""
    with os.scandir(staged) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = inside + entry.name
        if path == MANIFEST:
            continue  # that goes last
        place = target.folder / path
        if not entry.is_dir(follow_symlinks=False):
            if path not in target.stamps:
                _replace(entry.path, place)
        elif place.is_dir() and not place.is_symlink():
            _move(staged / entry.name, f"{path}/", target)
        else:
            if os.path.lexists(place):
                _make_way(place, path, target)
            os.rename(entry.path, place)  # noqa: PTH104 - as above


def _replace(file: str, place: Path) -> None:
    """Move a file to its place; empty folders that somebody has put there make way."""
    try:
        os.replace(file, place)  # noqa: PTH105 - called for every file
    except IsADirectoryError:
        for folder, _, _ in os.walk(place, topdown=False):
            os.rmdir(folder)  # noqa: PTH106 - raises where it isn't empty
        os.replace(file, place)  # noqa: PTH105 - as above


def _make_way(place: Path, path: str, target: Target) -> None:
    """Remove a file of ours where a folder goes now; raises ``FileExistsError`` for another's."""
    if path not in target.ours:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
    place.unlink()


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _remove(folder: Path, path: str) -> int:
    """Remove a file of ours and the folders it leaves empty.

    Not through a link, which somebody else put there: what it leads to isn't ours.
    """
    file = folder / path
    linked = any((folder / parent).is_symlink() for parent in file.relative_to(folder).parents[:-1])
    if linked or (file.is_dir() and not file.is_symlink()):
        return 0
    try:
        file.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return 0
    for parent in file.relative_to(folder).parents[:-1]:
        with contextlib.suppress(OSError):
            (folder / parent).rmdir()
    return 1
