"""Outputs → the target folder: whole files only, the manifest last, then what is no longer ours.

Nothing is written unless all may be. A build that is killed at any point leaves whole files, and
``.netzsite-pending`` tells the next one what had begun. Files of others are never touched.
"""

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from netzsite.memo import Memo, key_of
from netzsite.pipeline.render import Output
from netzsite.problems import Problem
from netzsite.records.source import Stamp, digest_of, stamp_of

MANIFEST: Final = ".netzsite-manifest"
PENDING: Final = ".netzsite-pending"
_HEAD: Final = "netzsite 1\n"

Published = dict[str, tuple[Stamp, str]]
"""Path → stamp and digest of a file that we wrote or found right."""
_decode: Final = msgspec.msgpack.Decoder(Published).decode


class Counts(Struct, frozen=True, kw_only=True):
    """What publishing did, in files."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


class Target:
    """The target folder as it was found."""

    def __init__(self, folder: Path, memo: Memo) -> None:
        self.folder = folder
        self.memo = memo
        self._key = key_of("published", str(folder.resolve()))
        self.manifest = _read_manifest(folder / MANIFEST)
        self.ours = {*self.manifest, *_read_manifest(folder / PENDING)}
        value = memo.get((self._key,)).get(self._key)
        self.seen: Published = {}
        with contextlib.suppress(msgspec.DecodeError):
            self.seen = _decode(value) if value else {}
        self.stamps: Published = {}

    def holds(self, path: str, digest: str) -> bool:
        """Tell whether the target's file has these bytes; only an unknown one is read."""
        file = self.folder / path
        try:
            info = file.lstat()
            if not stat.S_ISREG(info.st_mode):
                return False
            stamp = stamp_of(info)
            seen = self.seen.get(path)
            known = seen[1] if seen and seen[0] == stamp else digest_of(file.read_bytes())
        except OSError:
            return False
        if known != digest:
            return False
        self.stamps[path] = (stamp, digest)
        return True

    def foreign(self, outputs: Iterable[Output]) -> list[Problem]:
        """Name files of others that lie where an output would go."""
        found = []
        for output in outputs:
            file = self.folder / output.path
            above = self._in_the_way(output.path)
            if above:
                found.append(_foreign(self.folder, above))
                continue
            if output.path in self.ours or output.path in self.stamps:
                continue
            if file.is_dir() and not file.is_symlink():
                if not self._only_ours(file, output.path):
                    found.append(_foreign(self.folder, output.path))
            elif os.path.lexists(file) and not self.holds(output.path, output.digest):
                found.append(_foreign(self.folder, output.path))
        return found

    def _in_the_way(self, path: str) -> str | None:
        """Name a file or a link of others that lies where an output needs a folder."""
        parts = path.split("/")
        for depth in range(1, len(parts)):
            above = "/".join(parts[:depth])
            file = self.folder / above
            if (file.is_symlink() or file.is_file()) and above not in self.ours:
                return above
        return None

    def _only_ours(self, folder: Path, prefix: str) -> bool:
        """Tell whether all files below a folder are ours, so that it can make way for a file."""
        inside = (path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
        return all(
            f"{prefix}/{path.relative_to(folder).as_posix()}" in self.ours for path in inside
        )

    def remember(self) -> None:
        """Keep the stamps of what was written, so that the next build need not read it."""
        self.memo.put({self._key: msgspec.msgpack.encode(self.stamps)})


def _foreign(folder: Path, path: str) -> Problem:
    return Problem(code="foreign-file", facts={"file": f"{folder.name}/{path}"})


def publish(
    outputs: Mapping[str, Output],
    target: Target,
    fetch: Callable[[Output], Path],
) -> Counts | Problem:
    """Make the target hold just these outputs beside what others keep there.

    ``fetch`` gives the staged file of an output. A Problem when the disk refuses.
    """
    folder = target.folder
    changed = [
        output
        for output in outputs.values()
        if output.path not in target.stamps and not target.holds(output.path, output.digest)
    ]
    gone = sorted(target.ours - outputs.keys())
    manifest = _manifest(outputs)
    pending = folder / PENDING
    try:
        folder.mkdir(parents=True, exist_ok=True)
        removed = 0
        if changed or gone or pending.exists() or _text(folder / MANIFEST) != manifest:
            _write_whole(pending, _paths({*target.ours, *outputs}))
            for output in changed:
                _clear(folder, output.path, gone)
                _place(folder, output, fetch(output), target)
            _write_whole(folder / MANIFEST, manifest)
            removed = sum(_remove(folder, path) for path in gone)
            pending.unlink()
    except OSError as error:
        return cannot_write(error, folder)
    target.remember()
    written = len(changed)
    return Counts(written=written, unchanged=len(outputs) - written, removed=removed)


def _clear(folder: Path, path: str, gone: Iterable[str]) -> None:
    """Remove what was a folder of ours where a file goes now; all in it is gone from the site."""
    if (folder / path).is_dir() and not (folder / path).is_symlink():
        for old in gone:
            if old.startswith(path + "/"):
                _remove(folder, old)


def _place(folder: Path, output: Output, staged: Path, target: Target) -> None:
    """Rename a staged file into place; what of ours stands in the way of a folder goes first."""
    file = folder / output.path
    for parent in reversed(file.relative_to(folder).parents[:-1]):
        above = folder / parent
        if above.is_symlink() or (above.exists() and not above.is_dir()):
            if parent.as_posix() not in target.ours:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(above))
            above.unlink()
    file.parent.mkdir(parents=True, exist_ok=True)
    staged.replace(file)
    target.stamps[output.path] = (stamp_of(file.lstat()), output.digest)


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


def _manifest(outputs: Mapping[str, Output]) -> str:
    rows = (f"{output.digest} {path}\n" for path, output in sorted(outputs.items()))
    return _HEAD + "".join(rows)


def _paths(paths: Iterable[str]) -> str:
    return _HEAD + "".join(f"- {path}\n" for path in sorted(paths))


def _read_manifest(file: Path) -> dict[str, str]:
    """Read path → digest; a file that isn't a manifest counts as none."""
    text = _text(file)
    if not text.startswith(_HEAD):
        return {}
    rows = (line.partition(" ") for line in text[len(_HEAD) :].splitlines())
    return {path: digest for digest, _, path in rows if _is_inside(path)}


def _is_inside(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _write_whole(file: Path, text: str) -> None:
    fresh = file.with_name(file.name + ".new")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.replace(file)


def cannot_write(error: OSError, folder: Path) -> Problem:
    """Say which file the disk refuses, and why."""
    facts = {"file": _shown(error, folder), "cause": error.strerror or str(error)}
    return Problem(code="cannot-write", facts=facts)


def _shown(error: OSError, folder: Path) -> str:
    name = str(error.filename2 or error.filename or folder)
    return name.removeprefix(str(folder.parent) + os.sep)


@contextlib.contextmanager
def stage(target: Path) -> Iterator[Path | Problem]:
    """Give an empty folder on the target's file system, removed at the end; or why there's none."""
    folder = target.parent / f".{target.name}.netzsite-stage"
    if target.is_mount():
        folder = target / ".netzsite-stage"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        yield cannot_write(error, target)
        return
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
