"""The keys that a mapping has → the fields they mean, and what is wrong with the others."""

import functools
from typing import Final

from msgspec import Struct

from netzsite import text as words
from netzsite.fields.field import Field, Many, Shaped, Table, fields_of
from netzsite.fields.reading import Reading
from netzsite.problems import Spot
from netzsite.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


@functools.cache
def known_keys(record: type[Struct]) -> dict[str, Field]:
    """Map the keys as they are written: ``except`` and not ``except_``."""
    return {field.name.rstrip("_"): field for field in fields_of(record)}


@functools.cache
def keys_within(record: type[Struct]) -> dict[str, Field]:
    """Map the keys of a record and of all its parts."""
    found = dict(known_keys(record))
    for field in known_keys(record).values():
        form = field.form
        while isinstance(form, Many | Table):
            form = form.item
        if isinstance(form, Shaped):
            found = keys_within(form.type) | found
    return found


_OF_OTHERS: Final = frozenset({"layout", "type", "comments", "toc", "weight", "guid", "post_id"})
"""Keys that Jekyll, Hugo and WordPress's exporters write, and that say nothing here."""


class Guess(Struct, frozen=True, kw_only=True):
    """The key that was probably meant by another word."""

    key: str
    is_certain: bool
    """Whether it is the key's German name, or just a slip of the pen."""


class Keys:
    """Reads the keys of one mapping, each once."""

    def __init__(self, record: type[Struct], kind: str, node: MappingNode | None) -> None:
        self.known: Final = known_keys(record)
        self._kind = kind
        self._node = node
        self._written = {
            key.value for key, _ in (node.value if node else ()) if isinstance(key, ScalarNode)
        }
        self._seen: set[str] = set()

    def field(self, key: Node, reading: Reading) -> Field | None:
        """Find the field that a key means, or note what is wrong with the key.

        One that can only be a slip is read as the field it means: its value is checked, too.
        """
        if not isinstance(key, ScalarNode):
            reading.slip("wrong-type", reading.spot(key), wanted="@key", given=given(key))
            return None
        name = key.value
        if name in self._seen:
            reading.slip("doubled-key", reading.spot(key), key=name)
            return None
        self._seen.add(name)
        field = self.known.get(name)
        if field is None:
            return self._meant(key, reading)
        if field.key.reserved:
            spot = reading.spot(key)
            start = Spot(spot.line, spot.column, 0)
            changes = (reading.edit(start, "# "),) if self._stands_alone(key) else ()
            reading.slip("reserved-key", spot, changes, key=name)
            return None
        return field

    def _stands_alone(self, key: ScalarNode) -> bool:
        """Tell whether a key and its value are one line of their own."""
        node = self._node
        if node is None or node.flow_style:
            return False
        value = next(value for name, value in node.value if name is key)
        return bool(key.start_mark.line == value.end_mark.line)

    def _meant(self, key: ScalarNode, reading: Reading) -> Field | None:
        guess = None if reading.is_full else guessed(key.value, self.known)
        facts = {"key": key.value, "of": f"@{self._kind}"}
        if key.value in _OF_OTHERS:
            facts["example"] = "@needless_key"
            reading.slip("unknown-key", reading.spot(key), **facts)
            return None
        if guess is None:
            reading.slip("unknown-key", reading.spot(key), choices=", ".join(self.known), **facts)
            return None
        field = self.known[guess.key]
        facts |= {"guess": guess.key, "label": field.key.label}
        if field.key.example:
            facts["example"] = f"{guess.key}: {field.key.example}"
        free = guess.key not in self._written and guess.key not in self._seen
        certain = guess.is_certain and free and not field.key.reserved
        self._seen.add(guess.key)
        changes = reading.rewritten(key, guess.key) if certain else ()
        reading.meant.add(guess.key)
        reading.slip("unknown-key", reading.spot(key), changes, **facts)
        return field if certain else None


def meaning(name: str, known: dict[str, Field]) -> str | None:
    """Give the key that a word can only mean: the key itself, its German name, or a slip of it."""
    if name in known:
        return name
    guess = guessed(name, known)
    return guess.key if guess and guess.is_certain else None


def guessed(name: str, known: dict[str, Field]) -> Guess | None:
    """Guess the key behind a German or misspelt one."""
    german: dict[str, str] = {}
    for key, field in known.items():
        for word in (field.key.label, *field.key.also):
            german.setdefault(words.slug(word), key)
    exact = german.get(words.slug(name))
    near = words.slip_of(name, known) or german.get(words.slip_of(name, german) or "")
    if exact or near:
        return Guess(key=exact or near or "", is_certain=True)
    close = words.nearest(name.lower(), known)
    if close is None:
        close = german.get(words.nearest(name, german) or "")
    return Guess(key=close, is_certain=False) if close else None


def given(node: Node) -> str:
    """Name what stands there: a group of keys, a list or a text."""
    if isinstance(node, MappingNode):
        return "@mapping"
    return "@list" if isinstance(node, SequenceNode) else "@text"
