"""A file that can't be read → the same with what mends it, and all else that is wrong with it.

A slip in YAML hides every other one of its file. Where it can be mended in one way only, the file
is read on as if it had been; so all of a file's mistakes are told at once, and the first ones carry
their mend.
"""

from collections.abc import Callable
from typing import Final

from msgspec import Struct, structs

from netzsite.edits import Edit, NotEditedError, edited_text, position_before
from netzsite.fields.keys import keys_within, meaning
from netzsite.problems import Problem, Spot
from netzsite.records.parsed import Parsed
from netzsite.yaml.repair import CODES, Candidate, candidates

MOST: Final = 20
"""So many slips of one file are mended on the way."""

Read = Callable[[str], Parsed]


class _Found(Struct, frozen=True):
    """What comes of one way to mend a slip; the least score is the best."""

    score: tuple[int, int]
    edits: Candidate
    text: str
    parsed: Parsed


def recovered(parsed: Parsed, text: str, record: type[Struct], read: Read) -> Parsed:
    """Read on behind slips whose mend is certain; places are those of the text as it was given.

    ``record`` is the type whose keys the file may have.
    """
    known = keys_within(record)
    slips: list[Problem] = []
    steps: list[tuple[str, Candidate]] = []
    while len(slips) < MOST and (slip := _slip(parsed)):
        found = _certain(slip, text, lambda word: meaning(word, known) is not None, read)
        if found is None:
            break
        slips.append(_placed(structs.replace(slip, changes=found.edits), steps))
        steps.append((text, found.edits))
        text, parsed = found.text, found.parsed
    if not steps:
        return parsed
    return structs.replace(
        parsed,
        problems=(*slips, *(_placed(problem, steps) for problem in parsed.problems)),
        spots={name: _spot(spot, steps) for name, spot in parsed.spots.items()},
        references=tuple(
            structs.replace(one, spot=_spot(one.spot, steps)) for one in parsed.references
        ),
    )


def _slip(parsed: Parsed) -> Problem | None:
    """Find what kept a file from being read."""
    return next((one for one in parsed.problems if one.code in CODES), None)


def _certain(slip: Problem, text: str, is_key: Callable[[str], bool], read: Read) -> _Found | None:
    """Find the one way to mend a slip with which the file says most; None where two say unlike."""
    found: list[_Found] = []
    for edits in candidates(slip, text.split("\n"), is_key):
        try:
            after = edited_text(text, edits)
        except NotEditedError:
            continue
        parsed = read(after)
        score = _score(slip, parsed)
        if score:
            found.append(_Found(score, edits, after, parsed))
    if not found:
        return None
    least = min(one.score for one in found)
    best, *others = (one for one in found if one.score == least)
    alike = all(other.parsed.record == best.parsed.record for other in others)
    return best if not others or (alike and best.parsed.record) else None


def _score(slip: Problem, parsed: Parsed) -> tuple[int, int] | None:
    """Say how good a mend is, the least the best; None where it mends nothing.

    A file with several slips is told of a later one next. Only lines that lack their colon are
    noticed at the last of them.
    """
    if any(_is_senseless(one) and _line(one) == _line(slip) for one in parsed.problems):
        return None
    following = _slip(parsed)
    if following is None:
        return 0, len(parsed.problems)
    further = _line(following) - _line(slip)
    helps = further > 0 or (further < 0 and slip.code == "yaml-missing-colon")
    return (1, -_line(following)) if helps else None


def _is_senseless(problem: Problem) -> bool:
    """Tell whether a line has been made one with a key that nobody can have meant."""
    return problem.code == "unknown-key" and not problem.changes


def _line(problem: Problem) -> int:
    return problem.spot.line if problem.spot else 0


def _placed(problem: Problem, steps: list[tuple[str, Candidate]]) -> Problem:
    """Move a problem and what mends it back to the text as it was before all steps."""
    spot = problem.spot and _spot(problem.spot, steps)
    moved = []
    for one in problem.changes:
        if isinstance(one, Edit):
            line, column = _back(one.line, one.column, steps)
            moved.append(structs.replace(one, line=line, column=column))
    return structs.replace(problem, spot=spot, changes=tuple(moved))


def _spot(spot: Spot, steps: list[tuple[str, Candidate]]) -> Spot:
    return Spot(*_back(spot.line, spot.column, steps), spot.width)


def _back(line: int, column: int, steps: list[tuple[str, Candidate]]) -> tuple[int, int]:
    for text, edits in reversed(steps):
        line, column = position_before(text, edits, line, column)
    return line, column
