"""The built folder on a real static server: every link resolves, at the root and below a path."""

import http.server
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from netzsite.pipeline.build import build
from tests.conftest import MUSTERVIERTEL, ROOT, options


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module", params=["", "/unter/einem/pfad"])
def served(request, tmp_path_factory) -> Iterator[tuple[str, Path, str]]:
    """Both sites behind a server, at its root or below a path: base URL, folder, path."""
    below = request.param
    home = tmp_path_factory.mktemp("www")
    folder = home / below.strip("/") if below else home
    folder.parent.mkdir(parents=True, exist_ok=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(home)))
    base = f"http://127.0.0.1:{server.server_port}{below}"
    report = build(options(MUSTERVIERTEL, output=folder, base_url=base))
    assert report.published, report.problems
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield base, folder, below
    server.shutdown()
    thread.join()
    server.server_close()


def links_of(page: bytes) -> set[str]:
    found = set()
    for node in LexborHTMLParser(page).css("[href], [src]"):
        value = node.attributes.get("href") or node.attributes.get("src")
        if value and not value.startswith(("mailto:", "tel:", "geo:", "data:")):
            found.add(value)
    return found


def fetch(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, b""


def test_every_link_of_every_page_resolves(served: tuple[str, Path, str]):
    base, folder, _ = served
    waiting = [f"{base}/"]
    seen: dict[str, bytes] = {}
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        status, seen[url] = fetch(url)
        assert status == 200, url
        if seen[url].lstrip().lower().startswith(b"<!doctype html"):
            for link in links_of(seen[url]):
                target = urllib.parse.urldefrag(urllib.parse.urljoin(url, link))[0]
                if target.startswith(base):
                    waiting.append(target)
    reached = {url.removeprefix(base) for url in seen}
    pages = {
        "/" + path.relative_to(folder).as_posix().removesuffix("index.html")
        for path in folder.rglob("index.html")
        if b'http-equiv="refresh"' not in path.read_bytes()
    }
    expired = {"/aktuelles/sommerferien/", "/aktuelles/adventskalender/"}
    gone = {
        page
        for page in pages - reached
        if b"noindex" in (folder / page[1:] / "index.html").read_bytes()
    }
    assert expired <= gone
    only_in_the_sitemap = {"/verein/satzung/", "/akteure/radwerkstatt/"}
    assert pages - reached <= gone | only_in_the_sitemap


def test_the_page_for_missing_addresses_works_at_any_depth(served: tuple[str, Path, str]):
    base, folder, below = served
    page = (folder / "404.html").read_bytes()
    for link in links_of(page) - {"#n_main"}:
        assert link.startswith(below + "/"), link
        status, _ = fetch(base.removesuffix(below) + link)
        assert status == 200, link


def test_the_real_site_builds_below_a_path(tmp_path: Path):
    report = build(options(ROOT, output=tmp_path, base_url="https://example.org/netz"))
    assert report.published
    assert 'href="/netz/static/site.css"' in (tmp_path / "404.html").read_text(encoding="utf-8")
    assert 'href="https://example.org/netz/"' in (tmp_path / "index.html").read_text()
