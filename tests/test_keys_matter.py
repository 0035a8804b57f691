"""Each part of each key is needed: without it, some edit gives a wrong page.

``EDITS`` names for every part of every key of the memo, and for every part of what tells a changed
file, an edit that it is there for. With the key as it is, the build after the edit equals a clean
one; with the part left out, it doesn't. So a key that is made of less than it should be can't pass,
and one that is made of more isn't in the table. What the part ``code`` is itself made of is in
test_fingerprint.py.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from PIL import Image

from netzsite import memo as memos
from netzsite import source
from netzsite.audit.facts import Facts
from netzsite.markdown.render import Fragments
from netzsite.media import medium
from netzsite.memo import key_of
from netzsite.pipeline import content as contents
from netzsite.pipeline import copies, pictures, render, snapshot, sources, steps, target
from netzsite.pipeline.render import JobError
from netzsite.producers import feeds
from netzsite.rendering import static_files, template_source
from netzsite.rendering.templates import Templates
from netzsite.source import Stamp, stamp_of
from tests import edits
from tests import lab as labs
from tests.lab import DiffersError, Lab, picture, put, tree

pytestmark = pytest.mark.no_cover

POST = "posts/fest.md"
OWN_CSS = ".eigen { background: url(bild.svg) }\n"
PAST = 1_500_000_000
"""Long ago, in seconds."""

Edit = Callable[[Lab, pytest.MonkeyPatch], None]


# Edits. The last of them in a test is looked at by building once more, and clean.


def body(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    put(lab.content / POST, (lab.content / POST).read_text("utf-8") + "\nUnd Kuchen.\n")


def twin(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    """A second post with the same bytes."""
    put(lab.content / "posts" / "fest-zwei.md", (lab.content / POST).read_bytes())


def layout(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    edits.edit_layout(lab, 0)


def layout_after_texts(lab: Lab, patch: pytest.MonkeyPatch) -> None:
    """A build that keeps some texts, then one that asks for all."""
    body(lab, patch)
    edits.edit_description(lab, 1)
    assert lab.build().published
    layout(lab, patch)


def twin_picture(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    """The same picture under another name, for another post."""
    put(lab.content / "media" / "zwei.png", (lab.content / "media" / "fest.png").read_bytes())
    head = '---\nimage: {src: media/zwei.png, alt: Hof, credit: "Bild: Redaktion"}\n'
    file = lab.content / "posts" / "advent.md"
    put(file, file.read_text("utf-8").replace("---\n", head, 1))


def other_picture(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    put(lab.content / "media" / "fest.png", picture(40, 30))


def new_title(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    edits.edit_site(lab, 0)


def new_address(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    """What is loaded from the old address comes from elsewhere now."""
    text = OWN_CSS.replace("bild", "https://musterdorf-netz.de/static/bild")
    put(lab.root / "templates" / "static" / "eigen.css", text)
    assert lab.build().published
    edits.edit_site(lab, 5)


def dead_style(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    put(lab.root / "templates" / "static" / "eigen.css", OWN_CSS.replace("bild", "fehlt"))


def twin_style(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    """The same stylesheet where its picture isn't."""
    put(lab.root / "templates" / "static" / "unten" / "eigen.css", OWN_CSS)


def alias_goes(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    """Two old addresses have pages of the same bytes, whose links mean another page on each."""
    text = (lab.shipped / "redirect.html").read_text("utf-8")
    text = text.replace("<main ", '<a href="#da">Zum Inhalt</a>\n<main id="da" ')
    put(lab.root / "templates" / "redirect.html", text)
    file = lab.content / "pages" / "verein.md"
    for aliases in ("[/alt/, /neu/]", "[/alt/]"):
        assert lab.build().published
        assert edits.replace_in(file, r"^aliases: .*", f"aliases: {aliases}")


def shadow(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    """A template comes that another one would have included all the time."""
    include = '{% extends "netzsite/post.html" %}{% block main %}{% include "teil.html" ignore missing %}{{ super() }}{% endblock %}'
    put(lab.root / "templates" / "post.html", include)
    assert lab.build().published
    put(lab.root / "templates" / "teil.html", "<p>Teil</p>")


def colours_after_all(lab: Lab, patch: pytest.MonkeyPatch) -> None:
    """A build in between, then an edit of what one template alone imports."""
    body(lab, patch)
    assert lab.build().published
    edits.edit_layout(lab, 2)


def christmas(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    lab.options["today"] = date(2026, 12, 25)


def asking(**changes: object) -> Edit:
    def ask(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
        lab.options |= changes

    return ask


def strictly(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    """What the release gate wants keeps nobody from publishing, until somebody asks for it."""
    site = lab.content / "site.yaml"
    put(site, site.read_text("utf-8").replace("musterdorf-netz.de\n", "netz.example\n"))
    assert lab.build().published
    lab.options["strict"] = True


def commits(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    """No file of the content changes, but an event has a history now."""
    who = ("-c", "user.name=N", "-c", "user.email=n@example.org")
    for line in (("init", "-q"), ("add", "content"), (*who, "commit", "-qm", "Neu")):
        subprocess.run(["git", *line], cwd=lab.root, check=True)


def static_file(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    put(lab.root / "templates" / "static" / "x.txt", "anders\n")


# Edits of netzsite itself: the code is another, and does something else.


def new_code(lab: Lab, number: int = 1) -> None:
    edits.edit_code(lab, number)
    labs.forget_clean()


def parses_otherwise(lab: Lab, patch: pytest.MonkeyPatch) -> None:
    parse = contents.parse

    def otherwise(path: str, *more: Any) -> Any:
        parsed = parse(path, *more)
        if path != "actors/treff.yaml":
            return parsed
        return structs.replace(parsed, record=structs.replace(parsed.record, name="Neuer Name"))

    patch.setattr(contents, "parse", otherwise)
    new_code(lab)


def new_codecs(lab: Lab, patch: pytest.MonkeyPatch) -> None:
    for module in (contents, pictures):
        patch.setattr(module, "codecs", lambda: "neu")
    new_code(lab)  # the codecs are a part of it


def inspects_otherwise(lab: Lab, patch: pytest.MonkeyPatch) -> None:
    inspect = medium.inspect
    patch.setattr(
        medium, "inspect", lambda *asked: structs.replace(inspect(*asked), lossless=False)
    )
    new_codecs(lab, patch)


def encodes_otherwise(lab: Lab, patch: pytest.MonkeyPatch) -> None:
    encode = pictures.encode_sizes
    patch.setattr(pictures, "encode_sizes", lambda *asked: [data + b"!" for data in encode(*asked)])
    new_codecs(lab, patch)


def repainted(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    """Another picture of the same size."""
    file = lab.content / "media" / "fest.png"
    with Image.open(file) as painted:
        size = painted.size
    Image.new("L", size, 90).save(file)


def reads_otherwise(lab: Lab, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copies, "read", lambda *_: Facts(links=("/nirgends/",)))
    new_code(lab)


def renders_otherwise(lab: Lab, patch: pytest.MonkeyPatch) -> None:
    run = render.run
    patch.setattr(render, "run", lambda *asked: run(*asked).replace(b"</h1>", b"!</h1>"))
    new_code(lab)


def digests_otherwise(lab: Lab, patch: pytest.MonkeyPatch) -> None:
    for module in (source, static_files, copies, render, snapshot, target):
        patch.setattr(module, "digest_of", lambda data: f"{len(data):06}{hash(data) & 0xFFFF:05}")
    new_code(lab)
    lab.build()  # which writes all pages anew, as they have other names


def keeps_texts_otherwise(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    """A newer version writes them in another form; then the older one is back."""
    encode, decode = contents._encode, render._decode_fragments
    code = (lab.package / "text.py").read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            contents,
            "_encode",
            lambda value: (b"2" if isinstance(value, Fragments) else b"") + encode(value),
        )
        patch.setattr(render, "_decode_fragments", lambda data: decode(data[1:]))
        new_code(lab)
        assert lab.build().published
    put(lab.package / "text.py", code)
    lab.restart()
    edits.edit_layout(lab, 0)


def saw_no_references(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    """An older version didn't see what a template refers to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(template_source, "references", lambda _: ())
        new_code(lab, 1)
        edits.edit_layout(lab, 3)
        assert lab.build().published
    new_code(lab, 2)
    assert lab.build().published
    edits.edit_layout(lab, 0)


def another_function(lab: Lab, patch: pytest.MonkeyPatch) -> None:
    """A plan that makes a file of the same arguments in another way, from some day on."""
    plan = steps.plan

    def otherwise(*asked: Any, **more: Any) -> Any:
        jobs, collisions = plan(*asked, **more)
        new = {"feed.xml": feeds.json_feed}
        jobs = (structs.replace(job, render=new.get(job.path, job.render)) for job in jobs)
        return tuple(jobs), collisions

    patch.setattr(steps, "plan", otherwise)
    edit_record_elsewhere(lab)
    labs.forget_clean()


# What tells a changed file.


def in_place(file: Path, change: Callable[[bytes], bytes], later: int = 0) -> None:
    """Change a file in place; its time is put back, or on by some seconds."""
    info = file.stat()
    put(file, change(file.read_bytes()))
    os.utime(file, ns=(info.st_atime_ns, info.st_mtime_ns + later * 1_000_000_000))


def one_letter(data: bytes) -> bytes:
    return data.replace(b"Suppe", b"Sappe")


def longer(data: bytes) -> bytes:
    return data.replace(b"Suppe", b"Linsensuppe")


def edit_in_place(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    in_place(lab.content / POST, one_letter)


def edit_later(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    in_place(lab.content / POST, one_letter, later=10)


def edit_longer(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    in_place(lab.content / POST, longer)


def page(lab: Lab) -> Path:
    return lab.output / "aktuelles" / "fest" / "index.html"


def edit_page_in_place(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    in_place(page(lab), one_letter)


def edit_page_later(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    in_place(page(lab), one_letter, later=10)


def edit_page_longer(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    in_place(page(lab), longer)


def other_folder(folder: Path, change: Callable[[bytes], bytes]) -> None:
    """Put another folder in a folder's place, with files of the same sizes and times.

    Renaming a folder changes no time of what is in it, and a disk's clock goes in steps.
    """
    other = folder.with_name("anderer")
    shutil.copytree(folder, other)
    for path in tree(folder):
        one, two = folder / path, other / path
        put(two, change(two.read_bytes()))
        while True:  # until both are written in one step
            for file in (one, two):
                os.utime(file, (PAST, PAST))
            if one.stat().st_ctime_ns == two.stat().st_ctime_ns:
                break


def swap_folders(folder: Path) -> None:
    other, aside = folder.with_name("anderer"), folder.with_name("beiseite")
    folder.rename(aside)
    other.rename(folder)
    shutil.rmtree(aside)


def another_folder_of_posts(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    posts, aside = lab.content / "posts", lab.home / "aside"
    other_folder(posts, one_letter)
    (lab.content / "anderer").rename(aside)
    edit_record_elsewhere(lab)
    assert lab.build().published
    aside.rename(lab.content / "anderer")
    swap_folders(posts)


def another_folder_of_pages(lab: Lab, patch: pytest.MonkeyPatch) -> None:
    pages, aside = lab.output / "aktuelles" / "fest", lab.home / "aside"
    other_folder(pages, one_letter)
    pages.with_name("anderer").rename(aside)
    edit_record_elsewhere(lab)
    assert lab.build().published
    aside.rename(pages.with_name("anderer"))
    swap_folders(pages)


def edit_record_elsewhere(lab: Lab) -> None:
    """So that a build looks at all files of the output, and remembers them."""
    file = lab.content / "media" / "plan.txt"
    put(file, file.read_bytes() + b"Noch eins\n")


def other_site_same_stamps(lab: Lab, _patch: pytest.MonkeyPatch) -> None:
    """Two sites share a cache; their files differ in nothing that the disk tells."""
    other = lab.home / "zweite" / "content"
    shutil.copytree(lab.content, other)
    put(other / POST, one_letter((other / POST).read_bytes()))
    for folder in (lab.content, other):
        for path in tree(folder):
            os.utime(folder / path, (PAST, PAST))
    cache = lab.cache
    assert lab.build(cache=cache).published
    lab.options |= {"root": other.parent, "output": lab.output, "cache": cache}


def other_output_same_stamps(lab: Lab, patch: pytest.MonkeyPatch) -> None:
    """One site goes to two folders; one of them has older pages, of the same size and time."""
    second = lab.home / "zweite" / "output"
    for folder in (lab.output, second):
        assert lab.build(output=folder).published
    edit_in_place(lab, patch)
    (lab.content / POST).touch()
    assert lab.build(output=second).published
    for folder in (lab.output, second):
        for path in tree(folder):
            os.utime(folder / path, (PAST, PAST))
    edit_record_elsewhere(lab)
    assert lab.build(output=second).published


# Disks.

Disk = Callable[[os.stat_result], Stamp]


def fat(info: os.stat_result) -> Stamp:
    """What a disk tells that has no inodes, no time of change, and steps of two seconds."""
    return Stamp(info.st_size, info.st_mtime_ns // 2_000_000_000 * 2_000_000_000, 0, 0)


def in_one_step(info: os.stat_result) -> Stamp:
    """What a disk tells whose clock stands still while all this happens."""
    return Stamp(info.st_size, PAST, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A part of a key and the edit that it is there for."""

    part: str
    """``KIND.PART`` of a key, or what else is left out."""
    edit: Edit
    disk: Disk = stamp_of

    def __str__(self) -> str:
        return self.part


EDITS = (
    Case(part="parsed.code", edit=parses_otherwise),
    Case(part="parsed.path", edit=twin),
    Case(part="parsed.digest", edit=body),
    Case(part="text.code", edit=keeps_texts_otherwise),
    Case(part="text.digest", edit=layout_after_texts),
    Case(part="medium.codecs", edit=inspects_otherwise),
    Case(part="medium.path", edit=twin_picture),
    Case(part="medium.digest", edit=other_picture),
    Case(part="picture.codecs", edit=encodes_otherwise),
    Case(part="picture.path", edit=twin_picture),
    Case(part="picture.original", edit=repainted),
    Case(part="facts.code", edit=reads_otherwise),
    Case(part="facts.path", edit=twin_style),
    Case(part="facts.base_url", edit=new_address),
    Case(part="facts.digest", edit=dead_style),
    Case(part="references.code", edit=saw_no_references),
    Case(part="references.template", edit=colours_after_all),
    Case(part="way.code", edit=renders_otherwise),
    Case(part="way.frame", edit=new_title),
    Case(part="way.function", edit=another_function),
    Case(part="way.templates", edit=layout),
    Case(part="output.way", edit=layout),
    Case(part="output.path", edit=alias_goes),
    Case(part="output.args", edit=body),
    Case(part="snapshot.code", edit=renders_otherwise),
    Case(part="snapshot.today", edit=christmas),
    Case(part="snapshot.drafts", edit=asking(drafts=True)),
    Case(part="snapshot.portable", edit=asking(portable=True)),
    Case(part="snapshot.base_url", edit=asking(base_url="https://probe.musterdorf-netz.de")),
    Case(part="snapshot.strict", edit=strictly),
    Case(part="snapshot.publish", edit=asking(publish=False)),
    Case(part="snapshot.content", edit=body),
    Case(part="snapshot.templates", edit=layout),
    Case(part="snapshot.static", edit=static_file),
    Case(part="snapshot.commit", edit=commits),
    Case(part="known.code", edit=digests_otherwise),
    Case(part="known.folder", edit=other_site_same_stamps, disk=fat),
    Case(part="published.folder", edit=other_output_same_stamps, disk=fat),
    Case(part="templates that come", edit=shadow),
    Case(part="size of a source", edit=edit_longer, disk=fat),
    Case(part="mtime of a source", edit=edit_later, disk=fat),
    Case(part="ctime of a source", edit=edit_in_place),
    Case(part="inode of a source", edit=another_folder_of_posts),
    Case(part="age of a source", edit=edit_in_place, disk=fat),
    Case(part="size of a page", edit=edit_page_longer, disk=fat),
    Case(part="mtime of a page", edit=edit_page_later, disk=fat),
    Case(part="ctime of a page", edit=edit_page_in_place),
    Case(part="inode of a page", edit=another_folder_of_pages),
    Case(part="age of a page", edit=edit_page_in_place, disk=in_one_step),
)
CODE = {case.edit for case in EDITS if case.part.endswith((".code", ".codecs", ".function"))}
KEYED = (contents, copies, pictures, render, snapshot, sources, target)
"""The modules that make keys."""


def leave_out(part: str, disk: Disk, patch: pytest.MonkeyPatch) -> None:
    """Make keys and stamps without one part."""
    name, _, of = part.partition(" of a ")
    if part == "templates that come":
        patch.setattr(render, "closure", closure_as_first_seen(render.closure))
    elif part == "age of a source":
        patch.setattr(sources, "YOUNG", -(1 << 62))
    elif part == "age of a page":
        patch.setattr(target, "clock", lambda *_: 1 << 62)
    elif of:
        module = source if of == "source" else target
        patch.setattr(module, "stamp_of", lambda info: structs.replace(disk(info), **{name: 0}))
    else:
        kind, _, lost = part.partition(".")
        for module in KEYED:
            patch.setattr(module, "key_of", without(kind, lost))


def closure_as_first_seen(closure: Callable[..., Any]) -> Callable[..., Any]:
    known: set[str] = set()

    def first_seen(name: str, loaded: Templates, *more: Any) -> Any:
        if not known:
            known.update(loaded.by_name)
        return tuple(row for row in closure(name, loaded, *more) if row[0] in known)

    return first_seen


def without(kind: str, lost: str) -> Callable[..., bytes]:
    def key(made: str, /, **parts: str | bytes) -> bytes:
        if made == kind:
            del parts[lost]
        return key_of(made, **parts)

    return key


def aged(lab: Lab) -> None:
    """Let all that is there be long past, as far as the disk tells."""
    for folder in (lab.content, lab.output):
        for path in tree(folder):
            os.utime(folder / path, (PAST, PAST))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lab that has been built once, to be copied."""
    lab = Lab.make(tmp_path_factory.mktemp("base") / "lab")
    put(lab.root / "templates" / "static" / "eigen.css", OWN_CSS)
    put(lab.root / "templates" / "static" / "bild.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    with lab.inside():
        assert lab.build().problems == ()
    return lab.home


@pytest.fixture
def copied(base: Path, tmp_path: Path) -> Lab:
    shutil.copytree(base, tmp_path / "lab")
    return Lab(home=tmp_path / "lab")


def tried(case: Case, lab: Lab, part: str | None) -> None:
    """Build, edit, build again and compare with a clean build."""
    young = case.part.startswith("age")
    with lab.inside(patient=not young), pytest.MonkeyPatch.context() as patch:
        if case.disk is not stamp_of:
            for module in (source, target):
                patch.setattr(module, "stamp_of", case.disk)
        if case.disk is in_one_step:
            patch.setattr(target, "clock", lambda *_: PAST)
        if part:
            leave_out(part, case.disk, patch)
        edit_record_elsewhere(lab)  # or there would be nothing to do
        aged(lab)
        if young:
            (lab.content / POST).touch()
        assert lab.build().published
        case.edit(lab, patch)
        try:
            lab.check()
        finally:
            if case.edit in CODE:
                labs.forget_clean()


TRUE = {(case.edit, case.disk, case.part.startswith("age")): case for case in EDITS}


@pytest.mark.parametrize("case", TRUE.values(), ids=str)
def test_after_the_edit_a_build_equals_a_clean_one(case: Case, copied: Lab):
    tried(case, copied, None)


@pytest.mark.parametrize("case", EDITS, ids=str)
def test_without_the_part_it_does_not(case: Case, copied: Lab):
    with pytest.raises((DiffersError, JobError)):
        tried(case, copied, case.part)


def test_every_part_of_every_key_has_its_edit(copied: Lab, monkeypatch: pytest.MonkeyPatch):
    seen = set()

    def key(kind: str, /, **parts: str | bytes) -> bytes:
        seen.update(f"{kind}.{part}" for part in parts)
        return key_of(kind, **parts)

    for module in KEYED:
        monkeypatch.setattr(module, "key_of", key)
    with copied.inside():
        new_code(copied)
        assert copied.build().published
    assert seen == {case.part for case in EDITS if "." in case.part}
    stamps = {f"{name} of a {of}" for name in Stamp.__struct_fields__ for of in ("source", "page")}
    assert stamps <= {case.part for case in EDITS}


def test_all_keys_are_made_where_the_test_looks():
    package = Path(memos.__file__).parent
    callers = {path for path in package.rglob("*.py") if "key_of(" in path.read_text("utf-8")}
    assert callers == {Path(memos.__file__), *(Path(str(module.__file__)) for module in KEYED)}
