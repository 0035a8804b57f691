"""The words of one language: of the interface, of addresses, of messages.

A catalogue is a plain JSON file in ``words/``, read as it is, with no compile step. It is data:
which words a page uses is decided by the page.
"""

import functools
from pathlib import Path
from typing import Final, Self

import msgspec

FOLDER: Final = Path(__file__).parent / "words"
DEFAULT: Final = "en"


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences of one kind of problem; ``{name}`` stands for a fact."""

    text: str
    guess: str = ""
    """Added when the problem carries a ``guess``."""
    help: str = ""


class Catalogue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All words of one language."""

    language: str
    direction: str
    routes: dict[str, str]
    words: dict[str, str]
    report: dict[str, str]
    kinds: dict[str, dict[str, str]]
    problems: dict[str, Message]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a catalogue file; raises ``msgspec.ValidationError`` when it isn't one."""
        return msgspec.json.decode(path.read_bytes(), type=cls)


def languages() -> tuple[str, ...]:
    """Name the languages that there are catalogues for."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@functools.cache
def catalogue(language: str) -> Catalogue:
    """Give the catalogue of a language; ``de-AT`` falls back to ``de``, the unknown to English."""
    for name in (language, language.partition("-")[0]):
        path = FOLDER / f"{name}.json"
        if path.is_file():
            return Catalogue.read(path)
    return Catalogue.read(FOLDER / f"{DEFAULT}.json")
