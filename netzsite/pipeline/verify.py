"""A build's files and those of a clean build beside it → where they differ, to the byte.

What is kept between builds may never show. Where it does, the mistake is netzsite's own.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from netzsite.pipeline.output import Output
from netzsite.pipeline.stage import staged
from netzsite.pipeline.target import MANIFEST, Target, manifest
from netzsite.problems import Problem

MOST: Final = 20
_BEFORE: Final = 20
_SHOWN: Final = 60
"""Characters of an excerpt before the difference, and in all."""
_INSIDE: Final = 0x80
"""The upper two bits of a byte inside a character of UTF-8."""


def differences(
    outputs: Mapping[str, Output], target: Target, stage: Path, clean: Path
) -> Iterator[Problem]:
    """Compare every file that would be published with that of the clean build's folder.

    Where many differ, one mistake is behind it: the first ``MOST`` are told.
    """
    return islice(_differences(outputs, target, stage, clean), MOST)


def _differences(
    outputs: Mapping[str, Output], target: Target, stage: Path, clean: Path
) -> Iterator[Problem]:
    fresh = {
        path.relative_to(clean).as_posix(): path for path in clean.rglob("*") if path.is_file()
    }
    same = True
    for path in sorted({*outputs, *fresh} - {MANIFEST}):
        ours = _kept(path, outputs, target, stage)
        theirs = fresh[path].read_bytes() if path in fresh else None
        if ours != theirs:
            same = False
            yield _told(f"{target.folder.name}/{path}", ours, theirs)
    ours, theirs = manifest(outputs).encode(), fresh[MANIFEST].read_bytes()
    if same and ours != theirs:  # else it only repeats what has been told
        yield _told(f"{target.folder.name}/{MANIFEST}", ours, theirs)


def _told(file: str, ours: bytes | None, theirs: bytes | None) -> Problem:
    if ours is None or theirs is None:
        reason = "@only-clean" if ours is None else "@only-kept"
        return Problem(code="verify-files", facts={"file": file, "reason": reason})
    return Problem(code="verify-difference", facts={"file": file} | _first(ours, theirs))


def _kept(path: str, outputs: Mapping[str, Output], target: Target, stage: Path) -> bytes | None:
    """Read what readers would get at a path; None where there would be no file."""
    if path not in outputs:
        return None
    held = target.holds(path, outputs[path].digest)
    file = target.folder / path if held else Path(staged(stage, path))
    return file.read_bytes() if file.is_file() else None


def _first(ours: bytes, theirs: bytes) -> dict[str, str]:
    """Say where two files differ first, and what each has there."""
    pairs = zip(ours, theirs, strict=False)
    shorter = min(len(ours), len(theirs))
    offset = next((at for at, (one, other) in enumerate(pairs) if one != other), shorter)
    return {
        "kept": _excerpt(ours, offset),
        "line": str(ours.count(b"\n", 0, offset) + 1),
        "offset": str(offset + 1),
        "right": _excerpt(theirs, offset),
    }


def _excerpt(data: bytes, offset: int) -> str:
    """Show what stands around a place, within its line."""
    while 0 < offset < len(data) and data[offset] & 0xC0 == _INSIDE:
        offset -= 1
    start = data.rfind(b"\n", 0, offset) + 1
    before = data[start:offset].decode("utf-8", "replace")[-_BEFORE:]
    after = data[offset : offset + 4 * _SHOWN].partition(b"\n")[0].decode("utf-8", "replace")
    return (before + after)[:_SHOWN]
