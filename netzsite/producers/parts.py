"""Parts of a record → what pages show of them: its text, its picture, its confirmation."""

from datetime import date

from msgspec import Struct

from netzsite.network.cards import Picture, Text
from netzsite.network.network import Network
from netzsite.records.picture import Picture as WrittenPicture
from netzsite.records.record import Record


class Confirmed(Struct, frozen=True, kw_only=True):
    """When somebody last confirmed a record."""

    day: date
    by: str | None = None


def text_of(network: Network, body: object, actors: tuple[str, ...] = ()) -> Text | None:
    """Resolve a text, or nothing when there is none; ``actors`` are those that its record names."""
    from netzsite.markdown.render import Body  # noqa: PLC0415

    return network.text(body, actors) if isinstance(body, Body) else None


def confirmed(record: Record) -> Confirmed | None:
    """Say when a record was last confirmed."""
    if record.checked_on is None:
        return None
    return Confirmed(day=record.checked_on, by=record.checked_by)


def picture(network: Network, written: WrittenPicture | None) -> Picture | None:
    """Give a picture to show; nothing when its file is missing."""
    if written is None or written.src not in network.images:
        return None
    return Picture(
        image=network.images[written.src],
        alt="" if written.decorative else written.alt or "",
        credit=written.credit,
        caption=written.caption,
    )
