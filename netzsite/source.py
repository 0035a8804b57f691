"""The content folder → sources: every file with its bytes' digest, nothing understood yet.

Only here are content files found and read. Links that leave the folder, and names that no editor
resources, are told of; hidden files, backups and README files are passed over.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

from netzsite.problems import Problem, Spot, instead
from netzsite.text import refused, visible

_BREAKS: Final = "\x0b\x0c\x85\u2028\u2029"
"""Line breaks of word processors: something stands on either side of them."""
MAX_RECORD: Final = 512_000
"""The largest record file, in bytes."""
MAX_MEDIUM: Final = 50_000_000
"""The largest medium, in bytes."""
_BACKUPS: Final = ("~", ".swp", ".bak", ".orig", ".tmp", ".crdownload", ".part")
_PASSED_OVER: Final = {"thumbs.db", "desktop.ini", "readme.md", "readme"}


class Stamp(Struct, frozen=True, gc=False):
    """What the file system says of a file; equal stamps mean unchanged bytes, see ``is_young``."""

    size: int
    mtime: int
    ctime: int
    inode: int


class Source(Struct, frozen=True, gc=False):
    """One file of the content folder."""

    path: str
    """From the content folder, with ``/``."""
    digest: str
    size: int


class Found(Struct, frozen=True, gc=False):
    """A file seen by the walk, not yet read."""

    path: str
    stamp: Stamp


def digest_of(data: bytes) -> str:
    """Name bytes by their content: BLAKE2b, 128 bits, in hex."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def stamp_of(info: os.stat_result) -> Stamp:
    """Take the stamp from what ``stat`` says (times in nanoseconds)."""
    return Stamp(info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino)


def walk(folder: Path) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """List the files below a folder in the order of their paths."""
    problems: list[Problem] = []
    found = tuple(sorted(_walk(folder, "", problems), key=lambda entry: entry.path))
    return found, tuple(problems)


def _walk(folder: Path, prefix: str, problems: list[Problem]) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder / prefix), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_unreadable(prefix.rstrip("/"), error))
        return
    for entry in entries:
        path = prefix + entry.name
        if is_passed_over(entry.name):
            continue
        if not _is_decodable(path):
            shown = path.encode("utf-8", "replace").decode()
            problems.append(Problem(code="bad-file-name", path=visible(shown)))
            continue
        try:
            if entry.is_symlink() and leaves(folder, Path(entry.path)):
                problems.append(Problem(code="leaves-site", path=path, facts={"value": path}))
            elif entry.is_dir():
                yield from _walk(folder, path + "/", problems)
            elif stat.S_ISREG(entry.stat().st_mode):
                yield Found(path, stamp_of(entry.stat()))
            else:
                problems.append(Problem(code="unknown-file", path=path))
        except OSError as error:
            problems.append(_unreadable(path, error))


def leaves(folder: Path, path: Path) -> bool:
    """Tell whether a file is a link to anything but a file inside the same folder.

    A linked folder could be a circle.
    """
    if not path.is_symlink():
        return False
    target = Path(os.path.realpath(path))  # follows a circle just once
    return not target.is_relative_to(folder.resolve()) or target.is_dir()


def is_passed_over(name: str) -> bool:
    """Tell whether a file or folder of this name is hidden, a backup or a README."""
    lowered = name.lower()
    return (
        name.startswith((".", "#", "~$")) or lowered in _PASSED_OVER or lowered.endswith(_BACKUPS)
    )


def _is_decodable(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def read(folder: Path, path: str) -> bytes | Problem:
    """Read one file; a Problem when it can't be read any more."""
    try:
        return (folder / path).read_bytes()
    except OSError as error:
        return unread(path, error)


def taken(folder: Path, entry: Source) -> bytes | Problem:
    """Read a source again; a Problem when it isn't what its digest says any more."""
    data = read(folder, entry.path)
    if isinstance(data, bytes) and digest_of(data) != entry.digest:
        return Problem(code="vanished-file", path=entry.path)
    return data


def unread(path: str, error: OSError) -> Problem:
    """Say why a file that was found isn't read: it is gone, or the system refuses."""
    if isinstance(error, FileNotFoundError):
        return Problem(code="vanished-file", path=path)
    return _unreadable(path, error)


def decode(path: str, data: bytes) -> str | Problem:
    """Decode a record file: UTF-8, no control characters; CR LF and a BOM are forgiven."""
    if len(data) > MAX_RECORD:
        facts = {"size": str(len(data) // 1000), "limit": str(MAX_RECORD // 1000)}
        return Problem(code="file-too-large", path=path, facts=facts)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        at = _first_bad(data)
        line = data.count(b"\n", 0, at) + 1
        start = data.rfind(b"\n", 0, at) + 1
        column = len(data[start:at].decode("utf-8-sig", "replace")) + 1
        return Problem(code="not-utf8", path=path, spot=Spot(line, column))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    strange = refused(text)
    if strange:
        line = text.count("\n", 0, strange.start()) + 1
        column = strange.start() - text.rfind("\n", 0, strange.start())
        facts = {"character": f"U+{ord(strange[0]):04X}"}
        spot = Spot(line, column)
        new = " " if strange[0] in _BREAKS else ""
        changes = instead(path, spot, strange[0], new)
        return Problem(code="control-character", path=path, spot=spot, facts=facts, changes=changes)
    return text


def _first_bad(data: bytes) -> int:
    """Find the first byte that isn't UTF-8; the codec for a BOM counts from behind it."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _unreadable(path: str, error: OSError) -> Problem:
    cause = error.strerror or type(error).__name__
    return Problem(code="unreadable-file", path=path, facts={"cause": cause})
