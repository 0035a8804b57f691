"""A value that its shape refuses → the one that it can only mean.

Tried are the few other ways in which people write such a value; the shape itself says whether one
of them is a value at all, and where two are, nothing is said.
"""

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from netzsite import text as words
from netzsite.fields.types import Shape, Slip
from netzsite.times import dates, zonedata

_AGE: Final = re.compile(
    r"(?:(ab|von|mindestens)|(bis|höchstens|maximal))?\s*(\d{1,3})\s*(?:(?:Jahren?|J\.)(?: alt)?)?",
    re.IGNORECASE,
)
_HOST: Final = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_AT: Final = re.compile(r"\s*(?:\(at\)|\[at\]|\{at\}|\(ät\)|\sat\s)\s*", re.IGNORECASE)
_DOT: Final = re.compile(r"\s*(?:\((?:dot|punkt)\)|\[(?:dot|punkt)\])\s*", re.IGNORECASE)
_LABEL: Final = re.compile(r"^(?:Tel(?:efon)?|Fon|Mobil|Handy)\b\.?:?\s*", re.IGNORECASE)
_SHORT: Final = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])", re.IGNORECASE)
_BARE: Final = re.compile(r"[0-9a-f]{6}", re.IGNORECASE)


def meant(text: str, shape: Shape, key: str) -> str | None:
    """Give the value that a text can only mean under this key; None where it could be two."""
    found = {value for value in _others(text, shape.name, key) if _fits(value, shape)}
    return found.pop() if len(found) == 1 else None


def _fits(value: str, shape: Shape) -> bool:
    try:
        shape.read(value)
    except Slip as slip:
        # The same colour, written in full, may be too pale: that is another thing to tell.
        return slip.code == "pale-accent"
    return True


def _others(text: str, name: str, key: str) -> Iterable[str]:
    if name == "number":
        return _age(text, key)
    return _READINGS[name](text) if name in _READINGS else ()


def _degrees(text: str) -> Iterator[str]:
    yield text.rstrip("° ").replace(",", ".", 1)


def _email(text: str) -> Iterator[str]:
    bare = re.sub(r"^(?:mailto:|E-?Mail:)\s*", "", text, flags=re.IGNORECASE).strip("<>")
    yield _DOT.sub(".", _AT.sub("@", bare))


def _phone(text: str) -> Iterator[str]:
    bare = _LABEL.sub("", text)
    first, *rest = bare.split(".")
    if re.fullmatch(r"[0-9.]+", bare):
        yield f"{first} {''.join(rest)}".strip()
    elif bare != text:
        yield bare


def _language(text: str) -> Iterator[str]:
    code = _codes().get(text.strip(". ").casefold())
    yield from (code,) if code else ()


def _zone(text: str) -> Iterator[str]:
    city = text.rpartition("/")[2].replace(" ", "_").casefold()
    for zone in zonedata.names():
        if zone.rpartition("/")[2].casefold() == city:
            yield zone


def _colour(text: str) -> Iterator[str]:
    if hit := _SHORT.fullmatch(text):
        yield "#" + "".join(digit * 2 for digit in hit.groups()).lower()
    elif _BARE.fullmatch(text):
        yield f"#{text.lower()}"


def _age(text: str, key: str) -> Iterator[str]:
    """Read an age in words, unless they say the other end of the span."""
    hit = _AGE.fullmatch(text.strip())
    if hit and not (hit[1] and key.startswith("max")) and not (hit[2] and key.startswith("min")):
        yield hit[3]


def _address(text: str) -> Iterator[str]:
    bare = re.sub(r"^(?:https?[:;]?/{0,3}|//)", "", text, flags=re.IGNORECASE)
    if _HOST.fullmatch(bare):
        yield f"http://{bare}" if text.lower().startswith("http:") else f"https://{bare}"


def _without_clock(text: str) -> Iterator[str]:
    try:
        moment = dates.read_moment(text)
    except dates.DateError:
        return
    if moment.clock is not None:
        yield str(moment.day)


@functools.cache
def _codes() -> dict[str, str]:
    """Map the names of languages, in German, in English and in themselves, to their codes."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - 60 ms, and only for a slip

    found: dict[str, str] = {}
    german, english = Locale("de").languages, Locale("en").languages
    for code in sorted(german, key=len):
        if not re.fullmatch("[a-z]{2,3}", code):
            continue
        try:
            own = Locale(code).get_display_name() if len(code) == len("de") else None
        except UnknownLocaleError:
            own = None
        for name in (german[code], english.get(code), own):
            if name:
                found.setdefault(words.one_line(str(name)).casefold(), code)
    return found


_READINGS: Final[dict[str, Callable[[str], Iterable[str]]]] = {
    "colour": _colour,
    "day": _without_clock,
    "degrees": _degrees,
    "email": _email,
    "language": _language,
    "phone": _phone,
    "timezone": _zone,
    "url": _address,
}
"""Name of a shape → other ways to read a text."""
