"""A job: one output file, a pure function, and the arguments that are its whole input.

Nothing but its arguments, the templates it names and the words of the language reaches the bytes,
so equal keys mean equal bytes and a test can render every job from its decoded arguments.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from netzsite import urls
from netzsite.catalogue import Catalogue
from netzsite.network.cards import Link

if TYPE_CHECKING:
    from netzsite.rendering.templates import Templates

Fragments = Mapping[str, tuple[str, ...]]
"""Digest of a text → its HTML, cut at each link."""


class Frame(Struct, frozen=True, kw_only=True):
    """What every page of a site shows around its own content."""

    title: str
    language: str
    direction: str
    base_url: str
    timezone: str
    """Name of the zone (IANA) that all days and times are of."""
    tagline: str | None
    menu: tuple[Link, ...]
    legal: tuple[Link, ...]
    emergency: Link | None = None
    """The page of numbers to call in need, where there is one."""
    portable: bool
    """Whether links name ``index.html``, for reading from disk."""
    policy: str
    """The Content-Security-Policy of every page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a rendering function may use beside its arguments; all of it is in the job's key."""

    here: str
    """The address of the output."""
    frame: Frame
    words: Catalogue
    fragments: Fragments
    templates: "Templates"
    template: str
    pictures: list[None] = field(default_factory=list)
    """One for each picture that the output shows so far."""

    def link(self, address: str) -> str:
        """Write an address as a link relative to the output."""
        return urls.relative(self.here, address, portable=self.frame.portable)

    def is_first_picture(self) -> bool:
        """Count a picture; tells whether it is the first one, which nobody should wait for."""
        self.pictures.append(None)
        return len(self.pictures) == 1


Render = Callable[[Any, Tools], bytes]


class Job(Struct, frozen=True, kw_only=True):
    """One output file to make."""

    path: str
    """From the output folder, with ``/``."""
    render: Render
    args: Struct
    template: str = ""
    """The template that a page starts from; its closure is part of the key."""
    texts: tuple[str, ...] = ()
    """Digests of the texts that the arguments hold."""
    origin: str = ""
    """The content file that it shows, for messages and edit links."""
    listed: bool = False
    """Whether search engines should find it (sitemap)."""
    updated: date | None = None

    @property
    def address(self) -> str:
        """The address at which readers find it."""
        return urls.address_of(self.path)
