"""A build in one breath: is anything new? Then read, link, plan, render, check, publish."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec import structs

from netzsite.memo import DiskMemo, Memo, MemoryCache, NoMemo
from netzsite.pipeline import inputs, snapshot
from netzsite.pipeline.fingerprint import fingerprint
from netzsite.pipeline.lock import alone
from netzsite.pipeline.options import CACHE, Options, Report, today_in
from netzsite.pipeline.stage import cannot_write, sweep
from netzsite.problems import Problem, in_order

__all__ = ["CACHE", "Options", "Report", "build", "today_in"]


def build(options: Options, kept: MemoryCache | None = None, *, recall: bool = True) -> Report:
    """Build a site; every mistake is in the report, none is raised.

    Who builds a site again and again gives what is ``kept`` in memory each time. Without ``recall``
    all is linked and planned even if nothing is new. Raises ``JobError`` for a bug of ours.
    """
    began = time.perf_counter()
    misplaced = _misplaced(options.root, options.target)
    if misplaced:
        return Report(problems=(misplaced,), published=False)
    with _memo(options) as (memo, problem):
        if memo is None:
            return Report(problems=(problem,) if problem else (), published=False)
        report = _build(options, memo, kept or MemoryCache(), recall=recall)
    if problem:
        report = structs.replace(report, problems=in_order((*report.problems, problem)))
    return structs.replace(report, seconds=time.perf_counter() - began)


def _build(options: Options, memo: Memo, kept: MemoryCache, *, recall: bool) -> Report:
    sweep(options.target)
    code = fingerprint()
    found = inputs.read(options, memo, code)
    content = found.content() if recall and not options.verify else None
    if content is not None:
        name = snapshot.key(options, code, content, found)
        report = snapshot.recall(name, options.target, memo, publish=options.publish)
        if report:
            return report
    from netzsite.pipeline.steps import make_site  # noqa: PLC0415 - 150 ms: the whole house

    kept.turn()
    report = make_site(options, found, memo, code, kept)
    if report.published or (report.good and not options.publish):
        name = snapshot.key(options, code, found.sources.digests, found)
        snapshot.keep(name, report, options.target, memo)
    return report


def _misplaced(root: Path, target: Path) -> Problem | None:
    """Refuse an output folder inside the content, and one that holds the site itself."""
    place, home = target.resolve(), root.resolve()
    inside = place.is_relative_to(home / "content") or place.is_relative_to(home / "templates")
    if inside or home.is_relative_to(place):
        return Problem(code="output-in-content", facts={"folder": str(target)})
    return None


@contextmanager
def _memo(options: Options) -> Iterator[tuple[Memo | None, Problem | None]]:
    """Open the memo, alone: a second build of the same site at once is told to wait.

    Gives None for the memo where another build has it; one that can't be opened forgets.
    """
    if not options.memo:
        yield NoMemo(), None
        return
    folder = options.cache or options.root / CACHE
    with ExitStack() as stack:
        memo: Memo | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            problem = stack.enter_context(alone(folder / "lock", folder))
            if problem is None:
                memo = DiskMemo.open(folder)
                stack.callback(memo.close)
        except OSError as error:
            memo = NoMemo()
            problem = Problem(code="cache-unusable", facts=cannot_write(error, folder).facts)
        yield memo, problem
