"""Positioned nodes → typed values, with every slip on the way collected.

The record types say what is wanted (``keys``); this walks the nodes beside them. A value that
can't be read is left out and told of; a record that lacks a required key isn't made.
"""

import functools
import re
from collections.abc import Callable
from typing import Any, Final

from msgspec import NODEFAULT, Struct, structs

from netzsite import text as words
from netzsite.fields.field import Field, Form, Many, Marked, Scalar, Shaped, Table, fields_of
from netzsite.fields.types import Refers, Slip
from netzsite.markdown import lint, render
from netzsite.markdown.render import Fragments
from netzsite.problems import Problem, Spot
from netzsite.yaml import nodes
from netzsite.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from netzsite.yaml.source_map import Origin

_GLUED: Final = re.compile(r"[\w-]+ ?[:;=]\S?")
"""The one key of a text without its blank, ``title:A``: YAML reads no key at all."""
_COMMENT: Final = re.compile(r"\s+(#[^\s#].*)")

GONE: Final = NODEFAULT
"""Stands for a value that couldn't be read."""


class Reference(Struct, frozen=True, gc=False):
    """What a record points at: the id of another record, or a medium by its path."""

    kind: str
    id: str
    spot: Spot


class Reading:
    """What one file gives while it is read: problems, positions, rendered texts."""

    def __init__(self, path: str, text: str, first_line: int = 1) -> None:
        self.path = path
        self.text = text
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.spots: dict[str, Spot] = {}
        self.fragments: dict[str, Fragments] = {}
        self.references: list[Reference] = []
        self.lines = text.split("\n")
        self.meant: set[str] = set()
        """Keys that an unknown one was probably meant to be: they aren't told as missing."""

    def slip(self, code: str, spot: Spot | None, **facts: str) -> Any:  # noqa: ANN401
        """Note a problem; gives ``GONE``, so that it can be returned."""
        self.problems.append(Problem(code=code, path=self.path, spot=spot, facts=facts))
        return GONE

    def spot(self, node: Node) -> Spot:
        """Give the place of a node in the file."""
        return nodes.spot(node, self.first_line)

    def origin(self, node: ScalarNode) -> Origin:
        """Give the way from a value's characters back to the file."""
        return Origin(node, self.lines, self.first_line)


def convert(node: Node | None, record: type[Struct], reading: Reading) -> dict[str, Any] | None:
    """Read the keys of a record; None when a required one is missing or couldn't be read."""
    kind = str(record.__struct_config__.tag or record.__name__.lower())
    if node is not None and not isinstance(node, MappingNode):
        if isinstance(node, ScalarNode) and not node.style and _GLUED.match(node.value):
            reading.slip("yaml-missing-colon", reading.origin(node).spot(0, len(node.value)))
            return None
        first = fields_of(record)[0]
        facts = {"wanted": "@mapping", "given": _given(node)}
        facts["example"] = f"{first.name}: {first.key.example or '…'}"
        reading.slip("wrong-type", reading.spot(node), **facts)
        return None
    return _mapping(node, record, kind, reading, "")


@functools.cache
def _known(record: type[Struct]) -> dict[str, Field]:
    """Map the keys as they are written: ``except`` and not ``except_``."""
    return {field.name.rstrip("_"): field for field in fields_of(record)}


def _mapping(
    node: MappingNode | None, record: type[Struct], kind: str, reading: Reading, at: str
) -> dict[str, Any] | None:
    known = _known(record)
    reading.meant = set()
    values: dict[str, Any] = {}
    seen: set[str] = set()
    empty: dict[str, Spot] = {}
    for key, value in node.value if node else ():
        field = _field(key, known, kind, reading, seen)
        if field is None:
            continue
        name = field.name.rstrip("_")
        if _is_unfilled(value, field.form) or (field.required and _is_empty_list(value)):
            empty[field.name] = reading.spot(key)
            _lost_to_comment(key, field, reading)
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
            reading.slip("missing-key", blamed, **facts)
            values[field.name] = GONE
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


def _lost_to_comment(key: Node, field: Field, reading: Reading) -> None:
    """Tell of a value such as ``#1f6f5c`` that is gone as a comment, unless it is missed anyway."""
    line = reading.lines[key.end_mark.line + reading.first_line - 1]
    lost = re.match(r":\s+(#\S.*)", line[key.end_mark.column :])
    if lost and not field.required:
        start = key.end_mark.column + lost.start(1)
        place = Spot(key.end_mark.line + reading.first_line, start + 1, len(lost[1]))
        reading.slip("yaml-comment", place, example=f'{field.name.rstrip("_")}: "{lost[1]}"')


def _field(
    key: Node, known: dict[str, Field], kind: str, reading: Reading, seen: set[str]
) -> Field | None:
    """Find the field a written key resources, or note what is wrong with the key."""
    if not isinstance(key, ScalarNode):
        reading.slip("wrong-type", reading.spot(key), wanted="@key", given=_given(key))
        return None
    name = key.value
    if name in seen:
        reading.slip("doubled-key", reading.spot(key), key=name)
        return None
    seen.add(name)
    field = known.get(name)
    if field is None:
        facts = _meant(name, known)
        reading.meant.add(facts.get("guess", ""))
        reading.slip("unknown-key", reading.spot(key), key=name, of=f"@{kind}", **facts)
    elif field.key.reserved:
        reading.slip("reserved-key", reading.spot(key), key=name)
        return None
    return field


def _meant(name: str, known: dict[str, Field]) -> dict[str, str]:
    """Guess the key behind a German or misspelt one."""
    german: dict[str, str] = {}
    for key, field in known.items():
        for word in (field.key.label, *field.key.also):
            german.setdefault(words.slug(word), key)
    guess = german.get(words.slug(name)) or words.nearest(name.lower(), known)
    if guess is None:
        close = words.nearest(name, german)
        guess = german[close] if close else None
    if guess is None:
        return {"choices": ", ".join(known)}
    meant = known[guess].key
    facts = {"guess": guess, "label": meant.label}
    return facts | {"example": f"{guess}: {meant.example}"} if meant.example else facts


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


def _wrong_type(node: Node, wanted: str, reading: Reading, field: Field) -> Any:  # noqa: ANN401
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
    facts = {"wanted": f"@{wanted}", "given": _given(node), "example": example}
    return reading.slip("wrong-type", reading.spot(node), **facts)


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
        return _wrong_type(node, form.shape.name, reading, field)
    try:
        value = form.shape.read(node.value.strip())
    except Slip as slip:
        return reading.slip(slip.code, _inside(node, slip, reading), **slip.facts)
    _cut_by_comment(node, reading, field)
    if isinstance(form.shape, Refers):
        reading.references.append(Reference(form.shape.kind, str(value), reading.spot(node)))
    return value


def _cut_by_comment(node: ScalarNode, reading: Reading, field: Field) -> None:
    """Tell of a value such as ``Raum #3`` whose end is gone as a comment."""
    if node.style:
        return
    line = reading.lines[node.end_mark.line + reading.first_line - 1]
    lost = _COMMENT.match(line, node.end_mark.column) if "#" in line else None
    if lost:
        place = Spot(node.end_mark.line + reading.first_line, lost.start(1) + 1, len(lost[1]))
        example = f'{field.name.rstrip("_")}: "{node.value} {lost[1]}"'
        reading.slip("yaml-comment", place, example=example)


def _inside(node: ScalarNode, slip: Slip, reading: Reading) -> Spot:
    """Narrow the place to the part of the value that is wrong."""
    if slip.end is None:
        return reading.spot(node)
    before = len(node.value) - len(node.value.lstrip())
    return reading.origin(node).spot(slip.start + before, slip.end + before)


def _many(node: Node, form: Many, reading: Reading, at: str, field: Field) -> Any:  # noqa: ANN401
    if not isinstance(node, SequenceNode):
        return _wrong_type(node, "list", reading, field)
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


def _table(node: Node, form: Table, reading: Reading, at: str, field: Field) -> Any:  # noqa: ANN401
    if not isinstance(node, MappingNode):
        return _wrong_type(node, "table", reading, field)
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
        return _wrong_type(node, part, reading, field)
    values = _mapping(node, form.type, part, reading, f"{at}.")
    return GONE if values is None else form.type(**values)


def _markdown(node: Node, reading: Reading, field: Field) -> Any:  # noqa: ANN401
    if not isinstance(node, ScalarNode):
        return _wrong_type(node, "markdown", reading, field)
    return render_body(node.value, reading, reading.origin(node).placed)


def render_body(text: str, reading: Reading, placed: Callable[[Spot], Spot]) -> Any:  # noqa: ANN401
    """Render a text of the file and keep its fragments; ``GONE`` when it can't be.

    ``placed`` turns a place that was counted in the text's own lines into that in the file.
    """
    rendered = render.render(text, reading.path, 1)
    if isinstance(rendered, Problem):
        reading.problems.append(_placed(rendered, placed))
        return GONE
    reading.problems.extend(_placed(slip, placed) for slip in rendered.problems)
    reading.fragments[rendered.body.digest] = rendered.fragments
    for target, spot in zip(rendered.body.targets, rendered.spots, strict=True):
        there = placed(spot)
        reading.spots.setdefault(f">{target.to}", there)
        scheme, colon, rest = target.to.partition(":")
        if colon and scheme in lint.REFERRING:
            key = rest.partition("#")[0]
            reading.references.append(Reference(scheme, key, there))
        elif is_medium(target.to):
            reading.references.append(Reference("medium", medium_path(target.to), there))
    return rendered.body


def _placed(problem: Problem, placed: Callable[[Spot], Spot]) -> Problem:
    return structs.replace(problem, spot=placed(problem.spot)) if problem.spot else problem


def is_medium(target: str) -> bool:
    """Tell whether a link in a text means a file of the media folder."""
    return medium_path(target).startswith("media/")


def medium_path(target: str) -> str:
    """Write a link to a medium as its path from the content folder."""
    path = target.partition("#")[0].removeprefix("/")
    while path.startswith("../"):
        path = path.removeprefix("../")
    return path


def _given(node: Node) -> str:
    if isinstance(node, MappingNode):
        return "@mapping"
    return "@list" if isinstance(node, SequenceNode) else "@text"
