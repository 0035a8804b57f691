"""Kills a build before each thing that it does to the disk, and looks at what it leaves.

``python -m tests.killing EDIT HOME`` runs by itself: it forks a process for each kill, which only a
process without threads may do. Says how many kills there were, or what was wrong after one.
"""

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Final

from netzsite.memo import DiskMemo
from netzsite.pipeline.build import build
from netzsite.pipeline.target import PENDING
from tests import sampling
from tests.edits import replace_in
from tests.faults import Step, watching
from tests.lab import DiffersError, Lab, put, same, tree

CHANGING: Final = ("write", "make", "remove", "rename")
STAGED: Final = 40
"""Of what is done in the stage, every so many things one is tried: page after page is alike."""
ON_A_PUSH: Final = 24
"""How many of all these moments a push tries."""


def first_build(lab: Lab) -> None:
    shutil.rmtree(lab.output)
    shutil.rmtree(lab.cache)


def edit(lab: Lab) -> None:
    """One page changes, its neighbours, the lists, and a picture."""
    replace_in(lab.content / "posts" / "fest.md", r"^title: .*", "title: Ein anderes Fest")
    put(lab.content / "media" / "plan.txt", "Beet neben Beet\n")


def deletion(lab: Lab) -> None:
    (lab.content / "posts" / "advent.md").unlink()
    (lab.content / "media" / "plan.txt").unlink()
    replace_in(lab.content / "posts" / "2025-05-09-hochbeete.md", r", siehe .*", ".")


def rename(lab: Lab) -> None:
    """One address goes, another comes."""
    (lab.content / "posts" / "advent.md").rename(lab.content / "posts" / "kalender.md")
    file = lab.content / "pages" / "verein.md"
    file.rename(file.with_stem("wir"))


EDITS: Final = {made.__name__: made for made in (first_build, edit, deletion, rename)}


def main(name: str, home: Path) -> None:
    base = Lab.make(home / "base")
    for path in ("network.yaml", "events", "offers", "posts/entwurf.md", "posts/neujahr.md"):
        remove(base.content / path)
    with base.inside():
        assert base.build().published
        old = {} if name == "first_build" else tree(base.output)
        steps: list[Step] = []
        trial = edited(base, home / "trial", name)
        with watching(lambda step: steps.append(step) if counts(step, trial) else None):
            assert trial.build().published
        new = tree(trial.output)
        _, clean = trial.clean()
        same(new, clean, "a build that nobody kills")
        moments = chosen(steps, trial)
        for moment in sampling.some(moments, ON_A_PUSH, f"kills of {name}"):
            lab = edited(base, home / str(moment), name)
            kill(lab, moment)
            try:
                look(lab, old, new)
            except (AssertionError, DiffersError) as error:
                raise AssertionError(f"killed before {steps[moment]}: {error}") from error
            shutil.rmtree(lab.home)
    published = sum(str(trial.output) in step.path + step.to for step in steps)
    sys.stdout.write(f"{len(moments)} {published}\n")


def remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def edited(base: Lab, home: Path, name: str) -> Lab:
    for folder in ("shipped", "netzsite"):
        shutil.copytree(base.home / folder, home / folder, copy_function=os.link)
    shutil.copytree(base.root, home / "site")
    lab = Lab(home=home)
    EDITS[name](lab)
    return lab


def counts(step: Step, lab: Lab) -> bool:
    """Tell what is counted: not looks at the disk's clock, of which no two builds need as many."""
    inside = str(lab.root) in step.path and not step.path.endswith("/.clock")
    return inside and step.kind in CHANGING


def chosen(steps: list[Step], lab: Lab) -> list[int]:
    """Choose moments: all while publishing, some of the others."""
    begun = next(at for at, step in enumerate(steps) if step.to == str(lab.output / PENDING))
    return [at for at in range(len(steps)) if at >= begun - 3 or at % STAGED == 0]


def kill(lab: Lab, moment: int) -> None:
    """Build in a process that is killed at a moment."""
    child = os.fork()
    if not child:
        count = -1

        def listen(step: Step) -> None:
            nonlocal count
            count += counts(step, lab)
            if count == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        with watching(listen):
            build(lab.asked())
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


def look(lab: Lab, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """See that each file is whole, the memo opens, and the next build puts all right."""
    for path, data in tree(lab.output).items():
        if path != PENDING:
            assert data in (old.get(path), new.get(path)), f"half a file: {path}"
    DiskMemo.open(lab.cache).close()
    assert lab.build().published
    same(tree(lab.output), new, "output")
    lab.tidy()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
