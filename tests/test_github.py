"""What editors write looks on the page as it looks on GitHub, or they are told.

Compared are all documents of one to three lines out of 33 that editors write, with the HTML of
GitHub's own parser. One that differs without a message counts if no shorter one in it does so.
``python -m tests.test_github`` prints the count and each of them.
"""

import itertools
import sys
from collections.abc import Iterator

import pytest

from tests import github

LINES = (
    *("", "Text", "Noch ein Text.", "**Wir bieten:**", "- Tee", "  - schwarz", "    - grün"),
    *("* Stern", "1. eins", "2. zwei", "1) eins", "18. November: Fest", "## Zweiter", "#hashtag"),
    *(" ## Mit Blank", "> Zitat", "> - Punkt", "---", "===", "```", "    vier", "  zwei"),
    *("| a | b |", "|---|---|", "<div>", "</div>", "<b>fett</b>", "Zeile\\", "Zeile  "),
    *("[id]: https://example.org", "[Link](https://example.org)", "- [ ] Aufgabe", "<!-- X -->"),
)
MORE = (
    *("• Punkt", "Nachbar*innen und Freund*innen", "Tee \\~5 \\@ x\\.", "~~weg~~", "~~~", "+ Plus"),
    *("www.example.org und post@example.org.", "a | b", "- ", "1.", ">", "-", "***", "\tTab"),
    *("<p>", "<section>", "&amp; &uuml;", "![Bild](media/a.jpg)", "`code`", "**", "_kursiv_"),
)
"""Signs that the 33 lack; each is tried above and below each of all lines."""

MEANT = {
    "18. November: Fest": "a day is no number of a list",
    "Nachbar*innen und Freund*innen": "a star inside a word is no emphasis",
    "• Punkt": "a word processor's bullet is one",
    "[id]: https://example.org\n---": "a line is drawn, where GitHub shows three dashes",
    "[id]: https://example.org\n| a | b |\n|---|---|": "the definition is taken out of the text",
}
"""What differs and shall, and why."""


def smallest(lines: tuple[str, ...], most: int) -> Iterator[str]:
    """Documents that differ untold, without a line more than that takes."""
    known: set[tuple[int, ...]] = set()
    for length in range(1, most + 1):
        for chosen in itertools.product(range(len(lines)), repeat=length):
            parts = (chosen[:at] + chosen[at + 1 :] for at in range(length))
            if length > 1 and any(part in known for part in parts):
                known.add(chosen)
                continue
            text = "\n".join(lines[at] for at in chosen)
            if github.ours(text) != github.theirs(text) and not github.told(text):
                known.add(chosen)
                yield text


def test_one_or_two_lines_look_as_on_github_or_are_told():
    assert set(smallest((*LINES, *MORE), 2)) <= MEANT.keys()


@pytest.mark.parametrize("first", ["- Tee", "> Zitat", "| a | b |", "```", "<div>", "1. eins"])
def test_three_lines_look_as_on_github_or_are_told(first: str):
    for below in itertools.product(LINES, repeat=2):
        text = "\n".join((first, *below))
        meant = any(part in text for part in MEANT)
        assert meant or github.ours(text) == github.theirs(text) or github.told(text), text


def main() -> None:
    """Print what differs untold, and how much that is."""
    found = list(smallest(LINES, 3))
    for text in found:
        sys.stdout.write(f"{text!r}: {MEANT.get(text, '?')}\n")
    count = sum(len(LINES) ** length for length in (1, 2, 3))
    sys.stdout.write(f"{len(found)} of the smallest of {count} documents\n")


if __name__ == "__main__":
    main()
