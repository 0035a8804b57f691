"""Record types → the forms of an editor for git: collections, fields, hints, checks.

Decap CMS and Sveltia CMS read the same form but for a few things. Words and goals to choose from
are those of the site. What a form can't hold (the days of a moved event in Decap) is left to the
file.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Literal

from netzsite.catalogue import Catalogue, catalogue
from netzsite.fields.field import Field, Form, Many, Marked, Scalar, Shaped, Table, fields_of
from netzsite.fields.types import Choice, Degrees, Refers, Whole
from netzsite.inventory import Names
from netzsite.records.kinds import BY_NAME, KINDS, Kind

Program = Literal["decap", "sveltia"]
Config = dict[str, Any]

Folders = Mapping[str, tuple[str, ...]]
"""Kind → the folders below its own that hold files."""

FIXED: Final = ("topic", "target_group", "goal")
"""Kinds that lie inside other files: a form offers those that there are."""

_PLAIN: Final[dict[str, Config]] = {
    "flag": {"widget": "boolean"},
    "colour": {"widget": "color"},
    "prose": {"widget": "text"},
    "note": {"widget": "text"},
    "day": {"widget": "datetime", "format": "YYYY-MM-DD", "time_format": False},
    "moment": {"widget": "datetime", "format": "YYYY-MM-DD HH:mm"},
}
_BUTTONS: Final = (
    "bold",
    "italic",
    "link",
    "heading-two",
    "heading-three",
    "quote",
    "bulleted-list",
    "numbered-list",
)


class Forms:
    """Writes fields for one program, with what one site has to choose from."""

    def __init__(self, program: Program, known: Names, folders: Folders, content: str) -> None:
        self.program = program
        self.known = known
        self.folders = folders
        self.content = content
        self.words: Catalogue = catalogue("de")

    def collections(self) -> Iterator[Config]:
        """Give the folders first, in the order editors need them; then the single files."""
        order = ("post", "event", "actor", "offer", "place", "page", "carrier")
        for name in order:
            yield from self._folders(BY_NAME[name])
        singles = [kind for kind in KINDS if kind.is_single]
        yield {
            "name": "singles",
            "label": self.words.kinds["site"]["all"],
            "files": [self._file(kind) for kind in singles],
        }

    def _folders(self, kind: Kind) -> Iterator[Config]:
        """Give the collection of a kind, and one for each folder that orders its files."""
        name = self.words.kinds[kind.name]
        for folder in ("", *self.folders.get(kind.name, ())):
            yield {
                "name": "_".join([kind.home, *folder.split("/")]) if folder else kind.home,
                "label": f"{name['all']}: {folder}" if folder else name["all"],
                "label_singular": name["name"],
                "folder": f"{self.content}/{kind.home}" + (f"/{folder}" if folder else ""),
                "extension": kind.suffix.removeprefix("."),
                "format": "frontmatter" if kind.suffix == ".md" else "yaml",
                "identifier_field": "title" if kind.suffix == ".md" else "name",
                "slug": "{{slug}}",
                "create": True,
                "fields": list(self._fields(kind)),
            }

    def _file(self, kind: Kind) -> Config:
        name = self.words.kinds[kind.name]["name"]
        file = f"{self.content}/{kind.home}"
        return {"name": kind.name, "label": name, "file": file, "fields": list(self._fields(kind))}

    def _fields(self, kind: Kind) -> Iterator[Config]:
        """Give what has to be there first, then the text, then all else."""
        fields = fields_of(kind.type)
        yield from self._several([field for field in fields if field.required], required=True)
        if kind.suffix == ".md":
            yield {"name": "body", "label": "Text", "required": False} | self._text()
        yield from self._several([field for field in fields if not field.required], required=True)

    def _several(self, fields: Iterable[Field], *, required: bool) -> Iterator[Config]:
        for field in fields:
            made = None if field.key.reserved else self._widget(field, field.form)
            if made is None:
                continue
            name = {"name": field.name.rstrip("_"), "label": field.key.label}
            needed = {"required": field.required and required}
            yield name | made | needed | {"hint": _hint(field)}

    def _widget(self, field: Field, form: Form) -> Config | None:
        match form:
            case Marked():
                return self._text()
            case Scalar():
                return self._scalar(field, form)
            case Shaped(fields=fields):
                # Decap asks for what an optional group requires even when all of it is empty.
                inner = list(self._several(fields, required=field.required))
                return {"widget": "object", "collapsed": True, "fields": inner}
            case Many():
                return self._list(field, form)
            case Table():
                return self._table(field, form)

    def _text(self) -> Config:
        modes = ["rich_text", "raw"]
        return {"widget": "markdown", "buttons": list(_BUTTONS), "modes": modes}

    def _scalar(self, field: Field, form: Scalar) -> Config | None:
        shape = form.shape
        match shape:
            case Refers():
                return self._reference(shape, multiple=False)
            case Choice():
                return {
                    "widget": "select",
                    "options": [self._option(field, word) for word in shape.words],
                }
            case Whole():
                bounds = {"min": shape.least, "max": shape.most}
                return {"widget": "number", "value_type": "int", **bounds}
            case Degrees():
                degrees = {"min": -shape.most, "max": shape.most, "step": 0.0001}
                return {"widget": "number", "value_type": "float", **degrees}
        if shape.name in _PLAIN:
            return dict(_PLAIN[shape.name])
        pattern = shape.schema().get("pattern")
        check = [pattern, f"Hier steht {self.words.kinds[shape.name]['a']}"]
        return {"widget": "string"} | ({"pattern": check} if pattern else {})

    def _option(self, field: Field, word: str) -> Config:
        """Name a word to choose as the pages do."""
        found = (self.words.words.get(f"{of}_{word}") for of in (field.name, "agreement"))
        return {"label": next((label for label in found if label), word), "value": word}

    def _reference(self, shape: Refers, *, multiple: bool) -> Config | None:
        if shape.kind == "medium":
            return {"widget": "image"}
        if shape.kind in FIXED:
            known = self.known.get(shape.kind, {})
            options = [{"label": label, "value": key} for key, label in known.items()]
            return (
                {"widget": "select", "multiple": multiple, "options": options} if options else None
            )
        kind = BY_NAME[shape.kind]
        title = "title" if kind.suffix == ".md" else "name"
        return {
            "widget": "relation",
            "collection": kind.home,
            "value_field": "{{slug}}",
            "search_fields": [title],
            "display_fields": [title],
            "multiple": multiple,
        }

    def _list(self, field: Field, form: Many) -> Config | None:
        match form.item:
            case Scalar(shape=Refers() as shape) if shape.kind != "medium":
                return self._reference(shape, multiple=True)
            case Shaped(fields=fields):
                inner = list(self._several(fields, required=True))
                summary = f"{{{{fields.{inner[0]['name']}}}}}"
                return {"widget": "list", "collapsed": True, "summary": summary, "fields": inner}
            case _:
                inner_widget = self._widget(field, form.item) or {}
                one = {"name": "value", "label": field.key.label, **inner_widget}
                return {"widget": "list", "field": one}

    def _table(self, field: Field, form: Table) -> Config | None:
        """Give the entries that there are; only Sveltia can add to a table of plain values."""
        if isinstance(form.item, Shaped):
            kind = {"topics": "topic", "target_groups": "target_group"}[field.name]
            inner = list(self._several(form.item.fields, required=True))
            entries = [
                {
                    "name": key,
                    "label": label,
                    "widget": "object",
                    "collapsed": True,
                    "fields": inner,
                }
                for key, label in self.known.get(kind, {}).items()
            ]
            return {"widget": "object", "fields": entries} if entries else None
        if self.program == "decap":
            return None
        return {"widget": "keyvalue", "key_label": "Alter Tag", "value_label": "Neuer Tag"}


def _hint(field: Field) -> str:
    example = field.key.example.strip("[]{}")
    return f"{field.key.help} Beispiel: {example}" if example not in ("", "…") else field.key.help
