"""The peers, where they are installed: what their users would run, with their defaults.

Hugo is called directly and not through its package's launcher, which would cost it a Python start.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.corpus import Actor, Post
from benchmarks.listening import LiveReload
from benchmarks.program import SITES, File, Program, listed, put

_PROBE: Final = """
import json
from importlib.metadata import PackageNotFoundError, distribution
found = {}
for name in ("hugo", "pelican", "markdown"):
    try:
        found[name] = [distribution(name).version, str(distribution(name).locate_file(""))]
    except PackageNotFoundError:
        pass
print(json.dumps(found))
"""


def find(python: str) -> tuple[Program, ...]:
    """Give the peers that are installed in the environment of a Python."""
    said = subprocess.run([python, "-I", "-c", _PROBE], check=True, capture_output=True, text=True)
    found = json.loads(said.stdout)
    peers = []
    if "hugo" in found:
        version, place = found["hugo"]
        peers.append(_hugo(version, Path(place) / "hugo" / "binaries" / "hugo"))
    if "pelican" in found and "markdown" in found:
        peers.append(_pelican(f"{found['pelican'][0]}, Markdown {found['markdown'][0]}", python))
    return tuple(peers)


def _hugo(version: str, binary: Path) -> Program:
    return Program(
        name="Hugo",
        short="hugo",
        version=version,
        skeleton=_hugo_site,
        post=_hugo_post,
        actors=_hugo_actors,
        template="layouts/page.html",
        made=("public", "resources"),
        command=lambda root: [str(binary), "--source", str(root)],
        serve=lambda root, port: [
            *(str(binary), "server", "--source", str(root)),
            *("--bind", "127.0.0.1", "--port", str(port)),
        ],
        listen=LiveReload,
        lazy=True,
    )


def _pelican(version: str, python: str) -> Program:
    return Program(
        name="Pelican",
        short="pelican",
        version=version,
        skeleton=_pelican_site,
        post=_pelican_post,
        actors=_pelican_actors,
        template="theme/templates/article.html",
        made=("output", "cache"),
        command=lambda root: [
            *(python, "-m", "pelican", str(root / "content")),
            *("--settings", str(root / "pelicanconf.py"), "--output", str(root / "output")),
        ],
        most=10_000,
    )


def _absolute_links(body: str) -> str:
    """Write links as plain addresses: what the peers do fastest, without a check."""
    body = body.replace("({post:", "(/aktuelles/").replace("({actor:", "(/akteure/")
    return body.replace("})", "/)")


def _hugo_post(post: Post) -> File:
    text = (
        f"---\ntitle: {post.title}\ndate: {post.day}\nsummary: {post.summary}\n"
        f"schlagworte: {listed(post.tags)}\nakteure: {listed(post.actors)}\n"
        f'jahre: ["{post.day.year}"]\n---\n\n{_absolute_links(post.body)}'
    )
    return f"content/aktuelles/{post.day.year}/{post.id}.md", text


def _hugo_actors(actors: Sequence[Actor]) -> Iterator[File]:
    for actor in actors:
        text = f"---\ntitle: {actor.name}\n---\n\n{actor.description}\n"
        yield f"content/akteure/{actor.id}/_index.md", text


def _hugo_site(root: Path) -> None:
    shutil.copytree(SITES / "hugo", root, dirs_exist_ok=True)
    for name in ("Aktuelles", "Akteure", "Schlagworte"):
        put(root, (f"content/{name.lower()}/_index.md", f"---\ntitle: {name}\n---\n"))
    put(root, ("content/jahre/_index.md", "---\ntitle: Archiv\n---\n"))


def _pelican_post(post: Post) -> File:
    tags = f"Tags: {', '.join(post.tags)}\n" if post.tags else ""
    text = (
        f"Title: {post.title}\nDate: {post.day}\nSlug: {post.id}\nSummary: {post.summary}\n"
        f"{tags}Authors: {', '.join(post.actors)}\n\n{_absolute_links(post.body)}"
    )
    return f"content/posts/{post.day.year}/{post.id}.md", text


def _pelican_actors(actors: Sequence[Actor]) -> Iterator[File]:
    known = {actor.id: {"name": actor.name, "description": actor.description} for actor in actors}
    yield "actors.json", json.dumps(known, ensure_ascii=False, indent=1) + "\n"


def _pelican_site(root: Path) -> None:
    shutil.copytree(SITES / "pelican", root, dirs_exist_ok=True)
