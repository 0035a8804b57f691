"""Imprint, privacy notice, accessibility statement: made from ``site.yaml``, and what it lacks told."""

import html
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from netzsite.audit.privacy_claims import PROMISES
from netzsite.audit.wcag import CRITERIA
from netzsite.catalogue import catalogue
from netzsite.checks import release
from netzsite.law.duties import DUTIES, LAWS
from netzsite.law.enforcement import BODIES
from netzsite.network.link import Settings, link
from netzsite.network.network import Network
from netzsite.pipeline.build import build
from netzsite.problem_text import message
from netzsite.problems import SEVERITIES, Severity
from netzsite.producers import legal
from netzsite.producers.legal import AccessibilityView, PrivacyView
from netzsite.records.parse import Home, home_of, parse
from netzsite.rendering.job import Job
from tests.conftest import TODAY, options

SITE = """\
title: Netzwerk Musterdorf
language: de
base_url: https://netzwerk-musterdorf.de
timezone: Europe/Berlin
provider:
  name: Nachbarschaft Musterdorf e. V.
  legal_status: private
  represented_by: den Vorstand, Mia Muster
  street: Musterweg 1
  postal_code: 12345
  city: Musterdorf
  email: post@netzwerk-musterdorf.de
  phone: 030 23125 100
  register: Amtsgericht Musterstadt, VR 1234
  responsible: Mia Muster, Musterweg 1, 12345 Musterdorf
  authority: Datenschutzaufsicht, Musterplatz 1, 12345 Musterstadt
  data_protection_officer: Stelle für Datenschutz, datenschutz@netzwerk-musterdorf.de
legal_frame: dsgvo
hosting:
  name: Musterhost GmbH
  country: Deutschland
  log_days: 7
"""
STATEMENT = """\
region: DE-NW
accessibility:
  conformity: partial
  barriers:
    - what: Satzung als PDF
      why: Das PDF hat keine Überschriften.
      until: Sommer 2027
    - what: Alte Protokolle
      why: Sie sind vor 2018 entstanden.
      ground: exempt
  prepared_on: 2026-11-02
  assessed_how: Selbstbewertung durch die Pressestelle
  answer_days: 14
  contact: Pressestelle
  enforcement: {name: Ombudsstelle Musterland, email: ombud@musterland.de}
"""
PUBLIC = SITE.replace("legal_status: private", "legal_status: public") + STATEMENT
POST = {"posts/neues.md": "---\ntitle: Neues\ndate: 2026-11-02\n---\n"}
Told = list[tuple[int, str, str]]
"""Line, code and sentence of each problem."""


def site(**values: str) -> str:
    """The whole site with some keys changed; an empty value takes the key out."""
    text = SITE
    for key, value in values.items():
        line = rf"^( *){key}:.*\n"
        assert re.search(line, text, re.MULTILINE), key
        text = re.sub(line, rf"\1{key}: {value}\n" if value else "", text, flags=re.MULTILINE)
    return text


def without(text: str, group: str, name: str) -> str:
    """Take a key out of its group, or one that stands by itself."""
    before, start, rest = text.partition(f"{group}:\n") if group else ("", "", text)
    lines = rf"^ *{name}:.*\n(?: {{4,}}.*\n)*"
    return before + start + re.sub(lines, "", rest, count=1, flags=re.MULTILINE)


def network_of(text: str, **files: str) -> tuple[Network, Told]:
    """Link a site in memory, and ask the gate."""
    parsed = []
    for path, content in {"site.yaml": text, **files}.items():
        home = home_of(path)
        assert isinstance(home, Home)
        parsed.append(parse(path, home, content.encode()))
        assert not parsed[-1].problems
    network, _ = link(tuple(parsed), (), Settings(today=TODAY), catalogue)
    assert network is not None
    problems = release.check(network, parsed[0].spots)
    words = catalogue("de")
    return network, [
        (one.spot.line if one.spot else 0, one.code, message(one, words)) for one in problems
    ]


def page(text: str) -> str:
    return f"---\ntitle: {text}\n---\n"


# What the gate asks.


def test_a_whole_site_passes():
    assert network_of(SITE, **POST)[1] == []


IMPRINT = "Vor der Veröffentlichung fehlt „{}“ ({}) für das Impressum: {}."
NOTICE = "Vor der Veröffentlichung fehlt „{}“ ({}) für die Datenschutzerklärung: {}."
ACCESS = "Vor der Veröffentlichung fehlt „{}“ ({}) für die Erklärung zur Barrierefreiheit: {}."
PARTS = "Art. 7 Abs. 1 UAbs. 2 lit. {} Richtlinie (EU) 2016/2102"
MODEL = "Anhang, Abschnitt 1 Durchführungsbeschluss (EU) 2018/1523"
NAME = "§ 5 Abs. 1 Nr. 1 DDG, § 18 Abs. 1 Nr. 1 MStV, Art. 13 Abs. 1 lit. a DSGVO"
MISSING = {
    "provider.name": (IMPRINT, "Name", NAME),
    "provider.represented_by": (
        *(IMPRINT, "Vertreten durch", "§ 5 Abs. 1 Nr. 1 DDG, § 18 Abs. 1 Nr. 2 MStV"),
    ),
    "provider.street": (IMPRINT, "Straße", NAME),
    "provider.postal_code": (IMPRINT, "Postleitzahl", NAME),
    "provider.city": (IMPRINT, "Stadt", NAME),
    "provider.email": (*(IMPRINT, "E-Mail", "§ 5 Abs. 1 Nr. 2 DDG, Art. 13 Abs. 1 lit. a DSGVO"),),
    "provider.phone": (IMPRINT, "Telefon", "§ 5 Abs. 1 Nr. 2 DDG"),
    "provider.register": (IMPRINT, "Register", "§ 5 Abs. 1 Nr. 4 DDG"),
    "provider.responsible": (IMPRINT, "Verantwortlich", "§ 18 Abs. 2 MStV"),
    "provider.legal_status": (NOTICE, "Rechtsstellung", "Art. 13 Abs. 1 lit. c DSGVO"),
    "provider.data_protection_officer": (
        *(NOTICE, "Datenschutzbeauftragte", "Art. 13 Abs. 1 lit. b DSGVO"),
    ),
    "provider.authority": (NOTICE, "Aufsicht", "Art. 13 Abs. 2 lit. d DSGVO"),
    "legal_frame": (NOTICE, "Datenschutzrecht", "Art. 13 DSGVO / § 15 KDG / § 17 DSG-EKD"),
    "hosting.name": (NOTICE, "Anbieter", "Art. 13 Abs. 1 lit. e DSGVO"),
    "hosting.country": (NOTICE, "Land", "Art. 13 Abs. 1 lit. f DSGVO"),
    "hosting.log_days": (NOTICE, "Protokolltage", "Art. 13 Abs. 2 lit. a DSGVO"),
    "accessibility.conformity": (ACCESS, "Vereinbarkeit", PARTS.format("a")),
    "accessibility.barriers": (ACCESS, "Barrieren", PARTS.format("a")),
    "accessibility.prepared_on": (ACCESS, "Erstellt am", MODEL),
    "accessibility.assessed_how": (ACCESS, "Bewertet durch", MODEL),
    "accessibility.answer_days": (ACCESS, "Antwort in Tagen", PARTS.format("b")),
    "accessibility.enforcement": (ACCESS, "Durchsetzung", PARTS.format("c")),
}
CODES = {IMPRINT: "provider-missing", NOTICE: "privacy-missing", ACCESS: "statement-missing"}


def test_each_duty_is_in_the_table():
    assert set(MISSING) == {duty.key for duty in DUTIES}


@pytest.mark.parametrize("key", MISSING)
def test_each_missing_duty_is_named_alone_with_its_paragraph(key: str):
    sentence, label, rule = MISSING[key]
    group, _, name = key.rpartition(".")
    text = without(PUBLIC, group, name)
    line = text.splitlines().index(f"{group}:") + 2 if group else 1
    told = (line, CODES[sentence], sentence.format(key, label, rule))
    if key == "provider.legal_status":  # Nobody is known to be a public body then.
        assert told in network_of(text, **POST)[1]
    else:
        assert network_of(text, **POST)[1] == [told]


@pytest.mark.parametrize(
    ("changes", "files", "key"),
    [
        ({"represented_by": "", "legal_status": "person"}, POST, "provider.represented_by"),
        ({"register": "", "name": "Netzwerk Musterdorf"}, POST, "provider.register"),
        ({"responsible": ""}, {}, "provider.responsible"),
        ({"data_protection_officer": ""}, POST, "provider.data_protection_officer"),
    ],
)
def test_what_does_not_concern_a_site_is_not_asked(
    changes: dict[str, str], files: dict[str, str], key: str
):
    assert network_of(site(**changes), **files)[1] == []
    assert key in MISSING


@pytest.mark.parametrize(
    ("name", "registered"),
    [
        ("Verein e. V.", True),
        ("Verein e.V.", True),
        ("Werk gGmbH", True),
        ("Dorfladen eG", True),
        ("Stadt Musterstadt", False),
        ("Evangelische Kirchengemeinde", False),
        ("Gemeinnützige Stiftung", False),
    ],
)
def test_a_register_is_asked_of_those_that_stand_in_one(name: str, registered: bool):
    text = SITE.replace("Nachbarschaft Musterdorf e. V.", name)
    text = re.sub(r"  register:.*\n", "", text)
    assert bool(network_of(text)[1]) is registered


def test_a_public_body_has_to_declare_its_accessibility_and_no_other():
    assert network_of(PUBLIC, **POST)[1] == []
    bare = PUBLIC.partition("accessibility:")[0]
    told = [told for _, _, told in network_of(bare, **POST)[1]]
    assert len(told) == 5, "without a state no barriers are asked for"
    for frame in ("kdg", "dsg-ekd"):
        church = bare.replace("legal_frame: dsgvo", f"legal_frame: {frame}")
        assert network_of(church, **POST)[1] == []
    own = {"pages/barrierefreiheit.md": page("Barrierefreiheit")}
    assert network_of(bare, **POST, **own)[1] == []


def test_the_body_that_enforces_comes_from_the_land_unless_the_site_names_one():
    silent = without(PUBLIC, "accessibility", "enforcement")
    for land, body in BODIES.items():
        text = silent.replace("DE-NW", land)
        assert network_of(text, **POST)[1] == []
        assert statement_of(text).enforcement == body
        assert body.email or body.phone or body.url
    named = statement_of(PUBLIC.replace("DE-NW", "DE-RP")).enforcement
    assert named
    assert named.name == "Ombudsstelle Musterland"


def statement_of(text: str) -> AccessibilityView:
    network, _ = network_of(text)
    (job,) = [job for job in legal.jobs(network) if job.path == "barrierefreiheit/index.html"]
    assert isinstance(job.args, AccessibilityView)
    return job.args


@pytest.mark.parametrize(
    ("frame", "rule"),
    [
        ("dsgvo", "Art. 13 Abs. 2 lit. d DSGVO"),
        ("kdg", "§ 15 Abs. 2 lit. d KDG"),
        ("dsg-ekd", "§ 17 Abs. 2 Nr. 3 DSG-EKD"),
    ],
)
def test_the_paragraph_is_that_of_the_law_which_applies(frame: str, rule: str):
    ((_, _, sentence),) = network_of(site(legal_frame=frame, authority=""))[1]
    assert sentence.endswith(f": {rule}.")


def test_pages_of_ones_own_answer_for_themselves():
    bare = SITE.partition("provider:")[0]
    own = {"pages/impressum.md": page("Impressum"), "pages/datenschutz.md": page("Datenschutz")}
    assert len(network_of(bare, **POST)[1]) == 14
    network, told = network_of(bare, **POST, **own)
    assert told == []
    assert [job.path for job in legal.jobs(network)] == ["barrierefreiheit/index.html"]
    imprint = {"pages/impressum.md": own["pages/impressum.md"]}
    codes = {code for _, code, _ in network_of(bare, **POST, **imprint)[1]}
    assert codes == {"privacy-missing"}


# The pages.


def view(text: str, **files: str) -> PrivacyView:
    network, _ = network_of(text, **files)
    (job,) = [job for job in legal.jobs(network) if job.path == "datenschutz/index.html"]
    assert isinstance(job.args, PrivacyView)
    return job.args


@pytest.mark.parametrize(
    ("frame", "status", "article"),
    [
        ("dsgvo", "private", "Art. 6 Abs. 1 lit. f DSGVO"),
        ("dsgvo", "person", "Art. 6 Abs. 1 lit. f DSGVO"),
        ("dsgvo", "public", "Art. 6 Abs. 1 lit. e DSGVO"),
        ("kdg", "private", "§ 6 Abs. 1 lit. g KDG"),
        ("kdg", "public", "§ 6 Abs. 1 lit. f KDG"),
        ("dsg-ekd", "private", "§ 6 Nr. 4 DSG-EKD"),
        ("dsg-ekd", "public", "§ 6 Nr. 4 DSG-EKD"),
    ],
)
def test_the_legal_basis_is_that_of_the_law_and_of_the_provider(
    frame: str, status: str, article: str
):
    basis = view(site(legal_frame=frame, legal_status=status)).basis
    assert basis
    assert basis.article == article


def test_no_basis_is_claimed_where_law_or_standing_are_not_known():
    assert view(site(legal_frame="")).basis is None
    assert view(site(legal_status="")).basis is None


def test_each_law_has_the_same_rights_in_its_own_paragraphs():
    words = catalogue("de").words
    kinds = {tuple(right for right, _ in law.rights) for law in LAWS.values()}
    assert len(kinds) == 1
    assert set(kinds.pop()) <= set(words)
    for law in LAWS.values():
        places = [*law.tells.values(), law.private.article, law.public.article]
        places += [*(place for _, place in law.rights), law.objection, law.complaint]
        assert all(place.endswith(law.name) for place in places)


def text_of(file: Path) -> str:
    main = LexborHTMLParser(file.read_bytes()).css_first("main")
    assert main is not None
    return re.sub(r"\s+", " ", main.text())


def test_the_notice_says_all_that_is_known(muster: Path):
    said = text_of(muster / "datenschutz" / "index.html")
    for part in (
        "Bürgerverein Musterviertel e. V.",
        "Lindenstraße 12",
        "post@musterviertel.example.org",
        "Musterhost GmbH",
        "Serverweg 1",
        "Deutschland",
        "7 Tage lang gespeichert",
        "§ 6 Abs. 1 lit. g KDG (unser berechtigtes Interesse",
        "Auskunft (§ 17 KDG)",
        "Berichtigung (§ 18 KDG)",
        "§ 23 KDG",
        "§ 48 KDG",
        "Katholisches Datenschutzzentrum Musterland",
        "Stelle für Datenschutz",
    ):
        assert part in said, part
    assert "noch nicht eingetragen" not in said
    assert "DSGVO" not in said


def test_what_nobody_has_given_is_said_to_be_missing_and_not_made_up(real: Path):
    said = text_of(real / "datenschutz" / "index.html")
    assert said.count("noch nicht eingetragen") == 4
    assert not re.search(r"(Art\.|§) \d", said.replace("§ 25 TDDDG", ""))
    assert "noch nicht eingetragen" in text_of(real / "impressum" / "index.html")


def test_the_notice_promises_what_the_checks_refuse_and_quotes_the_policy(muster: Path):
    file = muster / "datenschutz" / "index.html"
    said, words = text_of(file), catalogue("de").words
    for promise, codes in PROMISES.items():
        assert words[promise] in said
        assert {SEVERITIES[code] for code in codes} == {Severity.ERROR}
    tree = LexborHTMLParser(file.read_bytes())
    meta, code = tree.css_first("meta[http-equiv]"), tree.css_first(".policy code")
    assert meta is not None
    assert code is not None
    assert html.unescape(meta.attributes["content"] or "") == code.text()


def test_the_statement_lists_what_is_checked_and_whom_to_tell(muster: Path):
    said, words = text_of(muster / "barrierefreiheit" / "index.html"), catalogue("de").words
    for code, criterion in CRITERIA.items():
        assert f"{words[f'checked_{code}']} ({criterion})" in said
    assert "post@musterviertel.example.org" in said
    assert "Dokumente zum Herunterladen" in said


def test_the_statement_of_a_public_body_follows_the_model(tmp_path: Path):
    """Commission Implementing Decision (EU) 2018/1523, Annex, Section 1: these parts, so ordered."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text(PUBLIC, "utf-8")
    report = build(options(tmp_path, strict=True))
    assert report.published, report.problems
    said = text_of(tmp_path / "output" / "barrierefreiheit" / "index.html")
    parts = (
        "Nachbarschaft Musterdorf e. V. ist bemüht",
        "gilt für https://netzwerk-musterdorf.de",
        "Stand der Vereinbarkeit mit den Anforderungen",
        "nur teilweise",
        "Nicht barrierefreie Inhalte",
        "Mit den Anforderungen nicht vereinbar",
        "Satzung als PDF",
        "Das PDF hat keine Überschriften.",
        "Sommer 2027",
        "Vom Gesetz nicht erfasst",
        "Alte Protokolle",
        "Erstellung dieser Erklärung",
        "2. November 2026",
        "Selbstbewertung durch die Pressestelle",
        "Rückmeldung und Kontakt",
        "innerhalb von 14 Tagen",
        "Zuständig für Ihre Rückmeldung: Pressestelle",
        "post@netzwerk-musterdorf.de",
        "Durchsetzungsverfahren",
        "Ombudsstelle Musterland",
        "ombud@musterland.de",
        "Was geprüft ist",
    )
    at = [said.index(part) for part in parts]
    assert at == sorted(at)
    assert "Unverhältnismäßige Belastung" not in said


def test_a_site_without_documents_does_not_speak_of_them(real: Path):
    said = text_of(real / "barrierefreiheit" / "index.html")
    assert "Dokumente" not in said
    assert "Wie Sie uns erreichen, steht hier: Impressum" in said


def test_every_page_of_both_sites_links_all_three(muster: Path, real: Path):
    for output in (muster, real):
        for file in output.rglob("*.html"):
            found = file.read_text("utf-8")
            if 'http-equiv="refresh"' not in found:
                for name in ("impressum", "datenschutz", "barrierefreiheit"):
                    assert f'{name}/">' in found, file


def test_a_page_that_draws_its_own_frame_has_to_link_them_too(tmp_path: Path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text(SITE, "utf-8")
    (tmp_path / "templates").mkdir()
    own = '<!doctype html><html lang="de"><title>A</title><main><h1>A</h1></main>'
    (tmp_path / "templates" / "news.html").write_text(own, "utf-8")
    report = build(options(tmp_path))
    assert report.published
    found = [(one.path, one.code, one.facts["link"]) for one in report.problems]
    assert found == [
        ("templates/news.html", "legal-link-missing", "/datenschutz/"),
        ("templates/news.html", "legal-link-missing", "/impressum/"),
    ]
    assert not build(options(tmp_path, strict=True)).published


def test_an_english_site_has_its_pages_in_english():
    network, told = network_of(site(language="en"), **POST)
    assert told == []
    jobs: list[Job] = list(legal.jobs(network))
    assert [job.path for job in jobs] == [
        f"{name}/index.html" for name in ("imprint", "privacy", "accessibility")
    ]
    assert [one.label for one in legal.links(network)] == ["Imprint", "Privacy", "Accessibility"]
