"""The gallery shows what its script makes, small enough for a repository, each picture told in words."""

import importlib.util
import re

from PIL import Image

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "galerie.md").read_text(encoding="utf-8")
FOLDER = ROOT / "docs" / "galerie"


def test_the_pictures_are_those_that_the_script_makes():
    spec = importlib.util.spec_from_file_location("make", FOLDER / "make.py")
    assert spec
    assert spec.loader
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    shown = dict(re.findall(r"!\[([^\]]{20,})\]\(galerie/([a-z-]+)\.png\)", PAGE))
    assert sorted(shown.values()) == sorted(shot.name for shot in make.SHOTS)
    assert {path.stem for path in FOLDER.glob("*.png")} == set(shown.values())
    for shot in make.SHOTS:
        file = FOLDER / f"{shot.name}.png"
        assert file.stat().st_size <= make.LARGEST
        with Image.open(file) as picture:
            assert picture.width >= shot.width
