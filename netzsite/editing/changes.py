"""Changes of a site's files → the files, written whole: all of them, or none.

What they become is worked out and written beside them first; then each is put in its place at once
by the system. If one of these steps fails, those before it are taken back.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from netzsite.edits import Change, Edit, Move, NotEditedError, edited

Undo = Callable[[], object]


def apply(root: Path, changes: Iterable[Change]) -> tuple[str, ...]:
    """Make changes in the folder of a site; gives the paths of the files as they are called now.

    Raises ``NotEditedError`` where a file isn't as a change expects it, or a name is taken, and
    ``OSError`` where the system refuses; then nothing has changed.
    """
    wanted = tuple(dict.fromkeys(changes))
    edits: dict[str, list[Edit]] = {}
    for one in wanted:
        if isinstance(one, Edit):
            edits.setdefault(one.path, []).append(one)
    moves = {one.path: one.to for one in wanted if isinstance(one, Move)}
    for path, to in moves.items():
        _check_free(root / path, root / to)
    before = {path: (root / path).read_bytes() for path in edits}
    after = {path: edited(before[path], edits[path]) for path in edits}
    undo: list[Undo] = []
    try:
        for path, data in after.items():
            undo.append(_replaced(root / path, before[path]))
            write(root / path, data)
        for path, to in moves.items():
            for step in _moved(root / path, root / to):
                undo.append(step)  # noqa: PERF402 - each counts, should the next one fail
    except BaseException:
        for step in reversed(undo):
            step()
        raise
    return tuple(sorted({moves.get(path, path) for path in (*edits, *moves)}))


def write(file: Path, data: bytes) -> None:
    """Put bytes in the place of a file's, at once and with the same rights."""
    beside = file.with_name(f".{file.name}.netzsite-{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.chmod(file.stat().st_mode & 0o7777)
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _replaced(file: Path, data: bytes) -> Undo:
    return lambda: write(file, data) if file.read_bytes() != data else None


def _check_free(file: Path, to: Path) -> None:
    """Raise where a name is taken; some disks don't tell capitals apart, and that is no other."""
    if not file.is_file() or (to.exists() and not to.samefile(file)):
        raise NotEditedError


def _moved(file: Path, to: Path) -> Iterator[Undo]:
    """Rename a file, making the folders it needs; gives how to take each step back."""
    folder = to.parent
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(new):
        one.mkdir()
        yield one.rmdir
    file.rename(to)
    yield lambda: to.rename(file)
