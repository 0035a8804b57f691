"""A ``Struct`` → what its fields are called, hold and mean, as rows of a Markdown table.

A field's meaning is the docstring below it, else that of its name in ``MEANINGS``, where names
stand that many views share, else that of its type.
"""

import ast
import functools
import inspect
import itertools
import textwrap
import types
import typing
from collections.abc import Iterator
from datetime import date, time
from typing import Any, Final, Literal, get_args, get_origin

from msgspec import Struct, structs

from netzsite.fields.field import Key
from netzsite.times.dates import Moment

_WORDS: Final[dict[Any, str]] = {
    str: "text",
    int: "number",
    float: "number",
    bool: "boolean",
    date: "day",
    time: "time",
    Moment: "day, perhaps with a time",
    type(None): "none",
    Any: "any",
}

MEANINGS: Final = {
    "accent": "The site's colour, `#rrggbb`.",
    "accessibility": "What people with a wheelchair, a pram or a hearing aid must know.",
    "actor_count": "How many actors belong to the network.",
    "actors": "The actors concerned.",
    "address": "Where it is on this site, from the root; empty where it has no page.",
    "agreements": "The agreements it takes part in.",
    "alt": "What is to be seen; empty for mere decoration.",
    "anchor": "Its id on the page.",
    "answers": "Question → the values that answer it, parted by blanks.",
    "archive": "The list of years.",
    "arcs": "The ties.",
    "article": "Where the law says it.",
    "author": "Who wrote it.",
    "base_url": "The address that the site is published at, without a slash at the end.",
    "by": "The role of who did.",
    "by_appointment": "Whether only by appointment.",
    "calendar": "Address of its iCalendar file.",
    "cancelled": "Whether the day is called off.",
    "caption": "The sentence below it.",
    "card": "What a list shows of it.",
    "bring": "What people bring along, as written.",
    "carrier": "Who stands behind it.",
    "children": "The carriers below it.",
    "choices": "The answers to choose from.",
    "city": "The town.",
    "clock": "The time on the wall; none for a whole day.",
    "closed": "Whether the network keeps this day closed.",
    "closures": "Days on which the house is shut.",
    "complaint": "Where the law gives the right to complain.",
    "cost": "What it costs, as written.",
    "count": "How many there are.",
    "credit": "Who made it.",
    "data": "JSON-LD objects (schema.org).",
    "day": "The day it is of.",
    "days": "The days, in order.",
    "description": "A sentence about it; none where there is none.",
    "detail": "The place, or what a contact is for.",
    "digest": "What names the text among the job's texts.",
    "direction": "`ltr` or `rtl`.",
    "directions": "How one gets there.",
    "dots": "Where the names stand, in `y`.",
    "draft": "Whether it is shown in a preview only.",
    "due": "Until when.",
    "email": "Electronic mail address.",
    "end": "When it ends.",
    "ends": "Where its links lead.",
    "entries": "What begins with it.",
    "events": "The events, newest first.",
    "expired": "The day from which lists leave it out, once that is past.",
    "first": "Its first day.",
    "future": "Whether its day is still to come (in a preview).",
    "goal": "The goal that it serves.",
    "goals": "Its own goals.",
    "groups": "Carriers with their actors.",
    "has_days": "Whether the page of the week has anything.",
    "head": "Whether it is a heading.",
    "height": "In pixels.",
    "hosting": "Who delivers the site.",
    "hours": "Opening hours in the words of the site's language.",
    "imprint": "The page that says who is answerable.",
    "initial": "The first letter of the site's title.",
    "itself": "The actor that is this carrier.",
    "joined": "Since when it belongs to the network.",
    "kicker": "The short line above the title.",
    "kind": "What it is of: an event, an offer, a contact.",
    "label": "What it is called.",
    "labels": "The lines of text.",
    "language": "BCP 47 tag.",
    "languages": "BCP 47 tags of the languages spoken.",
    "last": "Its last day.",
    "last_day": "Its last day.",
    "lat": "Latitude in degrees (WGS 84).",
    "law": "The data protection law that holds.",
    "left": "Since when it no longer belongs to the network.",
    "legal": "Links that each page's foot shows.",
    "legal_form": "Legal form of the carrier.",
    "letter": "The letter.",
    "letters": "Everything from A to Z.",
    "line": "A line about it.",
    "lon": "Longitude in degrees (WGS 84).",
    "matrix": "What there is for whom.",
    "max_age": "In years, included.",
    "menu": "The entries of the menu.",
    "min_age": "In years, included.",
    "monthly": "Rules for days of the month.",
    "months": "First day of each month, and its days of events.",
    "more_posts": "How many posts there are beyond those shown.",
    "moved_from": "The day it was moved from.",
    "name": "What it is called.",
    "newer": "The next newer one.",
    "next_step": "What to do first.",
    "nth": "Which weekdays of the month, from 1; -1 is the last.",
    "objection": "Where the law gives the right to object.",
    "occurrences": "The coming days of its events.",
    "offer_count": "How many current offers there are.",
    "offers": "Its offers.",
    "older": "The next older one.",
    "one": "The first of both.",
    "online": "Address where it takes place online.",
    "other": "The second of both.",
    "over": "Whether it is past; for an event, its last day.",
    "page": "Number of this page of the list, from 1.",
    "pages": "How many pages the list has.",
    "parent": "The carrier above it.",
    "partners": "Actors with their ties.",
    "past": "The list of what is over.",
    "paused": "Whether it rests for now.",
    "phone": "Telephone number as written.",
    "picture": "Its picture.",
    "place": "Where it is.",
    "places": "Where it works.",
    "plain": "The same in plain words.",
    "postal_code": "Postal code.",
    "posts": "The newest posts about it.",
    "printed": "The same as one page to print.",
    "provider": "Who is answerable for the site.",
    "public": "Name of the public holiday.",
    "purposes": "Title and text of each purpose.",
    "questions": "What the finder asks.",
    "reason": "Why the network is closed.",
    "region": "The region whose holidays hold (ISO 3166-2).",
    "registration": "How one registers: `none`, `phone`, `email`, `form` or `appointment`.",
    "repeat": "How it repeats, in words.",
    "repeated": "Whether the event repeats.",
    "resources": "What it can share with others.",
    "rows": "What is on, in order.",
    "school": "Name of the school holidays.",
    "school_holidays": "What holds in the school holidays.",
    "sections": "Name of an index page → its address, for those that there are.",
    "short_name": "Its name where room is short.",
    "since": "Since when.",
    "span": "Its hours, in words.",
    "spans": "From when to when.",
    "start": "When it begins.",
    "status": "How it stands, as the record says.",
    "street": "Street and number.",
    "summary": "One or two sentences.",
    "tagline": "The site's subtitle.",
    "tags": "Its tags.",
    "target": "The address that it leads to.",
    "target_groups": "Whom it is for.",
    "text": "Its text; the filter `html` writes it.",
    "ties": "The other actor, and what ties them.",
    "timezone": "Name of the zone (IANA) that its times are of.",
    "title": "Its title.",
    "together": "Who does something with whom; none where nobody does.",
    "topics": "What it is about.",
    "undated": "Events without a day yet; for one event, what stands in place of the day.",
    "updated": "When it was last changed.",
    "url": "Address on another site.",
    "valid_from": "First day of these hours.",
    "value": "What stands behind the `#` of the address.",
    "ways": "How to reach somebody, or where to look instead.",
    "weekly": "Rules for days of the week.",
    "weeks": "This week and the next, day by day.",
    "width": "In pixels.",
    "word": "The word of the catalogue that says it.",
    "y": "Distance from the top.",
}


def rows(struct: type[Struct], prefix: str = "") -> Iterator[str]:
    """Write a table of a Struct's fields; raises ``KeyError`` for one that has no meaning."""
    hints = typing.get_type_hints(struct, include_extras=True)
    said = _docstrings(struct)
    yield "| variable | type | meaning |"
    yield "|---|---|---|"
    for field in structs.fields(struct):
        hint = hints[field.name]
        meaning = said.get(field.name) or MEANINGS.get(field.name) or _of_type(hint)
        if not meaning:
            raise KeyError(f"{struct.__name__}.{field.name}")
        yield f"| `{prefix}{field.name}` | {named(hint)} | {_cell(meaning)} |"


def parts(struct: type[Struct]) -> Iterator[type[Struct]]:
    """Give the Structs that a Struct's fields hold, each as often as it occurs."""
    for hint in typing.get_type_hints(struct).values():
        yield from _structs(hint)


def named(hint: Any) -> str:  # noqa: ANN401 - annotations have no common type
    """Say a type in a few words: ``list of Link``, ``text or none``."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is typing.Annotated:
        return named(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return " or ".join(named(one) for one in arguments)
    if origin is Literal:
        return " or ".join(f"`{one}`" for one in arguments)
    if origin in (tuple, dict):
        return _collection(origin, arguments)
    return _WORDS.get(hint) or f"`{getattr(hint, '__name__', hint)}`"


def _collection(origin: type, arguments: tuple[Any, ...]) -> str:
    if origin is tuple and len(arguments) == 2 and arguments[1] is ...:  # noqa: PLR2004
        return f"list of {named(arguments[0])}"
    if origin is tuple:
        return "(" + ", ".join(named(one) for one in arguments) + ")"
    return f"mapping of {named(arguments[0])} to {named(arguments[1])}"


def summary(struct: object) -> str:
    """Give the first paragraph of a class's docstring on one line."""
    return " ".join(inspect.cleandoc(struct.__doc__ or "").partition("\n\n")[0].split())


def _structs(hint: Any) -> Iterator[type[Struct]]:  # noqa: ANN401
    if inspect.isclass(hint) and issubclass(hint, Struct):
        yield hint
    for argument in get_args(hint):
        yield from _structs(argument)


def _of_type(hint: Any) -> str:  # noqa: ANN401
    """Give the meaning that a record's key has, or that of the Struct a field holds."""
    for extra in get_args(hint):
        if isinstance(extra, Key):
            return extra.help
    if get_origin(hint) in (typing.Union, types.UnionType):
        return next((said for one in get_args(hint) if (said := _of_type(one))), "")
    return summary(hint) if inspect.isclass(hint) and issubclass(hint, Struct) else ""


@functools.cache
def _docstrings(struct: type[Struct]) -> dict[str, str]:
    """Read the docstrings that stand below fields, those of its bases included."""
    found: dict[str, str] = {}
    for base in reversed(struct.__mro__):
        if not base.__module__.startswith("netzsite."):
            continue
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(base))).body
        body = typing.cast("ast.ClassDef", tree).body
        for field, after in itertools.pairwise(body):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                text = ast.get_docstring(ast.Module([after], []))
                found |= {field.target.id: " ".join(text.split())} if text else {}
    return found


def _cell(text: str) -> str:
    return text.replace("``", "`").replace("|", "\\|")
