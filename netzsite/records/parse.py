"""One source → one ``Parsed``: the record with its positions, or what is wrong with it.

A pure function of the path and the bytes, so that it can be memoised by their digest and run in
any process. Whether references exist is not known here.
"""

import re
from datetime import date
from typing import Any, Final

from msgspec import structs

from netzsite import source
from netzsite.edits import Change, Edit
from netzsite.fields import convert
from netzsite.fields.body import render_body
from netzsite.fields.reading import GONE, Reading
from netzsite.problems import Problem, Spot
from netzsite.records.kinds import BY_NAME, Kind
from netzsite.records.parsed import Parsed
from netzsite.records.paths import Home, home_of
from netzsite.records.picture import Picture
from netzsite.records.recover import recovered
from netzsite.text import slug
from netzsite.times.dates import DateError, Moment, PartialDate, read_moment
from netzsite.yaml import frontmatter, nodes

_FIRST_HEADING: Final = re.compile(r"\s*(#{1,6} +([^\n]*[^\s#]))")

__all__ = ["Home", "Parsed", "home_of", "parse", "with_excerpt"]


def parse(path: str, home: Home, data: bytes) -> Parsed:
    """Parse a record file; every mistake is among the problems, none is raised."""
    text = source.decode(path, data)
    if isinstance(text, Problem):
        return Parsed(kind=home.kind, id=home.id, path=path, problems=(text,))
    parsed = _read(path, home, text)
    if parsed.record is None:
        type_ = BY_NAME[home.kind].type
        parsed = recovered(parsed, text, type_, lambda mended: _read(path, home, mended))
    lines = text.split("\n") if parsed.problems else []
    told = tuple(with_excerpt(problem, lines) for problem in parsed.problems)
    return structs.replace(parsed, problems=told)


def _read(path: str, home: Home, text: str) -> Parsed:
    """Read a text as it stands; problems have no excerpt yet."""
    kind = BY_NAME[home.kind]
    reading = Reading(path, text)
    values = (
        _markdown_file(text, kind, reading) if kind.suffix == ".md" else _yaml(text, kind, reading)
    )
    if reading.untold:
        facts = {"n": str(reading.untold)}
        reading.problems.append(Problem(code="more-problems", path=path, facts=facts))
    record = None
    # All mistakes at once: those between two keys, too, while a required one is missing.
    if reading.values is not None:
        _check_whole(values or reading.values, home, kind, reading)
    if values is not None:
        record = kind.type(id=home.id, path=path, **values)
    reading.problems[:] = [_same_day(problem, reading) for problem in reading.problems]
    if home.day:
        reading.problems[:] = [_dated(problem, home.day, reading) for problem in reading.problems]
    return Parsed(
        kind=home.kind,
        id=home.id,
        path=path,
        record=record,  # type: ignore[arg-type]  # every kind's type is in AnyRecord
        spots=reading.spots,
        references=tuple(reading.references),
        problems=tuple(reading.problems),
        fragments=reading.fragments,
    )


def _dated(problem: Problem, day: str, reading: Reading) -> Problem:
    """Take a day that is missing from the file's name."""
    if problem.code != "missing-key" or problem.facts["key"] != "date" or problem.spot is None:
        return problem
    line = reading.lines[problem.spot.line - 1]
    if re.match(r"date\s*:", line) or problem.spot.column != 1:
        return problem
    edit = Edit(path=reading.path, line=problem.spot.line, new=f"date: {day}\n")
    return structs.replace(problem, changes=(edit,))


def _same_day(problem: Problem, reading: Reading) -> Problem:
    """Take the day of an end that is just a time from the start."""
    start = (reading.values or {}).get("start")
    place = reading.spots.get("end")
    if problem.code != "bad-date" or problem.spot != place or place is None:
        return problem
    if problem.changes or not isinstance(start, Moment) or start.clock is None:
        return problem
    try:
        end = read_moment(f"{start.day} {problem.facts['value']}")
    except DateError:
        return problem
    if end.clock is None or end.clock <= start.clock:
        return problem
    return structs.replace(problem, changes=(reading.edit(place, str(end)),))


def with_excerpt(problem: Problem, lines: list[str]) -> Problem:
    """Add the source line that a problem's place lies in."""
    if problem.spot is None or problem.spot.line > len(lines):
        return problem
    line = lines[problem.spot.line - 1]
    shown = line[: problem.spot.column + problem.spot.width + 100]
    return structs.replace(problem, excerpt=shown)


def _yaml(text: str, kind: Kind, reading: Reading) -> dict[str, Any] | None:
    node = nodes.compose(text, reading.path, reading.first_line)
    if isinstance(node, Problem):
        reading.problems.append(node)
        return None
    return convert.convert(node, kind.type, reading)


def _markdown_file(text: str, kind: Kind, reading: Reading) -> dict[str, Any] | None:
    halves = frontmatter.split(text, reading.path)
    if isinstance(halves, Problem):
        reading.problems.append(halves)
        return None
    reading.first_line = halves.metadata_line
    values = _yaml(halves.metadata, kind, reading)
    reading.first_line = 1
    if halves.body.strip():
        body = render_body(halves.body, reading, halves.placed)
        if values is not None and body is not GONE:
            values["body"] = body
            _check_title(values.get("title"), halves, reading)
    return values


def _check_title(title: object, halves: frontmatter.Halves, reading: Reading) -> None:
    """Tell of a text that begins with its title, which stands above it already."""
    hit = _FIRST_HEADING.match(halves.body)
    if hit and isinstance(title, str) and slug(hit[2]) == slug(title):
        line = halves.body.count("\n", 0, hit.start(1)) + 1
        spot = halves.placed(Spot(line, 1, len(hit[1])))
        reading.slip("title-repeated", spot, (reading.edit(spot, ""),))


def _check_whole(values: dict[str, Any], home: Home, kind: Kind, reading: Reading) -> None:
    """Check what several keys of one record say together."""
    if home.day:
        start = values.get("date") or values.get("start")
        day = start.day if isinstance(start, Moment) else start
        if day is not None and not home.day.startswith(str(day)):
            place = reading.spots.get("date") or reading.spots.get("start")
            reading.slip("date-in-name", place, name=home.day, day=str(day))
    if kind.name == "event":
        tried = "start" in reading.spots or "start" in reading.meant
        only_undated = "undated" in values and not {"repeat", "end"} & values.keys()
        if not values.get("start") and not only_undated and not tried:
            blamed = "repeat" if "repeat" in values else "end"
            reading.slip("start-missing", reading.spots.get(blamed) or Spot(1))
    _check_parts(values, reading)
    for first, last in _PAIRS:
        if first in values and last in values and _after(values[first], values[last]):
            facts = {"first": str(values[first]), "last": str(values[last])}
            reading.slip("end-before-start", reading.spots[last], **facts)


def _check_parts(values: dict[str, Any], reading: Reading) -> None:
    """Check contacts, pictures and stretches of days."""
    for index, contact in enumerate(values.get("contacts", ())):
        if not contact.title:
            facts = {
                "key": "role",
                "label": "Aufgabe",
                "of": "@contact",
                "example": "role: Leitung",
            }
            reading.slip("missing-key", reading.spots[f"contacts.{index}"], **facts)
    picture = values.get("image")
    if isinstance(picture, Picture):
        place, facts = reading.spots["image"], {"picture": picture.src}
        if not picture.alt and not picture.decorative:
            reading.slip("picture-without-alt", place, **facts)
        if not picture.credit:
            reading.slip("picture-without-credit", place, **facts)
    for key, first, last in _STRETCHES:
        for index, part in enumerate(values.get(key, ())):
            begins, ends = getattr(part, first), getattr(part, last)
            if begins and ends and ends < begins:
                facts = {"first": str(begins), "last": str(ends)}
                place = reading.spots[f"{key}.{index}.{last}"]
                changes = _next_year(key, begins, ends, place, reading)
                reading.slip("end-before-start", place, changes, **facts)


def _next_year(
    key: str, begins: date, ends: date, place: Spot, reading: Reading
) -> tuple[Change, ...]:
    """Give days off over New Year the year in which they end; else either day may be wrong."""
    over = begins.month == 12 and ends.month == 1 and begins.year == ends.year  # noqa: PLR2004
    edit = reading.edit(place, str(ends.replace(year=ends.year + 1)))
    return (edit,) if over and key in _DAYS_OFF and str(ends) == edit.old else ()


def _after(first: Any, last: Any) -> bool:  # noqa: ANN401 - days, moments or ages
    first = first.first if isinstance(first, PartialDate) else first
    if isinstance(first, Moment) and isinstance(last, Moment):
        if first.clock is None or last.clock is None:
            return first.day > last.day
        return first.local > last.local
    return bool(first > last)


_DAYS_OFF: Final = ("closures", "school_holidays")
_STRETCHES: Final = (
    ("closures", "first", "last"),
    ("school_holidays", "first", "last"),
    ("agreements", "since", "due"),
)
_PAIRS: Final = (
    ("start", "end"),
    ("valid_from", "valid_until"),
    ("min_age", "max_age"),
    ("joined", "left"),
    ("date", "expires"),
    ("publish_date", "expires"),
    ("publish_date", "valid_until"),
    ("date", "updated"),
)
