"""Record types → what VS Code needs to help with a site: schemas, settings, snippets.

Files of one's own keep all that they have; only our entries are set. YAML records are completed
and checked by the extension YAML (redhat.vscode-yaml), which is recommended; front matter of
Markdown files is seen by no extension of that kind, so it gets snippets instead.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from netzsite.integrations import vscode_snippets
from netzsite.integrations.json_schema import schemas
from netzsite.integrations.jsonc import entry, with_entry
from netzsite.inventory import Names
from netzsite.records.kinds import KINDS, Kind

FOLDER: Final = ".vscode"
SCHEMAS: Final = f"{FOLDER}/netzsite"
SETTINGS: Final = f"{FOLDER}/settings.json"
EXTENSIONS: Final = f"{FOLDER}/extensions.json"
SNIPPETS: Final = f"{FOLDER}/netzsite.code-snippets"
YAML: Final = "redhat.vscode-yaml"


class SettingsError(Exception):
    """A file of one's own that is no JSON; ``path`` names it from the site's root."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def connect(root: Path, known: Names) -> tuple[str, ...]:
    """Write what is new or different; gives the paths of the files written, from the root.

    Raises ``OSError``, and ``SettingsError`` for settings that can't be read.
    """
    made = schemas(known)
    files = {
        SETTINGS: _changed(root, SETTINGS, settings),
        EXTENSIONS: _changed(root, EXTENSIONS, extensions),
        SNIPPETS: _json(vscode_snippets.snippets()),
        **{schema_path(kind): _json(made[kind.name]) for kind in KINDS},
    }
    changed = {path: text for path, text in files.items() if _text(root / path) != text}
    for path, text in changed.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
    return tuple(changed)


def schema_path(kind: Kind) -> str:
    """Name the file of a kind's schema, from the site's root."""
    return f"{SCHEMAS}/{kind.name}.schema.json"


def _changed(root: Path, path: str, change: Callable[[str], str]) -> str:
    """Change the text of a file of one's own."""
    try:
        return change(_text(root / path))
    except ValueError as error:
        raise SettingsError(path) from error


def settings(text: str) -> str:
    """Connect the schemas to the files they describe, in the text of ``settings.json``."""
    for kind in KINDS:
        if kind.suffix != ".yaml":
            continue
        pattern = f"content/{kind.home}" + ("" if kind.home.endswith(".yaml") else "/*.yaml")
        text = with_entry(text, ("yaml.schemas", f"./{schema_path(kind)}"), pattern)
    return text


def extensions(text: str) -> str:
    """Recommend the extension that reads schemas, in the text of ``extensions.json``."""
    known = entry(text, "recommendations")
    listed = known if isinstance(known, list) else []
    return text if YAML in listed else with_entry(text, ("recommendations",), [*listed, YAML])


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
