"""Addresses → what their hosts answer, asked politely: few hosts at once, one request at a time.

``HEAD`` first, ``GET`` where that is refused; nothing of a body is read. Redirects are followed
here, so that each hop keeps the pause of its host and circles are seen.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from typing import Final
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from msgspec import Struct

from netzsite import __version__

Step = Callable[[str, int, int], None]
"""Told the name of the work, how much is done, and of how much."""

AGENT: Final = f"netzsite/{__version__} (link check; at most one request a second and host)"
HOPS: Final = 5
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD: Final = frozenset({301, 308})
_WAIT: Final = frozenset({429, 503})
_SAFE: Final = "/%:@!$&'()*+,;=~-._?"
_NO_NAME: Final = frozenset(
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)
)


class Answer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came of one address."""

    status: int = 0
    """The last status (RFC 9110); 0 when there was none."""
    cause: str = ""
    """Why there was none: a word of the catalogue (``kinds``)."""
    to: str = ""
    """Where it has moved for good."""


class Manners(Struct, frozen=True, kw_only=True):
    """How to ask; times in seconds."""

    hosts: int = 4
    """How many hosts are asked at once."""
    pause: float = 1.0
    """Between two requests to one host."""
    timeout: float = 10.0
    """For one request, from connecting to the last header."""


class _FailedError(Exception):
    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


def visit(urls: Iterable[str], manners: Manners, step: Step) -> dict[str, Answer]:
    """Ask for each address once; ``step`` is told how many are done."""
    by_host: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        by_host.setdefault(urlsplit(url).netloc.lower(), []).append(url)
    total = sum(map(len, by_host.values()))
    visitor = _Visitor(manners)
    answers: dict[str, Answer] = {}
    with ThreadPoolExecutor(manners.hosts) as pool:
        for done in as_completed([pool.submit(visitor.host, of) for of in by_host.values()]):
            answers |= done.result()
            step("external", len(answers), total)
    return answers


class _Visitor:
    """Asks hosts, and keeps the pause between two requests to one of them."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self.free: dict[str, float] = {}
        """When a host may be asked again, by ``time.monotonic``."""

    def host(self, urls: list[str]) -> dict[str, Answer]:
        """Ask one host for its addresses, and no more once it asks to be left alone."""
        answers: dict[str, Answer] = {}
        for url in urls:
            last = next(reversed(answers.values()), None)
            busy = last is not None and last.status in _WAIT
            answers[url] = last if busy and last else self.answer(url)
        return answers

    def answer(self, url: str) -> Answer:
        """Follow an address to its end."""
        here, seen, kept = urldefrag(url)[0], set[str](), True
        moved = ""
        try:
            while here not in seen and len(seen) <= HOPS:
                seen.add(here)
                status, place = self.ask(here)
                if status not in _MOVED or not place:
                    return Answer(status=status, to=moved)
                kept = kept and status in _FOR_GOOD
                here = urldefrag(urljoin(here, place))[0]
                moved = here if kept else moved
                if urlsplit(here).scheme not in ("http", "https"):
                    return Answer(cause="bad-redirect")
        except _FailedError as failed:
            return Answer(cause=failed.cause)
        return Answer(cause="redirect-circle")

    def ask(self, url: str) -> tuple[int, str]:
        """Ask by HEAD, and by GET where that isn't answered well; gives status and Location."""
        try:
            status, place = self.request("HEAD", url)
        except _FailedError as failed:
            if failed.cause != "cut-off":
                raise
            status, place = 0, ""
        refused = status not in _WAIT and not 200 <= status < 400  # noqa: PLR2004 - RFC 9110, 15
        return self.request("GET", url) if refused else (status, place)

    def request(self, method: str, url: str) -> tuple[int, str]:
        """Send one request after the pause of its host."""
        parts = urlsplit(url)
        self.wait(parts.netloc.lower())
        try:
            host = (parts.hostname or "").encode("idna").decode("ascii")
            port = parts.port
        except (UnicodeError, ValueError):
            raise _FailedError("no-such-host") from None
        secure = parts.scheme == "https"
        make = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = make(host, port, timeout=self.manners.timeout)
        target = quote(parts.path or "/", safe=_SAFE)
        target += "?" + quote(parts.query, safe=_SAFE) if parts.query else ""
        late = threading.Event()
        limit = threading.Timer(self.manners.timeout, cut, (connection, late))
        limit.daemon = True
        limit.start()
        try:
            connection.request(method, target, headers={"User-Agent": AGENT, "Accept": "*/*"})
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", "")
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise _FailedError("timeout" if late.is_set() else cause_of(error)) from None
        finally:
            limit.cancel()
            connection.close()
            self.free[parts.netloc.lower()] = time.monotonic() + self.manners.pause

    def wait(self, host: str) -> None:
        """Wait until a host may be asked again."""
        time.sleep(max(self.free.get(host, 0.0) - time.monotonic(), 0.0))


def cut(connection: http.client.HTTPConnection, late: threading.Event) -> None:
    """End a request that takes too long, however its host spreads the bytes."""
    late.set()
    sock: socket.socket | None = connection.sock
    if sock is not None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def cause_of(error: Exception) -> str:  # noqa: PLR0911 - one line a cause
    """Name why there was no answer."""
    match error:
        case socket.gaierror():
            return "no-such-host" if error.errno in _NO_NAME else "name-service"
        case ssl.SSLCertVerificationError():
            return "certificate"
        case ssl.SSLError():
            return "no-encryption"
        case TimeoutError():
            return "timeout"
        case ConnectionRefusedError():
            return "refused"
        case (
            http.client.RemoteDisconnected() | ConnectionResetError() | http.client.BadStatusLine()
        ):
            return "cut-off"
    return "unreachable"
