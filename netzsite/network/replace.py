"""A network and a record that changed → the network that ``link`` would make, in little time.

Posts are many: where one changes that stays in its place, and where another record does, no other
post is looked at.
"""

from collections.abc import Mapping
from dataclasses import replace

from netzsite.network.addresses import addresses
from netzsite.network.backlinks import with_directory, with_news
from netzsite.network.listing import post_card, with_directory_cards
from netzsite.network.network import Network
from netzsite.network.waiting import needs, waits
from netzsite.records.kinds import BY_NAME, arranged
from netzsite.records.post import Post
from netzsite.records.record import Record


def with_record(network: Network, record: Record) -> Network | None:
    """Put a record in the place of its former one; None where all has to be linked again.

    That is where the network doesn't show the record, or shows it under another path, and for
    what stands above all records: the site, the vocabulary, the agreements.
    """
    if isinstance(record, Post):
        return _with_post(network, record)
    kind = str(record.__struct_config__.tag)
    known = kind in network.records and _waits_as_before(network, kind, record)
    return _with(network, kind, record) if known else None


def _waits_as_before(network: Network, kind: str, record: Record) -> bool:
    """Tell whether a record is shown, or waits, as its former one: others may go by it."""
    alone = network.waiting.keys().isdisjoint(needs(record))
    return alone and waits(record, network.today) == network.waiting.get((kind, record.id))


def _with_post(network: Network, post: Post) -> Network | None:
    former = network.posts.get(post.id)
    if former is None or former.path != post.path:
        return None
    why, key = waits(post, network.today), ("post", post.id)
    if why and not network.drafts:
        return None
    if why != network.waiting.get(key):  # nothing else goes by it
        others = {other: one for other, one in network.waiting.items() if other != key}
        waiting = sorted((others | ({key: why} if why else {})).items())
        network = replace(network, waiting=dict(waiting))
    posts = {**network.posts, post.id: post}
    if _place(former) == _place(post):
        network = _put(network, "post", posts)
    else:
        network = with_news(_put(network, "post", arranged(BY_NAME["post"], posts.values())))
    cards = {**network.post_cards, post.id: post_card(network, post)}
    return replace(network, post_cards={key: cards[key] for key in network.posts})


def _place(post: Post) -> tuple[object, ...]:
    """Give what decides where a post stands and what it points at."""
    return post.date, post.expires, post.tags, post.actors, post.offers


def _put(network: Network, kind: str, records: Mapping[str, Record]) -> Network:
    return replace(network, records={**network.records, kind: records})


def _with(network: Network, kind: str, record: Record) -> Network | None:
    """Put in a record that isn't a post; all that isn't one is linked again."""
    former = network.records[kind].get(record.id)
    if former is None or former.path != record.path:
        return None
    records = {**network.records[kind], record.id: record}
    network = _put(network, kind, arranged(BY_NAME[kind], records.values()))
    network = with_directory(network)
    return with_directory_cards(replace(network, addresses=addresses(network)))
