"""A page that is only a text."""

from typing import Annotated

from netzsite.fields.field import Key
from netzsite.fields.types import Flag, Line, Prose
from netzsite.markdown.render import Body
from netzsite.records.keys import SUMMARY
from netzsite.records.record import Translatable


class Page(Translatable, frozen=True, kw_only=True, tag="page"):
    """Seite: a plain page such as „Mitmachen“; ``start`` is the text of the home page."""

    title: Annotated[Line, Key("Titel", "Überschrift der Seite.", ("überschrift", "name"))]
    summary: Annotated[Prose | None, SUMMARY] = None
    menu: Annotated[
        Flag, Key("Im Menü", "true, wenn die Seite im Menü stehen soll.", ("menü",), "true")
    ] = False
    body: Body | None = None
