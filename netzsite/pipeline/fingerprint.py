"""What shapes bytes beside the content: netzsite's own code and words, Python, the libraries.

A digest of the code and not its version number, since the first site is a source checkout.
"""

import functools
import hashlib
import platform
import sys
from pathlib import Path
from typing import Final

_CODECS: Final = ("pi_heif", "pillow", "pillow_heif")
"""Libraries that pictures are read and written with; each brings its codecs along."""


@functools.cache
def fingerprint() -> str:
    """Name the code that runs: equal fingerprints, equal bytes from equal arguments.

    Once in a process, whose code and words stay those it began with when their files change.
    """
    return taken()


def taken() -> str:
    """Take the fingerprint of the files as they are now."""
    digest = hashlib.blake2b(digest_size=16)
    package = Path(__file__).parent.parent
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).parts
        if path.suffix in (".py", ".json") and inside[0] not in ("templates", "starter"):
            digest.update("/".join(inside).encode())
            digest.update(path.read_bytes())
    digest.update(repr(sys.version_info).encode())
    for name in installed():
        digest.update(name.encode())
    return digest.hexdigest()


@functools.cache
def codecs() -> str:
    """Name what reads and writes pictures: equal names, equal bytes from an equal original.

    It is less than the fingerprint, so that a new version of anything else leaves pictures alone.
    """
    digest = hashlib.blake2b(digest_size=16)
    room = Path(__file__).parent.parent / "media"
    for path in sorted(room.rglob("*.py")):
        digest.update(path.relative_to(room).as_posix().encode())
        digest.update(path.read_bytes())
    libraries = (name for name in installed() if name.partition("-")[0].lower() in _CODECS)
    for part in (sys.platform, platform.machine(), *libraries):
        digest.update(part.encode())
    return digest.hexdigest()


def installed() -> tuple[str, ...]:
    """List what is installed, with versions; ``importlib.metadata`` would take 50 ms to import."""
    found: set[str] = set()
    for folder in sys.path:  # not only site-packages: pip install --target, PYTHONPATH
        found.update(path.name for path in Path(folder).glob("*.dist-info"))
    return tuple(sorted(found))
