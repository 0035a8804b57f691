"""Positioned nodes → typed values, with every slip on the way collected.

The record types say what is wanted (``keys``); this walks the nodes beside them. A value that
can't be read is left out and told of; a record that lacks a required key isn't made.
"""

import json
import re
from typing import Any, Final

from msgspec import Struct

from netzsite.edits import Change
from netzsite.fields.body import render_body
from netzsite.fields.field import Field, Form, Many, Marked, Scalar, Shaped, Table, fields_of
from netzsite.fields.keys import Keys, given
from netzsite.fields.meant import meant
from netzsite.fields.reading import GONE, Reading, Reference
from netzsite.fields.reshape import keyed, reshaped, unlisted
from netzsite.fields.types import Refers, Slip
from netzsite.problems import Spot
from netzsite.yaml import nodes
from netzsite.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_GLUED: Final = re.compile(r"[\w-]+ ?[:;=]\S?")
"""The one key of a text without its blank, ``title:A``: YAML reads no key at all."""
_COMMENT: Final = re.compile(r"\s+(#[^\s#].*)")


def convert(node: Node | None, record: type[Struct], reading: Reading) -> dict[str, Any] | None:
    """Read the keys of a record; None when a required one is missing or couldn't be read."""
    kind = str(record.__struct_config__.tag or record.__name__.lower())
    if node is not None and not isinstance(node, MappingNode):
        if isinstance(node, ScalarNode) and not node.style and _GLUED.match(node.value):
            reading.slip("yaml-missing-colon", reading.origin(node).spot(0, len(node.value)))
            return None
        first = fields_of(record)[0]
        facts = {"wanted": "@mapping", "given": given(node)}
        facts["example"] = f"{first.name}: {first.key.example or '…'}"
        changes = unlisted(node, reading) or keyed(node, fields_of(record), reading)
        reading.slip("wrong-type", reading.spot(node), changes, **facts)
        return None
    return _mapping(node, record, kind, reading, "")


def _mapping(
    node: MappingNode | None, record: type[Struct], kind: str, reading: Reading, at: str
) -> dict[str, Any] | None:
    keys = Keys(record, kind, node)
    known = keys.known
    reading.meant = set()
    values: dict[str, Any] = {}
    empty: dict[str, Spot] = {}
    lost: dict[str, tuple[Change, ...]] = {}
    for key, value in node.value if node else ():
        field = keys.field(key, reading)
        if field is None:
            continue
        name = field.name.rstrip("_")
        if _is_unfilled(value, field.form) or (field.required and _is_empty_list(value)):
            empty[field.name] = reading.spot(key)
            lost[field.name] = _lost_to_comment(key, field, reading)
            continue
        place = at + name
        reading.spots[place] = reading.spot(value)
        inner, reading.meant = reading.meant, set()
        values[field.name] = _value(value, field.form, reading, place, field)
        reading.meant = inner
    top = reading.spot(node) if node else Spot(1)
    meant = reading.meant
    for name, field in known.items():
        if field.required and field.name not in values and name not in meant:
            facts = {"key": name, "label": field.key.label, "of": f"@{kind}"}
            facts["example"] = f"{name}: {field.key.example or '…'}"
            blamed = empty.get(field.name) or Spot(top.line, top.column)
            reading.slip("missing-key", blamed, lost.get(field.name, ()), **facts)
            values[field.name] = GONE
    if not at:
        reading.values = {name: value for name, value in values.items() if value is not GONE}
    if any(field.required and values.get(field.name, GONE) is GONE for field in known.values()):
        return None
    return {name: value for name, value in values.items() if value is not GONE}


def _is_unfilled(node: Node, form: Form) -> bool:
    """Tell whether nothing is given: no value, or a group of known keys without any.

    Form editors write a whole group as soon as somebody has looked at it.
    """
    if nodes.is_empty(node) or not (isinstance(form, Shaped) and isinstance(node, MappingNode)):
        return nodes.is_empty(node)
    known = {field.name.rstrip("_") for field in form.fields}
    return all(nodes.is_empty(value) and key.value in known for key, value in node.value)


def _is_empty_list(node: Node) -> bool:
    return isinstance(node, SequenceNode) and all(nodes.is_empty(item) for item in node.value)


def _lost_to_comment(key: Node, field: Field, reading: Reading) -> tuple[Change, ...]:
    """Tell of a value such as ``#1f6f5c`` that is gone as a comment, unless it is missed anyway.

    Gives what brings it back.
    """
    line = reading.lines[key.end_mark.line + reading.first_line - 1]
    lost = re.match(r":\s+(#\S.*)", line[key.end_mark.column :])
    if lost is None:
        return ()
    start = key.end_mark.column + lost.start(1)
    place = Spot(key.end_mark.line + reading.first_line, start + 1, len(lost[1]))
    new = json.dumps(lost[1].rstrip(), ensure_ascii=False)
    changes = (reading.edit(place, new),)
    if not field.required:
        reading.slip("yaml-comment", place, changes, example=f"{field.name.rstrip('_')}: {new}")
    return changes


def _value(node: Node, form: Form, reading: Reading, at: str, field: Field) -> Any:  # noqa: ANN401
    match form:
        case Scalar():
            return _scalar(node, form, reading, field)
        case Marked():
            return _markdown(node, reading, field)
        case Many():
            return _many(node, form, reading, at, field)
        case Table():
            return _table(node, form, reading, at, field)
        case Shaped():
            return _shaped(node, form, reading, at, field)


def _wrong_type(node: Node, wanted: str, reading: Reading, field: Field, form: Form) -> Any:  # noqa: ANN401
    """Tell that a value has another form than its key wants, with an example of the right one."""
    name = field.name.rstrip("_")
    example = f"{name}: {field.key.example or '…'}"
    if wanted == "list" and isinstance(node, ScalarNode):
        words_ = (part.strip(" -[]'\"") for part in node.value.replace("\n", ",").split(","))
        example = f"{name}: [{', '.join(word for word in words_ if word)}]"
    elif not isinstance(node, ScalarNode) and field.key.example.startswith("["):
        example = f"{name}: {field.key.example.strip('[]')}"
    elif not field.key.example:
        example = _layout(name, field.form)
    facts = {"wanted": f"@{wanted}", "given": given(node), "example": example}
    return reading.slip("wrong-type", reading.spot(node), reshaped(node, form, reading), **facts)


def _layout(name: str, form: Form) -> str:
    """Show on one line how a group of keys is written."""
    match form:
        case Many(item=Scalar()):
            return f"{name}: [eins, zwei]"
        case Many():
            return _layout(name, form.item).replace(": {", ": [{", 1).removesuffix("}") + "}]"
        case Table():
            return f"{name}: {{kuerzel: {_layout('', form.item).removeprefix(': ')}}}"
        case Shaped():
            inner = (f"{one.name}: {one.key.example or '…'}" for one in form.fields[:2])
            return f"{name}: {{{', '.join(inner)}}}"
    return f"{name}: …"


def _scalar(node: Node, form: Scalar, reading: Reading, field: Field) -> Any:  # noqa: ANN401
    if not isinstance(node, ScalarNode):
        return _wrong_type(node, form.shape.name, reading, field, form)
    try:
        value = form.shape.read(node.value.strip())
    except Slip as slip:
        written = _meant(node, slip, form, field)
        if written is None or form.shape.name in _LOSING:
            return _refused(node, slip, reading, written)
        value = form.shape.read(written)
    _cut_by_comment(node, reading, field)
    if isinstance(form.shape, Refers):
        reading.references.append(Reference(form.shape.kind, str(value), reading.spot(node)))
    return value


_LOSING: Final = frozenset({"colour", "day"})
"""Shapes whose other readings lose something, or lead on to another thing to tell."""


def _meant(node: ScalarNode, slip: Slip, form: Scalar, field: Field) -> str | None:
    """Write a value as its shape wants it, where it can only mean one thing."""
    if slip.mend is not None or slip.end is not None:
        return None
    return meant(node.value.strip(), form.shape, field.name)


def _refused(node: ScalarNode, slip: Slip, reading: Reading, written: str | None) -> Any:  # noqa: ANN401
    """Tell of a value that can't be read, with the one that it can only mean."""
    place = _inside(node, slip, reading)
    if written is not None:
        slip.mend = written
        if "example" in slip.facts:
            slip.facts["example"] = written
    return reading.slip(slip.code, place, _mend(node, slip, reading), **slip.facts)


def _cut_by_comment(node: ScalarNode, reading: Reading, field: Field) -> None:
    """Tell of a value such as ``Raum #3`` whose end is gone as a comment."""
    if node.style:
        return
    line = reading.lines[node.end_mark.line + reading.first_line - 1]
    lost = _COMMENT.match(line, node.end_mark.column) if "#" in line else None
    if lost:
        place = Spot(node.end_mark.line + reading.first_line, lost.start(1) + 1, len(lost[1]))
        example = f'{field.name.rstrip("_")}: "{node.value} {lost[1]}"'
        start = node.start_mark.column
        whole = Spot(place.line, start + 1, len(line.rstrip()) - start)
        new = json.dumps(line[start:].rstrip(), ensure_ascii=False)
        changes = (reading.edit(whole, new),) if node.start_mark.line == node.end_mark.line else ()
        reading.slip("yaml-comment", place, changes, example=example)


def _inside(node: ScalarNode, slip: Slip, reading: Reading) -> Spot:
    """Narrow the place to the part of the value that is wrong."""
    if slip.end is None:
        return reading.spot(node)
    before = len(node.value) - len(node.value.lstrip())
    return reading.origin(node).spot(slip.start + before, slip.end + before)


def _mend(node: ScalarNode, slip: Slip, reading: Reading) -> tuple[Change, ...]:
    """Put what is right in the place of a value that stands on one line, in the same quotes."""
    if slip.mend is None:
        return ()
    value = node.value.strip()
    end = len(value) if slip.end is None else slip.end
    return reading.rewritten(node, value[: slip.start] + slip.mend + value[end:])


def _many(node: Node, form: Many, reading: Reading, at: str, field: Field) -> Any:  # noqa: ANN401
    if not isinstance(node, SequenceNode):
        parts = _parted(node, form, reading, at)
        return _wrong_type(node, "list", reading, field, form) if parts is None else parts
    found: list[Any] = []
    for item in node.value:
        if _is_unfilled(item, form.item):
            continue
        # Places count as the values do: an entry that is empty or unreadable has none.
        place = f"{at}.{len(found)}"
        reading.spots[place] = reading.spot(item)
        value = _value(item, form.item, reading, place, field)
        if value is not GONE:
            found.append(value)
    return tuple(found)


def _parted(node: Node, form: Many, reading: Reading, at: str) -> tuple[Any, ...] | None:
    """Read ``de, tr`` as a list, where no item can have a comma; None where it is none."""
    if not isinstance(node, ScalarNode) or node.style or not isinstance(form.item, Scalar):
        return None
    shape = form.item.shape
    if not isinstance(shape, Refers) and shape.name not in ("id", "language"):
        return None
    found = []
    for part in (one.strip() for one in node.value.split(",")):
        if part.startswith("-"):
            return None
        try:
            written = part if shape.name != "language" else meant(part, shape, "") or part
            found.append(shape.read(written))
        except Slip:
            return None
    for number, value in enumerate(found):
        reading.spots[f"{at}.{number}"] = reading.spot(node)
        if isinstance(shape, Refers):
            reading.references.append(Reference(shape.kind, str(value), reading.spot(node)))
    return tuple(found)


def _table(node: Node, form: Table, reading: Reading, at: str, field: Field) -> Any:  # noqa: ANN401
    if not isinstance(node, MappingNode):
        return _wrong_type(node, "table", reading, field, form)
    found: dict[Any, Any] = {}
    for key, value in node.value:
        name = _scalar(key, form.key, reading, field)
        if name in found:
            reading.slip("doubled-key", reading.spot(key), key=str(name))
        elif name is not GONE and not nodes.is_empty(value):
            reading.spots[f"{at}.{name}"] = reading.spot(key)
            found[name] = _value(value, form.item, reading, f"{at}.{name}", field)
    return {name: value for name, value in found.items() if value is not GONE}


def _shaped(node: Node, form: Shaped, reading: Reading, at: str, field: Field) -> Any:  # noqa: ANN401
    part = form.type.__name__.lower()
    if not isinstance(node, MappingNode):
        return _wrong_type(node, part, reading, field, form)
    values = _mapping(node, form.type, part, reading, f"{at}.")
    return GONE if values is None else form.type(**values)


def _markdown(node: Node, reading: Reading, field: Field) -> Any:  # noqa: ANN401
    if not isinstance(node, ScalarNode):
        return _wrong_type(node, "markdown", reading, field, field.form)
    literal = node.style == "|"
    return render_body(node.value, reading, reading.origin(node).placed, literal=literal)
