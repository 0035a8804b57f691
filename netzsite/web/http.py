"""Addresses of one host → what it sends, as it sends it: status, header fields, bytes.

A connection is kept open from one file to the next. Redirects aren't followed: that a host leads
elsewhere is an answer, too.
"""

import http.client
import threading
import zlib
from contextlib import suppress
from typing import Final
from urllib.parse import quote, urlsplit

from msgspec import Struct

from netzsite import __version__
from netzsite.web.polite_client import cause_of, cut

AGENT: Final = f"netzsite/{__version__} (comparison of a published site)"
_SAFE: Final = "/%:@!$&'()*+,;=~-._"
_CHUNK: Final = 65_536


class Fetched(Struct, frozen=True, kw_only=True):
    """What came of one address."""

    status: int = 0
    """The status (RFC 9110); 0 when there was none."""
    cause: str = ""
    """Why there was none: a word of the catalogue (``kinds``)."""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        """Give a header field, all its values joined; empty when it isn't there."""
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())


class Line:
    """A connection to one host, opened when it is needed and again when it broke off."""

    def __init__(self, base: str, timeout: float) -> None:
        """Prepare a line to the site at ``base``; ``timeout`` in seconds, for a whole answer."""
        self._parts = urlsplit(base)
        self._timeout = timeout
        self._connection: http.client.HTTPConnection | None = None

    def fetch(self, address: str, most: int) -> Fetched:
        """Fetch an address of the site, of its body at most so many bytes."""
        target = quote(self._parts.path + address, safe=_SAFE)
        kept = self._connection is not None
        answer = self._ask(target, most)
        # A host may hang up on a connection that was idle: that says nothing of the address.
        return self._ask(target, most) if kept and answer.cause == "cut-off" else answer

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, target: str, most: int) -> Fetched:
        late = threading.Event()
        connection = self._connection = self._connection or self._open()
        limit = threading.Timer(self._timeout, cut, (connection, late))
        limit.daemon = True
        limit.start()
        try:
            fields = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
            connection.request("GET", target, headers=fields)
            answer = connection.getresponse()
            body = _read(answer, most)
        except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
            self.close()
            return Fetched(cause="timeout" if late.is_set() else cause_of(error))
        finally:
            limit.cancel()
        if not answer.isclosed():  # more than we care to read
            self.close()
        return Fetched(status=answer.status, headers=tuple(answer.getheaders()), body=body)

    def _open(self) -> http.client.HTTPConnection:
        secure = self._parts.scheme == "https"
        make = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        return make(self._parts.hostname or "", self._parts.port, timeout=self._timeout)


def _read(answer: http.client.HTTPResponse, most: int) -> bytes:
    """Read a body, unpacked where the host packed it although nobody asked it to."""
    parts, size = [], 0
    while size <= most and (part := answer.read(_CHUNK)):
        parts.append(part)
        size += len(part)
    body = b"".join(parts)
    if answer.getheader("Content-Encoding", "").lower() in ("gzip", "deflate"):
        with suppress(zlib.error):
            return zlib.decompressobj(wbits=47).decompress(body, most + 1)
    return body
