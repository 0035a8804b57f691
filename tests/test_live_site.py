"""A published site against a fresh build: a real server that injects, changes, loses and misleads."""

import gzip
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest

from netzsite.catalogue import catalogue
from netzsite.pipeline.build import build
from netzsite.problem_text import message
from netzsite.problems import Problem
from netzsite.urls import file_of
from netzsite.web import live_site
from netzsite.web.live_site import Pace
from tests.conftest import Run, options
from tests.hosting import Server
from tests.test_legal import SITE

Answer = dict[str, object]
Mood = Callable[[str, Answer], None]
"""Changes the answer to an address: ``status``, ``headers`` (a list of pairs), ``body``."""

KINDS = {
    "html": "text/html; charset=utf-8",
    "css": "text/css",
    "js": "text/javascript",
    "xml": "text/xml",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "png": "image/png",
    "pdf": "application/pdf",
    "webp": "image/webp",
    "ico": "image/x-icon",
    "webmanifest": "application/manifest+json",
}


class Host(http.server.BaseHTTPRequestHandler):
    """Delivers a folder as a good host does, but for its mood."""

    protocol_version = "HTTP/1.1"
    folder: ClassVar[Path]
    mood: ClassVar[Mood | None]
    asked: ClassVar[list[tuple[str, str]]]

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers.get("User-Agent", "")))
        address = self.path.removeprefix("/netz")
        file = self.folder / file_of(address)
        found = file.is_file()
        answer: Answer = {
            "status": 200 if found else 404,
            "headers": [("Content-Type", KINDS[file.suffix[1:]])] if found else [],
            "body": file.read_bytes() if found else b"not here",
        }
        fields = (self.folder / "_headers").read_text("utf-8").splitlines()[1:]
        answer["headers"] += [tuple(line.strip().split(": ", 1)) for line in fields]  # type: ignore[operator]
        if type(self).mood:
            type(self).mood(address, answer)  # type: ignore[misc]
        body = answer["body"]
        assert isinstance(body, bytes)
        self.send_response(int(str(answer["status"])))
        for name, value in answer["headers"]:  # type: ignore[attr-defined]
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def hosted(folder: Path, mood: Mood | None = None) -> Iterator[str]:
    """Deliver a folder; gives the address it stands at."""
    handler = type("Handler", (Host,), {"folder": folder, "mood": mood, "asked": []})
    with Server(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        Host.asked = handler.asked
        yield f"http://127.0.0.1:{running.server_port}/netz"
        running.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site that passes the gate, with a picture and an old address; built."""
    from PIL import Image

    root = tmp_path_factory.mktemp("seite")
    page = "---\ntitle: Verein\naliases: [/alt/]\n---\n\n![Ein Hof](media/hof.png)\n"
    (root / "content" / "pages").mkdir(parents=True)
    (root / "content" / "media").mkdir()
    (root / "content" / "site.yaml").write_text(SITE, "utf-8")
    (root / "content" / "pages" / "verein.md").write_text(page, "utf-8")
    Image.new("RGB", (4, 4), "teal").save(root / "content" / "media" / "hof.png")
    assert build(options(root)).published
    return root


PACE = Pace(timeout=5.0)


def told(root: Path, mood: Mood | None = None, pace: Pace = PACE) -> tuple[Problem, ...]:
    """Compare the built site with what a host of that mood delivers."""
    with hosted(root / "output", mood) as live:
        return live_site.compare(root / "output", live, "https://netzwerk-musterdorf.de", pace=pace)


def one(root: Path, mood: Mood) -> tuple[str, str, int, str]:
    """The one problem there is: code, file, line and sentence, without the server's address."""
    (problem,) = told(root, mood)
    said = message(problem, catalogue("de"))
    start = said.index("http://127.0.0.1")
    said = said[:start] + said[said.index("/netz", start) + 5 :]
    return problem.code, problem.path, problem.spot.line if problem.spot else 0, said


def test_a_good_host_gets_no_word_and_few_requests_at_once(root: Path):
    assert told(root) == ()
    addresses = [path for path, _ in Host.asked]
    assert len(addresses) == len(set(addresses)) > 20
    assert "/netz/media/hof-4w.png" in addresses
    assert not any("_headers" in path or "404.html" in path for path in addresses)
    assert {agent.partition("/")[0] for _, agent in Host.asked} == {"netzsite"}


def body(answer: Answer, change: Callable[[bytes], bytes]) -> None:
    assert isinstance(answer["body"], bytes)
    answer["body"] = change(answer["body"])


def is_page(address: str) -> bool:
    return address.endswith("/")


def inject(script: bytes) -> Mood:
    def mood(address: str, answer: Answer) -> None:
        if is_page(address):
            body(answer, lambda page: page.replace(b"</body>", script + b"</body>"))

    return mood


@pytest.mark.parametrize(
    ("script", "what"),
    [
        (b'<script src="https://zaehler.example.org/z.js"></script>', "https://zaehler.example.org/z.js"),
        (b'<script src="/cdn-cgi/z.js"></script>', "/cdn-cgi/z.js"),
        (b"<script>zaehle()</script>", "zaehle()"),
    ],
)  # fmt: skip
def test_a_script_that_the_host_writes_into_pages_is_told_once(
    root: Path, script: bytes, what: str
):
    code, path, line, said = one(root, inject(script))
    assert (code, path) == ("live-added", "output/index.html")
    page = (root / "output" / "index.html").read_text("utf-8").split("\n")
    assert page[line - 1] == "</body>"
    assert said.startswith("/ (")
    assert said.endswith(f"×) enthält, was nicht von Ihnen ist: {what}.")


def test_a_cookie_is_told(root: Path):
    def mood(address: str, answer: Answer) -> None:
        if is_page(address):
            answer["headers"] += [("Set-Cookie", "PHPSESSID=1; path=/"), ("set-cookie", "b=2")]  # type: ignore[operator]

    found = [(one.code, one.facts["what"]) for one in told(root, mood)]
    assert found == [("live-cookie", "PHPSESSID"), ("live-cookie", "b")]


def without(name: str, instead: str = "") -> Mood:
    def mood(_address: str, answer: Answer) -> None:
        kept = [pair for pair in answer["headers"] if pair[0] != name]  # type: ignore[attr-defined]
        answer["headers"] = [*kept, (name, instead)] if instead else kept

    return mood


def test_a_header_that_is_dropped_is_told(root: Path):
    code, _, _, said = one(root, without("X-Content-Type-Options"))
    assert code == "live-header"
    assert "„X-Content-Type-Options“ nicht wie vorgesehen (es fehlt)" in said


def test_a_policy_that_is_watered_down_is_told(root: Path):
    said = one(root, without("Content-Security-Policy", "default-src *"))[3]
    assert "„Content-Security-Policy“ nicht wie vorgesehen (default-src *)" in said


def test_other_caching_does_no_harm(root: Path):
    assert told(root, without("Cache-Control", "max-age=60")) == ()


def test_a_changed_picture_is_told(root: Path):
    def mood(address: str, answer: Answer) -> None:
        if address.startswith("/media/") and address.endswith(".png"):
            body(answer, lambda picture: picture[:-1])

    said = "/media/hof-4w.png ist nicht so, wie die Seite jetzt gebaut wird."
    assert one(root, mood) == ("live-changed", "output/media/hof-4w.png", 0, said)


def test_a_page_that_a_proxy_shortens_is_shown_at_its_first_difference(root: Path):
    def mood(address: str, answer: Answer) -> None:
        if address == "/verein/":
            body(answer, lambda page: page.replace(b">\n<", b"><"))

    code, path, line, said = one(root, mood)
    assert (code, path, line) == ("live-changed", "output/verein/index.html", 1)
    assert said.startswith("/verein/ ist nicht so, wie die Seite jetzt gebaut wird. Dort steht:")
    assert "<!doctype html><html" in said


def test_a_lost_file_is_told(root: Path):
    def mood(address: str, answer: Answer) -> None:
        if address == "/verein/":
            answer.update(status=404, body=b"weg")

    said = "/verein/ gibt es auf der veröffentlichten Seite nicht."
    assert one(root, mood) == ("live-missing", "output/verein/index.html", 0, said)


def redirect(address: str, to: str) -> Mood:
    def mood(asked: str, answer: Answer) -> None:
        if asked == address:
            answer.update(status=301, headers=[("Location", to)], body=b"")

    return mood


def test_a_redirect_to_elsewhere_is_told(root: Path):
    said = "/verein/ leitet weiter auf https://werbung.example.org/."
    found = one(root, redirect("/verein/", "https://werbung.example.org/"))
    assert found == ("live-redirect", "output/verein/index.html", 0, said)


def test_a_host_may_lead_an_old_address_on_by_itself(root: Path):
    assert told(root, redirect("/alt/", "/netz/verein/")) == ()
    assert one(root, redirect("/alt/", "//werbung.example.org/"))[0] == "live-redirect"


def test_a_wrong_type_is_told(root: Path):
    def mood(address: str, answer: Answer) -> None:
        if address.endswith(".css"):
            answer["headers"] = [("Content-Type", "text/plain")]

    code, path, _, said = one(root, mood)
    assert (code, path) == ("live-type", "output/static/site.css")
    assert said.endswith("mit der falschen Art „text/plain“.")


def test_a_failing_server_is_told(root: Path):
    def mood(address: str, answer: Answer) -> None:
        if address == "/verein/":
            answer["status"] = 500

    said = "/verein/ ist nicht zu bekommen: HTTP 500."
    assert one(root, mood) == ("live-unreachable", "output/verein/index.html", 0, said)


def test_a_host_that_has_enough_is_left_alone(root: Path):
    def mood(_address: str, answer: Answer) -> None:
        answer["status"] = 429

    assert one(root, mood)[0] == "live-unreachable"
    assert len(Host.asked) == 1


def test_a_slow_host_is_not_waited_for(root: Path):
    def mood(_address: str, _answer: Answer) -> None:
        time.sleep(1.0)

    (problem,) = told(root, mood, Pace(timeout=0.2))
    assert (problem.code, problem.facts["reason"]) == ("live-unreachable", "@timeout")


def test_what_is_packed_for_the_way_is_unpacked(root: Path):
    def mood(_address: str, answer: Answer) -> None:
        body(answer, gzip.compress)
        answer["headers"] += [("Content-Encoding", "gzip")]  # type: ignore[operator]

    assert told(root, mood) == ()


def test_nobody_at_home_is_one_problem(root: Path):
    report = live_site.checked(options(root), "http://127.0.0.1:9", PACE)
    assert [(one.code, one.facts["reason"]) for one in report.problems] == [
        ("live-unreachable", "@refused")
    ]
    assert not report.good
    assert not report.published


def test_a_site_with_a_mistake_is_not_compared(tmp_path: Path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text(f"{SITE}titel: Doppelt\n", "utf-8")
    report = live_site.checked(options(tmp_path), "http://127.0.0.1:9", PACE)
    assert {one.code for one in report.problems} == {"unknown-key"}


def test_the_command_ends_as_check_does(root: Path, run: Run):
    with hosted(root / "output") as live:
        code, out, err = run("check", str(root), "--today=2026-11-20", "--live", f"{live}/")
        assert (code, err) == (0, "")
        assert out.startswith("Geprüft in ")
    with hosted(root / "output", inject(b"<script>z()</script>")) as live:
        code, _, err = run("check", str(root), "--today=2026-11-20", "--live", live)
        assert code == 1
        assert "[live-added]" in err
    with hosted(root / "output", without("Referrer-Policy")) as live:
        asked = ("check", str(root), "--today=2026-11-20", "--live", live)
        code, _, err = run(*asked, "--strict")
        assert (code, "[live-header]" in err) == (0, True)
    code, _, err = run("check", str(root), "--live", "netz.de")
    assert code == 2
    assert "--live" in err
