"""A zone's name → its rules, always from the package tzdata: the same on every machine.

``zoneinfo.ZoneInfo`` asks the operating system first, whose data may be older, and which knows
names such as ``localtime`` that mean another zone on each machine.
"""

import functools
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import tzdata  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_FOLDER: Final = Path(tzdata.__file__).parent


@functools.cache
def zone(name: str) -> "ZoneInfo":
    """Give the zone of a name of the IANA database; raises ``LookupError`` for any other."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - 20 ms, and not every build needs it

    with _file(name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def midnight(day: date, name: str) -> datetime:
    """Give the beginning of a day in a zone, with the zone's own offset.

    Written out (RFC 3339) its date is the day itself, also for those who cut off the rest; in UTC
    it would be the day before, east of Greenwich.
    """
    return datetime.combine(day, time(), zone(name))


def posix_rule(name: str) -> str:
    """Read the rule that holds from now on (RFC 9636, 3.3); raises ``LookupError``.

    It is the last line of the zone's TZif file: a POSIX TZ string, ``CET-1CEST,M3.5.0,M10.5.0/3``.
    """
    return _file(name).read_bytes().rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")


def _file(name: str) -> Path:
    if name not in names():
        raise LookupError(f"no zone is called {name!r}")
    return _FOLDER / "zoneinfo" / name


@functools.cache
def names() -> frozenset[str]:
    """Read the names of all zones, so that none can lead out of the folder."""
    return frozenset((_FOLDER / "zones").read_text(encoding="utf-8").split("\n")) - {""}
