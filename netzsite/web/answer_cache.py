"""Good answers of other hosts, kept in the cache folder for some days: none is asked twice."""

from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from netzsite.web.polite_client import Answer

FILE: Final = "external.json"
DAYS: Final = 7
"""How long a good answer is believed; a bad one is asked for again at once."""
_GOOD: Final = range(200, 300)


class KeptAnswer(Struct, frozen=True):
    """An answer and the day it came."""

    day: date
    answer: Answer


def recall(folder: Path, today: date) -> dict[str, Answer]:
    """Give the answers that are still believed; a damaged file is as good as none."""
    with suppress(OSError, msgspec.DecodeError):
        kept = msgspec.json.decode((folder / FILE).read_bytes(), type=dict[str, KeptAnswer])
        oldest = today - timedelta(days=DAYS)
        return {url: of.answer for url, of in kept.items() if oldest < of.day <= today}
    return {}


def remember(folder: Path, today: date, fresh: dict[str, Answer], still: set[str]) -> None:
    """Keep what is good, and of what was kept before what is still linked to."""
    kept: dict[str, KeptAnswer] = {}
    with suppress(OSError, msgspec.DecodeError):
        kept = msgspec.json.decode((folder / FILE).read_bytes(), type=dict[str, KeptAnswer])
    kept = {url: of for url, of in kept.items() if url in still and url not in fresh}
    kept |= {
        url: KeptAnswer(today, answer) for url, answer in fresh.items() if answer.status in _GOOD
    }
    with suppress(OSError):  # it is only remembered
        folder.mkdir(parents=True, exist_ok=True)
        text = msgspec.json.format(msgspec.json.encode(dict(sorted(kept.items()))), indent=1)
        (folder / FILE).write_bytes(text + b"\n")
