"""The CSS of a drawing → the part of it that draws and moves, and loads nothing.

tinycss2 knows the grammar: escapes and comments can't hide an address.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from netzsite.media.svg_names import PROPERTIES

if TYPE_CHECKING:
    from tinycss2.ast import Node

_PLAIN: Final = re.compile(r"[^\\(:@]*")
"""A value in which no function and no escape can be, as most."""
_FUNCTIONS: Final = frozenset(
    {
        *("calc", "clamp", "color", "color-mix", "cubic-bezier", "hsl", "hsla", "hwb", "lab"),
        *("lch", "linear", "max", "min", "oklab", "oklch", "rgb", "rgba", "steps", "var"),
        *("matrix", "matrix3d", "perspective", "rotate", "rotate3d", "rotatex", "rotatey"),
        *("rotatez", "scale", "scale3d", "scalex", "scaley", "scalez", "skew", "skewx", "skewy"),
        *("translate", "translate3d", "translatex", "translatey", "translatez"),
        *("blur", "brightness", "contrast", "drop-shadow", "grayscale", "hue-rotate", "invert"),
        *("opacity", "saturate", "sepia", "circle", "ellipse", "inset", "path", "polygon"),
        *("accumulate", "nth-child", "nth-of-type", "not", "is", "where", "repeat"),
    }
)
"""Functions that compute, colour, move or cut; ``url()`` is looked at by itself."""
_BLOCKS: Final = frozenset({"() block", "[] block", "{} block"})
_RULES: Final = frozenset({"media", "keyframes", "-webkit-keyframes", "supports"})


class Kept(Struct, frozen=True):
    """What is kept of a style, and the first thing that isn't."""

    text: str
    lost: str = ""


def is_harmless(value: str) -> bool:
    """Tell whether an attribute's value names no address but one inside the drawing."""
    if _PLAIN.fullmatch(value):
        return True
    import tinycss2  # noqa: PLC0415 - few drawings ask for it

    said = re.sub(r"[\x00-\x20]", "", value).lower()
    if said.startswith(("javascript:", "vbscript:", "data:")):
        return False
    return _loads_nothing(tinycss2.parse_component_value_list(value, skip_comments=True))


def declarations(style: str) -> Kept:
    """Keep the declarations of a ``style`` attribute that draw."""
    import tinycss2  # noqa: PLC0415 - as above

    kept, lost = [], ""
    for node in tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration" and _draws(node.lower_name) and _loads_nothing(node.value):
            important = " !important" if node.important else ""
            kept.append(f"{node.name}:{tinycss2.serialize(node.value).strip()}{important}")
        elif node.type == "declaration" and not _draws(node.lower_name):
            continue  # programs write properties of their own
        elif not lost:
            lost = node.serialize() if node.type != "error" else style
    return Kept("; ".join(kept), lost)


def sheet(style: str) -> Kept:
    """Keep the rules of a ``style`` element that draw."""
    import tinycss2  # noqa: PLC0415 - as above

    nodes = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    return _rules(nodes)


def _rules(nodes: "Iterable[Node]") -> Kept:
    import tinycss2  # noqa: PLC0415 - as above

    kept, lost = [], ""
    for node in nodes:
        inner, head = Kept(""), ""
        if node.type == "qualified-rule":
            inner = declarations(tinycss2.serialize(node.content))
        elif node.type == "at-rule" and node.lower_at_keyword in _RULES and node.content:
            found = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            inner, head = _rules(found), f"@{node.lower_at_keyword} "
        if inner.text and _loads_nothing(node.prelude):
            kept.append(f"{head}{tinycss2.serialize(node.prelude).strip()} {{ {inner.text} }}")
        elif node.type in ("at-rule", "error"):
            lost = lost or (node.serialize() if node.type == "at-rule" else node.message)
        lost = lost or inner.lost
    return Kept("\n".join(kept), lost)


def _draws(name: str) -> bool:
    return name in PROPERTIES or name.startswith("--")


def _loads_nothing(nodes: "Iterable[Node]") -> bool:
    """Tell whether no value names an address but one inside the drawing."""
    for node in nodes:
        if node.type == "url":
            harmless = node.value.startswith("#")
        elif node.type == "function":
            harmless = _is_harmless_function(node)
        elif node.type in _BLOCKS:
            harmless = _loads_nothing(node.content)
        else:
            harmless = node.type not in ("error", "at-keyword")
        if not harmless:
            return False
    return True


def _is_harmless_function(node: "Node") -> bool:
    if node.lower_name == "url":
        said = [part for part in node.arguments if part.type not in ("whitespace", "comment")]
        return bool(said) and said[0].type == "string" and said[0].value.startswith("#")
    return node.lower_name in _FUNCTIONS and _loads_nothing(node.arguments)
