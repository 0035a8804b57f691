"""What is true of hours in a week → sentences, each with the time in which it holds.

``static/open.js`` shows the one of now; without it there is none.
"""

from typing import Final

from netzsite.catalogue import Catalogue
from netzsite.rendering.dates import format_clock, format_day
from netzsite.times.hours_text import write_span
from netzsite.times.open_today import WEEK, Opening, Stretch, stretches

_FORM: Final = "%Y-%m-%dT%H:%M"


def notices(opening: Opening, words: Catalogue) -> str:
    """Write a line for each stretch: begin, end (not included), and the sentence."""
    return "\n".join(
        f"{one.begin:{_FORM}} {one.end:{_FORM}} {_sentence(one, opening.kind, words)}"
        for one in stretches(opening, words.language)
    )


def _sentence(stretch: Stretch, kind: str, words: Catalogue) -> str:
    table = words.words
    if stretch.until is not None:
        return table[f"now_{kind}_until"].format(clock=format_clock(stretch.until, words))
    if stretch.spans:
        spans = [write_span(span, words.language) for span in stretch.spans]
        return table[f"now_{kind}_open"].format(spans=table["and_then"].join(spans))
    said = table[f"now_{kind}_over" if stretch.ended else f"now_{kind}_shut"]
    after = stretch.reopens
    if after is None:
        return said
    near = (after.day - stretch.begin.date()).days < WEEK
    day = format_day(after.day, words.language, "EEE" if near else "long")
    clock = format_clock(after.start, words)
    word = "reopens" if near else "reopens_later"
    return said + table[word].format(day=day.removesuffix("."), clock=clock)
