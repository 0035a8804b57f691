"""SVG and other XML → what it loads and runs when it is opened by itself.

As a picture in a page an SVG runs and loads nothing; opened at its own address it is a document
like any other.
"""

import re
from typing import Final
from xml.parsers import expat

from netzsite.audit import loading, scripts, styles
from netzsite.audit.collector import Notes

_SHEET: Final = re.compile(r"""href\s*=\s*["']([^"']*)["']""", re.IGNORECASE)


def see(notes: Notes, data: bytes) -> None:
    """Note what an XML document loads and runs; one that can't be read is told."""
    reading = _Reading(notes)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.ProcessingInstructionHandler = reading.instruction
    reading.parser = parser
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat's signature
    except (expat.ExpatError, LookupError) as error:
        notes.line = parser.CurrentLineNumber
        drawing = notes.here.endswith(".svg")
        notes.find(*(("picture-unreadable",) if drawing else ("not-well-formed", str(error))))


class _Reading:
    """Where in the document the parser is."""

    parser: expat.XMLParserType

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.inside = ""
        self.collected: list[str] = []
        self.began = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        tag = name.rpartition(":")[2].lower()
        seen: loading.Attributes = {
            key if key.startswith("xlink:") else key.rpartition(":")[2].lower(): value
            for key, value in attributes.items()
            if not key.startswith("xmlns")
        }
        self.notes.line = line
        for key in [key for key in seen if key not in loading.QUIET]:
            loading.see(self.notes, tag, seen, key)
        if tag == "meta" and "refresh" in (seen.get("http-equiv") or "").lower():
            loading.refresh(self.notes, seen)
        if tag in ("script", "style"):
            self.inside, self.collected, self.began = tag, [], line
            if tag == "script" and loading.runs(seen):
                self.notes.find("inline-script", f"<{name}>")

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2].lower()
        if tag != self.inside:
            return
        text = "".join(self.collected)
        if tag == "style":
            styles.see(self.notes, text, self.began)
        else:
            scripts.see(self.notes, text, self.began)
        self.inside = ""

    def text(self, data: str) -> None:
        if self.inside:
            self.collected.append(data)

    def instruction(self, target: str, data: str) -> None:
        hit = _SHEET.search(data) if target == "xml-stylesheet" else None
        if hit:
            self.notes.line = self.parser.CurrentLineNumber
            self.notes.loads(hit[1])
