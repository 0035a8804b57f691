"""Elements → notes: one walk over them, in the order in which they stand.

This runs for every page of a cold build. The walk itself is cheap; what costs is asking an element
for more than its attributes, and only the few elements that a rule is about are asked.
"""

import json
from typing import TYPE_CHECKING, Final

from netzsite.audit import loading, styles
from netzsite.audit.accessibility import REFERENCES, RULES, Access, Rule
from netzsite.audit.collector import Notes
from netzsite.audit.loading import Attributes

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode


def walk(tree: "LexborHTMLParser", access: Access) -> None:
    """Look at all elements of a page."""
    notes = access.notes
    if tree.root is None:
        return
    for node in tree.root.traverse():  # a fifth cheaper than to look for all by „*“
        tag, attributes = node.tag, node.attributes
        for name in attributes:
            if name not in loading.QUIET and not (name == "href" and tag == "a"):
                notes.node = node
                _attribute(notes, access, tag or "", attributes, name)
        rule = _RULES.get(tag)
        if rule is not None:
            notes.node = node
            rule(access, attributes, node)


def _attribute(notes: Notes, access: Access, tag: str, attributes: Attributes, name: str) -> None:
    """Look at an attribute that may mean something."""
    if name == "id":
        _id(notes, attributes[name])
    elif name in REFERENCES:
        access.refer(name, attributes[name] or "")
    elif name == "aria-hidden":
        access.hide()
    else:
        loading.see(notes, tag, attributes, name)


def _id(notes: Notes, name: str | None) -> None:
    if not name:
        return
    if name in notes.ids:
        notes.find("repeated-id", name)
    notes.ids[name] = None


def _script(access: Access, attributes: Attributes, node: "LexborNode") -> None:
    if loading.runs(attributes):
        access.notes.find("inline-script", node.text() or "<script>")
    elif (attributes.get("type") or "").endswith("json"):
        try:
            json.loads(node.text() or "")
        except ValueError as error:
            access.notes.find("not-well-formed", str(error))


def _style(access: Access, _attributes: Attributes, node: "LexborNode") -> None:
    text = node.text() or ""
    access.notes.find("inline-style", text)
    styles.see(access.notes, text)


def _template(access: Access, _attributes: Attributes, template: "LexborNode") -> None:
    """Look at what waits in a template element: a script may show it at any time."""
    for part in template.template_fragments():
        for node in part.css("*"):
            access.notes.node = node
            for name in node.attributes:
                loading.see(access.notes, node.tag or "", node.attributes, name)
            if node.tag in _SPECIAL:
                _SPECIAL[node.tag](access, node.attributes, node)


_SPECIAL: Final[dict[str | None, Rule]] = {
    "script": _script,
    "style": _style,
    "template": _template,
}
_RULES: Final[dict[str | None, Rule]] = {**RULES, **_SPECIAL}
