"""A site of which nothing has changed → the report of its last build, without making it again.

All that a build depends on is in the key, as in a job's; what is kept is its report and the digest
of its manifest. That the target still holds what the manifest says is looked up file by file.
"""

from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from netzsite.memo import Memo, key_of
from netzsite.pipeline.inputs import Inputs
from netzsite.pipeline.options import Counts, Options, Report
from netzsite.pipeline.target import MANIFEST, PENDING, Target, read_text
from netzsite.source import digest_of

_encode: Final = msgspec.msgpack.Encoder(order="deterministic").encode


class Snapshot(Struct, frozen=True):
    """What a build said, and what the site was."""

    report: Report
    manifest: str


_decode: Final = msgspec.msgpack.Decoder(Snapshot).decode


def key(options: Options, fingerprint: str, content: dict[str, str], inputs: Inputs) -> bytes:
    """Name all that a build depends on; ``content`` is path → digest of every file there."""
    return key_of(
        "snapshot",
        code=fingerprint,
        today=_encode(options.today),
        drafts=_encode(options.drafts),
        portable=_encode(options.portable),
        base_url=_encode(options.base_url),
        strict=_encode(options.strict),
        publish=_encode(options.publish),
        content=_encode(content),
        templates=inputs.templates.digest,
        static=_encode(inputs.statics.digests),
        commit=inputs.commit,
    )


def recall(name: bytes, target: Path, memo: Memo, *, publish: bool) -> Report | None:
    """Give the report of the build that this name stands for, if the target still holds its site.

    What was written then is counted as unchanged now.
    """
    value = memo.get((name,)).get(name)
    try:
        known = _decode(value) if value else None
    except msgspec.DecodeError:
        return None
    if known is None or not publish:
        return known.report if known else None
    if digest_of(read_text(target / MANIFEST).encode()) != known.manifest:
        return None
    found = Target(target, memo)
    whole = all(found.holds(path, digest) for path, digest in found.manifest.items())
    if not whole or (target / PENDING).exists():
        return None
    counts = Counts(unchanged=len(found.manifest))
    return msgspec.structs.replace(known.report, counts=counts)


def keep(name: bytes, report: Report, target: Path, memo: Memo) -> None:
    """Keep the report of a build that went well."""
    manifest = digest_of(read_text(target / MANIFEST).encode()) if report.published else ""
    report = msgspec.structs.replace(report, counts=Counts())
    memo.put({name: _encode(Snapshot(report, manifest))})
