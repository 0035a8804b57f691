"""Long words → places where a narrow screen may break them, with a hyphen.

Browsers hyphenate by dictionaries, which some don't have; a compound of forty letters then breaks
anywhere, without a sign. Names get breaks before the parts that compounds of social work are made
of. A list of hyphenation patterns was tried and left: it takes half a second to load, and sets
wrong breaks in every third of these words („Kindertagess-tätte“).
"""

import re
from typing import Final

from markupsafe import Markup, escape

LONGEST: Final = 17
"""So many letters fit beside the margins of a small phone, in the type of a heading."""
_LEAST: Final = 4
"""Letters that stay together at either end of a word."""
_PARTS: Final = (
    *("angebot", "arbeit", "ausbildung", "austausch", "begegnung", "begleitung", "beratung"),
    *("betreuung", "bildung", "bürger", "dienst", "entwicklung", "erziehung", "familien", "förder"),
    *("frauen", "freizeit", "frühstück", "gemeinde", "gemeinschaft", "gesellschaft", "gespräch"),
    *("gruppe", "haus", "hilfe", "initiative", "integration", "jugend", "kinder", "koordin"),
    *("konflikt", "kreis", "kontakt", "laden", "management", "migration", "mittags", "mütter"),
    *("nachbar", "netzwerk", "pflege", "projekt", "quartier", "schafts", "schulden", "schul"),
    *("selbst", "senioren", "sprech", "stadt", "stelle", "stunde", "stützpunkt", "telefon"),
    *("training", "treff", "verein", "vermittlung", "versammlung", "verwaltung", "väter"),
    *("werkstatt", "wohnung", "wohnungs", "zentrum", "zukunft"),
)
"""Parts of words, as they begin."""
_BREAK: Final = re.compile(
    rf"(?<=[^\W\d_]{{{_LEAST}}})(?=(?:{'|'.join(_PARTS)})[^\W\d_]*)", re.IGNORECASE
)
_WORD: Final = re.compile(rf"[^\W\d_]{{{LONGEST + 1},}}")
_MARK: Final = '<span class="shy"></span>'
"""An empty element whose style writes the soft hyphen (U+00AD): so it is neither copied nor found
by the browser's search, and no screen reader meets it within the word."""


def with_breaks(text: str) -> Markup:
    """Write a name for a page, with breaks in its long words."""
    return Markup(_WORD.sub(_broken, str(escape(text))))  # noqa: S704 - escaped before


def _broken(word: re.Match[str]) -> str:
    whole = word[0]
    places = [hit.start() for hit in _BREAK.finditer(whole)]
    places = [at for at in places if len(whole) - at >= _LEAST]
    starts = [0, *places]
    parts = [whole[start:end] for start, end in zip(starts, [*places, len(whole)], strict=True)]
    return _MARK.join(parts)
