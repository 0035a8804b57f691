"""How often a record was changed, and when last: what calendars need to know what is newer."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct


class Revision(Struct, frozen=True, gc=False):
    """The changes of one record that a history tells of."""

    changes: int
    last: datetime
    """In UTC."""


Revisions = Mapping[tuple[str, str], Revision]
"""Kind and id → its changes; what no history tells of is missing."""
