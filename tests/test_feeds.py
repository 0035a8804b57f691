"""Feeds as readers read them: complete, with absolute links and the right day."""

import html
import json
import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from netzsite.catalogue import catalogue
from netzsite.media.medium import Medium
from netzsite.network.link import Settings, link
from netzsite.network.network import Network
from netzsite.producers import feeds
from netzsite.producers.frame import frame
from netzsite.records.parse import Home, home_of, parse
from netzsite.rendering.job import Tools
from netzsite.rendering.templates import Templates

BASE = "https://musterdorf.de/netz"
SITE = f"""\
title: Netzwerk „Muster“ & Dorf
language: de
base_url: {BASE}
timezone: Europe/Berlin
"""
BODY = """\
Ein **Fest** mit dem [Treff](actor:treff), [Netz](https://example.org/?a=1&b=2),
[Mail](mailto:post@example.org) und [Zeiten](#zeiten).[^1]

![Beet](media/beet.jpg)

# Zeiten

Ab [14 Uhr](/termine/) – siehe [Entwurf](post:entwurf) und [Satzung](media/satzung.pdf#page=2).

[^1]: Mit <b>Kuchen</b> & Kaffee.
"""
MEDIA = (
    Medium(path="media/beet.jpg", digest="a", size=9, width=30, height=20),
    Medium(path="media/satzung.pdf", digest="b", size=9),
)


def post(head: str = "", body: str = "", title: str = "Fest", day: str = "2026-11-18") -> str:
    return f"---\ntitle: {title}\ndate: {day}\n{head}\n---\n{body}"


FEST = post(
    "kicker: Bald\nauthor: Redaktion\ntags: [Umwelt, 'Kinder & Jugend']\nupdated: 2026-11-19", BODY
)


def made(files: dict[str, str], more: str = "", **settings: object) -> dict[str, bytes]:
    """Both feeds of a small site."""
    people = {
        "carriers/verein.yaml": "name: Verein",
        "actors/treff.yaml": "name: Treff\ncarrier: verein",
        "posts/entwurf.md": post("draft: true"),
    }
    parsed = []
    for path, text in {"site.yaml": SITE + more, **people, **files}.items():
        home = home_of(path)
        assert isinstance(home, Home)
        parsed.append(parse(path, home, text.encode()))
    asked = Settings(today=date(2026, 11, 20), **settings)
    network, _ = link(tuple(parsed), MEDIA, asked, catalogue)
    assert isinstance(network, Network)
    fragments = {name: text.parts for file in parsed for name, text in file.fragments.items()}
    found = {}
    for job in feeds.jobs(network):
        tools = Tools(
            here=job.address,
            frame=frame(network, portable=True, policy="default-src 'self'"),
            words=network.words,
            fragments={name: fragments[name] for name in job.texts},
            templates=Templates({}, ""),
            template="",
        )
        found[job.path] = job.render(job.args, tools)
    assert set(found) == {"feed.xml", "feed.json"}
    return found


def atom(files: dict[str, str], more: str = "", **settings: object) -> Any:
    """The Atom feed as a feed reader takes it, without the reader's own mending of texts."""
    found = feedparser.parse(
        made(files, more, **settings)["feed.xml"], resolve_relative_uris=False, sanitize_html=False
    )
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def items(files: dict[str, str], more: str = "") -> list[dict[str, Any]]:
    return json.loads(made(files, more)["feed.json"])["items"]


def test_a_feed_says_whose_it_is():
    found = atom({"posts/fest.md": FEST}, "tagline: Alle, die helfen\n").feed
    assert found.title == "Netzwerk „Muster“ & Dorf"
    assert found.subtitle == "Alle, die helfen"
    assert found.author == found.title
    assert found.language == "de"
    links = {one.rel: (one.href, one.type) for one in found.links}
    assert links == {
        "self": (f"{BASE}/feed.xml", "application/atom+xml"),
        "alternate": (f"{BASE}/", "text/html"),
    }


def test_a_json_feed_says_whose_it_is():
    value = json.loads(made({"posts/fest.md": FEST}, "tagline: Alle, die helfen\n")["feed.json"])
    del value["items"]
    assert value == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Netzwerk „Muster“ & Dorf",
        "description": "Alle, die helfen",
        "home_page_url": f"{BASE}/",
        "feed_url": f"{BASE}/feed.json",
        "language": "de",
    }
    assert "description" not in json.loads(made({})["feed.json"])


def test_an_entry_is_whole():
    (entry,) = atom({"posts/fest.md": FEST}).entries
    assert entry.title == "Fest"
    assert entry.link == entry.id == f"{BASE}/aktuelles/fest/"
    assert entry.author == "Redaktion"
    assert [tag.term for tag in entry.tags] == ["Umwelt", "Kinder & Jugend"]
    assert entry.summary.startswith("Ein Fest mit dem Treff")
    (content,) = entry.content
    assert content.type == "text/html"
    assert content.base == entry.link
    assert "<strong>Fest</strong>" in content.value
    assert "<b>Kuchen</b> &amp; Kaffee" in content.value


def test_both_feeds_tell_the_same():
    (entry,) = atom({"posts/fest.md": FEST}).entries
    (item,) = items({"posts/fest.md": FEST})
    assert item == {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content[0].value,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": "Redaktion"}],
        "tags": ["Umwelt", "Kinder & Jugend"],
    }


def test_every_link_of_a_text_is_absolute():
    (item,) = items({"posts/fest.md": FEST})
    page = LexborHTMLParser(item["content_html"])
    links = [node.attributes.get("href") for node in page.css("a")]
    here = f"{BASE}/aktuelles/fest/"
    assert links == [
        f"{BASE}/akteure/treff/",
        "https://example.org/?a=1&b=2",
        "mailto:post@example.org",
        f"{here}#zeiten",
        f"{here}#fn-1",
        f"{BASE}/termine/",
        None,  # a draft: plain text
        f"{BASE}/media/satzung.pdf#page=2",
        f"{here}#fnref-1",
    ]
    (picture,) = page.css("img")
    assert picture.attributes["src"] == f"{BASE}/media/beet-30w.jpg"
    assert (picture.attributes["width"], picture.attributes["height"]) == ("30", "20")
    assert all(urlsplit(link).scheme for link in links if link)


def test_anchors_of_a_text_are_there():
    (item,) = items({"posts/fest.md": FEST})
    page = LexborHTMLParser(item["content_html"])
    ids = {node.attributes["id"] for node in page.css("[id]")}
    wanted = {
        node.attributes["href"].partition("#")[2]
        for node in page.css(f'a[href^="{BASE}/aktuelles/fest/#"]')
    }
    assert wanted
    assert wanted <= ids


@pytest.mark.parametrize(
    ("zone", "day", "stamp"),
    [
        ("Europe/Berlin", "2026-11-18", datetime(2026, 11, 17, 23, tzinfo=UTC)),
        ("Europe/Berlin", "2026-06-18", datetime(2026, 6, 17, 22, tzinfo=UTC)),
        ("Pacific/Auckland", "2026-11-18", datetime(2026, 11, 17, 11, tzinfo=UTC)),
        ("America/New_York", "2026-11-18", datetime(2026, 11, 18, 5, tzinfo=UTC)),
        ("UTC", "2026-11-18", datetime(2026, 11, 18, tzinfo=UTC)),
    ],
)
def test_a_post_appears_on_its_day_in_the_zone_of_the_site(zone: str, day: str, stamp: datetime):
    global_site = SITE.replace("Europe/Berlin", zone)
    files = {"site.yaml": global_site, "posts/fest.md": post(day=day)}
    (entry,) = atom(files).entries
    assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == stamp
    (item,) = items(files)
    assert {entry.published[:10], item["date_published"][:10]} == {day}
    assert entry.updated == entry.published


def test_a_change_of_a_post_is_a_change_of_the_feed():
    found = atom(
        {"posts/alt.md": post("updated: 2026-11-19", day="2025-01-01"), "posts/fest.md": post()}
    )
    assert [entry.updated for entry in found.entries] == [
        *("2026-11-18T00:00:00+01:00", "2026-11-19T00:00:00+01:00")
    ]
    assert found.feed.updated == "2026-11-19T00:00:00+01:00"


def test_the_newest_come_first_and_no_more_than_a_feed_needs():
    files = {
        f"posts/p{number}.md": post(day=f"2026-10-{number:02d}", title=f"Nr. {number}")
        for number in range(1, 26)
    }
    titles = [entry.title for entry in atom(files).entries]
    assert titles == [f"Nr. {number}" for number in range(25, 25 - feeds.NEWEST, -1)]
    assert [item["title"] for item in items(files)] == titles


@pytest.mark.parametrize("head", ["draft: true", "expires: 2026-11-20", "expires: 2026-11-19"])
def test_what_lists_leave_out_is_in_no_feed(head: str):
    files = {"posts/weg.md": post(head, day="2026-11-01", title="Weg"), "posts/fest.md": post()}
    assert [entry.title for entry in atom(files).entries] == ["Fest"]


def test_posts_of_days_to_come_wait():
    assert atom({"posts/bald.md": post(day="2026-11-21")}).entries == []
    shown = atom({"posts/bald.md": post(day="2026-11-21")}, drafts=True).entries
    assert len(shown) == 2


def test_a_site_without_posts_has_feeds_that_readers_take():
    found = atom({})
    assert found.entries == []
    assert found.feed.updated == "1970-01-01T00:00:00+01:00"
    assert items({}) == []


@pytest.mark.parametrize(
    ("head", "text"), [("", "Fest"), ("summary: Komm vorbei!", "Komm vorbei!")]
)
def test_a_post_without_a_body_has_words_all_the_same(head: str, text: str):
    (item,) = items({"posts/fest.md": post(head)})
    assert "content_html" not in item
    assert item["content_text"] == text
    (entry,) = atom({"posts/fest.md": post(head)}).entries
    assert "content" not in entry


def test_a_written_summary_goes_before_the_first_paragraph():
    (entry,) = atom({"posts/fest.md": post("summary: Komm vorbei!", BODY)}).entries
    assert entry.summary == "Komm vorbei!"


def test_with_a_feed_id_identities_outlive_a_move():
    more = "feed_id: musterdorf.de,2024\n"
    for base in (BASE, "https://neu.example.net"):
        found = atom({"posts/fest.md": FEST}, more, base_url=base)
        assert found.feed.id == "tag:musterdorf.de,2024:/"
        assert found.entries[0].id == "tag:musterdorf.de,2024:/aktuelles/fest/"
        assert found.entries[0].link == f"{base}/aktuelles/fest/"
    (item,) = items({"posts/fest.md": FEST}, more)
    assert item["id"] == "tag:musterdorf.de,2024:/aktuelles/fest/"


def test_without_a_feed_id_the_address_is_the_identity():
    assert atom({}).feed.id == f"{BASE}/"


@pytest.mark.parametrize("title", ["a < b & c > d", "]]> & <script>", "„Größe“ 🎈 مرحبا", "&amp;"])
def test_a_title_is_text_and_no_markup(title: str):
    found = made({"posts/fest.md": post(title=f"'{title}'", body=f"`{title}`")})
    (entry,) = feedparser.parse(found["feed.xml"], sanitize_html=False).entries
    assert entry.title == title
    assert entry.title_detail.type == "text/plain"
    (item,) = json.loads(found["feed.json"])["items"]
    assert item["title"] == title
    assert html.escape(title, quote=False) in item["content_html"]


def test_feeds_are_readable_files():
    found = made({"posts/fest.md": FEST})
    assert found["feed.xml"].startswith(b"<?xml")
    assert found["feed.xml"].endswith(b"\n")
    assert found["feed.json"].endswith(b"\n")
    assert "Größe".encode() in made({"posts/fest.md": post(title="Größe")})["feed.json"]
    assert not re.search(rb"\s(?:xmlns:ns\d+)", found["feed.xml"])


def test_two_builds_give_the_same_bytes():
    assert made({"posts/fest.md": FEST}) == made({"posts/fest.md": FEST})
