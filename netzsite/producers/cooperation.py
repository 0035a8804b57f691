"""Who with whom: ties between actors → the table and the drawing on the page about the network.

The drawing is a column of actors, carrier by carrier, with an arc for each tie: it is read from top
to bottom like the table, and fits a phone.
"""

from textwrap import wrap
from typing import Final

from msgspec import Struct

from netzsite.network.cards import Link
from netzsite.network.cooperation import Tie, ties
from netzsite.network.network import Network
from netzsite.producers.agreements import AgreementCard

WIDTH: Final = 340
"""In units of the drawing, which are pixels on a phone."""
_NAMES: Final = 215
"""The width of the names."""
_LETTERS: Final = 25
"""Letters in a line of that width, in the widest usual font."""
_LINE, _GAP, _HEAD, _EDGE = 19, 11, 30, 14
MOST_ARCS: Final = 2
"""So many arcs for each actor can still be followed."""
_ARCS: Final = WIDTH - _NAMES - 2 * _EDGE


class Partner(Struct, frozen=True, kw_only=True):
    """An actor in the table of who does what with whom; each pair stands at the first of both."""

    actor: Link
    ties: tuple[tuple[Link, Tie], ...]


class Label(Struct, frozen=True):
    """A line of text in a drawing."""

    y: int
    text: str
    head: bool = False


class Arc(Struct, frozen=True):
    """A tie in a drawing."""

    path: str
    """SVG path data (SVG 2, 9.3)."""
    width: int
    title: str


class Drawing(Struct, frozen=True, kw_only=True):
    """The drawing of all ties; lengths in pixels of a phone."""

    width: int
    height: int
    x: int
    """Where arcs begin."""
    labels: tuple[Label, ...]
    dots: tuple[int, ...]
    arcs: tuple[Arc, ...]
    all_drawn: bool
    """Whether there is an arc for each tie; else there are those of the strongest."""


class Together(Struct, frozen=True, kw_only=True):
    """Who does something with whom."""

    partners: tuple[Partner, ...]
    drawing: Drawing | None
    everybody: tuple[Link, ...]
    """What more than half have in common."""


def together(
    network: Network, agreements: tuple[tuple[AgreementCard, tuple[str, ...]], ...]
) -> Together | None:
    """Give the table and the drawing; nothing where nobody shares anything yet."""
    here = network.route("network")
    kept = [
        (Link(card.title, f"{here}#{card.anchor}"), partners)
        for card, partners in agreements
        if card.status != "dropped"
    ]
    found = ties(network, kept)
    if not found.pairs and not found.everybody:
        return None
    return Together(
        partners=_partners(network, found.pairs),
        drawing=_drawing(network, found.pairs) if found.pairs else None,
        everybody=found.everybody,
    )


def _partners(network: Network, found: tuple[Tie, ...]) -> tuple[Partner, ...]:
    of: dict[str, list[tuple[Link, Tie]]] = {}
    for tie in found:
        of.setdefault(tie.one, []).append((_link(network, tie.other), tie))
    return tuple(
        Partner(actor=_link(network, key), ties=tuple(of[key]))
        for key in network.actors
        if key in of
    )


def _link(network: Network, key: str) -> Link:
    return Link(network.actors[key].name, network.addresses["actor", key])


def _drawing(network: Network, found: tuple[Tie, ...]) -> Drawing:
    tied = {actor for tie in found for actor in (tie.one, tie.other)}
    labels: list[Label] = []
    places: dict[str, int] = {}
    y = 0
    for carrier in network.carriers.values():
        ids = [key for key in network.actors_of.get(("carrier", carrier.id), ()) if key in tied]
        if not ids:
            continue
        for line in _lines(carrier.name):
            y += _LINE
            labels.append(Label(y, line, head=True))
        y += _GAP
        for key in ids:
            lines = _lines(network.actors[key].short_name or network.actors[key].name)
            places[key] = y + _LINE * len(lines) // 2 + 4
            for line in lines:
                y += _LINE
                labels.append(Label(y, line))
            y += _GAP
        y += _HEAD - _LINE
    x = _NAMES + _EDGE
    # Actors whose carrier has a mistake have no place; nothing of this is published then.
    drawn = [tie for tie in found if tie.one in places and tie.other in places]
    by_weight = sorted(range(len(drawn)), key=lambda place: -drawn[place].weight)
    shown = sorted(by_weight[: MOST_ARCS * len(places)])
    return Drawing(
        width=WIDTH,
        height=y,
        x=x,
        labels=tuple(labels),
        dots=tuple(places.values()),
        arcs=tuple(_arc(network, drawn[place], places, x, y) for place in shown),
        all_drawn=len(shown) == len(drawn),
    )


def _arc(network: Network, tie: Tie, places: dict[str, int], x: int, height: int) -> Arc:
    """Draw half an ellipse between two actors, the wider the farther they are apart."""
    top, bottom = sorted((places[tie.one], places[tie.other]))
    reach = _EDGE + (_ARCS - _EDGE) * (bottom - top) // height
    half = (bottom - top) / 2
    return Arc(
        path=f"M{x} {top}A{reach} {half:g} 0 0 1 {x} {bottom}",
        width=max(1, min(round(2 * tie.weight), 6)),
        title=f"{network.actors[tie.one].name} – {network.actors[tie.other].name}",
    )


def _lines(text: str) -> list[str]:
    return wrap(text, _LETTERS) or [text]
