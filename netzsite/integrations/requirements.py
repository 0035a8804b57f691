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

from netzsite.integrations import wheel

FILE: Final = "requirements.txt"
_HEAD: Final = """\
# Damit baut der Git-Anbieter die Seite: netzsite und die Bibliotheken, die es braucht, in den
# Fassungen, die beim Anlegen dieser Datei installiert waren. Für eine neue Fassung installieren Sie
# diese, löschen die Datei und rufen „netzsite init --ci …“ noch einmal auf.
#
# Woher netzsite kommt, sagt die nächste Zeile: aus der Datei daneben, die mit in das Projekt
# gehört, oder von der Adresse, von der es hier installiert ist.
"""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def text() -> str:
    """Write the requirements: where netzsite comes from, and each library's version."""
    found = {found.name.lower(): found for found in _libraries("netzsite")}
    versions = (f"{one.name}=={one.version}" for _, one in sorted(found.items()))
    return _HEAD + "\n".join((_origin() or f"./{wheel.NAME}[heic]", *versions)) + "\n"


def files() -> dict[str, bytes]:
    """Give the files that a git host installs from, by name.

    A wheel is among them unless netzsite came from an address: on an index there may be none, or
    one of somebody else by the same name. Raises ``OSError``.
    """
    packed = {} if _origin() else {wheel.NAME: wheel.data()}
    return {FILE: text().encode(), **packed}


def lacks_netzsite(root: Path) -> bool:
    """Tell whether a site's own file doesn't say where netzsite comes from."""
    return "netzsite" not in (root / FILE).read_text("utf-8", "replace")


def _origin() -> str | None:
    """Say where netzsite was installed from; None for an index or a folder of this computer."""
    noted = _noted()
    url = noted.get("url", "file:")
    if url.startswith("file:"):
        return None
    version = noted.get("vcs_info")
    return (
        f"netzsite[heic] @ {version['vcs']}+{url}@{version['commit_id']}"
        if version
        else f"netzsite[heic] @ {url}"
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
