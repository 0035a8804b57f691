"""Files that go out as they are: static files of the templates, media that something refers to.

But drawings among the media go out cleaned (``media.svg``).
"""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from netzsite.audit.facts import Facts
from netzsite.audit.read import is_read, read
from netzsite.media import svg
from netzsite.memo import key_of
from netzsite.network.network import Network
from netzsite.pipeline.content import Resources
from netzsite.pipeline.output import Output
from netzsite.pipeline.render import encode
from netzsite.pipeline.stage import cannot_write, staged
from netzsite.pipeline.target import Target
from netzsite.problems import Problem
from netzsite.records.kinds import MEDIA
from netzsite.rendering.job import Job, Tools
from netzsite.rendering.static_files import Statics
from netzsite.source import digest_of


class _Seen(Struct, frozen=True):
    """What is known of a copied file that may load or run something."""

    facts: Facts
    digest: str
    """Of its published bytes."""
    size: int


_decode: Final = msgspec.msgpack.Decoder(_Seen).decode


class Copied(Struct, frozen=True, kw_only=True):
    """One file that is copied, named by its content."""

    file: str
    """Where it lies, for messages: ``content/media/fest.jpg``."""
    digest: str
    size: int


def static(files: Statics) -> tuple[tuple[Job, ...], dict[str, Path]]:
    """List the static files of a site: jobs, and where each file lies."""
    jobs = tuple(
        Job(
            path=name,
            render=copy,
            args=Copied(file=f"templates/{name}", digest=digest, size=files.sizes[name]),
            origin=f"templates/{name}",
        )
        for name, digest in files.digests.items()
    )
    return jobs, {name: files.places[name] for name in files.digests}


def media(
    network: Network, used: Iterable[str], folder: Path
) -> tuple[tuple[Job, ...], dict[str, Path]]:
    """List the media that something refers to, but for pictures: those are made anew."""
    jobs = []
    where = {}
    pictures = {path for path, image in network.images.items() if image.formats}
    for path in sorted((set(used) & network.media.keys()) - pictures):
        medium = network.media[path]
        args = Copied(file=f"content/{path}", digest=medium.digest, size=medium.size)
        jobs.append(Job(path=path, render=copy, args=args, origin=f"content/{path}"))
        where[path] = folder / path
    return tuple(jobs), where


def copy(_args: Copied, _tools: Tools) -> bytes:
    """Never called: a copied file's output is known from its arguments."""
    raise NotImplementedError


def outputs(
    jobs: Iterable[Job], where: Mapping[str, Path], resources: Resources, base_url: str
) -> dict[str, Output]:
    """Give the outputs of copied files; one that may load or run something is read once."""
    copied = {job.path: job for job in jobs if job.path in where}
    keys = {
        path: key_of(
            "facts",
            code=resources.fingerprint,
            path=path,
            base_url=base_url,
            digest=_args(job).digest,
        )
        for path, job in copied.items()
        if is_read(path)
    }
    known = resources.memo.get(keys.values())
    found, fresh = {}, {}
    for path, job in copied.items():
        args = _args(job)
        seen = None
        if path in keys:
            key = keys[path]
            seen = _decode(known[key]) if key in known else _seen(job, where, base_url)
            if key not in known and seen is not None:
                fresh[key] = encode(seen)
        if seen is None:
            found[path] = Output(path=path, digest=args.digest, size=args.size)
        else:
            found[path] = Output(path=path, digest=seen.digest, size=seen.size, facts=seen.facts)
    resources.memo.put(fresh)
    return found


def _args(job: Job) -> Copied:
    if not isinstance(job.args, Copied):
        raise TypeError(job.path)
    return job.args


def _seen(job: Job, where: Mapping[str, Path], base_url: str) -> _Seen | None:
    """Read a copied file's facts; one that has changed meanwhile is told when it is staged."""
    try:
        data = where[job.path].read_bytes()
    except OSError:
        return None
    if digest_of(data) != _args(job).digest:
        return None
    data = published(job.path, data)
    facts = read(job.path, data, job.address, base_url)
    return _Seen(facts, digest_of(data), len(data)) if facts else None


def published(path: str, data: bytes) -> bytes:
    """Give the bytes that a file is published with; of a drawing that can't be read, none."""
    if not is_cleaned(path):
        return data
    try:
        return svg.clean(data).data
    except svg.SvgError:
        return b""  # the medium has been told to be unreadable


def is_cleaned(path: str) -> bool:
    """Tell whether a file doesn't go out as it is: a drawing among the media."""
    return path.startswith(MEDIA + "/") and path.lower().endswith(".svg")


def stage(
    outputs: Mapping[str, Output], where: Mapping[str, Path], target: Target, folder: Path
) -> list[Problem]:
    """Stage the copied files that the target lacks; names those that changed meanwhile."""
    problems = []
    for path, source in where.items():
        output = outputs[path]
        if target.holds(path, output.digest):
            continue
        try:
            copied = fetch(source, Path(staged(folder, path)))
            if is_cleaned(path):
                copied.write_bytes(published(path, copied.read_bytes()))
            same = digest_of(copied.read_bytes()) == output.digest
        except OSError as error:
            if error.filename != str(source):
                return [cannot_write(error, target.folder)]
            same = False
        if not same:
            name = path if path.startswith("media/") else f"templates/{path}"
            problems.append(Problem(code="vanished-file", path=name))
    return problems


def fetch(source: Path, staged: Path) -> Path:
    """Copy a file's bytes into the stage; raises ``OSError``."""
    staged.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, staged)
    return staged
