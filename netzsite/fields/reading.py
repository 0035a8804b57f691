"""What one file gives while it is read: problems, positions, rendered texts."""

from typing import Any, Final

from msgspec import NODEFAULT, Struct

from netzsite.edits import Change, Edit
from netzsite.markdown.render import Fragments
from netzsite.problems import Problem, Spot
from netzsite.yaml import nodes
from netzsite.yaml.nodes import Node, ScalarNode
from netzsite.yaml.scalar import in_flow, in_style
from netzsite.yaml.source_map import Origin

MOST: Final = 200
"""So many problems of one file are told; nobody reads more, and guesses take time."""
GONE: Final = NODEFAULT
"""Stands for a value that couldn't be read."""


class Reference(Struct, frozen=True, gc=False):
    """What a record points at: the id of another record, or a medium by its path."""

    kind: str
    id: str
    spot: Spot


class Reading:
    """What one file gives while it is read: problems, positions, rendered texts."""

    def __init__(self, path: str, text: str, first_line: int = 1) -> None:
        self.path = path
        self.text = text
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.untold = 0
        """Problems beyond ``MOST``."""
        self.values: dict[str, Any] | None = None
        """What the record's keys say, as far as it could be read; None until they have been."""
        self.spots: dict[str, Spot] = {}
        self.fragments: dict[str, Fragments] = {}
        self.references: list[Reference] = []
        self.lines = text.split("\n")
        self.meant: set[str] = set()
        """Keys that an unknown one was probably meant to be: they aren't told as missing."""

    def slip(
        self, code: str, spot: Spot | None, changes: tuple[Change, ...] = (), /, **facts: str
    ) -> Any:  # noqa: ANN401
        """Note a problem; gives ``GONE``, so that it can be returned.

        ``changes`` mend it for certain (``edit`` makes one).
        """
        if self.is_full:
            self.untold += 1
        else:
            self.problems.append(
                Problem(code=code, path=self.path, spot=spot, facts=facts, changes=changes)
            )
        return GONE

    @property
    def is_full(self) -> bool:
        """Whether what else is wrong is only counted."""
        return len(self.problems) >= MOST

    def edit(self, spot: Spot, new: str) -> Edit:
        """Put a text in the place of what stands at a spot; before it where its width is 0."""
        line = self.lines[spot.line - 1]
        old = line[spot.column - 1 : spot.column - 1 + spot.width]
        return Edit(path=self.path, line=spot.line, column=spot.column, old=old, new=new)

    def rewritten(self, node: ScalarNode, value: str) -> tuple[Change, ...]:
        """Put another value in the place of one that stands on one line, in the same quotes."""
        if node.start_mark.line != node.end_mark.line or node.style in ("|", ">"):
            return ()
        line = self.lines[node.start_mark.line + self.first_line - 1]
        flow = in_flow(line, node.start_mark.column, node.end_mark.column)
        width = node.end_mark.column - node.start_mark.column
        spot = Spot(node.start_mark.line + self.first_line, node.start_mark.column + 1, width)
        return (self.edit(spot, in_style(value, node.style, flow=flow)),)

    def spot(self, node: Node) -> Spot:
        """Give the place of a node in the file."""
        return nodes.spot(node, self.first_line)

    def origin(self, node: ScalarNode) -> Origin:
        """Give the way from a value's characters back to the file."""
        return Origin(node, self.lines, self.first_line)
