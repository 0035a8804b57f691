"""What a record's types say about its keys: each key is declared once, at its field.

``Key`` carries the German label and help that messages, JSON Schemas, forms and the reference
reuse. ``form_of`` compiles an annotation into the tree that the schema walks.
"""

import functools
import types
import typing
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from netzsite.fields.types import Choice, Shape


class Key(Struct, frozen=True):
    """What people need to know of a key."""

    label: str
    """Its German name, also the German key that is pointed here."""
    help: str
    """One German line: what belongs here."""
    also: tuple[str, ...] = ()
    """Other words an editor may write instead of the key."""
    example: str = ""
    """A written value, as YAML on one line."""
    reserved: bool = False
    """MemoryCache for a later version: using it is a problem."""


class Scalar(Struct, frozen=True):
    """One written value."""

    shape: Any


class Many(Struct, frozen=True):
    """A list."""

    item: "Form"


class Table(Struct, frozen=True):
    """A mapping from ids or dates to values."""

    key: Scalar
    item: "Form"


class Marked(Struct, frozen=True):
    """A Markdown text."""


class Shaped(Struct, frozen=True):
    """A mapping with fixed keys: a record, or a part of one."""

    type: Any
    fields: tuple["Field", ...]


class Field(Struct, frozen=True):
    """One key of a ``Shaped``."""

    name: str
    key: Key
    form: "Form"
    required: bool


Form = Scalar | Many | Table | Marked | Shaped


@functools.cache
def fields_of(record: type[Struct]) -> tuple[Field, ...]:
    """List the keys of a record type as they are declared, its own before those all share."""
    hints = typing.get_type_hints(record, include_extras=True)
    found = []
    for field in msgspec.structs.fields(record):
        key = _metadata(hints[field.name], Key)
        if key is not None:
            form = form_of(hints[field.name])
            found.append(Field(field.name, key, form, field.required))
    shared = getattr(record.__mro__[1], "__struct_fields__", ())
    return tuple(sorted(found, key=lambda field: field.name in shared))


def form_of(hint: Any) -> Form:  # noqa: ANN401 - annotations have no common type
    """Compile an annotation; raises ``TypeError`` for one that no written value fits."""
    shape = _shape(hint)
    if shape is not None:
        return Scalar(shape)
    bare = _bare(hint)
    if get_origin(bare) is tuple:
        return Many(form_of(get_args(bare)[0]))
    if get_origin(bare) is dict:
        of_key, of_item = get_args(bare)
        key = form_of(of_key)
        if isinstance(key, Scalar):
            return Table(key, form_of(of_item))
    if get_origin(bare) is Literal:
        return Scalar(Choice(get_args(bare)))
    if isinstance(bare, type) and issubclass(bare, Struct):
        if getattr(bare, "is_markdown", False):
            return Marked()
        return Shaped(bare, fields_of(bare))
    raise TypeError(f"no written form for {hint!r}")


def _bare(hint: Any) -> Any:  # noqa: ANN401
    """Strip ``Annotated`` and ``| None``."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if get_origin(hint) in (typing.Union, types.UnionType):
        rest = [arg for arg in get_args(hint) if arg is not type(None)]
        return _bare(rest[0])
    return hint


def _shape(hint: Any) -> Shape | None:  # noqa: ANN401
    """Find the shape in an annotation, also inside ``X | None``."""
    if get_origin(hint) is Annotated:
        inner, *extras = get_args(hint)
        for extra in extras:
            if hasattr(extra, "read") and hasattr(extra, "schema"):
                return typing.cast("Shape", extra)
        return _shape(inner)
    if get_origin(hint) in (typing.Union, types.UnionType):
        return next((shape for arg in get_args(hint) if (shape := _shape(arg))), None)
    return None


def _metadata(hint: Any, kind: type[Key]) -> Key | None:  # noqa: ANN401
    if get_origin(hint) is Annotated:
        return next((extra for extra in get_args(hint)[1:] if isinstance(extra, kind)), None)
    return None
