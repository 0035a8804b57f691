"""Where something is (HSDS: location)."""

from typing import Annotated

from netzsite.fields.field import Key
from netzsite.fields.types import Day, Latitude, Line, Longitude, Prose
from netzsite.records.keys import ACCESSIBILITY, VALID_FROM, VALID_UNTIL
from netzsite.records.record import Publishable


class Place(Publishable, frozen=True, kw_only=True, tag="place"):
    """Ort: where something happens (HSDS: location)."""

    name: Annotated[Line, Key("Name", "Wie der Ort heißt.", ("titel",))]
    street: Annotated[
        Line | None, Key("Straße", "Straße und Hausnummer.", ("strasse", "adresse"), "Am Markt 1")
    ] = None
    postal_code: Annotated[Line | None, Key("Postleitzahl", "Fünf Ziffern.", ("plz",))] = None
    city: Annotated[Line | None, Key("Stadt", "Name der Stadt.", ("ort",))] = None
    lat: Annotated[Latitude | None, Key("Breite", "Geografische Breite in Grad.")] = None
    lon: Annotated[Longitude | None, Key("Länge", "Geografische Länge in Grad.")] = None
    accessibility: Annotated[Line | None, ACCESSIBILITY] = None
    directions: Annotated[Prose | None, Key("Anfahrt", "Wie man hinkommt.", ("anfahrt", "weg"))] = (
        None
    )
    valid_from: Annotated[Day | None, VALID_FROM] = None
    valid_until: Annotated[Day | None, VALID_UNTIL] = None
