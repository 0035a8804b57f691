"""What the buttons of the form editors write comes out as it was meant.

The texts are made by the editors' own serializers: Decap's, and that of Lexical, which is inside
Sveltia.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import github, npm

HERE = Path(__file__).parent
LIST = "<ul><li>Obst<ul><li>Äpfel</li></ul></li><li>Brot</li></ul>"
SHOWN = {
    "bold": "<p>Das ist <strong>wichtig</strong> und <em>schön</em></p>",
    "heading": "<h2>Programm</h2><p>Text</p>",
    "list": LIST,
    "numbers": "<ol><li>eins<ul><li>a</li></ul></li><li>zwei</li></ol>",
    "break": "<p>Lindenstraße 1<br>12345 Musterdorf</p>",
    "quote": "<blockquote><p>Zitat</p></blockquote>",
    "code": "<pre><code># kein Titel\n- kein Punkt</code></pre>",
    "link": '<p><a href="https://example.org">Programm</a></p>',
    "signs": "<p>Nachbar*innen &amp; Freund*innen, ~5 Euro, a_b [x] #1 "
    '<a href="mailto:tee@example.org">tee@example.org</a></p>',
    "day": "<p>18. November: Fest</p>",
    "hashtag": "<p>#neuendorf ist schön</p>",
    "dash": "<p>- kein Punkt</p>",
    "line": "<p>davor</p><hr><p>danach</p>",
    "strike": "<p><del>abgesagt</del> heute</p>",
    "typed": "<p><code>code</code></p>",
}
"""What a reader is to see of each."""


def texts(*command: str) -> dict[str, str]:
    """Name → Markdown, as a script of Node's prints them."""
    done = subprocess.run(
        ["node", *command], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(line) for line in done.stdout.splitlines())


def check(written: dict[str, str]) -> None:
    for name, text in written.items():
        # Decap puts an empty line into a nested list, which makes paragraphs of its items.
        shown = re.sub("<li><p>(.*?)</p>", r"<li>\1", github.ours(text))
        right = shown == github.structure(SHOWN[name])
        assert right or github.told(text), (name, text, github.ours(text))


def test_what_decap_writes_is_read_as_it_was_meant(tmp_path_factory: pytest.TempPathFactory):
    package = npm.installed("decap-cms-widget-markdown", tmp_path_factory)
    written = texts(str(HERE / "decap_texts.mjs"), str(package))
    assert {"list", "break", "signs", "line"} <= written.keys()
    check(written)


def test_what_lexical_writes_is_read_as_it_was_meant(tmp_path_factory: pytest.TempPathFactory):
    package = npm.installed("lexical", tmp_path_factory, *npm.LEXICAL[1:])
    script = package.parent.parent / "lexical_texts.mjs"
    shutil.copy(HERE / script.name, script)
    written = texts(str(script))
    assert {"list", "break", "signs", "strike", "code"} <= written.keys()
    check(written)
