"""The target folder as it was found: which files are ours, which hold what they should.

The manifest lists what the last build published; ``.netzsite-pending`` what a build had begun to.
"""

import contextlib
import functools
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import msgspec

from netzsite.memo import Memo, key_of
from netzsite.pipeline.output import Output
from netzsite.pipeline.stage import clock
from netzsite.problems import Problem
from netzsite.source import Stamp, digest_of, stamp_of

MANIFEST: Final = ".netzsite-manifest"
PENDING: Final = ".netzsite-pending"
_HEAD: Final = "netzsite 1\n"

Published = dict[str, tuple[Stamp, str]]
"""Path → stamp and digest of a file that we wrote or found right."""
_decode: Final = msgspec.msgpack.Decoder(Published).decode


class Target:
    """The target folder as it was found."""

    def __init__(self, folder: Path, memo: Memo) -> None:
        self.folder = folder
        self.memo = memo
        self._base = f"{folder}{os.sep}"
        self._key = key_of("published", folder=str(folder.resolve()))
        self.manifest = read_manifest(folder / MANIFEST)
        self.ours = {*self.manifest, *read_manifest(folder / PENDING)}
        value = memo.get((self._key,)).get(self._key)
        self.seen: Published = {}
        with contextlib.suppress(msgspec.DecodeError):
            self.seen = _decode(value) if value else {}
        if not self.manifest:
            self.ours |= self._remembered()
        self.stamps: Published = {}

    def _remembered(self) -> set[str]:
        """Name the files that are ours by what the memo knows, where the manifest is lost."""
        found = set()
        for path, (stamp, digest) in self.seen.items():
            file = Path(self._base + path)
            with contextlib.suppress(OSError):
                info = file.lstat()
                same = stamp_of(info) == stamp
                if stat.S_ISREG(info.st_mode) and (same or digest_of(file.read_bytes()) == digest):
                    found.add(path)
        return found

    def holds(self, path: str, digest: str) -> bool:
        """Tell whether the target's file has these bytes; only an unknown one is read."""
        file = self._base + path
        if self._is_spelt_otherwise(path):
            return False
        try:
            info = os.lstat(file)
            if not stat.S_ISREG(info.st_mode):
                return False
            stamp = stamp_of(info)
            seen = self.seen.get(path)
            if seen and seen[0] == stamp:
                known = seen[1]
            else:
                with open(file, "rb") as opened:  # noqa: PTH123 - a thousand times in a build
                    known = digest_of(opened.read())
        except OSError:
            return False
        if known != digest:
            return False
        self.stamps[path] = (stamp, digest)
        return True

    def _is_spelt_otherwise(self, path: str) -> bool:
        """Tell whether what lies there is a file of ours whose name has other capitals.

        Some disks don't tell them apart: the old name leads to the same file, and takes it along
        when it goes.
        """
        others = self._alike.get(path.casefold())
        if others is None or others == [path]:
            return False
        file = Path(self._base + path)
        with contextlib.suppress(OSError):
            return any(file.samefile(self._base + other) for other in others if other != path)
        return False

    @functools.cached_property
    def _alike(self) -> dict[str, list[str]]:
        """Our files by name without regard to capitals."""
        found: dict[str, list[str]] = {}
        for path in self.ours:
            found.setdefault(path.casefold(), []).append(path)
        return found

    def note(self, path: str, digest: str) -> None:
        """Note what was just put in place, so that the next build need not read it."""
        self.stamps[path] = (stamp_of(os.lstat(self._base + path)), digest)

    def foreign(self, outputs: Iterable[Output]) -> list[Problem]:
        """Name files of others that lie where an output would go."""
        found = []
        clear: dict[str, str | None] = {"": None}
        for output in outputs:
            path = output.path
            if path in self.stamps:
                continue  # it lies there, and with the right bytes
            above = self._in_the_way(path.rpartition("/")[0], clear)
            if above is not None:
                found.append(_foreign(self.folder, above))
            elif not self._is_free(output):
                found.append(_foreign(self.folder, path))
        return found

    def _in_the_way(self, folder: str, known: dict[str, str | None]) -> str | None:
        """Name a file or a link of others that lies where an output needs a folder."""
        if folder not in known:
            above = self._in_the_way(folder.rpartition("/")[0], known)
            mode = _mode(self._base + folder)
            blocked = mode is not None and not stat.S_ISDIR(mode) and folder not in self.ours
            known[folder] = folder if above is None and blocked else above
        return known[folder]

    def _is_free(self, output: Output) -> bool:
        """Tell whether an output may go to its place: nothing of others lies there."""
        mode = _mode(self._base + output.path)
        if mode is None:
            return True
        if stat.S_ISDIR(mode):
            return self._only_ours(self.folder / output.path, output.path)
        ours = output.path in self.ours or self._is_spelt_otherwise(output.path)
        return ours or self.holds(output.path, output.digest)

    def _only_ours(self, folder: Path, prefix: str) -> bool:
        """Tell whether all files below a folder are ours, so that it can make way for a file."""
        inside = (path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
        return all(
            f"{prefix}/{path.relative_to(folder).as_posix()}" in self.ours for path in inside
        )

    def remember(self, stage: Path) -> None:
        """Keep the stamps of what was written, so that the next build need not read it.

        Only those from before what the disk's clock shows now: nothing that is written later can
        have one of them.
        """
        times = {path: max(stamp.mtime, stamp.ctime) for path, (stamp, _) in self.stamps.items()}
        now = clock(stage, max(times.values(), default=0))
        kept = {path: seen for path, seen in self.stamps.items() if times[path] < now}
        self.memo.put({self._key: msgspec.msgpack.encode(kept)})


def _mode(file: str) -> int | None:
    try:
        return os.lstat(file).st_mode
    except OSError:
        return None


def _foreign(folder: Path, path: str) -> Problem:
    return Problem(code="foreign-file", facts={"file": f"{folder.name}/{path}"})


def manifest(outputs: Mapping[str, Output]) -> str:
    """Write the manifest of a site: a line for each file, its digest and its path."""
    rows = (f"{outputs[path].digest} {path}\n" for path in sorted(outputs))
    return _HEAD + "".join(rows)


def path_list(paths: Iterable[str]) -> str:
    """Write a manifest of paths alone, of what may be ours from now on."""
    return _HEAD + "".join(f"- {path}\n" for path in sorted(paths))


def read_manifest(file: Path) -> dict[str, str]:
    """Read path → digest; a file that isn't a manifest counts as none."""
    text = read_text(file)
    if not text.startswith(_HEAD):
        return {}
    rows = (line.partition(" ") for line in text[len(_HEAD) :].splitlines())
    return {path: digest for digest, _, path in rows if _is_inside(path)}


def read_text(file: Path) -> str:
    """Read a file of ours; one that can't be read is empty."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _is_inside(path: str) -> bool:
    return bool(path) and path[0] != "/" and (".." not in path or ".." not in path.split("/"))
