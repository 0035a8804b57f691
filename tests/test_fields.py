"""Types of records → the forms that are walked beside what editors wrote."""

from typing import Annotated, Literal

import pytest
from msgspec import Struct

from netzsite.fields.field import (
    Field,
    Key,
    Many,
    Marked,
    Scalar,
    Shaped,
    Table,
    fields_of,
    form_of,
)
from netzsite.fields.types import ActorId, Choice, Day, Line, Refers, Slip, Url, When, Written
from netzsite.markdown.render import Body
from netzsite.records.actor import Actor
from netzsite.records.contact import Contact
from netzsite.records.days import Days
from netzsite.records.event import Event
from netzsite.records.kinds import KINDS
from netzsite.records.offer import Offer
from netzsite.records.picture import Picture
from netzsite.records.post import Post
from netzsite.records.record import Record
from netzsite.text import slug

LINE = Line.__metadata__[0]


class Part(Struct, frozen=True, kw_only=True):
    """A part of a record, with one key that editors write and one that they don't."""

    name: Annotated[Line, Key("Name", "Wie es heißt.")]
    made: int = 0


@pytest.mark.parametrize(
    ("hint", "form"),
    [
        (Line, Scalar(LINE)),
        (Line | None, Scalar(LINE)),
        (Annotated[Line | None, Key("Name", "x")], Scalar(LINE)),
        (Annotated[Annotated[Line, "y"], Key("Name", "x")], Scalar(LINE)),
        (tuple[Line, ...], Many(Scalar(LINE))),
        (tuple[ActorId, ...] | None, Many(Scalar(Refers("actor")))),
        (dict[Day, When], Table(Scalar(Day.__metadata__[0]), Scalar(When.__metadata__[0]))),
        (Annotated[dict[Line, Part], Key("x", "y")], Table(Scalar(LINE), Shaped(Part, fields_of(Part)))),
        (Literal["a", "b"], Scalar(Choice(("a", "b")))),
        (Literal["a", "b"] | None, Scalar(Choice(("a", "b")))),
        (Body, Marked()),
        (Body | None, Marked()),
        (Part, Shaped(Part, fields_of(Part))),
    ],
)  # fmt: skip
def test_an_annotation_says_what_is_written(hint: object, form: object):
    assert form_of(hint) == form


@pytest.mark.parametrize(
    "hint", [int, str, list[Line], Annotated[str, "x"], bytes | None, object(), dict[Part, Line]]
)
def test_an_annotation_that_no_value_fits_is_refused(hint: object):
    with pytest.raises(TypeError, match="no written form"):
        form_of(hint)


def test_what_editors_do_not_write_is_no_key():
    assert fields_of(Part) == (
        Field("name", Key("Name", "Wie es heißt."), Scalar(LINE), required=True),
    )


def test_a_record_has_its_own_keys_before_those_that_all_share():
    names = [field.name for field in fields_of(Actor)]
    assert names[:2] == ["name", "carrier"]
    shared = {"checked_on", "checked_by", "internal", "aliases", "draft", "publish_date"}
    assert set(names[-len(shared) :]) == shared
    assert "id" not in names
    assert "path" not in names


@pytest.mark.parametrize(
    ("record", "required"),
    [
        (Actor, {"name", "carrier"}),
        (Offer, {"name", "actors"}),
        (Post, {"title", "date"}),
        (Event, {"title"}),
        (Picture, {"src"}),
        (Days, {"first"}),
        (Contact, set()),
    ],
)
def test_required_keys_are_those_without_a_default(record: type[Struct], required: set[str]):
    assert {field.name for field in fields_of(record) if field.required} == required


def test_the_keys_of_a_type_are_compiled_once():
    assert fields_of(Actor) is fields_of(Actor)


TYPES: list[type[Struct]] = [*(kind.type for kind in KINDS), Contact, Picture, Days]


@pytest.mark.parametrize("record", TYPES)
def test_every_key_can_be_explained(record: type[Struct]):
    for field in fields_of(record):
        assert field.key.label, field.name
        assert field.key.help.endswith((".", ")")), field.name


@pytest.mark.parametrize("record", TYPES)
def test_every_example_of_a_value_is_one(record: type[Struct]):
    for field in fields_of(record):
        example = field.key.example
        if isinstance(field.form, Scalar) and example not in ("", "…"):
            try:
                field.form.shape.read(example.strip("\"'"))
            except Slip as slip:
                pytest.fail(f"{field.name}: {example}: {slip.facts}")


@pytest.mark.parametrize("record", TYPES)
def test_no_german_word_of_a_record_means_two_keys_by_label(record: type[Struct]):
    labels = [slug(field.key.label) for field in fields_of(record)]
    assert len(labels) == len(set(labels))


def test_reserved_keys_are_known():
    reserved = {field.name for field in fields_of(Post) if field.key.reserved}
    assert reserved == {"lang", "translation_of"}


def test_a_shape_is_whatever_reads_and_has_a_schema():
    shape = Written("line", str.upper, {"type": "string"})
    assert form_of(Annotated[str, "etwas", shape]) == Scalar(shape)
    assert isinstance(form_of(Url), Scalar)
    assert all(issubclass(kind.type, Record) for kind in KINDS)
