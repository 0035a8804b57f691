"""A source → one parsed record: its kind and id by the path, its values, its slips."""

from datetime import date

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netzsite.problems import Problem, Spot
from netzsite.records.kinds import BY_NAME, KINDS
from netzsite.records.parse import Home, Parsed, home_of, parse, with_excerpt
from netzsite.times.dates import PartialDate

ACTOR = "name: Familientreff\ncarrier: verein\n"
POST = "---\ntitle: Fest\ndate: 2026-11-20\n---\n"
EVENT = "---\ntitle: Treffen\nstart: 2026-12-09 14:00\n"
SITE = (
    "title: Netz\nlanguage: de\nbase_url: https://musterdorf.de\ntimezone: Europe/Berlin\n"
)  # fmt: skip
PATHS = (
    *("site.yaml", "vocabulary.yaml", "network.yaml", "carriers/verein.yaml"),
    *("actors/treff.yaml", "offers/beratung.yaml", "places/saal.yaml"),
    *("posts/2026/2026-11-20-fest.md", "events/treffen.md", "pages/verein/satzung.md"),
)


def read(path: str, text: str | bytes) -> Parsed:
    home = home_of(path)
    assert isinstance(home, Home)
    return parse(path, home, text.encode() if isinstance(text, str) else text)


def good(path: str, text: str | bytes) -> Parsed:
    parsed = read(path, text)
    assert parsed.problems == ()
    assert parsed.record is not None
    return parsed


def slips(path: str, text: str | bytes) -> list[tuple[str, Spot | None]]:
    return [(problem.code, problem.spot) for problem in read(path, text).problems]


@pytest.mark.parametrize(
    ("path", "home"),
    [
        ("site.yaml", Home("site", "site")),
        ("vocabulary.yaml", Home("vocabulary", "vocabulary")),
        ("network.yaml", Home("network", "network")),
        ("actors/treff.yaml", Home("actor", "treff")),
        ("carriers/e-v-1.yaml", Home("carrier", "e-v-1")),
        ("posts/fest.md", Home("post", "fest")),
        ("posts/2026/11/fest.md", Home("post", "fest")),
        ("posts/2026/2026-11-20-fest.md", Home("post", "fest", "2026-11-20")),
        ("events/2026-11-20-fest.md", Home("event", "fest", "2026-11-20")),
        ("pages/mitmachen.md", Home("page", "mitmachen")),
        ("pages/verein/satzung.md", Home("page", "verein/satzung")),
        ("pages/2026-11-20-fest.md", Home("page", "2026-11-20-fest")),
        ("posts/2026-11-20.md", Home("post", "2026-11-20")),
        ("posts/2026-13-01-fest.md", Home("post", "fest", "2026-13-01")),
        ("posts/2026-11-fest.md", Home("post", "2026-11-fest")),
        ("posts/1000-1-1-fest.md", Home("post", "1000-1-1-fest")),
        ("posts/2026-20-30-fest.md", Home("post", "fest", "2026-20-30")),
        ("posts/2026-2-30-fest.md", Home("post", "2026-2-30-fest")),
    ],
)
def test_a_path_says_kind_id_and_day(path: str, home: Home):
    assert home_of(path) == home


@pytest.mark.parametrize(
    ("path", "guess"),
    [
        ("actors/Familientreff.yaml", "actors/familientreff.yaml"),
        ("actors/größe.yaml", "actors/groesse.yaml"),
        ("actors/treff.yml", "actors/treff.yaml"),
        ("actors/treff.md", "actors/treff.yaml"),
        ("actors/treff", "actors/treff.yaml"),
        ("actors/sub/treff.yaml", "actors/treff.yaml"),
        ("actors/مرحبا.yaml", "actors/name.yaml"),
        ("actors/a--b.yaml", "actors/a-b.yaml"),
        ("actors/-a.yaml", "actors/a.yaml"),
        ("posts/2026/2026-11-20-Großes Fest.md", "posts/2026/2026-11-20-grosses-fest.md"),
        ("posts/2026-11-20-.md", "posts/2026-11-20-name.md"),
        ("posts/2026-11-20_fest.md", "posts/2026-11-20-fest.md"),
        ("posts/2026-1-2-fest.md", "posts/2026-01-02-fest.md"),
        ("posts/20260102-fest.md", "posts/2026-01-02-fest.md"),
        ("posts/2.1.2026 Fest.md", "posts/2026-01-02-fest.md"),
        ("events/2026/02-01-2026_fest.md", "events/2026/2026-01-02-fest.md"),
        ("pages/2.1.2026 Fest.md", "pages/2-1-2026-fest.md"),
        ("posts/fest.markdown", "posts/fest.md"),
        ("posts/Herbst 26/fest.md", "posts/herbst-26/fest.md"),
        ("posts/مرحبا/fest.md", "posts/ordner/fest.md"),
        ("pages/Über uns.md", "pages/ueber-uns.md"),
        ("pages/" + "a" * 81 + ".md", "pages/" + "a" * 80 + ".md"),
    ],
)
def test_a_bad_name_is_told_the_right_one(path: str, guess: str):
    assert home_of(path) == Problem(code="bad-file-name", path=path, facts={"guess": guess})
    assert isinstance(home_of(guess), Home)


@pytest.mark.parametrize(
    ("path", "guess"),
    [
        ("actor/treff.yaml", "actors/treff.yaml"),
        ("Posts/fest.md", "posts/fest.md"),
        ("site.yml", "site.yaml"),
        ("Termine/fest.md", "events/fest.md"),
        ("Träger/verein.yaml", "carriers/verein.yaml"),
        ("beiträge/2026/fest.md", "posts/2026/fest.md"),
        ("notizen.txt", None),
        ("xyzzy/a/b.md", None),
        ("actors", None),
    ],
)
def test_a_file_in_no_known_place_is_told(path: str, guess: str | None):
    facts = {"guess": guess} if guess else {}
    assert home_of(path) == Problem(code="unknown-file", path=path, facts=facts)


@pytest.mark.parametrize("path", ["posts/Einladung.docx", "Liste.XLSX", "termine/a.pages"])
def test_no_name_makes_a_file_of_an_office_program_readable(path: str):
    suffix = path[path.rindex(".") :]
    assert home_of(path) == Problem(code="office-file", path=path, facts={"suffix": suffix})


@pytest.mark.parametrize(
    ("path", "guess"),
    [
        ("pages/fest.jpg", "media/fest.jpg"),
        ("posts/2026/Das Fest.PNG", "media/das-fest.png"),
        ("logo.svg", "media/logo.svg"),
        ("medien/fest.jpg", "media/fest.jpg"),
        ("actors/satzung.pdf", "media/satzung.pdf"),
    ],
)
def test_a_medium_among_the_records_belongs_in_its_folder(path: str, guess: str):
    assert home_of(path) == Problem(code="medium-misplaced", path=path, facts={"guess": guess})


def test_every_kind_has_a_home_of_its_own():
    assert len({kind.home for kind in KINDS}) == len(KINDS)
    assert {kind.name: kind for kind in KINDS} == BY_NAME
    assert {kind.type.__struct_config__.tag for kind in KINDS} == set(BY_NAME)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("site.yaml", SITE),
        ("vocabulary.yaml", ""),
        ("network.yaml", "# noch leer\n"),
        ("carriers/verein.yaml", "name: Bürgerverein e. V.\n"),
        ("actors/treff.yaml", ACTOR),
        ("offers/beratung.yaml", "name: Beratung\nactors: [treff]\n"),
        ("places/saal.yaml", "name: Saal\n"),
        ("posts/fest.md", POST),
        ("events/treffen.md", EVENT + "---\n"),
        ("pages/mitmachen.md", "---\ntitle: Mitmachen\n---\n"),
    ],
)
def test_every_kind_can_be_read(path: str, text: str):
    parsed = good(path, text)
    home = home_of(path)
    assert isinstance(home, Home)
    assert (parsed.kind, parsed.id, parsed.path) == (home.kind, home.id, path)
    assert isinstance(parsed.record, BY_NAME[home.kind].type)
    assert (parsed.record.id, parsed.record.path) == (home.id, path)


@pytest.mark.parametrize(
    "text", [POST + "\nEin **Fest**.\n", POST.replace("\n", "\r\n") + "\r\nEin **Fest**."]
)
def test_a_body_is_rendered_and_its_html_kept_apart(text: str):
    parsed = good("posts/fest.md", text)
    body = parsed.record.body
    assert body.excerpt == "Ein Fest."
    assert parsed.fragments[body.digest].parts == ("<p>Ein <strong>Fest</strong>.</p>",)


def test_a_body_of_blanks_is_none():
    assert good("posts/fest.md", POST + "\n  \n\n").record.body is None


def test_a_byte_order_mark_is_forgiven():
    parsed = good("actors/treff.yaml", b"\xef\xbb\xbf" + ACTOR.encode())
    assert parsed.record.name == "Familientreff"
    assert good("posts/fest.md", b"\xef\xbb\xbf" + POST.encode()).record.title == "Fest"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nur Text", [("front-matter-missing", Spot(1))]),
        ("---\ntitle: A\ndate: 2026-11-20\nText", [("front-matter-open", Spot(1, 1, 3))]),
        ("---\ntitle:A\n---\n", [("yaml-missing-colon", Spot(2, 1, 7)), ("missing-key", Spot(2))]),
        ("---\ntitle:A\ndate: 2026-11-20\n---\n", [("yaml-missing-colon", Spot(2))]),
        ("---\n- title\n- date\n---\n", [("wrong-type", Spot(2, 1, 1))]),
        ("---\nnur Text\n---\n", [("wrong-type", Spot(2, 1, 8))]),
        ("---\n---\nText", [("missing-key", Spot(1)), ("missing-key", Spot(1))]),
        ("---\n\ntitle: A\ntitle: B\ndate: 2026-11-20\n---\n", [("doubled-key", Spot(4, 1, 5))]),
        ("---\n\n\ntitle: A\ndate: 31.02.2026\n---\n", [("bad-date", Spot(5, 7, 10))]),
        (POST + "\n\nSatz:\n> Zitat\n- Punkt\n", [("list-without-blank-line", Spot(9, 1, 7))]),
        (POST + "![](media/x.jpg)", [("picture-without-alt", Spot(5, 5, 11))]),
        ("---\ntitle: A\n---\n![](media/x.jpg)", [("missing-key", Spot(2, 1)), ("picture-without-alt", Spot(4, 5, 11))]),
        ("---\na: [\n---\n![](media/x.jpg)", [("yaml-bracket", Spot(2, 4)), ("picture-without-alt", Spot(4, 5, 11))]),
        (POST + "[" * 20_000, [("markdown-too-costly", Spot(5))]),
    ],
)  # fmt: skip
def test_what_frontmatter_would_swallow_is_told(text: str, expected: list[tuple[str, Spot]]):
    assert slips("posts/fest.md", text) == expected


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("name: 10:00\n", "name", "10:00"),
        ("name: no\n", "name", "no"),
        ("name: x\npostal_code: 01067\n", "postal_code", "01067"),
    ],
)
def test_no_value_is_what_yaml_makes_of_it(text: str, key: str, value: str):
    assert getattr(good("places/saal.yaml", text).record, key) == value


def test_a_file_with_a_mistake_is_a_known_id():
    for text in ("name: [", "name: x", b"\xff", "nur Text"):
        parsed = read("actors/treff.yaml", text)
        assert (parsed.kind, parsed.id, parsed.record) == ("actor", "treff", None)
        assert parsed.problems


def test_a_problem_shows_its_line():
    parsed = read("actors/treff.yaml", "name: Treff\ntraeger:   verein\n")
    assert [problem.excerpt for problem in parsed.problems] == ["traeger:   verein"]
    found = read("posts/fest.md", POST + "> Satz\n- Punkt")
    assert [problem.excerpt for problem in found.problems] == ["- Punkt"]


def test_a_problem_outside_the_text_keeps_no_line():
    for problem in (
        Problem(code="no-site", path="site.yaml"),
        Problem(code="not-utf8", path="site.yaml", spot=Spot(3)),
    ):
        assert with_excerpt(problem, ["eins", "zwei"]) == problem


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("posts/2026-11-19-fest.md", POST, [("date-in-name", Spot(3, 7, 10))]),
        ("posts/2026-11-20-fest.md", POST, []),
        ("events/2026-12-09-treffen.md", EVENT + "---\n", []),
        ("events/2026-12-10-treffen.md", EVENT + "---\n", [("date-in-name", Spot(3, 8, 16))]),
        ("events/2026-12-10-x.md", "---\ntitle: A\nundated: Im Mai.\n---\n", []),
        ("events/x.md", "---\ntitle: A\n---\n", [("start-missing", Spot(1))]),
        ("events/x.md", "---\ntitle: A\nundated: Im Mai.\n---\n", []),
        ("events/x.md", "---\ntitle: A\nundated: Im Mai.\nend: 2027-05-01\n---\n", [("start-missing", Spot(4, 6, 10))]),
        ("events/x.md", "---\ntitle: A\nundated: Im Mai.\nrepeat: jährlich\n---\n", [("start-missing", Spot(4, 9, 8))]),
        ("events/x.md", EVENT + "end: 2026-12-09 13:00\n---\n", [("end-before-start", Spot(4, 6, 16))]),
        ("events/x.md", EVENT + "end: 2026-12-09\n---\n", []),
        ("events/x.md", EVENT + "end: 2026-12-08\n---\n", [("end-before-start", Spot(4, 6, 10))]),
        ("events/x.md", EVENT + "end: 2026-12-09 14:00\n---\n", []),
        ("posts/x.md", "---\nexpires: 2026-11-19\n" + POST.removeprefix("---\n"), [("end-before-start", Spot(2, 10, 10))]),
        ("posts/x.md", "---\nupdated: 2026-11-19\n" + POST.removeprefix("---\n"), [("end-before-start", Spot(2, 10, 10))]),
        ("actors/x.yaml", ACTOR + "joined: 2026-01-02\nleft: 2026-01-01", [("end-before-start", Spot(4, 7, 10))]),
        ("offers/x.yaml", "name: A\nactors: [a]\nmin_age: 12\nmax_age: 6", [("end-before-start", Spot(4, 10, 1))]),
        ("offers/x.yaml", "name: A\nactors: [a]\nmin_age: 6\nmax_age: 6", []),
        ("places/x.yaml", "name: A\nvalid_from: 2.1.2026\nvalid_until: 1.1.2026", [("end-before-start", Spot(3, 14, 8))]),
        ("actors/x.yaml", ACTOR + "contacts:\n  - role: Leitung\n  - phone: 0261 12345", [("missing-key", Spot(5, 5))]),
        ("actors/x.yaml", ACTOR + "contacts:\n  - name: Frau Müller", []),
        ("site.yaml", SITE + "closures:\n  - first: 2026-12-24\n    last: 2026-12-23", [("end-before-start", Spot(7, 11, 10))]),
        ("site.yaml", SITE + "school_holidays:\n  - {first: 2026-12-24, last: 2026-12-24}\n  - first: 2026-12-28", []),
        ("site.yaml", SITE + "school_holidays: [{first: 2026-12-24, last: 2026-12-23}]", [("end-before-start", Spot(5, 45, 10))]),
    ],
)  # fmt: skip
def test_keys_that_contradict_each_other_are_told(
    path: str, text: str, expected: list[tuple[str, Spot]]
):
    assert slips(path, text) == expected


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("{src: a.jpg, alt: Beet, credit: Anna}", []),
        ("{src: a.jpg, decorative: true, credit: Anna}", []),
        ("{src: a.jpg, credit: Anna}", ["picture-without-alt"]),
        ("{src: a.jpg, alt: Beet}", ["picture-without-credit"]),
        ("{src: a.jpg}", ["picture-without-alt", "picture-without-credit"]),
    ],
)
def test_a_picture_lacks_nothing_in_silence(image: str, expected: list[str]):
    text = POST.removesuffix("---\n") + f"image: {image}\n---\n"
    found = read("posts/fest.md", text)
    assert [problem.code for problem in found.problems] == expected
    assert found.record is not None
    assert {problem.spot for problem in found.problems} <= {found.spots["image"]}


def test_an_internal_note_is_in_nothing_that_was_parsed():
    text = ACTOR + "internal: |\n  GEHEIMNOTIZ die Miete ist offen\n"
    assert b"GEHEIMNOTIZ" not in msgspec.msgpack.encode(good("actors/treff.yaml", text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("posts/fest.md", POST + "# Größe\n\n[McKiz](actor:mckiz)[^1]\n\n[^1]: Ja.\n"),
        ("posts/fest.md", "---\ntitle: [\n---\n"),
        ("events/x.md", EVENT + "repeat: jeden 2. Mittwoch im Monat\nmoved: {2026-12-09: 2026-12-10}\n---\n"),
        ("offers/x.yaml", "name: A\nactors: [a]\nhours: Di 14–16 Uhr, Fr nach Vereinbarung"),
    ],
)  # fmt: skip
def test_what_was_parsed_survives_the_memo(path: str, text: str):
    parsed = read(path, text)
    data = msgspec.msgpack.encode(parsed)
    assert msgspec.msgpack.decode(data, type=Parsed) == parsed


def test_equal_bytes_give_equal_records():
    text = POST + "# Zeiten\n\nSatz[^1].\n\n[^1]: Ja.\n"
    first = read("posts/fest.md", text)
    read("posts/fest.md", POST + "# Zeiten\n\nanders")
    assert read("posts/fest.md", text) == first


def test_a_day_in_the_name_is_no_part_of_the_address():
    record = good("posts/2026/2026-11-20-fest.md", POST).record
    assert (record.id, record.date) == ("fest", PartialDate(date(2026, 11, 20)))


BYTES = st.lists(
    st.sampled_from(
        [
            *(b"---\n", b"name: ", b"title: A\n", b"start: 2026-01-01\n", b"- ", b"[", b"{", b": "),
            *(b"\n", b"\r\n", b"\t", b"\xff", b"\xef\xbb\xbf", b"\x00", b"actors: [a]\n", b"# T\n"),
            *("Größe".encode(), b"\xc3", b"moved: {a: b}\n", b"hours: Di 14-16\n", b"&a ", b"*a"),
            *(b"repeat: taeglich\n", b"'", b'"', b"|\n  ", b"![](x)", b"date: 1.1.26\n", b"~"),
        ]
    )
    | st.binary(max_size=6),
    max_size=20,
).map(b"".join)


@pytest.mark.parametrize("path", PATHS)
@given(data=BYTES | st.binary(max_size=80))
@settings(max_examples=60)
@example(data=b"")
@example(data=b"---\n---")
@example(data=b"[" * 100_000)
def test_no_bytes_raise_and_every_problem_lies_in_the_file(path: str, data: bytes):
    parsed = read(path, data)
    assert parsed.record is not None or parsed.problems
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for problem in parsed.problems:
        assert problem.path == path
        assert problem.spot is None or 1 <= problem.spot.line <= lines


@given(st.text(st.characters(exclude_characters="\x00"), min_size=1, max_size=40))
@settings(max_examples=150)
@example("actors/.yaml")
@example("posts//fest.md")
@example("actors/")
@example("/")
def test_every_path_is_a_home_or_a_problem_whose_guess_is_a_home(path: str):
    found = home_of(path)
    if isinstance(found, Problem) and found.code == "bad-file-name":
        assert isinstance(home_of(found.facts["guess"]), Home)


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        (
            "offers/x.yaml",
            "min_age: 12\nmax_age: 6\nvalid_from: 2027-02-01\nvalid_until: 2027-01-01\n",
            ["end-before-start", "end-before-start", "missing-key", "missing-key"],
        ),
        ("events/x.md", "---\nend: 2026-12-08\n---\n", ["missing-key", "start-missing"]),
        (
            "posts/2026-11-20-fest.md",
            "---\ndate: 2026-11-21\nexpires: 2026-11-20\n---\n",
            ["date-in-name", "end-before-start", "missing-key"],
        ),
        ("events/x.md", "---\nend: [\n---\n", ["yaml-bracket"]),
    ],
)
def test_mistakes_between_two_keys_are_told_though_a_required_one_is_missing(
    path: str, text: str, found: list[str]
):
    assert sorted(problem.code for problem in read(path, text).problems) == found
