"""JSON with comments, as VS Code's settings are written → the same text with one entry more.

The change is made in the text: comments, order and white space of all else stay as they are.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(
    r'(?P<string>"(?:[^"\\\n]|\\.)*")|(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<mark>[{}\[\],:])'
    r"|(?P<plain>[^\s{}\[\],:\"/]+)|(?P<blank>\s+)",
    re.DOTALL,
)
_BEHIND: Final = re.compile(r"(?P<comma>\s*,)?(?P<rest>[ \t]*(?://[^\n]*|/\*[^\n]*?\*/)?)")
"""What may stand behind a value in its line: a comma (forgiven at the end, too), a comment."""
INDENT: Final = "  "


class NotJsonError(ValueError):
    """A text that is no JSON object, even with comments allowed."""


def with_entry(text: str, path: tuple[str, ...], value: object) -> str:
    """Set the entry that a path of keys leads to; missing objects on the way are made.

    Raises ``NotJsonError``.
    """
    text = text if text.strip() else "{}\n"
    start, end = _object(text)
    return text[:start] + _with(text[start:end], path, value, "") + text[end:]


def entry(text: str, key: str) -> object:
    """Read an entry of the outermost object; None where there is none.

    Raises ``NotJsonError``.
    """
    if not text.strip():
        return None
    start, end = _object(text)
    spans = dict(_entries(text[start:end]))
    if key not in spans:
        return None
    return _plain(text[start:end][slice(*spans[key])])


def _with(text: str, path: tuple[str, ...], value: object, indent: str) -> str:
    """Set an entry in the text of one object, which stands at an indent."""
    key, *rest = path
    inner = indent + INDENT
    spans = dict(_entries(text))
    if key in spans:
        start, end = spans[key]
        new = text[start:end]
        if rest:
            new = new if new.startswith("{") else "{}"
            new = _with(new, tuple(rest), value, inner)
        elif _plain(new) != value:
            new = _written(value, inner)
        return text[:start] + new + text[end:]
    for name in reversed(rest):
        value = {name: value}
    entry = f"\n{inner}{json.dumps(key, ensure_ascii=False)}: {_written(value, inner)}"
    if not spans:
        return "{" + text[1:-1].rstrip() + entry + f"\n{indent}}}"
    last = max(end for _, end in spans.values())
    behind = _BEHIND.match(text, last)
    assert behind is not None  # every part of it may be missing
    at = behind.end()
    tail = (
        text[at:]
        if text[at:].lstrip(" \t").startswith("\n")
        else f"\n{indent}" + text[at:].lstrip()
    )
    return text[:last] + (behind["comma"] or ",") + behind["rest"] + entry + tail


def _written(value: object, indent: str) -> str:
    return json.dumps(value, ensure_ascii=False, indent=INDENT).replace("\n", "\n" + indent)


def _plain(text: str) -> object:
    """Read a value without its comments; the text itself where it is no JSON."""
    bare = "".join(hit[0] for hit in _tokens(text) if hit.lastgroup != "comment")
    try:
        return json.loads(re.sub(r",(\s*[}\]])", r"\1", bare))
    except ValueError:
        return text


def _tokens(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(text):
        hit = _TOKEN.match(text, at)
        if hit is None:
            raise NotJsonError(text[at : at + 20])
        yield hit
        at = hit.end()


def _object(text: str) -> tuple[int, int]:
    """Find the one object of a text."""
    depth, start, end = 0, None, None
    for hit in _tokens(text):
        if hit.lastgroup in ("comment", "blank"):
            continue
        if end is not None or (start is None and hit[0] != "{"):
            raise NotJsonError(hit[0])
        start = hit.start() if start is None else start
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(hit[0], 0)
        end = hit.end() if depth == 0 else None
    if start is None or end is None:
        raise NotJsonError(text[-20:])
    return start, end


def _entries(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Give the keys of an object with the spans of their values."""
    depth, key, start, end = 0, None, None, 0
    for hit in _tokens(text):
        if hit.lastgroup in ("comment", "blank"):
            continue
        closing = depth == 1 and hit[0] in (",", "}")
        if closing and key is not None and start is not None:
            yield key, (start, end)
        if closing:
            key, start = None, None
        elif depth == 1 and key is None and hit.lastgroup == "string":
            key = json.loads(hit[0])
        elif depth == 1 and key is not None and start is None and hit[0] != ":":
            start = hit.start()
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(hit[0], 0)
        end = hit.end()
