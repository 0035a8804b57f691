"""Static sites for networks of local organisations.

What stands in ``__all__`` is the public door for Python, and stable within a major version; the
command line builds and checks through it. Everything else is private. A name is imported when it
is first used, so that ``import netzsite`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from netzsite.api import build, check, describe
    from netzsite.pipeline.build import Options, Report, today_in
    from netzsite.pipeline.options import Counts
    from netzsite.problems import Problem, Severity, Spot

__all__ = [
    "Counts",
    "Options",
    "Problem",
    "Report",
    "Severity",
    "Spot",
    "build",
    "check",
    "describe",
    "today_in",
]

__version__ = "0.1.0"

_HOMES: Final = {
    "netzsite.api": ("build", "check", "describe"),
    "netzsite.pipeline.build": ("Options", "Report", "today_in"),
    "netzsite.pipeline.options": ("Counts",),
    "netzsite.problems": ("Problem", "Severity", "Spot"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the names of ``__all__`` have many types
    """Import a public name when it is asked for (PEP 562)."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
