"""A page's Content-Security-Policy → one that the preview's own script, worker and style pass.

A published page allows no worker, as it has none. The preview's script needs one: a browser keeps
only six connections to one server open. So each page is handed out with a wider policy; its file
stays as it is built.
"""

import re
from html import escape, unescape
from typing import Final

_META: Final = re.compile(rb"<meta\b[^>]*\bcontent-security-policy\b[^>]*>", re.IGNORECASE)
_CONTENT: Final = re.compile(rb"""(\bcontent\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_NEEDED: Final = ("script-src", "style-src", "worker-src")
_NOTHING: Final = "'none'"
_OWN: Final = "'self'"


def admit_client(head: bytes) -> bytes:
    """Widen each policy in a page's head so that it allows what the preview adds."""

    def widened(found: re.Match[bytes]) -> bytes:
        policy = unescape(found[2][1:-1].decode("utf-8", "replace"))
        return found[1] + b'"' + escape(_widened(policy)).encode() + b'"'

    return _META.sub(lambda meta: _CONTENT.sub(widened, meta[0]), head)


def _widened(policy: str) -> str:
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        if words := directive.split():  # a second directive of a name doesn't count (CSP 3, 4.2.1)
            directives.setdefault(words[0].lower(), words[1:])
    for name in _NEEDED:
        held = directives.get(name, directives.get("default-src"))
        if held is not None and _OWN not in held:
            directives[name] = [source for source in held if source.lower() != _NOTHING] + [_OWN]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())
