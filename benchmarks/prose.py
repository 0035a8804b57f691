"""A random source → German-looking prose in Markdown, made of this module's own words.

Nothing is copied from anywhere; the sentences mean nothing. What counts is that they are shaped as
editors' texts are: paragraphs, lists, links, emphasis, some headings, umlauts.
"""

from collections.abc import Callable
from random import Random
from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ROOTS: Final = _words(
    "Nachbar Garten Kinder Jugend Familien Sprach Frühstücks Stadtteil Bürger Eltern Sommer Winter"
    " Schul Spiel Lern Bewegungs Gesundheits Beratungs Begegnungs Kultur Werkstatt Straßen Brücken"
    " Müll Fahrrad Küchen Bücher Musik Theater Ausbildungs Pflege Senioren Mieter Vereins Räume"
)
_NOUNS: Final = _words(
    "treffen fest tag runde gruppe projekt angebot stunde woche raum platz kreis ausschuss plan"
    " bericht abend nachmittag ausflug kurs gespräch verein börse tisch laden haus hof"
)
_SIMPLE: Final = _words(
    "Menschen Idee Frage Antwort Hilfe Zeit Arbeit Zukunft Leitung Tür Stimme Schritt Anfang Wunsch"
    " Ergebnis Grund Ziel Förderung Miete Übung Ärger Öffnung Größe Vorschlag Erfahrung"
)
_ADJECTIVES: Final = _words(
    "neue offene gemeinsame kleine große lebendige kostenlose öffentliche nächste ruhige wichtige"
    " lange frühere fröhliche spätere ehrliche einfache schöne nötige regelmäßige"
)
_VERBS: Final = _words(
    "öffnet sucht braucht zeigt plant feiert lädt bringt stärkt begleitet fördert besucht beginnt"
    " verbindet unterstützt verändert bespricht sammelt trägt erklärt prüft hält"
)
_SMALL: Final = _words(
    "und oder mit für im am bei nach vor aus auch noch schon wieder sehr mehr viele einige alle"
    " dort hier heute immer gern oft daher dann aber denn weil wenn damit über zwischen"
)
_SIMPLE_NOUN, _LONG_TITLE, _HEADING, _LIST, _LINK, _EMPHASIS = 0.4, 0.5, 0.2, 0.35, 0.12, 0.2
"""How often each happens where it could."""
_LONGEST_LIST: Final = 60
"""Words."""
_ARTICLES: Final = _words("der die das ein eine unser jeder dieses")

Linker = Callable[[Random], str]
"""Makes one Markdown link to somewhere."""


def noun(random: Random) -> str:
    """Make a noun, often a compound."""
    if random.random() < _SIMPLE_NOUN:
        return random.choice(_SIMPLE)
    return random.choice(_ROOTS) + random.choice(_NOUNS)


def title(random: Random) -> str:
    """Make a headline of three to six words."""
    words = [noun(random), random.choice(_VERBS), random.choice(_ADJECTIVES), noun(random)]
    if random.random() < _LONG_TITLE:
        words += [random.choice(_SMALL), noun(random)]
    return " ".join(words)


def sentence(random: Random, words: int | None = None) -> str:
    """Make a sentence of so many words, or of seven to sixteen."""
    length = words or random.randint(7, 16)
    made: list[str] = []
    while len(made) < length:
        made += [random.choice(_ARTICLES), random.choice(_ADJECTIVES), noun(random)]
        made += [random.choice(_VERBS), *random.choices(_SMALL, k=2)]
    made = [*made[: length - 1], noun(random)]
    return made[0].capitalize() + " " + " ".join(made[1:]) + random.choice("....!?")


def body(random: Random, words: int, link: Linker) -> str:
    """Make a text of about so many words with headings, lists, links and emphasis."""
    blocks: list[str] = []
    left, listed = words, True
    while left > 0:
        if len(blocks) > 1 and random.random() < _HEADING:
            blocks.append(f"## {title(random)}")
        listed = not listed and left > _LONGEST_LIST and random.random() < _LIST
        if listed:
            blocks.append(_list(random, link))
        else:
            blocks.append(_paragraph(random, min(left, random.randint(35, 70)), link))
        left -= len(blocks[-1].split())
    return "\n\n".join(blocks) + "\n"


def _paragraph(random: Random, words: int, link: Linker) -> str:
    sentences: list[str] = []
    count = 0
    while count < words:
        made = sentence(random)
        count += made.count(" ") + 1
        sentences.append(_adorned(random, made, link))
    return " ".join(sentences)


def _list(random: Random, link: Linker) -> str:
    mark = random.choice(("- ", "- ", "1. "))
    items = (sentence(random, random.randint(4, 9)) for _ in range(random.randint(3, 5)))
    return "\n".join(mark + _adorned(random, item, link) for item in items)


def _adorned(random: Random, text: str, link: Linker) -> str:
    """Put a link or emphasis into a sentence now and then."""
    chance = random.random()
    if chance < _LINK:
        return f"{text} {sentence(random, 4)[:-1]} {link(random)}."
    if chance < _LINK + _EMPHASIS:
        words = text.split(" ")
        at = random.randrange(1, len(words) - 1)
        mark = random.choice(("*", "**"))
        words[at] = f"{mark}{words[at]}{mark}"
        return " ".join(words)
    return text
