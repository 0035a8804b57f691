"""A git host's name → the workflow that checks, builds and publishes a site there.

The workflows come with netzsite as they are: nothing is filled in, so that what is tested is what
a site gets. What they install is named in one place, the site's ``requirements.txt``.
"""

from importlib import resources
from pathlib import Path
from typing import Final

from netzsite.integrations import requirements

PATHS: Final = {
    "github": ".github/workflows/netzsite.yml",
    "gitlab": ".gitlab-ci.yml",
    "forgejo": ".forgejo/workflows/netzsite.yml",
}
"""Where each host looks for it, from the root of the project."""


def write(root: Path, host: str) -> tuple[str, ...]:
    """Write the workflow of a host and what it installs from, where there are none yet.

    Gives the paths of the files written, from the root. Raises ``OSError``.
    """
    workflow = resources.files("netzsite").joinpath("workflows", f"{host}.yml").read_bytes()
    new = {} if (root / PATHS[host]).exists() else {PATHS[host]: workflow}
    if not (root / requirements.FILE).exists():
        new |= requirements.files()  # the wheel is made anew with the file that names it
    for path, data in new.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return tuple(new)


def project(root: Path) -> Path | None:
    """Find the git project that a folder lies in; None where it lies in none."""
    whole = root.resolve()
    return next((place for place in (whole, *whole.parents) if (place / ".git").exists()), None)
