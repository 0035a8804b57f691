"""A tree of elements → HTML, as the library's serializer writes it.

Knows only what our dialect makes: tags are plain lower-case words, no comments and no namespaces.
"""

from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown.serializers import BOOLEAN_ATTRIBUTES, RE_AMP  # type: ignore[attr-defined]

_BOOLEAN: Final = BOOLEAN_ATTRIBUTES["html"]


def to_html(element: Element) -> str:
    """Write an element with all in it, and the text behind it."""
    written: list[str] = []
    write = written.append
    waiting: list[Element | str] = [element]
    while waiting:  # no recursion: emphasis nests as deep as an editor likes
        item = waiting.pop()
        if isinstance(item, str):
            write(item)
            continue
        tag, text, tail, attributes = item.tag, item.text, item.tail, item.items()
        write(f"<{tag}{_written(attributes)}>" if attributes else f"<{tag}>")
        if text:
            write(_escaped(text))
        end = "" if tag in HTML_EMPTY else f"</{tag}>"
        if tail:
            end += _escaped(tail)
        if len(item):
            waiting.append(end)
            waiting.extend(reversed(item))
        else:
            write(end)
    return "".join(written)


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
