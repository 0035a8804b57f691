"""Structured data: only terms that schema.org knows, with values that readers of it take."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from netzsite.catalogue import catalogue
from netzsite.memo import NoMemo
from netzsite.network.cards import Link
from netzsite.network.link import Settings, link
from netzsite.network.network import Network
from netzsite.network.occurrences import occurrences
from netzsite.pipeline.content import Resources, read
from netzsite.pool import Pool
from netzsite.producers import json_ld
from netzsite.records.parse import Home, home_of, parse
from tests.conftest import MUSTERVIERTEL, TODAY

THING: Final = {"name", "alternateName", "description", "url", "image", "mainEntityOfPage"}
WORK: Final = THING | {
    *("headline", "alternativeHeadline", "datePublished", "dateModified", "author", "keywords"),
    *("inLanguage", "publisher"),
}
TERMS: Final = {
    "Audience": THING | {"audienceType"},
    "BlogPosting": WORK,
    "BreadcrumbList": THING | {"itemListElement"},
    "ContactPoint": THING | {"contactType", "telephone", "email", "hoursAvailable", "availableLanguage"},
    "Event": THING | {
        *("startDate", "endDate", "previousStartDate", "eventStatus", "eventAttendanceMode"),
        *("location", "organizer", "isAccessibleForFree", "inLanguage", "audience"),
    },
    "GeoCoordinates": THING | {"latitude", "longitude"},
    "ListItem": THING | {"position", "item"},
    "OpeningHoursSpecification": THING | {"dayOfWeek", "opens", "closes", "validFrom", "validThrough"},
    "Organization": THING | {
        *("parentOrganization", "memberOf", "location", "contactPoint", "knowsLanguage", "logo"),
        *("address", "email", "telephone", "member"),
    },
    "Place": THING | {"address", "geo"},
    "PostalAddress": THING | {"streetAddress", "postalCode", "addressLocality", "addressCountry"},
    "Service": THING | {"provider", "audience", "availableChannel", "hoursAvailable", "serviceType"},
    "ServiceChannel": THING | {"serviceLocation", "serviceUrl", "availableLanguage"},
    "WebSite": WORK,
}  # fmt: skip
"""Types and properties as schema.org 29.0 defines them (those that a site like ours may need)."""
LD_JSON: Final = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
ADDRESSES: Final = {"url", "item", "@id", "serviceUrl", "mainEntityOfPage", "image"}
DATES: Final = {"datePublished", "dateModified", "startDate", "endDate", "previousStartDate", "validFrom", "validThrough"}  # fmt: skip
ENUMERATED: Final = {
    "eventStatus": {"EventScheduled", "EventCancelled", "EventRescheduled", "EventPostponed"},
    "eventAttendanceMode": {"OfflineEventAttendanceMode", "OnlineEventAttendanceMode"},
    "dayOfWeek": {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
}


@pytest.fixture(scope="module")
def network() -> Network:
    with Pool(1) as pool:
        content = read(MUSTERVIERTEL / "content", Resources(NoMemo(), pool, "test"))
    found, _ = link(content.parsed, content.media, Settings(today=TODAY), catalogue)
    assert found is not None
    return found


def small(files: dict[str, str], zone: str = "Europe/Berlin") -> Network:
    site = f"title: Netz\nlanguage: de\nbase_url: https://muster.de/netz\ntimezone: {zone}\n"
    people = {
        "carriers/verein.yaml": "name: Verein",
        "actors/treff.yaml": "name: Treff\ncarrier: verein",
        "places/saal.yaml": "name: Saal",
    }
    parsed = []
    for path, text in {"site.yaml": site, **people, **files}.items():
        home = home_of(path)
        assert isinstance(home, Home)
        parsed.append(parse(path, home, text.encode()))
    found, _ = link(tuple(parsed), (), Settings(today=TODAY), catalogue)
    assert found is not None
    return found


def every(network: Network) -> Iterator[dict[str, Any]]:
    """All objects that the pages of a network hold."""
    address = network.addresses
    yield json_ld.website(network)
    for carrier in network.carriers.values():
        yield json_ld.carrier(carrier)
    for actor in network.actors.values():
        yield json_ld.actor(network, actor, address["actor", actor.id])
    for offer in network.offers.values():
        yield json_ld.offer(network, offer, address["offer", offer.id])
    for event in network.events.values():
        where = address["event", event.id]
        for day in occurrences(event, where, None, date(2025, 1, 1), date(2027, 12, 31)):
            yield json_ld.event(network, event, day, where)
    for post in network.posts.values():
        yield json_ld.post(network.site, post, address["post", post.id], "/media/x.jpg")
    trail = (Link("Akteure", "/akteure/"),)
    yield json_ld.breadcrumbs(network.site, trail, Link("Treff", "/akteure/treff/"))


def nodes(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)


def test_every_term_is_one_of_schema_org(network: Network):
    seen = set()
    for whole in every(network):
        for node in nodes(whole):
            kind = node.get("@type")
            if kind is None:
                assert set(node) == {"@id"}
                continue
            seen.add(kind)
            assert set(node) - {"@type", "@context", "@id"} <= TERMS[kind], kind
    assert seen == set(TERMS) - {"WebSite"}


def test_every_page_says_only_what_schema_org_knows(muster: Path):
    blocks = 0
    for page in muster.rglob("*.html"):
        for found in LD_JSON.finditer(page.read_text(encoding="utf-8")):
            blocks += 1
            for node in nodes(json.loads(found[1])):
                if set(node) != {"@id"}:
                    assert set(node) - {"@type", "@context", "@id"} <= TERMS[node["@type"]], page
    assert blocks > len(list(muster.rglob("*.html"))) / 2


def test_only_the_outermost_object_names_the_context(network: Network):
    for whole in every(network):
        first, *others = nodes(whole)
        assert first["@context"] == "https://schema.org"
        assert not any("@context" in node for node in others)


def test_nothing_is_said_that_is_empty(network: Network):
    for whole in every(network):
        for node in nodes(whole):
            assert not any(value in (None, "", [], {}, ()) for value in node.values())
            assert set(node) != {"@type"}


def test_every_address_is_absolute(network: Network):
    for whole in every(network):
        for node in nodes(whole):
            for name in ADDRESSES & node.keys():
                assert str(node[name]).startswith("https://"), name


def test_dates_are_those_of_iso_8601(network: Network):
    for whole in every(network):
        for node in nodes(whole):
            for name in DATES & node.keys():
                moment = datetime.fromisoformat(node[name])
                assert (len(node[name]) == 10) or moment.tzinfo is not None, name


def test_words_of_a_list_are_addresses_of_schema_org(network: Network):
    for whole in every(network):
        for node in nodes(whole):
            for name in ENUMERATED.keys() & node.keys():
                found = node[name] if isinstance(node[name], list) else [node[name]]
                assert {one.removeprefix("https://schema.org/") for one in found} <= ENUMERATED[
                    name
                ]


def test_breadcrumbs_count_from_home_to_here():
    found = json_ld.breadcrumbs(
        small({}).site,
        (Link("Akteure", "/akteure/"), Link("Gruppe", "")),
        Link("Treff", "/akteure/treff/"),
    )
    assert found["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Netz", "item": "https://muster.de/netz/"},
        {"@type": "ListItem", "position": 2, "name": "Akteure", "item": "https://muster.de/netz/akteure/"},
        {"@type": "ListItem", "position": 3, "name": "Gruppe"},
        {"@type": "ListItem", "position": 4, "name": "Treff", "item": "https://muster.de/netz/akteure/treff/"},
    ]  # fmt: skip


ACTOR = """\
name: Familientreff
short_name: Treff
carrier: verein
summary: Ein Ort für alle.
languages: [de, tr]
places: [saal, gibt-es-nicht]
contacts:
  - role: Leitung
    mobile: 0170 12345
    email: post@muster.de
    hours: Di 14-16 Uhr
"""


def test_an_actor_is_an_organization_of_its_carrier_and_of_the_network():
    place = "name: Saal\nstreet: Am Markt 1\npostal_code: 01067\ncity: Dorf\nlat: 50.5\nlon: 7.5"
    made = small({"actors/treff.yaml": ACTOR, "places/saal.yaml": place})
    found = json_ld.actor(made, made.actors["treff"], "/akteure/treff/")
    assert found == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": "https://muster.de/netz/akteure/treff/",
        "name": "Familientreff",
        "alternateName": "Treff",
        "description": "Ein Ort für alle.",
        "url": "https://muster.de/netz/akteure/treff/",
        "parentOrganization": {"@type": "Organization", "name": "Verein"},
        "memberOf": {"@id": "https://muster.de/netz/#n_network"},
        "location": [
            {
                "@type": "Place",
                "name": "Saal",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "Am Markt 1",
                    "postalCode": "01067",
                    "addressLocality": "Dorf",
                },
                "geo": {"@type": "GeoCoordinates", "latitude": 50.5, "longitude": 7.5},
            }
        ],
        "contactPoint": [
            {
                "@type": "ContactPoint",
                "contactType": "Leitung",
                "telephone": "0170 12345",
                "email": "post@muster.de",
                "hoursAvailable": [
                    {
                        "@type": "OpeningHoursSpecification",
                        "dayOfWeek": ["https://schema.org/Tuesday"],
                        "opens": "14:00",
                        "closes": "16:00",
                    }
                ],
            }
        ],
        "knowsLanguage": ["de", "tr"],
    }
    assert json_ld.website(made)["@id"] == found["memberOf"]["@id"]


def test_a_place_at_zero_degrees_has_coordinates():
    made = small({"places/saal.yaml": "name: Saal\nlat: 0\nlon: 0", "actors/treff.yaml": ACTOR})
    (place,) = json_ld.actor(made, made.actors["treff"], "/x/")["location"]
    assert place["geo"]["latitude"] == 0
    made = small({"places/saal.yaml": "name: Saal\nlat: 50", "actors/treff.yaml": ACTOR})
    (place,) = json_ld.actor(made, made.actors["treff"], "/x/")["location"]
    assert place == {"@type": "Place", "name": "Saal"}


def test_an_actor_whose_carrier_is_missing_has_none():
    made = small({"actors/treff.yaml": "name: Treff\ncarrier: weg\nurl: https://treff.de/"})
    found = json_ld.actor(made, made.actors["treff"], "/akteure/treff/")
    assert "parentOrganization" not in found
    assert found["url"] == "https://treff.de/"


def test_an_offer_is_a_service_for_somebody():
    files = {
        "vocabulary.yaml": "target_groups: {familien: {label: Familien}}",
        "offers/rat.yaml": (
            "name: Rat\nactors: [treff, weg]\nplace: saal\nonline: https://rat.de/\n"
            "languages: [de]\ntarget_groups: [familien, weg]\nhours: Di ab 18 Uhr"
        ),
        "offers/leer.yaml": "name: Leer\nactors: [treff]",
    }
    made = small(files)
    found = json_ld.offer(made, made.offers["rat"], "/angebote/rat/")
    assert [one["name"] for one in found["provider"]] == ["Treff"]
    assert found["provider"][0]["url"] == "https://muster.de/netz/akteure/treff/"
    assert found["audience"] == [{"@type": "Audience", "audienceType": "Familien"}]
    assert found["availableChannel"] == {
        "@type": "ServiceChannel",
        "serviceLocation": {"@type": "Place", "name": "Saal"},
        "serviceUrl": "https://rat.de/",
        "availableLanguage": ["de"],
    }
    assert [row["opens"] for row in found["hoursAvailable"]] == ["18:00"]
    bare = json_ld.offer(made, made.offers["leer"], "/angebote/leer/")
    assert {"audience", "availableChannel", "hoursAvailable"}.isdisjoint(bare)


def event_data(head: str, index: int = 0, zone: str = "Europe/Berlin") -> dict[str, Any]:
    made = small({"events/fest.md": f"---\ntitle: Fest\n{head}\n---\n"}, zone)
    record = made.events["fest"]
    days = occurrences(record, "/termine/fest/", None, date(2026, 1, 1), date(2027, 12, 31))
    return json_ld.event(made, record, days[index], "/termine/fest/")


@pytest.mark.parametrize(
    ("head", "start", "end"),
    [
        ("start: 2026-12-09", "2026-12-09", None),
        ("start: 2026-12-09\nend: 2026-12-11", "2026-12-09", "2026-12-11"),
        ("start: 2026-12-09 14:00", "2026-12-09T14:00+01:00", None),
        ("start: 2026-06-09 14:00\nend: 2026-06-09 16:30", "2026-06-09T14:00+02:00", "2026-06-09T16:30+02:00"),
        ("start: 2026-10-24 22:00\nend: 2026-10-25 04:00", "2026-10-24T22:00+02:00", "2026-10-25T04:00+01:00"),
        ("start: 2026-12-12 22:00\nend: 2026-12-13", "2026-12-12T22:00+01:00", "2026-12-13"),
    ],
)  # fmt: skip
def test_a_day_of_an_event_has_its_offset(head: str, start: str, end: str | None):
    found = event_data(head)
    assert (found["startDate"], found.get("endDate")) == (start, end)


@pytest.mark.parametrize(
    ("head", "index", "status", "before"),
    [
        ("start: 2026-12-09", 0, "EventScheduled", None),
        ("start: 2026-12-09\ncancelled: [2026-12-09]", 0, "EventCancelled", None),
        ("start: 2026-12-01\nrepeat: jeden Dienstag\nmoved: {2026-12-08: 2026-12-10}", 1, "EventRescheduled", "2026-12-08"),
        ("start: 2026-12-01 14:00\nrepeat: jeden Dienstag\nmoved: {2026-12-08: 2026-12-10 16:00}", 1, "EventRescheduled", "2026-12-08T14:00+01:00"),
        ("start: 2026-12-01\nrepeat: jeden Dienstag\nmoved: {2026-12-08: 2026-12-10}", 2, "EventScheduled", None),
        ("start: 2026-12-01\nrepeat: jeden Dienstag\nmoved: {2026-12-08: 2026-12-10}\ncancelled: [2026-12-08]", 1, "EventCancelled", "2026-12-08"),
    ],
)  # fmt: skip
def test_a_day_says_whether_it_is_moved_or_cancelled(
    head: str, index: int, status: str, before: str | None
):
    found = event_data(head, index)
    assert found["eventStatus"] == f"https://schema.org/{status}"
    assert found.get("previousStartDate") == before


@pytest.mark.parametrize(
    ("cost", "free"),
    [("cost: kostenlos", True), ("cost: Kostenlos", True), ("cost: free", True), ("cost: 3 Euro", None), ("", None)],
)  # fmt: skip
def test_what_costs_nothing_says_so(cost: str, free: bool | None):
    assert event_data(f"start: 2026-12-09\n{cost}").get("isAccessibleForFree") is free


def test_an_event_with_a_place_is_held_there():
    found = event_data("start: 2026-12-09\nplace: saal\nactors: [treff, weg]\nlanguages: [de, en]")
    assert found["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert found["location"] == {"@type": "Place", "name": "Saal"}
    assert [one["name"] for one in found["organizer"]] == ["Treff"]
    assert found["inLanguage"] == ["de", "en"]
    assert {"location", "eventAttendanceMode"}.isdisjoint(event_data("start: 2026-12-09"))


def test_the_offset_is_that_of_the_sites_zone():
    found = event_data("start: 2026-12-09 14:00", zone="Asia/Kolkata")
    moment = datetime.fromisoformat(found["startDate"])
    assert moment.utcoffset() == timedelta(hours=5, minutes=30)


def test_a_post_is_of_its_author_else_of_the_network():
    files = {
        "posts/eins.md": "---\ntitle: Eins\ndate: 2026-11-01\nauthor: Redaktion\ntags: [Umwelt]\nkicker: Bald\nupdated: 2026-11-02\nsummary: Kurz.\n---\n",
        "posts/zwei.md": "---\ntitle: Zwei\ndate: 2026-11-01\n---\nEin **Satz**.\n",
        "posts/drei.md": "---\ntitle: Drei\ndate: 2026-11-01\n---\n",
    }
    made = small(files)
    one, two, three = (
        json_ld.post(made.site, made.posts[key], f"/aktuelles/{key}/", image)
        for key, image in (("eins", "/media/fest.jpg"), ("zwei", None), ("drei", None))
    )
    assert one["author"] == {"@type": "Organization", "name": "Redaktion"}
    assert (one["datePublished"], one["dateModified"]) == (
        "2026-11-01T00:00+01:00",
        "2026-11-02T00:00+01:00",
    )
    assert (one["alternativeHeadline"], one["keywords"]) == ("Bald", ["Umwelt"])
    assert one["image"] == "https://muster.de/netz/media/fest.jpg"
    assert one["description"] == "Kurz."
    assert two["author"] == {"@type": "Organization", "name": "Netz"}
    assert two["description"] == "Ein Satz."
    assert {"image", "dateModified", "keywords"}.isdisjoint(two)
    assert "description" not in three
