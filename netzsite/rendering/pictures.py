"""A picture and what a template asks of it → its element: every size and format, by address.

Which sizes are made follows from this: those whose address stands in some file of the site.
"""

from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from msgspec import Struct

from netzsite.media import sizes
from netzsite.media.icons import SHARED
from netzsite.network.cards import Picture

Linked = Callable[[str], str]
"""Writes an address as it stands in the file that is made."""

_TYPES: Final = {"avif": "image/avif", "webp": "image/webp"}
_PLAIN_WIDTH: Final = 960
"""The width, in pixels, of the one picture that a browser shows which knows no choice of them."""


class Shared(Struct, frozen=True, kw_only=True):
    """What networks and messengers show of a page that somebody shares (Open Graph); in pixels."""

    address: str
    width: int
    height: int
    alt: str = ""


SITE_PICTURE: Final = Shared(address="/static/share.png", width=SHARED[0], height=SHARED[1])
"""Made of the site's name and colour, which is its text, too."""


def element(
    picture: Picture,
    linked: Linked,
    *,
    widths: Sequence[int] = sizes.WIDTHS,
    shown: str = "100vw",
    crop: tuple[int, int] | None = None,
    focus: tuple[int, int] | None = None,
    eager: bool = False,
) -> str:
    """Write a picture: ``shown`` says how wide it is on the page (HTML, „sizes“ attribute).

    ``crop`` is a shape, width to height; what is cut off is chosen around the focus.
    """
    image = picture.image
    alt = f' alt="{escape(picture.alt)}"'
    wait = "" if eager else ' loading="lazy" decoding="async"'
    if not image.formats:
        size = f' width="{image.width}" height="{image.height}"' if image.width else ""
        return f'<img src="{escape(linked(image.address))}"{alt}{size}{wait}>'
    offered = sizes.widths(image, widths, crop)

    def choice(format_: str) -> str:
        listed = (
            f"{linked(sizes.address_of(image, width, format_, crop, focus))} {width}w"
            for width in offered
        )
        return f' srcset="{escape(", ".join(listed))}" sizes="{escape(shown)}"'

    *better, plain = image.formats
    sources = "".join(f'<source type="{_TYPES[name]}"{choice(name)}>' for name in better)
    width = max((width for width in offered if width <= _PLAIN_WIDTH), default=offered[0])
    source = linked(sizes.address_of(image, width, plain, crop, focus))
    size = f' width="{width}" height="{sizes.height_of(image, width, crop)}"'
    img = f'<img src="{escape(source)}"{choice(plain)}{alt}{size}{wait}>'
    return f"<picture>{sources}{img}</picture>"


def lone(picture: Picture, linked: Linked) -> str:
    """Write a picture in one size, for who reads a feed."""
    image = picture.image
    width = next(iter(sizes.widths(image, (_PLAIN_WIDTH,))), 0) if image.formats else 0
    address = sizes.address_of(image, width, image.formats[-1]) if width else image.address
    across = width or image.width
    size = f' width="{across}" height="{sizes.height_of(image, across)}"' if across else ""
    return f'<img src="{escape(linked(address))}" alt="{escape(picture.alt)}"{size}>'


def figure(picture: Picture, element_: str) -> str:
    """Put a picture's element into a figure, with what is said below it."""
    said = " – ".join(text for text in (picture.caption, picture.credit) if text)
    below = f"<figcaption>{escape(said)}</figcaption>" if said else ""
    return f"<figure>{element_}{below}</figure>"


def shared(picture: Picture | None) -> Shared:
    """Give the part of a picture that is shown where somebody shares its page.

    Where there is none, or it is too small, or a drawing in SVG, which networks don't show, the
    site's own stands in for it.
    """
    image = picture.image if picture else None
    offered = sizes.widths(image, SHARED[:1], SHARED) if image and image.formats else []
    if picture is None or not offered or offered[0] < SHARED[0] // 2:
        return SITE_PICTURE
    width = offered[0]
    address = sizes.address_of(picture.image, width, picture.image.formats[-1], SHARED)
    height = sizes.height_of(picture.image, width, SHARED)
    return Shared(address=address, width=width, height=height, alt=picture.alt)
