"""A text's fragments and the ends of its links → the HTML that one page shows."""

import html

from netzsite import urls
from netzsite.markdown.render import lower_headings, prefix_ids
from netzsite.network.cards import End, Text
from netzsite.rendering.job import Tools


def write(text: Text, tools: Tools, *, level: int = 2, prefix: str = "") -> str:
    """Put a text together with links relative to the page; headings start at ``level``."""
    markup = _joined(text, tools, None)
    markup = lower_headings(markup, level)
    return prefix_ids(markup, prefix) if prefix else markup


def write_absolute(text: Text, tools: Tools, *, here: str) -> str:
    """Put the text of the page ``here`` together with absolute links, for feeds."""
    return _joined(text, tools, here)


def _joined(text: Text, tools: Tools, shown_at: str | None) -> str:
    parts = tools.fragments[text.digest]
    done = [parts[0]]
    for end, part in zip(text.ends, parts[1:], strict=True):
        if end.entries:
            done.append(_list(end, tools, shown_at))
        else:
            picture = done[-1].rpartition("<")[2].startswith("img")
            done.append(_attribute(end, tools, shown_at, picture=picture))
        done.append(part)
    return "".join(done)


def _list(end: End, tools: Tools, shown_at: str | None) -> str:
    """Write what a directive lists: a name that leads on, and what stands behind it."""
    items = (
        f"<li><a{_attribute(End(link.address), tools, shown_at, picture=False)}>"
        f"{html.escape(link.label)}</a><br>{html.escape(behind)}</li>"
        for link, behind in end.entries
    )
    return "\n".join(("<ul>", *items, "</ul>"))


def _attribute(end: End, tools: Tools, shown_at: str | None, *, picture: bool) -> str:
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
        link = urls.relative(tools.here, end.address, portable=tools.frame.portable)
    if not picture:
        return f' href="{html.escape(link)}"'
    size = f' width="{end.width}" height="{end.height}"' if end.width else ""
    return f' src="{html.escape(link)}"{size} loading="lazy"'
