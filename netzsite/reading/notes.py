"""What is noted while one file is read: addresses sorted into ours and foreign, findings once."""

import functools
import re
from typing import TYPE_CHECKING, Final

from netzsite import urls
from netzsite.reading.facts import Facts, Finding
from netzsite.text import excerpt

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MARK: Final = "data-at"
"""The attribute that says where in a template an element is written, on pages made with marks."""
_RUNS: Final = re.compile(r"(?:javascript|vbscript):", re.IGNORECASE)
_HARMLESS: Final = ("about:", "blob:")
_IGNORED: Final = re.compile(r"[\t\n\r]|^[\x00- ]+|[\x00- ]+$")
"""What browsers drop from an address (URL standard, „basic URL parser“)."""
_LONGEST: Final = 120


@functools.lru_cache(maxsize=65_536)
def _from_root(link: str) -> str | None:
    return urls.resolve("/", "./" + link)


class Notes:
    """The notes on one file at the address ``here`` of the site at ``base_url``."""

    __slots__ = ("_base", "_own", "_up", "findings", "here", "ids", "line", "links", "node")

    def __init__(self, here: str, base_url: str) -> None:
        self.here = here
        self.links: dict[str, None] = {}
        self.ids: dict[str, None] = {}
        self.findings: dict[Finding, None] = {}
        self.line = 0
        """The line that is being read, where lines count."""
        self.node: LexborNode | None = None
        """The element that is being read, in a page."""
        self._own = base_url + "/"
        self._base = urls.base_path(base_url)
        self._up = "../" * (here.count("/") - 1)

    def find(self, code: str, what: str = "", node: "LexborNode | None" = None) -> None:
        """Note something that is amiss, in the element or the line that is being read."""
        mark = _mark(node or self.node)
        self.findings[Finding(code, excerpt(what, _LONGEST), self.line, mark)] = None

    def inside(self, link: str) -> str | None:
        """Give the address that a link means, or None when it leaves the site.

        Most links of a page go up to the root first, as on many other pages: these are known.
        """
        up = self._up
        if up and link.startswith(up):
            return _from_root(link[len(up) :])
        if link.startswith(self._own):
            return urls.resolve("/", link[len(self._own) - 1 :])
        if self._base and (link == self._base or link.startswith(self._base + "/")):
            link = link[len(self._base) :]
        return urls.resolve(self.here, link)

    def leads(self, link: str) -> str | None:
        """Note an address that a reader can go to; gives it when it leaves the site."""
        link = clean(link)
        address = self.inside(link)
        if address is not None:
            self.links[address] = None
            return None
        if _RUNS.match(link):
            self.find("inline-script", link)
        return link

    def loads(self, link: str, *, data: bool = False) -> None:
        """Note an address that a browser fetches by itself; ``data`` is allowed for pictures."""
        link = clean(link)
        if not link:
            return
        address = self.inside(link)
        if address is not None:
            self.links[address] = None
        elif _RUNS.match(link) or (link[:5].lower() == "data:" and not data):
            self.find("inline-script", link)
        elif link[:5].lower() != "data:" and not link.lower().startswith(_HARMLESS):
            self.find("foreign-origin", link)

    def facts(self) -> Facts:
        """Give what has been noted."""
        return Facts(links=tuple(self.links), ids=tuple(self.ids), findings=tuple(self.findings))


def clean(link: str) -> str:
    """Drop from an address what browsers drop: a line break in „javascript:“ changes nothing."""
    return link if link.isprintable() and link.strip() == link else _IGNORED.sub("", link)


def _mark(node: "LexborNode | None") -> str:
    """Say where an element is written: by its own mark, else (after ``~``) by one around it."""
    around = ""
    while node is not None:
        mark = node.attributes.get(MARK)
        if mark:
            return around + mark
        node, around = node.parent, "~"
    return ""
