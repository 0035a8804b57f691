"""Jobs → outputs: those whose key the memo knows aren't rendered; the others go to the stage.

The bytes of an output lie in the stage, and are not kept in memory.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from netzsite.audit.read import read
from netzsite.catalogue import Catalogue
from netzsite.markdown.render import Fragments
from netzsite.memo import Memo, MemoryCache, key_of
from netzsite.pipeline.output import Output
from netzsite.pipeline.stage import staged, write
from netzsite.pool import Pool
from netzsite.problems import Problem
from netzsite.rendering.job import Frame, Job, Render, Tools
from netzsite.rendering.templates import Template, Templates, closure
from netzsite.source import digest_of

encode: Final = msgspec.msgpack.Encoder(order="deterministic").encode
_decode_names: Final = msgspec.msgpack.Decoder(tuple[str, ...]).decode

TextSource = Callable[[Iterable[str]], dict[str, bytes]]
"""Digests of texts → their encoded fragments."""


_decode_fragments: Final = msgspec.msgpack.Decoder(Fragments).decode
_decode_output: Final = msgspec.msgpack.Decoder(Output).decode


_PICTURE: Final = re.compile(rb"\bmedia/[A-Za-z0-9._/-]+?\.(?:avif|jpe?g|JPE?G|png|PNG|webp)\b")


class JobError(RuntimeError):
    """A job failed in a way that no editor can mend; names its output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderContext:
    """What all jobs of a build share; goes to each worker."""

    frame: Frame
    words: Catalogue
    templates: Templates
    stage: Path


class Task(Struct, frozen=True):
    """One job as a worker gets it: its arguments encoded."""

    path: str
    render: Any
    type: Any
    args: bytes
    template: str
    fragments: dict[str, bytes]
    """Its texts, encoded."""


class Wanted(Struct, frozen=True):
    """A job with its key and what the memo knows of its output."""

    job: Job
    key: bytes
    known: Output | None


def keyed(
    jobs: Iterable[Job], context: RenderContext, memo: Memo, fingerprint: str, kept: MemoryCache
) -> tuple[tuple[Wanted, ...], tuple[Problem, ...]]:
    """Give each job its key, and the output that the memo has for it."""
    jobs = tuple(jobs)
    refer = _References(memo, fingerprint)
    closures, problems = _closures({job.template for job in jobs if job.template}, context, refer)
    frame = digest_of(encode(context.frame))
    kinds: dict[tuple[Render, str], bytes] = {}
    keys = []
    for job in jobs:
        kind = kinds.get((job.render, job.template))
        if kind is None:
            name = f"{job.render.__module__}:{job.render.__qualname__}"
            closed = closures.get(job.template, "")
            kind = key_of("way", code=fingerprint, frame=frame, function=name, templates=closed)
            kinds[job.render, job.template] = kind
        keys.append(key_of("output", way=kind, path=job.path, args=encode(job.args)))
    known = kept.load(memo, keys, _decode_output)
    return tuple(
        Wanted(job, key, known.get(key)) for job, key in zip(jobs, keys, strict=True)
    ), problems


def _closures(
    names: set[str], context: RenderContext, refer: "_References"
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Digest the closure of each template: all that it can touch, by name."""
    found = {}
    problems = []
    for name in sorted(names):
        try:
            parts = closure(name, context.templates, refer)
        except Exception as error:
            from netzsite.rendering.environment import template_problem  # noqa: PLC0415

            problem = template_problem(error, name)
            if problem is None:
                raise
            problems.append(problem)
        else:
            found[name] = digest_of(encode(parts))
    refer.memo.put(refer.fresh)
    return found, _once(problems)


class _References:
    """What a template refers to, from the memo where its text is known there."""

    def __init__(self, memo: Memo, fingerprint: str) -> None:
        self.memo = memo
        self.fingerprint = fingerprint
        self.seen: dict[str, tuple[str, ...]] = {}
        self.fresh: dict[bytes, bytes] = {}

    def __call__(self, template: Template) -> tuple[str, ...]:
        if template.digest not in self.seen:
            key = key_of("references", code=self.fingerprint, template=template.digest)
            value = self.memo.get((key,)).get(key)
            self.seen[template.digest] = (
                _decode_names(value) if value else self._read(template, key)
            )
        return self.seen[template.digest]

    def _read(self, template: Template, key: bytes) -> tuple[str, ...]:
        from netzsite.rendering.template_source import references  # noqa: PLC0415 - imports Jinja

        names = references(template)
        self.fresh[key] = encode(names)
        return names


def render(
    wanted: Iterable[Wanted], context: RenderContext, texts: TextSource, memo: Memo, pool: Pool
) -> tuple[dict[str, Output], tuple[Problem, ...]]:
    """Render jobs into the stage; gives outputs by path, and problems of templates."""
    todo = tuple(wanted)
    outputs: dict[str, Output] = {}
    problems: list[Problem] = []
    fresh: dict[bytes, bytes] = {}
    results = pool.map(render_batch, context, todo, lambda batch: _tasks(batch, texts))
    for want, result in zip(todo, results, strict=True):
        if isinstance(result, Problem):
            problems.append(result)
        else:
            outputs[want.job.path] = _decode_output(result)
            fresh[want.key] = result
    memo.put(fresh)
    return outputs, _once(problems)


def _tasks(batch: Sequence[Wanted], texts: TextSource) -> list[Task]:
    """Put together what a worker needs to do some jobs."""
    fragments = texts(digest for want in batch for digest in want.job.texts)
    return [
        Task(
            want.job.path,
            want.job.render,
            type(want.job.args),
            encode(want.job.args),
            want.job.template,
            {name: fragments[name] for name in want.job.texts},
        )
        for want in batch
    ]


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Tell a template's mistake once, with the first page that shows it."""
    first: dict[object, Problem] = {}
    for problem in problems:
        first.setdefault((problem.code, problem.path, problem.spot), problem)
    return tuple(first.values())


def render_batch(context: RenderContext, batch: tuple[Task, ...]) -> list[bytes | Problem]:
    """Render tasks into the stage; each gives its encoded output or a problem."""
    return [_render(context, task) for task in batch]


def _render(context: RenderContext, task: Task) -> bytes | Problem:
    job = Job(
        path=task.path, render=task.render, args=msgspec.msgpack.decode(task.args, type=task.type)
    )
    try:
        data = run(job, task.template, task.fragments, context)
    except Exception as error:
        problem = _problem_of(error, task) if task.template else None
        if problem is None:
            raise JobError(f"{task.path}: {type(error).__name__}: {error}") from error
        return problem
    digest = digest_of(data)
    found = read(task.path, data, job.address, context.frame.base_url)
    write(staged(context.stage, task.path), data)
    named = picture_names(data)
    return encode(
        Output(path=task.path, digest=digest, size=len(data), facts=found, pictures=named)
    )


def picture_names(data: bytes) -> tuple[str, ...]:
    """List what a file names that may be a size of a picture, wherever it stands in it."""
    if b"media/" not in data:
        return ()
    found: set[str] = set()
    for hit in _PICTURE.findall(data):
        parts = f"/{hit.decode()}".split("/media/")[1:]  # a folder on the way may be called so too
        found.update("/media/" + "/media/".join(parts[at:]) for at in range(len(parts)))
    return tuple(sorted(found))


def run(job: Job, template: str, fragments: dict[str, bytes], context: RenderContext) -> bytes:
    """Make the bytes of one job; nothing but its arguments, texts and the context comes in."""
    function: Render = job.render
    tools = Tools(
        here=job.address,
        frame=context.frame,
        words=context.words,
        fragments={name: _decode_fragments(text).parts for name, text in fragments.items()},
        templates=context.templates,
        template=template,
    )
    return function(job.args, tools)


def _problem_of(error: Exception, task: Task) -> Problem | None:
    from netzsite.rendering.environment import template_problem  # noqa: PLC0415 - imports Jinja

    return template_problem(error, task.path)
