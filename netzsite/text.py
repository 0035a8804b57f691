"""German text as the rest needs it: slugs, sorting, likeness, excerpts, harmless display.

Knows nothing of records, files or pages.
"""

import difflib
import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_LETTERS: Final = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS",
        "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "ı": "i", "þ": "th", "ð": "d",
    }
)  # fmt: skip
_SHARP_S: Final = str.maketrans({"ß": "ss", "ẞ": "ss"})
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BLANKS: Final = re.compile(r"\s+")
_NUMBER: Final = re.compile(r"(\d+)")
# C0 and C1 controls, and the marks that turn or hide text (Unicode TR 36, 3.1).
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
# What no file may hold: controls, line separators, bidi overrides, and what XML 1.0 can't carry.
_REFUSED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufeff\ufff9-\ufffb\ufffe\uffff]"
)

SLUG_LENGTH: Final = 80
"""The longest slug, in characters, so that an address stays short enough to be read out."""


@functools.lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Turn a German text into an address part: ``Größe & Maß`` becomes ``groesse-mass``.

    The result has only ``a-z``, ``0-9`` and single hyphens; it is empty when nothing of the text
    can be written so (a text all in Arabic, say), and at most ``SLUG_LENGTH`` long.
    """
    # Most ids are asked for a second time, when they are plain already.
    plain = text.isascii()
    folded = (
        text.lower() if plain else _fold(unicodedata.normalize("NFC", text).translate(_LETTERS))
    )
    return _NOT_SLUG.sub("-", folded)[: SLUG_LENGTH + 1].strip("-")[:SLUG_LENGTH].strip("-")


def is_id(text: str) -> bool:
    """Tell whether a text can be a record's id: ``a-z``, ``0-9``, single hyphens between."""
    return len(text) <= SLUG_LENGTH and _ID.fullmatch(text) is not None


def sort_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Give the key that sorts names as in a German dictionary (DIN 5007-1).

    ``ä`` counts as ``a``, ``ß`` as ``ss``; quotes and hyphens don't count; numbers go by value.
    The text itself comes last, so that the order never depends on the order of the input.
    """
    folded = _fold(text.translate(_SHARP_S))
    words = _BLANKS.sub(" ", re.sub(r"[^\w\s]", "", folded)).strip()
    parts = (
        _number_key(part) if part.isascii() and part.isdigit() else (1, 0, part)
        for part in _NUMBER.split(words)
        if part
    )
    return (*parts, (-1, 0, ""), (1, 0, text))


def _number_key(digits: str) -> tuple[int, int, str]:
    """Order numbers by value without making them ones: Python refuses more than 4,300 digits."""
    significant = digits.lstrip("0")
    return 0, len(significant), significant


def initial(text: str) -> str:
    """Give the letter under which a dictionary lists a text: ``Ä`` counts as A."""
    (kind, _, word), *_ = sort_key(text)
    return word[:1].upper() if kind == 1 and word[:1].isalpha() else "#"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the one of the known words that was probably meant, or nothing when none is close."""
    by_form = {slug(candidate) or candidate: candidate for candidate in sorted(known)}
    part = slug(word)
    holding = [form for form in by_form if part and part in form.split("-")]
    if len(holding) == 1:
        return by_form[holding[0]]
    hits = difflib.get_close_matches(slug(word) or word, by_form, n=1, cutoff=0.6)
    return by_form[hits[0]] if hits else None


def slip_of(word: str, known: Iterable[str]) -> str | None:
    """Find the one known word that differs by a slip of the pen; nothing where two could be meant.

    A slip is a letter too many, missing, wrong or swapped with its neighbour; in words of eight
    letters and more there may be two. Digits are never one: 1 and 2 are different things.
    """
    form = slug(word)
    by_form: dict[str, set[str]] = {}
    for candidate in known:
        by_form.setdefault(slug(candidate), set()).add(candidate)
    if form in by_form:
        near = by_form[form]
    else:
        most = 2 if len(form) >= 8 else 1  # noqa: PLR2004 - said above
        near = {
            candidate
            for other, candidates in by_form.items()
            if len(form) > 2  # noqa: PLR2004 - below, every word is near
            and abs(len(form) - len(other)) <= most
            and re.findall(r"\d", form) == re.findall(r"\d", other)
            and _slips(form, other) <= most
            for candidate in candidates
        }
    return near.pop() if len(near) == 1 else None


def _slips(one: str, other: str) -> int:
    """Count the slips between two words: the distance of Damerau, without overlaps."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        above, before, row = before, row, [i]
        for j, sign in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != sign))
            if i > 1 and j > 1 and (char, one[i - 2]) == (other[j - 2], sign):
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]


def excerpt(text: str, length: int) -> str:
    """Shorten a text to at most ``length`` characters at a word's end, with an ellipsis."""
    flat = one_line(text)
    if len(flat) <= length:
        return flat
    cut = flat[: length - 1]
    head, blank, _ = cut.rpartition(" ")
    return (head if blank and not flat[length - 1].isspace() else cut).rstrip(" ,;:–-") + "…"


def one_line(text: str) -> str:
    """Fold every run of white space to one blank."""
    return " ".join(text.split())


def visible(text: str) -> str:
    r"""Show control and direction characters as ``\x1b``, so that a terminal doesn't obey them."""
    return _UNSEEN.sub(lambda hit: f"\\x{ord(hit[0]):02x}", text)


def refused(text: str) -> re.Match[str] | None:
    """Find the first character that no editor means to type and no page may hold."""
    return _REFUSED.search(text)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in decomposed if not unicodedata.combining(char))
