"""A short text with marks of Markdown in a key that has none → its words.

Bold, italics and code stand for nothing there and go; an address behind a link stays, in
parentheses, since it can't be followed.
"""

import re
from typing import Final

_ANY: Final = re.compile(r"[*_`<]|\]\(")
_MARKS: Final = tuple(
    (re.compile(pattern), given)
    for pattern, given in (
        (r"!?\[([^\[\]]+)\]\((https?://[^()\s]+)\)", r"\1 (\2)"),
        (r"!?\[([^\[\]]+)\]\([a-z]+[:/#][^()\s]*\)", r"\1"),
        (r"(?<![\\`])`([^`\n]+)`(?!`)", r"\1"),
        (r"(?<![\\*])\*\*\*(?=\S)([^*\n]+)(?<=\S)\*\*\*(?!\*)", r"\1"),
        (r"(?<![\\*])\*\*(?=\S)([^*\n]+)(?<=\S)\*\*(?!\*)", r"\1"),
        (r"(?<![\\*\w])\*(?=\S)([^*\n]+)(?<=\S)\*(?![*\w])", r"\1"),
        (r"(?<![\\_\w])__(?=\S)([^_\n]+)(?<=\S)__(?![_\w])", r"\1"),
        (r"(?<![\\_\w])_(?=\S)([^_\n]+)(?<=\S)_(?![_\w])", r"\1"),
        (r"<br ?/?>", " "),
        (r"</?(?:b|em|i|strong|u)>", ""),
    )
)


def without_marks(text: str) -> str:
    """Give the words of a text without the marks around them."""
    while _ANY.search(text):
        before = text
        for pattern, given in _MARKS:
            text = pattern.sub(given, text)
        if text == before:
            break
    return text
