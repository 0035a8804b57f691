"""Another id for a record, a word, a goal or a medium → all changes that go with it.

The file gets its name, what refers to it follows, and the old address leads to the new one. Either
all of that can be told exactly, or nothing is changed.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

from netzsite.catalogue import Catalogue, catalogue
from netzsite.editing.changes import apply
from netzsite.edits import Change, Edit, Move, edited
from netzsite.network.link import Settings, link
from netzsite.network.network import Network
from netzsite.pipeline.content import Content
from netzsite.problems import Problem, Spot
from netzsite.records.accord import Accord
from netzsite.records.kinds import BY_NAME, MANY, MEDIA
from netzsite.records.parse import Parsed, parse
from netzsite.records.paths import Home, home_of
from netzsite.records.site import Site
from netzsite.records.vocabulary import Vocabulary
from netzsite.text import is_id
from netzsite.yaml import frontmatter

KINDS = (*(kind.name for kind in MANY), "target_group", "topic", "goal", "medium")
"""What can be renamed."""


class NotRenamedError(Exception):
    """Why nothing is renamed: a word of the catalogue's report, and what it speaks of."""

    def __init__(self, reason: str, **facts: str) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts

    def told(self, words: Catalogue) -> str:
        """Say it in a sentence."""
        return words.report[self.reason].format(**self.facts)


def rename(
    root: Path, content: Content, kind: str, names: tuple[str, str], today: date
) -> tuple[str, ...]:
    """Rename from the first to the second name; gives the paths of the files that changed.

    Raises ``NotRenamedError``, and what ``apply`` does.
    """
    changes = renaming(content, kind, names, today)
    return apply(root / "content", changes)


def renaming(
    content: Content, kind: str, names: tuple[str, str], today: date
) -> tuple[Change, ...]:
    """List the changes, by paths from the content folder; raises ``NotRenamedError``."""
    old, new = names
    unread = [file.path for file in content.parsed if file.record is None]
    if unread:
        raise NotRenamedError("rename_unread", path=f"content/{unread[0]}")
    network = _network(content, today)
    _check_free(content, kind, new)
    changes = [*_itself(content, network, kind, names)]
    for file in content.parsed:
        for spot in _spots(file, kind, old):
            changes.append(_at(content, file.path, spot, names))  # noqa: PERF401 - raises
    return tuple(dict.fromkeys(changes))


def _network(content: Content, today: date) -> Network:
    settings = Settings(today=today, drafts=True)
    network, _ = link(content.parsed, content.media, settings, catalogue)
    if network is None:
        raise NotRenamedError("report_no_site")
    return network


def _check_free(content: Content, kind: str, new: str) -> None:
    """Refuse a name that can't be one, or that something has."""
    if kind == "medium":
        good = new.startswith(f"{MEDIA}/") and all(
            map(is_id, PurePosixPath(new).with_suffix("").parts)
        )
        taken = any(medium.path == new for medium in content.media)
    else:
        good = all(map(is_id, new.split("/"))) and ("/" not in new or kind == "page")
        taken = any((file.kind, file.id) == (kind, new) for file in content.parsed)
    if not good:
        raise NotRenamedError("rename_bad", name=new)
    if taken:
        raise NotRenamedError("rename_taken", name=new)


def _itself(
    content: Content, network: Network, kind: str, names: tuple[str, str]
) -> Iterator[Change]:
    """Rename what it is: a file with an alias for its old address, or a word in another file."""
    old, new = names
    if kind == "medium":
        yield Move(path=old, to=new)
        return
    if kind in BY_NAME:
        file = next(file for file in content.parsed if (file.kind, file.id) == (kind, old))
        to = _path(file, old, new)
        address = network.addresses.get((kind, old))
        if address:
            yield _aliased(content, file, to, (address, _address(network, kind, new)))
        yield Move(path=file.path, to=to)
        return
    for file in content.parsed:
        spot = _term(file, kind, names)
        if spot:
            yield _at(content, file.path, spot, names)


def _term(file: Parsed, kind: str, names: tuple[str, str]) -> Spot | None:
    """Find where a word of the vocabulary or a goal is defined."""
    old, new = names
    if isinstance(file.record, Vocabulary) and kind != "goal":
        if new in file.record.terms[kind]:
            raise NotRenamedError("rename_taken", name=new)
        return file.spots.get(f"{kind}s.{old}")
    if isinstance(file.record, Accord) and kind == "goal":
        ids = [goal.id for goal in file.record.goals]
        if new in ids:
            raise NotRenamedError("rename_taken", name=new)
        return file.spots.get(f"goals.{ids.index(old)}.id") if old in ids else None
    return None


def _path(file: Parsed, old: str, new: str) -> str:
    """Give a file its new name: the day before it, and the folder above it, stay."""
    path = PurePosixPath(file.path)
    if file.kind == "page":
        return f"{BY_NAME['page'].home}/{new}{path.suffix}"
    return path.with_name(path.name.removesuffix(old + path.suffix) + new + path.suffix).as_posix()


def _address(network: Network, kind: str, id_: str) -> str:
    return f"/{id_}/" if kind == "page" else network.route(BY_NAME[kind].route, id_)


def _spots(file: Parsed, kind: str, old: str) -> Iterator[Spot]:
    """Find all places of a file that name it."""
    for one in file.references:
        if (one.kind, one.id) == (kind, old):
            yield one.spot
    if isinstance(file.record, Site) and kind == "page":
        for index, entry in enumerate(file.record.navigation):
            if entry.to == f"page:{old}":
                yield file.spots[f"navigation.{index}.to"]


def _at(content: Content, path: str, spot: Spot, names: tuple[str, str]) -> Edit:
    """Put the new name where the old one stands, at a place or soon behind its beginning."""
    old, new = (name.removeprefix(f"{MEDIA}/") for name in names)
    line = _text(content, path).split("\n")[spot.line - 1]
    hit = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])").search(line, spot.column - 1)
    if hit is None:
        raise NotRenamedError("rename_hidden", path=f"content/{path}", line=str(spot.line))
    return Edit(path=path, line=spot.line, column=hit.start() + 1, old=old, new=new)


def _aliased(content: Content, file: Parsed, to: str, addresses: tuple[str, str]) -> Edit:
    """Add the old address to a file's aliases; where the new one is among them, in its place."""
    old, new = addresses
    assert file.record is not None  # all files have been read
    aliases = file.record.aliases
    text = _text(content, file.path)
    lines = text.split("\n")
    if new in aliases:
        spot = file.spots[f"aliases.{aliases.index(new)}"]
        here = lines[spot.line - 1][spot.column - 1 : spot.column - 1 + spot.width]
        edit = Edit(path=file.path, line=spot.line, column=spot.column, old=here, new=old)
    elif aliases:
        spot = file.spots["aliases.0"]
        before = lines[spot.line - 1][: spot.column - 1]
        in_block = before.strip() == "-"
        column = 1 if in_block else spot.column
        written = f"{before}{old}\n" if in_block else f"{old}, "
        edit = Edit(path=file.path, line=spot.line, column=column, new=written)
    else:
        edit = _added(file.path, text, f"aliases: [{old}]")
    home = home_of(to)
    data = edited(text.encode(), [edit])
    parsed = parse(file.path, home, data) if isinstance(home, Home) else None
    if not parsed or not parsed.record or old not in parsed.record.aliases:
        raise NotRenamedError("rename_hidden", path=f"content/{file.path}", line=str(edit.line))
    return edit


def _added(path: str, text: str, line: str) -> Edit:
    """Add a line behind the last key."""
    halves = frontmatter.split(text, path) if path.endswith(".md") else None
    if halves is not None and not isinstance(halves, Problem):
        number = halves.metadata_line + halves.metadata.count("\n")
        return Edit(path=path, line=number, new=f"{line}\n")
    lines = text.split("\n")
    if lines[-1]:
        return Edit(path=path, line=len(lines), column=len(lines[-1]) + 1, new=f"\n{line}")
    return Edit(path=path, line=len(lines), new=f"{line}\n")


def _text(content: Content, path: str) -> str:
    """Read a file as its places count: without a byte order mark, each line's end one sign."""
    return (content.folder / path).read_text(encoding="utf-8-sig")
