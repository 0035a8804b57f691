"""The whole way on whole sites: what is published, what isn't, and what a second build does."""

import json
import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import msgspec
import pytest

from netzsite.catalogue import catalogue
from netzsite.media import medium
from netzsite.memo import KEPT_BUILDS, NoMemo
from netzsite.network.link import Settings, link
from netzsite.network.network import Network
from netzsite.pipeline import content as contents
from netzsite.pipeline import history
from netzsite.pipeline import render as rendering
from netzsite.pipeline.build import Options, build, today_in
from netzsite.pipeline.content import Resources
from netzsite.pipeline.fingerprint import fingerprint
from netzsite.pipeline.render import RenderContext, encode, run
from netzsite.pool import Pool
from netzsite.problems import Problem
from netzsite.producers.frame import frame
from netzsite.producers.plan import plan
from netzsite.rendering import static_files, templates
from netzsite.rendering.job import Job
from netzsite.rendering.policy import policy
from netzsite.urls import file_of
from tests import edits as lab_edits
from tests.conftest import MUSTERVIERTEL, ROOT, TODAY, options, tree
from tests.lab import Lab, put


def codes(report: object) -> list[str]:
    return [problem.code for problem in report.problems]


def edit(root: Path, path: str, old: str, new: str) -> None:
    file = root / "content" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def network_of(root: Path, **changes: object) -> tuple[Network, contents.Content]:
    with Pool(1) as pool:
        content = contents.read(root / "content", Resources(NoMemo(), pool, fingerprint()))
    revisions = history.read(root, content.parsed)
    assert not isinstance(revisions, Problem)
    today = changes.pop("today", TODAY)
    settings = Settings(today=today, revisions=revisions, **changes)
    network, _ = link(content.parsed, content.media, settings, catalogue)
    assert network is not None
    return network, content


def test_the_samples_have_no_problems_but_what_the_release_gate_asks_for():
    assert build(options(MUSTERVIERTEL, publish=False)).problems == ()
    gate = {"provider-missing", "privacy-missing", "example-address"}
    assert set(codes(build(options(ROOT, publish=False)))) == gate


def test_strict_refuses_the_real_site_until_its_gate_is_clean(tmp_path: Path):
    report = build(options(ROOT, strict=True, output=tmp_path / "out"))
    assert not report.published
    assert not (tmp_path / "out").exists()


def test_a_second_build_writes_nothing_and_keeps_every_time_stamp(site: Path):
    first = build(options(site, memo=True))
    assert (first.counts.written, first.counts.unchanged) == (len(tree(site / "output")) - 1, 0)
    stamps = {path: path.stat().st_mtime_ns for path in (site / "output").rglob("*")}
    second = build(options(site, memo=True))
    assert second.counts.written == second.counts.removed == 0
    assert second.counts.unchanged == first.counts.written
    assert {path: path.stat().st_mtime_ns for path in (site / "output").rglob("*")} == stamps
    assert second.pages == first.pages


def test_a_build_with_a_memo_equals_a_clean_one_after_each_kind_of_edit(site: Path, tmp_path: Path):
    posts = site / "content" / "posts"
    one = next(path for path in sorted(posts.rglob("*.md")) if "hochbeete" in path.name)
    edits = [
        lambda: one.write_text(one.read_text() + "\nNoch ein Satz.\n"),
        lambda: one.write_text(re.sub("title: .*", "title: Anderer Titel", one.read_text())),
        lambda: edit(site, "actors/schuldnerberatung.yaml", "name:", "name: Neue"),
        lambda: one.unlink(),
        lambda: edit(site, "site.yaml", "title:", "title: Neu"),
        lambda: (site / "templates").mkdir(),
        lambda: (site / "templates" / "post.html").write_text(
            '{% extends "netzsite/post.html" %}{% block main %}<p>Davor</p>{{ super() }}{% endblock %}'
        ),
        lambda: (site / "templates" / "post.html").unlink(),
    ]
    build(options(site, memo=True))
    for number, change in enumerate(edits):
        change()
        report = build(options(site, memo=True))
        clean = tmp_path / f"clean{number}"
        assert build(options(site, output=clean)).published == report.published is True
        assert tree(site / "output") == tree(clean)


def test_a_hand_edited_or_deleted_output_file_is_mended(site: Path):
    build(options(site, memo=True))
    before = tree(site / "output")
    (site / "output" / "index.html").write_text("von Hand")
    (site / "output" / "feed.xml").unlink()
    report = build(options(site, memo=True))
    assert report.counts.written == 2
    assert tree(site / "output") == before


def test_an_error_leaves_the_last_good_site_as_it_was(site: Path):
    build(options(site))
    before = tree(site / "output")
    edit(site, "actors/schuldnerberatung.yaml", "carrier:", "träger:")
    report = build(options(site))
    assert not report.published
    assert codes(report) == ["unknown-key"]
    assert tree(site / "output") == before


@pytest.mark.parametrize("marker", ["GEHEIMNOTIZ", "ENTWURFSMARKE", "ZUKUNFTSMARKE"])
def test_notes_drafts_and_future_posts_are_in_no_byte_of_the_output(muster: Path, marker: str):
    in_content = [path for path in (MUSTERVIERTEL / "content").rglob("*") if path.is_file()]
    assert any(marker.encode() in path.read_bytes() for path in in_content)
    for path, data in tree(muster).items():
        assert marker.lower().encode() not in data.lower(), path
        assert marker.lower() not in path.lower()


def test_expired_posts_are_only_at_their_own_address_with_a_note(muster: Path):
    holders = [path for path, data in tree(muster).items() if b"abgelaufenmarke" in data.lower()]
    assert sorted(holders) == [
        "aktuelles/adventskalender/index.html",
        "aktuelles/sommerferien/index.html",
    ]
    for path in holders:
        page = (muster / path).read_text(encoding="utf-8")
        assert "nicht mehr aktuell" in page
        assert 'name="robots" content="noindex"' in page


HIDDEN_POST = """\
---
title: {mark} Titel
date: {day}
kicker: {mark} Dachzeile
summary: {mark} kurz
tags: [{mark} Schlagwort]
actors: [familienzentrum]
offers: [krabbelgruppe]
image: {{src: media/{mark}.png, alt: {mark} Bild, credit: {mark} Foto, caption: {mark} Unterschrift}}
author: {mark} Autorin
internal: {mark} Notiz
aliases: [/{mark}-alias/]
{more}
---

{mark} Text mit [Link]({mark}-intern "{mark}")[^1].

## {mark} Überschrift

[^1]: {mark} Fußnote
"""


@pytest.mark.parametrize(
    ("day", "more"), [("2026-11-01", "draft: true"), ("2026-11-21", ""), ("2020-01-01", "expires: 2020-02-01\ndraft: true")]
)  # fmt: skip
def test_nothing_of_a_hidden_post_is_in_any_byte(site: Path, muster: Path, day: str, more: str):
    """Whatever key a word stands under, no page, feed, index, calendar, map or path has it."""
    mark = "zzqxgeheim"
    post = HIDDEN_POST.format(mark=mark, day=day, more=more).replace(f"({mark}-intern", "(/suche/")
    (site / "content" / "posts" / f"{mark}.md").write_text(post, encoding="utf-8")
    picture = (site / "content" / "media" / "sommerfest.png").read_bytes()
    (site / "content" / "media" / f"{mark}.png").write_bytes(picture)
    report = build(options(site))
    assert report.published
    assert codes(report) == []  # what waits uses the picture
    built = tree(site / "output")
    for path, data in built.items():
        assert mark not in path.lower()
        assert mark.encode() not in data.lower(), path
    assert built.keys() == tree(muster).keys()


def test_an_expired_post_is_only_at_its_own_address(site: Path):
    mark = "zzqxvorbei"
    post = HIDDEN_POST.format(mark=mark, day="2026-05-01", more="expires: 2026-06-01")
    post = post.replace(f"({mark}-intern", "(/suche/").replace(
        "internal: zzqxvorbei", "internal: x"
    )
    (site / "content" / "posts" / f"{mark}.md").write_text(post, encoding="utf-8")
    picture = (site / "content" / "media" / "sommerfest.png").read_bytes()
    (site / "content" / "media" / f"{mark}.png").write_bytes(picture)
    assert build(options(site)).published
    built = tree(site / "output")
    holders = {path for path, data in built.items() if mark.encode() in data.lower()}
    own, alias = f"aktuelles/{mark}/index.html", f"{mark}-alias/index.html"
    assert holders == {own, alias, "_redirects", ".netzsite-manifest"}
    assert "nicht mehr aktuell" in built[own].decode()
    named = {path for path in built if mark in path}
    sizes = {path for path in named if re.fullmatch(rf"media/{mark}-\d+(w|x\d+)\.(png|webp)", path)}
    assert sizes
    assert named - sizes == {own, alias}


def test_drafts_shows_drafts_and_future_posts_marked_as_such(tmp_path: Path):
    build(options(MUSTERVIERTEL, drafts=True, output=tmp_path))
    page = (tmp_path / "aktuelles" / "entwurf-kochbuch" / "index.html").read_text(encoding="utf-8")
    assert "ENTWURFSMARKE" in page
    assert "Entwurf: nur in der Vorschau zu sehen" in page
    lists = (tmp_path / "aktuelles" / "index.html").read_text(encoding="utf-8")
    assert "Nur in der Vorschau zu sehen" in lists
    assert (tmp_path / "aktuelles" / "neujahrsempfang" / "index.html").exists()


def test_the_report_names_what_is_not_shown_yet():
    report = build(options(MUSTERVIERTEL, publish=False))
    found = {(one.path, one.reason) for one in report.unseen}
    assert any("neujahrsempfang" in path and reason == "future" for path, reason in found)
    assert any("entwurf-kochbuch" in path and reason == "draft" for path, reason in found)
    days = [one.day for one in report.unseen if one.day]
    assert days == sorted(days)
    assert build(options(MUSTERVIERTEL, publish=False, drafts=True)).unseen == ()


def test_a_future_post_appears_on_its_day_and_the_build_says_when(tmp_path: Path):
    before = build(options(MUSTERVIERTEL, output=tmp_path / "a", today=date(2026, 12, 30)))
    assert before.next_change is not None
    day = json_day("neujahrsempfang")
    on_day = build(options(MUSTERVIERTEL, output=tmp_path / "b", today=day))
    assert on_day.published
    assert not (tmp_path / "a" / "aktuelles" / "neujahrsempfang").exists()
    assert (tmp_path / "b" / "aktuelles" / "neujahrsempfang").exists()


def json_day(name: str) -> date:
    network, _ = network_of(MUSTERVIERTEL, drafts=True)
    return network.posts[name].date.first


def test_nothing_changes_before_the_day_the_build_names(tmp_path: Path):
    report = build(options(MUSTERVIERTEL, output=tmp_path / "a"))
    due = report.next_change
    assert due is not None
    day_before = date.fromordinal(due.toordinal() - 1)
    build(options(MUSTERVIERTEL, output=tmp_path / "b", today=day_before))
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    build(options(MUSTERVIERTEL, output=tmp_path / "c", today=due))
    assert tree(tmp_path / "a") != tree(tmp_path / "c")


def test_old_addresses_lead_on_by_page_and_by_table(muster: Path):
    network, _ = network_of(MUSTERVIERTEL)
    aliases = network.posts["netzwerk-startet"].aliases
    assert aliases
    table = (muster / "_redirects").read_text(encoding="utf-8")
    for alias in aliases:
        page = (muster / file_of(alias)).read_text(encoding="utf-8")
        assert 'http-equiv="refresh"' in page
        assert 'rel="canonical"' in page
        assert "aktuelles/netzwerk-startet/" in page
        assert f"{alias} /aktuelles/netzwerk-startet/ 301" in table


def test_only_media_that_something_shown_refers_to_are_published(site: Path):
    (site / "content" / "media" / "uebrig.txt").write_text("nichts verweist hierher")
    report = build(options(site))
    assert codes(report) == ["unused-medium"]
    assert not (site / "output" / "media" / "uebrig.txt").exists()
    assert (site / "output" / "media" / "satzung.pdf").exists()


def test_portable_links_name_index_html(tmp_path: Path):
    build(options(MUSTERVIERTEL, portable=True, output=tmp_path))
    home = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'href="akteure/index.html"' in home
    assert not re.search(r'href="(?!https?:|mailto:|tel:)[^"#]*/"', home)


@pytest.mark.parametrize(("root", "built"), [(MUSTERVIERTEL, "muster"), (ROOT, "real")])
def test_every_job_rendered_from_its_decoded_arguments_gives_the_same_bytes(
    root: Path, built: str, request: pytest.FixtureRequest
):
    output = request.getfixturevalue(built)
    network, content = network_of(root)
    jobs, collisions = plan(network)
    assert not collisions
    loaded, _ = templates.load(root)
    static, _ = static_files.load(root)
    context = RenderContext(
        frame=frame(network, portable=False, policy=policy(loaded.needs | static.needs)),
        words=network.words,
        templates=loaded,
        stage=Path(),
    )
    for job in jobs:
        args = msgspec.msgpack.decode(encode(job.args), type=type(job.args))
        assert args == job.args, job.path
        again = Job(path=job.path, render=job.render, args=args)
        fragments = content.texts.get(job.texts)
        assert run(again, job.template, fragments, context) == (output / job.path).read_bytes()


def test_equal_arguments_encode_to_equal_bytes_whatever_their_order():
    one, _ = plan(network_of(MUSTERVIERTEL)[0])
    two, _ = plan(network_of(MUSTERVIERTEL)[0])
    assert [encode(job.args) for job in one] == [encode(job.args) for job in two]


def test_a_memo_that_lost_a_text_renders_it_again(site: Path):
    build(options(site, memo=True))
    before = tree(site / "output")
    memo = site / ".netzsite-cache" / "memo.sqlite"
    import sqlite3

    with sqlite3.connect(memo) as connection:
        content = network_of(site)[1]
        for digest in content.texts.fresh:
            connection.execute("DELETE FROM entry WHERE key = ?", (content.texts.key(digest),))
    connection.close()
    for page in (site / "output").rglob("*.html"):
        page.unlink()
    report = build(options(site, memo=True))
    assert report.published
    assert tree(site / "output") == before


def test_a_damaged_memo_is_as_good_as_none(site: Path):
    build(options(site, memo=True))
    before = tree(site / "output")
    memo = site / ".netzsite-cache" / "memo.sqlite"
    data = bytearray(memo.read_bytes())
    data[2000:60000:7] = b"\xff" * len(data[2000:60000:7])
    memo.write_bytes(bytes(data))
    report = build(options(site, memo=True))
    assert report.published
    assert tree(site / "output") == before


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What builds do that takes time, counted."""
    done: Counter[str] = Counter()
    for module, name in ((contents, "parse"), (medium, "inspect"), (rendering, "run")):
        doing = getattr(module, name)

        def count(*args: object, _doing=doing, _name=name) -> object:
            done[_name] += 1
            return _doing(*args)

        monkeypatch.setattr(module, name, count)
    return done


@pytest.mark.parametrize("published", [False, True])
def test_on_another_machine_where_every_time_is_new_the_memo_serves(
    site: Path, tmp_path: Path, work: Counter[str], published: bool
):
    """As where CI restores the cache into a fresh checkout, with or without the last output."""
    build(options(site, memo=True))
    assert all(work[name] for name in ("parse", "inspect", "run"))
    work.clear()
    other = tmp_path / "elsewhere"
    for folder in ("content", ".netzsite-cache", *(["output"] if published else [])):
        shutil.copytree(site / folder, other / folder, copy_function=shutil.copyfile)
    report = build(options(other, memo=True))
    assert report.published
    assert tree(other / "output") == tree(site / "output")
    if published:
        assert work == {}
        assert report.counts.written == 0
    else:  # the memo holds no pages: they are put together again, of texts that are known
        assert work.keys() == {"run"}


def test_after_many_builds_the_texts_of_untouched_pages_are_known(
    tmp_path: Path, work: Counter[str]
):
    lab = Lab.make(tmp_path)
    with lab.inside():
        lab.build()
        for number in range(KEPT_BUILDS + 10):
            lab_edits.retitle(lab, 0)
            put(lab.content / "media" / "plan.txt", f"Beet {number}\n")
            assert lab.build().published
        work.clear()
        lab_edits.edit_layout(lab, 0)
        assert lab.build().published
        assert work["run"] > 20
        assert work["parse"] == 0


def test_output_inside_the_content_is_refused(site: Path):
    for folder in ("content", "content/media", "templates", "."):
        report = build(Options(root=site, today=TODAY, output=site / folder, memo=False))
        assert codes(report) == ["output-in-content"]


def test_today_is_the_day_in_the_sites_time_zone(site: Path):
    assert isinstance(today_in(site), date)
    edit(site, "site.yaml", "timezone: Europe/Berlin", "timezone: Nowhere/Atlantis")
    assert isinstance(today_in(site), date)
    assert isinstance(today_in(site / "missing"), date)


def test_json_ld_of_every_page_is_json_and_closed_by_nothing_inside(muster: Path):
    seen = set()
    for page in muster.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for block in re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL
        ):
            seen.add(json.loads(block)["@type"])
            assert "<" not in block
    assert seen == {"Organization", "Service", "Event", "BlogPosting", "BreadcrumbList"}
