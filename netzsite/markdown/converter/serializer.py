"""A tree of elements → HTML, as the library's serializer writes it.

Knows only what our dialect makes: tags are plain lower-case words, no comments and no namespaces.
"""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown.serializers import BOOLEAN_ATTRIBUTES, RE_AMP  # type: ignore[attr-defined]

_BOOLEAN: Final = BOOLEAN_ATTRIBUTES["html"]


def to_html(element: Element) -> str:
    """Write an element with all in it, and the text behind it."""
    written: list[str] = []
    write = written.append
    items = iter((element,))
    outer: list[tuple[Iterator[Element], str]] = []  # no recursion: emphasis may nest deep
    while True:
        for item in items:
            tag, text, tail, attributes = item.tag, item.text, item.tail, item.items()
            begin = f"<{tag}{_written(attributes)}>" if attributes else f"<{tag}>"
            end = "" if tag in HTML_EMPTY else f"</{tag}>"
            if text:
                begin += _escaped(text)
            if tail:
                end += _escaped(tail)
            if len(item):
                write(begin)
                outer.append((items, end))
                items = iter(item)
                break
            write(begin + end)
        else:
            if not outer:
                return "".join(written)
            items, end = outer.pop()
            write(end)


def _written(attributes: Iterable[tuple[str, str | None]]) -> str:
    written = ""
    for name, value in sorted(attributes):
        if value is None:
            written += f" {name}"
        else:
            quoted = _escaped(value).replace('"', "&quot;")
            written += (
                f" {quoted}" if name == quoted and name in _BOOLEAN else f' {name}="{quoted}"'
            )
    return written


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)  # what is an entity already stays
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text
