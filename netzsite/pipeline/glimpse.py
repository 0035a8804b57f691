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

from netzsite.memo import Memo
from netzsite.network.amend import amended
from netzsite.network.network import Network
from netzsite.pipeline.content import Texts
from netzsite.pipeline.fingerprint import fingerprint
from netzsite.pipeline.options import Options
from netzsite.pipeline.render import JobError, Shop, run
from netzsite.problems import Problem, publishable
from netzsite.producers.frame import frame
from netzsite.producers.plan import some
from netzsite.records import source
from netzsite.records.kinds import MEDIA
from netzsite.records.parse import Home, Parsed, home_of, parse
from netzsite.rendering import statics, templates
from netzsite.rendering.job import Job
from netzsite.rendering.policy import policy
from netzsite.rendering.templates import Templates

FEW: Final = 5
"""Changed files with which a glimpse is worth while."""
_CONTENT: Final = "content/"
_TEMPLATES: Final = "templates/"

_encode: Final = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a good build was made of, as far as the next one may share it."""

    options: Options
    network: Network
    templates: Templates
    policy: str
    fresh: dict[str, bytes] = field(default_factory=dict)
    """Texts of files that changed since, encoded, by digest."""


def glimpse(
    standing: Standing, changed: Iterable[str], paths: Iterable[str], today: date, memo: Memo
) -> dict[str, bytes]:
    """Give the bytes of those pages that can be told for certain; none where something is amiss.

    ``changed`` are paths from the site's root, of all files that have changed since the build.
    Raises ``JobError`` for a bug of ours.
    """
    if standing.network.today != today:
        return {}
    now = follow(standing, changed)
    if now is None:
        return {}
    texts = Texts(memo=memo, fingerprint=fingerprint(), fresh=now.fresh)
    return _rendered(now, some(now.network, paths).values(), texts)


def follow(standing: Standing, changed: Iterable[str]) -> Standing | None:
    """Take up the files that changed, as a build would; None where that takes a build."""
    names = sorted(changed)
    if len(names) > FEW:
        return None
    now: Standing | None = standing
    for name in names:
        now = _after(now, name) if now else None
    return now


def _after(standing: Standing, name: str) -> Standing | None:
    """Take up one changed file; None where that takes a build."""
    file = standing.options.root / name
    if name.startswith(_CONTENT):
        return _with_record(standing, file, name.removeprefix(_CONTENT))
    if name.startswith(f"{_TEMPLATES}{templates.STATIC}/") or not name.startswith(_TEMPLATES):
        return None
    return _with_templates(standing)


def _with_record(standing: Standing, file: Path, path: str) -> Standing | None:
    home = home_of(path)
    if not isinstance(home, Home):
        # What had such a name would have been a mistake, so there was none, and there is none now:
        # an editor has tried whether it may write here.
        return None if file.exists() or path.startswith(MEDIA + "/") else standing
    if file.is_symlink():
        return None
    data = source.read(standing.options.root / "content", path)
    if isinstance(data, Problem):
        return None
    parsed = parse(path, home, data)
    if not _is_sound(parsed, standing):
        return None
    network = amended(standing.network, parsed.record) if parsed.record else None
    if network is None:
        return None
    texts = {name: _encode(text) for name, text in parsed.fragments.items()}
    return replace(standing, network=network, fresh=standing.fresh | texts)


def _is_sound(parsed: Parsed, standing: Standing) -> bool:
    """Tell whether a file has no mistake, and refers to nothing that isn't shown."""
    known = _known(standing.network)
    return publishable(parsed.problems, strict=standing.options.strict) and all(
        reference.id in known.get(reference.kind, ()) for reference in parsed.references
    )


def _known(network: Network) -> dict[str, Container[str]]:
    return {
        "carrier": network.carriers,
        "actor": network.actors,
        "offer": network.offers,
        "place": network.places,
        "post": network.posts,
        "event": network.events,
        "page": network.pages,
        "topic": network.vocabulary.topics,
        "target_group": network.vocabulary.target_groups,
        "goal": tuple(goal.id for goal in network.accord.goals),
        "medium": network.media,
    }


def _with_templates(standing: Standing) -> Standing | None:
    """Read all templates again, which are few."""
    loaded, unread = templates.load(standing.options.root)
    static, lost = statics.load(standing.options.root)
    if unread or lost:
        return None
    return replace(standing, templates=loaded, policy=policy(loaded.needs | static.needs))


def _rendered(standing: Standing, jobs: Iterable[Job], texts: Texts) -> dict[str, bytes]:
    network, options = standing.network, standing.options
    shop = Shop(
        frame=frame(network, portable=options.portable, policy=standing.policy),
        words=network.words,
        templates=standing.templates,
        stage=options.target,
    )
    pages = {}
    for job in jobs:
        fragments = _fragments(job, texts, options.root)
        if fragments.keys() != set(job.texts):
            continue
        try:
            pages[job.path] = run(job, job.template, fragments, shop)
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
