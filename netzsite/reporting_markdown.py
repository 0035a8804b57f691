"""A report → the summary of a run on a git host's page: the verdict, what changes, what is told."""

import re
from collections.abc import Iterable
from typing import Final

from netzsite import urls
from netzsite.catalogue import Catalogue
from netzsite.pipeline.options import Report
from netzsite.problem_text import text
from netzsite.text import visible

MOST: Final = 50
"""How many pages are named."""


def summary(report: Report, words: Catalogue, *, publishing: bool) -> str:
    """Write what came of a build or a check, as Markdown."""
    said = words.report
    if report.published:
        return f"### {said['md_built']}\n\n{_changes(report, words)}"
    heading = "md_unbuilt" if publishing else "md_good" if report.good else "md_bad"
    parts = [f"### {said[heading]}"]
    if report.problems:
        parts.append(_fenced("\n\n".join(text(problem, words) for problem in report.problems)))
    return "\n\n".join(parts)


def _changes(report: Report, words: Catalogue) -> str:
    """Name the pages that came, changed and went, against what the folder held before."""
    said, counts = words.report, report.counts
    new, gone = {*counts.created}, {*counts.gone}
    if not counts.unchanged and len(new) == len(counts.paths):
        return said["md_first"]
    kinds = {path: "md_new" if path in new else "md_gone" if path in gone else "md_changed"
             for path in counts.paths}  # fmt: skip
    pages = sorted(path for path in kinds if path.endswith(".html"))
    if not kinds:
        return said["md_same"]
    rows = [f"| {said[kinds[path]]} | `{_address(path)}` |" for path in pages[:MOST]]
    head = [f"| {said['md_what']} | {said['md_page']} |", "|---|---|"] if rows else []
    left, others = len(pages) - len(rows), len(kinds) - len(pages)
    facts = _counted(kinds[path] for path in pages)
    lines = ["\n".join([*head, *rows])] if rows else []
    lines += [said["md_more"].format(n=left)] if left else []
    lines += [said["md_files"].format(n=others)] if others else []
    return "\n\n".join([said["md_changes"].format(**facts), *lines])


def _counted(kinds: Iterable[str]) -> dict[str, int]:
    found = list(kinds)
    return {name: found.count(f"md_{name}") for name in ("new", "changed", "gone")}


def _address(path: str) -> str:
    return visible(urls.address_of(path)).replace("`", "'").replace("|", "&#124;")


def _fenced(told: str) -> str:
    """Put a text into a fence that nothing in it ends."""
    longest = max((len(ticks) for ticks in re.findall(r"`+", told)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{told}\n{fence}"
