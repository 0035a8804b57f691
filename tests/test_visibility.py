"""What is shown today, and the next day on which anything would differ."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from netzsite.catalogue import catalogue
from netzsite.network.link import Settings, link
from netzsite.network.network import Network
from netzsite.network.visibility import (
    is_current_offer,
    is_expired,
    is_member,
    next_change,
    next_turn,
)
from netzsite.network.waiting import Waiting, waiting
from netzsite.pipeline.render import encode
from netzsite.producers.frame import frame
from netzsite.producers.plan import plan
from netzsite.records.actor import Actor
from netzsite.records.offer import Offer
from netzsite.records.parse import Home, Parsed, home_of, parse
from netzsite.records.post import Post

TODAY = date(2026, 11, 20)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
PEOPLE = {
    "site.yaml": "title: N\nlanguage: de\nbase_url: https://n.de\ntimezone: Europe/Berlin\n",
    "carriers/verein.yaml": "name: Verein",
    "actors/treff.yaml": "name: Treff\ncarrier: verein",
}


def parsed(files: dict[str, str]) -> tuple[Parsed, ...]:
    found = []
    for path, text in (PEOPLE | files).items():
        home = home_of(path)
        assert isinstance(home, Home)
        found.append(parse(path, home, text.encode()))
        assert found[-1].record is not None, found[-1].problems
    return tuple(found)


def linked(files: tuple[Parsed, ...], today: date = TODAY, *, drafts: bool = False) -> Network:
    network, _ = link(files, (), Settings(today=today, drafts=drafts), catalogue)
    assert network is not None
    return network


def post(head: str) -> dict[str, str]:
    return {"posts/fest.md": f"---\ntitle: Fest\n{head}\n---\n"}


def offer(head: str) -> dict[str, str]:
    return {"offers/rat.yaml": f"name: Rat\nactors: [treff]\n{head}\n"}


def event(head: str) -> dict[str, str]:
    return {"events/treffen.md": f"---\ntitle: Treffen\nactors: [treff]\n{head}\n---\n"}


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("date: 2026-11-20", None),
        ("date: 2026-11-19", None),
        ("date: 2026-11-21", Waiting("future", TOMORROW)),
        ("date: 2026-11-19\ndraft: true", Waiting("draft")),
        ("date: 2026-11-21\ndraft: true", Waiting("draft")),
        ("date: 2026-11-19\nexpires: 2026-11-20", None),
        ("date: 2026-11-19\npublish_date: 2026-11-21", Waiting("future", TOMORROW)),
        ("date: 2026-12-24\npublish_date: 2026-11-20", None),
    ],
)
def test_drafts_and_posts_of_days_to_come_wait(head: str, why: Waiting | None):
    expected = {("post", "fest"): why} if why else {}
    assert waiting(parsed(post(head)), TODAY) == expected


EACH_KIND = {
    "carriers/werk.yaml": "name: Werk\n{}",
    "actors/werkstatt.yaml": "name: Werkstatt\ncarrier: verein\n{}",
    "offers/kurs.yaml": "name: Kurs\nactors: [treff]\nplace: saal\n{}",
    "places/saal.yaml": "name: Saal\n{}",
    "events/treffen.md": "---\ntitle: Treffen\nstart: 2026-12-01\n{}\n---\n",
    "pages/haus.md": "---\ntitle: Haus\n{}\n---\n",
    "posts/fest.md": "---\ntitle: Fest\ndate: 2026-11-01\n{}\n---\n",
}


@pytest.mark.parametrize("path", EACH_KIND)
@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("draft: true", Waiting("draft")),
        ("publish_date: 2026-11-21", Waiting("future", TOMORROW)),
        ("publish_date: 2026-11-20", None),
    ],
)
def test_every_kind_of_record_may_wait(path: str, head: str, why: Waiting | None):
    files = parsed({path: EACH_KIND[path].format(head)})
    (file,) = (one for one in files if one.path == path)
    key = (file.kind, file.id)
    assert waiting(files, TODAY) == ({key: why} if why else {})
    shelf = {"carrier": "carriers", "actor": "actors", "offer": "offers", "place": "places",
             "event": "events", "page": "pages", "post": "posts"}[file.kind]  # fmt: skip
    assert (file.id in getattr(linked(files), shelf)) is (why is None)
    assert file.id in getattr(linked(files, drafts=True), shelf)
    assert (next_turn(linked(files), files) == TOMORROW) is bool(why and why.day)


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("valid_from: 2026-11-21", Waiting("future", TOMORROW)),
        ("valid_from: 2026-11-20", None),
        ("valid_from: 2026-12-24\npublish_date: 2026-11-20", None),
        ("valid_from: 2026-11-01\npublish_date: 2026-11-21", Waiting("future", TOMORROW)),
    ],
)
def test_an_offer_appears_when_it_begins_unless_it_is_announced(head: str, why: Waiting | None):
    expected = {("offer", "rat"): why} if why else {}
    assert waiting(parsed(offer(head)), TODAY) == expected


def test_an_actor_waits_for_its_carrier_and_an_offer_for_the_first_of_its_actors():
    later = TOMORROW + timedelta(days=1)
    files = {
        "carriers/verein.yaml": f"name: Verein\npublish_date: {later}",
        "carriers/werk.yaml": "name: Werk",
        "actors/werkstatt.yaml": f"name: W\ncarrier: werk\npublish_date: {TOMORROW}",
        "actors/laden.yaml": "name: L\ncarrier: werk",
        "offers/eins.yaml": "name: Eins\nactors: [treff]",
        "offers/zwei.yaml": "name: Zwei\nactors: [treff, werkstatt]",
        "offers/drei.yaml": "name: Drei\nactors: [treff, laden]",
    }
    assert waiting(parsed(files), TODAY) == {
        ("carrier", "verein"): Waiting("future", later),
        ("actor", "werkstatt"): Waiting("future", TOMORROW),
        ("actor", "treff"): Waiting("awaiting", later),
        ("offer", "eins"): Waiting("awaiting", later),
        ("offer", "zwei"): Waiting("awaiting", TOMORROW),
    }


@pytest.mark.parametrize(
    ("expires", "gone"), [(None, False), (TOMORROW, False), (TODAY, True), (YESTERDAY, True)]
)
def test_a_post_leaves_the_lists_on_the_day_it_expires(expires: date | None, gone: bool):
    record = Post(id="fest", path="x", title="Fest", date=YESTERDAY, expires=expires)
    assert is_expired(record, TODAY) is gone


@pytest.mark.parametrize(
    ("left", "member"), [(None, True), (TOMORROW, True), (TODAY, True), (YESTERDAY, False)]
)
def test_an_actor_is_a_member_to_the_end_of_its_last_day(left: date | None, member: bool):
    record = Actor(id="a", path="x", name="A", carrier="b", left=left)
    assert is_member(record, TODAY) is member


@pytest.mark.parametrize(
    ("status", "until", "current"),
    [
        ("active", None, True),
        ("paused", None, True),
        ("ended", None, False),
        ("active", TODAY, True),
        ("active", TOMORROW, True),
        ("active", YESTERDAY, False),
        ("ended", TOMORROW, False),
    ],
)
def test_an_offer_is_current_until_it_ends(status: str, until: date | None, current: bool):
    record = Offer(id="a", path="x", name="A", actors=("b",), status=status, valid_until=until)
    assert is_current_offer(record, TODAY) is current


def whole(network: Network) -> dict[str, bytes]:
    """The input of every output: equal inputs, equal bytes."""
    jobs, _ = plan(network)
    found = {job.path: encode(job.args) for job in jobs}
    return found | {"": encode(frame(network, portable=False, policy="default-src 'self'"))}


def without_week(network: Network) -> dict[str, bytes]:
    return {path: args for path, args in whole(network).items() if path != "woche/index.html"}


MONDAY = date(2026, 11, 23)
"""The first day of the next week."""
MONTHLY = "start: 2026-01-14 14:00\nrepeat: jeden 2. Mittwoch im Monat"
DUE = [
    ({}, None),
    (post("date: 2026-11-19"), None),
    (post("date: 2026-11-24"), date(2026, 11, 24)),
    (post("date: 2026-11-24\ndraft: true"), None),
    (post("date: 2026-11-20\nexpires: 2026-11-25"), date(2026, 11, 25)),
    (post("date: 2026-11-23\nexpires: 2026-11-25"), date(2026, 11, 23)),
    (post("date: 2026-11-18\nexpires: 2026-11-20"), None),
    ({"actors/weg.yaml": "name: Weg\ncarrier: verein\nleft: 2026-11-22"}, date(2026, 11, 23)),
    ({"actors/weg.yaml": "name: Weg\ncarrier: verein\nleft: 2026-11-19"}, None),
    (offer("valid_until: 2026-11-22"), date(2026, 11, 23)),
    (offer("valid_until: 2026-11-20"), date(2026, 11, 21)),
    (offer("valid_until: 2026-11-19"), None),
    (event("start: 2026-11-22 14:00"), date(2026, 11, 23)),
    (event("start: 2026-11-19\nend: 2026-11-22"), date(2026, 11, 23)),
    (event("start: 2026-11-28\nend: 2026-12-03"), date(2026, 12, 1)),
    (event("start: 2026-11-19"), None),
    (event("undated: Im Mai."), None),
    (event(MONTHLY), date(2026, 12, 10)),
    (event(MONTHLY + " bis 11.11.2026"), None),
    (event(MONTHLY + "\nexcept: [2026-12-09]"), date(2027, 1, 14)),
    (event(MONTHLY + "\nmoved: {2026-12-09: 2026-11-30}"), date(2026, 12, 1)),
    (offer("hours: Di 14–16 Uhr\nvalid_from: 2026-11-21"), date(2026, 11, 21)),
    (offer("hours: Di 14–16 Uhr"), None),
]
BUSY = {
    "actors/treff.yaml": "name: Treff\ncarrier: verein\nleft: 2026-11-25\n"
    "contacts: [{role: Leitung, phone: 030 1, hours: täglich 9–10 Uhr}]\n",
    "offers/rat.yaml": "name: Rat\nactors: [treff]\nhours: Di 14–16 Uhr\nvalid_until: 2026-12-02\n",
    "events/fest.md": "---\ntitle: Fest\nstart: 2026-11-19\nend: 2026-12-01\n---\n",
    "events/treffen.md": f"---\ntitle: Treffen\n{MONTHLY}\n---\n",
    "site.yaml": PEOPLE["site.yaml"] + "region: DE-RP\nclosures: [{first: 2026-11-24}]\n",
}
"""What comes, goes and is over within the weeks shown."""


@pytest.mark.parametrize(("files", "due"), DUE)
def test_the_next_turn_is_the_day_it_is(files: dict[str, str], due: date | None):
    found = parsed(files)
    assert next_turn(linked(found), found) == due
    assert next_change(linked(found), found) == min(due or MONDAY, MONDAY)


@pytest.mark.parametrize("files", [files for files, _ in DUE])
def test_nothing_but_the_week_differs_before_the_day_of_the_next_turn(files: dict[str, str]):
    found = parsed(files)
    network = linked(found)
    due = next_turn(network, found)
    before = without_week(network)
    last = due or TODAY + timedelta(days=50)
    for days in range(1, (last - TODAY).days):
        assert without_week(linked(found, TODAY + timedelta(days=days))) == before, days
    if due:
        assert without_week(linked(found, due)) != before


@pytest.mark.parametrize("files", [files for files, _ in DUE])
def test_nothing_at_all_differs_before_the_day_of_the_next_change(files: dict[str, str]):
    found = parsed(files)
    network = linked(found)
    due = next_change(network, found)
    before = whole(network)
    for days in range(1, (due - TODAY).days):
        assert whole(linked(found, TODAY + timedelta(days=days))) == before, days
    assert whole(linked(found, due)) != before


@pytest.mark.parametrize("start", [MONDAY - timedelta(days=7), MONDAY, MONDAY + timedelta(days=6)])
def test_the_page_of_the_week_changes_on_mondays_alone(start: date):
    files = parsed(BUSY)
    weeks = [
        whole(linked(files, start + timedelta(days=number)))["woche/index.html"]
        for number in range(30)
    ]
    for number, (one, two) in enumerate(pairwise(weeks), 1):
        monday = (start + timedelta(days=number)).isoweekday() == 1
        assert (one != two) is monday, number


def test_the_first_day_of_a_year_brings_the_next_years_days_in_sight():
    files = parsed(event("start: 2020-12-31\nrepeat: jährlich"))
    today = date(2026, 12, 31)
    network = linked(files, today)
    assert next_change(network, files) == date(2027, 1, 1)
    assert whole(linked(files, date(2027, 1, 1))) != whole(network)


def test_with_drafts_a_day_to_come_changes_its_mark():
    files = parsed(post("date: 2026-11-24"))
    network = linked(files, drafts=True)
    assert next_turn(network, files) == date(2026, 11, 24)
    assert whole(linked(files, date(2026, 11, 24), drafts=True)) != whole(network)


def test_the_earliest_of_several_days_counts():
    files = parsed(post("date: 2026-11-24") | offer("valid_until: 2026-11-21") | event(MONTHLY))
    assert next_turn(linked(files), files) == date(2026, 11, 22)
    assert next_change(linked(files), files) == date(2026, 11, 22)
