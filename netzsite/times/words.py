"""The words and signs in which people write hours and recurrences, in every known language.

A text becomes a row of tokens with their places in it, and a `Cursor` walks along them. The words
are a table for each language, all of which are read at once; a further language is a further table.
What the words add up to is known to `hours` and `recurrence`, not here.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, Never

import msgspec

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


class Words(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How one language says it. Forms are parted by `|`; the first form is the one we write."""

    days: tuple[str, ...]
    """Monday to Sunday: short, long, further forms."""
    months: tuple[str, ...]
    """January to December."""
    ordinals: tuple[str, ...]
    """First to twelfth, as far as people write them as words, then last."""
    numbers: tuple[str, ...]
    """Two to twelve."""
    phrases: dict[str, str]
    """Kind of token to forms."""
    endings: dict[int, str]
    """What follows the digits of an ordinal; 0 is for all that aren't named."""
    patterns: dict[str, str]
    """What is only written, with gaps."""

    def form(self, kind: str) -> str:
        """Give the words that are written for a kind of token."""
        return self.phrases[kind].split("|")[0]

    def short_day(self, day: int) -> str:
        """Give the short name of a weekday, 1 for Monday."""
        return self.days[day - 1].split("|")[0]

    def long_day(self, day: int) -> str:
        """Give the full name of a weekday, 1 for Monday."""
        return self.days[day - 1].split("|")[1]

    def month(self, month: int) -> str:
        """Give the name of a month."""
        return self.months[month - 1].split("|")[0]

    def ordinal(self, number: int) -> str:
        """Write `2.`, `2nd`, or the word for the last."""
        if number < 0:
            return self.ordinals[-1].split("|")[0]
        return f"{number}{self.endings.get(number, self.endings[0])}"

    def date(self, day: date) -> str:
        """Write a date so that it can be read aloud: `1. März 2026`."""
        month = self.month(day.month)
        return self.patterns["date"].format(day=day.day, month=month, year=day.year)

    def join(self, parts: Sequence[str]) -> str:
        """Write a list: `Mo, Mi und Fr`."""
        if not parts:
            return ""
        *head, last = parts
        return f"{', '.join(head)} {self.form('and')} {last}" if head else last


GERMAN: Final = Words(
    days=(
        "Mo|Montag|montags", "Di|Dienstag|dienstags", "Mi|Mittwoch|mittwochs",
        "Do|Donnerstag|donnerstags", "Fr|Freitag|freitags",
        "Sa|Samstag|samstags|Sonnabend|sonnabends", "So|Sonntag|sonntags",
    ),
    months=(
        "Januar|Jan|Jänner", "Februar|Feb", "März", "April|Apr", "Mai", "Juni|Jun", "Juli|Jul",
        "August|Aug", "September|Sep|Sept", "Oktober|Okt", "November|Nov", "Dezember|Dez",
    ),
    ordinals=(
        "ersten|erste|erster|erstes", "zweiten|zweite|zweiter|zweites",
        "dritten|dritte|dritter|drittes", "vierten|vierte|vierter|viertes",
        "fünften|fünfte|fünfter|fünftes", "letzten|letzte|letzter|letztes",
    ),
    numbers=(
        "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
    ),
    phrases={
        "all-days": "täglich",
        # Narrower than the law, where Saturday is a Werktag: better a door that opens unannounced
        # than a family before a closed one. What is written back says which days were understood.
        "workdays": "werktags|an Werktagen|wochentags",
        "weekend": "am Wochenende|an Wochenenden|Wochenende",
        "every": "jeden|jede|jeder|jedes|immer",
        "on": "am|an",
        "in": "im|in",
        "and": "und|sowie|u",
        "to": "bis|bis zum|bis zur",
        "since": "ab|ab dem",
        "off": "von|vom",
        "valid": "gültig",
        "clock": "Uhr|h",
        "all-day": "rund um die Uhr",
        "in-month": "im Monat|des Monats|jeden Monats|eines Monats|eines jeden Monats",
        "even": "in geraden Wochen|in geraden Kalenderwochen|in geraden KW|gerade Wochen"
        "|gerade Kalenderwochen|gerade KW",
        "odd": "in ungeraden Wochen|in ungeraden Kalenderwochen|in ungeraden KW|ungerade Wochen"
        "|ungerade Kalenderwochen|ungerade KW",
        "appointment": "nach Vereinbarung|nach Terminvereinbarung|nach Absprache|n. V."
        "|Termin nach Vereinbarung|Termine nach Vereinbarung",
        "only": "nur",
        "also": "auch",
        "not": "nicht|außer",
        "closed": "geschlossen",
        "open": "geöffnet|offen",
        "school": "in den Schulferien|während der Schulferien|in den Ferien|während der Ferien",
        "outside": "außerhalb der Schulferien|außerhalb der Ferien",
        "public": "an Feiertagen|an gesetzlichen Feiertagen|feiertags",
        "each": "alle",
        "unit-day": "Tag|Tage|Tagen|tägig",
        "unit-week": "Woche|Wochen|wöchig",
        "unit-month": "Monat|Monate|Monaten",
        "unit-year": "Jahr|Jahre|Jahren",
        "weekly": "wöchentlich",
        "fortnightly": "vierzehntägig|zweiwöchentlich",
        "monthly": "monatlich",
        "yearly": "jährlich",
        "times": "Mal",
    },
    endings={0: "."},
    patterns={
        "date": "{day}. {month} {year}", "hour": "{hour}", "clock": " Uhr",
        "since-time": "ab {}", "each-nth": "jeden {} im Monat", "since": "ab {}", "until": "bis {}",
        "between": "vom {} bis {}", "school-closed": "in den Schulferien geschlossen",
        "school-only": "nur in den Schulferien", "public-open": "an Feiertagen geöffnet",
        "daily": "täglich", "daily-each": "alle {} Tage",
        "weekly": "wöchentlich", "weekly-each": "alle {} Wochen", "weekly-days": "jeden {}",
        "monthly": "monatlich", "monthly-each": "alle {} Monate",
        "yearly": "jährlich", "yearly-each": "alle {} Jahre",
        "on-days": " am {}", "on-nth": " am {}",
        "last-day": "letzten Tag", "in-months": " im {}", "of-month": " {}",
        "times": ", {} Mal",
    },
)  # fmt: skip

ENGLISH: Final = Words(
    days=(
        "Mon|Monday|Mondays", "Tue|Tuesday|Tuesdays|Tues", "Wed|Wednesday|Wednesdays",
        "Thu|Thursday|Thursdays|Thur|Thurs", "Fri|Friday|Fridays", "Sat|Saturday|Saturdays",
        "Sun|Sunday|Sundays",
    ),
    months=(
        "January|Jan", "February|Feb", "March|Mar", "April|Apr", "May", "June|Jun", "July|Jul",
        "August|Aug", "September|Sep|Sept", "October|Oct", "November|Nov", "December|Dec",
    ),
    ordinals=("first", "second|other", "third", "fourth", "fifth", "last"),
    numbers=(
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ),
    phrases={
        "all-days": "daily",
        "workdays": "on weekdays|weekdays",
        "weekend": "at weekends|weekends|at the weekend",
        "every": "every|each",
        "on": "on|on the",
        "in": "in|of",
        "and": "and",
        "to": "to|until|till|through",
        "from": "from",
        "valid": "valid",
        "all-day": "around the clock",
        "in-month": "of the month|of every month|of each month|in the month",
        "even": "in even weeks|even weeks",
        "odd": "in odd weeks|odd weeks",
        "appointment": "by appointment|by arrangement",
        "only": "only",
        "also": "also",
        "not": "not|except",
        "closed": "closed",
        "open": "open",
        "school": "during school holidays|during the school holidays|in school holidays"
        "|in the school holidays",
        "outside": "outside school holidays|outside the school holidays",
        "public": "on public holidays",
        "unit-day": "day|days",
        "unit-week": "week|weeks",
        "unit-month": "month|months",
        "unit-year": "year|years",
        "weekly": "weekly",
        "fortnightly": "fortnightly|every fortnight",
        "monthly": "monthly",
        "yearly": "yearly|annually",
        "times": "times",
    },
    endings={0: "th", 1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"},
    patterns={
        "date": "{day} {month} {year}", "hour": "{hour}:00", "clock": "",
        "since-time": "from {}", "each-nth": "every {} of the month", "since": "from {}",
        "until": "until {}", "between": "from {} to {}",
        "school-closed": "closed during school holidays",
        "school-only": "only during school holidays", "public-open": "open on public holidays",
        "daily": "daily", "daily-each": "every {} days",
        "weekly": "weekly", "weekly-each": "every {} weeks", "weekly-days": "every {}",
        "monthly": "monthly", "monthly-each": "every {} months",
        "yearly": "yearly", "yearly-each": "every {} years",
        "on-days": " on {}", "on-nth": " on the {}",
        "last-day": "last day", "in-months": " in {}", "of-month": " of {}",
        "times": ", {} times",
    },
)  # fmt: skip

LANGUAGES: Final = {"de": GERMAN, "en": ENGLISH}


class Token(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One word, number or sign: what kind, which number it stands for, and where it stands.

    The number of a time is minutes since midnight, of a date its proleptic Gregorian ordinal, of
    a weekday 1 for Monday to 7 for Sunday, of an ordinal 1 for the first and -1 for the last.
    """

    kind: str
    number: int = 0
    start: int
    end: int


def words(language: str) -> Words:
    """Give the words of a language by its BCP 47 tag; `LookupError` when it has none here."""
    return LANGUAGES[language.partition("-")[0]]


def scan(text: str, error: type[TextError]) -> tuple[Token, ...]:
    """Take a text apart; the last token has the kind "end". Raises `error` for what is unknown."""
    if len(text) > LONGEST:
        raise error("too-long", LONGEST, len(text))
    lexemes = [hit for hit in _LEXEME.finditer(text) if hit.lastgroup != "blank"]
    if not lexemes:
        raise error("empty", 0, len(text))
    return (*_tokens(lexemes, error), Token(kind="end", start=len(text), end=len(text)))


_LEXEME: Final = re.compile(
    r"""(?P<blank> [^\S\n]+ | \. (?=\s*\Z) )
      | (?P<iso> [0-9]{4} - [0-9]{2} - [0-9]{2} (?![0-9]) )
      | (?P<english> [0-9]{1,3} (?:st|nd|rd|th) (?![^\W\d_]) )
      | (?P<digits> [0-9]+ (?: [.:] [0-9]+ )* \.? )
      | (?P<word> [^\W\d_] (?: [^\W\d_] | [\u0300-\u036f] )* \.? )
      | (?P<sign> . )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SIGNS: Final = {
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2212", "dash"),
    **dict.fromkeys("&+/", "and"), ",": "comma", ";": "break", "\n": "break", ":": "colon",
}  # fmt: skip
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
        if hit.lastgroup != "sign":
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
        while self.skip_joint("day", *GROUPS) or self._skip_repeated_filler():
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
