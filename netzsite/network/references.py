"""Parsed files → problems for those references that lead nowhere."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from netzsite import text as words
from netzsite.fields.reading import Reference
from netzsite.network.waiting import Waiting, needs
from netzsite.problems import Problem, instead
from netzsite.records.accord import Accord
from netzsite.records.kinds import KINDS, title_of
from netzsite.records.parse import Home, Parsed
from netzsite.records.vocabulary import Term, Vocabulary

Known = Mapping[str, Mapping[str, str]]
"""Kind → id → name; ids of files with a mistake are in it too."""


def known_ids(
    parsed: Iterable[Parsed], media: Iterable[str], misnamed: Iterable[Home] = ()
) -> Known:
    """Collect every id there is, with the name people know it by.

    ``misnamed`` files count by the name they should have, so that one mistake is told once.
    """
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for kind in KINDS:
        known[kind.name] = {}
    for file in parsed:
        name = title_of(file.kind, file.record) if file.record else ""
        known[file.kind][file.id] = name or file.id
        if isinstance(file.record, Vocabulary):
            known["target_group"] = _terms(file, "target_groups", file.record.target_groups)
            known["topic"] = _terms(file, "topics", file.record.topics)
        if isinstance(file.record, Accord):
            known["goal"] = {goal.id: goal.title for goal in file.record.goals}
    for home in misnamed:
        known.setdefault(home.kind, {}).setdefault(home.id, home.id)
    known["medium"] = {path: path for path in media} | known.get("medium", {})
    return known


def _terms(file: Parsed, key: str, terms: Mapping[str, Term]) -> dict[str, str]:
    """Name the words of a vocabulary; one that has a mistake is known by its id."""
    places = (place.split(".") for place in file.spots)
    written = {parts[1]: parts[1] for parts in places if parts[0] == key and len(parts) > 1}
    return written | {name: term.label for name, term in terms.items()}


def dangling(
    parsed: Iterable[Parsed], known: Known, hidden: Mapping[tuple[str, str], Waiting]
) -> list[Problem]:
    """Name every reference to what isn't there, or to what isn't shown yet."""
    found = []
    broken = {file.kind for file in parsed if file.record is None} | {
        kind for kind in ("vocabulary", "network") if known[kind] and not _is_parsed(parsed, kind)
    }
    for file in parsed:
        for reference in file.references:
            kind, key = reference.kind, reference.id
            if key not in known.get(kind, ()):
                if kind in _PARTS_OF and _PARTS_OF[kind] in broken:
                    continue  # the file that would define it has a mistake, and that is told
                found.append(_dangling(file, reference, known.get(kind, {})))
            elif (kind, key) in hidden:
                code = _hidden(file, (kind, key), hidden)
                facts = {"id": key, "reason": f"@{hidden[kind, key].reason}"}
                found += [_at(file, reference, code, facts)] if code else []
    return found


def _hidden(
    file: Parsed, to: tuple[str, str], hidden: Mapping[tuple[str, str], Waiting]
) -> str | None:
    """Say what it does to a record that it names one which isn't shown yet."""
    why = hidden.get((file.kind, file.id))
    if why is None:
        return "hidden-reference"
    needed = file.record is not None and to in needs(file.record)
    return "needs-hidden" if why.reason == "awaiting" and needed else None


def _is_parsed(parsed: Iterable[Parsed], kind: str) -> bool:
    return any(file.kind == kind for file in parsed)


_PARTS_OF = {"target_group": "vocabulary", "topic": "vocabulary", "goal": "network"}


def _dangling(file: Parsed, reference: Reference, known: Mapping[str, str]) -> Problem:
    key = reference.id
    if reference.kind == "medium":
        names = {path.removeprefix("media/"): path for path in known}
        name = words.nearest(key.removeprefix("media/"), names)
        guess = names[name] if name else None
        facts = {"picture": key, **({"guess": guess} if guess else {})}
        slip = words.slip_of(key.removeprefix("media/"), names)
        return _at(file, reference, "medium-missing", facts, names[slip] if slip else None)
    by_name = {name: id_ for id_, name in sorted(known.items())}
    certain = words.slip_of(key, known) or by_name.get(words.slip_of(key, by_name) or "")
    guess = certain or words.nearest(key, known)
    if guess is None:
        guess = by_name.get(words.nearest(key, by_name) or "")
    facts = {"id": key, "kind": f"@{reference.kind}"}
    facts |= {"guess": guess, "name": known[guess]} if guess else {"choices": _some(known)}
    return _at(file, reference, "dangling-reference", facts, certain)


def _some(known: Mapping[str, str]) -> str:
    shown = sorted(known)
    return ", ".join(shown[:12]) + (" …" if len(shown) > 12 else "") or "–"  # noqa: PLR2004


def _at(
    file: Parsed, reference: Reference, code: str, facts: dict[str, str], right: str | None = None
) -> Problem:
    """Tell of a reference; ``right`` is what it can only mean."""
    spot = reference.spot
    old = reference.id.removeprefix("media/")
    changes = instead(file.path, spot, old, right.removeprefix("media/")) if right else ()
    return Problem(code=code, path=file.path, spot=spot, facts=facts, changes=changes)
