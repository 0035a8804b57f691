"""What came of a round → what is laid over the open page: every problem as the terminal tells it.

Only texts and addresses; the browser puts them in as text, so that nothing in them is markup.
"""

from msgspec import Struct

from netzsite import problem_text, reporting
from netzsite.catalogue import Catalogue
from netzsite.dev.editor_links import Editor
from netzsite.dev.fixes import name_of
from netzsite.dev.rebuild import Round
from netzsite.pipeline.build import Report
from netzsite.problems import Problem, Severity


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One problem."""

    rank: str
    message: str
    place: str = ""
    source: str = ""
    carets: str = ""
    help: str = ""
    code: str = ""
    edit: str | None = None
    """Opens the file at the line."""
    fix: str = ""
    """Names what mends it."""
    fixes: tuple[str, ...] = ()
    """Says so, one sentence a change."""


class Overlay(Struct, frozen=True, kw_only=True):
    """All that is wrong, in the language of the site."""

    language: str
    direction: str
    errors: bool = False
    """Whether it opens by itself."""
    heading: str = ""
    note: str = ""
    entries: tuple[Entry, ...] = ()
    labels: dict[str, str] = {}
    token: str = ""
    """Lets a page ask for a mend."""


def overlay(
    made: Round, words: Catalogue, editor: Editor, *, shown: bool, token: str = ""
) -> Overlay:
    """Say what is wrong after a round; ``shown`` is whether there is a good site to show.

    With a token, pages may ask for what mends a problem.
    """
    report = made.report
    said = words.report
    language, direction = words.language, words.direction
    labels = {name: said[name] for name in ("close", "edit_file", "help", "fix_it", "fix_failed")}
    if report is None:
        return Overlay(
            language=language,
            direction=direction,
            errors=True,
            heading=said["preview_failed"],
            entries=(Entry(rank="error", message=said["bug"], source=made.bug),),
            labels=labels,
        )
    bad = "preview_kept" if shown else "preview_none"
    problems = sorted(report.problems, key=lambda one: one.severity is Severity.NOTICE)
    return Overlay(
        language=language,
        direction=direction,
        errors=not report.good,
        heading=reporting.count(report, words) if problems else "",
        note=said["preview_warned" if report.good else bad],
        entries=tuple(_entry(problem, report, words, editor) for problem in problems),
        labels=labels,
        token=token,
    )


def _entry(problem: Problem, report: Report, words: Catalogue, editor: Editor) -> Entry:
    source, carets = problem_text.excerpt(problem) or ("", "")
    rank = problem.severity.value
    return Entry(
        rank=rank,
        message=f"{words.report[rank]}: {problem_text.message(problem, words)}",
        place=problem_text.where(problem) if problem.path else "",
        source=source,
        carets=carets,
        help=problem_text.help_of(problem, words),
        code=problem.code,
        edit=editor.address(problem, report.edit_url),
        fix=name_of(problem),
        fixes=problem_text.changes_of(problem, words),
    )
