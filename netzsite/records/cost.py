"""What an offer costs, as it is written → whether that is nothing."""

import re
from typing import Final

_FREE: Final = re.compile(
    r"(?:kostenlos|kostenfrei|gebührenfrei|gratis|umsonst|(?:der )?eintritt (?:ist )?frei|free)\b",
    re.IGNORECASE,
)


def is_free(cost: str | None) -> bool:
    """Tell whether what an offer costs is nothing."""
    return _FREE.match(cost or "") is not None
