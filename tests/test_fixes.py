"""A page of the preview may ask for a mend that is on offer; nobody else, and for nothing else."""

import json
from pathlib import Path

import pytest

from netzsite.catalogue import catalogue
from netzsite.dev.app import application
from netzsite.dev.error_overlay import Overlay
from netzsite.dev.fixes import Asked, Fixes, name_of
from netzsite.dev.livereload import Live
from netzsite.edits import Edit
from netzsite.problems import Problem
from tests.running import answers

EDIT = Edit(path="a.yaml", line=1, old="a", new="b")
PROBLEM = Problem(code="unknown-key", path="a.yaml", changes=(EDIT,))
HERE = {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000"}


@pytest.fixture
def fixes(tmp_path: Path) -> Fixes:
    (tmp_path / "a.yaml").write_bytes(b"a: 1\n")
    made = Fixes(tmp_path)
    made.offer([PROBLEM, Problem(code="locked")])
    return made


def post(fixes: Fixes, body: bytes, client: str = "127.0.0.1", **headers: str) -> int:
    live = Live(Overlay(language="de", direction="ltr"))
    words = catalogue("de")
    app = application(Path("/nirgends"), live, lambda: words, {"127.0.0.1"}, fix=fixes.make)
    sent = HERE | {"content-length": str(len(body))} | headers
    scope = {
        "type": "http", "method": "POST", "path": "/.netzsite/fix", "query_string": b"",
        "client": (client, 1), "server": ("127.0.0.1", 8000), "scheme": "http", "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }  # fmt: skip
    return int(answers(app, scope, body)[0]["status"])


def asked(fixes: Fixes, **other: str) -> bytes:
    return json.dumps({"token": fixes.token, "fix": name_of(PROBLEM)} | other).encode()


def test_what_is_on_offer_is_made_once(fixes: Fixes, tmp_path: Path):
    assert post(fixes, asked(fixes)) == 204
    assert (tmp_path / "a.yaml").read_bytes() == b"b: 1\n"
    assert post(fixes, asked(fixes)) == 409


@pytest.mark.parametrize(
    ("headers", "client", "status"),
    [
        ({"origin": "https://example.org"}, "127.0.0.1", 403),
        ({"origin": ""}, "127.0.0.1", 403),
        ({"host": "boese.example"}, "127.0.0.1", 403),
        ({}, "192.0.2.7", 403),
        ({"content-length": "5000"}, "127.0.0.1", 413),
        ({"content-length": ""}, "127.0.0.1", 413),
    ],
)
def test_others_are_refused(
    headers: dict[str, str], client: str, status: int, fixes: Fixes, tmp_path: Path
):
    assert post(fixes, asked(fixes), client, **headers) == status
    assert (tmp_path / "a.yaml").read_bytes() == b"a: 1\n"


def test_without_the_token_or_an_offer_nothing_is_made(fixes: Fixes, tmp_path: Path):
    assert post(fixes, asked(fixes, token="geraten")) == 409
    assert post(fixes, asked(fixes, fix="")) == 409
    assert post(fixes, b"{}") == 400
    assert post(fixes, b"\xff") == 400
    fixes.offer([])
    assert not fixes.make(Asked(fixes.token, name_of(PROBLEM)))
    assert (tmp_path / "a.yaml").read_bytes() == b"a: 1\n"
    assert Fixes(tmp_path).token != fixes.token
