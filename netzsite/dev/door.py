"""Who may see the preview: those who call this computer by one of its names, and know the key.

Names of hosts that aren't this computer's are refused, since a page from elsewhere could get at
drafts by giving its own name this address (DNS rebinding). Who calls from this computer needs no
key.
"""

import hmac
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY: Final = "key"
"""What the key is called in an address."""
_COOKIE: Final = "netzsite-key"
_HEADERS: Final = {
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_OUTSIDE: Final = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses that are nobody's (RFC 5737, RFC 3849): asking the way there sends nothing."""


class Door:
    """Lets in who may see the preview, and says how answers are kept."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], key: str = "") -> None:
        self._app = app
        self._hosts = hosts
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        app = self._app
        if not is_own(Headers(scope=scope).get("host", ""), self._hosts):
            app = PlainTextResponse("netzsite: unknown host", 403)
        elif self._key and not is_here(scope):
            app = self._asked(scope) or app
        await app(scope, receive, _sending(send))

    def _asked(self, scope: Scope) -> Response | None:
        """Ask for the key; who has it in the address keeps it, and goes on without."""
        if self._fits(_kept(Headers(scope=scope).get("cookie", ""))):
            return None
        query = parse_qsl(scope.get("query_string", b"").decode("latin-1"))
        if not any(name == KEY and self._fits(value) for name, value in query):
            return PlainTextResponse("netzsite: the address lacks its key", 403)
        rest = urlencode([pair for pair in query if pair[0] != KEY])
        path = "/" + quote(scope["path"].lstrip("/"))  # „//host“ would lead elsewhere
        answer = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
        answer.set_cookie(_COOKIE, self._key, httponly=True, samesite="strict")
        return answer

    def _fits(self, value: str) -> bool:
        return hmac.compare_digest(value.encode(), self._key.encode())


def _kept(header: str) -> str:
    """Read the key that a browser has kept."""
    try:
        found = SimpleCookie(header).get(_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _sending(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_HEADERS)
        await send(message)

    return sending


def is_own(host: str, hosts: frozenset[str]) -> bool:
    """Tell whether a Host header names this computer; a bare IP address can't be rebound."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name == "localhost" or name.endswith(".localhost") or name in hosts:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_here(scope: Scope) -> bool:
    """Tell whether a request comes from this computer."""
    client = scope.get("client")
    return client is not None and is_loopback(client[0])


def is_loopback(host: str) -> bool:
    """Tell whether only this computer can call an address."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def addresses(taken: socket.socket) -> tuple[str, ...]:
    """Write the addresses at which other computers find a port that was taken, if they do."""
    host, port = taken.getsockname()[:2]
    if is_loopback(host):
        return ()
    if not ipaddress.ip_address(host.partition("%")[0]).is_unspecified:
        return (_address(host, port),)
    found = (_own(*way) for way in _OUTSIDE if way[0] == taken.family or host == "::")
    return tuple(_address(own, port) for own in found if own)


def _own(family: socket.AddressFamily, outside: str) -> str:
    """Ask the system for the address under which this computer would call another one."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asking:
            asking.connect((outside, 9))
            return str(asking.getsockname()[0])
    except OSError:
        return ""


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
