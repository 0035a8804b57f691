"""What is wrong with a site → what mends it, round by round, until nothing more is certain."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from netzsite.editing.changes import apply
from netzsite.edits import Change, compatible
from netzsite.problems import Problem

ROUNDS = 20
"""More are never needed: a round is for what another mistake hid, or for edits that touch."""


class Fixed(Struct, frozen=True, kw_only=True):
    """What fixing has changed."""

    changes: int = 0
    paths: tuple[str, ...] = ()
    """Of the files as they are called now."""
    left: tuple[Problem, ...] = ()
    """What is still wrong."""
    declined: bool = False
    """Whether somebody said no to what could be mended."""


def fixable(problems: Iterable[Problem], *, harmless: bool = False) -> tuple[Problem, ...]:
    """Choose the problems that can be mended together; those that touch wait for another round.

    ``harmless`` leaves out whatever changes more than blanks and signs.
    """
    found = [
        problem
        for problem in problems
        if problem.changes
        and not (harmless and not all(one.is_harmless for one in problem.changes))
    ]
    kept = set(map(id, compatible(problem.changes for problem in found)))
    return tuple(problem for problem in found if id(problem.changes) in kept)


def fix(
    root: Path,
    check: Callable[[], tuple[Problem, ...]],
    agree: Callable[[tuple[Problem, ...]], bool],
    *,
    harmless: bool = False,
) -> Fixed:
    """Mend what is certain, and look again; ``agree`` is asked before each round.

    Raises what ``apply`` does; rounds before that have been made.
    """
    count, paths = 0, set[str]()
    for _ in range(ROUNDS):
        problems = check()
        chosen = fixable(problems, harmless=harmless)
        declined = bool(chosen) and not agree(chosen)
        if not chosen or declined:
            break
        changes = tuple(_all(chosen))
        paths.update(apply(root, changes))
        count += len(changes)
    return Fixed(changes=count, paths=tuple(sorted(paths)), left=problems, declined=declined)


def _all(problems: Iterable[Problem]) -> Iterator[Change]:
    yield from dict.fromkeys(one for problem in problems for one in problem.changes)
