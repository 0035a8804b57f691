"""Every rendered page by the rules of its format: strict HTML, feeds, calendars, sitemap."""

import json
import re
import warnings
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import feedparser
import html5lib
import pytest
from selectolax.lexbor import LexborHTMLParser

from netzsite import urls
from netzsite.pipeline.build import build
from netzsite.rendering.soft_breaks import with_breaks
from tests.conftest import options, tree

SITES = ("real", "muster")


@pytest.fixture(params=SITES)
def built(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


def pages(folder: Path) -> dict[str, str]:
    return {p: data.decode() for p, data in tree(folder).items() if p.endswith(".html")}


def test_every_page_passes_the_strict_parser(built: Path):
    for path, text in pages(built).items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            parser = html5lib.HTMLParser(strict=True)
            try:
                parser.parse(text)
            except html5lib.html5parser.ParseError as error:
                raise AssertionError(f"{path}: {error} {parser.errors}") from error


def test_every_page_has_language_title_one_h1_one_main_and_headings_in_order(built: Path):
    for path, text in pages(built).items():
        assert '<html lang="de" dir="ltr">' in text, path
        assert re.search(r"<title>[^<]+ – [^<]+</title>|<title>[^<]+</title>", text), path
        assert len(re.findall(r"<main[ >]", text)) == 1, path
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        for above, below in pairwise(levels):
            assert below <= above + 1, (path, levels)


def test_titles_and_descriptions_tell_pages_apart(built: Path):
    listed = {p: t for p, t in pages(built).items() if 'name="robots"' not in t}
    titles = [re.search(r"<title>(.*?)</title>", text)[1] for text in listed.values()]
    repeated = {title for title in titles if titles.count(title) > 1}
    assert not repeated


def test_no_page_loads_anything_from_elsewhere_or_runs_what_is_in_it(built: Path):
    for path, text in pages(built).items():
        loads = re.findall(r"<(?:img|script|iframe|source|video|audio)[^>]* src=\"([^\"]*)\"", text)
        loads += re.findall(r"<link[^>]* rel=\"(?:stylesheet|icon)\"[^>]* href=\"([^\"]*)\"", text)
        loads += re.findall(r"srcset=\"([^\"]*)\"", text)
        assert not [address for address in loads if re.match(r"(https?:)?//", address)], path
        assert not re.search(r"<script(?! type=\"application/ld\+json\"| src=\")", text), path
        assert not re.search(r"<[^>]* on[a-z]+=", text), path
        assert " style=" not in text, path


def test_links_to_other_sites_send_no_referrer(built: Path):
    for path, text in pages(built).items():
        for tag in re.findall(r"<a [^>]*href=\"https?://[^>]*>", text):
            assert 'rel="noreferrer"' in tag, (path, tag)


def test_both_feeds_are_read_by_a_feed_reader(built: Path):
    atom = feedparser.parse((built / "feed.xml").read_bytes())
    assert not atom.bozo
    assert atom.version == "atom10"
    assert atom.entries
    assert all(re.fullmatch(r"(tag|https):.*", entry.id) for entry in atom.entries)
    newest = [entry.updated_parsed for entry in atom.entries]
    assert len({entry.id for entry in atom.entries}) == len(newest)


def test_each_date_of_a_post_is_the_day_that_its_page_shows(built: Path):
    """Also for those who cut off the time of day: with the site's own offset it is the same."""
    feed = json.loads((built / "feed.json").read_text(encoding="utf-8"))
    told = {item["url"].partition("//")[2].partition("/")[2]: item for item in feed["items"]}
    seen = 0
    for address, item in told.items():
        page = (built / address / "index.html").read_text(encoding="utf-8")
        shown = re.findall(r'<time datetime="([^"]+)"', page)[0]
        if re.fullmatch(r"\d{4}-\d{2}", shown):  # a month: no day is told to anybody
            continue
        (og,) = re.findall(r'article:published_time" content="([^"]+)"', page)
        (data,) = re.findall(r'"datePublished":\s*"([^"]+)"', page)
        for written in (og, data, item["date_published"]):
            assert re.fullmatch(rf"{shown}T00:00(:00)?[+]0[12]:00", written)
        seen += 1
    assert seen


def test_the_json_feed_has_what_the_format_requires(built: Path):
    feed = json.loads((built / "feed.json").read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith("/feed.json")
    atom = feedparser.parse((built / "feed.xml").read_bytes())
    assert [item["title"] for item in feed["items"]] == [entry.title for entry in atom.entries]
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in atom.entries]
    for item in feed["items"]:
        assert {"id", "url", "title", "date_published"} <= item.keys()
        assert item.get("content_html") or item.get("content_text")
        assert not re.search(
            r'(?:href|src)="(?!https?:|mailto:|tel:)', item.get("content_html", "")
        )


def test_the_sitemap_lists_just_the_pages_that_may_be_found(built: Path):
    root = ET.fromstring((built / "sitemap.xml").read_text(encoding="utf-8"))
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    listed = {loc.text for loc in root.findall(".//s:loc", space)}
    for path, text in pages(built).items():
        canonical = re.search(r'<link rel="canonical" href="([^"]*)"', text)
        if 'content="noindex"' in text:
            assert not canonical or canonical[1] not in listed or "refresh" in text, path
    base = next(iter(listed)).split("/")
    addresses = {urls.address_of(path) for path in pages(built)}
    for url in listed:
        assert "/" + url.split("/", 3)[3] in addresses
    assert base[0] == "https:"
    assert "Sitemap: " in (built / "robots.txt").read_text()


def test_the_real_site_shows_all_18_actors_with_their_carriers(real: Path):
    text = (real / "akteure" / "index.html").read_text(encoding="utf-8")
    for carrier, actors in ACTORS.items():
        start = text.index(f">{carrier}</a></h2>")
        end = text.find("<h2", start)
        section = text[start : end if end > 0 else len(text)]
        for actor in actors:
            assert f">{with_breaks(actor)}</a>" in section, (carrier, actor)
    assert sum(len(actors) for actors in ACTORS.values()) == 18
    pages = {path.parent.name for path in (real / "akteure").glob("*/index.html")}
    assert len(pages - {"druck"}) == 18


ACTORS = {
    "Bethesda-St. Martin gGmbH": ("Fachdienst für Arbeit und Integration",),
    "Caritasverband Koblenz e.V.": (
        "Gemeindecaritas",
        "Gemeinwesenarbeit „Im Kreutzchen“",
        "Kita Spiel- und Lernstube „Im Kreutzchen“",
        "Aufsuchende Sozialarbeit mit Schwerpunkt Sucht",
    ),
    "Ev. Kirchengemeinde Koblenz-Lützel": ("Gemeindebezirk Neuendorf",),
    "Kath. Kita St. Bernhard": ("Kita-Sozialarbeit",),
    "Kath. Kirchengemeinde Koblenz St. Petrus und St. Martinus": (
        "Kath. Kirchengemeinde Koblenz St. Petrus und St. Martinus",
        "Jugend(sozial)arbeit St. Peter",
    ),
    "Kinder- und Jugendhilfe Arenberg": ("Schulsozialarbeit an Grundschulen in Koblenz",),
    "Parea gGmbH": ("McKiz",),
    "Stadtberatung Dr. Sven Fries GmbH": ("Stadtteilmanagement Neuendorf",),
    "Stadtverwaltung Koblenz – Jugendamt": (
        "Kindertagesstätte „Pusteblume“",
        "Kita-Sozialarbeit in der Kita „Pusteblume“",
        "Allgemeiner Sozialdienst",
        "Präventive Jugendarbeit Neuendorf",
        "Schulsozialarbeit an der Hans-Zulliger-Schule",
    ),
    "trigon-Beratungsgesellschaft mbH": ("JAM-JobAction 2023",),
}


def test_a_month_is_shown_and_exported_as_a_month(real: Path):
    """Nobody knows the day on which the post appeared, so no machine is told one."""
    page = (real / "aktuelles" / "zukunftswerkstatt" / "index.html").read_text(encoding="utf-8")
    assert '<time datetime="2024-02">Februar 2024</time>' in page
    assert '"datePublished":"2024-02"' in page
    assert "article:published_time" not in page
    assert "2024-02-01" not in page.replace("2024-02-01-zukunftswerkstatt.md", "")
    listed = (real / "aktuelles" / "index.html").read_text(encoding="utf-8")
    assert '<time datetime="2024-02">Februar 2024</time>' in listed
    assert "<published>2024-02-01T00:00:00+01:00</published>" in (real / "feed.xml").read_text()


def test_the_workshop_stands_between_its_neighbours(real: Path):
    page = (real / "aktuelles" / "zukunftswerkstatt" / "index.html").read_text(encoding="utf-8")
    assert "<h1>Zukunftswerkstatt Netzwerk Soziale Arbeit Koblenz-Neuendorf</h1>" in page
    assert "+++ " in page
    around = page[page.index('class="neighbours"') :]
    older, newer = re.fullmatch(
        r'.*?(rel="prev".*)(rel="next".*?)</nav>.*', around, re.DOTALL
    ).groups()
    assert "Start Ausbau Fritz-Zimmer-Straße" in older
    assert "31. Januar 2024" in older
    assert "Dreck-weg-Tag in Neuendorf" in newer
    assert "16. Februar 2024" in newer


def test_an_offer_without_contacts_shows_those_of_its_actors(muster: Path):
    page = LexborHTMLParser((muster / "angebote" / "kleiderkammer" / "index.html").read_bytes())
    (way,) = page.css(".ways > li")
    assert [a.text() for a in way.css("p.meta a")] == ["Pfarrei St. Anna"]
    links = [a.attributes["href"] for a in way.css("a.tap")]
    assert links[:2] == ["tel:03023125170", "mailto:pfarrbuero@st-anna.example.org"]
    assert (muster / "angebote" / "kleiderkammer" / links[2]).resolve().is_file()  # the vCard


def test_a_place_has_a_map_that_works_on_any_device(muster: Path):
    """A plain link, marked as leading elsewhere; with coordinates one for the phone's own map."""
    found: dict[str, list[str]] = {"mlat": [], "query": [], "geo": []}
    for page in (muster / "angebote").glob("*/index.html"):
        for link in LexborHTMLParser(page.read_bytes()).css("address a.tap"):
            href = link.attributes["href"] or ""
            if href.startswith("https://www.openstreetmap.org/"):
                assert link.attributes["rel"] == "noreferrer"
                assert link.text() == "Karte (openstreetmap.org)"
                found["mlat" if "mlat=" in href else "query"].append(href)
            elif href.startswith("geo:"):
                found["geo"].append(href)
    assert len(found["geo"]) == len(found["mlat"]) > 0
    for geo, web in zip(found["geo"], found["mlat"], strict=True):
        lat, lon = geo.removeprefix("geo:").split(",")
        assert web == f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=18/{lat}/{lon}"
    assert all("search?query=" in one and " " not in one for one in found["query"])


def test_most_offers_say_how_to_reach_somebody(muster: Path):
    pages = list((muster / "angebote").glob("*/index.html"))
    reaching = [
        page for page in pages if re.search(r'href="(tel:|mailto:[^?])', page.read_text("utf-8"))
    ]
    assert len(reaching) >= len(pages) - 3


def test_an_offer_of_which_little_is_known_says_whom_to_ask(site: Path):
    actor = site / "content" / "actors" / "pfarrei-st-anna.yaml"
    actor.write_text(re.sub(r"(?ms)^contacts:.*?(?=^\S|\Z)", "", actor.read_text("utf-8")), "utf-8")
    assert build(options(site)).published
    text = (site / "output/angebote/kleiderkammer/index.html").read_text(encoding="utf-8")
    empty = text.partition('<div class="empty">')[2].partition("</div>")[0]
    assert "Fragen Sie gern beim Akteur nach." in empty
    assert ">Pfarrei St. Anna</a>" in empty


def test_an_offer_is_passed_on_by_a_mail_that_says_what_to_bring(muster: Path):
    """A link by RFC 6068: no address, lines end in CR LF, nothing of it is markup."""
    page = LexborHTMLParser((muster / "angebote/suchtberatung/index.html").read_bytes())
    names, values = page.css("dl.facts dt"), page.css("dl.facts dd")
    facts = {
        name.text(strip=True): value.text(strip=True)
        for name, value in zip(names, values, strict=True)
    }
    assert facts["Mitbringen"] == "Ausweis & letzter Bescheid"
    (link,) = [a.attributes["href"] for a in page.css(".pass a")]
    parts = urlsplit(link)
    assert (parts.scheme, parts.path) == ("mailto", "")
    said = parse_qs(parts.query, strict_parsing=True)
    assert said["subject"] == ["Suchtberatung"]
    lines = said["body"][0].split("\r\n")
    assert lines[0] == "Suchtberatung"
    assert "Mitbringen: Ausweis & letzter Bescheid" in lines
    assert "So fangen Sie an: Rufen Sie an. Wir finden einen Termin." in lines
    assert "Zeiten: nach Vereinbarung" in lines
    assert lines[-1] == "https://musterviertel.example.org/angebote/suchtberatung/"
    (button,) = page.css(".pass button")
    assert "hidden" in button.attributes, "without a script nothing happens"
    assert "+" not in parts.query, "mail programs show a plus as it stands"


def test_the_first_post_lists_all_actors_with_their_carriers_from_the_records(real: Path):
    page = (real / "aktuelles" / "zukunftswerkstatt" / "index.html").read_text(encoding="utf-8")
    listed = page[page.index("Wer dazugehört") : page.index("</ul>", page.index("Wer dazugehört"))]
    found = re.findall(r'<li><a href="\.\./\.\./akteure/[\w-]+/">(.*?)</a><br>(.*?)</li>', listed)
    assert len(found) == 18
    assert found[0] == ("Fachdienst für Arbeit und Integration", "Bethesda-St. Martin gGmbH")
    assert found[7][0] == found[8][1] == "Kath. Kirchengemeinde Koblenz St. Petrus und St. Martinus"
    assert found[17] == ("JAM-JobAction 2023", "trigon-Beratungsgesellschaft mbH")
    assert page.count(">JAM-JobAction 2023</a>") == 1, "the list in the text is the only one"
    for address in re.findall(r"akteure/([\w-]+)/", listed):
        actor = (real / "akteure" / address / "index.html").read_text(encoding="utf-8")
        assert "/aktuelles/zukunftswerkstatt/" in actor


def test_an_actor_of_whom_little_is_known_leads_to_news_and_to_others_of_its_carrier(real: Path):
    page = (real / "akteure" / "gemeindecaritas" / "index.html").read_text(encoding="utf-8")
    section = page.split('id="n_siblings"')[1].split("</section>")[0]
    assert re.findall(r">([^<]+)</a>", section) == [
        "Aufsuchende Sozialarbeit mit Schwerpunkt Sucht",
        "Gemeinwesenarbeit „Im Kreutzchen“",
        "Kita Spiel- und Lernstube „Im Kreutzchen“",
    ]
    assert "aktuelles/zukunftswerkstatt" in page.split('id="n_posts"')[1]
    alone = (real / "akteure" / "mckiz" / "index.html").read_text(encoding="utf-8")
    assert "n_siblings" not in alone
