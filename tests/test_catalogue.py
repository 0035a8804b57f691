"""Catalogues: the words of each language, complete and of one shape."""

import json
import re
import string
from pathlib import Path

import msgspec
import pytest

from netzsite.catalogue import DEFAULT, FOLDER, Catalogue, Message, catalogue, languages
from netzsite.text import is_id

BOTH = [catalogue(language) for language in languages()]


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_there_are_german_and_english():
    assert set(languages()) >= {"de", "en"}
    assert DEFAULT in languages()


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("de", "de"),
        ("en", "en"),
        ("de-AT", "de"),
        ("de-simple", "de"),
        ("kl", "en"),
        ("", "en"),
        ("kl-GL", "en"),
    ],
)
def test_a_language_falls_back_to_a_near_one(asked: str, given: str):
    assert catalogue(asked).language == given


def test_a_catalogue_is_read_once():
    assert catalogue("de") is catalogue("de")


@pytest.mark.parametrize(
    "change", [{"extra": {}}, {"routes": None}, {"problems": {"x": {"txt": ""}}}]
)
def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path, change: dict[str, object]):
    whole = msgspec.json.decode((FOLDER / "de.json").read_bytes())
    file = tmp_path / "xx.json"
    file.write_bytes(msgspec.json.encode(whole | change))
    with pytest.raises(msgspec.ValidationError):
        Catalogue.read(file)


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_is_named_as_its_language(language: str):
    words = Catalogue.read(FOLDER / f"{language}.json")
    assert words.language == language
    assert words.direction in {"ltr", "rtl"}


@pytest.mark.parametrize("language", languages())
def test_no_word_stands_twice_in_a_catalogue(language: str):
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        assert len(dict(pairs)) == len(pairs), [name for name, _ in pairs]
        return dict(pairs)

    json.loads((FOLDER / f"{language}.json").read_text("utf-8"), object_pairs_hook=once)


@pytest.mark.parametrize("words", BOTH, ids=languages())
def test_every_language_has_the_same_words(words: Catalogue):
    german = catalogue("de")
    for table in ("routes", "words", "report", "kinds", "problems"):
        assert set(getattr(words, table)) == set(getattr(german, table)), table
    for name, forms in german.kinds.items():
        assert words.kinds[name].keys() == forms.keys(), name


@pytest.mark.parametrize("words", BOTH, ids=languages())
def test_no_language_asks_for_other_facts_in_a_sentence(words: Catalogue):
    german = catalogue("de")
    for table in ("words", "report"):
        for name, sentence in getattr(german, table).items():
            given = {"short", "full"} if name == "clock" else fields(sentence)
            assert fields(getattr(words, table)[name]) <= given, name
    for code, entry in german.problems.items():
        other = words.problems[code]
        assert bool(other.guess) is bool(entry.guess), code
        assert fields(other.text) <= fields(entry.text), code
        assert fields(other.guess) <= fields(entry.guess), code


@pytest.mark.parametrize("words", BOTH, ids=languages())
def test_sentences_take_facts_by_name_only(words: Catalogue):
    for code, entry in words.problems.items():
        for sentence in (entry.text, entry.guess, entry.help):
            assert all(re.fullmatch(r"[a-z_]+", name) for name in fields(sentence)), code
            assert sentence.format_map(dict.fromkeys(fields(sentence), "x")) is not None


@pytest.mark.parametrize("words", BOTH, ids=languages())
def test_routes_are_address_parts_and_no_two_indexes_share_one(words: Catalogue):
    assert [route for route in words.routes.values() if not is_id(route)] == []
    indexes = [
        words.routes[name]
        for name in ("actors", "carriers", "offers", "places", "news", "events", "network")
    ]
    assert len(set(indexes)) == len(indexes)


@pytest.mark.parametrize("words", BOTH, ids=languages())
def test_every_problem_is_a_finished_sentence(words: Catalogue):
    for code, entry in words.problems.items():
        assert isinstance(entry, Message)
        assert entry.text.endswith((".", "?", ":")), code
        assert not entry.guess or entry.guess.endswith(("?", ".")), code


@pytest.mark.parametrize("words", BOTH, ids=languages())
def test_every_word_that_is_counted_has_a_form_for_one(words: Catalogue):
    ones = {name.removesuffix("_one") for name in words.words if name.endswith("_one")}
    assert ones <= set(words.words)
    assert {name for name in ones if "n" not in fields(words.words[name])} == set()
