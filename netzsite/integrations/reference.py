"""Record types → the reference of all keys, in German, as Markdown.

``python -m netzsite.integrations.reference`` prints it; a test keeps ``docs/felder.md`` equal.
"""

from collections.abc import Iterator
from typing import Final

from netzsite.catalogue import catalogue
from netzsite.fields.field import Field, Form, Many, Marked, Scalar, Shaped, Table, fields_of
from netzsite.records.kinds import KINDS, Kind

_HEAD: Final = """# Alle Felder

Diese Übersicht entsteht aus dem Programm selbst: Was hier steht, gilt. **Fett** ist, was nicht
fehlen darf. Felder mit ↳ stehen eingerückt unter dem Feld darüber. Wie man schreibt, zeigt das
[Handbuch](handbuch.md).
"""


def reference() -> str:
    """Write the reference of all records."""
    return "\n".join((_HEAD, *(line for kind in KINDS for line in _kind(kind))))


def _kind(kind: Kind) -> Iterator[str]:
    words = catalogue("de").kinds[kind.name]
    place = kind.home if kind.home.endswith(".yaml") else f"{kind.home}/…{kind.suffix}"
    yield f"## {words['name']}: `content/{place}`\n"
    yield "| Feld | Bedeutung | Was hineingehört | Art | Beispiel |"
    yield "|---|---|---|---|---|"
    yield from _rows(fields_of(kind.type), "")
    if kind.suffix == ".md":
        yield "\nUnter dem Kopf steht der Text in Markdown; er darf auch fehlen."
    yield ""


def _rows(fields: tuple[Field, ...], indent: str) -> Iterator[str]:
    for field in fields:
        name = f"`{field.name.rstrip('_')}`"
        shown = f"{indent}**{name}**" if field.required else indent + name
        example = f"`{_cell(field.key.example)}`" if field.key.example else ""
        note = " Noch nicht benutzbar." if field.key.reserved else ""
        help_ = _cell(field.key.help) + note
        yield f"| {shown} | {field.key.label} | {help_} | {_type(field.form)} | {example} |"
        inner = _inner(field.form)
        if inner:
            yield from _rows(inner.fields, indent + "↳ ")


def _inner(form: Form) -> Shaped | None:
    match form:
        case Shaped():
            return form
        case Many() | Table():
            return _inner(form.item)
    return None


def _type(form: Form) -> str:  # noqa: PLR0911 - one line a case
    """Say in German what may be written."""
    match form:
        case Marked():
            return "Text, Markdown erlaubt"
        case Many():
            return f"Liste: {_type(form.item)}"
        case Table():
            return "Kürzel: Angaben"
        case Shaped():
            return "Angaben"
        case Scalar():
            kinds = catalogue("de").kinds
            target = getattr(form.shape, "kind", "")
            choices = getattr(form.shape, "words", ())
            if choices:
                return " / ".join(choices)
            if target in kinds and target != "medium":
                return f"Kürzel {kinds[target]['of']}"
            return kinds[form.shape.name]["a"].replace("{{", "{").replace("}}", "}")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    print(reference(), end="")  # noqa: T201 - the one thing it is for
