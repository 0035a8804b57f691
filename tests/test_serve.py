"""``netzsite serve``: a real server that shows the preview folder and nothing else."""

import http.client
import shlex
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from netzsite.dev.editor_links import Editor
from netzsite.dev.listen import address_of, bind
from netzsite.dev.page_policy import admit_client
from netzsite.dev.watch import Watch
from netzsite.pipeline.build import CACHE
from netzsite.problems import Problem, Spot
from tests.conftest import ROOT, TODAY, Run
from tests.running import PATIENCE, POST, Running, add, put, starter

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return starter(tmp_path_factory.mktemp("serve") / "klein")


BROWSER = "import sys; open(sys.argv[1], 'w').write(sys.argv[2])"
"""What stands for a browser: it notes down which address it was to open."""


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[tuple[str, int]]:
    """The starter's site as the command serves it: host and port."""
    browser = shlex.join((sys.executable, "-c", BROWSER, str(home / "geöffnet"), "%s"))
    call = ("serve", str(home), "--today", str(TODAY), "--port", "0", "--open")
    with Running(*call, BROWSER=browser) as running:
        address = running.until("Vorschau: ").removeprefix("Vorschau: ")
        running.until("Fertig: ")
        host, port = address.removeprefix("http://").rstrip("/").split(":")
        yield host, int(port)
        assert running.end() == 0
        assert running.lines[-1] == "Beendet."


def ask(served: tuple[str, int], path: str, method: str = "GET", host: str | None = None) -> Answer:
    """Ask for a path just as it is written."""
    connection = http.client.HTTPConnection(*served, timeout=PATIENCE)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"{served[0]}:{served[1]}")
    connection.endheaders()
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, data


def test_the_preview_is_opened_in_the_browser(served: tuple[str, int], home: Path):
    assert (home / "geöffnet").read_text() == f"http://{served[0]}:{served[1]}/"


def test_without_a_browser_one_is_told_to_open_it(
    home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
):
    def stop(_self: Watch, _seconds: float) -> frozenset[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(Watch, "wait", stop)
    monkeypatch.setattr("webbrowser.open", lambda _url: False)
    code, out, _ = run("serve", str(home), "--open", "--cache", str(home / "anderswo"))
    assert code == 0
    assert "Rufen Sie die Adresse selbst auf." in out


def test_pages_and_files_have_their_types(served: tuple[str, int]):
    for path, kind in {
        "/": "text/html; charset=utf-8",
        "/aktuelles/matten-gesucht/": "text/html; charset=utf-8",
        "/aktuelles/index.html": "text/html; charset=utf-8",
        "/static/site.css": "text/css; charset=utf-8",
        "/static/week.js": "text/javascript; charset=utf-8",
        "/feed.xml": "application/xml",
        "/feed.json": "application/json",
        "/termine.ics": "text/calendar; charset=utf-8",
        "/favicon.svg": "image/svg+xml",
        "/robots.txt": "text/plain; charset=utf-8",
        "/.netzsite/live.js": "text/javascript; charset=utf-8",
        "/.netzsite/overlay.css": "text/css; charset=utf-8",
    }.items():
        status, headers, data = ask(served, path)
        assert (status, headers["content-type"]) == (200, kind), path
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert data


def test_files_come_as_they_were_built_and_pages_with_one_script_more(
    served: tuple[str, int], home: Path
):
    for file in (home / CACHE / "preview").rglob("*"):
        path = file.relative_to(home / CACHE / "preview").as_posix()
        if not file.is_file() or path.startswith("."):
            continue
        _, _, data = ask(served, f"/{path}")
        if file.suffix == ".html":
            before, script, after = data.partition(b'<script src="/.netzsite/live.js"')
            assert script
            built = file.read_bytes()
            assert before + after.partition(b"</script>")[2] == admit_client(built)
            assert admit_client(built).count(b"<") == built.count(
                b"<"
            )  # but for its policy the same
        else:
            assert data == file.read_bytes()


def test_a_head_request_gets_no_body(served: tuple[str, int]):
    status, headers, data = ask(served, "/", "HEAD")
    assert (status, data) == (200, b"")
    assert int(headers["content-length"]) > 1000


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_sent(served: tuple[str, int], method: str):
    assert ask(served, "/", method)[0] == 405


def test_a_folder_without_its_slash_leads_to_the_page(served: tuple[str, int]):
    status, headers, _ = ask(served, "/aktuelles")
    assert (status, headers["location"]) == (308, "/aktuelles/")


def test_what_is_not_there_is_the_sites_own_page_for_it(served: tuple[str, int]):
    status, headers, data = ask(served, "/gibt/es/nicht/")
    assert status == 404
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert "Seite nicht gefunden" in data.decode()
    assert b"/.netzsite/live.js" in data


@pytest.mark.parametrize(
    "path",
    [
        "/../../content/site.yaml",
        "/../memo.sqlite",
        "/%2e%2e/memo.sqlite",
        "/..%2fmemo.sqlite",
        "/%2e%2e%2f%2e%2e%2fcontent%2fsite.yaml",
        "/..%5c..%5ccontent%5csite.yaml",
        "/static/..%2f..%2f..%2fcontent/site.yaml",
        "/static/../../../content/site.yaml",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/etc/passwd",
        "/C:/windows/win.ini",
        "/.netzsite-manifest",
        "/%2enetzsite-manifest",
        "/.netzsite/../memo.sqlite",
        "/.netzsite/..%2fserver.py",
        "/.netzsite/%2e%2e/server.py",
        "/.netzsite/live.js%00.css",
        "/.netzsite/",
        "/index.html%00",
        "/%00",
        "/%ff",
        "/index.html/",
        "/" + "a" * 5000,
        "/" + "a/" * 2000,
    ],
)
def test_no_path_leaves_the_built_site(served: tuple[str, int], path: str):
    status, _, data = ask(served, path)
    assert status == 404
    assert b"root:" not in data
    assert b"timezone" not in data
    assert b"SQLite" not in data
    assert b"netzsite 1" not in data


def test_a_link_out_of_the_folder_is_not_followed(served: tuple[str, int], home: Path):
    link = home / CACHE / "preview" / "fremd.txt"
    link.symlink_to(home / "content" / "site.yaml")
    assert ask(served, "/fremd.txt")[0] == 404
    link.unlink()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:1", 200),
        ("localhost:8000", 200),
        ("LOCALHOST", 200),
        ("netzwerk.localhost", 200),
        ("[::1]:8000", 200),
        ("192.168.1.20:8000", 200),
        ("evil.example", 403),
        ("evil.example:8000", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("127.0.0.1@evil.example", 403),
        ("evil.example/127.0.0.1", 403),
        ("[::1", 403),
        (" ", 403),
    ],
)
def test_only_names_of_this_computer_are_answered(served: tuple[str, int], host: str, status: int):
    for path in ("/", "/.netzsite/events2", "/.netzsite/live.js"):
        got = ask(served, path, host=host)[0]
        assert got == (404 if status == 200 and path.endswith("2") else status)


def test_the_output_folder_is_left_alone(home: Path, served: tuple[str, int]):
    assert served
    assert not (home / "output").exists()


def test_the_next_free_port_is_taken():
    first = bind("127.0.0.1", 0)
    port = first.getsockname()[1]
    second = bind("127.0.0.1", port)
    assert port < second.getsockname()[1] <= port + 50
    assert address_of(second) == f"http://127.0.0.1:{second.getsockname()[1]}/"
    first.close()
    second.close()


def test_an_address_that_is_not_here_is_told(home: Path, run: Run):
    code, _, err = run("serve", str(home), "--host", "203.0.113.1")
    assert code == 1
    assert "Auf 203.0.113.1 lässt sich ab 8000 kein Port öffnen" in err


@pytest.mark.skipif(not socket.has_ipv6, reason="has no IPv6")
def test_addresses_name_the_host_as_browsers_do():
    try:
        taken = bind("::1", 0)
    except OSError:
        pytest.skip("has no IPv6")
    assert address_of(taken) == f"http://[::1]:{taken.getsockname()[1]}/"
    taken.close()


def test_a_folder_without_content_and_a_wrong_editor_are_refused(
    tmp_path: Path, home: Path, run: Run
):
    code, _, err = run("serve", str(tmp_path))
    assert code == 2
    assert "netzsite init" in err
    for editor in ("emacs", "javascript:alert(1)//{path}", "vscode://file", "data:{path}"):
        code, _, err = run("serve", str(home), "--edit-with", editor)
        assert code == 2
        assert "--edit-with" in err


# The address that opens a file.

SPOT = Problem(code="unknown-key", path="content/actors/grün & gut.yaml", spot=Spot(7, 3, 4))
PLAIN = Problem(code="no-site", path="content/site.yaml")


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("vscode", "vscode://file/s/content/actors/gr%C3%BCn%20%26%20gut.yaml:7:3"),
        ("idea", "idea://open?file=/s/content/actors/gr%C3%BCn%20%26%20gut.yaml&line=7&column=3"),
        ("zed://file{path}:{line}", "zed://file/s/content/actors/gr%C3%BCn%20%26%20gut.yaml:7"),
        ("host", "https://git.example/edit/content/actors/gr%C3%BCn%20%26%20gut.yaml#L7"),
        ("none", None),
    ],
)
def test_a_mistake_leads_to_its_line(pattern: str, address: str | None):
    editor = Editor(root=Path("/s"), pattern=pattern)
    assert editor.address(SPOT, "https://git.example/edit/{path}") == address


def test_without_a_place_or_a_host_no_address_is_made():
    assert Editor(root=Path("/s"), pattern="host").address(SPOT, None) is None
    nowhere = Problem(code="locked")
    assert Editor(root=Path("/s"), pattern="vscode").address(nowhere, None) is None
    first = Editor(root=Path("/s"), pattern="vscode").address(PLAIN, None)
    assert first == "vscode://file/s/content/site.yaml:1:1"


def test_a_template_is_opened_where_it_lies(tmp_path: Path):
    problem = Problem(code="template-syntax", path="templates/post.html", spot=Spot(2))
    editor = Editor(root=tmp_path, pattern="vscode")
    assert editor.address(problem, None) == f"vscode://file{ROOT}/templates/post.html:2:1"
    put(tmp_path, "templates/post.html", "x")
    own = (tmp_path / "templates/post.html").resolve()
    assert editor.address(problem, None) == f"vscode://file{own}:2:1"


# A site below a path; a browser that is opened; a server without an edit.


def test_a_site_below_a_path_is_served_there(tmp_path: Path):
    root = starter(tmp_path / "klein")
    site = root / "content/site.yaml"
    text = site.read_text("utf-8")
    url = next(line for line in text.splitlines() if line.startswith("base_url:"))
    site.write_text(text.replace(url, "base_url: https://example.org/netz/werk"), "utf-8")
    with Running("serve", str(root), "--today", str(TODAY), "--port", "0") as running:
        address = running.until("Vorschau: ").removeprefix("Vorschau: http://").rstrip("/")
        running.until("Fertig: ")
        served = (address.split(":")[0], int(address.split(":")[1]))
        assert ask(served, "/")[1]["location"] == "/netz/werk/"
        assert ask(served, "/netz/werk")[1]["location"] == "/netz/werk/"
        assert ask(served, "/netz/werk/")[0] == 200
        assert ask(served, "/netz/werk/aktuelles")[1]["location"] == "/netz/werk/aktuelles/"
        assert ask(served, "/netz/werkaktuelles/")[0] == 404
        status, _, data = ask(served, "/aktuelles/")
        assert status == 404
        assert b'href="/netz/werk/static/site.css"' in data
        put(root, "content/site.yaml", text)
        running.until("site.yaml: ")
        end = time.monotonic() + PATIENCE
        while ask(served, "/")[0] != 200:
            assert time.monotonic() < end
        add(root, POST, "\nNeu.\n")
        running.until(POST)
        assert b"Neu." in ask(served, "/aktuelles/matten-gesucht/")[2]
        assert running.end() == 0
