"""A site of about a dozen records in which each kind of page has something to show, to be edited.

``write`` makes it; it is small, so that hundreds of builds of it cost no patience.
"""

import struct
import zlib
from datetime import date
from pathlib import Path
from typing import Final

DAY: Final = date(2026, 11, 20)
"""Today, unless a test says otherwise."""


def picture(width: int, height: int) -> bytes:
    """A grey PNG, made without a library."""

    def chunk(name: bytes, data: bytes) -> bytes:
        end = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + end

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + bytes([160]) * width for _ in range(height))
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


FILES: Final[dict[str, str | bytes]] = {
    "site.yaml": """\
title: Netz Musterdorf
tagline: Alle an einem Tisch
language: de
base_url: https://musterdorf-netz.de
timezone: Europe/Berlin
region: DE-RP
accent: "#5b2a6e"
feed_id: musterdorf-netz.de,2025
provider:
  name: Bürgerverein Musterdorf e. V.
  street: Dorfstraße 1
  postal_code: 01067
  city: Musterdorf
  email: post@musterdorf-netz.de
""",
    "vocabulary.yaml": """\
topics:
  schulden:
    label: Schulden
    plain: Ich habe Schulden
    synonyms: [Mahnung]
target_groups:
  familien:
    label: Familien
""",
    "network.yaml": """\
goals:
  - id: treffpunkte
    title: Offene Treffpunkte
agreements:
  - title: Ein Raum für die Beratung
    actors: [treff, beratung]
    goal: treffpunkte
    since: 2026-09-01
    status: agreed
""",
    "carriers/verein.yaml": "name: Bürgerverein Musterdorf e. V.\n",
    "actors/treff.yaml": """\
name: Familientreff
carrier: verein
description: Ein Ort für alle. Mehr beim [Haus](place:haus).
target_groups: [familien]
places: [haus]
contacts:
  - role: Büro
    phone: 030 23125 120
""",
    "actors/beratung.yaml": """\
name: Schuldnerberatung
carrier: verein
topics: [schulden]
""",
    "offers/sprechstunde.yaml": """\
name: Offene Sprechstunde
actors: [beratung]
hours: Di 14-16 Uhr
place: haus
topics: [schulden]
""",
    "places/haus.yaml": "name: Bürgerhaus\nstreet: Dorfstraße 1\npostal_code: 01067\ncity: Musterdorf\n",
    "posts/2025-05-09-hochbeete.md": """\
---
title: Zehn Hochbeete
date: 2025-05-09
tags: [Umwelt, Nachbarschaft]
actors: [treff]
---

Gesägt und *geschaufelt*, siehe [Plan](media/plan.txt).
""",
    "posts/fest.md": """\
---
title: Ein Fest im Hof
date: 2026-06-01
tags: [Nachbarschaft]
image:
  src: media/fest.png
  alt: Der Hof
  credit: "Bild: Redaktion"
---

## Was war {#was-war}

Es gab Suppe. Davor: [Hochbeete](post:hochbeete).
""",
    "posts/advent.md": """\
---
title: Kalender im Advent
date: 2026-11-01
expires: 2026-12-24
tags: [Winter]
---

Jeden Tag eine Tür.
""",
    "posts/entwurf.md": "---\ntitle: Noch nicht fertig\ndate: 2026-11-02\ndraft: true\n---\n\nHm.\n",
    "posts/neujahr.md": """\
---
title: Empfang zum neuen Jahr
date: 2027-01-10
tags: [Winter]
---

Wir stoßen an.
""",
    "events/treffen.md": """\
---
title: Netzwerktreffen
start: 2026-01-14 14:00
end: 2026-01-14 15:30
repeat: jeden 2. Mittwoch im Monat
place: haus
actors: [treff]
---

Alle sind willkommen.
""",
    "pages/start.md": "---\ntitle: Willkommen\n---\n\nSchön, dass Sie da sind.\n",
    "pages/verein.md": "---\ntitle: Der Verein\naliases: [/alt/]\n---\n\nSeit [2025](post:fest#was-war).\n",
    "pages/datenschutz.md": "---\ntitle: Datenschutz\n---\n\nNichts wird gespeichert.\n",
    "media/plan.txt": "Beet an Beet\n",
    "media/fest.png": picture(4, 3),
}


def put(file: Path, content: str | bytes) -> Path:
    """Write a file, and the folders it needs; an existing one is changed in place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def write(root: Path) -> Path:
    """Write the site's content below a folder."""
    for path, content in FILES.items():
        put(root / "content" / path, content)
    return root
