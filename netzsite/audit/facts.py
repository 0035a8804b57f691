"""What checks need to know of a published file; memoised with it, so that no check reads it again.

A good file has few facts: what it links to and the ids it has. What is amiss in the file by itself
is found while it is read, so that a warm build carries no more than that.
"""

from msgspec import Struct


class Finding(Struct, frozen=True, omit_defaults=True, gc=False):
    """One thing in a file that a rule speaks against."""

    code: str
    """The kind of problem it is."""
    what: str = ""
    """What it is about, as messages name it: an address, an element, a heading."""
    line: int = 0
    """Its line in the file, from 1; 0 where that says nothing, as in a page made of templates."""
    mark: str = ""
    """Where in a template it is written, when the page was made with marks."""


class Facts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the checks need to know of one file."""

    links: tuple[str, ...] = ()
    """Addresses inside the site that it links to or loads, with fragments."""
    ids: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
