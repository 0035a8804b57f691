"""What templates and static files load → the Content-Security-Policy of the site (CSP Level 3).

The policy allows what the site itself brings, and of that only the kinds that occur: a site without
a form can't be made to send one. Texts of editors can bring pictures and nothing else, so templates
and static files say all. What a page must not have (styles and scripts written into it, anything
from elsewhere) no policy of ours ever allows; the checks name it before a browser blocks it.
"""

import re
from collections.abc import Iterable
from typing import Final

_NEEDS: Final = (
    ("script-src", re.compile(r"<script\b[^>]*\ssrc\s*=", re.IGNORECASE)),
    ("connect-src", re.compile(r"\b(?:fetch\s*\(|XMLHttpRequest\b|EventSource\b|sendBeacon\b)")),
    ("font-src", re.compile(r"@font-face", re.IGNORECASE)),
    ("media-src", re.compile(r"<(?:audio|video)\b", re.IGNORECASE)),
    ("manifest-src", re.compile(r"rel\s*=\s*[\"']?manifest\b", re.IGNORECASE)),
    ("frame-src", re.compile(r"<iframe\b", re.IGNORECASE)),
    ("form-action", re.compile(r"<form\b", re.IGNORECASE)),
)
"""Directives, and what in a file shows that the site needs them."""
_NEVER: Final = ("base-uri", "object-src", "worker-src")
"""Directives for what no site of ours has a use for."""
_DATA: Final = re.compile(r"data:image/", re.IGNORECASE)
TEXTS: Final = (".css", ".html", ".js", ".mjs")
"""Files in which a need can show."""


def needs(text: str) -> frozenset[str]:
    """Name what a template or a static file needs of the policy."""
    found = {name for name, sign in _NEEDS if sign.search(text)}
    return frozenset(found | {"data:"} if _DATA.search(text) else found)


def policy(needed: Iterable[str]) -> str:
    """Write the policy of a site that needs this, as it stands in a page's ``meta``."""
    needed = frozenset(needed)
    pictures = "'self' data:" if "data:" in needed else "'self'"
    directives = ["default-src 'none'", "style-src 'self'", f"img-src {pictures}"]
    directives += (f"{name} 'self'" for name, _ in _NEEDS if name in needed)
    # „default-src“ stands in for some of these, but not for all, and not in every browser.
    directives += (f"{name} 'none'" for name in _NEVER)
    directives += (f"{name} 'none'" for name in ("frame-src", "form-action") if name not in needed)
    return "; ".join(directives)
