"""Pictures in the sizes that the rendered files name → outputs; what is known isn't encoded again.

A size is a job like any other: its key is made of the original, what is asked, and the codecs. The
bytes lie in the output alone, as those of pages do. An original is unpacked once for all its sizes.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from netzsite.media.decode import BrokenPictureError, HeicError
from netzsite.media.encode import encode as encode_sizes
from netzsite.media.medium import Medium
from netzsite.media.sizes import Image, Recipe, recipe_of
from netzsite.memo import Memo, key_of
from netzsite.network.network import Network
from netzsite.pipeline.content import FEW_PICTURES, Resources
from netzsite.pipeline.fingerprint import codecs
from netzsite.pipeline.output import Output
from netzsite.pipeline.stage import staged, write
from netzsite.pipeline.target import Target
from netzsite.problems import Problem
from netzsite.source import Source, digest_of, taken

_encode: Final = msgspec.msgpack.Encoder(order="deterministic").encode
_decode: Final = msgspec.msgpack.Decoder(Output).decode


class Size(Struct, frozen=True, kw_only=True):
    """One size of a picture that is wanted."""

    path: str
    """Where it goes, from the output folder."""
    recipe: Recipe
    key: bytes


class Task(Struct, frozen=True, kw_only=True):
    """All sizes of one original that have to be made."""

    source: Source
    sizes: tuple[Size, ...]


class Folders(Struct, frozen=True, kw_only=True):
    """Where originals are, and where their sizes go."""

    content: Path
    stage: Path


def tasks(
    wanted: Mapping[str, list[Size]],
    outputs: Mapping[str, Output],
    media: Mapping[str, Medium],
    target: Target,
) -> list[Task]:
    """List what isn't known, or isn't in the target any more."""
    found = []
    for path, sizes in wanted.items():
        lacking = tuple(size for size in sizes if not _is_there(outputs[size.path], target))
        if lacking:
            medium = media[path]
            source = Source(path, medium.digest, medium.size)
            found.append(Task(source=source, sizes=lacking))
    return found


def wanted(outputs: Iterable[Output], network: Network) -> dict[str, list[Size]]:
    """List the sizes that rendered files name, by the path of their original."""
    named = {name for output in outputs for name in output.pictures}
    by_base = _by_address(network.images.values())
    found: dict[str, list[Size]] = {}
    for address in sorted(named):
        hit = recipe_of(address, by_base)
        if hit is not None:
            image, recipe = hit
            medium = network.media[image.original]
            size = Size(path=address[1:], recipe=recipe, key=_key(address, medium))
            found.setdefault(image.original, []).append(size)
    return found


def _by_address(images: Iterable[Image]) -> Mapping[str, Image]:
    found = {}
    for image in images:
        found[image.base] = found[image.address] = image
    return found


def _key(address: str, medium: Medium) -> bytes:
    """Name the bytes of a size; the address says all that is asked for."""
    return key_of("picture", codecs=codecs(), path=address, original=medium.digest)


def outputs(wanted: Mapping[str, Iterable[Size]], memo: Memo) -> dict[str, Output]:
    """Give the outputs of wanted sizes; those that the memo doesn't know have no digest yet."""
    sizes = [size for group in wanted.values() for size in group]
    known = memo.get(size.key for size in sizes)
    return {
        size.path: _decode(known[size.key])
        if size.key in known
        else Output(path=size.path, digest="", size=0)
        for size in sizes
    }


def make(
    tasks: list[Task], outputs: dict[str, Output], folders: Folders, resources: Resources
) -> list[Problem]:
    """Encode into the stage; what is made joins the outputs.

    Names the originals that have changed meanwhile or can't be unpacked. Raises ``OSError`` when
    the disk takes no more.
    """
    problems: list[Problem] = []
    fresh: dict[bytes, bytes] = {}
    results = resources.pool.map(pictures_batch, folders, tasks, worth=FEW_PICTURES)
    for task, result in zip(tasks, results, strict=True):
        if isinstance(result, Problem):
            problems.append(result)
            continue
        for size, output in zip(task.sizes, result, strict=True):
            outputs[size.path] = output
            fresh[size.key] = _encode(output)
    resources.memo.put(fresh)
    return problems


def _is_there(output: Output, target: Target) -> bool:
    return bool(output.digest) and target.holds(output.path, output.digest)


def pictures_batch(folders: Folders, batch: tuple[Task, ...]) -> list[list[Output] | Problem]:
    """Make the sizes of some originals."""
    return [_made(folders, task) for task in batch]


def _made(folders: Folders, task: Task) -> list[Output] | Problem:
    data = taken(folders.content, task.source)
    if isinstance(data, Problem):
        return data
    try:
        encoded = encode_sizes(data, [size.recipe for size in task.sizes])
    except (BrokenPictureError, HeicError):
        return Problem(code="picture-unreadable", path=task.source.path)
    found = []
    for size, picture in zip(task.sizes, encoded, strict=True):
        write(staged(folders.stage, size.path), picture)
        found.append(Output(path=size.path, digest=digest_of(picture), size=len(picture)))
    return found
