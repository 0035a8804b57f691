"""The versions that are tested, and the hashes of their files."""

import re

from tests.conftest import ROOT


def pins(name: str) -> dict[str, str]:
    """Read the versions of a file of constraints; names as the index compares them (PEP 503)."""
    text = (ROOT / name).read_text("utf-8")
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s\\]+)", text, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in found}


def test_the_hashes_are_those_of_the_versions_that_are_tested():
    assert pins("constraints-hashes.txt") == pins("constraints.txt")


def test_each_version_has_hashes_and_no_address():
    text = (ROOT / "constraints-hashes.txt").read_text("utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) == len(pins("constraints.txt"))
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}$", block) for block in blocks)
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=)", text, re.MULTILINE)
