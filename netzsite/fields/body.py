"""A Markdown text of a record → what is known of it, with its places and problems in the file."""

import re
from collections.abc import Callable
from typing import Any, Final

from msgspec import structs

from netzsite.edits import Edit
from netzsite.fields.reading import GONE, Reading, Reference
from netzsite.markdown import lint, render
from netzsite.problems import Problem, Spot

_MEANT: Final = re.compile(r"[\"'\\]|:(?:\s|$)|\s#|^[\s\[\]{}&*!|>%@`#?-]")
"""What YAML might read otherwise in a text that is quoted or plain."""


def render_body(
    text: str, reading: Reading, placed: Callable[[Spot], Spot], *, literal: bool = True
) -> Any:  # noqa: ANN401
    """Render a text of the file and keep its fragments; ``GONE`` when it can't be.

    ``placed`` turns a place that was counted in the text's own lines into that in the file.
    ``literal`` is whether the file has the text's lines as they are, if indented.
    """
    rendered = render.render(text, reading.path, 1)
    if isinstance(rendered, Problem):
        reading.problems.append(_placed(rendered, placed, reading, literal=literal))
        return GONE
    reading.problems.extend(
        _placed(slip, placed, reading, literal=literal) for slip in rendered.problems
    )
    reading.fragments[rendered.body.digest] = rendered.fragments
    for target, spot in zip(rendered.body.targets, rendered.spots, strict=True):
        there = placed(spot)
        reading.spots.setdefault(f">{target.to}", there)
        scheme, colon, rest = target.to.partition(":")
        if colon and scheme in lint.REFERRING:
            key = rest.partition("#")[0]
            reading.references.append(Reference(scheme, key, there))
        elif is_medium(target.to):
            reading.references.append(Reference("medium", medium_path(target.to), there))
    return rendered.body


def _placed(
    problem: Problem, placed: Callable[[Spot], Spot], reading: Reading, *, literal: bool
) -> Problem:
    """Move a problem and what mends it from the lines of a text to those of its file."""
    spot = problem.spot and placed(problem.spot)
    edits = tuple(
        edit
        for change in problem.changes
        if isinstance(change, Edit)
        and (edit := _placed_edit(change, placed, reading, literal=literal))
    )
    whole = edits if len(edits) == len(problem.changes) else ()
    return structs.replace(problem, spot=spot, changes=whole)


def _placed_edit(
    edit: Edit, placed: Callable[[Spot], Spot], reading: Reading, *, literal: bool
) -> Edit | None:
    """Move an edit to the lines of the file; None where YAML might read it otherwise there.

    Empty lines go in before any line of a text that keeps its lines. Else something takes the
    place of what stands on one line in the file as it does in the text.
    """
    there = placed(Spot(edit.line, edit.column, max(len(edit.old), 1)))
    if literal and edit.column == 1 and not edit.old and not edit.new.strip("\n"):
        return structs.replace(edit, path=reading.path, line=there.line)
    line = reading.lines[there.line - 1] if there.line <= len(reading.lines) else ""
    stands = line[there.column - 1 :].startswith(edit.old)
    plain = "\n" not in edit.old + edit.new and (literal or not _MEANT.search(edit.new))
    if not stands or not plain:
        return None
    return structs.replace(edit, path=reading.path, line=there.line, column=there.column)


def is_medium(target: str) -> bool:
    """Tell whether a link in a text means a file of the media folder."""
    return medium_path(target).startswith("media/")


def medium_path(target: str) -> str:
    """Write a link to a medium as its path from the content folder."""
    path = target.partition("#")[0].removeprefix("/")
    while path.startswith("../"):
        path = path.removeprefix("../")
    return path
