"""A value of the wrong form → the edits that give it the right one, where only one can be meant."""

from collections.abc import Iterable

from netzsite.edits import Change, Edit
from netzsite.fields.field import Field, Form, Many, Scalar, Shaped
from netzsite.fields.reading import Reading
from netzsite.fields.types import Slip
from netzsite.problems import Spot
from netzsite.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from netzsite.yaml.scalar import in_style, scalar


def reshaped(node: Node, form: Form, reading: Reading) -> tuple[Change, ...]:
    """Give a value the form that its key wants; nothing where more than one thing could be meant.

    A text becomes a list at its commas, a list of one what it holds, a group of keys a list of one
    group, and a text in place of a group the group's foremost key.
    """
    spot = _span(node, reading)
    if spot is None:
        return _dashed(node, form, reading)
    line = reading.lines[spot.line - 1]
    written = line[spot.column - 1 : spot.column - 1 + spot.width]
    new = None
    match form, node:
        case Many(item=Scalar()), ScalarNode() if not node.style:
            new = _listed(node.value, written)
        case Scalar(), SequenceNode(value=[ScalarNode() as one]):
            new = in_style(one.value, one.style) if written.startswith("[") else None
        case Shaped(), ScalarNode():
            new = _grouped(node, form, line[: spot.column - 1])
        case Many(item=Shaped()), MappingNode() if written.startswith("{"):
            new = f"[{written}]"
        case Many(item=Shaped()), MappingNode():
            return _dashed(node, form, reading)
    return (reading.edit(spot, new),) if new else ()


def unlisted(node: Node, reading: Reading) -> tuple[Change, ...]:
    """Make a list of one group of keys on one line the group itself."""
    if not (isinstance(node, SequenceNode) and len(node.value) == 1):
        return ()
    one = node.value[0]
    first, last = node.start_mark, one.end_mark
    if not isinstance(one, MappingNode) or one.flow_style or last.line > first.line + 1:
        return ()
    width = one.start_mark.column - first.column
    spot = Spot(first.line + reading.first_line, first.column + 1, width)
    return (reading.edit(spot, ""),)


def keyed(node: Node, fields: Iterable[Field], reading: Reading) -> tuple[Change, ...]:
    """Put the one key that a record needs before a line that stands there alone."""
    required = [field for field in fields if field.required]
    spot = _span(node, reading)
    if not isinstance(node, ScalarNode) or spot is None or len(required) != 1:
        return ()
    form = required[0].form
    if not isinstance(form, Scalar) or form.shape.name != "line":
        return ()
    return (reading.edit(spot, f"{required[0].name}: {in_style(node.value, node.style)}"),)


def _span(node: Node, reading: Reading) -> Spot | None:
    """Give the place of a value that stands on one line."""
    start, end = node.start_mark, node.end_mark
    if start.line != end.line:
        return None
    return Spot(start.line + reading.first_line, start.column + 1, end.column - start.column)


def _listed(value: str, written: str) -> str | None:
    """Write a text as a list of its parts; a dash without its blank is the beginning of one."""
    if value.startswith("-") and "," not in value:
        return f"- {value[1:]}"
    parts = [part.strip(" \"'") for part in value.strip("[] ").split(",")]
    parts = [part for part in parts if part]
    if not parts or any(sign in written.strip("[]") for sign in "[]{}"):
        return None
    return f"[{', '.join(scalar(part, flow=True) for part in parts)}]"


def _grouped(node: ScalarNode, form: Shaped, before: str) -> str | None:
    """Write a text as the group of keys whose foremost one takes it."""
    field = _fitting(node.value, form)
    if field is None:
        return None
    in_list = before.rstrip().endswith("-")
    value = in_style(node.value, node.style, flow=not in_list)
    key = field.name.rstrip("_")
    return f"{key}: {value}" if in_list else f"{{{key}: {value}}}"


def _fitting(value: str, form: Shaped) -> Field | None:
    """Choose the key that a text belongs to: a required one, else the one called name."""
    required = [field for field in form.fields if field.required]
    named = [field for field in form.fields if field.name == "name"]
    for field in required or named:
        if not isinstance(field.form, Scalar) or len(required) > 1:
            return None
        try:
            field.form.shape.read(value)
        except Slip:
            return None
        return field
    return None


def _dashed(node: Node, form: Form, reading: Reading) -> tuple[Change, ...]:
    """Make a group of keys, each on its line, the one item of a list, by a dash."""
    if not (isinstance(form, Many) and isinstance(form.item, Shaped)):
        return ()
    if not isinstance(node, MappingNode) or node.flow_style:
        return ()
    number, column = node.start_mark.line + reading.first_line, node.start_mark.column
    indent = reading.lines[number - 1][:column]
    if indent.strip() or column < len("- "):
        return ()
    old = indent[-2:]
    return (Edit(path=reading.path, line=number, column=column - 1, old=old, new="- "),)
