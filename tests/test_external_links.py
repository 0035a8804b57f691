"""Links to other sites: tried politely, against a server that misbehaves in every way."""

import http.server
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import pytest

from netzsite import inventory
from netzsite.web import answer_cache, external_links, polite_client
from netzsite.web.polite_client import Answer, Manners
from tests.conftest import MUSTERVIERTEL, Run

QUICK = Manners(hosts=4, pause=0.0, timeout=0.6)
CLEAN = Answer(status=200)


class Moody(http.server.BaseHTTPRequestHandler):
    """Answers by the path: a status, a fault, or a redirect."""

    asked: ClassVar[list[tuple[str, str, str, float]]] = []

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:  # noqa: PLR0912 - one line a mood
        agent = self.headers.get("User-Agent", "")
        self.asked.append((self.command, self.path, agent, time.monotonic()))
        name, _, rest = self.path.strip("/").partition("/")
        match name:
            case "slow":
                time.sleep(2)
            case "drip":  # each byte comes in time, the whole never does
                try:
                    for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 30:
                        self.wfile.write(bytes([byte]))
                        self.wfile.flush()
                        time.sleep(0.1)
                except OSError:
                    pass
            case "cut":
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
            case "nohead" if self.command == "HEAD":
                self.say(405)
            case "headcut" if self.command == "HEAD":
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
            case "loop":
                self.say(302, "/loop/b" if rest == "a" else "/loop/a")
            case "far":
                self.say(301, f"/far/{int(rest) + 1}")
            case "moved":
                self.say(301, "/ok#unten")
            case "moved-for-now":
                self.say(302, "/ok")
            case "moved-then":
                self.say(301, "/moved-for-now")
            case "mail":
                self.say(301, "mailto:a@example.org")
            case "no-place":
                self.say(301)
            case _:
                self.say(int(name) if name.isdecimal() else 200)

    def say(self, status: int, place: str = "") -> None:
        self.send_response(status)
        if place:
            self.send_header("Location", place)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Moody.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Moody) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


ANSWERS = [
    ("/ok", CLEAN),
    ("/ok?a=ä&b=1#unten", CLEAN),
    ("/über uns", CLEAN),
    ("/nohead", CLEAN),
    ("/headcut", CLEAN),
    ("/404", Answer(status=404)),
    ("/410", Answer(status=410)),
    ("/403", Answer(status=403)),
    ("/500", Answer(status=500)),
    ("/moved", Answer(status=200, to="{}/ok")),
    ("/moved-for-now", CLEAN),
    ("/moved-then", Answer(status=200, to="{}/moved-for-now")),
    ("/no-place", Answer(status=301)),
    ("/loop/a", Answer(cause="redirect-circle")),
    ("/far/1", Answer(cause="redirect-circle")),
    ("/mail", Answer(cause="bad-redirect")),
    ("/cut", Answer(cause="cut-off")),
    ("/slow", Answer(cause="timeout")),
    ("/drip", Answer(cause="timeout")),
]


def test_each_way_to_answer_is_told_apart(server: str):
    found = polite_client.visit([server + path for path, _ in ANSWERS], QUICK, lambda *_: None)
    for path, answer in ANSWERS:
        wanted = Answer(status=answer.status, cause=answer.cause, to=answer.to.format(server))
        assert found[server + path] == wanted, path
    agents = {agent for _, _, agent, _ in Moody.asked}
    assert agents == {polite_client.AGENT}
    assert "netzsite/" in polite_client.AGENT


def test_a_host_that_is_not_there_is_told(server: str):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    urls = [f"http://127.0.0.1:{port}/", "https" + server.removeprefix("http") + "/ok"]
    found = polite_client.visit([*urls, "http://gibt-es-nicht.invalid/"], QUICK, lambda *_: None)
    assert found[urls[0]].cause == "refused"
    assert found[urls[1]].cause in ("no-encryption", "timeout", "cut-off")
    assert found["http://gibt-es-nicht.invalid/"].cause in ("no-such-host", "name-service")


def test_head_comes_first_and_get_only_where_it_is_refused(server: str):
    polite_client.visit([f"{server}/ok", f"{server}/nohead"], QUICK, lambda *_: None)
    asked = [(method, path) for method, path, _, _ in Moody.asked]
    assert asked == [("HEAD", "/ok"), ("HEAD", "/nohead"), ("GET", "/nohead")]


def test_a_host_gets_one_request_at_a_time_with_a_pause_between(server: str):
    pause = 0.25
    urls = [f"{server}/ok/{number}" for number in range(3)]
    polite_client.visit(
        [*urls, f"{server}/moved"], Manners(pause=pause, timeout=2), lambda *_: None
    )
    times = [when for *_, when in Moody.asked]
    assert len(times) == 5
    assert all(later - sooner > pause for sooner, later in pairwise(times))


def test_a_host_that_asks_for_patience_is_left_alone(server: str):
    urls = [f"{server}/429", f"{server}/ok"]
    found = polite_client.visit(urls, QUICK, lambda *_: None)
    assert [found[url].status for url in urls] == [429, 429]
    assert [path for _, path, _, _ in Moody.asked] == ["/429"]


def test_several_hosts_are_asked_at_once_and_progress_is_told(server: str):
    other = server.replace("127.0.0.1", "localhost")
    told: list[tuple[str, int, int]] = []
    began = time.monotonic()
    slow = Manners(hosts=2, pause=0, timeout=1.0)
    polite_client.visit([f"{server}/slow", f"{other}/slow"], slow, lambda *step: told.append(step))
    assert time.monotonic() - began < 1.9
    assert told[-1] == ("external", 2, 2)


# From the records to the messages.


def small(root: Path, server: str) -> Path:
    content = root / "content"
    for folder in ("actors", "carriers", "pages"):
        (content / folder).mkdir(parents=True)
    site = "title: A\nlanguage: de\nbase_url: https://netz.de\ntimezone: Europe/Berlin\n"
    provider = "provider: {name: A, street: B 1, postal_code: 1, city: C, email: a@b.de,"
    provider += " phone: 0351 123456, represented_by: D}\n"
    menu = f"navigation:\n- to: {server}/menu\n  label: Weg\n" if "https" in server else ""
    (content / "site.yaml").write_text(site + provider + menu, "utf-8")
    (content / "carriers/c.yaml").write_text(f"name: C\nurl: {server}/404\n", "utf-8")
    contact = f"contacts:\n- role: A\n- role: B\n  url: {server}/moved\n"
    (content / "actors/a.yaml").write_text(f"name: A\ncarrier: c\n{contact}", "utf-8")
    text = f"---\ntitle: D\n---\n\nEin [Link]({server}/403) und [noch einer]({server}/ok).\n"
    (content / "pages/datenschutz.md").write_text(text, "utf-8")
    return root


def test_links_are_found_in_fields_and_texts_at_their_places(tmp_path: Path):
    small(tmp_path, "https://w.de")
    found = external_links.links(inventory.read(tmp_path).parsed)
    places = {
        (link.path, link.url.rpartition("/")[2], link.spot.line if link.spot else 0)
        for link in found
    }
    assert places == {
        ("site.yaml", "menu", 7),
        ("carriers/c.yaml", "404", 2),
        ("actors/a.yaml", "moved", 6),
        ("pages/datenschutz.md", "403", 5),
        ("pages/datenschutz.md", "ok", 5),
    }


def test_every_link_of_the_fictional_site_has_its_place():
    found = external_links.links(inventory.read(MUSTERVIERTEL).parsed)
    assert len(found) > 5
    assert all(link.spot and link.url.startswith("http") for link in found)
    assert not {link.url for link in found} & {"https://musterviertel.example.org"}


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do without the pauses: the server is one's own."""
    tried = external_links.tried.__defaults__
    assert tried is not None
    monkeypatch.setattr(external_links.tried, "__defaults__", (QUICK,))


@pytest.mark.usefixtures("hasty")
def test_check_tells_of_links_with_file_and_line(run: Run, tmp_path: Path, server: str):
    small(tmp_path, server)
    code, _, err = run("check", str(tmp_path), "--external", "--today=2026-11-20")
    assert code == 0, err
    assert "content/carriers/c.yaml:2:6: Warnung: Der Link" in err
    assert f"[Link]({server}/403)" in err
    assert "HTTP 403" in err
    assert f"Schreiben Sie die neue Adresse: {server}/ok" in err
    for told in ("[external-dead]", "[external-moved]", "[external-unsure]"):
        assert err.count(told) == 1
    assert run("check", str(tmp_path), "--external", "--strict", "--today=2026-11-20")[0] == 0
    form = ("--format=json", "--today=2026-11-20")
    report = json.loads(run("check", str(tmp_path), "--external", *form)[1])
    assert {one["code"] for one in report["problems"]} >= {"external-dead"}


@pytest.mark.usefixtures("hasty")
def test_good_answers_are_remembered_for_a_week_and_bad_ones_asked_again(
    run: Run, tmp_path: Path, server: str
):
    small(tmp_path, server)

    def asked(day: str, *more: str) -> set[str]:
        Moody.asked = []
        run("check", str(tmp_path), "--external", f"--today={day}", *more)
        return {path for _, path, _, _ in Moody.asked}

    everything = {"/404", "/403", "/ok", "/moved"}
    assert asked("2026-11-20") == everything
    assert asked("2026-11-21") == {"/404", "/403"}
    assert asked("2026-11-26") == {"/404", "/403"}
    assert asked("2026-11-26", "--no-cache") == everything
    assert asked("2026-11-27") == everything
    (tmp_path / ".netzsite-cache" / answer_cache.FILE).write_text("{", "utf-8")
    assert asked("2026-11-27") == everything


@pytest.mark.usefixtures("hasty")
def test_neither_build_nor_check_asks_anybody_without_being_told_to(
    run: Run, tmp_path: Path, server: str
):
    small(tmp_path, server)
    run("check", str(tmp_path), "--today=2026-11-20")
    run("build", str(tmp_path), "--today=2026-11-20")
    assert not Moody.asked
    assert not (tmp_path / ".netzsite-cache" / answer_cache.FILE).exists()


def test_what_is_no_longer_linked_is_forgotten(tmp_path: Path):
    day = date(2026, 11, 20)
    answer_cache.remember(tmp_path, day, {"a": CLEAN, "b": CLEAN}, {"a", "b"})
    answer_cache.remember(tmp_path, day, {"c": CLEAN, "d": Answer(status=404)}, {"b", "c", "d"})
    assert answer_cache.recall(tmp_path, day).keys() == {"b", "c"}
