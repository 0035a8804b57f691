"""Names and short texts of all records → the index that `static/search.js` reads, and ``/suche/``.

The index is a script, not data to fetch: a page opened from disk may load a script and nothing
else. No body is in it, so that a change of a body leaves it alone; of posts it holds the newest.
Without scripts the page is an A to Z.
"""

import html
import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import chain, groupby
from typing import ClassVar, Final

from msgspec import Struct

from netzsite import text, urls
from netzsite.network.cards import Link
from netzsite.network.network import Network
from netzsite.producers import html_pages, search_entries, sections
from netzsite.producers.html_pages import Head
from netzsite.producers.search_entries import Entry
from netzsite.rendering.job import Fragments, Job, Tools
from netzsite.times.dates import PartialDate

INDEX: Final = "index.js"
MOST: Final = 80
"""So many words of a description can be searched."""
SHORTEST: Final = 4
"""Shorter words of a description say little: articles, prepositions, endings."""
_MARKUP: Final = re.compile(r"<[^>]*>")
_WORD: Final = re.compile(r"[^\W_][\w()*:/-]*\w")


class Listed(Struct, frozen=True, kw_only=True):
    """One entry of the A to Z."""

    link: Link
    kind: str
    line: str | None = None
    day: date | PartialDate | None = None


class Letter(Struct, frozen=True, kw_only=True):
    """What begins with one letter."""

    letter: str
    entries: tuple[Listed, ...]


class SearchView(Struct, frozen=True, kw_only=True):
    """The search; without scripts, everything from A to Z."""

    template: ClassVar = "search.html"
    head: Head
    index: str
    """The address of the script that holds the index."""
    letters: tuple[Letter, ...]
    archive: Link | None
    """Where older posts are that the search doesn't know."""


class IndexArgs(Struct, frozen=True, kw_only=True):
    """All that the index is made of."""

    terms: tuple[tuple[str, tuple[str, ...]], ...]
    """Words of the vocabulary: how they are called, and words that mean the same."""
    entries: tuple[Entry, ...]


def jobs(network: Network) -> Iterator[Job]:
    """Make the index and the page of the search."""
    home = sections.section(network, "search")
    terms = search_entries.terms(network)
    entries = tuple(chain.from_iterable(search_entries.entries(network, terms)))
    yield Job(
        path=urls.file_of(home.address + INDEX),
        render=index,
        args=IndexArgs(terms=tuple(terms.values()), entries=entries),
        texts=tuple(dict.fromkeys(one.description for one in entries if one.description)),
    )
    words = network.words.words
    older = len(network.news) > search_entries.NEWEST
    view = SearchView(
        head=html_pages.head(
            network,
            home.label,
            section="search",
            description=words["about_search"].format(site=network.site.title),
        ),
        index=home.address + INDEX,
        letters=_letters(network, entries),
        archive=Link(words["all_news"], network.route("news")) if older else None,
    )
    yield html_pages.page(home.address, "search.html", view)


def _letters(network: Network, entries: tuple[Entry, ...]) -> tuple[Letter, ...]:
    """Sort everything as in a dictionary, by first letter."""
    order = sorted(entries, key=lambda entry: (text.sort_key(entry.title), entry.address))
    return tuple(
        Letter(letter=letter, entries=tuple(_listed(network, entry) for entry in group))
        for letter, group in groupby(order, key=lambda entry: text.initial(entry.title))
    )


def _listed(network: Network, entry: Entry) -> Listed:
    return Listed(
        link=Link(entry.title, entry.address),
        kind=network.words.kinds[entry.kind]["name"],
        line=entry.line,
        day=entry.day,
    )


def index(args: IndexArgs, tools: Tools) -> bytes:
    """Write the index as a classic script; addresses are relative to the page beside it."""
    from netzsite.rendering.dates import format_day  # noqa: PLC0415 - imports Babel
    from netzsite.rendering.environment import language_name  # noqa: PLC0415 - the same

    here = tools.here.removesuffix(INDEX)
    kinds = tuple(dict.fromkeys(entry.kind for entry in args.entries))
    # Everybody speaks the site's own language: to find it would be to find all.
    spoken = tuple(
        dict.fromkeys(
            code
            for entry in args.entries
            for code in entry.languages
            if code != tools.frame.language
        )
    )
    names = [(language_name(code, tools.words), ()) for code in spoken]
    first = len(args.terms)
    rows = [
        [
            kinds.index(entry.kind),
            entry.title,
            urls.relative(here, entry.address, portable=tools.frame.portable),
            entry.line or (format_day(entry.day, tools.words.language) if entry.day else ""),
            entry.name or "",
            " ".join(entry.synonyms),
            entry.summary or "",
            " ".join((*entry.more, *_words(entry, tools.fragments))),
            [
                *entry.terms,
                *(first + spoken.index(code) for code in entry.languages if code in spoken),
            ],
        ]
        for entry in args.entries
    ]
    whole = {
        "kinds": [tools.words.kinds[kind]["name"] for kind in kinds],
        "ignored": tools.words.words["search_ignored"].split(),
        "terms": [[name, " ".join(same)] for name, same in (*args.terms, *names)],
        "entries": rows,
    }
    written = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    # Line ends of JSON that scripts knew only from 2019 on.
    written = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.netzsiteIndex={written};\n".encode()


def _words(entry: Entry, fragments: Fragments) -> tuple[str, ...]:
    """Give the words of a description that the entry doesn't say elsewhere, each once."""
    if entry.description is None:
        return ()
    shown = " ".join(filter(None, (entry.title, entry.line, entry.summary, *entry.more)))
    said = {word.casefold() for word in _WORD.findall(shown)}
    found: dict[str, str] = {}
    text_ = html.unescape(_MARKUP.sub(" ", "".join(fragments[entry.description])))
    for word in _WORD.findall(text_):
        if len(word) >= SHORTEST and word.casefold() not in said:
            found.setdefault(word.casefold(), word)
    return tuple(found.values())[:MOST]
