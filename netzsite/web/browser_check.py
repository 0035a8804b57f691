"""What pages call and keep in a browser → problems: ``netzsite check --browser``.

Playwright is an extra (``netzsite[browser]``); the browser is a Chromium that is installed, or the
one that Playwright brought. Raises ``NoBrowserError`` where either is missing.
"""

import os
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from msgspec import structs

from netzsite.pipeline.build import Options, Report, build
from netzsite.problems import Problem
from netzsite.text import excerpt
from netzsite.web.browser_visit import FLAGS, Seen, kinds_of_pages, visit
from netzsite.web.external_links import with_problems

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES: Final = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable", "microsoft-edge"),
)
_LONGEST: Final = 120
_SCRIPT: Final = re.compile(r'<script\b[^>]*\ssrc="[^"]*?static/([^"?]+)"')


class NoBrowserError(Exception):
    """Playwright isn't installed, or no browser that it can start."""


def checked(options: Options) -> Report:
    """Build a site anew and open each kind of page in a browser; nothing is published.

    A site that can't be published isn't opened.
    """
    with opened() as browser, TemporaryDirectory(prefix="netzsite-") as folder:
        output = Path(folder) / "output"
        report = build(replace(options, publish=True, output=output))
        if not report.published:
            return report
        pages = kinds_of_pages(output)
        seen = visit(browser, output, report.base_url or "", pages, options.progress)
        found = problems(seen, own_scripts(output, options.root, pages))
        return with_problems(structs.replace(report, published=False), found, strict=options.strict)


@contextmanager
def opened() -> Iterator["Browser"]:
    """Start a browser; ``CHROMIUM`` in the environment names another one."""
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - an extra
    except ImportError:
        raise NoBrowserError from None
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    flags = list(FLAGS)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium's sandbox doesn't start for root, as in containers
    with sync_playwright() as playwright:
        try:
            running = playwright.chromium.launch(executable_path=path, args=flags)
        except Error:
            raise NoBrowserError from None
        try:
            yield running
        finally:
            running.close()


def problems(seen: Iterable[Seen], scripts: Mapping[str, str]) -> tuple[Problem, ...]:
    """Tell each thing that was called or kept once, at the page's own script if it has one."""
    pages: dict[tuple[bool, str], list[Seen]] = defaultdict(list)
    for one in seen:
        pages[one.kept, one.what].append(one)
    found = []
    for (kept, what), told in pages.items():
        first = told[0]
        shown = f"/{first.page.removesuffix('index.html')}" + (
            f" ({len(told)}×)" if told[1:] else ""
        )
        facts = {"page": shown, "what": excerpt(what, _LONGEST), "when": f"@at-{first.when}"}
        path = scripts.get(first.page, f"output/{first.page}")
        code = "browser-kept" if kept else "browser-called"
        found.append(Problem(code=code, path=path, facts=facts))
    return tuple(found)


def own_scripts(output: Path, root: Path, pages: Iterable[str]) -> dict[str, str]:
    """Name for each page the first of its scripts that the templates of the site itself bring."""
    found: dict[str, str] = {}
    for page in pages:
        for name in _SCRIPT.findall((output / page).read_text("utf-8")):
            if (root / "templates" / "static" / name).is_file():
                found.setdefault(page, f"templates/static/{name}")
    return found
