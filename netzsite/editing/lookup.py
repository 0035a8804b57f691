"""What somebody types → the record that was meant, by its id or its name.

The talking itself is done by a function that asks, so that it works on a terminal with completion
and without.
"""

from collections.abc import Callable, Mapping
from typing import Final

from netzsite import text as words

Ask = Callable[[str], str]
Tell = Callable[[str], None]
Options = Mapping[str, str]
"""Id → name."""

MOST: Final = 9
"""How many matches are numbered."""


def matches(typed: str, options: Options) -> tuple[str, ...]:
    """Find the ids that a text can mean, best first: exactly, as a part, as the nearest."""
    form = words.slug(typed)
    if typed in options:
        return (typed,)
    named = tuple(key for key, name in options.items() if words.slug(name) == form)
    if named:
        return named
    holding = [key for key, name in options.items() if form and form in f"{key} {words.slug(name)}"]
    if holding:
        return tuple(holding[:MOST])
    near = (words.nearest(typed, options), words.nearest(typed, options.values()))
    by_name = {name: key for key, name in options.items()}
    found = [near[0], by_name.get(near[1] or "")]
    return tuple(dict.fromkeys(key for key in found if key))


def choose(question: str, options: Options, ask: Ask, tell: Tell) -> str | None:
    """Ask until one of the options is meant; None for an empty answer."""
    while True:
        typed = ask(question).strip()
        if not typed:
            return None
        found = matches(typed, options)
        if len(found) == 1 and _is_sure(typed, found[0], options):
            return found[0]
        shown = found or tuple(options)[:MOST]
        for number, key in enumerate(shown, 1):
            tell(f"  {number}  {options[key]} ({key})")
        numbered = {str(number): key for number, key in enumerate(shown, 1)}
        picked = numbered.get(ask(f"  1–{len(shown)}: ").strip())
        if picked:
            return picked


def _is_sure(typed: str, key: str, options: Options) -> bool:
    """Tell whether a match needs no second look: the typed text is a part of it."""
    return words.slug(typed) in f"{key} {words.slug(options[key])}"


def complete(typed: str, options: Options) -> list[str]:
    """Give the names that a text may go on to."""
    form = words.slug(typed)
    return [
        name
        for key, name in options.items()
        if words.slug(name).startswith(form) or key.startswith(typed)
    ]
