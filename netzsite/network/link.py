"""Parsed files → the ``Network``: references resolved, backlinks made, what's hidden left out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from msgspec import Struct, structs

from netzsite.catalogue import Catalogue, languages
from netzsite.media.medium import Medium
from netzsite.network.addresses import addresses
from netzsite.network.backlinks import with_backlinks
from netzsite.network.listing import with_cards
from netzsite.network.network import Network
from netzsite.network.pictures import images
from netzsite.network.references import dangling, known_ids
from netzsite.network.revisions import Revisions
from netzsite.network.waiting import Waiting, waiting
from netzsite.problems import Problem, Spot, instead
from netzsite.records.accord import Accord
from netzsite.records.kinds import BY_NAME, MANY, arranged
from netzsite.records.parse import Home, Parsed
from netzsite.records.record import Record
from netzsite.records.site import Site
from netzsite.records.vocabulary import Vocabulary

R = TypeVar("R", bound=Record)
Key = tuple[str, str]


class Settings(Struct, frozen=True, kw_only=True):
    """What the caller decides about a build, beside the content."""

    today: date
    drafts: bool = False
    base_url: str | None = None
    """Replaces the site's own."""
    revisions: Revisions = {}


def link(
    parsed: tuple[Parsed, ...],
    media: Iterable[Medium],
    settings: Settings,
    words_of: Callable[[str], Catalogue],
    misnamed: Iterable[Home] = (),
) -> tuple[Network | None, tuple[Problem, ...]]:
    """Link all records; no Network when there is no readable ``site.yaml``."""
    files, problems = _unique(parsed)
    by_path = {medium.path: medium for medium in media}
    waits = waiting(files, settings.today)
    unseen = {} if settings.drafts else waits
    problems += dangling(files, known_ids(files, by_path, misnamed), unseen)
    records: dict[str, dict[str, Record]] = defaultdict(dict)
    for file in files:
        if file.record is not None and (file.kind, file.id) not in unseen:
            records[file.kind][file.id] = file.record
    site = records["site"].get("site")
    if not isinstance(site, Site):
        if not any(file.kind == "site" for file in files):
            problems.append(Problem(code="no-site", path="site.yaml"))
        return None, tuple(problems)
    if settings.base_url:
        site = structs.replace(site, base_url=settings.base_url.rstrip("/"))
    network = _network(
        site, records, by_path, settings, waits=waits, catalogue=words_of(site.language)
    )
    problems += _carrier_cycles(files, network)
    problems += _without_words(files, network)
    return network, tuple(problems)


def _unique(parsed: tuple[Parsed, ...]) -> tuple[tuple[Parsed, ...], list[Problem]]:
    """Keep the first file of each id; name the others."""
    first: dict[Key, Parsed] = {}
    problems = []
    for file in parsed:
        other = first.setdefault((file.kind, file.id), file)
        if other is not file:
            facts = {"id": file.id, "other": f"content/{other.path}"}
            problems.append(Problem(code="doubled-id", path=file.path, facts=facts))
    return tuple(first.values()), problems


def _single(records: Mapping[str, Mapping[str, Record]], kind: str, type_: type[R]) -> R:
    """Give the record of a kind there is one of; an empty one where there is no file."""
    record = records.get(kind, {}).get(kind)
    return record if isinstance(record, type_) else type_(id=kind, path=BY_NAME[kind].home)


def _network(
    site: Site,
    records: Mapping[str, Mapping[str, Record]],
    media: Mapping[str, Medium],
    settings: Settings,
    *,
    waits: Mapping[Key, Waiting],
    catalogue: Catalogue,
) -> Network:
    network = Network(
        site=site,
        words=catalogue,
        today=settings.today,
        drafts=settings.drafts,
        waiting=waits,
        revisions=settings.revisions,
        vocabulary=_single(records, "vocabulary", Vocabulary),
        accord=_single(records, "network", Accord),
        records={kind.name: arranged(kind, records.get(kind.name, {}).values()) for kind in MANY},
        media=media,
        images=images(media.values()),
        addresses={},
    )
    network = with_backlinks(network)
    return with_cards(replace(network, addresses=addresses(network)))


def _without_words(files: Iterable[Parsed], network: Network) -> Iterator[Problem]:
    """Tell a language that there is no catalogue for: its pages would be in another one."""
    declared = network.site.language
    if declared.partition("-")[0].lower() == network.words.language:
        return
    file = next(file for file in files if file.kind == "site")
    facts = {"language": declared, "choices": ", ".join(languages())}
    spot = file.spots.get("language", Spot(1))
    yield Problem(code="language-without-words", path=file.path, spot=spot, facts=facts)


def _carrier_cycles(files: Iterable[Parsed], network: Network) -> list[Problem]:
    found = []
    for file in files:
        if file.kind != "carrier" or file.id not in network.carriers:
            continue
        above, seen = network.carriers[file.id].parent, {file.id}
        while above and above in network.carriers and above not in seen:
            seen.add(above)
            above = network.carriers[above].parent
        if above == file.id:
            spot = file.spots.get("parent", Spot(1))
            facts = {"id": file.id}
            itself = network.carriers[file.id].parent == file.id
            changes = instead(file.path, spot, file.id, "") if itself else ()
            found.append(
                Problem(
                    code="carrier-cycle", path=file.path, spot=spot, facts=facts, changes=changes
                )
            )
    return found
