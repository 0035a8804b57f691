"""The static files of a site's templates: found and digested, the site's own before the shipped."""

from pathlib import Path

from msgspec import Struct

from netzsite.problems import Problem
from netzsite.rendering import policy
from netzsite.rendering.templates import STATIC, folders
from netzsite.source import digest_of, leaves, unread


class Statics(Struct, frozen=True):
    """Static files by output path: ``static/menu.js``."""

    digests: dict[str, str]
    sizes: dict[str, int]
    """In bytes."""
    places: dict[str, Path]
    """Where each lies."""
    needs: set[str]
    """What they need of the policy."""


def load(root: Path) -> tuple[Statics, tuple[Problem, ...]]:
    """Read all static files of a site; those that can't be read are told."""
    files = Statics({}, {}, {}, set())
    problems: list[Problem] = []
    for folder in reversed(folders(root)):
        home = folder / STATIC
        for path in sorted(home.rglob("*")):
            name = path.relative_to(home).as_posix()
            if not path.is_file() or any(part.startswith(".") for part in name.split("/")):
                continue
            if leaves(home, path):
                file = f"templates/{STATIC}/{name}"
                problems.append(Problem(code="leaves-site", path=file, facts={"value": file}))
                continue
            files.places[f"{STATIC}/{name}"] = path
    for name, path in files.places.items():
        try:
            data = path.read_bytes()
        except OSError as error:
            problems.append(unread(f"templates/{name}", error))
            continue
        files.digests[name] = digest_of(data)
        files.sizes[name] = len(data)
        if name.endswith(policy.TEXTS):
            files.needs.update(policy.needs(data.decode(errors="replace")))
    return files, tuple(problems)
