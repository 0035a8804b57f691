"""A picture by its path, with what people who can't see it need."""

from typing import Annotated

from msgspec import Struct

from netzsite.fields.field import Key
from netzsite.fields.types import Flag, Line, PictureFile


class Picture(Struct, frozen=True, kw_only=True):
    """A picture by its path, with what people who can't see it need."""

    src: Annotated[
        PictureFile,
        Key("Datei", "Pfad der Bilddatei im Ordner media.", ("bild",), "media/fest.jpg"),
    ]
    alt: Annotated[
        Line | None,
        Key(
            "Alternativtext",
            "Was auf dem Bild zu sehen ist, für alle, die es nicht sehen.",
            ("alternativtext", "bildbeschreibung"),
            "Kinder sammeln Müll am Rheinufer",
        ),
    ] = None
    decorative: Annotated[
        Flag, Key("Nur Schmuck", "true, wenn das Bild nichts mitteilt.", example="true")
    ] = False
    credit: Annotated[
        Line | None,
        Key("Bildnachweis", "Wer das Bild gemacht hat.", ("foto", "quelle"), '"Foto: Jugendtreff"'),
    ] = None
    caption: Annotated[
        Line | None, Key("Bildunterschrift", "Satz unter dem Bild.", ("unterschrift",))
    ] = None
