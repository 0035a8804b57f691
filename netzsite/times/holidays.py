"""The days off of a region: public holidays by the library `holidays`, school holidays by our data.

A region is a code of ISO 3166: `DE-RP`, `AT-9`, or a whole country, `CH`. School holidays are fixed
by ministries some years ahead, so they are data files with an end that callers can see.
"""

import difflib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from holidays import HolidayBase

_DATA: Final = Path(__file__).parent.parent / "data" / "school_holidays"
_NEAR_HOME: Final = ("DE", "AT", "CH")
"""Countries whose regions are suggested by name."""
_SUGGESTIONS: Final = 3


class RegionError(ValueError):
    """A code that names no known region; `suggestions` are codes that may be meant."""

    def __init__(self, region: str, suggestions: tuple[str, ...]) -> None:
        super().__init__(region, suggestions)
        self.region: Final = region
        self.suggestions: Final = suggestions

    def __str__(self) -> str:
        return f"{self.region!r} is no known region; near: {', '.join(self.suggestions) or '-'}"


class PublicHoliday(msgspec.Struct, frozen=True, kw_only=True, order=True, gc=False):
    """A public holiday; where two share a day, the name has both."""

    day: date
    name: str


class SchoolHoliday(msgspec.Struct, frozen=True, kw_only=True, order=True, gc=False):
    """School holidays, both days inclusive."""

    first: date
    last: date
    name: str = ""


class Holidays(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The holidays of a region in some years, each kind in order of time."""

    region: str
    public: tuple[PublicHoliday, ...] = ()
    school: tuple[SchoolHoliday, ...] = ()
    """Those that touch the years; they may overlap where a site adds its own."""
    school_known_until: date | None = None
    """The last day for which school holidays are known at all; None where none are."""


def load_holidays(
    region: str,
    years: Iterable[int],
    language: str = "de",
    school: tuple[SchoolHoliday, ...] = (),
) -> Holidays:
    """Look up a region's public and school holidays of whole years.

    `school` are further school holidays, added to ours; later ones move `school_known_until`.
    Names are in `language` where it is known, else in the region's own. Raises RegionError.
    """
    wanted = tuple(sorted(set(years)))
    public = _public(region, wanted, language)
    shipped, known_until = _school(region, language)
    spans = sorted({*shipped, *school})
    ends = [day for day in (known_until, *(span.last for span in school)) if day]
    return Holidays(
        region=region,
        public=tuple(PublicHoliday(day=day, name=name) for day, name in sorted(public.items())),
        school=tuple(
            span
            for span in spans
            if any(span.first.year <= year <= span.last.year for year in wanted)
        ),
        school_known_until=max(ends, default=None),
    )


def school_known_until(region: str, language: str = "de") -> date | None:
    """Say until which day the school holidays that we ship for a region are known, if at all."""
    return _school(region, language)[1]


def check_region(region: str) -> None:
    """Raise RegionError for a code that names no known region."""
    _public(region, (2024,), "de")


def _public(region: str, years: tuple[int, ...], language: str) -> "HolidayBase":
    from holidays import country_holidays  # noqa: PLC0415 - 200 ms, needed where a region is set

    country, _, part = region.partition("-")
    try:
        known = country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        known = None
    # The library takes names of regions for codes too, and whatever follows a lonely hyphen.
    if known is None or part not in ("", *known.subdivisions) or region.endswith("-"):
        raise RegionError(region, _suggestions(region))
    # Left to itself it takes the language of the machine, and one site would be two.
    base = language.partition("-")[0]
    fitting = (tag for tag in known.supported_languages if tag.split("_")[0] == base)
    return country_holidays(
        country,
        subdiv=part or None,
        years=years,
        language=next(fitting, known.default_language),
    )


def _suggestions(region: str) -> tuple[str, ...]:
    """Find codes near to a text: by a region's name, by a bare or sloppy code."""
    from holidays import country_holidays  # noqa: PLC0415 - as above

    codes = {country: country for country in _NEAR_HOME}
    for country in _NEAR_HOME:
        entity = country_holidays(country)
        codes |= {f"{country}-{part}": f"{country}-{part}" for part in entity.subdivisions}
        aliases = entity.subdivisions_aliases.items()
        codes |= {name.upper(): f"{country}-{part}" for name, part in reversed(aliases)}
    plain = region.strip().upper().replace("_", "-").replace(" ", "-").rstrip("-")
    exact = [plain, *(f"{country}-{plain}" for country in _NEAR_HOME)]
    near = difflib.get_close_matches(plain[:80], codes, n=_SUGGESTIONS)
    found = [codes[key] for key in exact if key in codes] or [codes[key] for key in near]
    return tuple(dict.fromkeys(found))


class _Break(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    first: date
    last: date


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A data file: what it says and where that comes from."""

    region: str
    source: str
    known_until: date
    names: dict[str, dict[str, str]]
    """Kind of break to language to name."""
    breaks: tuple[_Break, ...]


def _school(region: str, language: str) -> tuple[list[SchoolHoliday], date | None]:
    """Read the school holidays we ship; the region has been checked to be a code by now."""
    path = _DATA / f"{region}.json"
    if not re.fullmatch(r"[A-Z0-9-]+", region) or not path.is_file():
        return [], None
    file = msgspec.json.decode(path.read_bytes(), type=_File)
    base = language.partition("-")[0]
    names = {kind: names.get(base, names["de"]) for kind, names in file.names.items()}
    spans = [
        SchoolHoliday(first=one.first, last=one.last, name=names[one.kind]) for one in file.breaks
    ]
    return spans, file.known_until
