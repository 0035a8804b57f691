"""What an offer costs, as it is written → whether that is nothing."""

import re
from typing import Final

_WORD: Final = r"(?:kostenlos|kostenfrei|gebührenfrei|unentgeltlich|gratis|umsonst|frei|free)\b"
_SUBJECT: Final = (
    r"(?:(?:der|die|das|dieses|unser|unsere|alle) )?[^\W\d]+ (?:ist|sind) (?:für alle )?"
)
_FREE: Final = re.compile(
    rf"(?:{_SUBJECT}|(?:der )?eintritt )?(?:völlig |ganz |immer )?{_WORD}"
    r"|0(?:[.,]00?)? ?(?:€|euro\b)|(?:es |das )?kostet nichts\b"
    r"|(?:ohne|keine) (?:gebühr(?:en)?|kosten)\b",
    re.IGNORECASE,
)


def is_free(cost: str | None) -> bool:
    """Tell whether what an offer costs is nothing."""
    return _FREE.match(cost or "") is not None
