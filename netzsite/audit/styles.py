"""CSS → the addresses that it loads (CSS Values 4, „url()“; CSS Cascade 5, „@import“).

tinycss2 knows the grammar: escapes, comments and strings can't hide an address. A style in which
nothing is loaded, as most, doesn't ask it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from netzsite.audit.collector import Notes

if TYPE_CHECKING:
    from tinycss2.ast import Node

MAY_LOAD: Final = re.compile(
    r"url\(|src\(|@import|image\(|image-set\(|\\(?:0{0,4}[4-7][0-9a-f](?![0-9a-f])|[^0-9a-f])",
    re.IGNORECASE,
)
"""What has to occur in a style that loads: a function's name, or a letter hidden in an escape."""
_LOADING: Final = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})

_ADDRESS_IN: Final = {"import": ("url", "string"), "namespace": ()}
"""What names an address in some rules; elsewhere only ``url()`` does."""


def see(notes: Notes, style: str, first_line: int = 0) -> None:
    """Note what a style loads; with its lines where the first is named."""
    if not MAY_LOAD.search(style):
        return
    import tinycss2  # noqa: PLC0415 - not on a warm build

    tokens = tinycss2.parse_component_value_list(style, skip_comments=True)
    for link, line in _addresses(tokens):
        if first_line:
            notes.line = line + first_line - 1
        notes.loads(link, data=True)


def _addresses(tokens: "Iterable[Node]") -> Iterator[tuple[str, int]]:
    """Give each address with its line; ``@namespace`` only names, it doesn't load."""
    rule = ""
    for token in tokens:
        if token.type == "at-keyword":
            rule = token.lower_value
        elif token.type == "literal" and token.value == ";":
            rule = ""
        elif token.type in _ADDRESS_IN.get(rule, ("url",)):
            yield token.value, token.source_line
        elif token.type == "function":
            yield from _of_function(token, rule)
        elif token.type in ("{} block", "() block", "[] block"):
            yield from _addresses(token.content)
            rule = ""


def _of_function(token: "Node", rule: str) -> Iterator[tuple[str, int]]:
    if token.lower_name in _LOADING and rule != "namespace":
        for part in token.arguments:
            if part.type == "string":
                yield part.value, part.source_line
    yield from _addresses(token.arguments)
