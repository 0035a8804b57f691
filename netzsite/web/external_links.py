"""Records and the answers of other hosts → what is wrong with the links to other sites.

A build never asks another host: its result would depend on the day. Only ``check --external`` does.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from netzsite import inventory
from netzsite.fields.field import Field, Form, Many, Scalar, Shaped, fields_of
from netzsite.pipeline.build import CACHE, Options, Report
from netzsite.pipeline.content import Content
from netzsite.pipeline.locate import from_root
from netzsite.problems import Problem, Spot, in_order, publishable
from netzsite.records.kinds import BY_NAME
from netzsite.records.parse import Parsed
from netzsite.web import answer_cache
from netzsite.web.polite_client import Answer, Manners, Step, visit

_HTTP: Final = ("http://", "https://")
GONE: Final = frozenset({404, 410, 451})
"""Statuses after which a link leads nowhere (RFC 9110, 15.5; RFC 7725)."""
CERTAIN: Final = frozenset({"no-such-host", "certificate", "redirect-circle"})
"""Causes that a second try will not mend; others may pass by themselves."""
FINE: Final = range(200, 300)
POLITE: Final = Manners()


class Link(Struct, frozen=True, kw_only=True):
    """One place that links to another site."""

    url: str
    path: str
    """From the content folder."""
    spot: Spot | None = None


def links(files: Iterable[Parsed]) -> tuple[Link, ...]:
    """List the links to other sites, of fields and of texts, in the order of their files."""
    return tuple(
        Link(url=url, path=file.path, spot=spot)
        for file in files
        if file.record is not None
        for url, spot in _of(file)
    )


def _of(file: Parsed) -> Iterator[tuple[str, Spot | None]]:
    for place, spot in file.spots.items():
        if place.startswith(">") and place[1:].startswith(_HTTP):
            yield place[1:], spot
    for place, url in _values(file.record, fields_of(BY_NAME[file.kind].type), ""):
        if file.kind != "site" or place.startswith("navigation."):  # the others are its own
            yield url, file.spots.get(place)


def _values(value: Any, fields: tuple[Field, ...], at: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    for field in fields:
        name = field.name.rstrip("_")
        yield from _found(getattr(value, field.name), field.form, f"{at}{name}")


def _found(value: Any, form: Form, place: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Give the addresses of other sites in a value with their places."""
    match form:
        case Scalar() if isinstance(value, str) and value.startswith(_HTTP):
            yield place, value
        case Many(item=item):
            for number, one in enumerate(value):
                yield from _found(one, item, f"{place}.{number}")
        case Shaped(fields=fields) if value is not None:
            yield from _values(value, fields, f"{place}.")


def problems(content: Content, answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """Say what is wrong with the links of a site, as far as there are answers."""
    for link in links(content.parsed):
        answer = answers.get(link.url)
        told = _told(answer) if answer else None
        if told:
            code, facts = told
            facts["link"] = link.url
            found = Problem(code=code, path=link.path, spot=link.spot, facts=facts)
            yield from_root(found, content)


def _told(answer: Answer) -> tuple[str, dict[str, str]] | None:
    if answer.status in FINE:
        return ("external-moved", {"to": answer.to}) if answer.to else None
    if answer.status in GONE or answer.cause in CERTAIN:
        return "external-dead", {"reason": _reason(answer)}
    return "external-unsure", {"reason": _reason(answer)}


def _reason(answer: Answer) -> str:
    return f"@{answer.cause}" if answer.cause else f"HTTP {answer.status}"


def tried(report: Report, options: Options, step: Step, manners: Manners = POLITE) -> Report:
    """Try the links of a site, but for those whose good answers are remembered."""
    content = inventory.read(options.root)
    urls = {link.url for link in links(content.parsed)}
    folder = options.cache or options.root / CACHE
    known = answer_cache.recall(folder, options.today) if options.memo else {}
    fresh = visit(sorted(urls - known.keys()), manners, step)
    if options.memo:
        answer_cache.remember(folder, options.today, fresh, urls)
    return with_problems(report, problems(content, known | fresh), strict=options.strict)


def with_problems(report: Report, found: Iterable[Problem], *, strict: bool) -> Report:
    """Add problems to a report."""
    told = in_order((*report.problems, *found))
    return replace(report, problems=told, good=report.good and publishable(told, strict=strict))
