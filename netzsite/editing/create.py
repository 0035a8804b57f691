"""What ``netzsite new`` was told → a record file that passes the checks, and is written once.

What nobody said is asked for where somebody can answer, else named as missing.
"""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct, structs

from netzsite import inventory
from netzsite.catalogue import Catalogue
from netzsite.editing import draft
from netzsite.editing.draft import Draft
from netzsite.editing.lookup import choose
from netzsite.editing.terminal import completing
from netzsite.fields.field import Field, Many
from netzsite.inventory import Names
from netzsite.pipeline.content import Content
from netzsite.problems import Problem
from netzsite.records.parse import Home, home_of, parse
from netzsite.times.dates import DateError, read_moment

Answered = dict[str, str | tuple[str, ...]]
Told = Callable[[str], None]


class Asked(Struct, frozen=True, kw_only=True):
    """What the command line says of a new record."""

    kind: str
    title: str
    today: date
    day: str | None = None
    undated: str | None = None
    id: str = ""
    named: Mapping[str, tuple[str, ...]] = {}
    """Kind → ids of the records that it names."""


class NotMadeError(Exception):
    """Why no file is made: a sentence for whoever asked, or what is wrong with it."""

    def __init__(self, sentence: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


def answered(asked: Asked, known: Names, words: Catalogue, tell: Told | None) -> Answered:
    """Collect the answers: from the command line, and by asking where ``tell`` can show choices.

    Raises ``NotMadeError``.
    """
    title = "title" if asked.kind in ("post", "event", "page") else "name"
    answers: Answered = {title: asked.title, **_days(asked, words)}
    fields = draft.references(asked.kind)
    _refuse_others(asked, {kind for _, kind in fields}, words)
    for field, kind in fields:
        ids = asked.named.get(kind, ())
        for id_ in ids:
            _check(id_, kind, known, words)
        if tell and not ids and known.get(kind) and kind != "medium":
            ids = _ask(field, known[kind], words, tell)
        if len(ids) > 1 and not isinstance(field.form, Many):
            raise NotMadeError(words.report["new_one"].format(label=field.key.label))
        if ids:
            answers[field.name] = ids if isinstance(field.form, Many) else ids[0]
    _complete(asked, answers, words, tell)
    return answers


def _days(asked: Asked, words: Catalogue) -> Answered:
    """Place the day where the kind has one; a post without one is of today."""
    written = asked.day or (str(asked.today) if asked.kind == "post" else "")
    key = {"post": "date", "event": "start"}.get(asked.kind)
    if (asked.day and key is None) or (asked.undated and asked.kind != "event"):
        option = "date" if asked.day else "undated"
        raise NotMadeError(_no_key(asked.kind, option, words))
    if not written or key is None:
        return {"undated": asked.undated} if asked.undated else {}
    try:
        return {key: str(read_moment(written))}
    except DateError:
        raise NotMadeError(words.report["new_day"].format(day=written)) from None


def _no_key(kind: str, option: str, words: Catalogue) -> str:
    facts = {"kind": words.kinds[kind]["name"], "option": option}
    return words.report["new_no_key"].format(**facts)


def _refuse_others(asked: Asked, kinds: set[str], words: Catalogue) -> None:
    """Refuse to name what the kind has no key for."""
    for kind in asked.named:
        if kind not in kinds:
            raise NotMadeError(_no_key(asked.kind, kind.replace("_", "-"), words))


def _check(id_: str, kind: str, known: Names, words: Catalogue) -> None:
    if id_ not in known.get(kind, {}):
        raise NotMadeError(inventory.unknown(id_, kind, known.get(kind, ()), words))


def _ask(field: Field, options: Mapping[str, str], words: Catalogue, tell: Told) -> tuple[str, ...]:
    """Ask for the records that a key names; several until an empty answer."""
    found: list[str] = []
    hint = words.report["new_must" if field.required else "new_may"]
    with completing(options) as ask:
        while True:
            question = f"{field.key.label} ({words.report['new_more'] if found else hint}): "
            id_ = choose(question, options, ask, tell)
            if id_ is None:
                return tuple(found)
            found.append(id_)
            if not isinstance(field.form, Many):
                return tuple(found)


def _complete(asked: Asked, answers: Answered, words: Catalogue, tell: Told | None) -> None:
    """Ask for a day that has to be there; name all else that is missing."""
    for field in draft.missing(asked.kind, answers):
        if tell and field.name == "start":
            answers |= _ask_day(field, asked, words)
        if not answers.keys() & {field.name, "undated"}:
            option = {"start": "date", "actors": "actor"}.get(field.name, field.name)
            facts = {"label": field.key.label, "help": field.key.help, "option": option}
            raise NotMadeError(words.report["new_missing"].format(**facts))


def _ask_day(field: Field, asked: Asked, words: Catalogue) -> Answered:
    """Ask for a day; a sentence instead says that it isn't fixed yet."""
    with completing({}) as ask:
        said = ask(f"{field.key.label} ({field.key.example}): ").strip()
    if not said:
        return {}
    given = {"day": said} if said[:1].isdigit() else {"undated": said}
    return _days(structs.replace(asked, **given), words)


def made(asked: Asked, answers: Answered, content: Content, words: Catalogue) -> Draft:
    """Write the text of the new file and check it; raises ``NotMadeError``."""
    known = inventory.names(content)
    written = str(answers.get("date") or answers.get("start") or "")
    day = read_moment(written).day if written else None
    folders = inventory.folders(content).get(asked.kind, ())
    folder = draft.year_folder(folders, day)
    try:
        new = draft.draft(asked.kind, answers, known, folder=folder, id_=asked.id)
    except ValueError:
        raise NotMadeError(words.report["new_id"].format(title=asked.title)) from None
    for file in content.parsed:
        if (file.kind, file.id) == (asked.kind, new.id):
            raise NotMadeError(words.report["new_taken"].format(path=f"content/{file.path}"))
    home = home_of(new.path)
    if isinstance(home, Home):
        problems = parse(new.path, home, new.text.encode()).problems
    else:
        problems = (home,)
    if problems:
        raise NotMadeError(problems=problems)
    return new


def write(root: Path, new: Draft, words: Catalogue) -> Path:
    """Write the file, never over another one; raises ``NotMadeError``."""
    place = root / "content" / new.path
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            file.write(new.text.encode())
    except FileExistsError:
        raise NotMadeError(words.report["new_taken"].format(path=f"content/{new.path}")) from None
    except OSError as error:
        raise NotMadeError(words.report["not_written"].format(cause=error)) from None
    return place
