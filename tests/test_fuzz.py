"""Anything may be in a file: no traceback, no file changed after an error, one message at least."""

import random
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from netzsite.catalogue import catalogue
from netzsite.pipeline.build import build
from netzsite.problem_text import text
from netzsite.problems import Severity
from netzsite.records.kinds import KINDS
from netzsite.records.parse import Home, Parsed, home_of, parse
from tests.conftest import MUSTERVIERTEL, options, tree

CONTENT = MUSTERVIERTEL / "content"
FILES = sorted(
    path.relative_to(CONTENT).as_posix()
    for path in CONTENT.rglob("*")
    if path.suffix in (".md", ".yaml")
)
PATHS = [
    kind.home if kind.home.endswith(".yaml") else f"{kind.home}/name{kind.suffix}" for kind in KINDS
]
YAML_BITS = st.sampled_from(
    [
        ": ",
        "- ",
        "\n",
        "  ",
        "\t",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "!!x ",
        "|\n",
        ">\n",
        '"',
        "'",
        "---\n",
        "#",
        "name",
        "title",
        "date",
        "carrier",
        "2024-01-31",
        "01067",
        "no",
        "null",
        "„",
        "\x1b",
    ]
)
MARKDOWN_BITS = st.sampled_from(
    [
        "[",
        "](",
        ")",
        "<a ",
        "<script>",
        "![",
        "*",
        "**",
        "_",
        "`",
        "\n\n",
        "\n",
        "> ",
        "    ",
        "- ",
        "1. ",
        "# ",
        "| a | b |\n",
        "|---|---|\n",
        "[^1]",
        "[^1]: x",
        "{#id}",
        "{: .x }",
        "&lt;",
        "&#x3c;",
        "javascript:",
        "actor:",
        "media/",
        "\\",
        "ä",
        "</p>",
        "<div>",
        "<!--",
        "-->",
        "<?",
        "]]>",
        "~~",
        "`",
        "(x)[",
        "  - ",
        "|--|\n",
        "\t",
    ]
)


BOUND = 10.0
"""Seconds of computing that one file may take; without bounds, some of these take minutes."""


def parsed_in_time(path: str, data: bytes) -> Parsed:
    home = home_of(path)
    assert isinstance(home, Home)
    began = time.process_time()
    parsed = parse(path, home, data)
    assert time.process_time() - began < BOUND
    return parsed


def shown(parsed: Parsed) -> None:
    for problem in parsed.problems:
        for language in ("de", "en"):
            assert "\x1b" not in text(problem, catalogue(language))


@settings(max_examples=150)
@given(path=st.sampled_from(PATHS), data=st.binary(max_size=300))
@example(path="posts/name.md", data=b"---\n" + b"[" * 100_000)
@example(path="actors/name.yaml", data=b"- " * 100_000)
@example(path="actors/name.yaml", data=b"a: &a [*a, *a]\n" * 30)
def test_any_bytes_are_parsed_or_told(path: str, data: bytes):
    parsed = parsed_in_time(path, data)
    assert parsed.record is not None or parsed.problems
    shown(parsed)


@settings(max_examples=200)
@given(path=st.sampled_from(PATHS), bits=st.lists(YAML_BITS, max_size=30))
def test_any_yaml_is_parsed_or_told(path: str, bits: list[str]):
    front = "---\n{}\n---\n" if path.endswith(".md") else "{}"
    parsed = parsed_in_time(path, front.format("".join(bits)).encode())
    assert parsed.record is not None or parsed.problems
    shown(parsed)


@settings(max_examples=200)
@given(bits=st.lists(MARKDOWN_BITS | st.text(max_size=5), max_size=40))
@example(bits=["["] * 20_000)
@example(bits=["<a "] * 20_000)
@example(bits=["!["] * 5_000)
@example(bits=["> "] * 2_000)
@example(bits=["[^x "] * 1_400 + ["y" * 100_000])
@example(bits=["<b " + "x" * 100] * 1_400)
@example(bits=["**a ", "~~b "] * 30_000)
@example(bits=["`" + "a" * 90] * 1_400)
@example(bits=["- a\n\n"] * 20_000)
@example(bits=["| a | b |\n|---|---|\n"] + ["| c | d |\n"] * 9_000)
@example(bits=["    " * n + "- x\n" for n in range(300)])
def test_any_markdown_is_rendered_or_told(bits: list[str]):
    data = "---\ntitle: A\ndate: 2024-01-31\n---\n\n" + "".join(bits)
    parsed = parsed_in_time("posts/name.md", data.encode("utf-8", "surrogatepass"))
    for fragments in parsed.fragments.values():
        markup = "".join(fragments.parts).lower()
        assert "<script" not in markup
        assert "javascript:" not in "".join(target.to for target in targets(parsed)).lower()
    shown(parsed)


def targets(parsed: Parsed) -> tuple[object, ...]:
    body = getattr(parsed.record, "body", None)
    return body.targets if body else ()


def mutate(data: bytes, chance: random.Random) -> bytes:  # noqa: PLR0911 - one line a slip
    """Plant a slip as people make it: a letter gone, doubled, swapped; a line cut, moved, doubled."""
    lines = data.split(b"\n")
    kind = chance.randrange(7)
    spot = chance.randrange(max(len(data), 1))
    line = chance.randrange(len(lines))
    if kind == 0:
        return data[:spot] + data[spot + 1 :]
    if kind == 1:
        return data[:spot] + data[spot : spot + 1] + data[spot:]
    if kind == 2:
        return (
            data[:spot]
            + chance.choice([b":", b"\t", b'"', b"\xff", b"[", b"  ", b"'"])
            + data[spot:]
        )
    if kind == 3:
        return b"\n".join(lines[:line] + lines[line + 1 :])
    if kind == 4:
        return b"\n".join([*lines[:line], lines[line], *lines[line:]])
    if kind == 5:
        return b"\n".join([*lines[:line], b"  " + lines[line], *lines[line + 1 :]])
    return data[:spot]


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fuzz") / "site"
    shutil.copytree(MUSTERVIERTEL, root)
    assert build(options(root, memo=True)).published
    return root


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(FILES), seed=st.integers(0, 2**32))
def test_a_mutated_file_never_harms_the_site(fuzzed: Path, path: str, seed: int):
    file = fuzzed / "content" / path
    good = file.read_bytes()
    before = tree(fuzzed / "output")
    try:
        file.write_bytes(mutate(good, random.Random(seed)))
        began = time.process_time()
        report = build(options(fuzzed, memo=True))
        assert time.process_time() - began < 3 * BOUND
        if any(problem.severity is Severity.ERROR for problem in report.problems):
            assert not report.published
            assert tree(fuzzed / "output") == before
        else:
            assert report.published
        for problem in report.problems:
            assert text(problem, catalogue("de"))
            assert text(problem, catalogue("en"))
    finally:
        file.write_bytes(good)
        assert build(options(fuzzed, memo=True)).published
