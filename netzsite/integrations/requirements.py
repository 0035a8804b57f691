"""What is installed here → ``requirements.txt``: the netzsite and the libraries that build a site.

A git host then builds with the versions that its owner has seen at work, until somebody changes
them. Where netzsite came from is read from what the installer noted down (PEP 610).
"""

import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

from netzsite import __version__

FILE: Final = "requirements.txt"
_HEAD: Final = """\
# Damit baut der Git-Anbieter die Seite: netzsite und die Bibliotheken, die es braucht, in den
# Fassungen, die beim Anlegen dieser Datei installiert waren. Für eine neue Fassung installieren Sie
# diese, löschen die Datei und rufen „netzsite init --ci …“ noch einmal auf.
#
# Woher netzsite kommt, sagt die nächste Zeile. Möglich ist auch die Adresse eines Git-Projekts mit
# einer festen Fassung:
# netzsite @ git+https://git.example.org/wer/netzsite@v0.1.0
"""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def text() -> str:
    """Write the requirements: where netzsite comes from, and each library's version."""
    found = {found.name.lower(): found for found in _libraries("netzsite")}
    versions = (f"{one.name}=={one.version}" for _, one in sorted(found.items()))
    return _HEAD + "\n".join((_origin() or f"netzsite=={__version__}", *versions)) + "\n"


def hint(root: Path, *, fresh: bool) -> str | None:
    """Name the sentence that says what the file still lacks; ``fresh`` when it was written now."""
    if not fresh:
        known = "netzsite" in (root / FILE).read_text("utf-8", "replace")
        return None if known else "ci_requirements"
    return "ci_local" if str(_noted().get("url", "")).startswith("file:") else None


def _origin() -> str | None:
    """Say where netzsite was installed from; None for an index or a folder of this computer."""
    noted = _noted()
    url = noted.get("url", "file:")
    if url.startswith("file:"):
        return None
    version = noted.get("vcs_info")
    return (
        f"netzsite @ {version['vcs']}+{url}@{version['commit_id']}"
        if version
        else f"netzsite @ {url}"
    )


def _noted() -> dict[str, Any]:
    """Read what the installer noted down: nothing for what came from an index."""
    noted: dict[str, Any] = json.loads(
        distribution("netzsite").read_text("direct_url.json") or "{}"
    )
    return noted


def _libraries(name: str, seen: set[str] | None = None) -> Iterator[Distribution]:
    """Give all that a distribution needs, extras aside."""
    seen = set() if seen is None else seen
    for wanted in distribution(name).requires or ():
        hit = _NAME.match(wanted)
        if hit is None or re.search(r"\bextra\s*==", wanted) or hit[0].lower() in seen:
            continue
        seen.add(hit[0].lower())
        found = _installed(hit[0])
        if found is not None:  # what isn't there is for other systems
            yield found
            yield from _libraries(found.name, seen)


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None
