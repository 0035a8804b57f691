"""netzsite in its two forms: templates that match the peers', and the theme it comes with."""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.corpus import CARRIERS, Actor, Post
from benchmarks.listening import Events
from benchmarks.program import SITES, File, Program, listed, put
from netzsite import __version__
from netzsite.pipeline.fingerprint import fingerprint

SHIPPED: Final = SITES.parent.parent / "templates"


def _post(post: Post) -> File:
    body = post.body.replace("({post:", "(post:").replace("({actor:", "(actor:").replace("})", ")")
    text = (
        f"---\ntitle: {post.title}\ndate: {post.day}\nsummary: {post.summary}\n"
        f"tags: {listed(post.tags)}\nactors: {listed(post.actors)}\n---\n\n{body}"
    )
    return f"content/posts/{post.day.year}/{post.day}-{post.id}.md", text


def _actors(actors: Sequence[Actor]) -> Iterator[File]:
    for actor in actors:
        text = (
            f"name: {actor.name}\ncarrier: traeger-{actor.carrier}\n"
            f"description: |\n  {actor.description}\n"
        )
        yield f"content/actors/{actor.id}.yaml", text


def _site(root: Path) -> None:
    text = (
        "title: Netzwerk Musterstadt\ntagline: Ein erfundenes Netzwerk zum Messen\nlanguage: de\n"
        "base_url: https://netzwerk.example\ntimezone: Europe/Berlin\nregion: DE-RP\n"
    )
    put(root, ("content/site.yaml", text))
    for number in range(1, CARRIERS + 1):
        put(root, (f"content/carriers/traeger-{number}.yaml", f"name: Träger {number}\n"))


def _plain(root: Path) -> None:
    _site(root)
    shutil.copytree(SITES / "netzsite" / "templates", root / "templates")


def _theme(root: Path) -> None:
    """Take the shipped theme; the one template that a scenario changes lies in the site."""
    _site(root)
    (root / "templates").mkdir()
    shutil.copy(SHIPPED / "post.html", root / "templates" / "post.html")


def _netzsite(short: str, skeleton: Callable[[Path], None]) -> Program:
    return Program(
        name=f"netzsite, {short}",
        short=short,
        version=f"{__version__}, code {fingerprint()[:12]}",
        skeleton=skeleton,
        post=_post,
        actors=_actors,
        template="templates/post.html",
        made=("output", ".netzsite-cache"),
        command=lambda root: [sys.executable, "-m", "netzsite", "build", str(root)],
        serve=lambda root, port: [
            *(sys.executable, "-m", "netzsite", "serve", str(root), "--port", str(port)),
        ],
        listen=Events,
    )


PLAIN: Final = _netzsite("plain", _plain)
THEME: Final = _netzsite("theme", _theme)
