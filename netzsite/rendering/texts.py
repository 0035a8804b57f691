"""A text's fragments and the ends of its links → the HTML that one page shows."""

import html
import re
from collections.abc import Callable
from typing import Final

from msgspec import structs

from netzsite import urls
from netzsite.markdown.render import lower_headings, prefix_ids
from netzsite.network.cards import End, Picture, Text
from netzsite.rendering import pictures
from netzsite.rendering.job import Tools

_IMG: Final = re.compile(r"<img(?: [^<>]*)?$")
"""Where a picture's tag is cut, before its address."""
_REST: Final = re.compile(r'[^">]*(?:"[^"]*"[^">]*)*>')
_TITLE: Final = re.compile(r' title="([^"]*)"')


def write(
    text: Text, tools: Tools, *, level: int = 2, prefix: str = "", sizes: str = "100vw"
) -> str:
    """Put a text together with links relative to the page; headings start at ``level``.

    ``sizes`` says how wide a picture in it is shown.
    """

    def shown(picture: Picture) -> str:
        eager = tools.is_first_picture()
        return pictures.element(picture, tools.link, shown=sizes, eager=eager)

    markup = _joined(text, tools, None, shown)
    markup = lower_headings(markup, level)
    return prefix_ids(markup, prefix) if prefix else markup


def write_absolute(text: Text, tools: Tools, *, here: str) -> str:
    """Put the text of the page ``here`` together with absolute links, for feeds."""

    def linked(address: str) -> str:
        return urls.absolute(tools.frame.base_url, address)

    return _joined(text, tools, here, lambda picture: pictures.lone(picture, linked))


def _joined(text: Text, tools: Tools, shown_at: str | None, shown: Callable[[Picture], str]) -> str:
    parts = tools.fragments[text.digest]
    done = [parts[0]]
    for end, part in zip(text.ends, parts[1:], strict=True):
        before = done[-1]
        if end.entries:
            done.append(_list(end, tools, shown_at) + part)
        elif before.endswith("<img") or _IMG.search(before):
            done[-1], after = _picture(before, end, part, shown)
            done.append(after)
        else:
            done.append(_link(end, tools, shown_at) + part)
    return "".join(done)


def _list(end: End, tools: Tools, shown_at: str | None) -> str:
    """Write what a directive lists: a name that leads on, and what stands behind it."""
    items = (
        f"<li><a{_link(End(link.address), tools, shown_at)}>"
        f"{html.escape(link.label)}</a><br>{html.escape(behind)}</li>"
        for link, behind in end.entries
    )
    return "\n".join(("<ul>", *items, "</ul>"))


def _picture(before: str, end: End, after: str, shown: Callable[[Picture], str]) -> tuple[str, str]:
    """Put in a picture; one that is alone in its paragraph becomes a figure (HTML, 4.4.12).

    Where it is left out, nothing of it stays.
    """
    opening = _IMG.search(before)
    start = opening.start() if opening else len(before)
    rest = _REST.match(after)
    tag = before[start:] + (rest[0] if rest else "")
    after = after[rest.end() :] if rest else after
    said = html.unescape(hit[1]) if (hit := _TITLE.search(tag)) else None
    before = before[:start]
    alone = before.endswith("<p>") and after.lstrip().startswith("</p>")
    if alone:
        before, after = before.removesuffix("<p>"), after.lstrip().removeprefix("</p>")
    if end.picture is None:
        return before, after
    picture = structs.replace(end.picture, caption=said or end.picture.caption)
    made = shown(picture)
    return before, (pictures.figure(picture, made) if alone else made) + after


def _link(end: End, tools: Tools, shown_at: str | None) -> str:
    if not end.address:
        return ""
    if end.outside:
        rel = "" if end.address.startswith(("mailto:", "tel:", "geo:")) else ' rel="noreferrer"'
        return f' href="{html.escape(end.address)}"{rel}'
    if shown_at is not None:
        place = shown_at + end.address if end.address.startswith("#") else end.address
        link = urls.absolute(tools.frame.base_url, place)
    elif end.address.startswith("#"):
        link = end.address
    else:
        link = tools.link(end.address)
    return f' href="{html.escape(link)}"'
