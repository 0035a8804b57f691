"""One rendered file, as checks and publishing know it."""

from msgspec import Struct

from netzsite.audit.facts import Facts


class Output(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rendered file: where it goes, what it is, what checks need of it."""

    path: str
    digest: str
    size: int
    facts: Facts | None = None
    pictures: tuple[str, ...] = ()
    """Addresses in it that may be those of a picture's sizes."""
