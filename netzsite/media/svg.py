"""A drawing's bytes → a drawing that can harm nobody: only what a list says may stand in it.

A drawing opened at its own address is a document like any other: it may run scripts, load, and lead
on. So it is not searched for what it may not do; written anew is what SVG 2 needs to draw and move,
by the lists of ``svg_names``. Other namespaces (but ``xlink:href``), comments, instructions, the
DOCTYPE and what programs note about people and places are left out.
"""

from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from netzsite.media import svg_style
from netzsite.media.svg_names import (
    ANIMATED,
    ANIMATIONS,
    ATTRIBUTES,
    ELEMENTS,
    INVISIBLE,
    REFERRING,
    XML_ATTRIBUTES,
)

MOST: Final = 20_000_000
"""The longest cleaned drawing, in characters: entities of a small file can make a huge one."""
_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_PICTURES: Final = tuple(f"data:image/{kind};base64," for kind in ("png", "jpeg", "gif", "webp"))
_HEAD: Final = f'svg xmlns="{_SVG}" xmlns:xlink="{_XLINK}"'
_TEXTS: Final = frozenset({"text", "textPath", "tspan"})


class SvgError(ValueError):
    """Bytes that are no drawing; ``line`` is where reading ended."""

    def __init__(self, cause: str, line: int) -> None:
        super().__init__(cause)
        self.line = line


class Removed(Struct, frozen=True):
    """What a reader of the original could have seen, clicked or been harmed by, and its line."""

    what: str
    line: int


class Drawing(Struct, frozen=True):
    """A cleaned drawing."""

    data: bytes
    removed: tuple[Removed, ...]
    """Only what matters to its author: not what programs note for themselves."""


def clean(data: bytes) -> Drawing:
    """Write a drawing anew with nothing in it that isn't listed; raises ``SvgError``."""
    writing = _Writing()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = writing.start
    parser.EndElementHandler = writing.end
    parser.CharacterDataHandler = writing.text
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    writing.parser = parser
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat's signature
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, SvgError):
            raise
        raise SvgError(str(error), parser.CurrentLineNumber) from error
    return Drawing("".join(writing.parts).encode(), tuple(dict.fromkeys(writing.removed)))


class _Writing:
    """How far the drawing is written."""

    parser: expat.XMLParserType

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.removed: list[Removed] = []
        self.names: list[str] = []
        """Elements that are open, from the root; those that are left out aren't among them."""
        self.size = 0
        self.is_open = False
        """Whether the last tag still lacks its end, so that an element without content is short."""
        self.below = 0
        """How deep the parser is inside of what is left out; 0 is outside."""
        self.style: list[str] | None = None
        self.style_line = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if self.below:
            self.below += 1
        elif not self.names and (space, local) != (_SVG, "svg"):
            raise SvgError(f"<{local}>", self.parser.CurrentLineNumber)
        elif (space, local) == (_SVG, "a"):
            self._without_link(attributes)
        elif self.style is not None or space != _SVG or local not in ELEMENTS:
            self.below = 1
            if space != _SVG or local not in INVISIBLE:
                self._note(f"<{local}>", space)
        elif local in ANIMATIONS and attributes.get("attributeName", "") not in ANIMATED[local]:
            self.below = 1
            self._note(f"<{local} attributeName={attributes.get('attributeName', '')}>", _SVG)
        else:
            self._open(local, attributes)

    def _open(self, local: str, attributes: dict[str, str]) -> None:
        self.names.append(local)
        if local == "style":
            self.style, self.style_line = [], self.parser.CurrentLineNumber
            attributes = {}
        self._write(f"<{_HEAD if len(self.names) == 1 else local}")
        written = set()
        for name, value in attributes.items():
            plain = self._attribute(local, name, value)
            if plain is not None and plain[0] not in written:
                written.add(plain[0])
                self.parts.append(f" {plain[0]}={quoteattr(plain[1])}")
                self.size += len(plain[1])
        self.is_open = True

    def _without_link(self, attributes: dict[str, str]) -> None:
        """Keep what is shown of a link: a drawing leads nowhere."""
        for name in [name for name in attributes if name.rpartition(" ")[2] == "href"]:
            self._lost(f"<a href={attributes.pop(name)}>")
        self._open("tspan" if self.names[-1] in _TEXTS else "g", attributes)

    def end(self, _name: str) -> None:
        if self.below:
            self.below -= 1
            return
        local = self.names.pop()
        if self.style is not None:
            said = "".join(self.style)
            kept = svg_style.sheet(said)
            if kept.lost:
                self.removed.append(Removed(kept.lost, self.style_line))
            self._write(escape(kept.text))
            self.style = None
        if self.is_open:
            self.is_open = False
            self.parts.append("/>")
        else:
            self._write(f"</{local}>")
        if not self.names:
            self.parts.append("\n")

    def text(self, data: str) -> None:
        if self.below:
            return
        if self.style is not None:
            self.style.append(data)
        elif self.names:  # white space may stand around the root
            self._write(escape(data, {"\r": "&#13;"}))

    def _attribute(self, element: str, name: str, value: str) -> tuple[str, str] | None:
        """Give an attribute as it may be written, with its name; None for one that may not."""
        space, _, local = name.rpartition(" ")
        if local == "href" and space in ("", _XLINK):
            return self._href(element, value)
        if space:
            return (f"xml:{local}", value) if space == _XML and local in XML_ATTRIBUTES else None
        if local == "style":
            kept = svg_style.declarations(value)
            self._lost(kept.lost)
            return (local, kept.text) if kept.text else None
        if local in ATTRIBUTES and svg_style.is_harmless(value):
            return local, value
        if local in ATTRIBUTES or local.lower().startswith("on"):
            self._lost(f"{local}={value}")
        return None

    def _href(self, element: str, value: str) -> tuple[str, str] | None:
        """Let an address be one inside the drawing, or a picture that is written into it."""
        said = value.strip()
        inside = said.startswith("#") and element in REFERRING
        drawn = element in ("image", "feImage") and said.startswith(_PICTURES)
        if inside or drawn:
            return "xlink:href", said
        self._lost(value)
        return None

    def _lost(self, what: str) -> None:
        if what:
            self.removed.append(Removed(what, self.parser.CurrentLineNumber))

    def _note(self, what: str, space: str) -> None:
        """Note an element that is left out; what programs note for themselves isn't told."""
        if space in (_SVG, _XHTML):
            self._lost(what)

    def _write(self, text: str) -> None:
        self.size += len(text)
        if self.size > MOST:
            raise SvgError("too long", self.parser.CurrentLineNumber)
        if self.is_open and text:
            self.is_open = False
            self.parts.append(">")
        self.parts.append(text)
