"""A site's folder → what tools for editors ask of it: its parsed files, the names of things."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from netzsite import source
from netzsite.catalogue import Catalogue
from netzsite.memo import DiskMemo, Memo, NoMemo
from netzsite.pipeline import content as contents
from netzsite.pipeline.build import CACHE
from netzsite.pipeline.content import Content, Resources
from netzsite.pipeline.fingerprint import fingerprint
from netzsite.pipeline.lock import alone
from netzsite.pool import Pool, processors
from netzsite.records.accord import Accord
from netzsite.records.kinds import title_of
from netzsite.records.parse import Home, home_of
from netzsite.records.record import Record
from netzsite.records.site import Site
from netzsite.records.vocabulary import Vocabulary
from netzsite.text import nearest, sort_key

Names = dict[str, dict[str, str]]
"""Kind → id → name, sorted by name as in a German dictionary."""


def read(root: Path) -> Content:
    """Read and parse a site; what a build has kept serves, and isn't needed."""
    with _memo(root / CACHE) as memo, Pool(processors()) as pool:
        return contents.read(root / "content", Resources(memo, pool, fingerprint()))


def files(root: Path, kind: str) -> dict[str, str]:
    """List the files of one kind by id, from the content folder, without reading any."""
    found, _ = source.walk(root / "content")
    homes = ((entry.path, home_of(entry.path)) for entry in found)
    return {home.id: path for path, home in homes if isinstance(home, Home) and home.kind == kind}


def unknown(id_: str, kind: str, there: Iterable[str], words: Catalogue) -> str:
    """Say that there is no such id, and which one was probably meant."""
    facts = {"a": words.kinds[kind]["a"], "id": id_, "guess": nearest(id_, there) or ""}
    sentence = words.report["new_unknown"].format(**facts)
    return f"{sentence} {words.report['new_meant'].format(**facts)}" if facts["guess"] else sentence


@contextmanager
def _memo(folder: Path) -> Iterator[Memo]:
    """Open the memo of earlier builds, unless there is none or a build is using it."""
    with ExitStack() as stack:
        memo: Memo = NoMemo()
        with suppress(OSError):
            if folder.is_dir() and not stack.enter_context(alone(folder / "lock", folder)):
                memo = DiskMemo.open(folder)
                stack.callback(memo.close)
        yield memo


def site_of(content: Content) -> Site | None:
    """Give the site's own record, where it has no mistake."""
    return next((file.record for file in content.parsed if isinstance(file.record, Site)), None)


def language(content: Content) -> str | None:
    """Give the site's language, where it says one."""
    site = site_of(content)
    return site.language if site else None


def names(content: Content) -> Names:
    """Name all that a record can refer to; a record with a mistake goes by its id."""
    found: Names = {"medium": {medium.path: medium.path for medium in content.media}}
    for file in content.parsed:
        name = title_of(file.kind, file.record) if file.record else file.id
        found.setdefault(file.kind, {})[file.id] = name or file.id
        for kind, id_, label in _parts(file.record):
            found.setdefault(kind, {})[id_] = label
    return {
        kind: dict(sorted(of.items(), key=lambda entry: (sort_key(entry[1]), entry[0])))
        for kind, of in found.items()
    }


def folders(content: Content) -> dict[str, tuple[str, ...]]:
    """List for each kind the folders below its own that hold files."""
    found: dict[str, set[str]] = {}
    for file in content.parsed:
        folder = "/".join(file.path.split("/")[1:-1])
        found.setdefault(file.kind, set()).update((folder,) if folder else ())
    return {kind: tuple(sorted(inside)) for kind, inside in found.items()}


def _parts(record: Record | None) -> Iterator[tuple[str, str, str]]:
    """Give what lies inside a record and can be referred to: words, goals."""
    if isinstance(record, Vocabulary):
        for kind, terms in record.terms.items():
            yield from ((kind, key, term.label) for key, term in terms.items())
    elif isinstance(record, Accord):
        yield from (("goal", goal.id, goal.title) for goal in record.goals)
