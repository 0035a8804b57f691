"""The netzsite that runs here → a wheel of it (PEP 427), so that a git host can install the same.

Made from the files that are imported and from what the installer noted of them: without network,
without a build tool, from a checkout as from an installed one. Equal files give equal bytes.
"""

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from netzsite import __version__
from netzsite.rendering.templates import shipped_folder

NAME: Final = f"netzsite-{__version__}-py3-none-any.whl"
_INFO: Final = f"netzsite-{__version__}.dist-info"
_TAGS: Final = """\
Wheel-Version: 1.0
Generator: netzsite
Root-Is-Purelib: true
Tag: py3-none-any
"""
_NOTED: Final = ("METADATA", "entry_points.txt")
"""What of the installer's notes a wheel carries."""
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can name: when a file was written is no part of a wheel."""


def data() -> bytes:
    """Pack the wheel; raises ``OSError``, and ``PackageNotFoundError`` where nothing is noted."""
    files = dict(sorted(_files()))
    record = f"{_INFO}/RECORD"
    rows = [f"{path},sha256={_digest(content)},{len(content)}" for path, content in files.items()]
    files[record] = "\n".join((*rows, f"{record},,", "")).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as wheel:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, _LONG_AGO)
            entry.external_attr = 0o644 << 16
            wheel.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _files() -> Iterator[tuple[str, bytes]]:
    """Give what the wheel holds, by its path there; the templates belong to the package."""
    package = Path(__file__).parent.parent
    for home, folder in (("netzsite", package), ("netzsite/templates", shipped_folder())):
        for file in folder.rglob("*"):
            inside = file.relative_to(folder)
            if file.is_file() and "__pycache__" not in inside.parts:
                yield f"{home}/{inside.as_posix()}", file.read_bytes()
    noted = distribution("netzsite")
    for name in _NOTED:
        yield f"{_INFO}/{name}", (noted.read_text(name) or "").encode()
    yield f"{_INFO}/WHEEL", _TAGS.encode()


def _digest(content: bytes) -> str:
    """Write a digest as RECORD wants it: URL-safe base64 without its filling."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
