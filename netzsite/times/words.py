"""The words and signs in which people write hours and recurrences, in every known language.

A text becomes a row of tokens with their places in it, and a `Cursor` walks along them. The words
are in `vocabulary`, and those of all languages are read at once.
What the words add up to is known to `hours` and `recurrence`, not here.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Final, Never

import msgspec

from netzsite.times.vocabulary import LANGUAGES, Words

LONGEST: Final = 500
"""No honest text is longer, in characters; it bounds what a hostile one may cost."""
YEARS: Final = range(1900, 2201)
"""A year outside is a slip of the hand, and far from where a date's arithmetic ends."""
ALL_DAYS: Final = (1, 2, 3, 4, 5, 6, 7)
REASONS: Final = (
    "ambiguous", "empty", "end-before-start", "impossible-date", "impossible-time", "misplaced",
    "no-day", "no-end", "no-start", "no-time", "no-year", "overlap", "repeated", "too-long",
    "unknown-word", "unsupported-combination", "unsupported-frequency", "unsupported-part",
    "unsupported-value",
)  # fmt: skip
"""Every reason that a `TextError` may have; `unsupported-…` are of recurrences only."""
GROUPS: Final = {"all-days": ALL_DAYS, "workdays": (1, 2, 3, 4, 5), "weekend": (6, 7)}
_HOURS: Final = 24
_MINUTES: Final = 60
_DIGITS: Final = 5
_MONTHS: Final = range(1, 13)


class TextError(ValueError):
    """A text that can't be read without guessing.

    `reason` is a stable name ("unknown-word"), `start` and `end` are offsets into the text,
    counted from 0 in characters, of the part that isn't understood.
    """

    def __init__(self, reason: str, start: int, end: int) -> None:
        super().__init__(reason, start, end)
        self.reason: Final = reason
        self.start: Final = start
        self.end: Final = end

    def __str__(self) -> str:
        return f"{self.reason} at {self.start} to {self.end}"


class Token(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One word, number or sign: what kind, which number it stands for, and where it stands.

    The number of a time is minutes since midnight, of a date its proleptic Gregorian ordinal, of
    a weekday 1 for Monday to 7 for Sunday, of an ordinal 1 for the first and -1 for the last.
    """

    kind: str
    number: int = 0
    start: int
    end: int


def scan(text: str, error: type[TextError]) -> tuple[Token, ...]:
    """Take a text apart; the last token has the kind "end". Raises `error` for what is unknown."""
    if len(text) > LONGEST:
        raise error("too-long", LONGEST, len(text))
    lexemes = [hit for hit in _LEXEME.finditer(text) if hit.lastgroup != "blank"]
    if not lexemes:
        raise error("empty", 0, len(text))
    found = (token for token in _tokens(lexemes, error) if token.kind != "filler")
    return (*found, Token(kind="end", start=len(text), end=len(text)))


_LEXEME: Final = re.compile(
    r"""(?P<blank> [^\S\n]+ | [)] | \. (?=\s*\Z) )
      | (?P<sundays> (?:an\s+)? sonn- \s* (?:und|u\.|&) \s* feiertag(?:s|en|e)? \b )
      | (?P<always> 24 \s* / \s* 7 (?![0-9]) | 24 \s+ (?:Stunden|hours) \b )
      | (?P<iso> [0-9]{4} - [0-9]{2} - [0-9]{2} (?![0-9]) )
      | (?P<english> [0-9]{1,3} (?:st|nd|rd|th) (?![^\W\d_]) )
      | (?P<digits> [0-9]+ (?: [.:] [0-9]+ )* \.? )
      | (?P<word> [^\W\d_] (?: [^\W\d_] | [\u0300-\u036f] )* \.? )
      | (?P<sign> . )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SIGNS: Final = {
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2212", "dash"),
    **dict.fromkeys("&+/", "and"), **dict.fromkeys(",(", "comma"),
    **dict.fromkeys(";|\n", "break"), ":": "colon",
}  # fmt: skip
_WHOLE: Final = {"always": "all-day", "sundays": "sundays-public"}
"""Words with signs in them → kinds."""
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def _fold(word: str) -> str:
    """Make spellings equal: case, `ß` and `ss`, `ä` and `ae`, composed and decomposed, a dot."""
    return unicodedata.normalize("NFC", word).casefold().translate(_UMLAUTS).removesuffix(".")


def _forms(table: Words) -> Iterator[tuple[str, int, str]]:
    named = (("day", table.days), ("month", table.months), ("ordinal", table.ordinals))
    for kind, rows in named:
        for number, forms in enumerate(rows, start=1):
            last = kind == "ordinal" and number == len(rows)
            yield kind, -1 if last else number, forms
    for number, forms in enumerate(table.numbers, start=2):
        yield "count", number, forms
    for kind, forms in table.phrases.items():
        yield kind, 0, forms


_LEXICON: Final = {
    tuple(_fold(word) for word in form.split()): (kind, number)
    for table in LANGUAGES.values()
    for kind, number, forms in _forms(table)
    for form in forms.split("|")
}
_LONGEST_PHRASE: Final = max(map(len, _LEXICON))


def _tokens(lexemes: list[re.Match[str]], error: type[TextError]) -> Iterator[Token]:
    at = 0
    while at < len(lexemes):
        hit = lexemes[at]
        if hit.lastgroup == "word":
            token, used = _phrase(lexemes[at : at + _LONGEST_PHRASE], error)
            yield token
            at += used
            continue
        at += 1
        if hit.lastgroup in _WHOLE:
            yield Token(kind=_WHOLE[hit.lastgroup], start=hit.start(), end=hit.end())
        elif hit.lastgroup != "sign":
            yield _numeral(hit, error)
        elif hit[0] in _SIGNS:
            yield Token(kind=_SIGNS[hit[0]], start=hit.start(), end=hit.end())
        else:
            raise error("unknown-word", *hit.span())


def _phrase(lexemes: list[re.Match[str]], error: type[TextError]) -> tuple[Token, int]:
    """Find the longest known phrase that these begin with; give it and how many it takes."""
    folded: list[str] = []
    for hit in lexemes:
        if hit.lastgroup != "word":
            break
        folded.append(_fold(hit[0]))
    for length in range(len(folded), 0, -1):
        if found := _LEXICON.get(tuple(folded[:length])):
            kind, number = found
            start, end = lexemes[0].start(), lexemes[length - 1].end()
            return Token(kind=kind, number=number, start=start, end=end), length
    raise error("unknown-word", *lexemes[0].span())


def _numeral(hit: re.Match[str], error: type[TextError]) -> Token:
    """Tell times, dates, ordinals and bare numbers apart by their form alone."""
    start, end = hit.span()
    parts = [int(part) for part in re.findall("[0-9]{1,9}", hit[0])]
    if hit.lastgroup == "english":
        return Token(kind="ordinal", number=parts[0], start=start, end=end)
    if hit.lastgroup == "iso":
        return _date(parts, start, end, error)
    if re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}\.?", hit[0]):
        return _date(parts[::-1], start, end, error)
    if re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,2}\.([0-9]{2})?", hit[0]) and parts[1] in _MONTHS:
        raise error("no-year", start, end)
    if re.fullmatch(r"[0-9]{1,2}[.:][0-9]{2}\.?", hit[0]):
        kind = "dotted" if "." in hit[0][:3] else "time"
        hour, minute = parts
        if hour > _HOURS or minute >= _MINUTES or (hour == _HOURS and minute):
            raise error("impossible-time", start, end)
        return Token(kind=kind, number=hour * _MINUTES + minute, start=start, end=end)
    if len(parts) > 1 or len(hit[0]) > _DIGITS:
        raise error("impossible-time", start, end)
    kind = "ordinal" if hit[0].endswith(".") else "number"
    return Token(kind=kind, number=parts[0], start=start, end=end)


def _date(parts: list[int], start: int, end: int, error: type[TextError]) -> Token:
    """Make a date's token from year, month, day."""
    try:
        day = date(*parts)
    except ValueError:
        raise error("impossible-date", start, end) from None
    if day.year not in YEARS:
        raise error("impossible-date", start, end)
    return Token(kind="date", number=day.toordinal(), start=start, end=end)


class Cursor:
    """A place in a row of tokens, and what hours and recurrences read alike."""

    def __init__(self, text: str, error: type[TextError]) -> None:
        self.error: Final = error
        self.tokens: Final = scan(text, error)
        self.place = 0

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.place]

    @property
    def last(self) -> Token:
        """The token that was taken last."""
        return self.tokens[self.place - 1]

    def at(self, *kinds: str, ahead: int = 0) -> bool:
        """Tell whether the token so many places ahead is of one of these kinds."""
        place = self.place + ahead
        return place < len(self.tokens) and self.tokens[place].kind in kinds

    def take(self, *kinds: str) -> Token | None:
        """Step over the next token and give it, if it is of one of these kinds."""
        if not self.at(*kinds):
            return None
        self.place += 1
        return self.last

    def need(self, *kinds: str) -> Token:
        """Take a token of one of these kinds or refuse the one that is there."""
        return self.take(*kinds) or self.refuse("misplaced")

    def refuse(self, reason: str, start: int | None = None, end: int | None = None) -> Never:
        """Raise the error about the next token, at the end the last, or about the part given."""
        token = self.last if self.at("end") and self.place else self.token
        raise self.error(
            reason, token.start if start is None else start, token.end if end is None else end
        )

    def at_date(self, ahead: int = 0) -> bool:
        """Tell whether a date begins so many tokens ahead (`1.3.2026`, `1. März 2026`)."""
        if self.at("number", "ordinal", ahead=ahead):
            return self.at("month", ahead=ahead + 1)
        return self.at("date", ahead=ahead)

    def date(self) -> date:
        """Read the date that is next."""
        if not (token := self.take("date")):
            day, month = self.need("number", "ordinal"), self.need("month")
            if not (year := self.take("number")):
                self.refuse("no-year", day.start, month.end)
            parts = [year.number, month.number, day.number]
            token = _date(parts, day.start, year.end, self.error)
        return date.fromordinal(token.number)

    def ordinals(self) -> tuple[Token, ...]:
        """Read `1.`, `1. und 3.`, `1., 3. und letzten`."""
        found = [self.need("ordinal")]
        while self.skip_joint("ordinal"):
            found.append(self.need("ordinal"))
        if len({token.number for token in found}) < len(found):
            self.refuse("repeated", found[0].start, found[-1].end)
        return tuple(found)

    def skip_joint(self, *kinds: str) -> bool:
        """Step over a comma and an `und`, if a token of these kinds follows."""
        length = 0
        while self.at("comma", "and", ahead=length):
            length += 1
        if not length or not self.at(*kinds, ahead=length):
            return False
        self.place += length
        return True

    def days(self) -> tuple[int, ...]:
        """Read `Mo`, `Mo–Do`, `Mo, Mi und Fr`, `werktags und samstags`, in that order."""
        start = self.token.start
        found = list(self._day_range())
        while self.skip_joint("day", *GROUPS) or self._skip_repeated_filler() or self.at("day"):
            found.extend(self._day_range())
        if len(set(found)) < len(found):
            self.refuse("repeated", start, self.last.end)
        return tuple(sorted(found))

    def _skip_repeated_filler(self) -> bool:
        """Step over `und jeden`, if a plain weekday follows."""
        length = 0
        while self.at("comma", "and", ahead=length):
            length += 1
        if length and self.at("every", "on", ahead=length) and self.at("day", ahead=length + 1):
            self.place += length + 1
            return True
        return False

    def _day_range(self) -> tuple[int, ...]:
        first = self.need("day", *GROUPS)
        if first.kind in GROUPS:
            return GROUPS[first.kind]
        if not self.at("dash", "to") or not self.at("day", ahead=1):
            return (first.number,)
        self.place += 1
        last = self.need("day")
        if self.at("dash", "to") and self.at("day", ahead=1):
            self.refuse("ambiguous", first.start, self.tokens[self.place + 1].end)
        if first.number == last.number:
            self.refuse("ambiguous", first.start, last.end)
        length = (last.number - first.number) % len(ALL_DAYS) + 1
        return tuple((first.number + step - 1) % len(ALL_DAYS) + 1 for step in range(length))
