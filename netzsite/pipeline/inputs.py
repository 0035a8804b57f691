"""What a build is made from, as it was read: content, templates, static files."""

from msgspec import Struct

from netzsite.memo import Memo
from netzsite.pipeline import history
from netzsite.pipeline.options import Options
from netzsite.pipeline.sources import Sources
from netzsite.problems import Problem
from netzsite.rendering import static_files, templates
from netzsite.rendering.static_files import Statics
from netzsite.rendering.templates import Templates


class Inputs(Struct, frozen=True):
    """All files that a build is made from."""

    sources: Sources
    templates: Templates
    statics: Statics
    problems: tuple[Problem, ...]
    """What of templates and static files couldn't be read."""
    commit: str
    """Where the history is that calendars go by."""

    def content(self) -> dict[str, str] | None:
        """Give path → digest of the content where it is little work to say, else None."""
        return None if self.problems else self.sources.current()


def read(options: Options, memo: Memo, fingerprint: str) -> Inputs:
    """Look at the content folder; read templates and static files."""
    sources = Sources(options.root / "content", memo, fingerprint)
    loaded, unread = templates.load(options.root)
    static, lost = static_files.load(options.root)
    return Inputs(sources, loaded, static, (*lost, *unread), history.commit(options.root))
