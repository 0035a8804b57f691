"""Record types → JSON Schemas (draft 2020-12), for completion and checks in editors' tools.

They say what the build says, as far as one file shows it: keys, types, words to choose from. An
optional key may stay empty, as the build allows. Whether references exist is known only to the
build; the ids of a site are offered as examples.
"""

from collections.abc import Mapping
from typing import Any, Final

import yaml

from netzsite.catalogue import catalogue
from netzsite.fields import yaml_example
from netzsite.fields.field import Field, Form, Many, Marked, Scalar, Shaped, Table, fields_of
from netzsite.fields.types import Degrees, Refers, Whole
from netzsite.records.contact import Contact
from netzsite.records.event import Event
from netzsite.records.kinds import KINDS, Kind

Schema = dict[str, Any]
Ids = Mapping[str, Mapping[str, str]]
"""Kind → id → name, as far as they are known."""

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
EITHER: Final[dict[type, tuple[str, str]]] = {
    Contact: ("role", "name"),
    Event: ("start", "undated"),
}
"""Two keys of which one has to be there."""


def schemas(known: Ids | None = None) -> dict[str, Schema]:
    """Give the schema of each kind of record by its name."""
    return {kind.name: schema_of(kind, known) for kind in KINDS}


def schema_of(kind: Kind, known: Ids | None = None) -> Schema:
    """Give the schema of one kind of record; of Markdown files, that of their front matter."""
    place = kind.home if kind.home.endswith(".yaml") else f"{kind.home}/…{kind.suffix}"
    return {
        "$schema": DRAFT,
        "title": catalogue("de").kinds[kind.name]["name"],
        "description": f"content/{place}",
        **_object(kind.type, fields_of(kind.type), known or {}),
    }


def _object(of: type, fields: tuple[Field, ...], known: Ids) -> Schema:
    shown = [field for field in fields if not field.key.reserved]
    schema: Schema = {
        "type": "object",
        "properties": {field.name.rstrip("_"): _property(field, known) for field in shown},
        "required": [field.name for field in shown if field.required],
        "additionalProperties": False,
    }
    if of in EITHER:
        schema["anyOf"] = [{"required": [name]} for name in EITHER[of]]
    return schema


def _property(field: Field, known: Ids) -> Schema:
    schema: Schema = {"title": field.key.label, "description": field.key.help}
    schema |= _form(field.form, known)
    if field.key.example and not _refers(field.form):
        schema["examples"] = [_example(field)]
    if "pattern" in schema and isinstance(field.form, Scalar):
        schema["patternErrorMessage"] = _wanted(field, field.form)
    if not field.required:
        return _or_empty(schema)
    return schema | ({"minItems": 1} if isinstance(field.form, Many) else {})


def _wanted(field: Field, form: Scalar) -> str:
    """Say in German what belongs here; VS Code shows it in place of the pattern."""
    said = f"Hier steht {catalogue('de').kinds[form.shape.name]['a']}"
    return f"{said}, zum Beispiel: {yaml_example.example(field)}"


def _refers(form: Form) -> bool:
    """Tell whether ids are wanted: those of the site are the examples."""
    inner = form.item if isinstance(form, Many) else form
    return isinstance(inner, Scalar) and isinstance(inner.shape, Refers)


def _or_empty(schema: Schema) -> Schema:
    """Allow a key without a value, and an empty text where a pattern would forbid it."""
    changed = dict(schema)
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        changed["type"] = [*types, "null"]
    if "enum" in schema:
        changed["enum"] = [*schema["enum"], None]
    if "pattern" in schema:
        changed["pattern"] = f"^$|{schema['pattern']}"
    return changed


def _example(field: Field) -> object:
    """Give a key's example as a value: numbers and flags as such, all else as text."""
    value: object = yaml.load(field.key.example, Loader=yaml.CBaseLoader)  # noqa: S506 - texts only
    shape = field.form.shape if isinstance(field.form, Scalar) else None
    if isinstance(shape, Whole | Degrees) or (shape is not None and shape.name == "flag"):
        read: object = shape.read(str(value))
        return read
    return value


def _form(form: Form, known: Ids) -> Schema:
    match form:
        case Scalar():
            return _scalar(form, known)
        case Marked():
            return {"type": "string"}
        case Many():
            return {"type": "array", "items": _or_empty(_form(form.item, known))}
        case Table():
            return {
                "type": "object",
                "propertyNames": form.key.shape.schema(),
                "additionalProperties": _or_empty(_form(form.item, known)),
            }
        case Shaped():
            return _object(form.type, form.fields, known)


def _scalar(form: Scalar, known: Ids) -> Schema:
    schema: Schema = dict(form.shape.schema())
    if isinstance(form.shape, Refers) and known.get(form.shape.kind):
        schema["examples"] = list(known[form.shape.kind])
    return schema
