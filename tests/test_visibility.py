"""What is shown today, and the next day on which anything would differ."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from netzsite.catalogue import catalogue
from netzsite.network.link import Settings, link
from netzsite.network.network import Network
from netzsite.network.visibility import (
    hidden,
    is_current_offer,
    is_expired,
    is_member,
    next_change,
    next_turn,
)
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
    ("head", "reason"),
    [
        ("date: 2026-11-20", None),
        ("date: 2026-11-19", None),
        ("date: 2026-11-21", "future"),
        ("date: 2026-11-19\ndraft: true", "draft"),
        ("date: 2026-11-21\ndraft: true", "draft"),
        ("date: 2026-11-19\nexpires: 2026-11-20", None),
    ],
)
def test_drafts_and_posts_of_days_to_come_are_hidden(head: str, reason: str | None):
    files = parsed(post(head))
    expected = {("post", "fest"): reason} if reason else {}
    assert hidden(files, TODAY, drafts=False) == expected
    assert hidden(files, TODAY, drafts=True) == {}


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
