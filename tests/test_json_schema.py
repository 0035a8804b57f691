"""JSON Schemas and the reference come from the types: samples pass, broken ones don't."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from msgspec import Struct

from netzsite.fields.convert import convert
from netzsite.fields.field import Many, Shaped, Table, fields_of
from netzsite.fields.reading import Reading
from netzsite.fields.yaml_example import lines
from netzsite.integrations import vscode, vscode_snippets
from netzsite.integrations.json_schema import schemas
from netzsite.integrations.reference import reference
from netzsite.records.kinds import KINDS, Kind
from netzsite.records.parse import Home, home_of
from netzsite.yaml.frontmatter import Halves, split
from netzsite.yaml.nodes import compose
from tests.conftest import MUSTERVIERTEL, ROOT

SCHEMAS = schemas()
BROKEN_SITES = ROOT / "tests" / "sites_broken"


class EditorLoader(yaml.CSafeLoader):
    """YAML as editors' tools read it (1.2): no dates, no times of base 60, no „no“."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rows if tag.endswith((":bool", ":null"))]
    for first, rows in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
NUMBER = yaml.resolver.re.compile(r"[-+]?(\d+|\d+\.\d+)$")
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:float", NUMBER, list("+-0123456789"))


def metadata(path: Path) -> object:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        halves = split(text, path.name)
        assert isinstance(halves, Halves)
        text = halves.metadata
    return yaml.load(text, Loader=EditorLoader) or {}


def records() -> list[tuple[str, Path]]:
    found = []
    for content in (ROOT / "content", MUSTERVIERTEL / "content", ROOT / "netzsite/starter/content"):
        for path in sorted(content.rglob("*")):
            home = home_of(path.relative_to(content).as_posix()) if path.is_file() else None
            if isinstance(home, Home):
                found.append((home.kind, path))
    return found


def test_every_schema_is_one():
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_every_sample_passes_its_schema(kind: str):
    validator = Draft202012Validator(SCHEMAS[kind])
    paths = [path for of, path in records() if of == kind]
    assert paths
    for path in paths:
        errors = [error.message for error in validator.iter_errors(metadata(path))]
        assert not errors, (path, errors)


BROKEN = [
    ("actor", {"name": "A", "carrier": "b", "zielgruppe": "x"}),
    ("actor", {"name": "A"}),
    ("actor", {"name": "A", "carrier": "b", "topics": "schulden"}),
    ("actor", {"name": ["A"], "carrier": "b"}),
    ("offer", {"name": "A", "actors": ["b"], "status": "offen"}),
    ("offer", {"name": "A", "actors": ["b"], "min_age": 400}),
    ("offer", {"name": "A", "actors": ["b"], "contacts": [{"telefon": "1"}]}),
    ("post", {"title": "A", "date": "gestern"}),
    ("post", {"title": "A", "date": "2026-01-01", "draft": "vielleicht"}),
    ("post", {"title": "A", "date": "2026-01-01", "image": {"alt": "ohne Datei"}}),
    ("place", {"name": "A", "lat": 200}),
    ("site", {"title": "A", "language": "de", "timezone": "Europe/Berlin", "base_url": "x"}),
    ("vocabulary", {"topics": {"Großes Wort": {"label": "A"}}}),
    ("event", {"start": str(date(2026, 1, 1))}),
    ("event", {"title": "Ohne Tag"}),
    ("offer", {"name": "A", "actors": []}),
    ("actor", {"name": "A", "carrier": None}),
    ("actor", {"name": "A", "carrier": "b", "contacts": [{"phone": "0261 123456"}]}),
]
RIGHT = [
    ("actor", {"name": "A", "carrier": "b", "summary": None, "joined": "", "topics": None}),
    ("actor", {"name": 2026, "carrier": "b", "contacts": [{"role": "A", "phone": 261123456}]}),
    ("actor", {"name": "A", "carrier": "b", "topics": [None, "c"], "logo": ""}),
    ("offer", {"name": "A", "actors": ["b"], "status": None, "min_age": None}),
    ("post", {"title": "A", "date": "31.01.2024", "draft": "ja", "image": None}),
    ("event", {"title": "A", "undated": "Bald.", "start": None, "moved": None}),
    ("event", {"title": "A", "start": "2026-11-20T14:00"}),
]


@pytest.mark.parametrize(("kind", "record"), RIGHT)
def test_what_the_build_accepts_is_accepted(kind: str, record: dict[str, object]):
    assert not list(Draft202012Validator(SCHEMAS[kind]).iter_errors(record))


def test_the_ids_of_a_site_are_examples_and_no_limit():
    known = {"carrier": {"parea": "Parea gGmbH"}}
    carrier = schemas(known)["actor"]["properties"]["carrier"]
    assert carrier["examples"] == ["parea"]
    assert not list(Draft202012Validator(carrier).iter_errors("neu"))


def types(of: type[Struct]) -> Iterator[type[Struct]]:
    """A record's type, and those of its parts."""
    yield of
    for field in fields_of(of):
        form = field.form.item if isinstance(field.form, Many | Table) else field.form
        if isinstance(form, Shaped):
            yield from types(form.type)


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_is_written_as_it_is_read(kind: Kind):
    for of in types(kind.type):
        for field in fields_of(of):
            if field.key.reserved:
                continue
            text = "\n".join(lines(field))
            reading = Reading("beispiel.yaml", text)
            convert(compose(text, "beispiel.yaml"), of, reading)  # type: ignore[arg-type]
            codes = {problem.code for problem in reading.problems} - {"missing-key"}
            assert not codes, text


@pytest.mark.parametrize(("kind", "record"), BROKEN)
def test_a_broken_record_is_refused(kind: str, record: dict[str, object]):
    assert list(Draft202012Validator(SCHEMAS[kind]).iter_errors(record))


SEEN_IN_ONE_FILE = (
    *("unknown-key", "missing-key", "reserved-key", "wrong-type", "not-in-list", "bad-value"),
    *("ambiguous-date", "start-missing"),
)
"""What an editor's tool can tell while typing: no other file and no calendar is needed."""


@pytest.mark.parametrize("code", SEEN_IN_ONE_FILE)
def test_each_broken_site_that_one_file_shows_is_refused(code: str):
    """Every file that the build names is one that the schema refuses, and no other is."""
    folder = BROKEN_SITES / code
    told = (folder / "expected.en.txt").read_text(encoding="utf-8")
    named = {path for path in (folder / "content").rglob("*") if f"{path.name}:" in told}
    assert named
    for path in (folder / "content").rglob("*"):
        home = home_of(path.relative_to(folder / "content").as_posix()) if path.is_file() else None
        if isinstance(home, Home):
            errors = list(Draft202012Validator(SCHEMAS[home.kind]).iter_errors(metadata(path)))
            assert bool(errors) == (path in named), path


def test_every_key_has_a_german_label_and_help_and_is_in_the_reference():
    text = (ROOT / "docs" / "felder.md").read_text(encoding="utf-8")
    assert text == reference(), "run: python -m netzsite.integrations.reference > docs/felder.md"
    for kind in KINDS:
        for field in fields_of(kind.type):
            assert field.key.label
            assert field.key.help.endswith((".", "…")), (kind.name, field.name)
            assert f"`{field.name.rstrip('_')}`" in text


def test_the_fictional_site_fills_every_key_of_every_record():
    used: dict[str, set[str]] = {kind.name: set() for kind in KINDS}
    for kind, path in records():
        if MUSTERVIERTEL in path.parents:
            used[kind] |= set(metadata(path))
    unused = {
        (kind.name, field.name)
        for kind in KINDS
        for field in fields_of(kind.type)
        if field.name.rstrip("_") not in used[kind.name] and not field.key.reserved
    }
    # These three have no page of their own that could have moved.
    assert unused <= {("site", "aliases"), ("vocabulary", "aliases"), ("network", "aliases")}


# The schemas of this repository's own site are part of it.


def test_the_first_sites_schemas_are_those_of_the_types():
    made = schemas()
    for name, schema in made.items():
        path = ROOT / vscode.SCHEMAS / f"{name}.schema.json"
        found = json.loads(path.read_text("utf-8"))
        assert without_ids(found) == without_ids(schema), "run: netzsite schema"
    shown = json.loads((ROOT / vscode.SNIPPETS).read_text("utf-8"))
    assert shown == vscode_snippets.snippets(), "run: netzsite schema"
    text = (ROOT / vscode.SETTINGS).read_text("utf-8")
    assert vscode.settings(text) == text


def without_ids(schema: Any) -> Any:
    """Leave the examples out: the ids of records may be older than the records."""
    if isinstance(schema, dict):
        return {key: without_ids(value) for key, value in schema.items() if key != "examples"}
    return [without_ids(item) for item in schema] if isinstance(schema, list) else schema
