"""``netzsite schema`` in VS Code: settings of one's own stay, and the language server is served."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from netzsite import inventory
from netzsite.integrations import vscode, vscode_snippets
from netzsite.integrations.jsonc import NotJsonError, with_entry
from tests import npm
from tests.conftest import ROOT, Run

OWN = """\
{
  // Wir schreiben mit vier Leerzeichen.
  "editor.tabSize": 4, /* wirklich */
  "yaml.schemas": {
    "https://example.org/schema.json": ["andere/*.yaml"], // bleibt
  },
  "files.eol": "\\n",
}
"""


def without_comments(text: str) -> Any:
    bare = re.sub(r" *//.*| */\*.*?\*/", "", text.replace("https://", "https:"))
    return json.loads(re.sub(r",(\s*[}\]])", r"\1", bare))


def test_a_site_gets_schemas_settings_and_a_recommendation(run: Run, site: Path):
    code, out, err = run("schema", str(site))
    assert (code, err) == (0, "")
    settings = json.loads((site / vscode.SETTINGS).read_text("utf-8"))["yaml.schemas"]
    for schema, pattern in settings.items():
        assert json.loads((site / schema).read_text("utf-8"))["title"]
        assert list(site.glob(pattern)), pattern
    recommended = json.loads((site / vscode.EXTENSIONS).read_text("utf-8"))
    assert recommended == {"recommendations": ["redhat.vscode-yaml"]}
    for path in out.splitlines()[:-1]:
        assert (site / path).is_file()


def test_a_second_run_has_nothing_to_do(run: Run, site: Path):
    run("schema", str(site))
    code, out, _ = run("schema", str(site))
    assert (code, out) == (0, "Alles ist auf dem neuesten Stand.\n")


def test_settings_of_ones_own_stay_with_their_comments(run: Run, site: Path):
    (site / ".vscode").mkdir()
    (site / vscode.SETTINGS).write_text(OWN, "utf-8")
    (site / vscode.EXTENSIONS).write_text('{"recommendations": ["a.b"]}', "utf-8")
    assert run("schema", str(site))[0] == 0
    text = (site / vscode.SETTINGS).read_text("utf-8")
    ours = "./.vscode/netzsite/"
    kept = [line for line in text.splitlines(keepends=True) if ours not in line]
    assert "".join(kept) == OWN
    settings = without_comments(text)
    assert settings["editor.tabSize"] == 4
    assert settings["yaml.schemas"][f"{ours}actor.schema.json"] == "content/actors/*.yaml"
    listed = json.loads((site / vscode.EXTENSIONS).read_text("utf-8"))["recommendations"]
    assert listed == ["a.b", "redhat.vscode-yaml"]


def test_settings_that_are_no_json_are_left_alone_and_named(run: Run, site: Path):
    (site / ".vscode").mkdir()
    (site / vscode.SETTINGS).write_text("{ oh", "utf-8")
    code, out, err = run("schema", str(site))
    assert (code, out) == (1, "")
    assert ".vscode/settings.json ist kein gültiges JSON" in err
    assert [path.name for path in (site / ".vscode").iterdir()] == ["settings.json"]


ENTRIES = [
    ("", {}),
    ("{}", {}),
    ("{ }\n", {}),
    ("{ // nichts\n}", {}),
    ('{"a": 1}', {"a": 1}),
    ('{"a": 1,}', {"a": 1}),
    ('{"a": "}", "b": [{"c": 2}] // Ende\n}', {"a": "}", "b": [{"c": 2}]}),
    ('{"x": {"y": {"z": 0}}, "a": null}', {"x": {"y": {"z": 0}}, "a": None}),
    ('{"x": {"y": 7}}', {"x": {"y": 7}}),
    ('{"x": 3}', {"x": 3}),
    ('// vorn\n{"k": "\\"//kein"}\n// hinten\n', {"k": '"//kein'}),
]


@pytest.mark.parametrize(("text", "value"), ENTRIES)
@pytest.mark.parametrize("path", [("n",), ("x", "y"), ("x", "y", "w")])
def test_one_entry_is_set_and_all_others_are_kept(text: str, value: Any, path: tuple[str, ...]):
    wanted = json.loads(json.dumps(value))
    inside = wanted
    for key in path[:-1]:
        if not isinstance(inside.get(key), dict):
            inside[key] = {}
        inside = inside[key]
    inside[path[-1]] = {"neu": [1]}
    again = with_entry(text, path, {"neu": [1]})
    bare = re.sub(r"(?m)^//.*$| // .*$", "", again)
    assert json.loads(re.sub(r",(\s*[}\]])", r"\1", bare)) == wanted
    assert with_entry(again, path, {"neu": [1]}) == again
    for comment in re.findall(r"// \w+", text):
        assert comment in again


@pytest.mark.parametrize("text", ["[]", "{", "}", "{} {}", '{"a": 1', "null", '{"a": "x\n"}'])
def test_what_is_no_object_is_refused(text: str):
    with pytest.raises(NotJsonError):
        with_entry(text, ("a",), 1)


def test_a_snippet_gives_front_matter_that_can_be_read():
    for name, snippet in vscode_snippets.snippets().items():
        text = "\n".join(snippet["body"]).replace("$0", "")
        text = text.replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2026-11-20")
        text = re.sub(r"\$\{\d+\|([^,|]*).*?\|\}", r"\1", text)
        text = re.sub(r"\$\{\d+:((?:[^}\\]|\\.)*)\}", r"\1", text).replace("\\}", "}")
        assert "$" not in text, name
        values = yaml.load(text.replace("---", ""), Loader=yaml.CBaseLoader)
        assert isinstance(values, dict), name
        assert all(values.values()), name


# The language server behind the extension.


class Server:
    """A YAML language server that was told what ``.vscode/settings.json`` says."""

    def __init__(self, process: "subprocess.Popen[bytes]", root: Path) -> None:
        self.process, self.root, self.count = process, root, 0
        self.told: dict[str, list[dict[str, Any]]] = {}
        settings = json.loads((root / vscode.SETTINGS).read_text("utf-8"))
        self.yaml = {
            "schemas": settings["yaml.schemas"],
            "validate": True,
            "completion": True,
            "schemaStore": {"enable": False},
        }
        folder = {"uri": root.as_uri(), "name": "seite"}
        able = {"workspace": {"configuration": True, "workspaceFolders": True}}
        asked = {"processId": None, "rootUri": root.as_uri(), "capabilities": able}
        self.ask("initialize", asked | {"workspaceFolders": [folder]})
        self.send({"method": "initialized", "params": {}})

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if message.get("method") == "workspace/configuration":
            items = message["params"]["items"]
            settings = [self.yaml if item["section"] == "yaml" else {} for item in items]
            self.send({"id": message["id"], "result": settings})
        elif "method" in message and "id" in message:
            self.send({"id": message["id"], "result": None})
        elif message.get("method") == "textDocument/publishDiagnostics":
            found = message["params"]
            self.told[found["uri"]] = found["diagnostics"]
        return message

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self.count += 1
        self.send({"id": self.count, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.count and "method" not in message:
                return message["result"]

    def open(self, path: str, text: str) -> str:
        uri = (self.root / path).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return uri

    def complaints(self, path: str, text: str) -> list[tuple[int, str]]:
        uri = self.open(path, text)
        while uri not in self.told:
            self.receive()
        return [(one["range"]["start"]["line"], one["message"]) for one in self.told[uri]]

    def completions(self, path: str, text: str) -> dict[str, Any]:
        """What is proposed at the end of a text."""
        uri = self.open(path, text)
        lines = text.split("\n")
        place = {"line": len(lines) - 1, "character": len(lines[-1])}
        document = {"uri": uri}
        asked = {"textDocument": document, "position": place}
        answer = self.ask("textDocument/completion", asked)
        return {item["label"]: item.get("documentation") for item in answer["items"]}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    package = npm.installed("yaml-language-server", tmp_path_factory)
    root = tmp_path_factory.mktemp("vscode") / "site"
    (root / "content").mkdir(parents=True)
    for path, text in FILES.items():
        (root / "content" / path).parent.mkdir(exist_ok=True)
        (root / "content" / path).write_text(text, "utf-8")
    vscode.connect(root, inventory.names(inventory.read(root)))
    with subprocess.Popen(
        ["node", package / "bin" / "yaml-language-server", "--stdio"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        yield Server(process, root)
        process.kill()


FILES = {
    "carriers/parea.yaml": "name: Parea gGmbH\n",
    "carriers/verein.yaml": "name: Bürgerverein\n",
    "places/haus.yaml": "name: Haus\npostal_code: 01067\n",
}


def test_the_language_server_finds_nothing_wrong_with_right_files(server: Server):
    samples = ROOT / "netzsite" / "starter" / "content"
    for path in sorted(samples.rglob("*.yaml")):
        place = f"content/{path.relative_to(samples).as_posix()}"
        assert server.complaints(place, path.read_text("utf-8")) == [], place
    right = (
        "name: A\ncarrier: parea\nsummary:\nleft: ''\ncontacts:\n- role: B\n  phone: 0261123456\n"
    )
    assert server.complaints("content/actors/a.yaml", right) == []


def test_the_language_server_marks_a_mistake_while_it_is_typed(server: Server):
    wrong = "name: A\nzielgruppe: x\njoined: gestern\n"
    told = server.complaints("content/actors/b.yaml", wrong)
    assert (1, "Property zielgruppe is not allowed.") in told
    assert (0, 'Missing property "carrier".') in told
    assert (2, "Hier steht ein Tag, zum Beispiel: 2023-05-01") in told


def test_the_language_server_proposes_keys_in_german_and_the_sites_own_ids(server: Server):
    keys = server.completions("content/actors/c.yaml", "name: C\n")
    assert keys["carrier"] == "Kürzel des Trägers aus dem Ordner carriers."
    ids = server.completions("content/actors/d.yaml", "name: D\ncarrier: ")
    assert {"parea", "verein"} <= ids.keys()
