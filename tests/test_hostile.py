r"""What content may not smuggle in: characters that pages and feeds can't hold, names that hosts obey.

A raw control character is refused when a file is read; here they come as ``"\x1b"`` in YAML, as
``&#27;`` in a text, in every key and at every place.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.dom import minidom

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from netzsite.fields.types import Slip, read_base_url
from netzsite.markdown.render import Rendered, render
from netzsite.pipeline.build import build
from netzsite.problems import Problem, Spot
from netzsite.records.parse import home_of, parse
from netzsite.text import refused
from netzsite.urls import is_misleading, is_reserved
from tests.conftest import options
from tests.lab import put, write

C0: Final = [number for number in range(32) if number not in (9, 10)]
REFUSED: Final = [
    *C0,
    *range(0x7F, 0xA0),
    *(0x2028, 0x2029, *range(0x202A, 0x202F), 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFE, 0xFFFF),
]
"""What XML 1.0 can't carry, and what turns or hides text (Unicode TR 36)."""
FINE: Final = "äß€„…–\u00ad\u200b\u200d\u00a0\U0001f600אب"


def escapes(number: int) -> Iterator[str]:
    """All ways in which double-quoted YAML writes a character."""
    if number < 256:
        yield f"\\x{number:02x}"
    yield f"\\u{number:04X}"
    yield f"\\U{number:08x}"
    yield from (f"\\{sign}" for sign, code in NAMED.items() if code == number)


NAMED: Final = {"0": 0, "a": 7, "b": 8, "v": 11, "f": 12, "r": 13, "e": 27, "N": 0x85, "L": 0x2028, "P": 0x2029}  # fmt: skip


def parsed(path: str, text: str) -> list[Problem]:
    home = home_of(path)
    assert not isinstance(home, Problem)
    return [
        one for one in parse(path, home, text.encode()).problems if one.code == "control-character"
    ]


@pytest.mark.parametrize("number", REFUSED, ids=hex)
def test_no_escape_brings_a_character_into_yaml(number: int):
    for escape in escapes(number):
        assert yaml.compose(f'a: "{escape}"', yaml.CBaseLoader).value[0][1].value == chr(number)
        [problem] = parsed("actors/a.yaml", f'name: A\nsummary: "x{escape}y"\n')
        assert problem.facts == {"character": f"U+{number:04X}"}
        assert problem.spot is not None
        assert problem.spot.line == 2


@pytest.mark.parametrize("number", REFUSED, ids=hex)
def test_no_entity_brings_a_character_into_a_text(number: int):
    for said in (f"&#{number};", f"&#x{number:x};", f"&#X{number:04X};", f"&#{number:07};"):
        for text in (
            f"a\n\nb {said} c",
            f"[a](https://example.com/{said}b)",
            f'<b title="{said}">a</b>',
            f"`{said}`",
        ):
            made = render(text, "a.md", 1)
            if isinstance(made, Rendered):  # HTML itself makes something else of it, or it is code
                assert refused("".join(made.fragments.parts)) is None
            else:
                assert made.code == "control-character"
                assert made.facts == {"character": f"U+{number:04X}"}
                assert made.spot == Spot(text.count("\n", 0, text.index("&")) + 1, text.split("\n")[-1].index("&") + 1, len(said))  # fmt: skip


def test_some_entities_are_refused_and_none_only_because_it_is_one():
    for number in (27, 0x202E, 0xFFFE, 0x7F):
        assert isinstance(render(f"a &#{number}; b", "a.md", 1), Problem)
    for text in ("&auml; &amp; &lt; &#8222; &#x1F600; &nbsp;", "Q&A", "`&#27;`", "    &#27;\n"):
        assert isinstance(render(text, "a.md", 1), Rendered)


@pytest.mark.parametrize(
    "text",
    [
        *('"na\\u202Eme": A\n', 'name: A\n? "x\\x1b"\n: y\n', 'name: A\ninternal: "\\x1b"\n'),
        *('name: A\ntopics: [a, "b\\x1b"]\n', 'name: A\ncontacts:\n  - role: "x\\x1by"\n'),
        *('name: A\naliases: ["/a\\x1b/"]\n', '{"name": "\\x00"}\n', 'name: "a\\\n  \\x1b"\n'),
        'name: A\nwebsite: "https://example.com/\\u202Egnp.exe"\n',
    ],
)
def test_it_is_found_in_every_key_and_at_every_depth(text: str):
    assert len(parsed("actors/a.yaml", text)) == 1


def test_in_front_matter_it_is_told_at_its_line():
    [problem] = parsed("pages/a.md", '---\ntitle: "a\\x1bb"\n---\n\nText\n')
    assert problem.spot == Spot(2, 8, 8)


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_what_is_told_is_just_what_no_file_may_hold(text: str):
    said = json.dumps(text)  # with surrogates for what lies beyond: as YAML has them not
    if "\\ud" in said.lower():
        return
    found = parsed("actors/a.yaml", f"name: {said}\n")
    assert bool(found) == (refused(text) is not None)


def test_what_languages_need_stays():
    assert parsed("actors/a.yaml", f"name: {json.dumps(FINE[:10])}\n") == []
    assert refused(FINE) is None
    assert isinstance(render("".join(f"&#{ord(char)};" for char in FINE), "a.md", 1), Rendered)


def test_no_such_character_reaches_a_feed(tmp_path: Path):
    site = write(tmp_path)
    put(
        site / "content" / "posts" / "2026-11-19-x.md",
        '---\ntitle: "a\\x1bb"\ndate: 2026-11-19\n---\n\nc &#27; d\n',
    )
    report = build(options(site))
    assert not report.published
    assert [one.code for one in report.problems] == ["control-character"] * 2  # title and text
    put(
        site / "content" / "posts" / "2026-11-19-x.md",
        '---\ntitle: "ab"\ndate: 2026-11-19\n---\n\nc d\n',
    )
    assert build(options(site)).published
    minidom.parse(str(site / "output" / "feed.xml"))


# Names that hosts obey.

OBEYED: Final = [
    *("/.htaccess", "/.htpasswd", "/.user.ini", "/_worker.js", "/_headers", "/_redirects", "/_routes.json"),
    *("/CNAME", "/cname", "/.domains", "/web.config", "/Web.Config", "/.netzsite-manifest", "/.nojekyll"),
    *("/.netzsite-pending", "/.well-known/acme-challenge/a", "/a/.htaccess", "/a/_b/", "/_/", "/netlify.toml"),
    *("/vercel.json", "/staticwebapp.config.json", "/firebase.json", "/index.php", "/a/index.htm", "/index.shtml"),
    *("/default.aspx", "/package.json", "/wrangler.toml", "/.git/config", "/.gitlab-ci.yml", "/_config.yml"),
    *("/_hosting/nginx.conf", "/crossdomain.xml", "/Procfile", "/CNAME/", "/app.yaml", "/.env", "/a/.b/c.html"),
]  # fmt: skip


@pytest.mark.parametrize("address", OBEYED)
def test_no_old_address_is_one_that_a_host_obeys(address: str):
    assert is_reserved(address)
    home = home_of("pages/a.md")
    assert not isinstance(home, Problem)
    found = parse(
        "pages/a.md", home, f"---\ntitle: A\naliases: [{address}]\n---\n".encode()
    ).problems
    assert [one.code for one in found] == ["reserved-address"]


@pytest.mark.parametrize(
    "address",
    [
        "/a/",
        "/kontakt.php",
        "/alt.html",
        "/a_b/",
        "/a.b/",
        "/index.html",
        "/cname-umzug/",
        "/a/index/",
        "/2024/11/x.htm",
    ],
)
def test_other_old_addresses_may_be_any(address: str):
    assert not is_reserved(address)


def test_media_and_statics_are_held_to_it_and_a_list_frees_statics(tmp_path: Path):
    site = write(tmp_path)
    put(site / "content" / "media" / "_plan.pdf", "%PDF-1.4")
    put(
        site / "content" / "pages" / "plan.md",
        "---\ntitle: Plan\n---\n\n[Plan](/media/_plan.pdf)\n",
    )
    for name in ("web.config", "_x.css", "a/_y.css"):
        put(site / "templates" / "static" / name, "")
    found = [
        (one.code, one.path)
        for one in build(options(site)).problems
        if one.code == "reserved-address"
    ]
    statics = [f"templates/static/{name}" for name in ("_x.css", "a/_y.css", "web.config")]
    assert found == [("reserved-address", name) for name in ("content/media/_plan.pdf", *statics)]
    put(
        site / "templates" / "host-files.txt", "static/web.config\nstatic/_x.css\nstatic/a/_y.css\n"
    )
    (site / "content" / "media" / "_plan.pdf").rename(site / "content" / "media" / "plan.pdf")
    put(
        site / "content" / "pages" / "plan.md", "---\ntitle: Plan\n---\n\n[Plan](/media/plan.pdf)\n"
    )
    assert [one for one in build(options(site)).problems if one.code == "reserved-address"] == []


# Links out of the folder.


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
@pytest.mark.parametrize("place", ["static/x.txt", "post.html", "static/a/b.js", "neu.html"])
@pytest.mark.parametrize("target", ["file", "folder", "upwards", "circle", "content"])
def test_templates_publish_no_file_of_the_machine(tmp_path: Path, place: str, target: str):
    site = write(tmp_path / "site")
    secret = put(tmp_path / "geheim" / "x.txt", "GEHEIM")
    link = put(site / "templates" / "a.txt", "").parent / place
    link.parent.mkdir(parents=True, exist_ok=True)
    where = {
        "file": secret,
        "folder": secret.parent,
        "upwards": Path("../" * (place.count("/") + 2)) / "geheim" / "x.txt",
        "circle": link.parent,
        "content": site / "content" / "site.yaml",
    }
    link.symlink_to(where[target])
    report = build(options(site))
    assert all(
        b"GEHEIM" not in file.read_bytes() for file in site.rglob("output/**/*") if file.is_file()
    )
    found = [(one.code, one.path) for one in report.problems if one.code == "leaves-site"]
    # A linked folder isn't gone into, so nothing of it can get out.
    assert found == (
        [] if target in ("folder", "circle") else [("leaves-site", f"templates/{place}")]
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_a_link_inside_of_templates_is_fine(tmp_path: Path):
    site = write(tmp_path)
    put(site / "templates" / "static" / "a.css", "a { color: #123456 }")
    (site / "templates" / "static" / "b.css").symlink_to("a.css")
    assert build(options(site)).published
    assert (site / "output" / "static" / "b.css").read_text() == "a { color: #123456 }"


# Addresses that mislead.

MISLEADING: Final = [
    *("https://bank.example@x.org/", "https://a:b@x.org/", "//a@x.org/", "HTTPS://A@x.org", "https://@x.org/"),
    *("https://bаnk.example/", "https://рaypal.example/", "https://gοogle.example/", "https://www.bаnk.example:443/"),
    *("https://аррӏе.example/", "https://xn--80ak6aa92e.example/", "https://xn--bnk-5cd.example/", "https://xn--\u00e4.example/"),
    "https://a%40b@x.org/",
]  # fmt: skip
HONEST: Final = [
    *("https://example.org/", "https://münchen.example/", "https://xn--mnchen-3ya.example/", "https://straße.example/"),
    *("https://example.org/a@b", "https://example.org/?a=b@c", "https://почта.рф/", "https://ελλάδα.gr/x"),
    *("mailto:a@b.de", "https://example.org:8080/", "actor:mckiz", "https://例え.jp/", "https://مثال.example/"),
    *("https://[::1]/", "https://[x", "#a@b", "/a@b"),
]  # fmt: skip


@pytest.mark.parametrize("link", MISLEADING)
def test_an_address_that_looks_like_another_is_told(link: str):
    assert is_misleading(link)
    made = render(f"Hier [a](<{link}>).", "a.md", 1)
    assert isinstance(made, Rendered)
    assert "misleading-link" in [one.code for one in made.problems]


@pytest.mark.parametrize("link", HONEST)
def test_an_address_in_one_alphabet_is_fine(link: str):
    assert not is_misleading(link)


@pytest.mark.parametrize(
    "path", ["/$uri", "/a;b", "/a b", "/{a}", "/%24a", "/a'b", "/a\x1b", "/ü", "/a$"]
)
def test_nothing_of_the_address_of_a_site_means_something_to_a_host(path: str):
    with pytest.raises(Slip):
        read_base_url(f"https://example.org{path}")
    assert read_base_url("https://example.org/a-b/c_d.e/") == "https://example.org/a-b/c_d.e"
