"""What mustn't leave: notes, drafts, posts of days to come; and what is over stays where it is.

Every output is searched as its reader would read it: calendars and cards unfolded, entities and
escapes resolved, so that no way of writing hides a word.
"""

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pytest
import yaml

from netzsite import urls
from netzsite.pipeline.build import build
from netzsite.records.kinds import KINDS
from tests.conftest import MUSTERVIERTEL, ROOT, Run, options, tree

FOLDED: Final = re.compile(rb"\r?\n[ \t]")
"""Where a long line of a calendar or a card goes on (RFC 5545, 3.1)."""
ESCAPED: Final = re.compile(r"\\(?:u([0-9a-f]{4})|([,;nN\\/\"']))")
NOTE: Final = "zzqx{number}geheim"
SHORTEST: Final = 25
"""Notes are searched by sentences that long; a name alone may be said elsewhere too."""


def read(path: str, data: bytes) -> str:
    """Give the text of a file as somebody reads it, in small letters, blanks made one."""
    if path.endswith((".ics", ".vcf")):
        data = FOLDED.sub(b"", data)
    text = html.unescape(data.decode("utf-8", "ignore"))
    text = ESCAPED.sub(lambda hit: chr(int(hit[1], 16)) if hit[1] else hit[2], text)
    return re.sub(r"\s+", " ", text).lower()


def holders(folder: Path, words: set[str]) -> dict[str, set[str]]:
    """Tell which files say which of some words, in their text or their name."""
    found = {}
    for path, data in tree(folder).items():
        text = f"{path.lower()} {read(path, data)}"
        said = {word for word in words if word.lower() in text}
        if said:
            found[path] = said
    return found


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.html", "<p>Ein&#32;Ge&#104;eimnis"),
        ("a.js", 'a="Ein Ge\\u0068eimnis"'),
        ("a.ics", "SUMMARY:Ein Geh\r\n eimnis"),
        ("a.vcf", "NOTE:Ein\\nGeheimnis"),
        ("a.txt", "EIN\n   GEHEIMNIS"),
        ("ein geheimnis.png", ""),
    ],
)
def test_no_way_of_writing_hides_a_word(tmp_path: Path, path: str, data: str):
    (tmp_path / path).write_text(data, encoding="utf-8")
    found = holders(tmp_path, {"geheimnis"})
    assert found == {path: {"geheimnis"}}


def records(root: Path) -> Iterator[Path]:
    """Give every file of a record."""
    for file in sorted((root / "content").rglob("*")):
        if file.suffix in (".md", ".yaml"):
            yield file


def with_note(text: str, note: str, *, body: bool) -> str:
    """Put a note into a record, in a way that YAML has for a text; an old one goes."""
    text = re.sub(r"(?m)^internal:.*\n(?:[ \t]+.*\n)*", "", text)
    return text.replace("---\n", f"---\n{note}\n", 1) if body else f"{text.rstrip()}\n{note}\n"


WAYS: Final = (
    "internal: {0} ist eine Notiz",
    'internal: "{0}: eine Notiz"',
    "internal: |\n  Eine Notiz\n\n  {0} in mehreren Zeilen",
    "internal: >-\n  Eine\n  {0}\n  Notiz",
    "internal: 'Eine Notiz,\n  {0}'",
)


@pytest.fixture
def noted(site: Path) -> tuple[Path, set[str]]:
    """The fictional site with a note of its own in every record, and the words of the notes."""
    words = set()
    for number, file in enumerate(records(site)):
        word = NOTE.format(number=number)
        note = WAYS[number % len(WAYS)].format(word)
        text = file.read_text(encoding="utf-8")
        file.write_text(with_note(text, note, body=file.suffix == ".md"), encoding="utf-8")
        words.add(word)
    return site, words


def test_a_note_leaves_no_record_of_any_kind_by_any_way(noted: tuple[Path, set[str]], run: Run):
    root, words = noted
    kinds = {kind.home.partition(".")[0] for kind in KINDS}
    have = {path.relative_to(root / "content").parts[0].partition(".")[0] for path in records(root)}
    assert kinds <= have
    report = build(options(root, drafts=True))
    assert report.published, report.problems
    assert holders(root / "output", words) == {}
    # Schemas for completion are made from the same records.
    run("schema", str(root))
    assert (root / ".vscode").is_dir()
    assert holders(root / ".vscode", words) == {}


def notes(root: Path) -> set[str]:
    """Give the sentences of all notes of a site."""
    found: set[str] = set()
    for file in records(root):
        head = file.read_text(encoding="utf-8")
        head = head.split("---\n")[1] if file.suffix == ".md" else head
        note = yaml.load(head, yaml.BaseLoader).get("internal") or ""
        found |= {part.strip() for part in re.split(r"\.\s|\n", str(note))}
    return {part for part in found if len(part) >= SHORTEST}


@pytest.mark.parametrize("name", ["muster", "real"])
def test_no_sentence_of_a_note_is_said_on_either_site(name: str, request: pytest.FixtureRequest):
    words = notes(MUSTERVIERTEL if name == "muster" else ROOT)
    assert words
    assert holders(request.getfixturevalue(name), words) == {}


HIDDEN: Final = {"draft: true": date(2026, 11, 20), "expires: 2030-01-01": date(2026, 10, 1)}
"""What hides a post of November 2026, and a day on which it does."""


@pytest.mark.parametrize(("line", "today"), HIDDEN.items())
def test_what_refers_to_a_hidden_post_says_nothing_of_it(site: Path, line: str, today: date):
    mark = "zzqxverborgen"
    content = site / "content"
    (content / "posts" / "verborgen.md").write_text(
        f"---\ntitle: {mark} Titel\ndate: 2026-11-02\nsummary: {mark}\ntags: [{mark}]\n{line}\n"
        f"actors: [familienzentrum]\noffers: [krabbelgruppe]\n---\n\n## {mark}\n\n{mark}\n",
        encoding="utf-8",
    )
    for place, key in (("actors/familienzentrum", "description"), ("offers/krabbelgruppe", "description")):  # fmt: skip
        file = content / f"{place}.yaml"
        text = re.sub(rf"(?m)^{key}:.*\n(?:[ \t]+.*\n|\n(?=[ \t]))*", "", file.read_text("utf-8"))
        said = f"{key}: Mehr [im Beitrag](post:verborgen), [dort](post:verborgen#{mark}).\n"
        file.write_text(text + said, encoding="utf-8")
    report = build(options(site, today=today))
    assert report.published, report.problems
    assert "hidden-reference" in {one.code for one in report.problems}
    assert holders(site / "output", {mark}) == {}
    assert holders(site / "output", {"verborgen"}) == {}


WAIT: Final = ("draft: true", "publish_date: 2027-02-01")
WAITING: Final = {
    "carriers/zzqwarta.yaml": "name: zzqwarta Haus\n{}\n",
    "actors/zzqwartb.yaml": "name: zzqwartb Treff\ncarrier: stadt-musterstadt\nsummary: zzqwartb.\naliases: [/zzqwartb/]\n{}\ncontacts: [{{name: zzqwartb, phone: 0351 123456}}]\n",
    "offers/zzqwartc.yaml": "name: zzqwartc Kurs\nactors: [familienzentrum]\nhours: Di 14-16 Uhr\n{}\n",
    "places/zzqwartd.yaml": "name: zzqwartd Saal\nstreet: zzqwartd\n{}\n",
    "events/zzqwarte.md": "---\ntitle: zzqwarte Fest\nstart: 2026-12-01 14:00\nactors: [familienzentrum]\n{}\n---\nzzqwarte\n",
    "pages/zzqwartf.md": "---\ntitle: zzqwartf Seite\nmenu: true\n{}\n---\nzzqwartf\n",
    "posts/zzqwartg.md": "---\ntitle: zzqwartg Post\ndate: 2026-11-01\ntags: [zzqwartg]\nimage: {{src: media/zzqwartg.png, alt: x, credit: y}}\n{}\n---\nzzqwartg\n",
    # What needs a carrier that waits, and an actor that does.
    "actors/zzqwarth.yaml": "name: zzqwarth Werkstatt\ncarrier: zzqwarta\n",
    "offers/zzqwarti.yaml": "name: zzqwarti Sprechstunde\nactors: [zzqwartb, zzqwarth]\nhours: Mi 9-10 Uhr\n",
}  # fmt: skip
"""One of each kind."""
HOMES: Final = {
    "zzqwarta": "traeger/",
    "zzqwartb": "akteure/",
    "zzqwartc": "angebote/",
    "zzqwartd": "orte/",
    "zzqwarte": "termine/",
    "zzqwartg": "aktuelles/",
    "zzqwarth": "akteure/",
    "zzqwarti": "angebote/",
}
LINKS: Final = (
    "---\ntitle: Sichtbar\ndate: 2026-11-03\nactors: [familienzentrum, zzqwartb]\noffers: [zzqwartc]\n---\n"
    "[A](actor:zzqwartb), [B](offer:zzqwartc), [C](event:zzqwarte), [D](page:zzqwartf), [E](post:zzqwartg)\n"
)
MEETING: Final = "---\ntitle: Runde\nstart: 2026-12-02\nplace: zzqwartd\nactors: [zzqwartb, familienzentrum]\n---\n"


@pytest.mark.parametrize("wait", WAIT)
def test_what_waits_is_said_nowhere_and_the_preview_marks_it(site: Path, wait: str):
    for path, text in WAITING.items():
        (site / "content" / path).write_text(text.format(wait), encoding="utf-8")
    for path, text in (("posts/sichtbar.md", LINKS), ("events/runde.md", MEETING)):
        (site / "content" / path).write_text(text, encoding="utf-8")
    media = site / "content" / "media"
    (media / "zzqwartg.png").write_bytes((media / "sommerfest.png").read_bytes())
    names = {Path(path).stem for path in WAITING}
    report = build(options(site))
    assert report.published, report.problems
    assert {"hidden-reference", "needs-hidden"} <= {one.code for one in report.problems}
    assert holders(site / "output", {*names, "zzqwart"}) == {}

    preview = build(options(site, drafts=True, output=site / "vorschau"))
    assert preview.published, preview.problems
    told = "Entwurf: nur in der" if "draft" in wait else "Erscheint am 1. Februar 2027; bis dahin"
    pages = {path: data.decode() for path, data in tree(site / "vorschau").items()
             if path.endswith(".html")}  # fmt: skip
    for name in sorted(names):
        own = pages[f"{HOMES.get(name, '')}{name}/index.html"]
        because = name in ("zzqwarth", "zzqwarti") and "draft" in wait
        assert ("Nur in der Vorschau zu sehen" if because else told) in own, name
    for path, name in (("akteure", "zzqwartb"), ("angebote", "zzqwartc"), ("termine", "zzqwarte"), ("aktuelles", "zzqwartg")):  # fmt: skip
        entry = next(part for part in re.split("<li|</li>", pages[f"{path}/index.html"])
                     if f"{name} " in part)  # fmt: skip
        assert "Nur in der Vorschau zu sehen" in entry
    assert "Vorschau zu sehen" not in pages["akteure/familienzentrum/index.html"].split("<aside")[0]


def test_what_is_over_is_neither_listed_nor_found_nor_fed(muster: Path):
    """Who left, what ended, what expired: at its own address, and where something is said of it."""
    over = {
        "/akteure/radwerkstatt/": (),
        "/angebote/radwerkstatt/": (),
        "/aktuelles/adventskalender/": ("feed.xml", "feed.json"),
    }
    everywhere = tree(muster)
    for address, feeds in over.items():
        assert f"{address[1:]}index.html" in everywhere
        for path in ("sitemap.xml", "suche/index.js", "termine.ics", *feeds):
            assert address not in read(path, everywhere[path]), (path, address)
        for path in ("", "angebote/", "akteure/", "aktuelles/", "woche/", "suche/"):
            links = re.findall(r'href="([^"]*)"', everywhere[f"{path}index.html"].decode())
            assert address not in {urls.resolve(f"/{path}", link) for link in links}, path
