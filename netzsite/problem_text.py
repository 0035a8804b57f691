"""A problem → what people read of it: sentence, place, source line, way out, what mends it."""

from typing import Final

from netzsite.catalogue import Catalogue
from netzsite.edits import Change, Edit, Move, NotEditedError, edited_text
from netzsite.problems import Problem
from netzsite.text import excerpt as shortened
from netzsite.text import visible

FACT: Final = 300
"""Characters of a fact in a message: a value may be as long as a file."""
WIDTH: Final = 88
LONGEST: Final = 60
"""How much of a text a sentence quotes, in characters."""
_FORMS: Final = {
    "clock": "name",
    "example": "way",
    "given": "a",
    "kind": "name",
    "of": "of",
    "reason": "name",
    "wanted": "a",
    "when": "name",
    "way": "way",
}
"""Facts that name a word of the catalogue, and which form of it; all others are quoted."""


def message(problem: Problem, words: Catalogue) -> str:
    """Say in one or two sentences what is wrong and what was probably meant."""
    entry = words.problems[problem.code]
    facts = _facts(problem, words)
    parts = [entry.text.format_map(facts)]
    if entry.guess and "guess" in facts:
        parts.append(entry.guess.format_map(facts))
    return " ".join(parts)


def help_of(problem: Problem, words: Catalogue) -> str:
    """Say the way out; empty where the message already does."""
    entry = words.problems[problem.code]
    facts = _facts(problem, words)
    if entry.help == "{example}" and "example" not in facts and "choices" in facts:
        return facts["choices"]
    if "{choices}" in entry.help and "choices" not in facts:
        return ""
    return entry.help.format_map(facts).strip()


class _Facts(dict[str, str]):
    """Facts that are missing read as nothing, so that one sentence serves several cases."""

    def __missing__(self, key: str) -> str:
        return ""


def _facts(problem: Problem, words: Catalogue) -> _Facts:
    facts = _Facts()
    for name, value in problem.facts.items():
        form = _FORMS.get(name)
        if form and value.startswith("@") and value[1:] in words.kinds:
            value = words.kinds[value[1:]][form]  # noqa: PLW2901
        facts[name] = visible(value if len(value) <= FACT else f"{value[:FACT]} …")
    return facts


def where(problem: Problem) -> str:
    """Write the place as ``file:line:column``, as editors understand it."""
    if problem.spot is None:
        return visible(problem.path)
    return f"{visible(problem.path)}:{problem.spot.line}:{problem.spot.column}"


def text(problem: Problem, words: Catalogue) -> str:
    """Write one problem for a terminal: place, sentence, source line, way out."""
    rank = words.report[problem.severity.value]
    place = f"{where(problem)}: " if problem.path else ""
    lines = [f"{place}{rank}: {message(problem, words)}"]
    lines += (f"  {line}" for line in excerpt(problem))
    way_out = help_of(problem, words)
    last = f"  {words.report['help']}: {way_out}" if way_out else " "
    code = f"[{problem.code}]"
    lines.append(f"{last}{code.rjust(max(WIDTH - len(last), len(code) + 2))}")
    return "\n".join(lines)


def suggestion(problem: Problem, words: Catalogue) -> str:
    """Write one problem with what mends it: the sentence, the line as it is and as it will be."""
    place = f"{where(problem)}: " if problem.path else ""
    lines = [f"{place}{message(problem, words)}"]
    after = line_after(problem)
    shown = excerpt(problem)
    if shown and after is not None and "\n" not in after:
        margin = " " * (len(shown[0].partition(" │ ")[0]) - 1)
        lines += (
            f"  {shown[0]}",
            f"  {margin}→ │ {visible(after.replace(chr(9), ' '))[: WIDTH - 8]}",
        )
    lines += (f"  {one}" for one in changes_of(problem, words))
    return "\n".join(lines)


def excerpt(problem: Problem) -> tuple[str, ...]:
    """Show the source line and, below it, carets at the place; nothing where it isn't known.

    Long lines are cut around the place.
    """
    if problem.excerpt is None or problem.spot is None:
        return ()
    line, number = problem.excerpt, problem.spot.line
    column, width = problem.spot.column, problem.spot.width
    start = max(column - 60, 0) if column > WIDTH - 10 else 0
    shown = line[start : start + WIDTH - 8]
    column -= start
    before, marked = shown[: column - 1], shown[column - 1 : column - 1 + width]
    margin = " " * len(str(number))
    carets = " " * len(visible(before.replace("\t", " "))) + "^" * max(len(visible(marked)), 1)
    body = visible(shown.replace("\t", " "))
    return f"{number} │ {body}", f"{margin} │ {carets}"


def changes_of(problem: Problem, words: Catalogue) -> tuple[str, ...]:
    """Say in words what is going to change, one sentence a change."""
    return tuple(_sentence(one, problem, words) for one in problem.changes)


def _sentence(change: Change, problem: Problem, words: Catalogue) -> str:
    said = words.report
    if isinstance(change, Move):
        return said["fix_move"].format(path=visible(change.path), to=visible(change.to))
    told = said[_kind(change)].format(old=_quoted(change.old), new=_quoted(change.new))
    here = problem.spot and (change.path, change.line) == (problem.path, problem.spot.line)
    if here:
        return told
    place = f"{visible(change.path)}:{change.line}"
    return said["fix_there"].format(place=place, what=told)


def _kind(edit: Edit) -> str:
    """Name the sentence that fits what an edit does."""
    if not edit.new:
        return "fix_gone" if edit.old.strip() else "fix_fewer_blanks"
    if not edit.old and not edit.new.strip():
        return "fix_line" if "\n" in edit.new else "fix_blanks"
    if not edit.old.strip() and not edit.new.strip():
        return "fix_blanks" if len(edit.new) > len(edit.old) else "fix_fewer_blanks"
    return "fix_becomes" if edit.old.strip() else "fix_added"


def _quoted(text: str) -> str:
    return visible(shortened(text, LONGEST))


def line_after(problem: Problem) -> str | None:
    """Give the line of a problem as it will be; None where it isn't known, or nothing mends it."""
    if problem.spot is None or problem.excerpt is None:
        return None
    at = problem.spot.line
    here = [
        Edit(path="", line=1, column=one.column, old=one.old, new=one.new)
        for one in problem.changes
        if isinstance(one, Edit) and one.path == problem.path and one.line == at
    ]
    try:
        return edited_text(problem.excerpt, here) if here else None
    except NotEditedError:  # it goes on in the next line
        return None
