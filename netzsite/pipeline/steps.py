"""The steps of a build: parse, link, plan, render, check, publish.

Imported only when something may have changed: it brings every room of the house along.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from msgspec import structs

from netzsite import urls
from netzsite.audit.read import is_known
from netzsite.audit.wcag import CRITERIA
from netzsite.catalogue import catalogue
from netzsite.checks import legal_links, links, page_findings, release, template_blocks
from netzsite.checks.page import Page
from netzsite.memo import Memo, MemoryCache, NoMemo
from netzsite.network import plausibility
from netzsite.network.link import Settings, link
from netzsite.network.network import Network
from netzsite.network.visibility import next_change
from netzsite.pipeline import content as contents
from netzsite.pipeline import copies, history, inputs, pictures
from netzsite.pipeline.content import Content, Resources
from netzsite.pipeline.fingerprint import fingerprint
from netzsite.pipeline.inputs import Inputs
from netzsite.pipeline.locate import at_alias, from_root, located, misnamed
from netzsite.pipeline.locate_findings import FindingContext, locate_findings
from netzsite.pipeline.mend import mended
from netzsite.pipeline.options import Options, Report
from netzsite.pipeline.output import Output
from netzsite.pipeline.partial import LastBuild
from netzsite.pipeline.publish import publish
from netzsite.pipeline.render import RenderContext, TextSource, Wanted, keyed, render
from netzsite.pipeline.stage import cannot_write, stage
from netzsite.pipeline.target import Target
from netzsite.pipeline.unseen import unseen
from netzsite.pipeline.verify import differences
from netzsite.pool import Pool, processors
from netzsite.problems import Problem, in_order, publishable
from netzsite.producers import sections
from netzsite.producers.frame import frame
from netzsite.producers.plan import plan
from netzsite.rendering.job import Job
from netzsite.rendering.policy import policy
from netzsite.rendering.templates import Templates


def make_site(
    options: Options, found: Inputs, memo: Memo, fingerprint: str, kept: MemoryCache | None = None
) -> Report:
    """Make a site from what was read; raises ``JobError`` for a bug of ours.

    ``kept`` is what the last build of this process left in memory.
    """
    with Pool(options.jobs or processors(), options.progress) as pool:
        resources = Resources(memo, pool, fingerprint, kept or MemoryCache())
        content = contents.load(found.sources, resources)
        planned = _plan(options, found, content)
        if isinstance(planned, Report):
            return planned
        with stage(options.target) as folder, pool:  # no worker outlives the stage
            if isinstance(folder, Problem):
                return planned.report(folder)
            target = Target(options.target, memo)
            try:
                outputs = _render(planned, target, resources, folder)
            except OSError as error:  # the stage can't take them: a full disk
                return planned.report(cannot_write(error, options.target))
            report = planned.report()
            if not options.publish or not report.good:
                return report
            report = _publish(planned, outputs, target, resources, folder)
            if report.published:
                resources.kept.last_build = planned.last_build()
            return report


@dataclass(slots=True, kw_only=True)
class _Planned:
    """A site whose jobs are known, and what has been found wrong with it so far."""

    options: Options
    content: Content
    network: Network
    templates: Templates
    policy: str
    jobs: tuple[Job, ...]
    copied: dict[str, Path]
    """Output path → the file that is copied there."""
    used: frozenset[str]
    """Media that something shown refers to."""
    problems: list[Problem]
    sizes: dict[str, list[pictures.Size]] = field(default_factory=dict)
    """Sizes that the rendered pages name, by the path of their original."""

    def last_build(self) -> LastBuild:
        """Give what the next build may share."""
        return LastBuild(
            options=self.options,
            network=self.network,
            templates=self.templates,
            policy=self.policy,
        )

    def report(self, *more: Problem) -> Report:
        """Report what is wrong, and that nothing is published."""
        return _report(
            self.options, self.content, [*self.problems, *more], self.network, self.templates
        )


def _plan(options: Options, found: Inputs, content: Content) -> _Planned | Report:
    """Link the records and list the jobs; a Report when there is no site to speak of."""
    slips = [*content.problems, *(slip for file in content.parsed for slip in file.problems)]
    revisions = history.read(options.root, content.parsed)
    if isinstance(revisions, Problem):
        slips.append(revisions)
    settings = Settings(
        today=options.today,
        drafts=options.drafts,
        base_url=options.base_url,
        revisions={} if isinstance(revisions, Problem) else revisions,
    )
    network, dangling = link(
        content.parsed, content.media, settings, catalogue, misnamed(content.problems)
    )
    if network is None:
        elsewhere = any(slip.facts.get("guess") == "site.yaml" for slip in slips)
        told = [slip for slip in dangling if slip.code != "no-site" or not elsewhere]
        return _report(options, content, [*slips, *told], None, found.templates)
    files, static = copies.static(found.statics)
    used = _used_media(content, network)
    media, places = copies.media(network, used, content.folder)
    jobs, collisions = plan(network, (*files, *media), for_hosts=found.templates.for_hosts)
    problems = [*slips, *dangling, *found.problems, *_media_problems(network, used)]
    problems += plausibility.check(content.parsed, network, sections.present(network))
    problems += (at_alias(problem, content) for problem in collisions)
    problems += (
        Problem(code="unread-file", path=job.origin, facts={"what": job.path})
        for job in files
        if not is_known(job.path) and job.path not in found.templates.for_hosts
    )
    return _Planned(
        options=options,
        content=content,
        network=network,
        templates=found.templates,
        policy=policy(found.templates.needs | found.statics.needs),
        jobs=jobs,
        copied=static | places,
        used=used,
        problems=problems,
    )


def _render(
    planned: _Planned, target: Target, resources: Resources, stage: Path
) -> dict[str, Output]:
    """Render what isn't known and check the whole; what is wrong joins the plan's problems."""
    network, content, problems = planned.network, planned.content, planned.problems
    context = RenderContext(
        frame=frame(network, portable=planned.options.portable, policy=planned.policy),
        words=network.words,
        templates=planned.templates,
        stage=stage,
    )
    made = tuple(job for job in planned.jobs if job.path not in planned.copied)
    outputs = copies.outputs(planned.jobs, planned.copied, resources, network.site.base_url)
    wanted, broken = keyed(made, context, resources.memo, resources.fingerprint, resources.kept)
    texts = {digest for job in made for digest in job.texts}
    resources.memo.use(
        map(content.texts.key, texts)
    )  # a page that is known shows them all the same
    todo = [] if broken else [want for want in wanted if _needs(want, target)]
    outputs |= {want.job.path: want.known for want in wanted if want.known}
    rendered, failures = render(todo, context, _texts(content), resources.memo, resources.pool)
    outputs |= rendered
    planned.sizes = pictures.wanted(outputs.values(), network)
    outputs |= pictures.outputs(planned.sizes, resources.memo)
    problems += (*broken, *failures)
    if not broken and not failures:
        problems += _checks(planned, outputs, context)
        problems += target.foreign(outputs.values())
    if publishable(problems, strict=False):
        # With a mistake elsewhere, what seems missing or unused may only be misspelt.
        spots = next(file.spots for file in content.parsed if file.kind == "site")
        problems += release.check(network, spots)
        unused = network.media.keys() - _named_media(planned.content)
        problems += (Problem(code="unused-medium", path=path) for path in unused)
    return outputs


def _publish(
    planned: _Planned,
    outputs: dict[str, Output],
    target: Target,
    resources: Resources,
    folder: Path,
) -> Report:
    """Stage pictures and what is copied, then change the target; nothing of it before all is there.

    Pictures come last, since they take the most time: whoever only checks needs none.
    """
    folders = pictures.Folders(content=planned.content.folder, stage=folder)
    try:
        tasks = pictures.tasks(planned.sizes, outputs, planned.network.media, target)
        lost = pictures.make(tasks, outputs, folders, resources)
    except OSError as error:
        return planned.report(cannot_write(error, target.folder))
    lost += copies.stage(outputs, planned.copied, target, folder)
    if lost:
        return planned.report(*lost)
    different = _verify(planned.options, outputs, target, folder)
    if different:
        return planned.report(*different)
    counts = publish(outputs, target, folder)
    if isinstance(counts, Problem):
        return planned.report(counts)
    pages = sum(path.endswith(".html") for path in outputs)
    return structs.replace(planned.report(), published=True, counts=counts, pages=pages)


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
        alone = replace(options, output=output, memo=False, verify=False)
        memo, code = NoMemo(), fingerprint()
        report = make_site(alone, inputs.read(alone, memo, code), memo, code)
        if not report.published:
            return report.problems
        return tuple(differences(outputs, target, folder, output))


def _needs(want: Wanted, target: Target) -> bool:
    """Tell whether a job must be rendered: its output isn't known, or its bytes are nowhere."""
    return want.known is None or not target.holds(want.job.path, want.known.digest)


def _checks(
    planned: _Planned, outputs: dict[str, Output], context: RenderContext
) -> Iterator[Problem]:
    """Check the published files against one another, and each by itself."""
    pages = []
    for job in planned.jobs:
        facts = outputs[job.path].facts
        if facts is not None:
            origin = job.origin.removeprefix("content/")
            pages.append(Page(job.address, origin, facts, job.template))
    addresses = frozenset(urls.address_of(path) for path in outputs)
    yield from located(links.check(pages, addresses), planned.content)
    duties = [planned.network.route(name) for name in ("imprint", "privacy")]
    yield from legal_links.check(pages, duties, context.templates)
    yield from template_blocks.check(context.templates)
    found = page_findings.found(pages)
    if not found:
        return
    work = FindingContext(
        jobs={job.address: job for job in planned.jobs},
        context=context,
        texts=_texts(planned.content),
        content=planned.content.folder,
        copied=planned.copied,
        told=frozenset((problem.code, problem.path) for problem in planned.problems),
    )
    yield from locate_findings(found, CRITERIA, work)


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
        if network.drafts or (file.kind, file.id) not in network.waiting
        for reference in file.references
        if reference.kind == "medium"
    )


def _named_media(content: Content) -> frozenset[str]:
    """Name the media that any record refers to, shown or not: a draft will want them."""
    return frozenset(
        reference.id
        for file in content.parsed
        for reference in file.references
        if reference.kind == "medium"
    )


def _media_problems(network: Network, used: frozenset[str]) -> Iterator[Problem]:
    for path, medium in network.media.items():
        if path in used:
            yield from medium.problems


def _report(
    options: Options,
    content: Content,
    problems: list[Problem],
    network: Network | None,
    templates: Templates,
) -> Report:
    vanished = [problem for problem in problems if problem.code == "vanished-file"]
    # What refers to a file that has just gone is no mistake of its own.
    found = mended(vanished or problems, content, network, templates)
    told = in_order(from_root(problem, content) for problem in found)
    due = next_change(network, content.parsed) if network else None
    site = network.site if network else None
    return Report(
        problems=told,
        published=False,
        next_change=due,
        language=site.language if site else None,
        base_url=site.base_url if site else None,
        edit_url=site.edit_url if site else None,
        good=network is not None and publishable(told, strict=options.strict),
        unseen=unseen(content.parsed, network) if network else (),
    )
