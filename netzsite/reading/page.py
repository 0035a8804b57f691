"""A rendered page → its facts: one walk over its elements, in the order in which they stand.

This runs for every page of a cold build. The walk itself is cheap; what costs is asking an element
for more than its attributes, and only the few elements that a rule is about are asked.
"""

from typing import TYPE_CHECKING

from netzsite.reading import loading, scripts, styles
from netzsite.reading.facts import Facts
from netzsite.reading.notes import Notes

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def read(page: bytes, here: str, base_url: str) -> Facts:
    """Read the facts of an HTML page at the address ``here``."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - not on a warm build

    notes = Notes(here, base_url)
    tree = LexborHTMLParser(page)
    for node in tree.css("*"):
        notes.node = node
        tag, attributes = node.tag or "", node.attributes
        if attributes:
            _id(notes, attributes.get("id"))
            loading.see(notes, tag, attributes)
        if tag in ("script", "style", "meta", "template"):
            _special(notes, tag, attributes, node)
    return notes.facts()


def _id(notes: Notes, name: str | None) -> None:
    if not name:
        return
    if name in notes.ids:
        notes.find("repeated-id", name)
    notes.ids[name] = None


def _special(notes: Notes, tag: str, attributes: loading.Attributes, node: "LexborNode") -> None:
    """Look into the elements that do something by what they hold."""
    if tag == "meta":
        if (attributes.get("http-equiv") or "").strip().lower() == "refresh":
            loading.refresh(notes, attributes)
    elif tag == "script":
        text = node.text() or ""
        if loading.runs(attributes):
            notes.find("inline-script", text or "<script>")
            scripts.see(notes, text)
    elif tag == "style":
        text = node.text() or ""
        notes.find("inline-style", text)
        styles.see(notes, text)
    else:
        _template(notes, node)


def _template(notes: Notes, template: "LexborNode") -> None:
    """Look at what waits in a template element: a script may show it at any time."""
    for part in template.template_fragments():
        for node in part.css("*"):
            notes.node = node
            tag, attributes = node.tag or "", node.attributes
            loading.see(notes, tag, attributes)
            if tag in ("script", "style", "meta", "template"):
                _special(notes, tag, attributes, node)
