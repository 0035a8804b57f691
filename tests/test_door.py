"""Who may see the preview from another computer: who knows the key. No server is needed to ask."""

import socket
from pathlib import Path

import pytest

from netzsite.catalogue import catalogue
from netzsite.dev.app import application
from netzsite.dev.door import addresses, is_loopback
from netzsite.dev.error_overlay import Overlay
from netzsite.dev.livereload import Live
from tests.running import answers

HERE, THERE = "127.0.0.1", "192.0.2.7"
KEY = "geheim-123"


def ask(
    key: str, client: str | None, path: str = "/", query: str = "", **headers: str
) -> tuple[int, dict[str, str]]:
    """Ask the preview as the server would; gives status and headers."""
    words = catalogue("de")
    live = Live(Overlay(language=words.language, direction=words.direction))
    app = application(Path("/nirgends"), live, lambda: words, {"0.0.0.0"}, key=key)
    sending = {"host": "192.0.2.1:8000"} | headers
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "scheme": "http",
        "query_string": query.encode(),
        "client": (client, 4711) if client else None,
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sending.items()],
    }

    start = answers(app, scope)[0]
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}


SEEN = 503
"""What is answered while there is no site: somebody was let in."""


@pytest.mark.parametrize("client", [HERE, "127.0.0.9", "::1", "::ffff:127.0.0.1"])
def test_who_sits_here_needs_no_key(client: str):
    assert ask(KEY, client)[0] == SEEN
    assert is_loopback(client)


@pytest.mark.parametrize(
    ("query", "cookie"),
    [
        *(("", ""), ("key=", ""), ("key=falsch", ""), (f"key={KEY}x", ""), (f"KEY={KEY}", ""), (f"{KEY}", "")),
        *(("", "netzsite-key="), ("", "netzsite-key=falsch"), ("", f"key={KEY}"), ("", "\x00"), ("key=%00%ff", "")),
        ("key=ü", "netzsite-key=ü"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("client", [THERE, "fe80::1", "2001:db8::7", "kein", None])
@pytest.mark.parametrize("path", ["/", "/.netzsite/events", "/.netzsite/live.js", "/aktuelles/"])
def test_who_calls_from_elsewhere_without_the_key_sees_nothing(
    query: str, cookie: str, client: str | None, path: str
):
    status, headers = ask(KEY, client, path, query, cookie=cookie)
    assert status == 403
    assert "set-cookie" not in headers


def test_the_key_is_kept_and_goes_from_the_address():
    status, headers = ask(KEY, THERE, "/aktuelles/", f"a=1&key={KEY}")
    assert (status, headers["location"]) == (303, "/aktuelles/?a=1")
    kept = headers["set-cookie"]
    assert kept.startswith(f"netzsite-key={KEY};")
    assert {"httponly", "samesite=strict"} <= {part.strip().lower() for part in kept.split(";")}
    assert ask(KEY, THERE, cookie=kept.partition(";")[0])[0] == SEEN


def test_the_key_leads_nowhere_else():
    assert (
        ask(KEY, THERE, "//anderswo.example/", f"key={KEY}")[1]["location"] == "/anderswo.example/"
    )


def test_without_a_key_all_are_let_in_who_know_a_name():
    assert ask("", THERE)[0] == SEEN
    assert ask("", THERE, host="anderswo.example")[0] == 403
    assert ask(KEY, THERE, query=f"key={KEY}", host="anderswo.example")[0] == 403


class Taken:
    """A socket that listens somewhere, without doing it."""

    family = socket.AF_INET

    def __init__(self, host: str) -> None:
        self.host = host

    def getsockname(self) -> tuple[str, int]:
        return self.host, 8000


def test_the_addresses_for_others_are_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("netzsite.dev.door._own", lambda family, _: "10.0.0.5" if family == socket.AF_INET else "2001:db8::5")  # fmt: skip
    told = {
        host: addresses(Taken(host)) for host in ("127.0.0.1", "::1", "0.0.0.0", "::", "10.1.1.1")
    }  # type: ignore[arg-type]
    assert told["127.0.0.1"] == told["::1"] == ()
    assert told["0.0.0.0"] == ("http://10.0.0.5:8000/",)
    assert told["::"] == ("http://10.0.0.5:8000/", "http://[2001:db8::5]:8000/")
    assert told["10.1.1.1"] == ("http://10.1.1.1:8000/",)
