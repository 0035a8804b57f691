"""A number to call in need: an entry of ``emergency_numbers`` in ``site.yaml``.

They are a group of the site and no kind of record: a handful of lines that nothing refers to, the
same on every page that shows them, always in the order in which somebody in need reads them.
"""

from typing import Annotated

from msgspec import Struct

from netzsite.fields.field import Key
from netzsite.fields.types import Line, ServiceNumber, Url


class Emergency(Struct, frozen=True, kw_only=True):
    """Whom to call in need."""

    name: Annotated[Line, Key("Name", "Wer sich meldet.", ("wer",), "Telefonseelsorge")]
    phones: Annotated[
        tuple[ServiceNumber, ...],
        Key("Nummern", "Eine oder mehrere Nummern.", ("telefon", "phone", "nummer"), "[116 123]"),
    ]
    about: Annotated[
        Line | None,
        Key("Wofür", "Wobei man dort Hilfe bekommt, wann und was es kostet.", ("hinweis",)),
    ] = None
    url: Annotated[Url | None, Key("Webseite", "Adresse im Netz.", ("webseite", "link"))] = None
