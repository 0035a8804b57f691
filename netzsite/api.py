"""What other programs may call: options in, a report out; nothing is printed, nothing is raised.

The names are public as ``netzsite.build``, ``netzsite.check`` and ``netzsite.describe``.
"""

from dataclasses import replace

from netzsite.pipeline import build as builder
from netzsite.pipeline.options import Options, Report
from netzsite.problems import Problem


def build(options: Options) -> Report:
    """Build a site and publish it to ``options.target``, whole or not at all.

    Every mistake of editors and templates is among the report's problems. Raises ``JobError`` (a
    ``RuntimeError``) for a bug of netzsite alone.
    """
    return builder.build(options)


def check(options: Options) -> Report:
    """Do all that ``build`` does, but publish nothing; ``report.good`` says whether it would."""
    return builder.build(replace(options, publish=False))


def describe(problem: Problem, language: str = "de") -> str:
    """Say a problem as the terminal does: place, sentence, source line, way out.

    ``language`` is ``de`` or ``en``; any other one gives English.
    """
    from netzsite.catalogue import catalogue  # noqa: PLC0415 - a good site has nothing to tell
    from netzsite.problem_text import text  # noqa: PLC0415

    return text(problem, catalogue(language))
