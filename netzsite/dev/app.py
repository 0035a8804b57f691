"""The preview folder → answers to a browser on this computer: built files, and nothing else.

Pages get one script more than the site has; it isn't in any file.
"""

from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from importlib import resources
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from netzsite import urls
from netzsite.catalogue import Catalogue
from netzsite.dev.door import Door, is_here
from netzsite.dev.fixes import Asked
from netzsite.dev.livereload import Live, News
from netzsite.dev.page_policy import admit_client

OWN: Final = "/.netzsite/"
"""Below this path lies what belongs to the preview; no page of a site has such an address."""
MOST: Final = 1_000
"""The longest request to mend something, in bytes."""
CLIENT: Final = ("live.js", "worker.js", "overlay.css")
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
}
"""Types by name: what the system says of them differs from one computer to the next."""
_OTHER: Final = "application/octet-stream"
_TEXTS: Final = (".css", ".html", ".js", ".json", ".svg", ".txt", ".xml")
_OPEN: Final = (".css", ".html")
"""What a browser keeps open, and shows anew."""
Fix = Callable[[Asked], bool]
"""Makes what a page asks for; tells whether that could be done."""
Speak = Callable[[], Catalogue]
"""Gives the words to speak, which a site chooses."""


def application(
    folder: Path,
    live: Live,
    speak: Speak,
    hosts: Iterable[str],
    *,
    key: str = "",
    fix: Fix = lambda _asked: False,
) -> Starlette:
    """Serve a preview folder to those who call this computer by one of its names.

    With a key, who calls from another computer has to know it. ``fix`` makes what a page of this
    computer asks for.
    """
    preview = _Preview(folder, live, speak)
    fixing = partial(_fixed, fix)
    return Starlette(
        routes=[
            Route(OWN + "events", preview.events),
            Route(OWN + "fix", fixing, methods=["POST"]),
            Route(OWN + "{name}", _client),
            Route("/{path:path}", preview.page),
        ],
        middleware=[Middleware(Door, hosts=frozenset(hosts), key=key)],
    )


class _Preview:
    """Answers for one preview folder."""

    def __init__(self, folder: Path, live: Live, speak: Speak) -> None:
        self._folder = folder
        self._live = live
        self._speak = speak

    async def events(self, _request: Request) -> Response:
        """Keep telling the news."""
        return StreamingResponse(self._live.stream(), media_type="text/event-stream")

    def page(self, request: Request) -> Response:
        """Answer with the file at an address."""
        news, address = self._live.news, request.scope["path"]
        if not news.ready:
            return self._waiting(news)
        if news.base:
            if not address.startswith(news.base + "/"):
                return self._elsewhere(address, news)
            address = address.removeprefix(news.base)
        file = self._find(address)
        if file is None and self._find(address + "/"):
            return RedirectResponse(f"{news.base}{address}/", 308)
        return self._missing(news) if file is None else self._answer(file, news)

    def _answer(self, file: Path, news: News) -> Response:
        kind = _TYPES.get(file.suffix.lower(), _OTHER)
        if not file.name.endswith(_TEXTS):
            return FileResponse(file, media_type=kind)
        path = file.relative_to(self._folder).as_posix()
        if path.endswith(_OPEN):
            self._live.note(path)
        data = self._live.early.get(path)
        if data is None:  # at once: a file that is replaced meanwhile would come in two halves
            data = file.read_bytes()
        if file.suffix == ".html":
            data = _with_script(data, news, f"{news.base}/{path}")
        return Response(data, media_type=kind)

    def _find(self, address: str) -> Path | None:
        """Find the built file of an address; nothing hidden, and nothing outside the folder."""
        if not urls.is_address(address) or "/." in address:
            return None
        file = self._folder / urls.file_of(address)
        inside = file.is_file() and file.resolve().is_relative_to(self._folder.resolve())
        return file if inside else None

    def _elsewhere(self, address: str, news: News) -> Response:
        """Lead from the root to the path that the site lies below."""
        if address in ("/", news.base):
            return RedirectResponse(f"{news.base}/", 307)
        return self._missing(news)

    def _missing(self, news: News) -> Response:
        """Answer with the site's own page for what isn't there."""
        file = self._folder / "404.html"
        data = file.read_bytes() if file.is_file() else b"404"
        return Response(_with_script(data, news, ""), 404, media_type="text/html")

    def _waiting(self, news: News) -> Response:
        """Answer while there is no site: it is being built, or nothing good came of it."""
        data = _own_page(news, self._speak()).encode()
        return Response(_with_script(data, news, ""), 503, media_type="text/html")


async def _fixed(fix: Fix, request: Request) -> Response:
    """Make what a page of the preview asks for, from this computer and with the server's token."""
    origin = urlsplit(request.headers.get("origin", "")).netloc
    if not is_here(request.scope) or origin != request.headers.get("host"):
        return PlainTextResponse("netzsite: only for pages of this preview", 403)
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > MOST:
        return PlainTextResponse("netzsite: too much", 413)
    try:
        asked = msgspec.json.decode(await request.body(), type=Asked)
    except msgspec.MsgspecError:
        return PlainTextResponse("netzsite: not understood", 400)
    made = await run_in_threadpool(fix, asked)
    return Response(status_code=204 if made else 409)


def _with_script(page: bytes, news: News, file: str) -> bytes:
    """Put the script into a page that keeps it up to date; ``file`` is what the page is made of."""
    facts = {"run": news.run, "round": str(news.round), "ready": str(news.ready), "file": file}
    data = " ".join(f'data-{name}="{escape(value)}"' for name, value in facts.items())
    script = f'<script src="{OWN}live.js" defer {data}></script>'.encode()
    head, end, rest = page.partition(b"</head>")
    return admit_client(head) + script + end + rest if end else admit_client(page) + script


def _own_page(news: News, words: Catalogue) -> str:
    """Write the page that is shown while there is no site; without scripts it tells the same."""
    said, shown = words.report, news.overlay
    told = "\n\n".join(
        "\n".join(
            part
            for part in (f"{one.place} {one.message}".strip(), one.source, one.carets, one.help)
            if part
        )
        for one in shown.entries
    )
    body = shown.note if shown.entries else said["progress"]
    return (
        f'<!doctype html>\n<html lang="{words.language}" dir="{words.direction}">\n<head>\n'
        f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(said['preview'])}</title>\n"
        f'<link rel="stylesheet" href="{OWN}overlay.css">\n</head>\n'
        f"<body>\n<main>\n<h1>{escape(said['preview'])}</h1>\n<p>{escape(body)}</p>\n"
        f"<noscript><pre>{escape(told)}</pre></noscript>\n</main>\n</body>\n</html>\n"
    )


def _client(request: Request) -> Response:
    """Answer with a file that belongs to the preview."""
    name = request.path_params["name"]
    if name not in CLIENT:
        return PlainTextResponse("404", 404)
    data = resources.files("netzsite.dev").joinpath("client", name).read_bytes()
    return Response(data, media_type=_TYPES[Path(name).suffix])
