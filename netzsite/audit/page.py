"""A rendered page → its facts."""

from netzsite.audit.accessibility import Access
from netzsite.audit.collector import Notes
from netzsite.audit.facts import Facts
from netzsite.audit.walk import walk


def read(page: bytes, here: str, base_url: str) -> Facts:
    """Read the facts of an HTML page at the address ``here``."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - not on a warm build

    notes = Notes(here, base_url)
    tree = LexborHTMLParser(page)
    access = Access(notes)
    walk(tree, access)
    access.finish(tree)
    return notes.facts()
