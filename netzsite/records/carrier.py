"""Who stands behind actors (HSDS: organization)."""

from typing import Annotated

from netzsite.fields.field import Key
from netzsite.fields.types import ActorId, CarrierId, Line, Url
from netzsite.records.keys import URL
from netzsite.records.record import Publishable


class Carrier(Publishable, frozen=True, kw_only=True, tag="carrier"):
    """Träger: the legal body behind actors."""

    name: Annotated[Line, Key("Name", "Name des Trägers, mit Rechtsform, wie er sich nennt.")]
    legal_form: Annotated[
        Line | None, Key("Rechtsform", "Zum Beispiel e. V. oder gGmbH.", example="gGmbH")
    ] = None
    parent: Annotated[
        CarrierId | None, Key("Gehört zu", "Kürzel des übergeordneten Trägers.", ("dachverband",))
    ] = None
    url: Annotated[Url | None, URL] = None
    actor: Annotated[
        ActorId | None,
        Key("Ist selbst Akteur", "Kürzel des Akteurs, wenn der Träger selbst mitmacht."),
    ] = None
