"""The tour of CONTRIBUTING: a new key of an offer takes four files from the schema to the page."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import MUSTERVIERTEL, ROOT


def test_a_key_of_an_offer_takes_four_files_from_schema_to_page(tmp_path: Path):
    tour = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    tour = tour[tour.index("## Adding a key") : tour.index("## Changing versions")]
    field = re.search(r"```python\n(.*?)```", tour, re.DOTALL)[1].replace("\n   ", "\n    ")
    shown = re.search(r"`(\{\{ parts.*?\}\})`", tour)[1]
    for folder in ("netzsite", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copytree(MUSTERVIERTEL, tmp_path / "site")

    insert(tmp_path / "netzsite/records/offer.py", "    place: Annotated[PlaceId", field.strip())
    insert(tmp_path / "templates/offer.html", '{{ parts.fact(t("cost")', shown)
    for language, word in (("de", "Parkplatz"), ("en", "Car park")):
        file = tmp_path / "netzsite/words" / f"{language}.json"
        insert(file, '"cost":', f'"parking": "{word}",')

    offer = tmp_path / "site/content/offers/mittagstisch.yaml"
    offer.write_text(offer.read_text(encoding="utf-8") + "parking: hinter der Kirche\n", "utf-8")
    said = netzsite(tmp_path, "build", "site", "--today", "2026-11-20")
    assert said.returncode == 0, said.stderr
    page = (tmp_path / "site/output/angebote/mittagstisch/index.html").read_text(encoding="utf-8")
    assert re.search(r"<dt>Parkplatz</dt>\s*<dd>hinter der Kirche</dd>", page)

    slip = offer.read_text(encoding="utf-8").replace("parking:", "parkplatz:")
    offer.write_text(slip, encoding="utf-8")
    said = netzsite(tmp_path, "check", "site", "--today", "2026-11-20")
    assert "Meinten Sie „parking“ (Parken)?" in said.stderr
    assert "Hilfe: parking: im Hof" in said.stderr


def insert(file: Path, before: str, new: str) -> None:
    """Put a line before the one place in a file where another stands, as far in as that is."""
    text = file.read_text(encoding="utf-8")
    (line,) = [line for line in text.split("\n") if line.strip().startswith(before.strip())]
    indent = line[: len(line) - len(line.lstrip())]
    file.write_text(text.replace(line, f"{indent}{new}\n{line}", 1), encoding="utf-8")


def netzsite(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the copy of the code, and none that is installed."""
    return subprocess.run(
        [sys.executable, "-m", "netzsite", *arguments],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
