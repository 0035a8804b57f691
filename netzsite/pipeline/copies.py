"""Files that go out as they are: static files of the templates, media that something refers to."""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from netzsite.network.network import Network
from netzsite.pipeline.render import Output
from netzsite.pipeline.stage import cannot_write, staged
from netzsite.pipeline.target import Target
from netzsite.problems import Problem
from netzsite.records.source import digest_of
from netzsite.rendering.job import Job, Tools
from netzsite.rendering.templates import STATIC, folders


class Copied(Struct, frozen=True, kw_only=True):
    """One file that is copied, named by its content."""

    file: str
    """Where it lies, for messages: ``content/media/fest.jpg``."""
    digest: str
    size: int


def static(root: Path) -> tuple[tuple[Job, ...], dict[str, Path], tuple[Problem, ...]]:
    """List the static files of a site: jobs, and where each file lies."""
    where: dict[str, Path] = {}
    for folder in reversed(folders(root)):
        home = folder / STATIC
        for path in sorted(home.rglob("*")):
            name = path.relative_to(home).as_posix()
            if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
                where[f"{STATIC}/{name}"] = path
    jobs, problems = [], []
    for name, path in where.items():
        file = f"templates/{name}"
        try:
            data = path.read_bytes()
        except OSError as error:
            facts = {"cause": error.strerror or "?"}
            problems.append(Problem(code="unreadable-file", path=file, facts=facts))
            continue
        args = Copied(file=file, digest=digest_of(data), size=len(data))
        jobs.append(Job(path=name, render=copy, args=args, origin=file))
    return tuple(jobs), where, tuple(problems)


def media(
    network: Network, used: Iterable[str], folder: Path
) -> tuple[tuple[Job, ...], dict[str, Path]]:
    """List the media that something refers to."""
    jobs = []
    where = {}
    for path in sorted(set(used) & network.media.keys()):
        medium = network.media[path]
        args = Copied(file=f"content/{path}", digest=medium.digest, size=medium.size)
        jobs.append(Job(path=path, render=copy, args=args, origin=f"content/{path}"))
        where[path] = folder / path
    return tuple(jobs), where


def copy(_args: Copied, _tools: Tools) -> bytes:
    """Never called: a copied file's output is known from its arguments."""
    raise NotImplementedError


def output(job: Job) -> Output:
    """Give the output of a copied file, without reading it again."""
    args = job.args
    if not isinstance(args, Copied):
        raise TypeError(job.path)
    return Output(path=job.path, digest=args.digest, size=args.size)


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
