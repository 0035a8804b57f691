"""What may happen to the site of a ``Lab`` between two builds, or during one.

Each edit takes a number and makes of it what it needs, so that whoever draws numbers tries much.
"""

import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests import lab as labs
from tests.lab import Lab, put

TAGS = ("Umwelt", "Nachbarschaft", "Winter", "Nur hier")
DAYS = ("2025-05-09", "2026-11-01", "2026-11-19", "2026-11-21", "2027-01-10")
TODAYS = (
    date(2026, 11, 20),
    date(2026, 11, 21),
    date(2026, 12, 24),
    date(2026, 12, 25),
    date(2027, 1, 10),
    date(2026, 1, 1),
)
LONG_AGO = 1_500_000_000_000_000_000

Edit = Callable[[Lab, int], None]


def pick(lab: Lab, number: int, *patterns: str) -> Path | None:
    found = sorted({path for pattern in patterns for path in lab.content.glob(pattern)})
    return found[number % len(found)] if found else None


def replace_in(file: Path | None, pattern: str, text: str) -> bool:
    """Replace the first match in a file; whether there was one."""
    if file is None:
        return False
    old = file.read_text("utf-8")
    new = re.sub(pattern, lambda _: text, old, count=1, flags=re.MULTILINE)
    if new != old:
        put(file, new)
    return new != old


def set_key(file: Path | None, key: str, value: str | None) -> None:
    """Set a key of a post's or event's front matter, or take it out."""
    if file is None:
        return
    text = re.sub(rf"^{key}: .*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
    put(file, text if value is None else text.replace("---\n", f"---\n{key}: {value}\n", 1))


def edit_body(lab: Lab, number: int) -> None:
    file = pick(lab, number, "posts/*.md", "events/*.md", "pages/*.md")
    if file:
        put(file, file.read_text("utf-8") + f"\nSatz {number}.\n")


def edit_record(lab: Lab, number: int) -> None:
    file = pick(lab, number, "actors/*.yaml", "offers/*.yaml", "places/*.yaml", "carriers/*.yaml")
    replace_in(file, r"^name: .*", f"name: Name {number}")


def edit_description(lab: Lab, number: int) -> None:
    text = f"Text *{number}*, [Treffen](event:treffen)"
    replace_in(lab.content / "actors" / "treff.yaml", r"^description: .*", f"description: {text}")


def retitle(lab: Lab, number: int) -> None:
    file = pick(lab, number, "posts/*.md", "events/*.md", "pages/*.md")
    set_key(file, "title", f"Titel {number}")


def redate(lab: Lab, number: int) -> None:
    set_key(pick(lab, number, "posts/*.md"), "date", DAYS[number % len(DAYS)])


def expire(lab: Lab, number: int) -> None:
    value = (None, "2026-11-20", "2026-12-24")[number % 3]
    set_key(pick(lab, number, "posts/*.md"), "expires", value)


def draft(lab: Lab, number: int) -> None:
    set_key(pick(lab, number, "posts/*.md"), "draft", (None, "true")[number % 2])


def tag(lab: Lab, number: int) -> None:
    """Among others: the last post of a tag goes, or the first comes."""
    names = [name for index, name in enumerate(TAGS) if number >> index & 1]
    set_key(
        pick(lab, number >> 4, "posts/*.md"), "tags", f"[{', '.join(names)}]" if names else None
    )


def summarise(lab: Lab, number: int) -> None:
    set_key(pick(lab, number, "posts/*.md", "pages/*.md"), "summary", f"Kurz {number}.")


def add_post(lab: Lab, number: int) -> None:
    day, name = DAYS[number % len(DAYS)], f"neu-{number % 7}"
    tags = f"tags: [{TAGS[number % len(TAGS)]}]\n" if number & 64 else ""
    actors = "actors: [treff]\n" if number & 128 else ""
    text = f"---\ntitle: Neu {number}\ndate: {day}\n{tags}{actors}---\n\nText {number}.\n"
    put(lab.content / "posts" / f"{name}.md", text)


def add_actor(lab: Lab, number: int) -> None:
    text = f"name: Verein {number}\ncarrier: verein\ntopics: [schulden]\n"
    put(lab.content / "actors" / f"neu-{number % 3}.yaml", text)


def remove(lab: Lab, number: int) -> None:
    file = pick(
        lab, number, "posts/*.md", "offers/*.yaml", "events/*.md", "actors/*.yaml", "media/*"
    )
    if file:
        file.unlink()


def rename(lab: Lab, number: int) -> None:
    """Change a slug; what refers to it may dangle."""
    file = pick(lab, number, "posts/*.md", "events/*.md", "pages/*.md", "actors/*.yaml")
    if file:
        file.rename(file.with_stem(f"anders-{number % 5}"))


def rename_by_case(lab: Lab, number: int) -> None:
    """Where a medium's name changes case, so does what refers to it."""
    file = pick(lab, number, "media/*")
    if file is None:
        return
    name = file.name.lower() if file.name != file.name.lower() else file.name.capitalize()
    for text in (*lab.content.rglob("*.md"), *lab.content.rglob("*.yaml")):
        replace_in(text, rf"media/{re.escape(file.name)}", f"media/{name}")
    file.rename(file.with_name(name))


def recreate(lab: Lab, number: int) -> None:
    """Delete a file and write the same bytes again."""
    file = pick(lab, number, "**/*.md", "**/*.yaml", "media/*")
    if file:
        data = file.read_bytes()
        file.unlink()
        put(file, data)


def keep_size_and_time(lab: Lab, number: int) -> None:
    """Another letter in a title, and nothing that a look at the clock would show."""
    file = pick(lab, number, "posts/*.md", "pages/*.md", "actors/*.yaml", "vocabulary.yaml")
    if file is None:
        return
    info, data = file.stat(), file.read_bytes()
    found = list(re.finditer(rb"(?<=title: )\w|(?<=name: )\w|(?<=label: )\w", data))
    if not found:
        return
    place = found[number % len(found)].start()
    letter = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % 26 : number % 26 + 1]
    changed = data[:place] + letter + data[place + 1 :]
    if number & 256:  # as editors save: another file, renamed into place
        put(file.with_name("." + file.name), changed).replace(file)
    else:
        put(file, changed)
    os.utime(file, ns=(info.st_atime_ns, info.st_mtime_ns))


def swap(lab: Lab, number: int) -> None:
    """Two files of one size change places, times and all."""
    one, other = lab.content / "posts" / "eins.md", lab.content / "posts" / "zwei.md"
    for file, title in ((one, "Eins"), (other, "Zwei")):
        if not file.exists():
            put(file, f"---\ntitle: {title}\ndate: 2026-10-0{1 + (number & 1)}\n---\n\n{title}.\n")
            os.utime(file, ns=(LONG_AGO, LONG_AGO))
    between = one.with_name(".dazwischen")
    one.rename(between)
    other.rename(one)
    between.rename(other)


def checkout_again(lab: Lab, number: int) -> None:
    """A fresh checkout: the same bytes, and every time another, later or earlier."""
    for index, file in enumerate(sorted(lab.content.rglob("*"))):
        if file.is_file():
            when = LONG_AGO + (number + index) * 1_000_000_000
            os.utime(file, ns=(when, when))


def edit_vocabulary(lab: Lab, number: int) -> None:
    file = lab.content / "vocabulary.yaml"
    if number & 1:
        replace_in(file, r"^    label: .*", f"    label: Wort {number}")
    else:
        replace_in(file, r"^    synonyms: .*", f"    synonyms: [Mahnung, Wort {number}]")


def edit_site(lab: Lab, number: int) -> None:
    key, value = (
        ("title", f"Netz {number}"),
        ("tagline", f"Zusammen {number}"),
        ("accent", f'"#{number * 257 % 0x1000000:06x}"'),
        ("feed_id", f"musterdorf-netz.de,{2000 + number % 25}"),
        ("language", ("de", "en")[number & 8 > 0]),
        ("base_url", f"https://netz-{number % 3}.de/unten"),
        ("timezone", ("Europe/Berlin", "America/New_York")[number & 8 > 0]),
        ("region", ("DE-RP", "DE-BY")[number & 8 > 0]),
    )[number % 8]
    replace_in(lab.content / "site.yaml", rf"^{key}: .*", f"{key}: {value}")


def edit_network(lab: Lab, number: int) -> None:
    file = lab.content / "network.yaml"
    if number & 1:
        replace_in(file, r"^    title: .*", f"    title: Ziel {number}")
    else:
        replace_in(file, r"status: \w+", f"status: {('agreed', 'planned', 'done')[number % 3]}")


def edit_layout(lab: Lab, number: int) -> None:
    """The layout, a macro, another template's macro, or a page of the shipped templates."""
    name, pattern, text = (
        ("layout.html", r"^</body>", f"<p>{number}</p>\n</body>"),
        ("parts.html", r'^<li class="go">', f'<li class="go" data-n="{number}">'),
        ("colours.jinja", r"^{{ found.colour }}", "#123456{{ found.colour[:0] }}"),
        ("post.html", r"^{% block main %}", f"{{% block main %}}\n<p>{number}</p>"),
        ("site.css", r"^/\* Ground \*/", f"/* Ground */ /* {number} */"),
        ("404.html", r"^{% block main %}", f"{{% block main %}}\n<p>{number}</p>"),
        ("favicon.svg", r"</svg>", f"<!-- {number} --></svg>"),
    )[number % 7]
    replace_in(lab.shipped / name, pattern, text)


def shadow(lab: Lab, number: int) -> None:
    """A template of the site's own takes the place of a shipped one, or makes way again."""
    own = lab.root / "templates"
    name = ("post.html", "page.html", "parts.html", "teil.html", "site.css")[number % 5]
    file = own / name
    if file.exists() and number & 8:
        file.unlink()
    elif name == "teil.html":
        put(file, f"<p>Teil {number}</p>\n")
    elif name == "parts.html":
        shipped = (lab.shipped / name).read_text("utf-8")
        put(file, shipped.replace('<p class="meta">', f'<p class="meta" data-n="{number}">'))
    elif name == "site.css":
        put(
            file,
            f'{{% extends "netzsite/site.css" %}}{{% block own %}}a {{ top: {number}px }}{{% endblock %}}',
        )
    else:
        put(
            file,
            f'{{% extends "netzsite/{name}" %}}{{% block main %}}<p>{number}</p>'
            '{% include "teil.html" ignore missing %}{{ super() }}{% endblock %}\n',
        )


def edit_static(lab: Lab, number: int) -> None:
    folder = (lab.root / "templates", lab.shipped)[number & 1] / "static"
    file = folder / ("bild.svg", "Bild.svg", "x.txt")[number % 3]
    if file.exists() and number & 8:
        file.unlink()
    elif file.exists() and number & 16:
        file.rename(file.with_name("umbenannt.txt"))
    else:
        put(file, f"statisch {number}\n")


def collide(lab: Lab, number: int) -> None:
    """A static file where a page goes, or two records at one address."""
    put(lab.content / "pages" / "static.md", "---\ntitle: Statisch\n---\n")
    put(lab.root / "templates" / "static" / "index.html", f"<p>{number}</p>")


def slip(lab: Lab, number: int) -> None:
    """A mistake; the build says so, and it is mended."""
    file = pick(lab, number, "**/*.md", "**/*.yaml")
    if file is None:
        return
    text = file.read_text("utf-8")
    put(
        file,
        (
            text + "\n[Nichts](post:nirgends)\n",
            "---\ntitel: A\n---\n",
            "name: [\n",
            text + "x: 1\n",
            "\xff\0",
        )[number % 5],
    )


def slip_in_template(lab: Lab, number: int) -> None:
    name, text = (
        ("post.html", "{% extends %}"),
        (
            "page.html",
            '{% extends "netzsite/page.html" %}{% block main %}{{ nichts }}{% endblock %}',
        ),
        ("parts.html", "{% include name %}"),
        ("layout.html", '{% extends "fehlt.html" %}'),
    )[number % 4]
    put(lab.root / "templates" / name, text)


def edit_medium(lab: Lab, number: int) -> None:
    file = pick(lab, number, "media/*")
    if file and file.suffix.lower() == ".png":
        put(file, labs.picture(1 + number % 9, 1 + number % 7))
    elif file:
        put(file, f"Beet {number}\n")


def add_medium(lab: Lab, number: int) -> None:
    """One that something refers to, or not."""
    name = f"neu-{number % 3}.txt"
    put(lab.content / "media" / name, f"Blatt {number}\n")
    if number & 8:
        edit = lab.content / "pages" / "verein.md"
        if edit.exists():
            put(edit, edit.read_text("utf-8") + f"\n[Blatt](media/{name})\n")


def edit_words(lab: Lab, number: int) -> None:
    """A word of the interface; a running process has the old ones until it ends."""
    word = ("Zum Inhalt", "Aktuelles", "Schlagwort", "Akteur")[number % 4]
    replace_in(lab.package / "words" / "de.json", word, f"{word}{number % 10}")
    if number & 8:
        lab.restart()


def edit_code(lab: Lab, number: int) -> None:
    """Another version of netzsite."""
    put(lab.package / "text.py", f"# {number}\n")
    lab.restart()


def edit_output(lab: Lab, number: int) -> None:
    """By hand, in the place where the site is published."""
    files = sorted(path for path in lab.output.rglob("*") if path.is_file())
    if not files:
        return
    file = files[number % len(files)]
    if file.name in lab.foreign:
        return
    info, data = file.stat(), file.read_bytes()
    way = number % 6
    if way == 0:
        file.unlink()
    elif way == 1:
        put(file, data + b"von Hand")
    elif way == 2:
        put(file, data[:-1] + b"?")
        os.utime(file, ns=(info.st_atime_ns, info.st_mtime_ns))
    elif way == 3:
        put(file.with_name("x"), b"?" * len(data)).replace(file)
        os.utime(file, ns=(info.st_atime_ns, info.st_mtime_ns))
    elif way == 4:
        os.utime(file)
    else:
        put(file, b"")


def lose_output(lab: Lab, number: int) -> None:
    way = number % 4
    if way == 0:
        shutil.rmtree(lab.output, ignore_errors=True)
        lab.foreign.clear()
    elif way == 1:
        (lab.output / ".netzsite-manifest").unlink(missing_ok=True)
    elif way == 2:
        folders = sorted(path for path in lab.output.glob("*") if path.is_dir())
        if folders:
            lost = folders[number % len(folders)]
            shutil.rmtree(lost)
            for name in [name for name in lab.foreign if name.startswith(f"{lost.name}/")]:
                del lab.foreign[name]
    else:
        files = sorted(path for path in lab.output.rglob("index.html") if path.parent != lab.output)
        if files:  # a folder where a file of ours was
            files[number % len(files)].unlink()
            files[number % len(files)].mkdir()


def add_foreign(lab: Lab, number: int) -> None:
    """A file that others keep beside the site, also in our folders."""
    name = ("CNAME", "aktuelles/notiz.txt", "themen/schulden/x.txt", "neu/y.txt")[number % 4]
    data = f"{number}".encode()
    put(lab.output / name, data)
    lab.foreign[name] = data


def damage_memo(lab: Lab, number: int) -> None:
    files = sorted(path for path in lab.cache.glob("*") if path.is_file() and path.stat().st_size)
    if not files:
        return
    file, way = files[number % len(files)], number % 5
    data = bytearray(file.read_bytes())
    if way == 0:
        shutil.rmtree(lab.cache)
    elif way == 1:
        file.unlink()
    elif way == 2:
        put(file, bytes(data[: len(data) * (number % 100) // 100]))
    else:
        start, step = number % max(len(data), 1), 1 + number % 997
        for place in range(start, min(start + 50 * step, len(data)), step):
            data[place] ^= 0xFF
        put(file, bytes(data))


def age_memo(lab: Lab, number: int) -> None:
    """Keep the memo aside, or bring back an older one, as CI's cache does."""
    aside = lab.home / f"memo{number % 2}"
    if aside.exists():
        shutil.rmtree(lab.cache, ignore_errors=True)
        shutil.copytree(aside, lab.cache)
    elif lab.cache.exists():
        shutil.copytree(lab.cache, aside)


def switch_branch(lab: Lab, number: int) -> None:
    """Keep the content aside, or bring back an older state, with its older times."""
    aside = lab.home / f"branch{number % 2}"
    if not aside.exists():
        shutil.copytree(lab.content, aside, copy_function=shutil.copy2)
        return
    shutil.rmtree(lab.content)
    shutil.copytree(aside, lab.content, copy_function=shutil.copy2)
    if number & 4:
        checkout_again(lab, number)


def wait(lab: Lab, number: int) -> None:
    """No file changes, but a day comes, or a clock is put right."""
    lab.options["today"] = TODAYS[number % len(TODAYS)]


def ask_otherwise(lab: Lab, number: int) -> None:
    name, value = (
        ("drafts", not lab.options.get("drafts", False)),
        ("portable", not lab.options.get("portable", False)),
        ("base_url", (None, "https://probe.musterdorf-netz.de", "https://x.de/unter")[number % 3]),
    )[number // 3 % 3]
    lab.options[name] = value


def restart(lab: Lab, _number: int) -> None:
    lab.restart()


SMALL: tuple[Edit, ...] = (
    edit_body, edit_record, edit_description, retitle, redate, expire, draft, tag, summarise,
    add_post, add_actor, remove, keep_size_and_time, edit_vocabulary, edit_site, edit_network,
    edit_layout, shadow, edit_static, edit_medium, slip, slip_in_template,
)  # fmt: skip
"""Edits that change one file by one write, so that there is only a before and an after."""
LARGE: tuple[Edit, ...] = (
    rename, rename_by_case, recreate, swap, checkout_again, collide, add_medium, edit_words,
    edit_code, edit_output, lose_output, add_foreign, damage_memo, age_memo, switch_branch, wait,
    ask_otherwise, restart,
)  # fmt: skip
