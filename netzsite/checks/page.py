"""What a check gets of one output."""

from msgspec import Struct

from netzsite.rendering.facts import PageFacts


class Page(Struct, frozen=True):
    """One rendered page: its address, its facts, the file it shows."""

    address: str
    origin: str
    facts: PageFacts
