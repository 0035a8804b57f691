"""An open page → what its preview's server tells it: server-sent events, or LiveReload's WebSocket.

Both say that the site has changed; a browser would load the page again at that moment.
"""

import http.client
import json
from typing import Final, Protocol

PATIENCE: Final = 120.0
"""Seconds to wait for a server to say something."""
_HELLO: Final = {
    "command": "hello",
    "protocols": ["http://livereload.com/protocols/official-7"],
}


class Listener(Protocol):
    """One open page's line to its server."""

    def hear(self) -> bool:
        """Wait for the server to say that something changed; tells whether all is done with it.

        Raises ``TimeoutError``.
        """

    def close(self) -> None:
        """Hang up."""


class Events:
    """Hears of netzsite's rounds (server-sent events)."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._line.request("GET", "/.netzsite/events")
        self._answer = self._line.getresponse()
        while not self._news()["ready"]:
            pass

    def hear(self) -> bool:
        """Wait for news; a page that was shown early is followed by the whole site."""
        return not self._news().get("early", False)

    def _news(self) -> dict[str, object]:
        while True:
            line = self._answer.readline()
            if not line:
                raise ConnectionError("the server hung up")
            if line.startswith(b"data:"):
                news: dict[str, object] = json.loads(line[5:])
                return news

    def close(self) -> None:
        """Hang up."""
        self._line.close()


class LiveReload:
    """Hears of Hugo's builds, as the script in its pages does."""

    def __init__(self, port: int) -> None:
        from websockets.sync.client import connect  # noqa: PLC0415 - only with Hugo is it installed

        self._line = connect(f"ws://127.0.0.1:{port}/livereload", open_timeout=PATIENCE)
        self._line.send(json.dumps(_HELLO, separators=(",", ":")))
        self._line.recv(timeout=PATIENCE)

    def hear(self) -> bool:
        """Wait for the message to reload; it comes when the build is done."""
        while json.loads(self._line.recv(timeout=PATIENCE))["command"] != "reload":
            pass
        return True

    def close(self) -> None:
        """Hang up."""
        self._line.close()
