"""Problems found late → problems at their place: the file from the root, the line, its text."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from netzsite.edits import Change, Move, rooted
from netzsite.pipeline.content import Content
from netzsite.problems import Problem, Spot, instead
from netzsite.records.kinds import MEDIA
from netzsite.records.parse import Home, home_of, with_excerpt
from netzsite.records.site import Site


def at_alias(problem: Problem, content: Content) -> Problem:
    """Give a collision the place of the alias that takes part in it, if one does."""
    address = problem.facts.get("address")
    for file in content.parsed:
        aliases = file.record.aliases if file.record else ()
        for index, alias in reversed(tuple(enumerate(aliases))):
            if alias == address and problem.code == "address-collision":
                spot = file.spots.get(f"aliases.{index}")
                path = f"content/{file.path}"
                changes = _without(file.path, path, spot, content) if spot else ()
                return replace(problem, path=path, spot=spot, changes=changes)
    return problem


def _without(file: str, path: str, spot: Spot, content: Content) -> tuple[Change, ...]:
    """Take an alias away that can lead nowhere else: a page has its address."""
    lines = _lines(file, content)
    line = lines[spot.line - 1] if spot.line <= len(lines) else ""
    start = spot.column - 1
    before, written = line[:start], line[start : start + spot.width]
    if before.endswith(", "):
        spot, written = Spot(spot.line, spot.column - 2), f", {written}"
    return instead(path, spot, written, "") if written else ()


def misnamed(problems: Iterable[Problem]) -> Iterator[Home]:
    """Give what misnamed files are meant to be, by the name they should have."""
    for problem in problems:
        if problem.code not in ("bad-file-name", "unknown-file", "medium-misplaced"):
            continue
        guess = problem.facts.get("guess", "")
        if guess.startswith(f"{MEDIA}/"):
            yield Home("medium", guess)
        if problem.path.startswith(f"{MEDIA}/"):
            yield Home("medium", problem.path)
            continue
        home = home_of(guess.removesuffix(".yml") + ".yaml" if guess.endswith(".yml") else guess)
        if isinstance(home, Home):
            yield home


def located(problems: Iterable[Problem], content: Content) -> Iterator[Problem]:
    """Give a dead link the place at which its target stands in the source, where it is known."""
    files = {file.path: file for file in content.parsed}
    broken = {f"/{file.id}/" for file in content.parsed if file.record is None}
    own = next((one.record.base_url for one in content.parsed if isinstance(one.record, Site)), "")
    for problem in problems:
        file, link = files.get(problem.path), problem.facts.get("link")
        if problem.code == "dead-link" and link and link.endswith(tuple(broken)):
            continue  # it leads to a record with a mistake, and that is told
        if file is None or link is None:
            yield problem
            continue
        address, hash_sign, anchor = link.partition("#")
        written = [link, hash_sign + anchor, address, own + link, own + address]
        spots = [file.spots[f">{to}"] for to in written if to and f">{to}" in file.spots]
        yield replace(problem, spot=spots[0] if spots else None)


def from_root(problem: Problem, content: Content) -> Problem:
    """Name a problem's file from the site's root, and show its line.

    What mends it is put exactly where the text is that it replaces, or is dropped.
    """
    if not problem.path or problem.path.startswith(("templates/", "content/")):
        return problem
    late = problem.excerpt is None
    if late and problem.spot is not None:
        problem = with_excerpt(problem, _lines(problem.path, content))
    changes = problem.changes
    if late and changes:
        changes = tuple(one for change in changes if (one := _anchored(change, content)))
        changes = changes if len(changes) == len(problem.changes) else ()
    changes = rooted(changes, "content/")
    return replace(problem, path=f"content/{problem.path}", changes=changes)


def _anchored(change: Change, content: Content) -> Change | None:
    """Find where in its line, from its column on, the text stands that an edit replaces."""
    if isinstance(change, Move):
        return change
    lines = _lines(change.path, content)
    line = lines[change.line - 1] if change.line <= len(lines) else ""
    at = line.find(change.old, change.column - 1)
    return replace(change, column=at + 1) if at >= 0 else None


def _lines(path: str, content: Content) -> list[str]:
    try:
        return (content.folder / path).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return []
