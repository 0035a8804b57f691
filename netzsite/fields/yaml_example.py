"""A key of a record → the lines of YAML that show how it is written.

New files and snippets are made of these; what stands as a value is decided by who asks.
"""

from collections.abc import Callable
from typing import Final

from netzsite.fields.field import Field, Form, Many, Marked, Scalar, Shaped, Table
from netzsite.fields.types import Choice, Refers

Fill = Callable[[Field, str], str]
"""Makes the text of a value from its key and an example."""

STEP: Final = "  "


def plain(field: Field, example: str) -> str:
    """Write the example itself."""
    del field
    return example


def lines(field: Field, fill: Fill = plain) -> tuple[str, ...]:
    """Show a key with a value; a part of a record with its first keys below it."""
    name = field.name.rstrip("_")
    match field.form:
        case Marked():
            return (f"{name}: |", STEP + fill(field, "Der Text."))
        case Shaped(fields=fields):
            return (f"{name}:", *_below(fields, fill, STEP, STEP))
        case Many(item=Shaped(fields=fields)):
            return (f"{name}:", *_below(fields, fill, f"{STEP}- ", STEP * 2))
        case Table(item=Shaped(fields=fields)):
            return (f"{name}:", f"{STEP}kuerzel:", *_below(fields, fill, STEP * 2, STEP * 2))
        case _:
            return (f"{name}: {_value(field, fill)}",)


def _below(fields: tuple[Field, ...], fill: Fill, first: str, rest: str) -> tuple[str, ...]:
    found = [line for field in fields if not field.key.reserved for line in lines(field, fill)]
    return (first + found[0], *(rest + line for line in found[1:]))


def _value(field: Field, fill: Fill) -> str:
    """Write a value; a list between its brackets, so that these stay when it is typed over."""
    written = example(field)
    if written.startswith("[") and written.endswith("]"):
        return f"[{fill(field, written[1:-1])}]"
    return fill(field, written)


def example(field: Field) -> str:
    """Give a written value: the key's own example, else one that says what is wanted."""
    if field.key.example:
        return field.key.example
    word = _word(field.form)
    return f"[{word}]" if isinstance(field.form, Many) else word


def _word(form: Form) -> str:
    match form:
        case Many(item=item):
            return _word(item)
        case Scalar(shape=Refers(kind="medium")):
            return "media/datei.jpg"
        case Scalar(shape=Refers()):
            return "kuerzel"
        case Scalar(shape=Choice(words=words)):
            return words[0]
        case Scalar(shape=shape):
            return _WORDS.get(shape.name, "…")
    return "…"


_WORDS: Final = {
    "day": "2026-12-31",
    "degrees": "50.36",
    "edit_url": "https://codeberg.org/wer/projekt/_edit/main/{path}",
    "email": "name@example.org",
    "hours": "Di 14–16 Uhr",
    "id": "kuerzel",
    "moment": "2026-12-09 16:00",
    "number": "7",
    "phone": "0261 123456",
    "url": "https://example.org/",
}
"""Values for the shapes whose keys have no example of their own."""
