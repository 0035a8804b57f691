"""A folder of files → a host on loopback, as plain as they come, or obeying the ``_headers`` in it."""

import mimetypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Server(ThreadingHTTPServer):
    """Says nothing of clients that have heard enough and hang up."""

    daemon_threads = True

    def handle_error(self, *arguments: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*arguments)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing; a folder's own headers go with each answer."""

    protocol_version = "HTTP/1.1"
    extensions_map = mimetypes.types_map | {
        "": "application/octet-stream",
        ".vcf": "text/vcard",
        ".webmanifest": "application/manifest+json",
    }

    def __init__(self, *args: object, headers: dict[str, str], **more: object) -> None:
        self.more = headers
        super().__init__(*args, **more)  # type: ignore[arg-type]

    def log_message(self, *_args: object) -> None:
        pass

    def end_headers(self) -> None:
        for name, value in self.more.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, *args: object, **more: object) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, *args, **more)  # type: ignore[arg-type]
            return
        data = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def told(folder: Path) -> dict[str, str]:
    """Read the headers that ``_headers`` gives every file."""
    lines = (folder / "_headers").read_text(encoding="utf-8").splitlines()[1:]
    pairs = (line.strip().partition(": ") for line in lines)
    return {name: value for name, _, value in pairs}


@contextmanager
def hosted(folder: Path, headers: dict[str, str] | None = None) -> Iterator[str]:
    """Serve a folder; gives its origin: ``http://127.0.0.1:40001``."""
    handler = partial(Quiet, directory=str(folder), headers=headers or {})
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
