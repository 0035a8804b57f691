"""Elements of a page → what keeps somebody from reading or using it (WCAG 2.2, levels A and AA).

What HTML shows by itself is looked at as the elements pass; what takes the whole page (one main
part, labels of fields, links of one name) at its end. Colours are judged with the stylesheet.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from netzsite.audit import loading
from netzsite.audit.accessible_names import context, is_hidden, name_of
from netzsite.audit.collector import Notes, from_root
from netzsite.audit.loading import Attributes
from netzsite.text import one_line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
NO_ZOOM: Final = re.compile(
    r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*(?:[01](?:\.\d+)?)(?![\d.])"
)
_LISTS: Final = frozenset({"ul", "ol", "menu"})
_PAIRS: Final = frozenset({"dl", "div"})
_NAMED_INPUTS: Final = frozenset({"hidden", "submit", "reset", "button", "image"})
REFERENCES: Final = frozenset(
    {"aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for"}
)
"""Attributes that name other elements by their ids."""


_Link = tuple[str, str, "LexborNode"]
"""Where a link leads, the heading above it, the link itself."""


class Access:
    """What has been seen of one page so far."""

    __slots__ = (
        *("fields", "first_link", "heading", "hidden", "items", "labelled", "level", "links"),
        *("listed", "navigated", "notes", "parts", "references", "titled", "tops", "twins"),
    )

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.titled = False
        self.parts = 0
        """How many main parts there are."""
        self.tops = 0
        """How many headings of the first level there are."""
        self.level = 0
        self.heading = ""
        self.items = self.listed = 0
        """How many list items there are, and how many of them in a list."""
        self.navigated = False
        self.first_link: str | None = None
        self.links: dict[str, _Link] = {}
        """Name → the first link of this name."""
        self.twins: dict[str, list[_Link]] = {}
        """Name → all links of this name, where they lead to different places."""
        self.fields: list[tuple[LexborNode, Attributes]] = []
        self.labelled: set[str] = set()
        """Ids of fields that a label names."""
        self.references: list[tuple[str, LexborNode]] = []
        self.hidden: list[LexborNode] = []

    def refer(self, name: str, value: str) -> None:
        """Note that the element that is being read names others by their ids."""
        if name == "for":
            self.labelled.add(value)
        if self.notes.node is not None:
            self.references += ((target, self.notes.node) for target in value.split())

    def hide(self) -> None:
        """Note that the element that is being read is hidden from those who listen."""
        if self.notes.node is not None:
            self.hidden.append(self.notes.node)

    def finish(self, tree: "LexborHTMLParser") -> None:
        """Judge what takes the whole page."""
        notes = self.notes
        notes.node = None
        if not self.titled:
            notes.find("page-without-title")
        if self.parts != 1:
            notes.find("page-without-main", str(self.parts))
        if self.tops != 1:
            notes.find("page-without-heading", str(self.tops))
        if self.navigated and not self._skips():
            notes.find("no-skip-link")
        self._relations()
        if self.items != self.listed:
            self._strays(tree)

    def _relations(self) -> None:
        """Judge what elements say of one another: labels, what is hidden, links of one name."""
        for target, node in self.references:
            if target not in self.notes.ids:
                self.notes.find("label-nowhere", target, node)
        for node, attributes in self.fields:
            self._label(node, attributes)
        for node in self.hidden:
            self._unseen(node)
        for name, links in self.twins.items():
            self._same(name, [self.links[name], *links])

    def _skips(self) -> bool:
        link = self.first_link or ""
        return link.startswith("#") and link[1:] in self.notes.ids

    def _label(self, node: "LexborNode", attributes: Attributes) -> None:
        """Ask a field for its label: one that names it, one around it, or a name of its own."""
        if attributes.get("id") in self.labelled and attributes.get("id"):
            return
        if any((attributes.get(name) or "").strip() for name in ("aria-label", "title")):
            return
        around = node.parent
        while around is not None and around.tag != "label":
            around = around.parent
        if around is None and not is_hidden(node):
            what = attributes.get("name") or attributes.get("id") or node.tag or ""
            self.notes.find("field-without-label", what, node)

    def _unseen(self, node: "LexborNode") -> None:
        """Ask what stands around a hidden element whether it has a name without it."""
        owner = node.parent
        while owner is not None and owner.tag not in _NAMED:
            owner = owner.parent
        if owner is not None and not name_of(owner, owner.attributes, without_hidden=True):
            _nameless(self, owner.tag or "", owner.attributes, owner)

    def _strays(self, tree: "LexborHTMLParser") -> None:
        """Find the list items that stand in no list."""
        for node in tree.css("li"):
            above = node.parent
            if above is not None and above.tag not in _LISTS:
                self.notes.find("bad-list", f"<li> in <{above.tag}>", node)

    def _same(self, name: str, links: "list[_Link]") -> None:
        """Tell links of one name that lead to different places, with the same around them."""
        seen: dict[tuple[str, ...], str] = {}
        for address, heading, node in links:
            around = (heading, *context(node))
            if seen.setdefault(around, address) != address:
                self.notes.find("ambiguous-links", one_line(name), node)
                return


def _html(access: Access, attributes: Attributes, _node: "LexborNode") -> None:
    if not LANGUAGE.fullmatch(attributes.get("lang") or ""):
        access.notes.find("page-without-language", attributes.get("lang") or "")


def _title(access: Access, _attributes: Attributes, node: "LexborNode") -> None:
    if (node.text() or "").strip():
        access.titled = True


def _meta(access: Access, attributes: Attributes, _node: "LexborNode") -> None:
    if (attributes.get("http-equiv") or "").strip().lower() == "refresh":
        loading.refresh(access.notes, attributes)
    if attributes.get("name") == "viewport":
        said = (attributes.get("content") or "").lower()
        if NO_ZOOM.search(said):
            access.notes.find("zoom-blocked", said)


def _main(access: Access, _attributes: Attributes, _node: "LexborNode") -> None:
    access.parts += 1


def _navigation(access: Access, _attributes: Attributes, _node: "LexborNode") -> None:
    access.navigated = access.navigated or not access.parts


def _heading(level: int) -> "Callable[[Access, Attributes, LexborNode], None]":
    def rule(access: Access, attributes: Attributes, node: "LexborNode") -> None:
        access.heading = name = name_of(node, attributes)
        if not name:
            _nameless(access, f"h{level}", attributes, node)
        if level > access.level + 1:
            access.notes.find("heading-skipped", name)
        access.level = level
        access.tops += level == 1

    return rule


def _link(access: Access, attributes: Attributes, node: "LexborNode") -> None:
    href = attributes.get("href")
    if href is None:
        return
    notes = access.notes
    if href.startswith(notes.up):
        notes.links[from_root(href[len(notes.up) :])] = None
    else:
        loading.lead(notes, attributes, href)
    if access.first_link is None:
        access.first_link = href
    name = attributes.get("aria-label") or node.text() or ""
    if not name or name.isspace():
        name = name_of(node, attributes)
        if not name:
            _nameless(access, "a", attributes, node)
            return
    link = (href, access.heading, node)
    first = access.links.setdefault(name, link)
    if first[0] != href:
        access.twins.setdefault(name, []).append(link)


def _button(access: Access, attributes: Attributes, node: "LexborNode") -> None:
    if not name_of(node, attributes):
        _nameless(access, "button", attributes, node)


def _frame(access: Access, attributes: Attributes, node: "LexborNode") -> None:
    if not (attributes.get("title") or attributes.get("aria-label") or "").strip():
        _nameless(access, "iframe", attributes, node)


def _nameless(access: Access, tag: str, attributes: Attributes, node: "LexborNode") -> None:
    if is_hidden(node):
        return
    said = next((attributes[key] for key in ("href", "src", "id") if attributes.get(key)), "")
    access.notes.find("without-name", f"<{tag}> {said}".strip(), node)


def _input(access: Access, attributes: Attributes, node: "LexborNode") -> None:
    kind = (attributes.get("type") or "text").lower()
    if kind not in _NAMED_INPUTS:
        access.fields.append((node, attributes))
    elif kind in ("button", "image"):
        said = attributes.get("value" if kind == "button" else "alt")
        if not (said or attributes.get("aria-label") or attributes.get("title") or "").strip():
            _nameless(access, "input", attributes, node)


def _field(access: Access, attributes: Attributes, node: "LexborNode") -> None:
    access.fields.append((node, attributes))


def _picture(access: Access, attributes: Attributes, _node: "LexborNode") -> None:
    if "alt" not in attributes:
        access.notes.find("picture-without-alt", attributes.get("src") or "")


def _item(access: Access, _attributes: Attributes, _node: "LexborNode") -> None:
    access.items += 1


def _pair(access: Access, _attributes: Attributes, node: "LexborNode") -> None:
    if node.parent is not None and node.parent.tag not in _PAIRS:
        access.notes.find("bad-list", f"<{node.tag}> in <{node.parent.tag}>")


def _list(access: Access, _attributes: Attributes, node: "LexborNode") -> None:
    for child in node.iter():
        tag = child.tag
        if tag == "li":
            access.listed += 1
        elif tag not in _BESIDE:
            access.notes.find("bad-list", f"<{tag}> in <{node.tag}>", child)


def _terms(access: Access, _attributes: Attributes, node: "LexborNode") -> None:
    for child in node.iter():
        if child.tag not in _IN_TERMS:
            access.notes.find("bad-list", f"<{child.tag}> in <dl>", child)


def _table(access: Access, attributes: Attributes, node: "LexborNode") -> None:
    if attributes.get("role") not in ("presentation", "none") and node.css_first("th") is None:
        access.notes.find("table-without-header", node.text(separator=" ") or "")


_BESIDE: Final = frozenset({"script", "template"})
_IN_TERMS: Final = frozenset({"dt", "dd", "div", *_BESIDE})
_NAMED: Final = frozenset({"a", "button", "h1", "h2", "h3", "h4", "h5", "h6"})
Rule = Callable[[Access, Attributes, "LexborNode"], None]
RULES: Final[dict[str | None, Rule]] = {
    "html": _html,
    "title": _title,
    "meta": _meta,
    "main": _main,
    "nav": _navigation,
    "header": _navigation,
    "a": _link,
    "button": _button,
    "iframe": _frame,
    "input": _input,
    "select": _field,
    "textarea": _field,
    "img": _picture,
    "li": _item,
    "dt": _pair,
    "dd": _pair,
    "ul": _list,
    "ol": _list,
    "menu": _list,
    "dl": _terms,
    "table": _table,
    **{f"h{level}": _heading(level) for level in range(1, 7)},
}
