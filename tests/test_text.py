"""German text: slugs, sorting, what was probably meant, excerpts, harmless display."""

import random
import re
import string
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netzsite.text import (
    SLUG_LENGTH,
    excerpt,
    is_id,
    nearest,
    one_line,
    refused,
    slug,
    sort_key,
    visible,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Größe", "groesse"),
        ("Größe & Maß", "groesse-mass"),
        ("ÄÖÜ äöü ẞ ß", "aeoeue-aeoeue-ss-ss"),
        ("A\u0308rzte", "aerzte"),
        ("Café Français", "cafe-francais"),
        ("Łódź, Ærø & œuvre", "lodz-aero-oeuvre"),
        ("Çay ile Kahvaltı", "cay-ile-kahvalti"),
        ("Jugend(sozial)arbeit", "jugend-sozial-arbeit"),
        ("„Offener Treff“ – ab 12!", "offener-treff-ab-12"),
        ("  --a__b--  ", "a-b"),
        ("2. Mittwoch", "2-mittwoch"),
        ("½ Tag", "1-2-tag"),
        ("مرحبا", ""),
        ("🎈", ""),
        ("", ""),
        ("a" * 200, "a" * SLUG_LENGTH),
        ("a" * 79 + " b", "a" * 79),
        ("a" * 80 + "-b", "a" * 80),
        ("№ 5", "no-5"),
        ("Netzwerk™", "netzwerktm"),
    ],
)
def test_a_german_text_becomes_an_address_part(text: str, expected: str):
    assert slug(text) == expected


@given(text=st.text(st.characters(max_codepoint=0x7F), max_size=70))
def test_a_plain_text_has_the_slug_that_it_has_beside_other_letters(text: str):
    assert slug(f"ä-{text}") == f"ae-{slug(text)}".strip("-")


def test_a_decomposed_umlaut_is_an_umlaut():
    assert slug(unicodedata.normalize("NFD", "Ärzte für Größe")) == "aerzte-fuer-groesse"


@given(st.text(max_size=120))
@settings(max_examples=200)
@example("a" * 79 + "-b")
def test_a_slug_is_an_id_or_nothing_and_its_own_slug(text: str):
    made = slug(text)
    assert made == "" or is_id(made)
    assert slug(made) == made


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("mckiz", True),
        ("kita-st-anna-2", True),
        ("2026", True),
        ("a" * 80, True),
        ("a" * 81, False),
        ("", False),
        ("-a", False),
        ("a-", False),
        ("a--b", False),
        ("A", False),
        ("ä", False),
        ("a_b", False),
        ("a.b", False),
        ("a/b", False),
        ("a\n", False),
        ("١", False),
    ],
)
def test_what_can_be_an_id(text: str, good: bool):
    assert is_id(text) is good


@pytest.mark.parametrize(
    "order",
    [
        ["Arbeit", "Ärzte", "Auto", "Ofen", "öffnen", "Uhr"],
        ["Mass", "Maß", "Masse"],
        ["Haus 2", "Haus 10", "Haus 100"],
        ["Jugend", "Jugendarbeit", "Jugend(sozial)arbeit", "Jugendtreff"],
        ["„Anker“ Jugendhaus", "Anker-Jugendhaus 2", "Bürgerverein"],
        ["10 Jahre", "Alter"],
        ["Café", "Cafe Anna"],
    ],
)
def test_names_are_sorted_as_in_a_german_dictionary(order: list[str]):
    for other in (order[::-1], order[1:] + order[:1]):
        assert sorted(other, key=sort_key) == order


@given(st.lists(st.text(max_size=20), max_size=8), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_the_order_is_total_and_never_that_of_the_input(names: list[str], chance: random.Random):
    mixed = names.copy()
    chance.shuffle(mixed)
    assert sorted(mixed, key=sort_key) == sorted(names, key=sort_key)
    assert len({sort_key(name) for name in names}) == len(set(names))


@pytest.mark.parametrize("text", ["٣ Tage", "x²", "1" * 4_300, "\u0f33"])
def test_no_number_is_too_strange_to_sort(text: str):
    assert sort_key(text) < sort_key(text + "z")


def test_no_number_is_too_long_to_sort():
    assert sort_key("1" * 5_000) < sort_key("1" * 5_001)


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("mckitz", ["mckiz", "jugendhaus"], "mckiz"),
        ("sumary", ["summary", "name"], "summary"),
        ("groesse", ["größe"], "größe"),
        ("Größe", ["groesse", "grass"], "groesse"),
        ("target-groups", ["target_groups"], "target_groups"),
        ("media/fest.jpg", ["media/feste.jpg"], "media/feste.jpg"),
        ("xyz", ["mckiz", "jugendhaus"], None),
        ("", ["mckiz"], None),
        ("mckiz", [], None),
        ("مرحبا", ["مرحبًا", "jugendhaus"], "مرحبًا"),
    ],
)
def test_what_was_probably_meant(word: str, known: list[str], meant: str | None):
    assert nearest(word, known) == meant
    assert nearest(word, reversed(known)) == meant


@given(st.text(max_size=8), st.sets(st.text(max_size=8), max_size=6))
@settings(max_examples=100)
def test_only_a_known_word_is_guessed_whatever_their_order(word: str, known: set[str]):
    guess = nearest(word, known)
    assert guess is None or guess in known
    assert nearest(word, sorted(known, reverse=True)) == guess


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("Ein kurzer Satz.", 20, "Ein kurzer Satz."),
        ("Genau zwanzig Zeiche", 20, "Genau zwanzig Zeiche"),
        ("Wir treffen uns am Markt", 17, "Wir treffen uns…"),
        ("Wir treffen uns am Markt", 16, "Wir treffen uns…"),
        ("Wir treffen uns, am Markt", 18, "Wir treffen uns…"),
        ("Essen – Trinken – Reden", 18, "Essen – Trinken…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("  viel \n\n Platz  ", 20, "viel Platz"),
        ("abc", 1, "…"),
        ("", 5, ""),
    ],
)
def test_an_excerpt_ends_at_a_word(text: str, length: int, expected: str):
    assert excerpt(text, length) == expected


@given(st.text(max_size=300), st.integers(1, 200))
@settings(max_examples=200)
def test_an_excerpt_is_never_longer_and_begins_like_the_text(text: str, length: int):
    short = excerpt(text, length)
    assert len(short) <= length
    assert one_line(text).startswith(short.removesuffix("…"))
    assert short == one_line(text) or short.endswith("…")


def test_white_space_is_folded():
    assert one_line("  a\n\tb\u00a0 c\u2003 ") == "a b c"


def test_every_kind_of_white_space_is_folded():
    kinds = "".join(chr(code) for code in range(0x11_0000) if chr(code).isspace())
    assert re.fullmatch(r"\s+", kinds)
    assert one_line(f"{kinds}a{kinds}b{kinds}") == "a b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Größe\t🎈", "Größe\t🎈"),
        ("\x1b[31mrot", "\\x1b[31mrot"),
        ("a\nb\r", "a\\x0ab\\x0d"),
        ("\x00\x07\x7f\x9b", "\\x00\\x07\\x7f\\x9b"),
        ("fest\u202egpj.exe", "fest\\x202egpj.exe"),
        ("a\u200bb\u2028\u2066\ufeff", "a\\x200bb\\x2028\\x2066\\xfeff"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_instead(text: str, shown: str):
    assert visible(text) == shown


@given(st.text())
@settings(max_examples=100)
def test_nothing_that_is_shown_is_a_control(text: str):
    shown = visible(text)
    assert all(char == "\t" or unicodedata.category(char) != "Cc" for char in shown)
    assert visible(shown) == shown


@pytest.mark.parametrize(
    "char",
    [
        "\x00",
        "\x08",
        "\x0b",
        "\x1b",
        "\x7f",
        "\x85",
        "\u2028",
        "\u202a",
        "\u202e",
        "\ufeff",
        "\ufff9",
        "\uffff",
    ],
)
def test_what_nobody_means_to_type_is_refused(char: str):
    hit = refused(f"Größe{char}x{char}")
    assert hit is not None
    assert (hit.start(), hit[0]) == (5, char)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Größe\t\n",
        "مرحبا\u200f",
        "a\u200db\u200c",
        "\u00a0\u00ad",
        "🎈",
        "\u2066a\u2069",
        string.printable.replace("\r", "").replace("\x0b", "").replace("\x0c", ""),
    ],
)
def test_what_people_type_is_not_refused(text: str):
    assert refused(text) is None
