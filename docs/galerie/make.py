"""Both sites → the pictures of ``docs/galerie.md``.

``python docs/galerie/make.py`` makes all of them again: it builds the first site and the fictional
one as of a fixed day, opens their pages in Chromium and writes each picture with few colours, so
that the repository stays small. Needs the extra ``test`` (Playwright) and an installed Chromium;
``CHROMIUM`` names another one.
"""

import io
import os
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from PIL import Image, ImageOps
from playwright.sync_api import sync_playwright

from netzsite.pipeline.build import Options, build

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
TODAY: Final = date(2026, 11, 20)
LARGEST: Final = 60_000
"""Bytes of a picture."""
COLOURS: Final = 48
SITES: Final = {"koblenz": ROOT, "muster": ROOT / "tests" / "sites" / "musterviertel"}


class Shot(NamedTuple):
    """One picture: which page of which site, on what screen."""

    name: str
    site: str
    page: str
    width: int = 360
    height: int = 900
    dark: bool = False
    paper: bool = False
    show: str = ""
    """What is scrolled to, as a selector."""


SHOTS: Final = (
    Shot("start", "koblenz", "index.html"),
    Shot("start-breit", "koblenz", "index.html", width=1100, height=760),
    Shot("finden", "muster", "angebote/index.html#language=tr&topic=schulden"),
    Shot("angebot-dunkel", "muster", "angebote/deutschkurs/index.html", dark=True),
    Shot("woche", "muster", "woche/index.html"),
    Shot("suche", "muster", "suche/index.html#q=beratung"),
    Shot("wer-mit-wem", "muster", "netzwerk/index.html", show=".ties"),
    Shot("papier", "muster", "akteure/familienzentrum/index.html", 680, 920, paper=True),
)


def main() -> None:
    """Build, look, and write all pictures; raises ``SystemExit`` for one that is too large."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        homes = {name: _built(root, Path(folder) / name) for name, root in SITES.items()}
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for shot in SHOTS:
            data = _small(_taken(browser, homes[shot.site], shot), margin=30 if shot.paper else 0)
            if len(data) > LARGEST:
                sys.exit(f"{shot.name} has {len(data)} bytes")
            (HERE / f"{shot.name}.png").write_bytes(data)
        browser.close()


def _built(root: Path, output: Path) -> Path:
    build(Options(root=root, output=output, today=TODAY, portable=True, memo=False))
    return output


def _taken(browser: Any, home: Path, shot: Shot) -> bytes:  # noqa: ANN401 - Playwright's browser
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.clock.set_fixed_time(f"{TODAY}T10:00:00+01:00")
    path, _, choice = shot.page.partition("#")
    page.goto((home / path).as_uri() + ("#" + choice if choice else ""))
    if shot.paper:
        page.emulate_media(media="print")
    if shot.show:
        page.locator(shot.show).scroll_into_view_if_needed()
        page.evaluate("one => document.querySelector(one).scrollIntoView()", shot.show)
    data: bytes = page.screenshot()
    context.close()
    return data


def _small(data: bytes, *, margin: int) -> bytes:
    picture = ImageOps.expand(Image.open(io.BytesIO(data)).convert("RGB"), margin, "white")
    found = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(found, "png", optimize=True)
    return found.getvalue()


if __name__ == "__main__":
    main()
