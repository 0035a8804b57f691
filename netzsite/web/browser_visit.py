"""A built site and a browser → what its pages call and keep there.

Reading scripts finds names that are written; it can't find those that are worked out. So each kind
of page is opened, clicked and keyed through, and what a browser does is recorded: requests,
connections, addresses that it is led to, and what stays behind. Nothing leaves: the site's own
files are given from disk, at the site's own address, and all else is refused.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from netzsite import urls
from netzsite.pool import nothing
from netzsite.web.polite_client import Step

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ElementHandle, Page, Request, Route

FLAGS: Final = (
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
"""Chromium asks for nothing by itself, and finds no host."""
_REFRESH: Final = b'http-equiv="refresh"'
_SCRIPT: Final = re.compile(rb'<script\b[^>]*\ssrc="([^"]+)"')
_TOUCHED: Final = "a[href], button, summary, label, input, select, textarea, [tabindex], [role]"
_ALIKE: Final = """elements => elements.map((it) => {
  const bare = it.cloneNode(false);
  const to = /^(\\w+:)(\\/\\/[^/]*)?/.exec(it.href || "");
  bare.setAttribute("href", to && to[0] !== location.origin ? to[0] : "");
  return bare.outerHTML;
})"""
"""What elements are like: their tag and attributes, and to which host they lead."""
_TEXTS: Final = "input:not([type=checkbox], [type=radio]), textarea"
_LATER: Final = 3_600_000
"""Milliseconds that a page's clock is put forward, so that nothing waits until one has looked."""
_SETTLED: Final = 50
"""Milliseconds a page gets for what it does at once."""
_TABS: Final = 40
"""How often the Tab key is pressed."""
_LOADED: Final = 2_000.0
"""Milliseconds until a page is looked at, however much of it is still on its way."""
_CLICK: Final = 1_000.0
"""Milliseconds until what can't be clicked is passed over."""


class Seen(Struct, frozen=True):
    """One thing that a page called or kept."""

    page: str
    """Output path of the page."""
    kept: bool
    """Whether it stays in the browser; else it left, or would have left, the site."""
    what: str
    when: str
    """``load``, ``click``, ``key`` or ``leaving``: what was done when it happened."""


def kinds_of_pages(folder: Path) -> list[str]:
    """Choose from a built site one page of each kind: of a folder, a depth, and its scripts."""
    chosen: dict[tuple[str, int, frozenset[bytes]], str] = {}
    for file in sorted(folder.rglob("*.html")):
        data = file.read_bytes()
        if _REFRESH in data:
            continue
        path = file.relative_to(folder).as_posix()
        scripts = frozenset(script.rpartition(b"/")[2] for script in _SCRIPT.findall(data))
        chosen.setdefault((path.partition("/")[0], path.count("/"), scripts), path)
    return sorted(chosen.values())


def visit(
    browser: "Browser", folder: Path, base_url: str, pages: Sequence[str], step: Step = nothing
) -> list[Seen]:
    """Open pages of a built site one after the other; gives all that left it or stayed behind."""
    found: list[Seen] = []
    touched: set[str] = set()
    for number, path in enumerate(pages, 1):
        context = browser.new_context(ignore_https_errors=True)
        try:
            found.extend(_Visit(context, folder, base_url, path).seen(touched))
        finally:
            context.close()
        step("browser", number, len(pages))
    return found


class _Visit:
    """One page in a profile of its own."""

    def __init__(self, context: "BrowserContext", folder: Path, base_url: str, path: str) -> None:
        self._context, self._folder, self._path = context, folder, path
        self._base = base_url.rstrip("/")
        self._address = self._base + urls.address_of(path)
        self._allowed = ""
        """Where the browser may be led now: where the link leads that is clicked."""
        self._when = "load"
        self._seen: dict[tuple[bool, str], str] = {}
        """What was kept or called → when first."""
        self._context.add_init_script(_client("watch.js"))
        self._context.route("**/*", self._answer)
        self._context.on("page", self._watch)

    def seen(self, touched: set[str]) -> Iterator[Seen]:
        """Open the page and do what a reader could; ``touched`` are elements of former pages."""
        from playwright.sync_api import Error  # noqa: PLC0415 - an extra

        page = self._context.new_page()
        page.clock.install()
        page.goto(self._address, wait_until="commit")
        with suppress(Error):  # a page that is led away while it loads never ends
            page.wait_for_load_state("load", timeout=_LOADED)
        self._settle(page)
        self._when = "click"
        alike: list[str] = page.eval_on_selector_all(_TOUCHED, _ALIKE)
        for like, element in zip(alike, page.query_selector_all(_TOUCHED), strict=False):
            if like not in touched and self._click(page, element):
                touched.add(like)
        self._settle(page)
        self._when, self._allowed = "key", ""
        for key in (*["Tab"] * _TABS, "ArrowDown", "End", "Escape", "Control+k", "/"):
            page.keyboard.press(key)
        page.keyboard.type("abc")
        self._settle(page)
        self._when = "leaving"
        page.evaluate(
            "() => { for (const name of ['visibilitychange', 'freeze']) document.dispatchEvent("
            "new Event(name)); for (const name of ['pagehide', 'beforeunload', 'unload'])"
            " dispatchEvent(new Event(name)); }"
        )
        self._settle(page)
        for (kept, what), when in self._seen.items():
            yield Seen(self._path, kept, what, when)

    def _settle(self, page: "Page") -> None:
        """Let a page do what it does, now and later, and look at what it keeps."""
        page.wait_for_timeout(_SETTLED)
        page.clock.fast_forward(_LATER)
        page.wait_for_timeout(_SETTLED)
        for one in self._context.pages:
            said: dict[str, list[str]] = one.evaluate(_client("kept.js"))
            for what in said["kept"]:
                self._note(what, kept=True)
            for what in said["connections"]:
                self._note(what)
        for cookie in self._context.cookies():
            self._note(f"Cookie {cookie.get('name', '')}", kept=True)

    def _click(self, page: "Page", element: "ElementHandle") -> bool:
        """Click an element, and type where that goes; tells whether a reader could click it."""
        from playwright.sync_api import Error  # noqa: PLC0415 - an extra

        try:
            if not element.is_visible():
                return False
            self._allowed = element.evaluate("it => it.href || (it.form && it.form.action) || ''")
            element.click(timeout=_CLICK, no_wait_after=True, force=True)
            if element.evaluate("(it, texts) => it.matches(texts)", _TEXTS):
                page.keyboard.type("abc")
                page.keyboard.press("Enter")
        except Error:  # it has gone
            return False
        for other in self._context.pages:
            if other != page:
                other.close()
        return True

    def _watch(self, page: "Page") -> None:
        page.on("websocket", lambda socket: self._note(socket.url))
        page.on("dialog", lambda dialog: dialog.dismiss())

    def _answer(self, route: "Route") -> None:
        request = route.request
        if request.is_navigation_request() and _is_main(request):
            asked = _plain(request.url)
            if asked == _plain(self._address) and self._when == "load":
                self._give(route)
                return
            if asked != _plain(self._allowed) and not self._is_own(asked):
                self._note(request.url)
            route.fulfill(status=204)  # so the page stays
        elif self._is_own(request.url):
            self._give(route)
        else:
            self._note(request.url)
            route.abort()

    def _is_own(self, url: str) -> bool:
        return url.startswith((self._base + "/", "data:", "blob:", "about:"))

    def _give(self, route: "Route") -> None:
        """Answer from the built site."""
        path = unquote(urlsplit(route.request.url).path)
        path = path[len(urlsplit(self._base).path) :].lstrip("/")
        file = self._folder / path
        file = file / "index.html" if path == "" or path.endswith("/") else file
        if file.resolve().is_relative_to(self._folder.resolve()) and file.is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(status=404)

    def _note(self, what: str, *, kept: bool = False) -> None:
        self._seen.setdefault((kept, what), self._when)


def _plain(url: str) -> str:
    return url.partition("#")[0].partition("?")[0]


def _is_main(request: "Request") -> bool:
    """Tell whether a whole page is asked for, not what a frame in it shows."""
    from playwright.sync_api import Error  # noqa: PLC0415 - an extra

    try:
        return request.frame.parent_frame is None
    except Error:  # a page that is just being opened
        return True


def _client(name: str) -> str:
    data: Any = resources.files("netzsite.web").joinpath("client", name)
    return str(data.read_text("utf-8"))
