"""Forms → the ``config.yml`` and the page of Decap CMS or Sveltia CMS, in a folder of their own.

The program's script is not part of it: whoever sets it up puts it beside the page.
"""

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import yaml

from netzsite import inventory
from netzsite.integrations.cms_forms import Config, Forms, Program
from netzsite.pipeline.content import Content

PROGRAMS: Final[tuple[Program, ...]] = ("decap", "sveltia")
SCRIPTS: Final[dict[Program, str]] = {
    "decap": "decap-cms/dist/decap-cms.js",
    "sveltia": "@sveltia/cms/dist/sveltia-cms.js",
}
"""Where each program's script lies in its package on npm."""
PROPOSING: Final = ("github", "gitlab")
"""The hosts with which both programs save by pull or merge requests."""
MARK: Final = "# Von „netzsite cms“ erzeugt."
_HINT: Final = (
    "# Der nächste Aufruf schreibt die Datei neu. Ohne die erste Zeile bleibt sie, wie sie ist."
)
WIDTH: Final = 1600
"""The widest picture, in pixels, that the handbook advises."""


def config(program: Program, content: Content) -> Config:
    """Give the whole configuration for one of the programs."""
    site = inventory.site_of(content)
    backend, below = place_of(site.edit_url if site else None)
    known, folders = inventory.names(content), inventory.folders(content)
    form = Forms(program, known, folders, f"{below}content")
    common: Config = {
        "backend": backend or {"name": "test-repo"},
        "media_folder": f"{form.content}/media",
        "public_folder": "/media",
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "publish_mode": _mode(backend),
    }
    if site:
        common |= {"site_url": site.base_url, "display_url": site.base_url}
    return common | _own(program) | {"collections": list(form.collections())}


def _mode(backend: Config | None) -> str:
    """Say how the programs save: as a proposed change, which the host checks, where they can.

    Neither can with Gitea and Forgejo; a change goes to the main branch there, and what a build
    refuses isn't published.
    """
    proposes = backend is not None and backend["name"] in PROPOSING
    return "editorial_workflow" if proposes else "simple"


def place_of(edit_url: str | None) -> tuple[Config | None, str]:
    """Say where the files lie, as the address for editing them tells, and below which folder.

    None where there is no such address, or one of a host that neither program knows.
    """
    parts = urlsplit(edit_url or "")
    home = f"{parts.scheme}://{parts.netloc}"
    for mark, name in (("/-/edit/", "gitlab"), ("/_edit/", "gitea"), ("/edit/", "github")):
        repo, found, rest = parts.path.partition(mark)
        if not found:
            continue
        branch, _, below = rest.removesuffix("{path}").partition("/")
        place = {"name": name, "repo": repo.strip("/"), "branch": branch}
        if parts.netloc == f"{name}.com":
            return place, below
        apis = {"gitlab": f"{home}/api/v4", "gitea": f"{home}/api/v1"}
        own = {"base_url": home, "api_root": apis[name]} if name in apis else None
        return (place | own if own else None), below
    return None, ""


def page(program: Program) -> str:
    """Give the page that opens the program, whose own script lies beside it."""
    return f"""<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Redaktion</title>
<link href="config.yml" type="text/yaml" rel="cms-config-url">
</head>
<body>
<script src="{SCRIPTS[program].rpartition("/")[2]}"></script>
</body>
</html>
"""


def write(folder: Path, program: Program, content: Content) -> tuple[Path, ...] | None:
    """Write configuration and page; None when another's configuration lies there.

    Raises ``OSError``.
    """
    place = folder / "config.yml"
    if place.exists() and not place.read_text("utf-8", "replace").startswith(MARK):
        return None
    made = config(program, content)
    text = yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=100)
    folder.mkdir(parents=True, exist_ok=True)
    place.write_bytes(f"{MARK}\n{_HINT}\n{text}".encode())
    (folder / "index.html").write_bytes(page(program).encode())
    return place, folder / "index.html"


def _own(program: Program) -> Config:
    """Give the settings that only one program knows: pictures without metadata, German."""
    if program == "decap":
        pictures = {"enabled": True, "strip_metadata": True, "width": WIDTH, "quality": 85}
        return {"locale": "de", "media_processing": pictures}
    size = {"format": "webp", "quality": 85, "width": WIDTH, "height": WIDTH}
    storage = {"slugify_filename": True, "transformations": {"raster_image": size}}
    return {
        "media_libraries": {"default": {"config": storage}},
        "output": {"omit_empty_optional_fields": True},
    }
