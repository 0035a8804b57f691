"""Blocks are those of GitHub, all else has the bytes of the plain library.

``markdown_snippets.md`` holds the corpus: every construct, nested, malformed, and German prose;
each text stands below a line ``%%% group``.
"""

import functools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from netzsite.markdown.converter import Converter, converter, inline, stock
from netzsite.markdown.render import _slugify
from tests import github

WRITTEN = (Path(__file__).parent / "markdown_snippets.md").read_text(encoding="utf-8")
CORPUS = [tuple(part.removesuffix("\n").split("\n", 1)) for part in WRITTEN.split("%%% ") if part]
GROUPS = list(dict.fromkeys(group for group, _ in CORPUS))
SNIPPETS = [text for _, text in CORPUS]
QUICK = converter(_slugify)


def html(md: Markdown, text: str) -> str:
    md.reset()
    try:
        return md.convert(text)
    except RecursionError:
        return "too deep"


@functools.cache
def plain(text: str) -> str:
    """What a fresh instance of the library makes of a text."""
    return html(stock(_slugify), text)


@pytest.fixture(scope="module")
def quick() -> Converter:
    """One for all texts: what is left of one must not reach the next."""
    return converter(_slugify)


def test_the_corpus_is_read_as_it_is_written():
    assert len(SNIPPETS) > 700
    assert "Blanks danach   " in SNIPPETS
    assert {"", " ", "\n", "\t"} <= set(SNIPPETS)


def is_right(md: Converter, text: str, plain_md: Markdown) -> bool:
    """The library's bytes, but where it finds other blocks than GitHub: then GitHub's structure."""
    return html(md, text) == html(plain_md, text) or github.ours(text) == github.theirs(text)


@pytest.mark.parametrize("group", GROUPS)
def test_every_text_of_the_corpus_has_the_librarys_bytes_or_githubs_blocks(
    group: str, quick: Converter
):
    for text in (text for of, text in CORPUS if of == group):
        assert is_right(quick, text, stock(_slugify)), text


def test_most_of_the_corpus_has_the_librarys_bytes(quick: Converter):
    same = sum(html(quick, text) == plain(text) for text in SNIPPETS)
    assert same > 0.75 * len(SNIPPETS)


FRAGMENTS = st.sampled_from(
    [
        *("[", "]", "](", ")", "(", "![", "[a](b)", "![a](b.png)", "[a][b]", "[a]", "[^1]"),
        *("[b]: http://x.y 'T'\n", "[a]: <z>\n", "[^1]: Fuß\n", "[^2]: a\n    b\n", "[TOC]"),
        *("*", "**", "***", "_", "__", "___", "`", "``", "```", "\\", "\\*", "\\`", "\\\\", "\\["),
        *("<", ">", "<b>", "</b>", "<div>", "</div>", "<p>x</p>", "<br>", "<hr>", "<!--", "-->"),
        *("<?a?>", "<![CDATA[x]]>", "<https://a.b/c_d*e>", "<a@b.de>", "<script>", "</script>"),
        *("&", "&amp;", "&#65;", "&#x41 ", "&#65", "&#", ";", "{", "}", "{#id}", "{: .k a=b }"),
        *("|", "a | b\n--|--\n1 | 2\n", "| a |\n|---|\n| *b* |\n", "\n---\n", "\n===\n", "* * *\n"),
        *(
            "\n",
            "\n\n",
            "  \n",
            " ",
            "    ",
            "\t",
            "\r\n",
            "\r",
            "\x0c",
            "\u00a0",
            "\u2028",
            "\x1f",
        ),
        *("- ", "* ", "+ ", "1. ", "7. ", "٠. ", "# ", "###### ", "#", "> ", ">> ", "\n    code\n"),
        *(
            "a",
            "Wort",
            "Größe",
            "foo_bar_baz",
            "innen*außen",
            "“",
            "'",
            '"',
            '"t")',
            "='",
            "ǅ",
            "🎉",
        ),
        # What the library's own placeholders are made of.
        *("\x02", "\x03", "\x02klzzwxh:0000\x03", "\x02wzxhzdk:0\x03", "klzzwxh:0001", "wzxhzdk:0"),
        *("\x0292\x03", "\x02amp\x03", "0001", "///Footnotes Go Here///", "data-toc-label='x'"),
    ]
)


TEXTS = st.lists(FRAGMENTS | st.text(max_size=4) | st.sampled_from(SNIPPETS), max_size=25)


@settings(max_examples=600)
@given(bits=TEXTS)
def test_any_line_gives_the_librarys_bytes(bits: list[str]):
    line = "Wort " + re.sub(r"[\r\n]+|<(?=[a-z/!?])|&#", " ", "".join(bits)) + " Ende"
    assert html(QUICK, line) == html(stock(_slugify), line)


@settings(max_examples=600)
@given(bits=TEXTS)
def test_any_text_is_read_the_same_twice(bits: list[str]):
    text = "".join(bits)
    assert html(QUICK, text) == html(QUICK, text)


def test_a_text_that_was_left_halfway_does_not_reach_the_next(quick: Converter):
    """Everything between two texts but ``reset``; after an error a new instance is made."""
    first = "a[^1] [b] *c\n\n# d\n\n[^1]: e\n\n[b]: f\n\n<div>g</div>"
    second = "a[^1] [b] c*\n\n# d\n\n<div>h</div>"
    for text in (first, second, first, first, second):
        assert html(quick, text) == html(converter(_slugify), text)


def test_all_processors_stand_where_the_librarys_do():
    plain_md, quick_md = stock(_slugify), converter(_slugify)
    for ours, theirs in (
        (quick_md.preprocessors, plain_md.preprocessors),
        (quick_md.parser.blockprocessors, plain_md.parser.blockprocessors),
        (quick_md.inlinePatterns, plain_md.inlinePatterns),
        (quick_md.postprocessors, plain_md.postprocessors),
    ):
        assert len(ours) == len(theirs)
        assert all(isinstance(mine, type(its)) for mine, its in zip(ours, theirs, strict=True))
    assert len(quick_md.treeprocessors) == len(plain_md.treeprocessors)
    for name in ("footnote", "inline", "footnote-duplicate", "prettify", "attr_list", "toc"):
        place = plain_md.treeprocessors.get_index_for_name(name)
        assert quick_md.treeprocessors.get_index_for_name(name) == place


def test_a_pattern_that_needs_the_librarys_walk_is_refused():
    md = converter(_slugify)
    md.inlinePatterns["link"].ANCESTOR_EXCLUDES = ("em",)
    with pytest.raises(TypeError, match="own walk"):
        inline.Inline(md)


def differs() -> bool:
    """Tell whether the corpus shows that a converter made now is wrong."""
    md = converter(_slugify)
    return any(html(md, text) != html(QUICK, text) for text in SNIPPETS)


# A character such as ``&auml;`` is written as it stands even when no pattern finds it.
@pytest.mark.parametrize("name", [name for name in inline._MARKS if name != "entity"])
def test_the_corpus_shows_when_a_pattern_is_left_out(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(inline._MARKS, name, "\x00")
    assert differs()
