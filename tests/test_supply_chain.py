"""What is installed has versions and hashes; what security.md promises has its tests."""

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


def test_each_test_that_stands_behind_a_promise_is_there():
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    rows = re.findall(
        r"^\| .+ \| ([^|]+) \|$", text.partition("## What is promised")[2], re.MULTILINE
    )
    named = {name for row in rows[1:] for name in re.findall(r"`(test_\w+\.py)`", row)}
    assert len(named) > 20
    assert all("`test_" in row for row in rows[1:])
    assert [name for name in sorted(named) if not (ROOT / "tests" / name).is_file()] == []
