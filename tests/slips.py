"""The table of slips that editors make, in a small good site: what is planted, told, and mended.

A row names the one problem that must come of it; its mend follows the message's own advice. What is
read as it is meant, and so is no slip (any more), stands in ``READ``.
"""

import io
from dataclasses import dataclass
from datetime import date
from typing import Final

from netzsite.edits import Edit, Move, edited
from netzsite.problems import Problem

TODAY = date(2026, 11, 20)

Files = dict[str, str | bytes]
Write = dict[str, str | bytes | None]
"""Path → new content; None removes the file."""

HOME = "content/site.yaml"
WORDS = "content/vocabulary.yaml"
NETWORK = "content/network.yaml"
CARRIER = "content/carriers/sozialwerk.yaml"
ACTOR = "content/actors/mckiz.yaml"
OFFER = "content/offers/sprechstunde.yaml"
PLACE = "content/places/buergerhaus.yaml"
POST = "content/posts/2026/2026-11-01-fest.md"
SOON = "content/posts/advent.md"
EVENT = "content/events/laternen.md"
PAGE = "content/pages/mitmachen.md"
PRIVACY = "content/pages/datenschutz.md"
PICTURE = "content/media/fest.png"
NEW = "content/pages/neu.md"
TEMPLATE = "templates/404.html"
NOT_FOUND = '{% extends "layout.html" %}\n{% block main %}{{ site.title }}{% endblock %}\n'


def picture(*, gps: bool = False) -> bytes:
    from PIL import Image

    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "png", exif=exif.tobytes())
    return data.getvalue()


SITE: Files = {
    HOME: """\
title: Netzwerk Musterviertel
tagline: Alle, die im Musterviertel helfen
language: de
base_url: https://www.musterviertel-netz.de
timezone: Europe/Berlin
region: DE-RP
accent: "#1f6f5c"
navigation:
  - to: actors
  - to: page:mitmachen
provider:
  name: Bürgerverein Musterviertel e. V.
  street: Lindenstraße 12
  postal_code: 01067
  city: Musterstadt
  email: post@musterviertel-netz.de
  represented_by: den Vorstand, Mia Muster
  phone: 0351 123456
  register: Amtsgericht Musterstadt, VR 1
  responsible: Mia Muster, Am Markt 1, 01067 Musterstadt
  legal_status: private
  authority: Beauftragter für den Datenschutz, Am Dom 1, 01067 Musterstadt
legal_frame: dsg-ekd
closures:
  - first: 2026-12-24
    last: 2027-01-01
hosting:
  name: Musterhost GmbH
  country: Deutschland
  log_days: 7
""",
    WORDS: """\
target_groups:
  familien:
    label: Familien
topics:
  beratung:
    label: Beratung
    synonyms: [Rat, Hilfe]
  feste:
    label: Feste
""",
    NETWORK: """\
introduction: Wir arbeiten zusammen.
goals:
  - id: treffpunkte
    title: Mehr Treffpunkte
agreements:
  - title: Ein gemeinsamer Raum
    actors: [mckiz]
    goal: treffpunkte
    since: 2026-09-01
    due: 2026-12-01
    status: agreed
""",
    CARRIER: "name: Sozialwerk gGmbH\n",
    ACTOR: """\
name: McKiz
carrier: sozialwerk
summary: Ein Haus für Kinder.
description: |
  Wir sind *für alle* da.

  Kommen Sie vorbei.
target_groups: [familien]
topics:
  - beratung
languages: [de, tr]
places: [buergerhaus]
contacts:
  - role: Leitung
    phone: 0261 123456
    email: post@musterviertel-netz.de
    hours: Di 14–16 Uhr
url: https://www.mckiz-musterviertel.de/haus
joined: 2023-05-01
aliases: [/alt/]
""",
    OFFER: """\
name: Sprechstunde
actors: [mckiz]
next_step: Rufen Sie an.
min_age: 6
max_age: 12
cost: kostenlos
registration: phone
hours: Di 14–16 Uhr
place: buergerhaus
status: active
valid_from: 2026-01-01
valid_until: 2026-12-31
contacts: [{role: Anmeldung, mobile: 0170 654321}]
""",
    PLACE: """\
name: Bürgerhaus
street: Am Markt 1
postal_code: 01067
city: Musterstadt
lat: 50.3772
lon: 7.6013
""",
    POST: """\
---
title: Das Fest
date: 2026-11-01
tags: [Fest, Kinder]
actors: [mckiz]
image:
  src: media/fest.png
  alt: Kinder tanzen
  credit: eigenes Bild
---

Es war schön im [McKiz](actor:mckiz).

## Was es gab

Kuchen und Musik.
""",
    SOON: "---\ntitle: Advent\ndate: 2026-12-01\n---\n",
    EVENT: """\
---
title: Laternen basteln
start: 2026-12-09 14:00
end: 2026-12-09 16:00
repeat: jeden 2. Mittwoch im Monat
place: buergerhaus
actors: [mckiz]
---

Bringen Sie ein Glas mit.
""",
    PAGE: """\
---
title: Mitmachen
menu: true
---

Sie wollen mitmachen? Das geht so:

- anrufen
- vorbeikommen

## Wer fragt {#wer}

Siehe [oben](#wer) und das [Fest](post:fest).

![Kinder tanzen](media/fest.png)
""",
    PRIVACY: "---\ntitle: Datenschutz\n---\n",
    PICTURE: picture(),
}


@dataclass(frozen=True, kw_only=True)
class Slip:
    name: str
    code: str
    file: str
    line: int | None
    """The line that must be named; None where the whole file is meant."""
    plant: Write
    mend: Write
    mended: str | None = None
    """What the mend wrote, for a slip inside a file."""
    mark: str = ""
    """What the carets must stand below; any place of the line where this is empty."""
    never: str = ""
    """What the German message must not say, since it mends nothing."""


def slip(  # noqa: PLR0917 - rows of a table are read by place
    name: str,
    code: str,
    file: str,
    line: int | None,
    good: str,
    bad: str,
    mended: str | None = None,
    *,
    mark: str = "",
    never: str = "",
) -> Slip:
    """A slip inside a file: ``bad`` in place of ``good``; the mend is ``good`` if not given."""
    whole = SITE[file]
    assert isinstance(whole, str)
    assert whole.count(good) == 1, f"{name}: {good!r} stands there {whole.count(good)} times"
    mended = good if mended is None else mended
    plant, mend = {file: whole.replace(good, bad)}, {file: whole.replace(good, mended)}
    return Slip(
        name=name, code=code, file=file, line=line, plant=plant, mend=mend, mended=mended,
        mark=mark, never=never,
    )  # fmt: skip


def files(  # noqa: PLR0917 - as above
    name: str,
    code: str,
    file: str,
    line: int | None,
    plant: Write,
    mend: Write,
    *,
    mark: str = "",
    never: str = "",
) -> Slip:
    """A slip of whole files: new ones, missing ones, wrong names."""
    return Slip(
        name=name, code=code, file=file, line=line, plant=plant, mend=mend,
        mark=mark, never=never,
    )  # fmt: skip


def renamed(
    name: str, code: str, wrong: str, right: str, content: str | bytes | None = None
) -> Slip:
    """A file under a wrong name; the mend gives it the right one."""
    content = SITE[right] if content is None else content
    plant = ({right: None} if right in SITE else {}) | {wrong: content}
    return files(name, code, wrong, None, plant, {wrong: None, right: content})


def page(body: str, head: str = "title: Neu\n") -> str:
    return f"---\n{head}---\n\n{body}"


PICTURED = page("", "title: Neu\ndate: {}\nimage: {{src: a.png, alt: A, credit: A}}\n")


# The tables. In each, the messages that are wrong today stand beside the right ones.
# fmt: off

# Punctuation, quotes, indentation.
YAML = (
    slip("missing colon", "yaml-missing-colon", OFFER, 1, "name: Spr", "name Spr", mark="n"),
    slip("semicolon for colon", "yaml-missing-colon", OFFER, 6, "cost: ", "cost; "),
    slip("equals sign for colon", "yaml-missing-colon", POST, 2, "title: ", "title = "),
    slip("no blank after the colon", "yaml-missing-colon", POST, 2, "title: Das", "title:Das"),
    slip("tab", "yaml-tab", ACTOR, 10, "  - beratung", "\t- beratung"),
    slip(
        "colon in a text", "yaml-colon", ACTOR, 3, "Ein Haus für Kinder.", "Offen: unser Haus",
        '"Offen: unser Haus"', mark=":",
    ),
    slip(
        "curly quotes do not guard a colon", "yaml-colon", ACTOR, 3, "Ein Haus für Kinder.",
        "“Offen: unser Haus”", '"“Offen: unser Haus”"', mark=":",
    ),
    slip(
        "German quotes do not either", "yaml-colon", ACTOR, 3, "Ein Haus für Kinder.",
        "„Offen: unser Haus“", '"Offen: unser Haus"', mark=":",
    ),
    slip(
        "colon after the weekday", "yaml-colon", OFFER, 8, "hours: Di 14–16 Uhr",
        "hours: Di: 14–16 Uhr", 'hours: "Di: 14–16 Uhr"', mark=":",
    ),
    slip(
        "colon in a text's second line", "yaml-colon", ACTOR, 4, "Ein Haus für Kinder.",
        "Ein Haus\n  für alle: Kinder.", '"Ein Haus\n  für alle: Kinder."',
    ),
    slip("quote without end", "yaml-quote", EVENT, 2, "Laternen basteln", '"Laternen', '"Laternen"'),
    slip(
        "text after the quote", "yaml-quote", EVENT, 2, "Laternen basteln", '"Laternen" basteln',
        '"„Laternen“ basteln"',
    ),
    slip(
        "apostrophe in single quotes", "yaml-quote", ACTOR, 3, "Ein Haus für Kinder.",
        "'So geht's'", '"So geht\'s"',
    ),
    slip("exclamation mark first", "yaml-special", POST, 2, "Das Fest", "!Fest", '"!Fest"', mark="!"),
    slip("asterisk first", "yaml-special", POST, 2, "Das Fest", "*fest", '"*fest"', mark="*"),
    slip(
        "asterisk before an umlaut", "yaml-special", POST, 2, "Das Fest", "*Übung*", '"*Übung*"',
        mark="*",
    ),
    slip(
        "ampersand first", "yaml-special", POST, 2, "Das Fest", "& Feier", '"& Feier"', mark="&",
    ),
    slip(
        "at sign first", "yaml-special", POST, 2, "Das Fest", "@home", '"@home"', mark="@",
    ),
    slip(
        "percent sign first", "yaml-special", OFFER, 6, "kostenlos", "%", '"%"', mark="%",
    ),
    slip(
        "brackets first", "yaml-special", POST, 2, "Das Fest", "[Neu] Das Fest", '"[Neu] Das Fest"',
    ),
    slip(
        "greater than first", "yaml-special", OFFER, 6, "kostenlos", "> 5 Euro", '"> 5 Euro"',
    ),
    slip(
        "dash first", "yaml-special", OFFER, 6, "kostenlos", "- keine", '"- keine"', mark="-",
    ),
    slip(
        "question mark alone", "yaml-special", OFFER, 6, "kostenlos", "?", '"?"', mark="?",
    ),
    slip(
        "colour without quotes", "yaml-comment", HOME, 7, '"#1f6f5c"', "#1f6f5c", '"#1f6f5c"',
    ),
    slip("number sign in a text", "yaml-comment", OFFER, 6, "kostenlos", "5 Euro #1", '"5 Euro #1"'),
    slip("one blank too many", "yaml-indent", POST, 8, "  alt:", "   alt:"),
    slip("no blanks in a group", "yaml-indent", POST, 8, "  alt:", " alt:"),
    slip(
        "one blank too few in a list", "yaml-indent", ACTOR, 15, "    phone", "   phone",
    ),
    slip(
        "blank before the first key", "yaml-indent", EVENT, 2, "title:", " title:",
    ),
    slip(
        "bracket without end", "yaml-bracket", ACTOR, 11, "[de, tr]", "[de, tr",
    ),
    slip(
        "bracket without beginning", "wrong-type", ACTOR, 11, "[de, tr]", "de, tr]", never="[de, tr]]",
    ),
    slip(
        "no blank after the dash", "wrong-type", ACTOR, 10, "- beratung", "-beratung", never="[-beratung]",
    ),
    slip(
        "text not indented", "yaml-indent", ACTOR, 7, "  Kommen Sie", "Kommen Sie",
    ),
)

# The head of Markdown files.
HEADS = (
    slip("head without end", "front-matter-open", POST, 1, "Bild\n---", "Bild\n"),
    slip("head without beginning", "front-matter-missing", POST, 1, "---\ntitle", "title"),
    slip("two dashes", "front-matter-missing", POST, 1, "---\ntitle", "--\ntitle"),
    slip("empty line before the head", "front-matter-missing", POST, 1, "---\ntitle", "\n---\ntitle"),
    files("no head at all", "front-matter-missing", NEW, 1, {NEW: "Hallo\n"}, {NEW: page("Hallo\n")}),
    files("empty file", "front-matter-missing", NEW, 1, {NEW: ""}, {NEW: page("")}),
    files(
        "head is a list", "wrong-type", NEW, 2, {NEW: page("", "- title: Neu\n")}, {NEW: page("")},
    ),
    files(
        "the only key without a blank", "yaml-missing-colon", NEW, 2,
        {NEW: "---\ntitle:Neu\n---\n"}, {NEW: page("")}, mark="title:Neu",
    ),
    files(
        "head is a sentence", "wrong-type", NEW, 2, {NEW: page("", "Neues von uns\n")}, {NEW: page("")},
    ),
    files(
        "head in a YAML file", "yaml-dashes", "content/places/neu.yaml", 3,
        {"content/places/neu.yaml": "---\nname: Neu\n---\n"},
        {"content/places/neu.yaml": "name: Neu\n"},
    ),
)

# Keys.
KEYS = (
    slip("letter missing", "unknown-key", ACTOR, 3, "summary", "sumary", mark="sumary"),
    slip("letters swapped", "unknown-key", PLACE, 2, "street", "steret", mark="steret"),
    slip("capital letter", "unknown-key", OFFER, 6, "cost", "Cost", mark="Cost"),
    slip("hyphen for underscore", "unknown-key", OFFER, 4, "min_age", "min-age"),
    slip("German key: kosten", "unknown-key", OFFER, 6, "cost", "kosten", mark="kosten"),
    slip("German key: öffnungszeiten", "unknown-key", OFFER, 8, "hours", "öffnungszeiten"),
    slip("German key: ort", "unknown-key", OFFER, 9, "place", "ort"),
    slip("German key: straße", "unknown-key", PLACE, 2, "street", "straße"),
    slip("German key: schlagwörter", "unknown-key", POST, 4, "tags", "schlagwörter"),
    slip("German key: telefon", "unknown-key", ACTOR, 15, "phone", "telefon", mark="telefon"),
    slip("German key: E-Mail", "unknown-key", ACTOR, 16, "email", "E-Mail", mark="E-Mail"),
    slip("German key: zielgruppe", "unknown-key", ACTOR, 8, "target_groups", "zielgruppe"),
    slip("German key: titel", "unknown-key", POST, 2, "title", "titel"),
    slip("German key: datum", "unknown-key", POST, 3, "date", "datum"),
    slip(
        "German key: träger", "unknown-key", ACTOR, 2, "carrier", "träger",
    ),
    slip("capital in Title", "unknown-key", EVENT, 2, "title", "Title"),
    slip("German key: beginn", "unknown-key", EVENT, 3, "start", "beginn"),
    slip(
        "German key: stadt", "unknown-key", HOME, 15, "city", "stadt",
    ),
    slip(
        "German key in the vocabulary", "unknown-key", WORDS, 6, "label: Beratung",
        "name: Beratung",
    ),
    slip(
        "key of nothing", "unknown-key", OFFER, 7, "cost: kostenlos\n",
        "cost: kostenlos\nwetter: schön\n", mark="wetter",
    ),
    slip(
        "reserved key", "reserved-key", OFFER, 7, "cost: kostenlos\n", "cost: kostenlos\nlang: de\n",
    ),
    slip("key twice", "doubled-key", OFFER, 7, "cost: kostenlos\n", "cost: kostenlos\ncost: nichts\n"),
    slip("required key missing", "missing-key", OFFER, 1, "name: Sprechstunde\n", ""),
    slip("required key empty", "missing-key", OFFER, 1, "name: Sprechstunde", "name:", mark="name"),
    slip("required date missing", "missing-key", POST, 2, "date: 2026-11-01\n", ""),
    slip("required key of a part missing", "missing-key", POST, 7, "  src: media/fest.png\n", ""),
    slip("hash sign makes it empty", "missing-key", POST, 2, "Das Fest", "#Fest", '"#Fest"'),
    slip("required list empty", "missing-key", OFFER, 2, "[mckiz]", "[]"),
    slip("start and repeat missing", "start-missing", EVENT, 1,
        "start: 2026-12-09 14:00\nend: 2026-12-09 16:00\nrepeat: jeden 2. Mittwoch im Monat\n", "",
        "undated: Der Tag wird noch bekannt gegeben.\n",
    ),
    slip(
        "start missing", "start-missing", EVENT, 3,
        "start: 2026-12-09 14:00\nend: 2026-12-09 16:00\n", "", "start: 2026-12-09 14:00\n",
    ),
)

# Dates and times.
DATES = (
    slip("date in words", "bad-date", ACTOR, 19, "2023-05-01", "1. Mai 2023", mark="1. Mai 2023"),
    slip("impossible date", "bad-date", ACTOR, 19, "2023-05-01", "2026-02-30", "2026-02-28"),
    slip("month 13", "bad-date", NETWORK, 9, "2026-09-01", "2026-13-01"),
    slip("only month and year", "bad-date", ACTOR, 19, "2023-05-01", "Mai 2023"),
    slip("season", "bad-date", NETWORK, 9, "2026-09-01", "Herbst 2026"),
    slip("slashes", "ambiguous-date", ACTOR, 19, "2023-05-01", "01/02/26", "2026-02-01"),
    slip("short year", "ambiguous-date", ACTOR, 19, "2023-05-01", "1.5.23", "01.05.2023"),
    slip("no year", "ambiguous-date", HOME, 25, "2026-12-24", "24.12.", "24.12.2026"),
    slip("time alone", "bad-date", EVENT, 4, "2026-12-09 16:00", "16 Uhr", "09.12.2026 16 Uhr"),
    slip("hour 25", "bad-date", EVENT, 4, "2026-12-09 16:00", "2026-12-09 25:00"),
    slip("zone", "ambiguous-date", EVENT, 4, "2026-12-09 16:00", "2026-12-09T16:00:00+01:00"),
    slip(
        "weekday before the start", "bad-date", EVENT, 3, "2026-12-09 14:00", "Mi 9.12.2026 14 Uhr",
        "9.12.2026 14 Uhr",
    ),
    slip(
        "time where a day is wanted", "bad-date", ACTOR, 19, "2023-05-01", "2023-05-01 14:00",
        never="mit Uhrzeit",
    ),
    slip("end before start", "end-before-start", EVENT, 4, "16:00", "12:00", mark="2026-12-09 12:00"),
    slip("offer ends before it begins", "end-before-start", OFFER, 12, "2026-12-31", "2025-12-31"),
    slip("ages the wrong way round", "end-before-start", OFFER, 5, "min_age: 6", "min_age: 16"),
    slip(
        "closure ends before it begins", "end-before-start", HOME, 26, "2027-01-01", "2026-01-01",
    ),
    slip(
        "agreement due before it begins", "end-before-start", NETWORK, 10, "2026-12-01",
        "2026-02-01",
    ),
    slip(
        "start is no day of the repeat", "repeat-mismatch", EVENT, 3,
        "start: 2026-12-09 14:00\nend: 2026-12-09 16:00\nrepeat: jeden 2. Mittwoch",
        "start: 2026-12-09 14:00\nend: 2026-12-09 16:00\nrepeat: jeden 2. Dienstag",
        "start: 2026-12-08 14:00\nend: 2026-12-08 16:00\nrepeat: jeden 2. Dienstag",
        mark="2026-12-09 14:00",
    ),
    slip(
        "cancelled on a day it isn't", "no-occurrence", EVENT, 6, "place:",
        "cancelled: [2026-12-10]\nplace:", mark="2026-12-10",
    ),
    slip(
        "moved from a day it isn't", "no-occurrence", EVENT, 6, "place:",
        "moved: {2026-12-10: 2026-12-11}\nplace:", mark="2026-12-10",
    ),
    slip(
        "time that clocks skip", "impossible-time", EVENT, 4, "2026-12-09 16:00", "2027-03-28 02:30",
        "2026-12-09 16:30",
    ),
    files(
        "date in the name differs", "date-in-name", "content/posts/2026-10-02-neu.md", 3,
        {"content/posts/2026-10-02-neu.md": page("", "title: Neu\ndate: 2026-10-01\n")},
        {"content/posts/2026-10-02-neu.md": page("", "title: Neu\ndate: 2026-10-02\n")},
        mark="2026-10-01",
    ),
    slip("hours in words", "bad-hours", OFFER, 8, "14–16 Uhr", "nachmittags", mark="nachmittags"),
    slip("hours without a day", "bad-hours", OFFER, 8, "Di 14–16 Uhr", "14–16 Uhr", mark="14–16 Uhr"),
    slip("hours without an end", "bad-hours", OFFER, 8, "14–16 Uhr", "14", mark="14"),
    slip("hours without a beginning", "bad-hours", OFFER, 8, "14–16 Uhr", "bis 16 Uhr"),
    slip("hours backwards", "bad-hours", OFFER, 8, "14–16", "16–14", mark="16–14 Uhr"),
    slip("hours overlap", "bad-hours", OFFER, 8, "16 Uhr", "16, 15–17 Uhr", "17 Uhr"),
    slip("hours in two lines", "bad-hours", OFFER, 10, "Di 14–16 Uhr", ">\n  Di 14–16 Uhr,\n  Fr 14–25 Uhr",
         ">\n  Di 14–16 Uhr,\n  Fr 14–15 Uhr", mark="25"),
    slip("hours at 25", "bad-hours", ACTOR, 17, "14–16", "14–25", mark="25"),
    slip("repeat in words", "bad-repeat", EVENT, 5, "jeden 2. Mittwoch im Monat", "manchmal"),
    slip("second or every other", "bad-repeat", EVENT, 5, "Mittwoch im Monat", "Mittwoch"),
)

# Values of a wrong shape.
VALUES = (
    slip("text for a list", "wrong-type", POST, 4, "[Fest, Kinder]", "Fest, Kinder"),
    slip("text for a list of ids", "wrong-type", OFFER, 2, "[mckiz]", "mckiz", mark="mckiz"),
    slip(
        "one contact without a dash", "wrong-type", ACTOR, 14, "  - role: Leitung\n    phone",
        "    role: Leitung\n    phone", "  - role: Leitung\n    phone",
    ),
    slip("list for a text", "wrong-type", OFFER, 1, "Sprechstunde", "[Sprechstunde]"),
    slip("list for hours", "wrong-type", OFFER, 8, "Di 14–16 Uhr", "[Di 14–16 Uhr]"),
    slip("list for one place", "wrong-type", OFFER, 9, "buergerhaus", "[buergerhaus]"),
    slip(
        "path for a picture", "wrong-type", POST, 6,
        "image:\n  src: media/fest.png\n  alt: Kinder tanzen\n  credit: eigenes Bild",
        "image: media/fest.png",
    ),
    slip(
        "name for a contact", "wrong-type", ACTOR, 14,
        "- role: Leitung\n    phone: 0261 123456\n    email: post@musterviertel-netz.de\n"
        "    hours: Di 14–16 Uhr", "- Frau Muster", "- name: Frau Muster",
    ),
    slip("word for a menu entry", "wrong-type", HOME, 9, "to: actors", "actors"),
    slip(
        "word without a label", "wrong-type", WORDS, 2, "familien:\n    label: Familien",
        "familien: Familien",
    ),
    slip(
        "list of moved days", "wrong-type", EVENT, 6, "place:", "moved: [2026-12-09]\nplace:",
        "moved: {2026-12-09: 2026-12-10 14:00}\nplace:",
    ),
    slip(
        "nameless contact behind an empty one", "missing-key", ACTOR, 15,
        "  - role: Leitung\n    phone", "  -\n  - phone", "  -\n  - role: Leitung\n    phone",
    ),
    slip(
        "wrong menu entry behind an empty one", "not-in-list", HOME, 10, "  - to: actors",
        "  -\n  - to: actor", mark="actor",
    ),
    slip(
        "excepted day behind an empty one", "no-occurrence", EVENT, 8, "place:",
        "except:\n  -\n  - 2026-12-10\nplace:", "except:\n  -\n  - 2026-12-09\nplace:",
        mark="2026-12-10",
    ),
    slip("comma in a number", "bad-value", PLACE, 5, "50.3772", "50,3772", mark="50,3772"),
    slip("degree sign", "bad-value", PLACE, 6, "7.6013", "7.6013°"),
    slip("no latitude on earth", "bad-value", PLACE, 5, "50.3772", "503.772"),
    slip("age in words", "bad-value", OFFER, 4, "min_age: 6", "min_age: ab 6", mark="ab 6"),
    slip("letters in a phone number", "bad-value", ACTOR, 15, "0261 123456", "0261 BERATUNG"),
    slip("words behind a phone number", "bad-value", ACTOR, 15, "123456", "123456 (Büro)", "123456"),
    slip("e-mail without @", "bad-value", ACTOR, 16, "post@", "post(at)"),
    slip("e-mail with mailto:", "bad-value", ACTOR, 16, "post@", "mailto:post@"),
    slip("URL without https", "bad-value", ACTOR, 18, "https://www.", "www."),
    slip("word for a URL", "bad-value", ACTOR, 18, "https://www.mckiz-musterviertel.de/haus", "folgt",
         "https://www.mckiz-musterviertel.de/"),
    slip("base_url without https", "bad-value", HOME, 4, "https://www.", "www."),
    slip("language by name", "bad-value", ACTOR, 11, "[de, tr]", "[de, Türkisch]", mark="Türkisch"),
    slip("site's language by name", "bad-value", HOME, 3, "ge: de\n", "ge: deutsch\n", mark="deutsch"),
    slip("time zone by city", "bad-value", HOME, 5, "Europe/Berlin", "Berlin", mark="Berlin"),
    slip("colour by name", "bad-value", HOME, 7, '"#1f6f5c"', "grün", mark="grün"),
    slip("short colour", "bad-value", HOME, 7, '"#1f6f5c"', '"#1f6"', mark='"#1f6"'),
    slip("neither yes nor no", "bad-value", PAGE, 3, "true", "vielleicht", mark="vielleicht"),
    slip("too long a line", "bad-value", OFFER, 1, "Sprechstunde", "Rat " * 80, "Rat"),
    slip("German status", "not-in-list", OFFER, 10, "active", "aktiv", mark="aktiv"),
    slip("status in capitals", "not-in-list", OFFER, 10, "active", "Active", mark="Active"),
    slip("German status of an agreement", "not-in-list", NETWORK, 11, "agreed", "vereinbart"),
    slip("German registration", "not-in-list", OFFER, 7, "phone", "telefonisch"),
    slip("half of a word", "not-in-list", HOME, 23, "dsg-ekd", "ekd"),
    slip("region by name", "unknown-region", HOME, 6, "DE-RP", "Rheinland-Pfalz"),
    slip("region of nowhere", "unknown-region", HOME, 6, "DE-RP", "Mond"),
    slip("menu entry in German", "not-in-list", HOME, 9, "to: actors", "to: akteure", mark="akteure"),
    slip("menu entry to no page", "not-in-list", HOME, 10, "page:mitmachen", "page:mitmach"),
    slip("tag in two ways", "similar-tags", POST, 4, "[Fest,", "[Fest, fest,", mark="fest"),
)

# References and links.
LINKS = (
    slip("no such carrier", "dangling-reference", ACTOR, 2, "sozialwerk", "sozialwerg"),
    slip("name for an id", "dangling-reference", ACTOR, 2, "sozialwerk", "Sozialwerk gGmbH"),
    slip("wrong case of an id", "dangling-reference", ACTOR, 2, "sozialwerk", "Sozialwerk"),
    slip("umlaut in an id", "dangling-reference", OFFER, 9, "buergerhaus", "bürgerhaus"),
    slip("no such actor", "dangling-reference", OFFER, 2, "mckiz", "mckitz", mark="mckitz"),
    slip("no such actor in a post", "dangling-reference", POST, 5, "[mckiz]", "[mckitz]"),
    slip("no such place", "dangling-reference", EVENT, 6, "buergerhaus", "burgerhaus"),
    slip("no such topic", "dangling-reference", ACTOR, 10, "beratung", "sport", "feste"),
    slip("label for a target group", "dangling-reference", ACTOR, 8, "familien", "Familien"),
    slip("no such goal", "dangling-reference", NETWORK, 8, "goal: treffpunkte", "goal: treffpunkt"),
    slip("no such actor in an agreement", "dangling-reference", NETWORK, 7, "mckiz", "polizei"),
    slip("no such parent", "dangling-reference", CARRIER, 2, "gGmbH\n", "gGmbH\nparent: dach\n"),
    slip("its own parent", "carrier-cycle", CARRIER, 2, "gGmbH\n", "gGmbH\nparent: sozialwerk\n"),
    slip(
        "no such actor in a text", "dangling-reference", POST, 12, "actor:mckiz", "actor:mckitz",
        mark="actor:mckitz",
    ),
    slip("no such file in a text", "medium-missing", PAGE, 15, "media/fest.png", "media/fets.png"),
    slip("wrong case of a file", "medium-missing", POST, 7, "media/fest.png", "media/Fest.png"),
    slip("absolute path of a picture", "leaves-site", POST, 7, "media/fest.png", "/home/anna/fest.png"),
    slip("absolute path of a picture in a text", "bad-link", PAGE, 15, "media/fest.png",
         "/home/anna/fest.png"),
    slip("path of a hard disk", "leaves-site", POST, 7, "media/fest.png", "C:\\Bilder\\fest.png"),
    files(
        "document for a picture", "not-a-picture", PAGE, 15,
        {PAGE: str(SITE[PAGE]).replace("fest.png", "satzung.pdf"),
         "content/media/satzung.pdf": "%PDF"},
        {PAGE: str(SITE[PAGE]).replace("![Kinder tanzen](media/fest.png)", "[A](media/satzung.pdf)")},
        mark="media/satzung.pdf",
    ),
    slip("record for a picture", "not-a-picture", PAGE, 15, "media/fest.png", "actor:mckiz"),
    slip("picture outside media", "leaves-site", POST, 7, "media/fest.png", "../fest.png"),
    slip("picture of others", "foreign-picture", PAGE, 15, "media/", "https://example.org/"),
    slip("picture without alt", "picture-without-alt", PAGE, 15, "![Kinder tanzen]", "![]"),
    slip("post's picture without alt", "picture-without-alt", POST, 7, "\n  alt: Kinder tanzen", ""),
    slip(
        "post's picture without credit", "picture-without-credit", POST, 7,
        "\n  credit: eigenes Bild", "",
    ),
    slip("link to what comes later", "hidden-reference", PAGE, 13, "post:fest", "post:advent",
         mark="post:advent"),
    slip(
        "dead address", "dead-link", PAGE, 13, "post:fest", "/aktuelles/feste/", "post:fest",
    ),
    slip(
        "address without its slash", "dead-link", PAGE, 13, "post:fest", "/akteure/mckiz",
        "actor:mckiz",
    ),
    slip("dead anchor", "dead-anchor", PAGE, 13, "(#wer)", "(#wre)"),
    slip("javascript: link", "bad-link", PAGE, 13, "post:fest", "javascript:alert(1)"),
    slip("German kind in a link", "bad-link", PAGE, 13, "post:fest", "beitrag:fest"),
    slip("kind in the plural", "bad-link", PAGE, 13, "post:fest", "posts:fest"),
    slip("id without its kind", "bad-link", PAGE, 13, "post:fest", "fest"),
    slip("relative address", "bad-link", PAGE, 13, "post:fest", "../aktuelles/fest/"),
    slip(
        "www without https", "bad-link", PAGE, 13, "post:fest", "www.example.org",
        "https://www.example.org",
    ),
    slip(
        "e-mail as a link", "bad-link", PAGE, 13, "post:fest", "post@example.org",
        "mailto:post@example.org",
    ),
    slip("link to nothing", "bad-link", PAGE, 13, "post:fest", ""),
    slip("link to a target group", "bad-link", PAGE, 13, "post:fest", "target_group:familien",
         "/zielgruppen/familien/"),
    slip("picture without its folder", "bad-link", PAGE, 15, "media/fest.png", "fest.png"),
    slip("picture in another folder", "bad-link", PAGE, 15, "media/fest.png", "bilder/fest.png"),
    slip(
        "dead id that is spoken of before", "dangling-reference", POST, 14,
        "Es war schön im [McKiz](actor:mckiz",
        "Wir schreiben actor:mckitz.\n\nEs war schön im [McKiz](actor:mckitz",
        "Wir schreiben actor:mckitz.\n\nEs war schön im [McKiz](actor:mckiz", mark="actor:mckitz",
    ),
    slip(
        "dead id in a block", "dangling-reference", ACTOR, 5, "Wir sind *für alle* da.",
        "Wir sind [da](actor:mckitz).", "Wir sind [da](actor:mckiz).", mark="actor:mckitz",
    ),
    slip(
        "dead id in a plain value", "dangling-reference", NETWORK, 1, "zusammen.",
        "im [Haus](actor:mckitz).", "im [Haus](actor:mckiz).", mark="actor:mckitz",
    ),
    slip(
        "dead id in a folded text", "dangling-reference", ACTOR, 8,
        "|\n  Wir sind *für alle* da.\n", ">\n  Wir sind\n  viele\n\n  im [Haus](actor:mckitz)\n",
        ">\n  Wir sind\n  viele\n\n  im [Haus](actor:mckiz)\n", mark="actor:mckitz",
    ),
    slip(
        "dead id in a folded paragraph", "dangling-reference", ACTOR, 6,
        "|\n  Wir sind *für alle* da.\n", ">-\n  Wir sind\n  viele im [Haus](actor:mckitz) und\n  da\n",
        ">-\n  Wir sind\n  viele im [Haus](actor:mckiz) und\n  da\n", mark="actor:mckitz",
    ),
    slip(
        "dead id in a plain text of two lines", "dangling-reference", NETWORK, 2, "zusammen.",
        "zusammen\n  im [Haus](actor:mckitz).", "zusammen\n  im [Haus](actor:mckiz).",
        mark="actor:mckitz",
    ),
    slip(
        "dead id behind escapes", "dangling-reference", NETWORK, 2, "Wir arbeiten zusammen.",
        '"Wir \\"arbeiten\\"\n  \\x41lso im [Haus](actor:mckitz)."',
        '"Wir \\"arbeiten\\"\n  \\x41lso im [Haus](actor:mckiz)."', mark="actor:mckitz",
    ),
    slip(
        "own address that leads nowhere", "dead-link", PAGE, 13, "post:fest",
        "https://www.musterviertel-netz.de/gibt-es-nicht/", "post:fest",
    ),
    slip(
        "no such document", "medium-missing", PAGE, 13, "post:fest", "media/satzung.pdf", "post:fest",
    ),
)

# Texts.
TEXTS = (
    slip("list below a quotation", "list-without-blank-line", PAGE, 9, "so:\n\n-", "so:\n\n> Rat\n-",
         "so:\n\n> Rat\n\n-"),
    slip("text above a line", "text-above-line", PAGE, 7, "geht so:", "geht so:\n---",
         "geht so:\n\n---"),
    slip("mark of a placeholder", "left-over", PAGE, 6, "geht so:", "geht so TODO:", "geht so:",
         mark="TODO"),
    slip("letters that were damaged", "garbled-letters", PAGE, 6, "geht so:", "geht fÃ¼r alle so:",
         "geht für alle so:", mark="fÃ¼r"),
    slip("link of another program", "foreign-notation", PAGE, 6, "geht so:", "geht so [[Treff]]:",
         "geht so:", mark="[[Treff]]"),
    slip(
        "heading skipped", "heading-skipped", PAGE, 13, "{#wer}\n", "{#wer}\n\n#### Warum\n",
        "{#wer}\n\n### Warum\n", mark="Warum",
    ),
    slip(
        "two headings skipped", "heading-skipped", PAGE, 13, "{#wer}\n", "{#wer}\n\n##### Warum\n",
        "{#wer}\n\n### Warum\n", never="Nehmen Sie ein #",
    ),
    slip(
        "heading skipped whose word was said before", "heading-skipped", PAGE, 13, "{#wer}\n",
        "{#wer}\n\n#### Sie\n", "{#wer}\n\n### Sie\n",
    ),
    slip(
        "heading skipped with emphasis", "heading-skipped", PAGE, 13, "{#wer}\n",
        "{#wer}\n\n#### *gut* & schön\n", "{#wer}\n\n### *gut* & schön\n",
    ),
    slip(
        "footnote without its text", "footnote-without-text", PAGE, 6, "Das geht so:",
        "Das geht so[^1]:", "Das geht so[^1]:\n\n[^1]: Immer.", mark="[^1]",
    ),
    slip(
        "footnote of another number", "footnote-without-text", PAGE, 6, "Das geht so:",
        "Das geht so[^2][^1]:\n\n[^1]: Immer.", "Das geht so[^1]:\n\n[^1]: Immer.", mark="[^2]",
    ),
    slip(
        "footnote that nothing refers to", "footnote-unused", PAGE, 8, "Das geht so:",
        "Das geht so:\n\n[^1]: Immer.", "Das geht so[^1]:\n\n[^1]: Immer.", mark="[^1]",
    ),
    slip(
        "embedded film", "html-removed", PAGE, 13, "Siehe ",
        '<iframe src="https://example.org/film"></iframe>\n\nSiehe ',
        "[Der Film](https://example.org/film).\n\nSiehe ",
    ),
    slip("word in pointed brackets", "html-removed", PAGE, 13, "Siehe ", "Schreiben Sie an <Name>. ",
         "Schreiben Sie an &lt;Name&gt;. ", mark="<Name>"),
    slip("blank inside a link", "markup-unread", PAGE, 13, "](post:fest)", "] (post:fest)",
         mark="[Fest] (post:fest)"),
    slip("brackets of a link swapped", "markup-unread", PAGE, 13, "[Fest](post:fest)",
         "(Fest)[post:fest]", mark="(Fest)[post:fest]"),
    slip("link by a name that isn't there", "markup-unread", PAGE, 13, "](post:fest)", "][fest]",
         "][fest]\n\n[fest]: post:fest\n", mark="[Fest][fest]"),
    slip("blank inside bold", "markup-unread", PAGE, 13, "Siehe", "**Siehe **", "**Siehe**"),
    slip(
        "quotes in quotes", "markdown-too-costly", PAGE, 13, "Siehe ", "> " * 20 + "Siehe ",
    ),
)

# Names of files and folders.
NAMES = (
    renamed(
        "umlaut in a name", "bad-file-name", "content/places/jugendhaus-süd.yaml",
        "content/places/jugendhaus-sued.yaml", "name: Süd\n",
    ),
    renamed(
        "blank in a name", "bad-file-name", "content/pages/unser verein.md",
        "content/pages/unser-verein.md", page(""),
    ),
    renamed(
        "underscore in a name", "bad-file-name", "content/pages/unser_verein.md",
        "content/pages/unser-verein.md", page(""),
    ),
    renamed("capital in a name", "bad-file-name", "content/pages/Datenschutz.md", PRIVACY),
    renamed("blank in a folder", "bad-file-name", "content/posts/Jahr 26/lesung.md",
            "content/posts/jahr-26/lesung.md", "---\ntitle: Fest\ndate: 2026-11-02\n---\n"),
    renamed("yml for yaml", "bad-file-name", OFFER.replace(".yaml", ".yml"), OFFER),
    renamed("markdown for md", "bad-file-name", PRIVACY + "own", PRIVACY),
    renamed("txt for md", "bad-file-name", PRIVACY.replace(".md", ".txt"), PRIVACY),
    renamed("actors have no folders", "bad-file-name", "content/offers/beratung/sprechstunde.yaml",
            OFFER),
    files(
        "blank in a picture's name", "bad-file-name", "content/media/das fest.png", None,
        {"content/media/das fest.png": SITE[PICTURE]},
        {"content/media/das fest.png": None, "content/media/das-fest.png": SITE[PICTURE],
         NEW: page("![Ein Fest](media/das-fest.png)\n")},
    ),
    renamed("folder in the singular", "unknown-file", "content/offer/sprechstunde.yaml", OFFER),
    renamed("folder with a capital", "unknown-file", "content/Offers/sprechstunde.yaml", OFFER),
    renamed("folder in German", "unknown-file", "content/angebote/sprechstunde.yaml", OFFER),
    renamed("page beside the folders", "unknown-file", "content/datenschutz.md", PRIVACY),
    renamed(
        "wrong name of what others refer to", "bad-file-name", "content/actors/McKiz.yaml", ACTOR,
    ),
    renamed(
        "wrong folder of what others refer to", "unknown-file", "content/actor/mckiz.yaml", ACTOR,
    ),
    renamed(
        "vocabulary with the wrong suffix", "unknown-file", "content/vocabulary.yml", WORDS,
    ),
    files(
        "picture of a post with a slip", "bad-date", "content/posts/neu.md", 3,
        {"content/posts/neu.md": PICTURED.format("2026-02-30"), "content/media/a.png": SITE[PICTURE]},
        {"content/posts/neu.md": PICTURED.format("2026-02-28")},
    ),
    files(
        "address of a post with a slip", "bad-date", "content/posts/neu.md", 3,
        {"content/posts/neu.md": page("", "title: Neu\ndate: 2026-02-30\n"),
         NEW: page("[Neu](/aktuelles/neu/)\n")},
        {"content/posts/neu.md": page("", "title: Neu\ndate: 2026-02-28\n")},
    ),
    renamed("site.yml", "unknown-file", "content/site.yml", HOME),
    files(
        "blank in the name of a picture in use", "bad-file-name", "content/media/das fest.png", None,
        {PAGE: str(SITE[PAGE]).replace("fest.png", "das fest.png"),
         "content/media/das fest.png": SITE[PICTURE]},
        {PAGE: str(SITE[PAGE]).replace("fest.png", "das-fest.png"),
         "content/media/das fest.png": None, "content/media/das-fest.png": SITE[PICTURE]},
    ),
    files(
        "picture among the pages", "medium-misplaced", "content/pages/bild.png", None,
        {"content/pages/bild.png": SITE[PICTURE]},
        {"content/pages/bild.png": None, "content/media/bild.png": SITE[PICTURE],
         NEW: page("![Ein Bild](media/bild.png)\n")},
        never="bild.md",
    ),
    files(
        "document beside the folders, in use", "medium-misplaced", "content/Satzung 2026.pdf", None,
        {"content/Satzung 2026.pdf": "%PDF", NEW: page("[Satzung](media/satzung-2026.pdf)\n")},
        {"content/Satzung 2026.pdf": None, "content/media/satzung-2026.pdf": "%PDF"},
    ),
    files(
        "picture that nothing shows", "unused-medium", "content/media/alt.png", None,
        {"content/media/alt.png": SITE[PICTURE]}, {"content/media/alt.png": None},
    ),
    files(
        "impossible date in a name", "date-in-name", "content/posts/2026-13-02-neu.md", 3,
        {"content/posts/2026-13-02-neu.md": page("", "title: Neu\ndate: 2026-11-02\n")},
        {"content/posts/2026-13-02-neu.md": None,
         "content/posts/2026-11-02-neu.md": page("", "title: Neu\ndate: 2026-11-02\n")},
    ),
    renamed("German date in a name", "bad-file-name", "content/posts/2.11.2026 Neu.md",
            "content/posts/2026-11-02-neu.md", page("", "title: Neu\ndate: 2026-11-02\n")),
    renamed("date without zeros in a name", "bad-file-name", "content/posts/2026-11-2-neu.md",
            "content/posts/2026-11-02-neu.md", page("", "title: Neu\ndate: 2026-11-02\n")),
    renamed("date of a camera in a name", "bad-file-name", "content/events/20261209-neu.md",
            "content/events/2026-12-09-neu.md", page("", "title: Neu\nstart: 2026-12-09\n")),
    files(
        "two posts with one id", "doubled-id", POST, None,
        {"content/posts/2025/fest.md": page("", "title: Fest\ndate: 2025-11-01\n")},
        {"content/posts/2025/fest.md": None,
         "content/posts/2025/fest-2025.md": page("", "title: Fest\ndate: 2025-11-01\n")},
    ),
    files(
        "not UTF-8", "not-utf8", NEW, 2, {NEW: "---\ntitle: Für alle\n---\n".encode("latin-1")},
        {NEW: "---\ntitle: Für alle\n---\n"},
    ),
    files(
        "control character", "control-character", NEW, 5, {NEW: page("Das\x08 Fest\n")},
        {NEW: page("Das Fest\n")}, mark="\x08",
    ),
    files(
        "line break of a word processor", "control-character", NEW, 5,
        {NEW: page("Das\x0bFest\n")}, {NEW: page("Das Fest\n")}, mark="\x0b",
    ),
    files(
        "broken picture", "picture-unreadable", PICTURE, None, {PICTURE: b"kein Bild"},
        {PICTURE: picture()},
    ),
    files(
        "large picture", "picture-too-large", PICTURE, None, {PICTURE: picture() + bytes(600_000)},
        {PICTURE: picture()},
    ),
    files(
        "picture that tells its place", "picture-with-place", PICTURE, None,
        {PICTURE: picture(gps=True)}, {PICTURE: picture()},
    ),
    files(
        "document of another kind", "office-file", "content/media/plan.doc", None,
        {"content/media/plan.doc": "x", NEW: page("[Plan](media/plan.doc)\n")},
        {"content/media/plan.doc": None, "content/media/plan.pdf": "x",
         NEW: page("[Plan](media/plan.pdf)\n")},
    ),
)

# Addresses.
ADDRESSES = (
    slip("alias of elsewhere", "bad-value", ACTOR, 20, "/alt/", "https://example.org/alt"),
    slip("alias with an umlaut", "bad-value", ACTOR, 20, "/alt/", "/häuser/", "/haeuser/"),
    slip("alias without brackets", "wrong-type", ACTOR, 20, "[/alt/]", "/alt/", mark="/alt/"),
    files(
        "page at an index's address", "address-collision", "content/pages/akteure.md", None,
        {"content/pages/akteure.md": page("")},
        {"content/pages/akteure.md": None, "content/pages/mitglieder.md": page("")},
    ),
    slip(
        "alias at a page's address", "address-collision", ACTOR, 20, "/alt/", "/mitmachen/",
        mark="/mitmachen/",
    ),
    slip(
        "alias at an index's address", "address-collision", ACTOR, 20, "/alt/", "/akteure/",
        mark="/akteure/",
    ),
    slip(
        "alias twice", "address-collision", ACTOR, 20, "[/alt/]", "[/alt/, alt]", mark="alt",
    ),
)

# What the release gate asks, and templates.
GATE = (
    slip(
        "no e-mail of the provider", "provider-missing", HOME, 12,
        "  email: post@musterviertel-netz.de\n", "",
    ),
    slip(
        "example for an address", "example-address", HOME, 4, "www.musterviertel-netz.de\nti",
        "example.org\nti",
    ),
    files(
        "school holidays without a region", "school-holidays-missing", HOME, 1,
        {HOME: str(SITE[HOME]).replace("region: DE-RP\n", ""),
         OFFER: str(SITE[OFFER]).replace("Uhr", "Uhr, in den Schulferien geschlossen")},
        {HOME: SITE[HOME]}, never="bis – bekannt",
    ),
    files(
        "school holidays of a contact, in a region without data", "school-holidays-missing", HOME, 6,
        {HOME: str(SITE[HOME]).replace("DE-RP", "DE-HE"),
         ACTOR: str(SITE[ACTOR]).replace("Uhr", "Uhr, nur in den Schulferien")},
        {HOME: str(SITE[HOME]).replace("DE-RP", "DE-HE")
         + "school_holidays: [{first: 2026-12-21, last: 2027-03-31}]\n"}, mark="DE-HE",
    ),
    files(
        "no privacy page, and no word of the law", "privacy-missing", HOME, 1,
        {HOME: str(SITE[HOME]).replace("legal_frame: dsg-ekd\n", ""), PRIVACY: None},
        {PRIVACY: page("")},
    ),
    files(
        "typo in a template", "template-undefined", TEMPLATE, 2,
        {TEMPLATE: NOT_FOUND.replace("site", "sight")}, {TEMPLATE: NOT_FOUND},
    ),
    files(
        "one brace too few", "template-syntax", TEMPLATE, 2,
        {TEMPLATE: NOT_FOUND.replace("}}", "}")}, {TEMPLATE: NOT_FOUND},
    ),
    files(
        "template of another name", "template-missing", TEMPLATE, 1,
        {TEMPLATE: '{% extends "layuot.html" %}\n'}, {TEMPLATE: '{% extends "layout.html" %}\n'},
    ),
)

SLIPS = (
    *YAML, *HEADS, *KEYS, *DATES, *VALUES, *LINKS, *TEXTS, *NAMES, *ADDRESSES, *GATE,
)

READ: Final[frozenset[str]] = frozenset(
    {
        "age in words",
        "base_url without https",
        "comma in a number",
        "date in words",
        "degree sign",
        "e-mail with mailto:",
        "e-mail without @",
        "empty line before the head",
        "German registration",
        "German status",
        "German status of an agreement",
        "language by name",
        "large picture",
        "site's language by name",
        "text for a list of ids",
        "time zone by city",
        "URL without https",
        "weekday before the start",
    }
)
"""Names of rows that are read as they are meant: nothing is told, and nothing needs mending."""

BY_HAND: Final[frozenset[str]] = frozenset(
    {
        "own address that leads nowhere",
        "mark of a placeholder",
        "link of another program",
        "address of a post with a slip",
        "ages the wrong way round",
        "agreement due before it begins",
        "alias of elsewhere",
        "alias with an umlaut",
        "broken picture",
        "cancelled on a day it isn't",
        "colour by name",
        "document of another kind",
        "empty file",
        "end before start",
        "example for an address",
        "excepted day behind an empty one",
        "footnote of another number",
        "footnote that nothing refers to",
        "footnote without its text",
        "hour 25",
        "hours at 25",
        "hours backwards",
        "hours in two lines",
        "hours in words",
        "hours overlap",
        "hours without a beginning",
        "hours without a day",
        "hours without an end",
        "impossible date",
        "javascript: link",
        "key of nothing",
        "key twice",
        "letters in a phone number",
        "link to what comes later",
        "list of moved days",
        "month 13",
        "moved from a day it isn't",
        "nameless contact behind an empty one",
        "neither yes nor no",
        "no e-mail of the provider",
        "no head at all",
        "no latitude on earth",
        "no privacy page, and no word of the law",
        "no such actor in an agreement",
        "no such document",
        "no such parent",
        "no such topic",
        "no year",
        "not UTF-8",
        "offer ends before it begins",
        "one brace too few",
        "only month and year",
        "page at an index's address",
        "picture of a post with a slip",
        "picture of others",
        "picture that nothing shows",
        "picture that tells its place",
        "picture without alt",
        "post's picture without alt",
        "post's picture without credit",
        "quotes in quotes",
        "region of nowhere",
        "repeat in words",
        "required key empty",
        "required key missing",
        "required key of a part missing",
        "required list empty",
        "school holidays of a contact, in a region without data",
        "school holidays without a region",
        "season",
        "second or every other",
        "short year",
        "slashes",
        "start and repeat missing",
        "start is no day of the repeat",
        "start missing",
        "time that clocks skip",
        "too long a line",
        "two posts with one id",
        "typo in a template",
        "word for a URL",
        "words behind a phone number",
        "zone",
    }
)
"""Names of rows whose mend isn't certain: only who wrote it knows what is right."""

LEADS_ON: Final = {
    "path for a picture": {"picture-without-alt", "picture-without-credit"},
    "short colour": {"pale-accent"},
}
"""Names of rows whose slip is mended, and what else must be told then: a person has to say it."""

# What looks like a slip and does no harm: name, file, good, what is written for it.
HARMLESS = (
    ("byte order mark", POST, "---\ntitle", "\ufeff---\ntitle"),
    ("blank before the colon", OFFER, "name:", "name :"),
    ("blank behind the dashes", POST, "---\ntitle", "--- \ntitle"),
    ("list at the margin", ACTOR, "  - beratung", "- beratung"),
    ("tab behind the colon", OFFER, "cost: ", "cost:\t"),
    ("text in two lines", OFFER, "Rufen Sie an.", "Rufen Sie an\n  oder kommen Sie."),
    ("curly quotes", OFFER, "Sprechstunde", "„Sprechstunde“"),
    ("apostrophe", OFFER, "Sprechstunde", "Hans' Sprechstunde"),
    ("German date", POST, "date: 2026-11-01", "date: 01.11.2026"),
    ("German time", EVENT, "2026-12-09 14:00", "9.12.2026, 14 Uhr"),
    ("ja", PAGE, "menu: true", "menu: ja"),
    ("postal code with a zero", PLACE, "01067", "00123"),
    ("the language no", ACTOR, "[de, tr]", "[de, no]"),
    ("other dashes", OFFER, "Di 14–16 Uhr", "Di 14-16"),
    ("picture without its folder", POST, "media/fest.png", "fest.png"),
    ("telephone link", PAGE, "post:fest", "tel:+49261123456"),
    ("e-mail link", PAGE, "post:fest", "mailto:post@example.org"),
    ("map link", PAGE, "post:fest", "geo:50.3772,7.6013"),
    ("link in pointed brackets", PAGE, "[Fest](post:fest)", "<https://example.org/>"),
    ("e-mail in pointed brackets", PAGE, "[Fest](post:fest)", "<post@example.org>"),
    ("link with an anchor", PAGE, "post:fest", "post:fest#was-es-gab"),
    ("link to a feed", PAGE, "post:fest", "/feed.xml"),
    ("comment behind a value", OFFER, "kostenlos", "kostenlos # Stand 2026"),
    ("slash before media", PAGE, "media/fest.png", "/media/fest.png"),
    (
        "line that begins with a day", PAGE, "Sie wollen",
        "Das Fest war am\n24. Dezember. Sie wollen",
    ),
)
# fmt: on


def apply(edit: Write, site: Files) -> Files:
    return {path: content for path, content in (site | edit).items() if content is not None}


def changed(site: Files, problem: Problem) -> Files:
    """The site with what mends a problem."""
    found = dict(site)
    for one in problem.changes:
        if isinstance(one, Edit):
            content = found[one.path]
            data = content if isinstance(content, bytes) else content.encode()
            data = edited(data, [edit for edit in problem.changes if edit == one])
            found[one.path] = data if isinstance(content, bytes) else data.decode()
    for one in problem.changes:
        if isinstance(one, Move):
            assert one.to not in found
            found[one.to] = found.pop(one.path)
    return found


def main() -> None:
    total = len(SLIPS)
    read, by_hand = len(READ), len(BY_HAND)
    print(  # noqa: T201 - what the command is for
        f"{total} slips: {read} are read as they are meant, {total - read - by_hand} mended by "
        f"`netzsite fix`, {by_hand} left to people. Mended: {1 - by_hand / total:.0%}."
    )


if __name__ == "__main__":
    main()
