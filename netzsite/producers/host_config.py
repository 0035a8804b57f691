"""The policy and the caching → files for whoever serves the site.

``_headers`` is what Netlify, Cloudflare Pages and others read by themselves. The snippets for nginx
and Apache lie in ``_hosting/``, where no server obeys them before its administrator includes them;
they say nothing that isn't in every response anyway, so that it does no harm to publish them.

The policy goes with every file. A drawing in a page is shown without it; opened at its own address
it keeps attributes like ``fill`` and loses styles of its own, which is little to give for a drawing
that can't run a script there either.

Assets keep their plain names, so everything is to be asked for anew (``no-cache``): with an ETag
the answer is a few bytes as long as nothing has changed.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from netzsite import urls
from netzsite.network.network import Network
from netzsite.rendering.job import Job, Tools

PERMISSIONS: Final = (
    *("accelerometer", "browsing-topics", "camera", "compute-pressure", "display-capture"),
    *("encrypted-media", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection"),
    *("local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment"),
    *("publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial"),
    *("storage-access", "usb", "window-management", "xr-spatial-tracking"),
)
"""Features of a browser that no page of ours has a use for (Permissions Policy)."""
TYPES: Final = {
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "webmanifest": "application/manifest+json",
}
"""Kinds of files that servers often don't know; with ``nosniff`` a wrong one is refused."""
_TEXTS: Final = (
    *("text/css", "text/plain", "text/xml", *TYPES.values()),
    *("application/javascript", "application/json", "application/xml", "image/svg+xml"),
)
_YEAR: Final = 31_536_000
"""Seconds."""


class Served(Struct, frozen=True, kw_only=True):
    """What the files depend on beside the frame: nothing."""


def jobs(_network: Network) -> Iterator[Job]:
    """Make the files for hosts."""
    for path, render in (
        ("_headers", table),
        ("_hosting/nginx.conf", nginx),
        ("_hosting/apache.conf", apache),
    ):
        yield Job(path=path, render=render, args=Served())


def headers(tools: Tools) -> dict[str, str]:
    """Give the headers of every response.

    HTTPS is made binding (RFC 6797) only for a site that has its host to itself: below a path
    others live on the same host.
    """
    found = {
        "Content-Security-Policy": f"{tools.frame.policy}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in PERMISSIONS),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }
    base = tools.frame.base_url
    if base.startswith("https://") and not urls.base_path(base):
        found["Strict-Transport-Security"] = f"max-age={_YEAR}"
    return found


def table(_args: Served, tools: Tools) -> bytes:
    """Write ``_headers`` (Netlify, Cloudflare Pages)."""
    lines = [f"{urls.base_path(tools.frame.base_url)}/*"]
    lines += (f"  {name}: {value}" for name, value in headers(tools).items())
    return _written(lines)


def nginx(_args: Served, tools: Tools) -> bytes:
    """Write the directives for nginx, to be included in a ``server`` or ``location`` block."""
    base = urls.base_path(tools.frame.base_url)
    lines = ["# nginx: include this in the server block of the site."]
    lines += (f'add_header {name} "{value}" always;' for name, value in headers(tools).items())
    lines += ["charset utf-8;", f"charset_types {' '.join(_TEXTS)};"]
    lines.append(f"error_page 404 {base}/404.html;")
    for ending, kind in TYPES.items():
        lines.append(f"location ~ \\.{ending}$ {{ types {{ }} default_type {kind}; }}")
    return _written(lines)


def apache(_args: Served, tools: Tools) -> bytes:
    """Write the directives for Apache's virtual host or ``.htaccess``; needs mod_headers."""
    base = urls.base_path(tools.frame.base_url)
    lines = ["# Apache: put this into the virtual host or .htaccess; needs mod_headers."]
    lines += (f'Header always set {name} "{value}"' for name, value in headers(tools).items())
    lines += ["AddDefaultCharset utf-8", f"ErrorDocument 404 {base}/404.html"]
    lines += (f"AddType {kind} .{ending}" for ending, kind in TYPES.items())
    return _written(lines)


def _written(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
