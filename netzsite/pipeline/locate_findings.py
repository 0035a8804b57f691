"""What is amiss in published files → problems at the lines where it is written.

A page is made of templates and of a record. Which of them is to blame is asked only when there is
something to blame: one page of each kind is then made once more, with marks, and read again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import replace as replaced
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from netzsite.audit.facts import Finding
from netzsite.audit.read import read
from netzsite.checks.page_findings import Found
from netzsite.markdown.render import Fragments
from netzsite.pipeline.render import RenderContext, TextSource, encode, run
from netzsite.problems import Problem, Spot
from netzsite.records.parse import with_excerpt
from netzsite.rendering.job import Job
from netzsite.rendering.line_markers import CONTENT, mark_text, marked

MOST: Final = 60
"""So many things are looked for in templates; the rest get their record's file, without a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingContext:
    """What is needed to make a page once more, and to look into the files it is made of."""

    jobs: Mapping[str, Job]
    """Address → job."""
    context: RenderContext
    texts: TextSource
    content: Path
    copied: Mapping[str, Path]
    """Output path → the file that is copied there."""
    told: frozenset[tuple[str, str]] = frozenset()
    """Codes with the files of content that they have been told of."""


def locate_findings(
    found: Iterable[Found], rules: Mapping[str, str], work: FindingContext
) -> Iterator[Problem]:
    """Give each finding its place; of what a record causes, every page is told.

    What a text has been blamed for already (``work.told``) isn't told again of its page.
    """
    marking = replaced(work.context, templates=marked(work.context.templates))
    for number, one in enumerate(found):
        job = work.jobs[one.pages[0].address]
        if job.path in work.copied:
            spot = Spot(one.finding.line) if one.finding.line else None
            problem = one.problem(rules, job.origin, one.pages)
            yield _at(problem, spot, _lines(work.copied[job.path]))
            continue
        mark = _mark(one.finding, job, work, marking) if number < MOST else ""
        yield from _placed(one, rules, mark, work)


def _placed(
    one: Found, rules: Mapping[str, str], mark: str, work: FindingContext
) -> Iterator[Problem]:
    """Tell it once where a template is to blame, else once for each page's record."""
    file, _, line = mark.strip(f"~{CONTENT}").rpartition(":")
    template = work.context.templates.by_name.get(file.removeprefix("templates/"))
    lines = template.text.split("\n") if template else []
    by_template = _at(one.problem(rules, file, one.pages), Spot(int(line or 1)), lines)
    if mark and mark[0] not in ("~", CONTENT):
        yield by_template
        return
    for page in one.pages:
        if (one.finding.code, page.origin) in work.told:
            continue
        origin = page.origin or "site.yaml"
        lines = _lines(work.content / origin)
        spot = _written(one.finding, lines)
        if spot is None and mark.startswith("~"):
            yield by_template
            return
        yield _at(one.problem(rules, origin, (page,)), spot, lines)


def _at(problem: Problem, spot: Spot | None, lines: list[str]) -> Problem:
    return with_excerpt(replace(problem, spot=spot), lines)


def _mark(finding: Finding, job: Job, work: FindingContext, marking: RenderContext) -> str:
    """Make a page once more with marks, and find the finding again."""
    if not job.template.endswith(".html"):
        template = work.context.templates.by_name.get(job.template)
        spot = _written(finding, template.text.split("\n")) if template else None
        return f"{template.file}:{spot.line}" if template and spot else ""
    template = work.context.templates.by_name.get(job.template)
    whole = f"{template.file}:1" if template else ""
    args = msgspec.msgpack.decode(encode(job.args), type=type(job.args))
    again = replace(job, args=args)
    texts = {name: _marked_text(text) for name, text in work.texts(job.texts).items()}
    data = run(again, job.template, texts, marking)
    facts = read(job.path, data, job.address, work.context.frame.base_url)
    for seen in facts.findings if facts else ():
        if (seen.code, seen.what) == (finding.code, finding.what):
            return seen.mark or whole  # what a page lacks is at no element of it
    return ""


def _marked_text(text: bytes) -> bytes:
    """Mark the elements of a text as those of a record."""
    parts = msgspec.msgpack.decode(text, type=Fragments).parts
    return encode(Fragments(tuple(mark_text(part) for part in parts)))


def _written(finding: Finding, lines: list[str]) -> Spot | None:
    """Find the line that says what a finding is about; a heading where it is one."""
    if not finding.what:
        return None
    for sign in _signs(finding):
        for number, line in enumerate(lines, 1):
            hit = re.search(sign, line)
            if hit:
                return Spot(number, hit.start() + 1, hit.end() - hit.start())
    return None


def _signs(finding: Finding) -> tuple[str, ...]:
    """Give the patterns by which a finding is recognised in a source, the surest first."""
    if finding.code == "heading-skipped":
        return (r"^#+\s*" + re.escape(finding.what),)
    if finding.code == "low-contrast":
        # Of two colours one is written out; both may come from the accent.
        found = re.findall("#[0-9a-f]{6}", finding.what)
        return (*(f"(?i:{one}|#{one[1::2]}(?![0-9a-f]))" for one in found), r"^accent:.*")
    if finding.code == "without-name":
        return (r"^#+\s*$",) if finding.what.startswith("<h") else (r"\[\s*\]\([^)]*\)",)
    if finding.code == "ambiguous-links":
        return (r"\[" + re.escape(finding.what) + r"\]\([^)]*\)",)
    return (re.escape(finding.what),)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return []
