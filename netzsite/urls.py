"""Addresses: where a page lies in the output, and how one page names another.

An *address* is a path from the site's root, as readers see it: ``/akteure/haus/``. An address
that ends in ``/`` lies in the file ``index.html`` of that folder. An address may carry a fragment
(``#kontakt``). Nothing here touches the disk.
"""

import functools
import re
import unicodedata
from typing import Final
from urllib.parse import unquote, urlsplit

_SAFE: Final = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*(?:[A-Za-z0-9._~-]+)?")
_INDEXES: Final = ("asp", "aspx", "cgi", "htm", "jsp", "php", "phtml", "pl", "shtml", "xhtml")
_ABSOLUTE: Final = re.compile(r"//|\\\\|[A-Za-z][A-Za-z0-9+.-]*:")

_WEB: Final = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_SIGNS: Final = (".", "_")
_RESERVED: Final = frozenset(
    {
        *("cname", "web.config", "netlify.toml", "vercel.json", "now.json", "render.yaml"),
        *("staticwebapp.config.json", "routes.json", "firebase.json", "wrangler.toml"),
        *("wrangler.json", "wrangler.jsonc", "app.yaml", "app.json", "package.json", "procfile"),
        *("dockerfile", "php.ini", "web.xml", "crossdomain.xml", "clientaccesspolicy.xml"),
        *(f"{name}.{ending}" for name in ("index", "default") for ending in _INDEXES),
        "default.html",
    }
)
"""Names that a host or a browser obeys; an index of another ending may stand in for the page."""
_ALPHABETS: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})
_LOOKALIKES: Final = frozenset("асԁеһіјкӏмнорԛѕтԝхугьѵοαρυνικτω-0123456789")
"""Letters of Cyrillic and Greek that look like Latin ones."""

ADDRESS_LENGTH: Final = 240
"""The longest address, in bytes: below what every file system and host takes for one path."""
PART_LENGTH: Final = 120
"""The longest part between two slashes, in bytes."""


def is_address(address: str) -> bool:
    """Tell whether every file system and URL (RFC 3986) can hold this address as it stands."""
    return (
        _SAFE.fullmatch(address) is not None
        and len(address) <= ADDRESS_LENGTH
        and (len(address) <= PART_LENGTH or max(map(len, address.split("/"))) <= PART_LENGTH)
        and ("/." not in address or all(part.strip(".") for part in address.split("/") if part))
    )


def is_reserved(address: str) -> bool:
    """Tell whether a host could take what lies at an address for its own settings.

    Those begin with a dot or an underscore, or have a name that some host reads; capitals and the
    folder don't matter.
    """
    parts = address.partition("#")[0].lower().split("/")
    return any(part[:1] in _SIGNS or part in _RESERVED for part in parts if part)


def is_misleading(url: str) -> bool:
    """Tell whether an address on the web looks as if it led elsewhere than it does.

    Either a name stands before the host (``https://bank.example@x.org/``), or a part of the host's
    name has letters of several alphabets, or only such as look Latin (Unicode TR 39, 5.1).
    """
    if not _WEB.match(url):
        return False
    try:
        netloc = urlsplit(url).netloc
        host = netloc.rpartition("@")[2].rpartition(":")[0] or netloc
    except ValueError:
        return False
    return "@" in netloc or any(_is_disguised(label) for label in host.split("."))


def _is_disguised(label: str) -> bool:
    if label.lower().startswith("xn--"):
        try:
            label = label[4:].encode("ascii").decode("punycode")
        except UnicodeError:
            return True
    if label.isascii():
        return False
    alphabets = {
        unicodedata.name(char, "").partition(" ")[0] for char in label if char.isalpha()
    } & _ALPHABETS
    return len(alphabets) > 1 or ("LATIN" not in alphabets and set(label) <= _LOOKALIKES)


def file_of(address: str) -> str:
    """Name the output file of an address: ``/termine/`` is ``termine/index.html``."""
    path = address.partition("#")[0].removeprefix("/")
    return path + "index.html" if not path or path.endswith("/") else path


def address_of(path: str) -> str:
    """Name the address of an output file, the reverse of ``file_of``."""
    if path.endswith("/index.html"):
        return f"/{path[:-10]}"
    return "/" if path == "index.html" else f"/{path}"


def relative(here: str, there: str, *, portable: bool = False) -> str:
    """Write the address ``there`` as a link on the page ``here`` (RFC 3986, 4.2).

    With ``portable`` the link names ``index.html``, so that it works from disk too.
    """
    path, hash_sign, fragment = there.partition("#")
    if path == here and fragment:
        return "#" + fragment
    if portable and path.endswith("/"):
        path += "index.html"
    ours, theirs = _folders(here), path.split("/")
    shared, most = 1, min(len(ours), len(theirs) - 1)
    while shared < most and ours[shared] == theirs[shared]:
        shared += 1
    link = "../" * (len(ours) - shared) + "/".join(theirs[shared:])
    return (link or "./") + hash_sign + fragment


@functools.lru_cache(maxsize=16)
def _folders(address: str) -> list[str]:
    """Split off the folders of an address; a page asks for its own with each link."""
    return address.split("/")[:-1]


def absolute(base_url: str, address: str) -> str:
    """Write an address as an absolute URL below the site's ``base_url``."""
    return base_url.rstrip("/") + address


def base_path(base_url: str) -> str:
    """Give the path at which the site starts: ``""`` at a domain's root, else ``/below``."""
    return urlsplit(base_url).path.rstrip("/")


def resolve(here: str, link: str) -> str | None:
    """Resolve a link found on the page ``here`` to an address, or None when it leaves the site.

    The fragment is kept, a query dropped; a link that climbs above the root resolves to ``/..``
    and thus to nothing that exists. ``index.html`` is taken as its folder. Written for speed: a
    site has a hundred times as many links as pages.
    """
    if _ABSOLUTE.match(link):
        return None
    path, _, fragment = link.partition("#")
    path = path.partition("?")[0]
    if not path:
        path = here
    else:
        if not path.startswith("/"):
            path = _joined(here, path)
        if "%" in path:
            path = unquote(path)
        if path.endswith("/index.html"):
            path = path.removesuffix("index.html")
    if not fragment:
        return path
    return f"{path}#{unquote(fragment) if '%' in fragment else fragment}"


def _joined(here: str, path: str) -> str:
    """Put a relative path behind the folder of ``here`` (RFC 3986, 5.2.4)."""
    parts = here.split("/")[:-1]
    *folders, last = path.split("/")
    for folder in folders:
        if folder == "..":
            if len(parts) == 1:
                return "/.."
            parts.pop()
        elif folder != ".":
            parts.append(folder)
    if last == "..":
        return _joined(here, path + "/")
    return "/".join((*parts, "" if last == "." else last))
