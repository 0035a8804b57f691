"""A stretch of days with a reason."""

from typing import Annotated

from msgspec import Struct

from netzsite.fields.field import Key
from netzsite.fields.types import Day, Line


class Days(Struct, frozen=True, kw_only=True):
    """A stretch of days, both included, with a reason."""

    first: Annotated[Day, Key("Von", "Erster Tag.", ("von", "from"), "2026-12-24")]
    last: Annotated[
        Day | None, Key("Bis", "Letzter Tag; fehlt er, ist es ein Tag.", ("bis", "until"))
    ] = None
    reason: Annotated[Line | None, Key("Grund", "Warum.", ("grund", "name"), "Betriebsferien")] = (
        None
    )
