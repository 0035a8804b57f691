"""The records of a build that wait → what its report tells of them."""

from collections.abc import Iterable
from datetime import date

from netzsite.network.network import Network
from netzsite.pipeline.options import Unseen
from netzsite.records.kinds import title_of
from netzsite.records.parse import Parsed


def unseen(files: Iterable[Parsed], network: Network) -> tuple[Unseen, ...]:
    """Name what isn't shown yet, what has a day first; nothing in a preview, which shows all."""
    if network.drafts or not network.waiting:
        return ()
    found = [
        Unseen(
            path=f"content/{file.path}",
            title=title_of(file.kind, file.record),
            reason=why.reason,
            day=why.day,
        )
        for file in files
        if file.record and (why := network.waiting.get((file.kind, file.id)))
    ]
    return tuple(sorted(found, key=lambda one: (one.day or date.max, one.path)))
