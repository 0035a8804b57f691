"""JavaScript → what it stores in the browser, and the foreign addresses it names.

The text is cut into words, strings and comments as ECMAScript does it; what stands in a comment or
is only said in a message counts for nothing. A script that hides what it does from such a reading
is caught by the policy, and by the tests in a browser.
"""

import json
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from netzsite.audit.collector import Notes

STORAGE: Final = (
    "cookie",
    "cookieStore",
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "caches",
    "serviceWorker",
    "getDirectory",
    "openDatabase",
)
"""Names by which a script keeps something in the reader's browser (HTML, Cookie Store, Indexed
Database, Service Workers, File System; the last is the withdrawn Web SQL)."""
CALLING: Final = ("RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "WebSocketStream")
"""Names by which a script talks to other computers; no policy of a page stops the first two."""
NAMES_ONLY: Final = "http://www.w3.org/"
"""Addresses of XML namespaces: they name, nothing is fetched from there."""

_TOKEN: Final = re.compile(
    r"""(?P<comment>//[^\n\r\u2028\u2029]*|/\*.*?(?:\*/|\Z))
    |(?P<html><!--|-->)
    |(?P<string>"(?:[^"\\\n\r]|\\.)*"?|'(?:[^'\\\n\r]|\\.)*'?)
    |(?P<template>`(?:[^`\\]|\\.)*`?)
    |(?P<number>\d[\w.]*)
    |(?P<word>(?:[\w$]|\\u[0-9a-fA-F]{4}|\\u\{[0-9a-fA-F]+\})+)
    |(?P<regex>/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*)
    |(?P<sign>\S)""",
    re.VERBOSE | re.DOTALL,
)
_BEFORE_REGEX: Final = frozenset("(,=:[!&|?{};+-*%<>~^")
_WORDS_BEFORE_REGEX: Final = frozenset({"return", "typeof", "case", "in", "of", "delete", "void"})
_ESCAPE: Final = re.compile(
    r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL
)
_HOLE: Final = re.compile(r"\$\{(.*?)(?:\}|\Z)", re.DOTALL)
_FOREIGN: Final = re.compile(r"(?:(?:https?|wss?):)?//[^\s/\"'`<>][^\s\"'`<>]*", re.IGNORECASE)
_DATA: Final = re.compile(r"window\.(\w+) ?= ?(\{.*\});?\s*", re.DOTALL)
"""A script that only sets one property to an object, which as a text would be no address."""


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def see(notes: Notes, script: str, first_line: int = 1) -> None:
    """Note what a script stores and from whom it could load."""
    if _is_data(script):
        return
    for token in _tokens(script, first_line):
        notes.line = token.line
        if token.kind == "word":
            _name(notes, _plain(token.text))
        elif token.kind == "html":  # a comment in a script, and none in a module
            notes.find("unread-file", token.text)
        elif token.kind == "string":
            _text(notes, token.text[1:-1])
        elif token.kind == "template":
            _text(notes, _HOLE.sub("", token.text[1:-1]))
            for hole in _HOLE.finditer(token.text):
                see(notes, hole[1], token.line)


def _is_data(script: str) -> bool:
    """Tell whether a script is JSON with a name, such as the index of the search."""
    hit = _DATA.fullmatch(script)
    if not hit or hit[1] in STORAGE:
        return False
    try:
        json.loads(hit[2])
    except ValueError:
        return False
    return True


def _tokens(script: str, line: int) -> Iterator[_Token]:
    """Cut a script; a slash begins a regular expression only where a value may stand."""
    at, before = 0, "("
    while hit := _TOKEN.search(script, at):
        kind, text = hit.lastgroup or "", hit[0]
        line += script.count("\n", at, hit.start())
        if kind == "regex" and not (before in _BEFORE_REGEX or before in _WORDS_BEFORE_REGEX):
            kind, text = "sign", "/"
        if kind != "comment":
            yield _Token(kind, text, line)
            before = text
        line += text.count("\n")
        at = hit.start() + len(text)


def _text(notes: Notes, written: str) -> None:
    """Look at a string: it may be an address, or the name of a property somewhere."""
    said = _plain(written)
    _name(notes, said)
    _address(notes, said)


def _name(notes: Notes, name: str) -> None:
    if name in STORAGE:
        notes.find("script-stores", name)
    elif name in CALLING:
        notes.find("foreign-origin", name)


def _address(notes: Notes, said: str) -> None:
    for hit in _FOREIGN.finditer(said):
        starts = hit[0][:2] != "//" or hit.start() == 0
        if starts and not hit[0].startswith(NAMES_ONLY):
            notes.loads(hit[0])


def _plain(text: str) -> str:
    """Resolve the escapes of a string or a name."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(
        lambda hit: _char(hit[1] or hit[2] or hit[3]) if not hit[4] else hit[4], text
    )


def _char(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number <= 0x10FFFF else "�"  # noqa: PLR2004 - the last of Unicode
