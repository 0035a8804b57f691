"""Positioned nodes → typed values, with every slip on the way collected.

The record types say what is wanted (``keys``); this walks the nodes beside them. A value that
can't be read is left out and told of; a record that lacks a required key isn't made.
"""

from collections.abc import Iterator
from typing import Any, Final

from msgspec import NODEFAULT, Struct

from netzsite import text as words
from netzsite.problems import Problem, Spot
from netzsite.records import markdown, nodes
from netzsite.records.keys import Field, Form, Many, Marked, Scalar, Shaped, Table, fields_of
from netzsite.records.markdown import Fragments
from netzsite.records.nodes import MappingNode, Node, ScalarNode, SequenceNode
from netzsite.records.shapes import Refers, Slip

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

    def slip(self, code: str, spot: Spot | None, **facts: str) -> Any:  # noqa: ANN401
        """Note a problem; gives ``GONE``, so that it can be returned."""
        self.problems.append(Problem(code=code, path=self.path, spot=spot, facts=facts))
        return GONE

    def spot(self, node: Node) -> Spot:
        """Give the place of a node in the file."""
        return nodes.spot(node, self.first_line)


def convert(node: Node | None, record: type[Struct], reading: Reading) -> dict[str, Any] | None:
    """Read the keys of a record; None when a required one is missing or couldn't be read."""
    kind = str(record.__struct_config__.tag or record.__name__.lower())
    if node is not None and not isinstance(node, MappingNode):
        reading.slip("wrong-type", reading.spot(node), wanted="@mapping", given=_given(node))
        return None
    return _mapping(node, fields_of(record), kind, reading, "")


def _mapping(
    node: MappingNode | None, fields: tuple[Field, ...], kind: str, reading: Reading, at: str
) -> dict[str, Any] | None:
    known = {field.name.rstrip("_"): field for field in fields}
    values: dict[str, Any] = {}
    seen: set[str] = set()
    empty: dict[str, Spot] = {}
    for key, value in node.value if node else ():
        field = _field(key, known, kind, reading, seen)
        if field is None:
            continue
        if nodes.is_empty(value):
            empty[field.name] = reading.spot(key)
            continue
        place = f"{at}{field.name.rstrip('_')}"
        reading.spots[place] = reading.spot(value)
        values[field.name] = _value(value, field.form, reading, place, kind)
    top = reading.spot(node) if node else Spot(1)
    for name, field in known.items():
        if field.required and field.name not in values:
            facts = {"key": name, "label": field.key.label, "of": f"@{kind}"}
            facts["example"] = f"{name}: {field.key.example or '…'}"
            blamed = empty.get(field.name) or Spot(top.line, top.column)
            reading.slip("missing-key", blamed, **facts)
            values[field.name] = GONE
    if any(value is GONE and fields_by(fields, name).required for name, value in values.items()):
        return None
    return {name: value for name, value in values.items() if value is not GONE}


def fields_by(fields: tuple[Field, ...], name: str) -> Field:
    """Find a field by its name; raises ``StopIteration`` when there is none."""
    return next(field for field in fields if field.name == name)


def _field(
    key: Node, known: dict[str, Field], kind: str, reading: Reading, seen: set[str]
) -> Field | None:
    """Find the field a written key means, or note what is wrong with the key."""
    place = reading.spot(key)
    if not isinstance(key, ScalarNode):
        reading.slip("wrong-type", place, wanted="@key", given=_given(key))
        return None
    name = key.value
    if name in seen:
        reading.slip("doubled-key", place, key=name)
        return None
    seen.add(name)
    field = known.get(name)
    if field is None:
        reading.slip("unknown-key", place, key=name, of=f"@{kind}", **_meant(name, known))
    elif field.key.reserved:
        reading.slip("reserved-key", place, key=name)
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


def _value(node: Node, form: Form, reading: Reading, at: str, kind: str) -> Any:  # noqa: ANN401
    match form:
        case Scalar():
            return _scalar(node, form, reading)
        case Marked():
            return _markdown(node, reading)
        case Many():
            return _many(node, form, reading, at, kind)
        case Table():
            return _table(node, form, reading, at, kind)
        case Shaped():
            return _shaped(node, form, reading, at)


def _scalar(node: Node, form: Scalar, reading: Reading) -> Any:  # noqa: ANN401
    if not isinstance(node, ScalarNode):
        wanted = f"@{form.shape.name}"
        return reading.slip("wrong-type", reading.spot(node), wanted=wanted, given=_given(node))
    try:
        value = form.shape.read(node.value.strip())
    except Slip as slip:
        return reading.slip(slip.code, _inside(node, slip, reading), **slip.facts)
    if isinstance(form.shape, Refers):
        reading.references.append(Reference(form.shape.kind, str(value), reading.spot(node)))
    return value


def _inside(node: ScalarNode, slip: Slip, reading: Reading) -> Spot:
    """Narrow the place to the part of the value that is wrong, where lines allow it."""
    place = reading.spot(node)
    one_line = node.start_mark.line == node.end_mark.line
    if slip.end is None or not one_line:
        return place
    quote = 1 if node.style in ("'", '"') else 0
    return place.shifted(slip.start + quote, slip.end + quote)


def _many(node: Node, form: Many, reading: Reading, at: str, kind: str) -> Any:  # noqa: ANN401
    if not isinstance(node, SequenceNode):
        example = f"[{node.value}]" if isinstance(node, ScalarNode) else "- …"
        return reading.slip(
            "wrong-type", reading.spot(node), wanted="@list", given=_given(node), example=example
        )
    found = []
    for index, item in enumerate(node.value):
        place = f"{at}.{index}"
        if nodes.is_empty(item):
            continue
        reading.spots[place] = reading.spot(item)
        found.append(_value(item, form.item, reading, place, kind))
    return tuple(value for value in found if value is not GONE)


def _table(node: Node, form: Table, reading: Reading, at: str, kind: str) -> Any:  # noqa: ANN401
    if not isinstance(node, MappingNode):
        wanted = {"wanted": "@table", "given": _given(node)}
        return reading.slip("wrong-type", reading.spot(node), **wanted)
    found: dict[Any, Any] = {}
    for key, value in node.value:
        name = _scalar(key, form.key, reading)
        if name in found:
            reading.slip("doubled-key", reading.spot(key), key=str(name))
        elif name is not GONE and not nodes.is_empty(value):
            reading.spots[f"{at}.{name}"] = reading.spot(key)
            found[name] = _value(value, form.item, reading, f"{at}.{name}", kind)
    return {name: value for name, value in found.items() if value is not GONE}


def _shaped(node: Node, form: Shaped, reading: Reading, at: str) -> Any:  # noqa: ANN401
    part = form.type.__name__.lower()
    if not isinstance(node, MappingNode):
        wanted = {"wanted": f"@{part}", "given": _given(node)}
        return reading.slip("wrong-type", reading.spot(node), **wanted)
    values = _mapping(node, form.fields, part, reading, f"{at}.")
    return GONE if values is None else form.type(**values)


def _markdown(node: Node, reading: Reading) -> Any:  # noqa: ANN401
    if not isinstance(node, ScalarNode):
        wanted = {"wanted": "@markdown", "given": _given(node)}
        return reading.slip("wrong-type", reading.spot(node), **wanted)
    block = node.style in ("|", ">")
    line = node.start_mark.line + reading.first_line + (1 if block else 0)
    return render_body(node.value, reading, line)


def render_body(text: str, reading: Reading, first_line: int) -> Any:  # noqa: ANN401
    """Render a text of the file and keep its fragments; ``GONE`` when it can't be."""
    rendered = markdown.render(text, reading.path, first_line)
    if isinstance(rendered, Problem):
        reading.problems.append(rendered)
        return GONE
    reading.problems.extend(rendered.problems)
    reading.fragments[rendered.body.digest] = rendered.fragments
    reading.references.extend(_references(rendered))
    return rendered.body


def _references(rendered: markdown.Rendered) -> Iterator[Reference]:
    for target, place in rendered.spots.items():
        scheme, colon, rest = target.partition(":")
        if colon and scheme in markdown.REFERRING:
            yield Reference(scheme, rest.partition("#")[0], place)
        elif is_medium(target):
            yield Reference("medium", medium_path(target), place)


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
