"""What a check gets of one published file."""

from msgspec import Struct

from netzsite.audit.facts import Facts


class Page(Struct, frozen=True):
    """One published file, a page most of the time: its address, its facts, the file it shows."""

    address: str
    origin: str
    """From the content folder; with ``templates/`` before it when it is no content."""
    facts: Facts
    template: str = ""

    @property
    def has_anchors(self) -> bool:
        """Whether a fragment of its address names one of its ids."""
        return self.address.endswith(("/", ".html"))
