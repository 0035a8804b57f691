"""What an element is called, and what stands around it, as somebody hears it who can't see it.

The short way through „Accessible Name and Description Computation 1.2“: a label, the text, what
pictures inside say, a title.
"""

from typing import TYPE_CHECKING, Final

from netzsite.audit.loading import Attributes
from netzsite.text import one_line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BLOCKS: Final = frozenset(
    {"address", "article", "dd", "dt", "figure", "li", "p", "td", "th", "tr"}
)
_LANDMARKS: Final = frozenset({"aside", "body", "footer", "header", "main", "nav", "section"})


def name_of(node: "LexborNode", attributes: Attributes, *, without_hidden: bool = False) -> str:
    """Give the name of a link, a button or a heading; empty when it has none."""
    label = attributes.get("aria-label")
    if label and not label.isspace():
        return one_line(label)
    text = " ".join((own_text(node) if without_hidden else node.text() or "").split())
    if text:
        return text
    for inner in node.css("img[alt], [aria-label], svg title"):
        said = inner.attributes
        found = (said.get("alt") or said.get("aria-label") or inner.text() or "").strip()
        if found:
            return one_line(found)
    return one_line(attributes.get("aria-labelledby") or attributes.get("title") or "")


def own_text(node: "LexborNode") -> str:
    """Give the text of an element without what is hidden from those who listen."""
    parts = []
    child = node.first_child
    while child is not None:
        if child.is_text_node:
            parts.append(child.text() or "")
        elif child.is_element_node and child.attributes.get("aria-hidden") != "true":
            parts.append(own_text(child))
        child = child.next
    return "".join(parts)


def context(node: "LexborNode") -> tuple[str, ...]:
    """Give what can be heard around a link: its item, paragraph or cell, up to its landmark.

    WCAG 2.2, „programmatically determined link context“; what stands before a pair in a list of
    terms belongs to it.
    """
    parts = []
    around = node.parent
    while around is not None and around.tag not in _LANDMARKS:
        if around.tag in _BLOCKS:
            parts.append(one_line(around.text() or ""))
        if around.tag == "dd":
            parts.append(_term(around))
        around = around.parent
    if around is not None:
        parts.append(f"{around.tag} {around.attributes.get('aria-label') or ''}")
    return tuple(parts)


def _term(definition: "LexborNode") -> str:
    before = definition.prev
    while before is not None and before.tag != "dt":
        before = before.prev
    return one_line(before.text() or "") if before is not None else ""


def is_hidden(node: "LexborNode | None") -> bool:
    """Tell whether an element waits unseen for a script to show it."""
    while node is not None:
        if "hidden" in node.attributes:
            return True
        node = node.parent
    return False
