"""What there is for whom → Markdown to paste into minutes, tables for the terminal.

Both are made of the same blocks: a heading with a table or with sentences below it.
"""

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from msgspec import Struct

from netzsite.catalogue import Catalogue
from netzsite.network.cooperation import Tie
from netzsite.rendering.dates import format_day
from netzsite.rendering.environment import language_name
from netzsite.reports.coverage import Coverage, Ease
from netzsite.reports.todo_format import escaped, visible_lines
from netzsite.times.vocabulary import words as day_words
from netzsite.times.words import ALL_DAYS

NONE: Final = "–"
_WIDTH: Final = 100
"""Letters in a line of the terminal."""
_ROOM: Final = 32
"""Letters that a last column needs; with less, each row is a sentence."""

Row = tuple[str, ...]


class Block(Struct, frozen=True, kw_only=True):
    """A heading with what stands below it."""

    title: str
    heads: Row = ()
    rows: tuple[Row, ...] = ()
    lines: tuple[str, ...] = ()
    """Sentences; ``note`` is the one before the table."""
    note: str = ""


def markdown(found: Coverage, words: Catalogue) -> str:
    """Write the report as Markdown, with tables (GitHub Flavored Markdown, 4.10)."""
    parts = [f"# {escaped(_title(found, words))}", escaped(_summary(found, words))]
    for block in _blocks(found, words):
        parts.append(f"## {escaped(block.title)}")
        if block.note:
            parts.append(escaped(block.note))
        if block.rows:
            rule = tuple("---" for _ in block.heads)
            rows = (_cells(block.heads), rule, *map(_cells, block.rows))
            parts.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
        if block.lines:
            parts.append("\n".join(f"- {escaped(line)}" for line in block.lines))
    return visible_lines("\n\n".join(parts))


def _cells(row: Row) -> Row:
    return tuple(escaped(cell) for cell in row)


def table(found: Coverage, words: Catalogue) -> str:
    """Write the report for a terminal of a hundred letters a line."""
    parts = [_title(found, words), _summary(found, words)]
    for block in _blocks(found, words):
        lines = [block.title.upper(), *([block.note] if block.note else [])]
        lines += _columns(block)
        for line in block.lines:
            lines += wrap(line, _WIDTH, initial_indent="  ", subsequent_indent="    ")
        parts.append("\n".join(lines))
    return visible_lines("\n\n".join(parts))


def _columns(block: Block) -> Iterator[str]:
    """Set a table; heads that would make it too wide become numbers, told above it."""
    if not block.rows:
        return
    heads = block.heads
    if sum(map(len, heads)) + 2 * len(heads) > _WIDTH - max(len(row[0]) for row in block.rows):
        heads = (heads[0], *(str(number) for number in range(1, len(heads))))
        legend = ", ".join(
            f"{number} {head}" for number, head in zip(heads[1:], block.heads[1:], strict=True)
        )
        yield from wrap(legend, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    widths = [max(len(row[place]) for row in (heads, *block.rows)) for place in range(len(heads))]
    room = _WIDTH - 2 - sum(width + 2 for width in widths[:-1])
    if room < _ROOM and widths[-1] > room:
        for row in block.rows:
            line = f"{' – '.join(row[:-1])}: {row[-1]}"
            yield from wrap(line, _WIDTH, initial_indent="  ", subsequent_indent="    ")
        return
    for row in (heads, *block.rows):
        start = "  " + "".join(
            cell.ljust(width) + "  " for cell, width in zip(row[:-1], widths, strict=False)
        )
        first, *more = wrap(row[-1], room) or [""]
        yield f"{start}{first}".rstrip()
        yield from (" " * len(start) + line for line in more)


def _title(found: Coverage, words: Catalogue) -> str:
    day = format_day(found.today, words.language.partition("-")[0])
    return words.report["coverage_title"].format(site=found.site, day=day)


def _summary(found: Coverage, words: Catalogue) -> str:
    return words.report["coverage_summary"].format(
        offers=len(found.offers),
        actors=len(found.actors),
        groups=len(found.groups),
        topics=len(found.topics),
    )


def _blocks(found: Coverage, words: Catalogue) -> Iterator[Block]:
    """Give the blocks that have something to say."""
    for block in (
        _matrix(found, words),
        _offers(found, words),
        _gaps(found, words),
        _ease("coverage_topics", "topics", found.topics, words),
        _ease("coverage_groups", "section_target_groups", found.groups, words),
        _spread(found, words),
        _unsaid(found, words),
        _ties(found, words),
        Block(title=words.report["coverage_untied"], lines=found.untied),
    ):
        if block.rows or block.lines:
            yield block


def _matrix(found: Coverage, words: Catalogue) -> Block:
    rows = tuple(
        (row.group.label, *(str(len(cell)) if cell else NONE for cell in row.cells))
        for row in found.matrix.rows
    )
    heads = (words.words["for_whom"], *(topic.label for topic in found.matrix.topics))
    note = words.report["coverage_matrix_note"]
    full = rows if found.matrix.topics else ()
    return Block(title=words.report["coverage_matrix"], note=note, heads=heads, rows=full)


def _offers(found: Coverage, words: Catalogue) -> Block:
    rows = tuple(
        (row.group.label, topic.label, "; ".join(link.label for link in cell))
        for row in found.matrix.rows
        for topic, cell in zip(found.matrix.topics, row.cells, strict=True)
        if cell
    )
    heads = (words.words["for_whom"], words.words["topics"], words.words["section_offers"])
    return Block(title=words.report["coverage_offers"], heads=heads, rows=rows)


def _gaps(found: Coverage, words: Catalogue) -> Block:
    """Say for which words there is nothing, and which pairs stay empty; full rows say nothing."""
    bare = {topic.label for topic in found.topics if not topic.offers}
    lines = [_none("coverage_no_topic", topic, words) for topic in found.topics if not topic.offers]
    for row, group in zip(found.matrix.rows, found.groups, strict=True):
        if not group.offers:
            lines.append(_none("coverage_no_group", group, words))
            continue
        missing = [
            topic.label
            for topic, cell in zip(found.matrix.topics, row.cells, strict=True)
            if not cell and topic.label not in bare
        ]
        if missing:
            said = words.report["coverage_no_pair"]
            lines.append(said.format(group=group.label, topics=", ".join(missing)))
    return Block(title=words.report["coverage_gaps"], lines=tuple(lines))


def _none(word: str, term: Ease, words: Catalogue) -> str:
    """Say that there is no offer, and which actors could know of one."""
    said = words.report[word].format(term=term.label)
    ask = words.report["coverage_ask"].format(actors=", ".join(term.actors))
    return f"{said} {ask}" if term.actors else said


def _ease(title: str, first: str, entries: tuple[Ease, ...], words: Catalogue) -> Block:
    names = ("free", "unregistered", "foreign", "weekend", "accessible")
    heads = (
        words.words[first],
        words.words["section_offers"],
        *(words.report[f"coverage_{name}"] for name in names),
    )
    rows = tuple(
        (one.label, str(one.offers), *(str(getattr(one, name) or NONE) for name in names))
        for one in entries
        if one.offers
    )
    note = words.report["coverage_ease_note"]
    return Block(title=words.report[title], heads=heads, rows=rows, note=note)


def _spread(found: Coverage, words: Catalogue) -> Block:
    if not found.offers:
        return Block(title="")
    days = day_words(words.language)
    by_day = ", ".join(
        f"{days.long_day(day)} {count or NONE}"
        for day, count in zip(ALL_DAYS, found.days, strict=True)
    )
    lines = [words.report["coverage_days"].format(days=by_day)]
    spoken = [(language_name(code, words), count) for code, count in found.languages]
    offered = ", ".join(f"{name} {count}" for name, count in spoken if count)
    if offered:
        lines.append(words.report["coverage_languages"].format(languages=offered))
    unused = ", ".join(name for name, count in spoken if not count)
    if unused:
        lines.append(words.report["coverage_unused_languages"].format(languages=unused))
    return Block(title=words.report["coverage_spread"], lines=tuple(lines))


def _unsaid(found: Coverage, words: Catalogue) -> Block:
    heads = (words.report["coverage_about"], "", words.words["section_offers"])
    rows = tuple(
        (words.words[word], str(len(names)), ", ".join(names)) for word, names in found.unsaid
    )
    return Block(title=words.report["coverage_unsaid"], heads=heads, rows=rows)


def _ties(found: Coverage, words: Catalogue) -> Block:
    heads = (words.words["actor"], words.words["with_whom"], words.words["what_together"])
    rows = tuple(
        (found.actors[tie.one], found.actors[tie.other], _what(tie, words)) for tie in found.ties
    )
    return Block(title=words.words["together"], heads=heads, rows=rows)


def _what(tie: Tie, words: Catalogue) -> str:
    names = [link.label for link in (*tie.offers, *tie.agreements, *tie.events)]
    if tie.posts:
        word = "count_posts_one" if tie.posts == 1 else "count_posts"
        names.append(words.words[word].format(n=tie.posts))
    return "; ".join(names)
