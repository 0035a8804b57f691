"""The shapes a single written value can have: text → typed value, or a ``Slip``.

A shape also says its JSON Schema, so that completion in an editor and the build agree. Types for
records are made here once (``Line``, ``Day``, ``ActorId`` …) and used in annotations.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Final, Literal, Protocol
from urllib.parse import urlsplit

from msgspec import Struct, field

from netzsite import contrast, urls
from netzsite import text as words
from netzsite.markdown.plain import without_marks
from netzsite.media.medium import is_picture_name
from netzsite.times import dates
from netzsite.times.dates import DateError, Moment, PartialDate
from netzsite.times.holidays import RegionError, check_region
from netzsite.times.hours import Hours
from netzsite.times.hours_text import HoursError, read_hours
from netzsite.times.recurrence import Recurrence, RecurrenceError
from netzsite.times.recurrence_text import read_recurrence
from netzsite.times.zonedata import zone


class Slip(ValueError):  # noqa: N818 - a slip of the pen is no error of the program
    """A value that doesn't fit; ``start`` and ``end`` are offsets into the written text.

    ``mend`` is what must stand between them, where that is certain.
    """

    def __init__(
        self,
        code: str,
        start: int = 0,
        end: int | None = None,
        *,
        mend: str | None = None,
        **facts: str,
    ) -> None:
        super().__init__(code)
        self.code, self.start, self.end, self.mend, self.facts = code, start, end, mend, facts


class Shape(Protocol):
    """How one written scalar becomes a value."""

    name: str
    """The shape's word in the catalogue (``kinds.value``)."""

    def read(self, text: str) -> object:
        """Turn the written text into the value; raises ``Slip``."""

    def schema(self) -> dict[str, object]:
        """Give its JSON Schema (draft 2020-12)."""


class Written(Struct, frozen=True, eq=False):
    """A text that a function reads, with an optional pattern for JSON Schema."""

    name: str
    parse: Callable[[str], object]
    json: dict[str, object] = field(default_factory=lambda: {"type": "string"})

    def read(self, text: str) -> object:
        """Read the text by the function."""
        return self.parse(text)

    def schema(self) -> dict[str, object]:
        """Give the schema it was made with."""
        return self.json


class Refers(Struct, frozen=True):
    """The id of a record of one kind."""

    kind: str
    name: str = "id"
    parse: Callable[[str], str] = str

    def read(self, text: str) -> str:
        """Take the id as it stands; whether it exists is known when all records are."""
        return self.parse(text)

    def schema(self) -> dict[str, object]:
        """Say that it is an id."""
        if self.kind == "medium":
            return {"type": "string"}
        return {"type": "string", "pattern": ID_PATTERN}


_GERMAN: Final = {
    "abgesprochen": "agreed",
    "aktiv": "active",
    "anruf": "phone",
    "beendet": "ended",
    "entfallen": "dropped",
    "erledigt": "done",
    "geplant": "planned",
    "kein": "none",
    "keine": "none",
    "laeuft": "active",
    "mit-termin": "appointment",
    "nach-vereinbarung": "appointment",
    "nein": "none",
    "nicht-noetig": "none",
    "ohne": "none",
    "ohne-anmeldung": "none",
    "online": "form",
    "pause": "paused",
    "pausiert": "paused",
    "telefon": "phone",
    "telefonisch": "phone",
    "termin": "appointment",
    "vereinbart": "agreed",
    "zu-ende": "ended",
}
"""Words that German editors write where a list has English ones."""


class Choice(Struct, frozen=True):
    """One word of a short list."""

    words: tuple[str, ...]
    name: str = "choice"

    def read(self, text: str) -> str:
        """Take a listed word, or the German one for it; raises ``Slip`` with the nearest one."""
        if text in self.words:
            return text
        meant = _GERMAN.get(words.slug(text), "")
        if meant in self.words:
            return meant
        holding = [word for word in self.words if words.slug(text) in word.split("-")]
        right = words.slip_of(text, self.words) or (holding[0] if len(holding) == 1 else None)
        guess = right or words.nearest(text, self.words)
        choices = ", ".join(self.words)
        if guess:
            raise Slip("not-in-list", mend=right, value=text, choices=choices, guess=guess)
        raise Slip("not-in-list", value=text, choices=choices)

    def schema(self) -> dict[str, object]:
        """List the words."""
        return {"type": "string", "enum": list(self.words)}


class Whole(Struct, frozen=True):
    """A whole number between two bounds."""

    least: int
    most: int
    name: str = "number"

    def read(self, text: str) -> int:
        """Read the digits; raises ``Slip``."""
        if re.fullmatch(r"[+-]?[0-9]{1,9}", text) and self.least <= int(text) <= self.most:
            return int(text)
        raise Slip("bad-value", value=text, wanted="@number", example=str(max(self.least, 6)))

    def schema(self) -> dict[str, object]:
        """Give the bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Degrees(Struct, frozen=True):
    """A geographic coordinate in degrees (WGS 84)."""

    most: float
    name: str = "degrees"

    def read(self, text: str) -> float:
        """Read a decimal number with a point; raises ``Slip``."""
        if re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]{1,10})?", text) and abs(float(text)) <= self.most:
            return float(text)
        raise Slip("bad-value", value=text, wanted="@degrees", example="50.3772")

    def schema(self) -> dict[str, object]:
        """Give the bounds."""
        return {"type": "number", "minimum": -self.most, "maximum": self.most}


ID_PATTERN: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}@(?:[a-z0-9äöüß-]{1,63}\.)+[a-z]{2,24}", re.IGNORECASE
)
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()/–-]{3,30}[0-9]")
_SERVICE_NUMBER: Final = re.compile(r"[0-9](?: ?[0-9]){2,14}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-simple)?")
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_YES: Final = frozenset({"true", "yes", "ja"})
_NO: Final = frozenset({"false", "no", "nein"})
MAX_LINE: Final = 300
MIN_DIGITS, MAX_DIGITS = 5, 15  # ITU-T E.164
MAX_PROSE: Final = 4_000


def _line(text: str) -> str:
    if len(text) > MAX_LINE:
        raise Slip("bad-value", value=words.excerpt(text, 40), wanted="@line", example="…")
    return without_marks(words.one_line(text))


def _prose(text: str) -> str:
    if len(text) > MAX_PROSE:
        raise Slip("bad-value", value=words.excerpt(text, 40), wanted="@prose", example="…")
    return without_marks(text.strip())


def _flag(text: str) -> bool:
    if text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    raise Slip("bad-value", value=text, wanted="@flag", example="true")


def _day(text: str) -> date:
    try:
        return dates.read_day(text)
    except DateError as error:
        raise Slip(error.code, value=text) from None


def _partial(text: str) -> PartialDate:
    try:
        return dates.read_partial(text)
    except DateError as error:
        raise Slip(error.code, value=text) from None


def _moment(text: str) -> Moment:
    try:
        return dates.read_moment(text)
    except DateError as error:
        raise Slip(error.code, value=text, clock="@clock") from None


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = None
    if not good or re.search(r"[\s<>\"'`\\{}|^]", text) or len(text) > MAX_LINE:
        raise Slip("bad-value", value=text, wanted="@url", example="https://example.org/")
    if words.refused(text):
        raise Slip("bad-value", value=text, wanted="@url", example="https://example.org/")
    if urls.is_misleading(text):
        raise Slip("misleading-link", link=text)
    return text


def read_base_url(text: str) -> str:
    """Read the address a site stands at, without a slash at its end; raises ``Slip``."""
    bare = text.rstrip("/")
    parts = urlsplit(_url(bare)) if "@" not in bare else urlsplit("")
    # The path stands in settings of hosts, where „$“ or „;“ would mean something.
    strange = parts.query or parts.fragment or not urls.is_address(parts.path or "/")
    if strange or not parts.netloc:
        raise Slip("bad-value", value=text, wanted="@url", example="https://example.org/")
    return bare


def _edit_url(text: str) -> str:
    if text.count("{path}") != 1:
        example = "https://example.org/edit/main/{path}"
        raise Slip("bad-value", value=text, wanted="@edit_url", example=example)
    try:
        _url(text.replace("{path}", "x"))
    except Slip:
        example = "https://example.org/edit/main/{path}"
        raise Slip("bad-value", value=text, wanted="@edit_url", example=example) from None
    return text


def _matching(pattern: re.Pattern[str], wanted: str, example: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if pattern.fullmatch(text):
            return text
        raise Slip("bad-value", value=text, wanted=f"@{wanted}", example=example)

    return read


_colour: Final = _matching(_COLOUR, "colour", "#1f6f5c")


def _accent(text: str) -> str:
    accent = _colour(text).lower()
    if contrast.serves(accent):
        return text
    raise Slip(
        "pale-accent",
        value=text,
        light=f"{contrast.contrast(accent, contrast.WHITE):.1f}",
        dark=f"{contrast.contrast(contrast.in_dark_theme(accent), contrast.WHITE):.1f}",
        least=f"{contrast.LEAST:g}",
        near=contrast.nearest(accent),
    )


def _phone(text: str) -> str:
    if _PHONE.fullmatch(text) and MIN_DIGITS <= sum(char.isdigit() for char in text) <= MAX_DIGITS:
        return words.one_line(text)
    raise Slip("bad-value", value=text, wanted="@phone", example="0261 123456")


def _service_number(text: str) -> str:
    """Read what a telephone network gives services: 110, 116 117, 0800 1110111; no country code."""
    if _SERVICE_NUMBER.fullmatch(text):
        return words.one_line(text)
    return _phone(text)


def _alias(text: str) -> str:
    path = text if text.startswith("/") else "/" + text
    if "." not in path.rsplit("/", 1)[-1] and not path.endswith("/"):
        path += "/"
    if not urls.is_address(path) or path == "/":
        raise Slip("bad-value", value=text, wanted="@alias", example="/alte-adresse/")
    if urls.is_reserved(path):
        raise Slip("reserved-address", address=path)
    return path


def _picture_file(text: str) -> str:
    if text.startswith("/") and not text.startswith("/media/"):
        raise Slip("leaves-site", value=text)
    path = text.removeprefix("/")
    if not path.startswith("media/"):
        path = "media/" + path
    if ".." in path.split("/") or "\\" in path or ":" in path:
        raise Slip("leaves-site", value=text)
    if not is_picture_name(path):
        raise Slip("not-a-picture", picture=path)
    return path


def _timezone(text: str) -> str:
    try:
        zone(text)
    except LookupError:
        raise Slip("bad-value", value=text, wanted="@timezone", example="Europe/Berlin") from None
    return text


def _hours(text: str) -> Hours:
    try:
        return read_hours(text)
    except HoursError as error:
        part = text[error.start : error.end]
        reason = f"@{error.reason}"
        raise Slip("bad-hours", error.start, error.end, part=part, reason=reason) from None


def _repeat(text: str) -> Recurrence:
    try:
        return read_recurrence(text)
    except RecurrenceError as error:
        part = text[error.start : error.end]
        reason = f"@{error.reason}"
        raise Slip("bad-repeat", error.start, error.end, part=part, reason=reason) from None


def _region(text: str) -> str:
    try:
        check_region(text)
    except RegionError as error:
        if error.suggestions:
            guess = error.suggestions[0]
            mend = guess if len(error.suggestions) == 1 else None
            raise Slip("unknown-region", mend=mend, value=text, guess=guess) from None
        raise Slip("unknown-region", value=text) from None
    return text


def _term(text: str) -> str:
    if not words.is_id(text):
        guess = words.slug(text) or "kuerzel"
        raise Slip("bad-value", value=text, wanted="@id", example=guess)
    return text


def _note(text: str) -> None:
    """Read and forget: an internal note is no part of a record, so it can't leave."""


# A postal code or a phone number is a number to an editor's tool, and a text to us.
_TEXT_JSON: Final[dict[str, object]] = {"type": ["string", "number"]}
_STRING: Final[dict[str, object]] = {"type": "string"}
_DAY_PATTERN: Final = (
    r"^([A-Za-z]+\.?,?\s+(den\s+)?)?([0-9]{4}[-–—][0-9]{1,2}[-–—][0-9]{1,2}"
    r"|[0-9]{1,2}\.\s?[0-9]{1,2}\.\s?[0-9]{4}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
    r"|[0-9]{1,2}\.?\s*[A-Za-zä]+\.?\s*[0-9]{4})([T ,].*)?$"
)
_DATE_JSON: Final[dict[str, object]] = {"type": "string", "pattern": _DAY_PATTERN}
_PARTIAL_JSON: Final[dict[str, object]] = {
    "type": "string",
    "pattern": rf"{_DAY_PATTERN}|^[0-9]{{4}}[-–—][0-9]{{1,2}}$|^[A-Za-zä]+\.?\s+[0-9]{{4}}$",
}
_FLAG_JSON: Final[dict[str, object]] = {
    "type": ["boolean", "string"],
    "pattern": "^([Tt]rue|[Yy]es|[Jj]a|[Ff]alse|[Nn]o|[Nn]ein)$",
}
_COLOUR_JSON: Final[dict[str, object]] = {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}
_URL_JSON: Final[dict[str, object]] = {"type": "string", "pattern": "^https?://[^\\s]+$"}

Line = Annotated[str, Written("line", _line, _TEXT_JSON | {"maxLength": MAX_LINE})]
Prose = Annotated[str, Written("prose", _prose, _TEXT_JSON | {"maxLength": MAX_PROSE})]
Note = Annotated[None, Written("note", _note, {})]
Flag = Annotated[bool, Written("flag", _flag, _FLAG_JSON)]
Day = Annotated[date, Written("day", _day, _DATE_JSON)]
DayOrMonth = Annotated[PartialDate, Written("day", _partial, _PARTIAL_JSON)]
When = Annotated[Moment, Written("moment", _moment, _DATE_JSON)]
Url = Annotated[str, Written("url", _url, _URL_JSON)]
EditUrl = Annotated[str, Written("edit_url", _edit_url, _URL_JSON)]
BaseUrl = Annotated[str, Written("url", read_base_url, _URL_JSON)]
Email = Annotated[
    str,
    Written(
        "email", _matching(_EMAIL, "email", "name@example.org"), {**_STRING, "format": "email"}
    ),
]
Phone = Annotated[str, Written("phone", _phone, {**_TEXT_JSON, "pattern": r"^[+0-9][0-9 ()/–-]+$"})]
ServiceNumber = Annotated[
    str, Written("phone", _service_number, {**_TEXT_JSON, "pattern": r"^[+0-9][0-9 ()/–-]+$"})
]
Language = Annotated[str, Written("language", _matching(_LANGUAGE, "language", "de"))]
Accent = Annotated[str, Written("colour", _accent, _COLOUR_JSON)]
Timezone = Annotated[str, Written("timezone", _timezone)]
OpeningHours = Annotated[Hours, Written("hours", _hours)]
Repeat = Annotated[Recurrence, Written("repeat", _repeat)]
Region = Annotated[str, Written("region", _region)]
TermId = Annotated[str, Written("id", _term, {"type": "string", "pattern": ID_PATTERN})]
Alias = Annotated[str, Written("alias", _alias)]
PictureFile = Annotated[str, Refers("medium", "media", _picture_file)]
Age = Annotated[int, Whole(0, 120)]
Latitude = Annotated[float, Degrees(90)]
Longitude = Annotated[float, Degrees(180)]

CarrierId = Annotated[str, Refers("carrier")]
ActorId = Annotated[str, Refers("actor")]
OfferId = Annotated[str, Refers("offer")]
PlaceId = Annotated[str, Refers("place")]
TargetGroup = Annotated[str, Refers("target_group")]
Topic = Annotated[str, Refers("topic")]
GoalId = Annotated[str, Refers("goal")]

OfferStatus = Literal["active", "paused", "ended"]
AgreementStatus = Literal["planned", "agreed", "done", "dropped"]
Registration = Literal["none", "phone", "form", "appointment"]
LegalFrame = Literal["dsgvo", "kdg", "dsg-ekd"]
LegalStatus = Literal["person", "private", "public"]
