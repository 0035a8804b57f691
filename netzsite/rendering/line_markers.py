"""Templates → the same templates, with every element marked by the place where it is written.

A page is made with marks only when something is amiss on it, to say which line of which template
is meant.
"""

import re
from typing import Final

from msgspec.structs import replace

from netzsite.audit.collector import MARK
from netzsite.rendering.templates import Template, Templates

_TAG: Final = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!--.*?-->|<([A-Za-z][\w:-]*)(?=[\s/>]|\{%)", re.DOTALL
)

_TEXT: Final = re.compile(r"<([a-z][a-z0-9]*)(?=[\s/>]|\Z)")
CONTENT: Final = "@"
"""The mark of what stands in a record."""


def mark_text(part: str) -> str:
    """Mark the elements of a rendered text, or of a part of it, as those of a record."""
    return _TEXT.sub(rf'<\1 {MARK}="{CONTENT}"', part)


def marked(templates: Templates) -> Templates:
    """Mark the elements of all HTML templates with ``templates/post.html:12``."""
    by_name = {
        name: _marked(template) if name.endswith(".html") else template
        for name, template in templates.by_name.items()
    }
    return Templates(by_name, f"marked {templates.digest}")


def _marked(template: Template) -> Template:
    text = template.text

    def mark(hit: re.Match[str]) -> str:
        if hit[1] is None:
            return hit[0]
        line = text.count("\n", 0, hit.start()) + 1
        return f'{hit[0]} {MARK}="{template.file}:{line}"'

    return replace(template, text=_TAG.sub(mark, text))
