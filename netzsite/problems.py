"""Mistakes as values: what is wrong, where, and how grave it is.

A problem is language-neutral: its ``code`` names the kind, its ``facts`` fill the sentences of
the message catalogue. A fact that starts with ``@`` is itself a word of the catalogue.
"""

import enum
from collections.abc import Iterable
from typing import Final, Self

from msgspec import Struct

from netzsite.edits import Change, Edit


class Severity(enum.Enum):
    """How grave a problem is."""

    ERROR = "error"
    """Nothing is published."""
    RELEASE = "release"
    """The release gate: law, privacy, the address. With ``--strict`` nothing is published."""
    WARNING = "warning"
    """Shown. Style never stops the work of others."""
    NOTICE = "notice"
    """For the editors' list of things to do."""


class Spot(Struct, frozen=True, gc=False):
    """A stretch of one line: line and column count from 1, both in characters."""

    line: int
    column: int = 1
    width: int = 1

    def shifted(self, start: int, end: int) -> Self:
        """Give the stretch from ``start`` to ``end`` (offsets) inside this one."""
        return type(self)(self.line, self.column + start, max(end - start, 1))


class Problem(Struct, frozen=True, kw_only=True, gc=False):
    """One mistake at one place of one file."""

    code: str
    path: str = ""
    """The file from the site's root, with ``/``; empty when no file is to blame."""
    spot: Spot | None = None
    facts: dict[str, str] = {}
    excerpt: str | None = None
    """The source line the spot lies in, as it was read."""
    changes: tuple[Change, ...] = ()
    """What mends it, where that is certain: made all together or not at all."""

    @property
    def severity(self) -> Severity:
        """The rank of its kind."""
        return SEVERITIES[self.code]

    @property
    def order(self) -> tuple[str, int, int, str, tuple[tuple[str, str], ...]]:
        """The key that sorts problems: by file, place, kind."""
        spot = self.spot or Spot(0, 0, 0)
        return self.path, spot.line, spot.column, self.code, tuple(sorted(self.facts.items()))


def instead(path: str, spot: Spot, old: str, new: str) -> tuple[Change, ...]:
    """Put a text in the place of one that stands at a spot or soon behind its beginning."""
    return (Edit(path=path, line=spot.line, column=spot.column, old=old, new=new),)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems and drop repeated ones, so that each run tells the same in the same order."""
    return tuple({problem.order: problem for problem in sorted(problems, key=_order)}.values())


def _order(problem: Problem) -> tuple[object, ...]:
    return problem.order


def publishable(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Tell whether a site with these problems may be published: the one rule of build and check.

    What git hosts run is strict, for a proposed change as for one that is published.
    """
    refused = {Severity.ERROR, Severity.RELEASE} if strict else {Severity.ERROR}
    return not any(problem.severity in refused for problem in problems)


_E, _R, _W, _N = Severity.ERROR, Severity.RELEASE, Severity.WARNING, Severity.NOTICE

SEVERITIES: Final[dict[str, Severity]] = {
    # files
    "no-site": _E,
    "unreadable-file": _E,
    "not-utf8": _E,
    "control-character": _E,
    "file-too-large": _E,
    "leaves-site": _E,
    "bad-file-name": _E,
    "unknown-file": _E,
    "medium-misplaced": _E,
    "office-file": _E,
    "conflict-copy": _E,
    "date-in-name": _E,
    "doubled-id": _E,
    "vanished-file": _E,
    # YAML
    "yaml-syntax": _E,
    "yaml-tab": _E,
    "yaml-colon": _E,
    "yaml-missing-colon": _E,
    "yaml-indent": _E,
    "yaml-quote": _E,
    "yaml-special": _E,
    "yaml-bracket": _E,
    "yaml-dashes": _E,
    "yaml-comment": _E,
    "yaml-too-deep": _E,
    "front-matter-missing": _E,
    "front-matter-open": _E,
    "front-matter-toml": _E,
    # keys and values
    "more-problems": _E,
    "unknown-key": _E,
    "missing-key": _E,
    "doubled-key": _E,
    "reserved-key": _E,
    "wrong-type": _E,
    "not-in-list": _E,
    "bad-value": _E,
    "pale-accent": _E,
    "bad-date": _E,
    "ambiguous-date": _E,
    "wrong-weekday": _E,
    "end-before-start": _E,
    "start-missing": _E,
    "bad-hours": _E,
    "bad-repeat": _E,
    "repeat-mismatch": _E,
    "no-occurrence": _E,
    "impossible-time": _E,
    "unknown-region": _E,
    # references and addresses
    "dangling-reference": _E,
    "hidden-reference": _W,
    "needs-hidden": _W,
    "carrier-cycle": _E,
    "address-collision": _E,
    "bad-address": _E,
    "reserved-address": _E,
    "misleading-link": _E,
    "dead-link": _E,
    "dead-anchor": _E,
    "bad-link": _E,
    "similar-tags": _W,
    # Markdown and pictures
    "markdown-too-costly": _E,
    "list-without-blank-line": _W,
    "text-above-line": _W,
    "number-changed": _W,
    "indented-code": _W,
    "fence-open": _W,
    "single-lines": _W,
    "markdown-in-html": _W,
    "pasted-table": _W,
    "conflict-marks": _E,
    "foreign-notation": _W,
    "garbled-letters": _W,
    "left-over": _W,
    "title-repeated": _W,
    "footnote-without-text": _W,
    "footnote-unused": _W,
    "html-removed": _W,
    "markup-unread": _W,
    "heading-skipped": _W,
    "medium-missing": _E,
    "unknown-medium": _E,
    "not-a-picture": _E,
    "picture-unreadable": _E,
    "picture-without-alt": _W,
    "picture-too-large": _E,
    "heic-unreadable": _E,
    "picture-ending": _N,
    "picture-moving": _N,
    "picture-with-place": _N,
    "picture-without-credit": _N,
    "drawing-cleaned": _N,
    "unused-medium": _N,
    "foreign-picture": _E,
    # links to other sites, when asked for
    "external-dead": _W,
    "external-moved": _N,
    "external-unsure": _N,
    # the published site, when asked for
    "live-unreachable": _E,
    "live-missing": _E,
    "live-redirect": _E,
    "browser-called": _E,
    "browser-kept": _E,
    "live-changed": _E,
    "live-added": _E,
    "live-cookie": _E,
    "live-header": _W,
    "live-type": _W,
    # templates
    "template-syntax": _E,
    "template-undefined": _E,
    "template-dynamic-include": _E,
    "template-unrepeatable": _E,
    "template-missing": _E,
    "template-failed": _E,
    "template-block-unknown": _W,
    # release gate
    "provider-missing": _R,
    "privacy-missing": _R,
    "statement-missing": _R,
    "legal-link-missing": _R,
    "language-without-words": _E,
    "example-address": _R,
    # holidays
    "offer-unreachable": _W,
    "school-holidays-missing": _W,
    "school-holidays-end": _N,
    # privacy of what was rendered
    "foreign-origin": _E,
    "script-stores": _E,
    "unread-file": _E,
    "static-with-place": _E,
    "not-well-formed": _E,
    "inline-script": _E,
    "inline-handler": _E,
    "inline-style": _E,
    "link-with-referrer": _E,
    # accessibility of what was rendered
    "low-contrast": _E,
    "page-without-language": _W,
    "page-without-title": _W,
    "page-without-main": _W,
    "page-without-heading": _W,
    "without-name": _W,
    "field-without-label": _W,
    "label-nowhere": _W,
    "ambiguous-links": _W,
    "bad-list": _W,
    "table-without-header": _W,
    "no-skip-link": _W,
    "zoom-blocked": _W,
    "repeated-id": _E,
    # calendars
    "history-missing": _W,
    # publishing
    "verify-difference": _E,
    "verify-files": _E,
    "foreign-file": _E,
    "cannot-write": _E,
    "locked": _E,
    "cache-unusable": _N,
    "output-in-content": _E,
}
"""The one table of ranks; every kind of problem is in it, in the catalogues and the handbook."""
