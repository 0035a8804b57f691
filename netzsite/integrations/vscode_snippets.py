"""Types of Markdown records → VS Code's snippets for their front matter, in German.

One snippet makes a whole file, one each key. They work in Markdown files, whose front matter no
schema reaches.
"""

import re
from collections.abc import Iterator
from typing import Any

from netzsite.catalogue import catalogue
from netzsite.fields import yaml_example
from netzsite.fields.field import Field, Many, Scalar, fields_of
from netzsite.fields.types import Choice
from netzsite.records.kinds import KINDS, Kind

Snippet = dict[str, Any]


def snippets() -> dict[str, Snippet]:
    """Give all snippets by their names."""
    kinds = [kind for kind in KINDS if kind.suffix == ".md"]
    keys = {field.name: field for kind in kinds for field in _optional(kind)}
    return dict(_whole(kind) for kind in kinds) | dict(_key(field) for field in keys.values())


def _optional(kind: Kind) -> Iterator[Field]:
    yield from (one for one in fields_of(kind.type) if not one.required and not one.key.reserved)


def _whole(kind: Kind) -> tuple[str, Snippet]:
    """Make a whole file: the front matter with what has to be there, and room for the text."""
    name = catalogue("de").kinds[kind.name]["name"]
    stops = _Stops()
    wanted = [one for one in fields_of(kind.type) if one.required or one.name == "start"]
    body = ["---", *(line for one in wanted for line in yaml_example.lines(one, stops.fill)), "---"]
    return f"{name}: neue Datei", {
        "scope": "markdown",
        "prefix": [name.lower(), kind.name],
        "description": f"Der Kopf einer neuen Datei in content/{kind.home}",
        "body": [*body, "", "$0"],
    }


def _key(field: Field) -> tuple[str, Snippet]:
    name = field.name.rstrip("_")
    return f"{field.key.label} ({name})", {
        "scope": "markdown",
        "prefix": [name, field.key.label],
        "description": field.key.help,
        "body": list(yaml_example.lines(field, _Stops().fill)),
    }


class _Stops:
    """Numbers the places that the cursor jumps to."""

    def __init__(self) -> None:
        self.count = 0

    def fill(self, field: Field, example: str) -> str:
        """Write a value as a place to type over; a choice as a list to pick from."""
        self.count += 1
        form = field.form.item if isinstance(field.form, Many) else field.form
        if isinstance(form, Scalar) and isinstance(form.shape, Choice):
            return f"${{{self.count}|{','.join(form.shape.words)}|}}"
        if isinstance(form, Scalar) and form.shape.name == "day":
            today = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
            return f"${{{self.count}:{today}}}"
        if field.name == "title":
            example = field.key.label
        return f"${{{self.count}:{_escaped(example)}}}"


def _escaped(text: str) -> str:
    return re.sub(r"([$}\\])", r"\\\1", text)
