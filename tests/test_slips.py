"""Slips that editors make: each gets one message, at its place, whose advice mends it.

A row plants one slip in a small good site and names the one problem that must come of it. Its mend
follows the message's own advice; after it, nothing is left to say. Rows marked ``bug`` fail today.
"""

import functools
import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from netzsite.catalogue import catalogue
from netzsite.pipeline.build import Options, Report, build
from netzsite.problems import Problem
from netzsite.reporting import help_of, message, text

TODAY = date(2026, 11, 20)
ANY = "*"
"""Stands for any kind of problem: today there is none, and which one it should be is open."""

Files = dict[str, str | bytes]
Edit = dict[str, str | bytes | None]
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


def picture(form: str = "png", *, gps: bool = False) -> bytes:
    from PIL import Image

    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, form, exif=exif)
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
legal_frame: dsg-ekd
closures:
  - first: 2026-12-24
    last: 2027-01-01
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
url: https://www.musterviertel-netz.de/mckiz
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
    plant: Edit
    mend: Edit
    mended: str = ""
    """What the mend wrote, for a slip inside a text."""
    mark: str = ""
    """What the carets must stand below; any place of the line where this is empty."""
    bug: str = ""


def slip(
    name: str,
    code: str,
    file: str,
    line: int | None,
    good: str,
    bad: str,
    mended: str | None = None,
    *,
    mark: str = "",
    bug: str = "",
) -> Slip:
    """A slip inside a file: ``bad`` in place of ``good``; the mend is ``good`` if not given."""
    whole = SITE[file]
    assert isinstance(whole, str)
    assert whole.count(good) == 1, f"{name}: {good!r} stands there {whole.count(good)} times"
    mended = good if mended is None else mended
    plant, mend = {file: whole.replace(good, bad)}, {file: whole.replace(good, mended)}
    return Slip(
        name=name, code=code, file=file, line=line, plant=plant, mend=mend, mended=mended,
        mark=mark, bug=bug,
    )  # fmt: skip


def files(
    name: str,
    code: str,
    file: str,
    line: int | None,
    plant: Edit,
    mend: Edit,
    *,
    mark: str = "",
    bug: str = "",
) -> Slip:
    """A slip of whole files: new ones, missing ones, wrong names."""
    return Slip(
        name=name, code=code, file=file, line=line, plant=plant, mend=mend, mark=mark, bug=bug
    )


def moved(old: str, new: str) -> Edit:
    return {old: None, new: SITE[old]}


def page(body: str, head: str = "title: Neu\n") -> str:
    return f"---\n{head}---\n\n{body}"


# Punctuation and indentation.
YAML = (
    slip("missing colon", "yaml-missing-colon", OFFER, 1, "name: Spr", "name Spr", mark="n"),
    slip("semicolon for colon", "yaml-missing-colon", OFFER, 6, "cost: ", "cost; "),
    slip("equals sign for colon", "yaml-missing-colon", POST, 2, "title: ", "title = "),
    slip("no blank after the colon", "yaml-missing-colon", POST, 2, "title: Das", "title:Das"),
    slip("tab", "yaml-tab", ACTOR, 10, "  - beratung", "\t- beratung"),
    slip("colon in a text", "yaml-colon", ACTOR, 3, "Ein Haus", "Ein Haus: offen", '"Ein Haus: offen"'.replace('"', ""), bug="x"),
)
