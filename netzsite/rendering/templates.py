"""Template files → ``Templates``: found, read once, with the closure of each by name.

A site's own folder shadows single files of the shipped one, which stays reachable there as
``netzsite/<name>``. Pages are made of the texts read here, not of the disk, so that a page is made
of just what its key was made of.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from msgspec import Struct

from netzsite.problems import Problem, Spot
from netzsite.rendering import policy
from netzsite.source import leaves, unread

SHIPPED: Final = "netzsite/"
STATIC: Final = "static"
FOR_HOSTS: Final = "host-files.txt"
"""The list of static files that a host may obey: a path a line, ``static/web.config``."""
ABSENT: Final = "absent"


class Template(Struct, frozen=True):
    """One template as it was read."""

    file: str
    """How messages name it: ``templates/post.html``."""
    text: str
    digest: str


@dataclass(frozen=True, slots=True, eq=False)
class Templates:
    """All templates of a site by name; equal when their texts are."""

    by_name: dict[str, Template] = field(repr=False)
    digest: str

    @property
    def needs(self) -> frozenset[str]:
        """What they need of the policy."""
        return frozenset[str]().union(*(policy.needs(one.text) for one in self.by_name.values()))

    @property
    def for_hosts(self) -> frozenset[str]:
        """Static files that are meant to be read by a host; the site's own list names them."""
        listed = self.by_name.get(FOR_HOSTS)
        return frozenset(listed.text.split()) if listed else frozenset()

    def __hash__(self) -> int:
        """Hash by the digest of all texts."""
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        """Compare by the digest of all texts."""
        return isinstance(other, Templates) and self.digest == other.digest


def shipped_folder() -> Path:
    """Find the templates that come with netzsite, in the wheel or in a source checkout."""
    package = Path(__file__).parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def folders(root: Path) -> tuple[Path, ...]:
    """List the template folders of a site, its own first; one that is both counts once."""
    own, shipped = root / "templates", shipped_folder()
    if not own.is_dir() or own.resolve() == shipped.resolve():
        return (shipped,)
    return (own, shipped)


def load(root: Path) -> tuple[Templates, tuple[Problem, ...]]:
    """Read all templates of a site; those that aren't UTF-8 are told."""
    problems: list[Problem] = []
    by_name: dict[str, Template] = {}
    shipped = shipped_folder()
    for folder in reversed(folders(root)):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if name.startswith((f"{STATIC}/", ".")) or name.endswith("~") or not path.is_file():
                continue
            if leaves(folder, path):
                file = f"templates/{name}"
                problems.append(Problem(code="leaves-site", path=file, facts={"value": file}))
                continue
            template = _read(path, name, problems)
            if template is None:
                continue
            by_name[name] = template
            if folder == shipped:
                by_name[SHIPPED + name] = template
    whole = "\n".join(f"{name} {by_name[name].digest}" for name in sorted(by_name))
    return Templates(by_name, _digest(whole.encode())), tuple(problems)


def _read(path: Path, name: str, problems: list[Problem]) -> Template | None:
    file = f"templates/{name}"
    try:
        data = path.read_bytes()
        return Template(file, data.decode("utf-8-sig"), _digest(data))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problems.append(Problem(code="not-utf8", path=file, spot=Spot(line)))
    except OSError as error:
        problems.append(unread(file, error))
    return None


def closure(
    name: str, templates: Templates, references: Callable[[Template], tuple[str, ...]]
) -> tuple[tuple[str, str], ...]:
    """List every template that a page of this template can touch, with its digest.

    ``references`` names what one template extends, includes or imports. A name that there is no
    template for counts as ``absent``, so that a file which appears there changes the closure.
    """
    found: dict[str, str] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in found:
            continue
        template = templates.by_name.get(current)
        found[current] = template.digest if template else ABSENT
        if template:
            waiting += references(template)
    return tuple(sorted(found.items()))


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
