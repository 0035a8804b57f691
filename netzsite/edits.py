"""What mends a mistake, exactly: texts to put in the place of others, files to rename.

An edit is a value; ``edited`` works out what it makes of a file's bytes. All else of a file stays,
byte for byte: a byte order mark, line ends, comments. Nothing here touches a disk.
"""

import bisect
import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

BOM: Final = "\ufeff"
_END: Final = re.compile(r"\r\n|\r|\n")
_ENDS: Final = r"(?:\r\n|\r|\n)"


class Edit(Struct, frozen=True, kw_only=True, gc=False, tag="edit"):
    r"""A text that takes the place of another one.

    Line and column count from 1, in characters, as those of a ``Spot`` do: without a byte order
    mark, and each way to end a line is ``\n``. Where ``old`` is empty, ``new`` is put in before
    that place; ``column`` may be one more than the line is long.
    """

    path: str
    """The file, as its problem names it."""
    line: int
    column: int = 1
    old: str = ""
    """What stands there, which may be more than one line; an edit is made only where it does."""
    new: str = ""

    @property
    def is_harmless(self) -> bool:
        """Tell whether only blanks and signs change, and every word stays as it is."""
        return _letters(self.old) == _letters(self.new)


class Move(Struct, frozen=True, kw_only=True, gc=False, tag="move"):
    """A file that gets another name; what is there already is never overwritten."""

    path: str
    to: str

    @property
    def is_harmless(self) -> bool:
        """A name is part of an address, so that renaming is never without a consequence."""
        return False


Change = Edit | Move


class NotEditedError(Exception):
    """A file in which something else stands than an edit expects."""


def rooted(changes: Iterable[Change], prefix: str) -> tuple[Change, ...]:
    """Name files from another folder: ``prefix`` leads there, and ends with a slash."""
    return tuple(
        replace(one, path=prefix + one.path, to=prefix + one.to)
        if isinstance(one, Move)
        else replace(one, path=prefix + one.path)
        for one in changes
    )


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Make edits in the bytes of one file; equal ones are made once.

    Raises ``NotEditedError`` where a file isn't UTF-8, where something else stands in a place, and
    where two edits touch.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise NotEditedError from None
    mark = BOM if text.startswith(BOM) else ""
    return (mark + edited_text(text.removeprefix(mark), edits)).encode()


def edited_text(text: str, edits: Iterable[Edit]) -> str:
    """Make edits in a text, which has no byte order mark; as ``edited``."""
    starts = _starts(text)
    end = _END.search(text)
    places = [_place(text, starts, edit) for edit in dict.fromkeys(edits)]
    parts: list[str] = []
    done, began = 0, -1
    for start, stop, new in sorted(places):
        if start < done or start == began:
            raise NotEditedError
        parts += (text[done:start], new.replace("\n", end[0]) if end else new)
        done, began = stop, start
    return "".join((*parts, text[done:]))


def _place(text: str, starts: list[int], edit: Edit) -> tuple[int, int, str]:
    """Find where an edit begins and ends in a text with any line ends."""
    if not 0 < edit.line <= len(starts) or edit.column < 1:
        raise NotEditedError
    start = starts[edit.line - 1] + edit.column - 1
    last = starts[edit.line] if edit.line < len(starts) else len(text)
    if start > last or _END.search(text, starts[edit.line - 1], start):
        raise NotEditedError
    old = re.compile(_ENDS.join(re.escape(part) for part in edit.old.split("\n")))
    hit = old.match(text, start)
    if hit is None:
        raise NotEditedError
    return start, hit.end(), edit.new


def position_before(text: str, edits: Iterable[Edit], line: int, column: int) -> tuple[int, int]:
    """Say where in a text something stood whose line and column after these edits are given.

    What an edit has put there stands where the edit begins.
    """
    after = edited_text(text, edits)
    offset = _starts(after)[line - 1] + column - 1
    starts = _starts(text)
    shift = 0
    for start, stop, new in sorted(_place(text, starts, edit) for edit in edits):
        if offset < start + shift:
            break
        if offset < start + shift + len(new):
            offset = start + shift
            break
        shift += len(new) - (stop - start)
    at = offset - shift
    number = bisect.bisect_right(starts, at)
    return number, at - starts[number - 1] + 1


def _starts(text: str) -> list[int]:
    return [0, *(hit.end() for hit in _END.finditer(text))]


def compatible(groups: Iterable[tuple[Change, ...]]) -> tuple[tuple[Change, ...], ...]:
    """Leave out a group of changes that touches an earlier one: it waits for another round."""
    kept: list[tuple[Change, ...]] = []
    taken: dict[str, list[Change]] = {}
    for group in groups:
        fits = all(
            one == other or not _touch(one, other)
            for one in group
            for other in taken.get(one.path, ())
        )
        if group and fits:
            kept.append(group)
            for one in group:
                taken.setdefault(one.path, []).append(one)
    return tuple(kept)


def _touch(one: Change, other: Change) -> bool:
    """Tell whether two different changes of a file can't both be made."""
    if isinstance(one, Move) or isinstance(other, Move):
        return isinstance(one, Move) and isinstance(other, Move)
    first, second = sorted((one, other), key=lambda edit: (edit.line, edit.column))
    line, column = end_of(first)
    return (line, column) > (second.line, second.column) or (
        (first.line, first.column) == (second.line, second.column)
    )


def end_of(edit: Edit) -> tuple[int, int]:
    """Give the line and the column behind what an edit replaces."""
    lines = edit.old.split("\n")
    if len(lines) == 1:
        return edit.line, edit.column + len(edit.old)
    return edit.line + len(lines) - 1, len(lines[-1]) + 1


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
