"""Problems and reports → text for people, JSON for tools, annotations for git hosts."""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any, Final, Literal

from netzsite import edits
from netzsite.catalogue import Catalogue
from netzsite.edits import Change, Move
from netzsite.pipeline.options import Report
from netzsite.problem_text import help_of, line_after, message, text
from netzsite.problems import Problem, Severity
from netzsite.text import visible

Form = Literal["text", "json", "github", "gitlab"]

MOST: Final = 300
"""How many problems are shown in all; the others are counted."""
SOURCE: Final = 1_000
"""Characters of a source line that tools get."""
NOTICES: Final = 10
"""How many notices are shown unless all are asked for."""
_GITLAB: Final = {
    Severity.ERROR: "critical",
    Severity.RELEASE: "major",
    Severity.WARNING: "minor",
    Severity.NOTICE: "info",
}
_GITHUB: Final = {
    Severity.ERROR: "error",
    Severity.RELEASE: "error",
    Severity.WARNING: "warning",
    Severity.NOTICE: "notice",
}
_UNSEEN: Final = re.compile(
    "[\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
"""What JSON may hold as it is, and a terminal might obey."""


def data(problem: Problem, words: Catalogue) -> dict[str, Any]:
    """Give one problem as plain values for JSON."""
    spot = problem.spot
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.path or None,
        "line": spot.line if spot else None,
        "column": spot.column if spot else None,
        "width": spot.width if spot else None,
        "message": message(problem, words),
        "help": help_of(problem, words) or None,
        "source": problem.excerpt[:SOURCE] if problem.excerpt else problem.excerpt,
        "fix": [_change(one) for one in problem.changes] or None,
    }


def _change(change: Change) -> dict[str, Any]:
    """Give a change as plain values: what takes the place of what, or a new name."""
    if isinstance(change, Move):
        return {"file": change.path, "rename": change.to}
    end = edits.end_of(change)
    return {
        "file": change.path,
        "line": change.line,
        "column": change.column,
        "end_line": end[0],
        "end_column": end[1],
        "old": change.old,
        "new": change.new,
    }


def annotation(problem: Problem, words: Catalogue) -> str:
    """Write one problem as a workflow command of GitHub, with its special characters escaped."""
    place = [("file", visible(problem.path))] if problem.path else []
    if problem.spot:
        spot = problem.spot
        end = spot.column + spot.width - 1
        place += [("line", str(spot.line)), ("col", str(spot.column)), ("endColumn", str(end))]
    place.append(("title", problem.code))
    properties = ",".join(f"{name}={_property(value)}" for name, value in place)
    body = " ".join(part for part in (message(problem, words), help_of(problem, words)) if part)
    after = line_after(problem)
    told = "" if after is None else f"\n{words.report['suggestion']}:\n{suggested(after)}"
    return f"::{_GITHUB[problem.severity]} {properties}::{_escaped(body + told)}"


def suggested(after: str) -> str:
    """Show lines as they will be, below one another."""
    return "\n".join(visible(line.replace("\t", " ")) for line in after.split("\n"))


def _escaped(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _escaped(value).replace(":", "%3A").replace(",", "%2C")


def problems(report: Report, words: Catalogue, form: Form, *, all_notices: bool) -> str:
    """Write the problems of a run; in text, many notices are cut unless all are asked for."""
    if form in ("json", "gitlab"):
        return ""
    write = annotation if form == "github" else text
    shown: list[str] = []
    hidden = untold = 0
    notices = 0
    for problem in report.problems:
        notices += problem.severity is Severity.NOTICE
        if problem.severity is Severity.NOTICE and notices > NOTICES and not all_notices:
            hidden += 1
        elif len(shown) < MOST:
            shown.append(write(problem, words))
        else:
            untold += 1
    if untold:
        shown.append(words.report["untold"].format(n=untold))
    if hidden:
        shown.append(words.report["more"].format(n=hidden))
    gap = "\n" if form == "github" else "\n\n"
    return gap.join(shown)


def as_json(report: Report, words: Catalogue) -> str:
    """Write the whole report as one JSON object."""
    value = {
        "published": report.published,
        "problems": [data(problem, words) for problem in report.problems],
        "pages": report.pages,
        "written": report.counts.written,
        "unchanged": report.counts.unchanged,
        "removed": report.counts.removed,
        "seconds": round(report.seconds, 3),
        "next_change": str(report.next_change) if report.next_change else None,
        "unseen": [
            {
                "file": one.path,
                "title": one.title,
                "reason": one.reason,
                "day": str(one.day) if one.day else None,
            }
            for one in report.unseen
        ],
    }
    return _json(value)


def as_code_quality(report: Report, words: Catalogue) -> str:
    """Write all problems as a Code Quality report, which GitLab shows in merge requests.

    A problem is known again by its kind, file and text, also when lines above it come or go.
    """
    seen: dict[str, int] = {}
    entries = []
    for problem in report.problems:
        same = repr((problem.code, problem.path, problem.excerpt, sorted(problem.facts.items())))
        seen[same] = seen.get(same, 0) + 1
        name = hashlib.blake2b(f"{same} {seen[same]}".encode(), digest_size=16).hexdigest()
        told = " ".join(part for part in (message(problem, words), help_of(problem, words)) if part)
        place = {"path": problem.path or "content/site.yaml"}
        line = problem.spot.line if problem.spot else 1
        entries.append(
            {
                "description": told,
                "check_name": problem.code,
                "fingerprint": name,
                "severity": _GITLAB[problem.severity],
                "location": place | {"lines": {"begin": line}},
            }
        )
    return _json(entries)


def _json(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSEEN.sub(lambda hit: f"\\u{ord(hit[0]):04x}", written)


def round_line(changed: Iterable[str], report: Report, words: Catalogue) -> str:
    """Say in a line what set off a round of watching, and what came of it."""
    paths = sorted(changed)
    what = visible(paths[0]) if paths else words.report["day_began"]
    if len(paths) > 1:
        what = words.report["and_more"].format(path=what, n=len(paths) - 1)
    ranks = [problem.severity for problem in report.problems]
    facts = {
        "what": what,
        "written": report.counts.written,
        "removed": report.counts.removed,
        "seconds": f"{report.seconds:.2f}",
        "errors": ranks.count(Severity.ERROR),
        "warnings": ranks.count(Severity.WARNING),
    }
    if not report.published:
        return words.report["round_refused"].format(**facts)
    same = not report.counts.written and not report.counts.removed
    return words.report["round_same" if same else "round_built"].format(**facts)


def left(problems: Iterable[Problem], words: Catalogue) -> str:
    """Say how much is still wrong."""
    return words.report["fix_left"].format(count=_counted(problems, words))


def count(report: Report, words: Catalogue) -> str:
    """Say how many problems of each rank there are."""
    told = _counted(report.problems, words)
    certain = sum(bool(problem.changes) for problem in report.problems)
    return f"{told} {words.report['fix_offer'].format(n=certain)}" if certain else told


def _counted(problems: Iterable[Problem], words: Catalogue) -> str:
    ranks = [problem.severity for problem in problems]
    return words.report["count"].format(
        errors=ranks.count(Severity.ERROR),
        release=ranks.count(Severity.RELEASE),
        warnings=ranks.count(Severity.WARNING),
        notices=ranks.count(Severity.NOTICE),
    )


def unseen(report: Report, words: Catalogue) -> str:
    """Say what isn't shown yet, and from when: a forgotten draft is no mistake that is told."""
    told = []
    for one in report.unseen[:NOTICES]:
        code = "draft" if one.reason == "draft" else "appears" if one.day else "awaiting"
        said = words.report[f"todo_{code}"].format(day=one.day)
        told.append(f"  {visible(one.title)} ({visible(one.path)}): {said}")
    left = len(report.unseen) - len(told)
    more = [f"  {words.report['unseen_more'].format(n=left)}"] if left else []
    return "\n".join((words.report["unseen"].format(what=len(report.unseen)), *told, *more))


def summary(report: Report, words: Catalogue, *, strict: bool, publishing: bool) -> str:
    """Say at the end what came of a run."""
    lines = []
    ranks = [problem.severity for problem in report.problems]
    facts = {
        "pages": report.pages,
        "written": report.counts.written,
        "unchanged": report.counts.unchanged,
        "removed": report.counts.removed,
        "seconds": f"{report.seconds:.2f}",
    }
    if report.published:
        lines.append(words.report["built"].format(**facts))
    elif not publishing:
        lines.append(words.report["checked"].format(**facts))
    else:
        lines.append(words.report["not_built"])
        if strict and Severity.ERROR not in ranks:
            lines.append(words.report["strict"])
    if ranks:
        lines.append(count(report, words))
    if report.unseen:
        lines.append(unseen(report, words))
    if report.next_change and report.published:
        lines.append(words.report["due"].format(day=report.next_change))
    return "\n".join(lines)
