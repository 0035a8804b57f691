"""A build with a memo equals a clean build, byte for byte, after any sequence of edits.

Hypothesis makes up sequences of what editors, designers, git, disks and clocks do to a site of a
dozen records, and after each step what the memoised build has made of it is compared with a clean
build. ``--sequences 5000`` runs that many; without it there are some, which the commit draws.
"""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from netzsite.memo import MemoryCache
from netzsite.pipeline.target import MANIFEST
from tests import lab as labs
from tests import sampling
from tests.edits import LARGE, SMALL, Edit
from tests.faults import Step, at, watching
from tests.lab import Lab, put, tree

SEQUENCES = 80
AT_NIGHT = 400
ITEMS = 8
"""How many test items share the sequences, so that all processors have something to do."""
STEPS = 5

NUMBERS = st.integers(0, 2**16 - 1)


class Editing(RuleBasedStateMachine):
    """A site, what happens to it, and after each step a look at what has come of it."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="netzsite-", dir=labs.MEMORY))
        self.lab = Lab.make(self.home)
        self.patches = None

    @initialize(patient=st.booleans(), resident=st.booleans())
    def begin(self, patient: bool, resident: bool) -> None:
        self.lab.kept = MemoryCache() if resident else None
        self.patches = self.lab.inside(patient=patient)
        self.patches.__enter__()
        self.lab.check()

    def teardown(self) -> None:
        if self.patches is not None:
            self.patches.__exit__(None, None, None)
        shutil.rmtree(self.home)

    def step(self, *edits: tuple[Edit, int]) -> None:
        """Edit, look, and where that has broken the site, mend it and look again."""
        before = self.sources()
        self.lab.tick()
        for edit, number in edits:
            edit(self.lab, number)
        if not self.lab.check().published:
            self.mend(before)

    def mend(self, sources: dict[Path, dict[str, bytes]]) -> None:
        self.lab.tick()
        for folder, files in sources.items():
            for path in tree(folder).keys() - files.keys():
                (folder / path).unlink()
            for path, data in files.items():
                if not (folder / path).exists() or (folder / path).read_bytes() != data:
                    put(folder / path, data)
        if not self.lab.check().published:  # something of others stands in the way of a page
            shutil.rmtree(self.lab.output)
            self.lab.foreign.clear()
            assert self.lab.check().published

    def sources(self) -> dict[Path, dict[str, bytes]]:
        folders = (self.lab.content, self.lab.root / "templates", self.lab.shipped)
        return {folder: tree(folder) for folder in folders}

    @rule(edit=st.sampled_from(SMALL), number=NUMBERS)
    def change(self, edit: Edit, number: int) -> None:
        self.step((edit, number))

    @rule(edit=st.sampled_from(LARGE), number=NUMBERS)
    def change_more(self, edit: Edit, number: int) -> None:
        self.step((edit, number))

    @rule(
        one=st.sampled_from(SMALL + LARGE),
        other=st.sampled_from(SMALL + LARGE),
        number=NUMBERS,
    )
    def change_twice(self, one: Edit, other: Edit, number: int) -> None:
        """Two edits between two builds."""
        self.step((one, number), (other, number // 3))

    @rule(edit=st.sampled_from(SMALL), number=NUMBERS, when=st.integers(1, 160))
    def change_during_a_build(self, edit: Edit, number: int, when: int) -> None:
        """This build publishes what was before or what is now and no mixture; the next is right."""
        lab = self.lab
        if not (lab.output / MANIFEST).exists():
            return
        before, sources = tree(lab.output), self.sources()
        _, old = lab.clean()
        lab.tick()

        def act(_step: Step) -> None:
            lab.tick()
            edit(lab, number)

        with watching(at(when, act, below=str(lab.root))):
            report = lab.build()
        _, new = lab.clean()
        if report.published:
            published = lab.published()
            if published not in (old, new):
                labs.same(published, new, "a build during which something changed")
        else:
            labs.same(tree(lab.output), before, "output after a build with a mistake")
        lab.tidy()
        if not lab.check().published:
            self.mend(sources)

    @rule(edit=st.sampled_from(SMALL), number=NUMBERS, when=st.integers(1, 160), full=st.booleans())
    def stop_a_build(self, edit: Edit, number: int, when: int, full: bool) -> None:
        """Somebody presses Ctrl-C, or the disk is full from some moment on."""
        lab = self.lab
        sources = self.sources()
        lab.tick()
        edit(lab, number)
        _, new = lab.clean()
        before = tree(lab.output)

        def stop(_step: Step) -> None:
            raise KeyboardInterrupt

        count = 0

        def fill(step: Step) -> None:
            nonlocal count
            below = str(lab.root) in step.path
            count += below
            if below and count >= when and step.kind in ("write", "make"):
                raise OSError(28, "No space left on device", step.path)

        with watching(fill if full else at(when, stop, below=str(lab.root))):
            try:
                lab.build()
            except KeyboardInterrupt:
                note("interrupted")
        for path, data in tree(lab.output).items():
            if path not in lab.foreign and not path.startswith(".netzsite-"):
                assert data in (before.get(path), new.get(path)), path
        lab.tidy()
        if not lab.check().published:
            self.mend(sources)


@pytest.mark.no_cover  # measuring doubles its time, and it runs little that others don't
@pytest.mark.parametrize("item", range(ITEMS))
def test_any_sequence_of_edits_gives_what_a_clean_build_gives(
    item: int, pytestconfig: pytest.Config
):
    many = pytestconfig.getoption("--sequences")
    asked = settings(
        max_examples=-(-(many or (AT_NIGHT if sampling.whole() else SEQUENCES)) // ITEMS),
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=False,
        database=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink) if many else (Phase.generate,),
    )
    drawn = sampling.chance(f"sequences {item}").randrange(2**32)
    machine = type(f"Editing{item}", (Editing,), {})
    run_state_machine_as_test(machine if many else seed(drawn)(machine), settings=asked)
