"""Problems whose mend only the whole site knows → the same with what mends them.

Where a link can only mean one thing that exists, it is that; a file under a wrong name gets the one
that was meant, and what refers to it follows. A guess that leads nowhere is dropped.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final

from msgspec.structs import replace

from netzsite import source
from netzsite import text as words
from netzsite.edits import Change, Edit, Move
from netzsite.markdown.lint import REFERRING, german_kind
from netzsite.network.network import Network
from netzsite.pipeline.content import Content
from netzsite.pipeline.mend_templates import in_template
from netzsite.problems import Problem, instead
from netzsite.records.kinds import MANY, MEDIA
from netzsite.records.parse import parse
from netzsite.records.paths import Home, home_of
from netzsite.rendering.templates import Templates

_OUTSIDE: Final = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+")
_LINKS: Final = {"bad-link": "link", "dead-link": "link", "leaves-site": "value"}
"""Kinds of problem whose link may mean something else, and the fact that has it."""
_UNNAMED: Final = ("markup-unread", "bad-link")
_NOWHERE: Final = re.compile(r"\[([^\[\]\n]+)\](\[([^\[\]\n]*)\]|\(\))")
"""A link that names a definition, or nothing at all."""
_NAMES: Final = ("bad-file-name", "unknown-file", "medium-misplaced", "date-in-name")


def mended(
    problems: Iterable[Problem],
    content: Content,
    network: Network | None,
    templates: Templates | None = None,
) -> Iterator[Problem]:
    """Add what mends problems of links and of files' names.

    Without a network, as where ``site.yaml`` is missing, names alone.
    """
    paths = {file.path for file in content.parsed} | {medium.path for medium in content.media}
    for problem in problems:
        if problem.changes:
            yield problem
        elif problem.code in _UNNAMED and network and problem.excerpt:
            yield _targeted(problem, network)
        elif problem.code in _LINKS and network:
            yield _relinked(problem, network)
        elif problem.code in ("template-missing", "template-undefined") and templates:
            yield in_template(problem, templates)
        elif problem.code == "dead-anchor" and problem.spot and "guess" in problem.facts:
            anchor, guess = (f"#{problem.facts[name]}" for name in ("anchor", "guess"))
            changes = instead(problem.path, problem.spot, anchor, guess)
            yield replace(problem, changes=changes)
        elif problem.code in _NAMES:
            yield replace(problem, changes=_renamed(problem, content, paths))
        else:
            yield problem


def _relinked(problem: Problem, network: Network) -> Problem:
    """Say what a link can only mean, and take back a guess that leads nowhere."""
    link = problem.facts[_LINKS[problem.code]]
    if problem.path.startswith("templates/"):
        return problem
    meant = meaning(link, network)
    facts = {name: value for name, value in problem.facts.items() if name != "guess"}
    if meant is None:
        guess = problem.facts.get("guess", "")
        kept = guess if _exists(guess, network) else ""
        return replace(problem, facts=facts | ({"guess": kept} if kept else {}))
    changes = instead(problem.path, problem.spot, link, meant) if problem.spot else ()
    return replace(problem, facts=facts | {"guess": meant}, changes=changes)


def _targeted(problem: Problem, network: Network) -> Problem:
    """Give a link without a target the one record that it names by its id."""
    if problem.code == "bad-link" and problem.facts["link"]:
        return _relinked(problem, network)
    line = problem.excerpt or ""
    at = problem.spot.column if problem.spot else 0
    for hit in _NOWHERE.finditer(line):
        if not hit.start() < at <= hit.end():
            continue
        name = words.slug(hit[3] or hit[1])
        keys = [key for key in network.addresses if key[1] == name and key[0] in REFERRING]
        if len(keys) == 1 and problem.spot:
            edit = Edit(
                path=problem.path,
                line=problem.spot.line,
                column=hit.start(2) + 1,
                old=hit[2],
                new=f"({keys[0][0]}:{keys[0][1]})",
            )
            return replace(problem, changes=(edit,))
    return problem


def _exists(target: str, network: Network) -> bool:
    scheme, colon, rest = target.partition(":")
    if colon:
        return scheme not in REFERRING or (scheme, rest.partition("#")[0]) in network.addresses
    return target in network.media or target in network.addresses.values()


def meaning(link: str, network: Network) -> str | None:
    """Give the one target that a link can only mean; None where it could be another or none."""
    path, hash_sign, anchor = link.partition("#")
    scheme, colon, rest = path.partition(":")
    if colon and "\\" not in path and "/" not in rest:
        kind = scheme if scheme in REFERRING else german_kind(scheme)
        if kind and (kind, rest) in network.addresses:
            return f"{kind}:{rest}{hash_sign}{anchor}"
        facet = network.addresses.get((scheme.replace("-", "_"), rest))
        return f"{facet}{hash_sign}{anchor}" if facet else None
    if _EMAIL.fullmatch(path):
        return f"mailto:{path}"
    if path.startswith("www.") and _OUTSIDE.fullmatch(path):
        return f"https://{link}"
    inside = _inside(path.replace("\\", "/"), network)
    return f"{inside}{hash_sign}{anchor}" if inside else None


def _inside(path: str, network: Network) -> str | None:
    """Find what a path of this site means: a medium, a record's file, an address, an id."""
    name = PurePosixPath(path).name
    media = [medium for medium in network.media if PurePosixPath(medium).name == name]
    if len(media) == 1:
        return media[0]
    whole = posixpath.normpath("/" + path.lstrip("/"))
    for kind in MANY:
        head, slash, file = whole.rpartition(f"/{kind.home}/")
        home = home_of(f"{kind.home}/{file}") if slash and not head else None
        if isinstance(home, Home) and (home.kind, home.id) in network.addresses:
            return f"{home.kind}:{home.id}"
    by_address = {address: key for key, address in network.addresses.items()}
    address = words.slip_of(f"{whole.rstrip('/')}/", by_address) if "/" in path else None
    if address:
        kind_name, key = by_address[address]
        return f"{kind_name}:{key}" if kind_name in REFERRING else address
    ids = [key for key in network.addresses if key[1] == path and key[0] in REFERRING]
    return f"{ids[0][0]}:{ids[0][1]}" if len(ids) == 1 else None


def _renamed(problem: Problem, content: Content, paths: Iterable[str]) -> tuple[Change, ...]:
    """Give a file the name that was meant, and follow it with what refers to it."""
    to = _right_path(problem) or _right_folder(problem, content)
    if not to or to in paths:
        return ()
    edits: list[Change] = []
    if to.startswith(f"{MEDIA}/"):
        edits += _followed(problem.path, to, content)
    elif not isinstance(home_of(to), Home):
        return ()
    return (*edits, Move(path=problem.path, to=to))


def _right_path(problem: Problem) -> str:
    """Give the path that a file should have, where that is certain."""
    path = PurePosixPath(problem.path)
    if problem.code == "date-in-name":
        name = path.name.replace(problem.facts["name"], problem.facts["day"], 1)
        return path.with_name(name).as_posix()
    guess = problem.facts.get("guess", "")
    if not words.slug(path.stem) or not guess:
        return ""
    return guess.removesuffix(".yml") + ".yaml" if guess.endswith(".yml") else guess


def _right_folder(problem: Problem, content: Content) -> str:
    """Find the one folder in which a file that lies beside all of them is a whole record."""
    path = PurePosixPath(problem.path)
    if problem.code != "unknown-file" or "guess" in problem.facts or len(path.parts) > 1:
        return ""
    data = source.read(content.folder, problem.path)
    found = [] if isinstance(data, Problem) else [*_readable(path, data)]
    return found[0] if len(found) == 1 else ""


def _readable(path: PurePosixPath, data: bytes) -> Iterator[str]:
    for kind in MANY:
        to = f"{kind.home}/{words.slug(path.stem)}{kind.suffix}"
        home = home_of(to)
        if path.suffix == kind.suffix and isinstance(home, Home):
            parsed = parse(to, home, data)
            if parsed.record and not parsed.problems:
                yield to


def _followed(path: str, to: str, content: Content) -> Iterator[Change]:
    """Point references to a medium at its new name."""
    old, new = PurePosixPath(path).name, PurePosixPath(to).name
    for file in content.parsed:
        for one in file.references:
            if one.kind == "medium" and one.id == path:
                yield from instead(file.path, one.spot, old, new)
