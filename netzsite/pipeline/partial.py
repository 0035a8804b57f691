"""The last good build and the files that changed since → some pages, as the next build makes them.

It is sooner than a build, since it looks at nothing but the changed files and those pages. It
checks nothing, writes nothing, and never guesses: what it can't tell for certain it leaves to the
build. A page that it gives has the bytes that a build would give it.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from netzsite import source
from netzsite.memo import Memo
from netzsite.network.network import Network
from netzsite.network.replace import with_record
from netzsite.pipeline.content import Texts
from netzsite.pipeline.fingerprint import fingerprint
from netzsite.pipeline.options import Options
from netzsite.pipeline.render import JobError, RenderContext, run
from netzsite.problems import Problem, publishable
from netzsite.producers.frame import frame
from netzsite.producers.plan import some
from netzsite.records.kinds import MEDIA
from netzsite.records.parse import Home, Parsed, home_of, parse
from netzsite.rendering import static_files, templates
from netzsite.rendering.job import Job
from netzsite.rendering.policy import policy
from netzsite.rendering.templates import Templates

FEW: Final = 5
"""Changed files with which a partial build is worth while."""
_CONTENT: Final = "content/"
_TEMPLATES: Final = "templates/"

_encode: Final = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBuild:
    """What a good build was made of, as far as the next one may share it."""

    options: Options
    network: Network
    templates: Templates
    policy: str
    fresh: dict[str, bytes] = field(default_factory=dict)
    """Texts of files that changed since, encoded, by digest."""


def partial_build(
    last: LastBuild, changed: Iterable[str], paths: Iterable[str], today: date, memo: Memo
) -> dict[str, bytes]:
    """Give the bytes of those pages that can be told for certain; none where something is amiss.

    ``changed`` are paths from the site's root, of all files that have changed since the build.
    Raises ``JobError`` for a bug of ours.
    """
    if last.network.today != today:
        return {}
    now = follow(last, changed)
    if now is None:
        return {}
    texts = Texts(memo=memo, fingerprint=fingerprint(), fresh=now.fresh)
    return _rendered(now, some(now.network, paths).values(), texts)


def follow(last: LastBuild, changed: Iterable[str]) -> LastBuild | None:
    """Take up the files that changed, as a build would; None where that takes a build."""
    names = sorted(changed)
    if len(names) > FEW:
        return None
    now: LastBuild | None = last
    for name in names:
        now = _after(now, name) if now else None
    return now


def _after(last: LastBuild, name: str) -> LastBuild | None:
    """Take up one changed file; None where that takes a build."""
    file = last.options.root / name
    if name.startswith(_CONTENT):
        return _with_record(last, file, name.removeprefix(_CONTENT))
    if name.startswith(f"{_TEMPLATES}{templates.STATIC}/") or not name.startswith(_TEMPLATES):
        return None
    return _with_templates(last)


def _with_record(last: LastBuild, file: Path, path: str) -> LastBuild | None:
    home = home_of(path)
    if not isinstance(home, Home):
        # What had such a name would have been a mistake, so there was none, and there is none now:
        # an editor has tried whether it may write here.
        return None if file.exists() or path.startswith(MEDIA + "/") else last
    if file.is_symlink():
        return None
    data = source.read(last.options.root / "content", path)
    if isinstance(data, Problem):
        return None
    parsed = parse(path, home, data)
    if not _is_sound(parsed, last):
        return None
    network = with_record(last.network, parsed.record) if parsed.record else None
    if network is None:
        return None
    texts = {name: _encode(text) for name, text in parsed.fragments.items()}
    return replace(last, network=network, fresh=last.fresh | texts)


def _is_sound(parsed: Parsed, last: LastBuild) -> bool:
    """Tell whether a file has no mistake, and refers to nothing that isn't shown."""
    known = _known(last.network)
    return publishable(parsed.problems, strict=last.options.strict) and all(
        reference.id in known.get(reference.kind, ()) for reference in parsed.references
    )


def _known(network: Network) -> dict[str, Container[str]]:
    return {
        **network.records,
        **network.vocabulary.terms,
        "goal": tuple(goal.id for goal in network.accord.goals),
        "medium": network.media,
    }


def _with_templates(last: LastBuild) -> LastBuild | None:
    """Read all templates again, which are few."""
    loaded, unread = templates.load(last.options.root)
    static, lost = static_files.load(last.options.root)
    if unread or lost:
        return None
    return replace(last, templates=loaded, policy=policy(loaded.needs | static.needs))


def _rendered(last: LastBuild, jobs: Iterable[Job], texts: Texts) -> dict[str, bytes]:
    network, options = last.network, last.options
    context = RenderContext(
        frame=frame(network, portable=options.portable, policy=last.policy),
        words=network.words,
        templates=last.templates,
        stage=options.target,
    )
    pages = {}
    for job in jobs:
        fragments = _fragments(job, texts, options.root)
        if fragments.keys() != set(job.texts):
            continue
        try:
            pages[job.path] = run(job, job.template, fragments, context)
        except Exception as error:
            from netzsite.rendering.environment import template_problem  # noqa: PLC0415 - Jinja

            if job.template and template_problem(error, job.path):
                return {}
            raise JobError(f"{job.path}: {type(error).__name__}: {error}") from error
    return pages


def _fragments(job: Job, texts: Texts, root: Path) -> dict[str, bytes]:
    """Give the texts of a page; what the memo has lost is in the file that the page shows."""
    found = texts.get(job.texts)
    path = job.origin.removeprefix(_CONTENT)
    home = home_of(path)
    if found.keys() == set(job.texts) or not isinstance(home, Home):
        return found
    data = source.read(root / "content", path)
    parsed = parse(path, home, data) if isinstance(data, bytes) else None
    again = parsed.fragments if parsed else {}
    return found | {name: _encode(again[name]) for name in job.texts if name in again}
