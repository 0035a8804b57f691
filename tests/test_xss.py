"""Hostile content: whatever an editor's text holds, nothing of it runs and nothing of it loads.

Every vector is put into every free key of every kind of record, and into every body that doesn't
refuse it. The pages are opened in Chromium with the policy switched off, so that the cleaning alone
has to hold; and pages without cleaning with the policy on, so that the policy alone has to.
"""

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final, Self

import markdown
import pytest

from netzsite.fields.field import Field, Form, Many, Marked, Scalar, Shaped, Table, fields_of
from netzsite.fields.types import MAX_LINE, Refers, Slip
from netzsite.pipeline.build import build
from netzsite.problems import Severity
from netzsite.records.kinds import BY_NAME, KINDS
from tests.conftest import options, tree
from tests.hosting import hosted, told
from tests.lab import picture, put
from tests.vectors import TRAP, VECTORS, numbered

LEAST: Final = 100
"""So many vectors have to be at work."""
TEXTS: Final = ("line", "prose")
"""Shapes of values that may hold anything."""
FIXED: Final = {
    "site": {"language": "de", "base_url": "https://musterdorf-netz.de", "timezone": "Europe/Berlin"},
    "actor": {"carrier": "{0}", "target_groups": ["{0}"], "topics": ["{0}"], "places": ["{0}"]},
    "offer": {"actors": ["{0}"], "place": "{0}", "topics": ["{0}"], "target_groups": ["{0}"]},
    "post": {"date": "2026-11-01", "actors": ["{0}"], "offers": ["{0}"]},
    "event": {"start": "2026-12-01 14:00", "place": "{0}", "actors": ["{0}"]},
}  # fmt: skip
"""What has to be there, or brings a text to more pages; ``{0}`` is the record's id."""
REFERS: Final = {"to": "news", "id": "{0}", "actors": ["{0}"], "src": "media/p.png", "first": "2026-12-24", "phones": ["116 123"]}  # fmt: skip
"""The same, inside of records."""
UNSAID: Final = frozenset({"undated", "feed_id", "translation_of"})
"""Texts that can't stand beside the others, or that a version to come keeps."""


def grouped(vectors: Iterable[str], between: str = " ") -> list[str]:
    """Join vectors into texts that are just short enough to be read as a line."""
    texts: list[str] = []
    for one in vectors:
        if texts and len(texts[-1] + between + one) <= MAX_LINE:
            texts[-1] += between + one
        else:
            texts.append(one)
    return texts


def said(form: Form, text: str, body: str, name: str) -> Any:
    """Say a text in a value wherever it may say anything; None where it can't."""
    if isinstance(form, Scalar):
        return text if form.shape.name in TEXTS else None
    if isinstance(form, Marked):
        return body
    if isinstance(form, Many):
        inner = said(form.item, text, body, name)
        return [inner] if inner else None
    if isinstance(form, Shaped):
        inside = filled(form.fields, text, body, name)
        here = {key: REFERS[key] for key in REFERS if key in {one.name for one in form.fields}}
        return inside | here if inside else None
    inner = said(form.item, text, body, name)
    return {name: inner} if inner else None


def filled(fields: Iterable[Field], text: str, body: str, name: str) -> dict[str, Any]:
    """Say a text in all keys that may say anything."""
    found = {one.name: said(one.form, text, body, name) for one in fields}
    return {key: value for key, value in found.items() if value and key not in UNSAID}


def record(kind: str, text: str, body: str, name: str = "a") -> dict[str, Any]:
    """Make a record that says a text in all of its keys."""
    found = filled(fields_of(BY_NAME[kind].type), text, body, name)
    if BY_NAME[kind].suffix == ".md":
        found["body"] = body
    found |= FIXED.get(kind, {}) | {"checked_on": "2026-11-01"}
    value: dict[str, Any] = json.loads(json.dumps(found).replace("{0}", name))
    return value


def written(kind: str, values: dict[str, Any]) -> str:
    """Write a record as YAML, or with its text behind it."""
    head = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in values.items()
        if key != "body"
    )
    return f"---\n{head}---\n\n{values['body']}\n" if "body" in values else head


def merged(records: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Put together the lists and tables of several records of which there can be only one."""
    whole: dict[str, Any] = {}
    for one in records:
        for key, value in one.items():
            if isinstance(value, list | dict) and key in whole:
                whole[key] = whole[key] + value if isinstance(value, list) else whole[key] | value
            else:
                whole[key] = value
    return whole


def plain_pages(bodies: dict[str, str]) -> dict[str, str]:
    """Write a page for each body."""
    return {
        f"pages/{name}.md": f"---\ntitle: Seite {name}\n---\n\n{body}\n"
        for name, body in bodies.items()
    }


def make(root: Path, files: dict[str, str]) -> Path:
    """Write the content of a site; it wears no dress, which makes hundreds of pages quick."""
    shutil.rmtree(root / "content", ignore_errors=True)
    put(root / "templates" / "site.css", "")
    for name, text in files.items():
        put(root / "content" / name, text)
    put(root / "content" / "media" / "p.png", picture(4, 3))
    return root


def whole_site(bodies: list[str]) -> dict[str, str]:
    """Write a site whose records say all vectors in all keys; bodies those that they don't refuse."""
    texts = grouped(numbered())
    rows = [(f"a{n}", text, bodies[n % len(bodies)]) for n, text in enumerate(texts)]
    files = {"site.yaml": written("site", record("site", texts[0], ""))}
    for kind in ("vocabulary", "network"):
        files[f"{kind}.yaml"] = written(
            kind, merged(record(kind, text, body, name) for name, text, body in rows)
        )
    for kind in ("carrier", "actor", "offer", "place", "post", "event"):
        home, suffix = BY_NAME[kind].home, BY_NAME[kind].suffix
        for name, text, body in rows:
            files[f"{home}/{name}{suffix}"] = written(kind, record(kind, text, body, name))
    return files


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[int, set[str]]:
    """Which vectors a body can't have, and what is told of each."""
    root = tmp_path_factory.mktemp("refused")
    site = {"site.yaml": written("site", FIXED["site"] | {"title": "Netz"})}
    found: dict[int, set[str]] = {}
    while True:
        bodies = {f"x{n}": one for n, one in enumerate(numbered()) if n not in found}
        report = build(options(make(root, site | plain_pages(bodies)), publish=False))
        if report.good:
            return found
        for problem in report.problems:
            if problem.severity is Severity.ERROR:
                hit = re.fullmatch(r"content/pages/x(\d+)\.md", problem.path)
                assert hit, problem
                found.setdefault(int(hit[1]), set()).add(problem.code)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, refused: dict[int, set[str]]) -> Path:
    """A site full of vectors, built; beside it small ones whose ``site.yaml`` says them."""
    home = tmp_path_factory.mktemp("hostile")
    left = {f"x{n}": one for n, one in enumerate(numbered()) if n not in refused}
    bodies = grouped(left.values(), "\n\n")
    root = make(home / "site", whole_site(bodies) | plain_pages(left))
    report = build(options(root, output=home / "output"))
    assert report.published, report.problems
    for number, text in enumerate(grouped(numbered())):
        body = bodies[number % len(bodies)]
        files = {
            "site.yaml": written("site", record("site", text, body)),
            "network.yaml": written("network", {"introduction": body}),
            "pages/mehr.md": written("page", record("page", text, body)),
        }
        root = make(home / f"site{number}", files)
        report = build(options(root, output=home / "output" / "klein" / str(number)))
        assert report.published, report.problems
    return home / "output"


@pytest.fixture(scope="module")
def uncleaned(tmp_path_factory: pytest.TempPathFactory, hostile: Path) -> Path:
    """The same vectors as careless templates would have them, with the policy of the site."""
    policy = told(hostile)["Content-Security-Policy"].partition("; frame-ancestors")[0]
    folder = tmp_path_factory.mktemp("uncleaned")
    put(folder / "robots.txt", "")
    for number, one in enumerate(numbered()):
        text = markdown.markdown(one, extensions=["attr_list", "footnotes", "tables", "md_in_html"])
        put(
            folder / f"{number}.html",
            f'<!doctype html><meta http-equiv=Content-Security-Policy content="{policy}">'
            f"<main>{text}</main><p title=\"{one}\">A</p><p title='{one}'>A</p>"
            f'<a href="{one}">Los</a><script>var a = "{one}"</script>'
            f"<script>var b = '{one}'</script>",
        )
    return folder


WATCH: Final = "window.ran = number => window.top.postMessage({ran: number}, '*')"
"""What a vector calls, in every frame."""
VISIT: Final = (Path(__file__).parent / "visit.js").read_text(encoding="utf-8")


class Visit:
    """Pages opened in frames, many at once; what ran, what was asked for, what said something."""

    def __init__(self, browser: Any, *, policy: bool) -> None:
        self.policy = policy
        self.context = browser.new_context(bypass_csp=not policy)
        self.context.add_init_script(WATCH)
        self.asked: list[str] = []
        self.said: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.context.close()

    def open(self, origin: str, pages: Iterable[str]) -> set[int]:
        """Open pages of one origin and try what a reader would do; gives the numbers of what ran."""

        def note(request: Any) -> None:
            foreign = not request.url.startswith((f"{origin}/", "data:", "blob:"))
            if foreign and not (self.policy and request.failure == "csp"):
                self.asked.append(request.url)

        # What a policy stops has been asked of the browser, but not of anybody else.
        self.context.on("requestfailed" if self.policy else "request", note)
        page = self.context.new_page()
        page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        page.on("popup", lambda popup: self.said.append(popup.url))
        page.goto(f"{origin}/robots.txt")
        ran = set(page.evaluate(VISIT, [f"{origin}/{one}" for one in pages]))
        page.close()
        trapped = (re.search(rf"//{TRAP}/\?(\d+)$", url) for url in self.asked)
        return ran | {int(hit[1]) for hit in trapped if hit}


def pages(folder: Path) -> list[str]:
    """All pages and drawings of a site; of the small ones those that show what is theirs."""
    found = [name for name in tree(folder) if name.endswith((".html", ".svg"))]
    own = re.compile(r"klein/\d+/(index|(netzwerk|mehr|impressum)/index)\.html")
    return [name for name in found if not name.startswith("klein/") or own.fullmatch(name)]


def test_what_a_body_refuses_is_told_and_enough_is_left(refused: dict[int, set[str]]):
    assert len(VECTORS) - len(refused) >= LEAST
    assert all(codes for codes in refused.values())


def shapes(form: Form) -> Iterator[Any]:
    """List the shapes of all single values in a record."""
    if isinstance(form, Scalar):
        yield form.shape
    elif isinstance(form, Many):
        yield from shapes(form.item)
    elif isinstance(form, Shaped):
        yield from chain.from_iterable(shapes(field.form) for field in form.fields)
    elif isinstance(form, Table):
        yield from (form.key.shape, *shapes(form.item))


def test_what_is_no_text_refuses_all_of_them():
    """Addresses, numbers, days, hours, ids: not one of them takes a vector."""
    kinds = [field.form for kind in KINDS for field in fields_of(kind.type)]
    texts = (*TEXTS, "note")
    found = {shape.name: shape for form in kinds for shape in shapes(form)}
    reads = [one for one in found.values() if one.name not in texts and not isinstance(one, Refers)]
    assert {"url", "email", "phone", "alias", "hours"} < {shape.name for shape in reads}
    for shape in reads:
        for vector in numbered():
            with pytest.raises(Slip):
                shape.read(vector)


def test_no_record_can_be_called_like_one(tmp_path: Path):
    """Files, and ids that refer to them; of a name with a slash, the last part is one."""
    refers = written("offer", {"name": "A", "actors": numbered()})
    site = written("site", FIXED["site"] | {"title": "Netz"})
    root = make(tmp_path, {"site.yaml": site, "offers/a.yaml": refers})
    names = {one.rpartition("/")[2].lstrip("#") or "<b>" for one in numbered()}
    assert len(names) > LEAST
    for name in names:
        put(root / "content" / "posts" / f"{name}.md", "---\ntitle: A\ndate: 2026-11-01\n---\n")
        put(root / "content" / "media" / f"{name}.png", picture(4, 3))
    report = build(options(root, publish=False))
    told_of = {one.path for one in report.problems if one.severity is Severity.ERROR}
    assert {f"content/posts/{name}.md" for name in names} <= told_of
    assert {f"content/media/{name}.png" for name in names} <= told_of
    dangling = [one for one in report.problems if one.code == "dangling-reference"]
    assert len(dangling) == len(VECTORS)


@pytest.mark.browser
def test_nothing_runs_with_the_policy_switched_off(browser: Any, hostile: Path):
    with hosted(hostile) as origin, Visit(browser, policy=False) as visit:
        assert visit.open(origin, pages(hostile)) == set()
        assert visit.asked == []
        assert visit.said == []


@pytest.mark.browser
def test_the_same_vectors_run_where_nothing_is_cleaned(browser: Any, uncleaned: Path):
    with hosted(uncleaned) as origin, Visit(browser, policy=False) as visit:
        ran = visit.open(origin, [f"{number}.html" for number in range(len(VECTORS))])
    assert len(ran) >= LEAST


@pytest.mark.browser
def test_the_policy_alone_stops_them_too(browser: Any, uncleaned: Path):
    with hosted(uncleaned) as origin, Visit(browser, policy=True) as visit:
        assert visit.open(origin, [f"{number}.html" for number in range(len(VECTORS))]) == set()
        assert visit.said == []
