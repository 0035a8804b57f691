"""A build in one breath: read, link, plan, render, check, publish."""

import dataclasses
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from netzsite import urls
from netzsite.catalogue import catalogue
from netzsite.checks import links, privacy, release
from netzsite.checks.page import Page
from netzsite.memo import DiskMemo, Memo, NoMemo
from netzsite.network import sense
from netzsite.network.link import Settings, link
from netzsite.network.network import Network
from netzsite.network.visibility import next_change
from netzsite.pipeline import content as contents
from netzsite.pipeline import copies
from netzsite.pipeline.content import Content, Means
from netzsite.pipeline.fingerprint import fingerprint
from netzsite.pipeline.lock import alone
from netzsite.pipeline.places import at_alias, from_root, located, misnamed
from netzsite.pipeline.publish import Counts, publish
from netzsite.pipeline.render import Output, Shop, TextSource, Wanted, keyed, render
from netzsite.pipeline.stage import cannot_write, stage
from netzsite.pipeline.target import Target
from netzsite.pipeline.verify import differences
from netzsite.pool import Pool, Progress, nothing, processors
from netzsite.problems import Problem, in_order, publishable
from netzsite.producers.frame import frame
from netzsite.producers.plan import plan
from netzsite.producers.shared import sections
from netzsite.rendering import templates
from netzsite.rendering.job import Job
from netzsite.rendering.templates import Templates

CACHE: Final = ".netzsite-cache"


def today_in(root: Path) -> date:
    """Say what day it is in the time zone of a site; here where it names none that is known."""
    hit = None
    with suppress(OSError, UnicodeDecodeError):
        text = (root / "content" / "site.yaml").read_text(encoding="utf-8-sig")
        hit = re.search(r"^timezone:\s*[\"']?([A-Za-z0-9_+/-]+)", text, re.MULTILINE)
    with suppress(ZoneInfoNotFoundError, ValueError):
        return datetime.now(ZoneInfo(hit[1]) if hit else None).date()
    return datetime.now().astimezone().date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build is asked for."""

    root: Path
    today: date
    output: Path | None = None
    """Where the site goes; ``ROOT/output`` when not given."""
    cache: Path | None = None
    """Where the memo lies; ``ROOT/.netzsite-cache`` when not given."""
    memo: bool = True
    jobs: int = 0
    """Worker processes; 0 is the number of processors."""
    strict: bool = False
    drafts: bool = False
    portable: bool = False
    base_url: str | None = None
    publish: bool = True
    verify: bool = False
    """Whether to build clean beside it too, and to publish only what is the same to the byte."""
    progress: Progress = nothing
    """Told how far the work is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of a build."""

    problems: tuple[Problem, ...]
    published: bool
    counts: Counts = field(default_factory=Counts)
    pages: int = 0
    seconds: float = 0.0
    next_change: date | None = None
    language: str | None = None
    """The site's, when it is known."""
    good: bool = False
    """Whether the problems allow publishing."""


def build(options: Options) -> Report:
    """Build a site; every mistake is in the report, none is raised.

    Raises ``JobError`` for a bug of ours.
    """
    began = time.perf_counter()
    target = options.output or options.root / "output"
    misplaced = _misplaced(options.root, target)
    if misplaced:
        return Report(problems=(misplaced,), published=False)
    with _memo(options) as memo, Pool(options.jobs or processors(), options.progress) as pool:
        if isinstance(memo, Problem):
            return Report(problems=(memo,), published=False)
        report = _build(options, target, memo, pool)
    return dataclasses.replace(report, seconds=time.perf_counter() - began)


def _build(options: Options, target: Path, memo: Memo, pool: Pool) -> Report:
    means = Means(memo, pool, fingerprint())
    content = contents.load(options.root / "content", means)
    planned = _plan(options, content)
    if isinstance(planned, Report):
        return planned
    with stage(target) as folder:
        if isinstance(folder, Problem):
            return planned.report(folder)
        found = Target(target, memo)
        try:
            outputs = _render(planned, found, means, folder)
        except OSError as error:  # the stage can't take them: a full disk
            return planned.report(cannot_write(error, target))
        report = planned.report()
        if not options.publish or not report.good:
            return report
        return _publish(planned, outputs, found, folder)


@dataclass(slots=True, kw_only=True)
class _Planned:
    """A site whose jobs are known, and what has been found wrong with it so far."""

    options: Options
    content: Content
    network: Network
    templates: Templates
    jobs: tuple[Job, ...]
    copied: dict[str, Path]
    """Output path → the file that is copied there."""
    used: frozenset[str]
    """Media that something shown refers to."""
    problems: list[Problem]

    def report(self, *more: Problem) -> Report:
        """Report what is wrong, and that nothing is published."""
        return _report(self.options, self.content, [*self.problems, *more], self.network)


def _plan(options: Options, content: Content) -> _Planned | Report:
    """Link the records and list the jobs; a Report when there is no site to speak of."""
    slips = [*content.problems, *(slip for file in content.parsed for slip in file.problems)]
    settings = Settings(today=options.today, drafts=options.drafts, base_url=options.base_url)
    network, dangling = link(
        content.parsed, content.media, settings, catalogue, misnamed(content.problems)
    )
    if network is None:
        elsewhere = any(slip.facts.get("guess") == "site.yaml" for slip in slips)
        told = [slip for slip in dangling if slip.code != "no-site" or not elsewhere]
        return _report(options, content, [*slips, *told], None)
    files, static, lost = copies.static(options.root)
    used = _used_media(content, network)
    media, places = copies.media(network, used, content.folder)
    loaded, unread = templates.load(options.root)
    jobs, collisions = plan(network, (*files, *media))
    problems = [*slips, *dangling, *lost, *_media_problems(network, used), *unread]
    problems += sense.check(content.parsed, network, sections(network))
    problems += (at_alias(problem, content) for problem in collisions)
    return _Planned(
        options=options,
        content=content,
        network=network,
        templates=loaded,
        jobs=jobs,
        copied=static | places,
        used=used,
        problems=problems,
    )


def _render(planned: _Planned, target: Target, means: Means, stage: Path) -> dict[str, Output]:
    """Render what isn't known and check the whole; what is wrong joins the plan's problems."""
    network, content, problems = planned.network, planned.content, planned.problems
    shop = Shop(
        frame=frame(network, portable=planned.options.portable),
        words=network.words,
        templates=planned.templates,
        stage=stage,
    )
    made = tuple(job for job in planned.jobs if job.path not in planned.copied)
    outputs = {job.path: copies.output(job) for job in planned.jobs if job.path in planned.copied}
    wanted, broken = keyed(made, shop, means.memo, means.fingerprint)
    todo = [] if broken else [want for want in wanted if _needs(want, target)]
    outputs |= {want.job.path: want.known for want in wanted if want.known}
    rendered, failures = render(todo, shop, _texts(content), means.memo, means.pool)
    outputs |= rendered
    problems += (*broken, *failures)
    if not broken and not failures:
        problems += located(_checks(planned.jobs, outputs), content)
        problems += target.foreign(outputs.values())
    if publishable(problems, strict=False):
        # With a mistake elsewhere, what seems missing or unused may only be misspelt.
        spots = next(file.spots for file in content.parsed if file.kind == "site")
        problems += release.check(network, spots)
        unused = network.media.keys() - planned.used
        problems += (Problem(code="unused-medium", path=path) for path in unused)
    return outputs


def _publish(planned: _Planned, outputs: dict[str, Output], target: Target, folder: Path) -> Report:
    """Stage what is copied, then change the target; nothing of it before all is staged."""
    lost = copies.stage(outputs, planned.copied, target, folder)
    if lost:
        return planned.report(*lost)
    different = _verify(planned.options, outputs, target, folder)
    if different:
        return planned.report(*different)
    counts = publish(outputs, target, folder)
    if isinstance(counts, Problem):
        return planned.report(counts)
    pages = sum(output.facts is not None for output in outputs.values())
    return dataclasses.replace(planned.report(), published=True, counts=counts, pages=pages)


def _verify(
    options: Options, outputs: dict[str, Output], target: Target, folder: Path
) -> tuple[Problem, ...]:
    """Build clean beside it where that is asked for; name what would be published otherwise."""
    if not options.verify:
        return ()
    with stage(target.folder, "clean") as clean:
        if isinstance(clean, Problem):
            return (clean,)
        output = clean / target.folder.name
        report = build(dataclasses.replace(options, output=output, memo=False, verify=False))
        if not report.published:
            return report.problems
        return tuple(differences(outputs, target, folder, output))


def _needs(want: Wanted, target: Target) -> bool:
    """Tell whether a job must be rendered: its output isn't known, or its bytes are nowhere."""
    return want.known is None or not target.holds(want.job.path, want.known.digest)


def _checks(jobs: tuple[Job, ...], outputs: dict[str, Output]) -> list[Problem]:
    pages = []
    for job in jobs:
        facts = outputs[job.path].facts
        if facts is not None:
            pages.append(Page(job.address, job.origin.removeprefix("content/"), facts))
    addresses = frozenset(urls.address_of(path) for path in outputs)
    return [*links.check(pages, addresses), *privacy.check(pages)]


def _texts(content: Content) -> TextSource:
    def get(digests: Iterable[str]) -> dict[str, bytes]:
        wanted = dict.fromkeys(digests)
        found = content.texts.get(wanted)
        lost = wanted.keys() - found.keys()
        return found | contents.recover(content, lost) if lost else found

    return get


def _used_media(content: Content, network: Network) -> frozenset[str]:
    """Name the media that a shown record refers to."""
    return frozenset(
        reference.id
        for file in content.parsed
        if file.kind != "post" or file.id in network.posts
        for reference in file.references
        if reference.kind == "medium"
    )


def _media_problems(network: Network, used: frozenset[str]) -> Iterator[Problem]:
    for path, medium in network.media.items():
        if path in used:
            yield from medium.problems


def _report(
    options: Options, content: Content, problems: list[Problem], network: Network | None
) -> Report:
    told = in_order(from_root(problem, content) for problem in problems)
    due = next_change(network, content.parsed) if network else None
    language = network.site.language if network else None
    return Report(
        problems=told,
        published=False,
        next_change=due,
        language=language,
        good=network is not None and publishable(told, strict=options.strict),
    )


def _misplaced(root: Path, target: Path) -> Problem | None:
    """Refuse an output folder inside the content, and one that holds the site itself."""
    place, home = target.resolve(), root.resolve()
    inside = place.is_relative_to(home / "content") or place.is_relative_to(home / "templates")
    if inside or home.is_relative_to(place):
        return Problem(code="output-in-content", facts={"folder": str(target)})
    return None


@contextmanager
def _memo(options: Options) -> Iterator[Memo | Problem]:
    """Open the memo, alone: a second build of the same site at once is told to wait."""
    if not options.memo:
        yield NoMemo()
        return
    folder = options.cache or options.root / CACHE
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            free = stack.enter_context(alone(folder / "lock"))
            memo = DiskMemo.open(folder) if free else None
        except OSError as error:
            yield cannot_write(error, folder)
            return
        if memo is None:
            yield Problem(code="locked", facts={"folder": str(folder)})
            return
        stack.callback(memo.close)
        yield memo
