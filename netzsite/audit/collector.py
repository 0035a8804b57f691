"""What is noted while one file is read: addresses sorted into ours and foreign, findings once."""

import functools
import re
from typing import TYPE_CHECKING, Final

from netzsite import urls
from netzsite.audit.facts import Facts, Finding
from netzsite.text import excerpt

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MARK: Final = "data-at"
"""The attribute that says where in a template an element is written, on pages made with marks."""
_RUNS: Final = re.compile(r"(?:javascript|vbscript):", re.IGNORECASE)
_HARMLESS: Final = ("about:", "blob:")
_IGNORED: Final = re.compile(r"[\t\n\r]|^[\x00- ]+|[\x00- ]+$")
"""What browsers drop from an address (URL standard, „basic URL parser“)."""
_SIMPLE: Final = re.compile(r"(?:[\w-]+/)+")
"""Most addresses: nothing in them has to be resolved."""
_LONGEST: Final = 120


@functools.lru_cache(maxsize=65_536)
def from_root(link: str) -> str:
    """Give the address of a link that begins below the root, and so can't leave the site."""
    if _SIMPLE.fullmatch(link):
        return "/" + link
    return urls.resolve("/", "./" + clean(link)) or "/.."


@functools.lru_cache(maxsize=1024)
def _folders(here: str) -> tuple[str, ...]:
    """Give the folders above a page, the nearest first: ``aktuelles/`` and the root's ``""``."""
    parts = here.split("/")[1:-1]
    return tuple("".join(f"{part}/" for part in parts[:end]) for end in range(len(parts))[::-1])


@functools.lru_cache(maxsize=8)
def _base_path(base_url: str) -> str:
    return urls.base_path(base_url)


class Notes:
    """The notes on one file at the address ``here`` of the site at ``base_url``."""

    __slots__ = ("_above", "_base", "findings", "here", "ids", "line", "links", "node", "own", "up")

    def __init__(self, here: str, base_url: str) -> None:
        self.here = here
        self.links: dict[str, None] = {}
        self.ids: dict[str, None] = {}
        self.findings: dict[Finding, None] = {}
        self.line = 0
        """The line that is being read, where lines count."""
        self.node: LexborNode | None = None
        """The element that is being read, in a page."""
        self.own = base_url + "/"
        """How an address of the site begins when it is written in full."""
        self.up = "../" * (here.count("/") - 1) or "\0"
        """How a link on the page begins that goes by the root, as most do."""
        self._above = _folders(here[: here.rindex("/") + 1])
        self._base = _base_path(base_url)

    def find(self, code: str, what: str = "", node: "LexborNode | None" = None) -> None:
        """Note something that is amiss, in the element or the line that is being read."""
        mark = _mark(node or self.node)
        self.findings[Finding(code, excerpt(what, _LONGEST), self.line, mark)] = None

    def inside(self, link: str) -> str | None:
        """Give the address that a link resources, or None when it leaves the site."""
        if link.startswith("../"):
            return self._up(link)
        if link.startswith(self.own):
            return urls.resolve("/", link[len(self.own) - 1 :])
        if self._base and (link == self._base or link.startswith(self._base + "/")):
            link = link[len(self._base) :]
        return urls.resolve(self.here, link)

    def _up(self, link: str) -> str | None:
        """Resolve a link that goes up first, as most do."""
        steps, at = 0, 3
        while link.startswith("../", at):
            steps, at = steps + 1, at + 3
        if steps < len(self._above):
            return from_root(self._above[steps] + link[at:])
        return urls.resolve(self.here, clean(link))

    def leads(self, link: str) -> str | None:
        """Note an address that a reader can go to; gives it when it leaves the site."""
        if not link.startswith("../"):
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
