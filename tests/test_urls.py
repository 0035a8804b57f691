"""Addresses: where a page lies, and how one page names another."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netzsite.urls import (
    ADDRESS_LENGTH,
    PART_LENGTH,
    absolute,
    address_of,
    base_path,
    file_of,
    is_address,
    relative,
    resolve,
)

PARTS = st.from_regex(r"[a-z0-9][a-z0-9._~-]{0,6}", fullmatch=True).filter(
    lambda part: part != "index.html"
)
FOLDERS = st.lists(PARTS, max_size=4).map(lambda parts: "".join(f"/{part}" for part in parts) + "/")
FILES = st.tuples(FOLDERS, PARTS).map("".join)
PAGES = FOLDERS | FILES
FRAGMENTS = st.just("") | st.from_regex(r"#[a-z][a-z0-9_-]{0,5}", fullmatch=True)


@pytest.mark.parametrize(
    "address",
    ["/", "/akteure/", "/akteure/mckiz/", "/404.html", "/media/a_b/Fest-1.jpg", "/a/b.c/d~e/", "/" + "a" * PART_LENGTH + "/"],
)  # fmt: skip
def test_what_every_host_can_hold_is_an_address(address: str):
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "akteure/", "//x/", "/a//b/", "/größe/", "/a b/", "/a?b", "/a#b", "/a%20b/", "/a\\b"),
        *("/../", "/a/./b/", "/...", "/a\n", "https://example.org/", "/a:b/"),
        *("/" + "a" * (PART_LENGTH + 1) + "/", ("/" + "a" * 100) * 3, "/" + "a/" * ADDRESS_LENGTH),
    ],
)
def test_what_some_host_cannot_hold_is_none(address: str):
    assert not is_address(address)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/termine/", "termine/index.html"),
        ("/404.html", "404.html"),
        ("/a/b.ics", "a/b.ics"),
        ("/netzwerk/#ziele", "netzwerk/index.html"),
    ],
)
def test_an_address_lies_in_a_file(address: str, file: str):
    assert file_of(address) == file
    assert address_of(file) == address.partition("#")[0]


@given(PAGES)
@settings(max_examples=100)
def test_an_address_and_its_file_name_each_other(address: str):
    assert address_of(file_of(address)) == address


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("/", "/", "./"),
        ("/", "/akteure/", "akteure/"),
        ("/akteure/", "/", "../"),
        ("/akteure/mckiz/", "/akteure/anker/", "../anker/"),
        ("/akteure/mckiz/", "/akteure/mckiz/", "./"),
        ("/akteure/mckiz/", "/akteure/mckiz/termine.ics", "termine.ics"),
        ("/akteure/mckiz/", "/termine/fest/", "../../termine/fest/"),
        ("/404.html", "/akteure/", "akteure/"),
        ("/a/", "/a/#ziel", "#ziel"),
        ("/a/", "/b/#ziel", "../b/#ziel"),
        ("/a/b.html", "/a/", "./"),
        ("/a/b.html", "/a/b.html", "b.html"),
    ],
)
def test_a_link_leads_the_short_way(here: str, there: str, link: str):
    assert relative(here, there) == link


@pytest.mark.parametrize(
    ("there", "link"),
    [
        ("/", "../index.html"),
        ("/b/", "../b/index.html"),
        ("/a/", "index.html"),
        ("/b/#ziel", "../b/index.html#ziel"),
        ("/a/#ziel", "#ziel"),
        ("/x.pdf", "../x.pdf"),
    ],
)
def test_a_portable_link_names_the_file(there: str, link: str):
    assert relative("/a/", there, portable=True) == link


@given(PAGES, PAGES, FRAGMENTS, st.booleans())
@settings(max_examples=200)
@example("/", "/", "#n_main", True)
@example("/a/b/", "/a/", "", False)
def test_a_link_leads_where_it_was_meant_to(here: str, path: str, fragment: str, portable: bool):
    there = path + fragment
    link = relative(here, there, portable=portable)
    assert not link.startswith("/")
    assert resolve(here, link) == there


@given(
    PAGES, PAGES, FRAGMENTS, st.sampled_from(["https://example.org", "https://example.org/unten"])
)
@settings(max_examples=150)
def test_a_browser_follows_a_link_as_we_do_below_any_path(
    here: str, path: str, fragment: str, base: str
):
    link = relative(here, path + fragment)
    assert urljoin(absolute(base, here), link) == absolute(base, path + fragment)


@pytest.mark.parametrize(
    ("here", "link", "there"),
    [
        ("/a/", "", "/a/"),
        ("/a/", "#ziel", "/a/#ziel"),
        ("/a/", "b", "/a/b"),
        ("/a/", "./", "/a/"),
        ("/a/", "../b/", "/b/"),
        ("/a/b/", "/c/", "/c/"),
        ("/a/b.html", "c.html", "/a/c.html"),
        ("/a/", "../index.html", "/"),
        ("/a/", "../index.html#x", "/#x"),
        ("/a/", "index.html", "/a/"),
        ("/a/", "../../", "/.."),
        ("/a/b/", "../../../x/", "/.."),
        ("/", "../x/", "/.."),
        ("/a/", "x?y=1", "/a/x"),
        ("/a/", "?y=1", "/a/"),
        ("/a/", "?y=1#z", "/a/#z"),
        ("/a/b/", "..", "/a/"),
        ("/a/b/", "../..", "/"),
        ("/a/", "../..", "/.."),
        ("/a/b.html", ".", "/a/"),
        ("/a/", "b%20c/%C3%A4.pdf", "/a/b c/ä.pdf"),
        ("/a/", "#gr%C3%B6%C3%9Fe", "/a/#größe"),
    ],
)
def test_a_link_is_resolved_against_its_page(here: str, link: str, there: str):
    assert resolve(here, link) == there


@pytest.mark.parametrize(
    "link",
    [
        *("https://example.org/", "http://x/", "//example.org/x", "mailto:a@example.org"),
        *("tel:+49261", "geo:50,7", "data:text/plain,x", "javascript:x"),
    ],
)
def test_a_link_out_of_the_site_is_none_of_ours(link: str):
    assert resolve("/a/", link) is None


@pytest.mark.parametrize(
    ("here", "link", "there"),
    [("/", "a/../b/", "/b/"), ("/a/", "b/../../c/", "/c/"), ("/a/", "b/?zurueck=../../", "/a/b/")],
)
def test_only_a_link_that_really_climbs_out_is_refused(here: str, link: str, there: str):
    assert resolve(here, link) == there


@pytest.mark.parametrize(
    ("base", "address", "url", "path"),
    [
        ("https://example.org", "/a/", "https://example.org/a/", ""),
        ("https://example.org/", "/", "https://example.org/", ""),
        ("https://example.org/unten", "/a/#b", "https://example.org/unten/a/#b", "/unten"),
        ("https://example.org/unten/", "/feed.xml", "https://example.org/unten/feed.xml", "/unten"),
        ("http://localhost:8000", "/", "http://localhost:8000/", ""),
    ],
)
def test_an_absolute_address_begins_with_the_sites_own(
    base: str, address: str, url: str, path: str
):
    assert absolute(base, address) == url
    assert base_path(base) == path
    assert urlsplit(url).path.startswith(path)
