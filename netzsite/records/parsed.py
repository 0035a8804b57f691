"""What one record file holds: the record with its positions, or what is wrong with it."""

from msgspec import Struct

from netzsite.fields.reading import Reference
from netzsite.markdown.render import Fragments
from netzsite.problems import Problem, Spot
from netzsite.records.kinds import AnyRecord


class Parsed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one record file holds."""

    kind: str
    id: str
    """Known even when the record has a mistake, so that one mistake is told once."""
    path: str
    record: AnyRecord | None = None
    spots: dict[str, Spot] = {}
    """Where the values stand: ``actors.0`` → place."""
    references: tuple[Reference, ...] = ()
    problems: tuple[Problem, ...] = ()
    fragments: dict[str, Fragments] = {}
    """The HTML of its texts by digest; kept apart from the record once parsed."""
