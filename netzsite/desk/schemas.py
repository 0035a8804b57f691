"""Record types → JSON Schemas (draft 2020-12), for completion and checks in editors' tools.

They say what the build says, as far as one file shows it: keys, types, words to choose from.
Whether references exist is known only to the build.
"""

from typing import Any, Final

from netzsite.records.keys import Field, Form, Many, Marked, Scalar, Shaped, Table, fields_of
from netzsite.records.kinds import KINDS, Kind

Schema = dict[str, Any]
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, Schema]:
    """Give the schema of each kind of record by its name."""
    return {kind.name: schema_of(kind) for kind in KINDS}


def schema_of(kind: Kind) -> Schema:
    """Give the schema of one kind of record; of Markdown files, that of their front matter."""
    return {"$schema": DRAFT, "title": kind.name, **_object(fields_of(kind.type))}


def _object(fields: tuple[Field, ...]) -> Schema:
    shown = [field for field in fields if not field.key.reserved]
    return {
        "type": "object",
        "properties": {field.name.rstrip("_"): _property(field) for field in shown},
        "required": [field.name for field in shown if field.required],
        "additionalProperties": False,
    }


def _property(field: Field) -> Schema:
    schema: Schema = {"title": field.key.label, "description": field.key.help}
    return schema | _form(field.form)


def _form(form: Form) -> Schema:
    match form:
        case Scalar():
            schema: Schema = form.shape.schema()
            return schema
        case Marked():
            return {"type": "string"}
        case Many():
            return {"type": "array", "items": _form(form.item)}
        case Table():
            names = form.key.shape.schema()
            return {
                "type": "object",
                "propertyNames": names,
                "additionalProperties": _form(form.item),
            }
        case Shaped():
            return _object(form.fields)
