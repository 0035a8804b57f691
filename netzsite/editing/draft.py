"""A kind, a title, some answers → the path and the text of a new record file.

What has to be there stands at the top; all else follows as comments with its German help, to be
switched on by taking a sign away.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from netzsite import text as words
from netzsite.fields import yaml_example
from netzsite.fields.field import Field, Many, Scalar, fields_of
from netzsite.fields.types import Refers
from netzsite.inventory import Names
from netzsite.records.kinds import BY_NAME, Kind
from netzsite.times.dates import Moment, read_moment
from netzsite.yaml.scalar import scalar

MAKEABLE: Final = ("post", "event", "actor", "offer", "place", "page")
"""The kinds that a new file is asked for."""

Answers = Mapping[str, str | tuple[str, ...]]
"""Key → what stands there: a text, or ids."""

_HEAD: Final = "# Weitere Felder: Nehmen Sie „# “ am Anfang der Zeile weg, dann gilt sie."


class Draft(Struct, frozen=True, kw_only=True):
    """A file to be written."""

    id: str
    path: str
    """From the content folder."""
    text: str


def references(kind: str) -> tuple[tuple[Field, str], ...]:
    """List the keys of a kind that name other records, with the kind they name."""
    found = []
    for field in fields_of(BY_NAME[kind].type):
        form = field.form.item if isinstance(field.form, Many) else field.form
        if isinstance(form, Scalar) and isinstance(form.shape, Refers):
            found.append((field, form.shape.kind))
    return tuple(found)


def missing(kind: str, answers: Answers) -> tuple[Field, ...]:
    """List the keys that have to be there and aren't answered; an event needs a day or a reason."""
    dated = kind != "event" or answers.keys() & {"start", "undated"}
    return tuple(
        field
        for field in fields_of(BY_NAME[kind].type)
        if not answers.get(field.name) and (field.required or (field.name == "start" and not dated))
    )


def draft(kind: str, answers: Answers, known: Names, *, folder: str = "", id_: str = "") -> Draft:
    """Write a new file; its name comes from its title, and the day where it has one.

    Raises ``ValueError`` for a title that gives no id, and for an id that is none.
    """
    of = BY_NAME[kind]
    id_ = id_ or words.slug(title_of(answers))
    if not words.is_id(id_):
        raise ValueError(id_)
    day = _day(answers)
    name = f"{day}-{id_}" if of.dated and day else id_
    path = "/".join(part for part in (of.home, folder, name + of.suffix) if part)
    body = "\n".join(_lines(of, answers, known))
    text = f"---\n{body}\n---\n\n" if of.suffix == ".md" else f"{body}\n"
    return Draft(id=id_, path=path, text=text)


def title_of(answers: Answers) -> str:
    """Give the title or the name."""
    return str(answers.get("title") or answers.get("name") or "")


def _day(answers: Answers) -> date | None:
    written = answers.get("date") or answers.get("start")
    moment: Moment | None = read_moment(str(written)) if written else None
    return moment.day if moment else None


def _lines(kind: Kind, answers: Answers, known: Names) -> Iterator[str]:
    fields = [field for field in fields_of(kind.type) if not field.key.reserved]
    yield from (written(field, answers[field.name]) for field in fields if answers.get(field.name))
    yield ""
    yield _HEAD
    for field in fields:
        if not answers.get(field.name):
            yield ""
            yield f"# {field.key.label}: {field.key.help}"
            yield from (f"# {line}" for line in yaml_example.lines(field, _filler(known)))


def _filler(known: Names) -> yaml_example.Fill:
    """Show an id that exists where one is wanted."""

    def fill(field: Field, example: str) -> str:
        form = field.form.item if isinstance(field.form, Many) else field.form
        if isinstance(form, Scalar) and isinstance(form.shape, Refers):
            return next(iter(known.get(form.shape.kind, {})), example)
        return example

    return fill


def written(field: Field, answer: str | tuple[str, ...]) -> str:
    """Write a key with its answer."""
    name = field.name.rstrip("_")
    if isinstance(answer, tuple):
        return f"{name}: [{', '.join(answer)}]"
    return f"{name}: {scalar(answer)}"


def year_folder(folders: Iterable[str], day: date | None) -> str:
    """Name the folder of a year, where a site orders its files so."""
    by_year = any(folder.isdecimal() and len(folder) == len("2026") for folder in folders)
    return str(day.year) if by_year and day else ""
