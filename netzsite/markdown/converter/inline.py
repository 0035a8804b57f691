"""Signs inside the texts of a tree → elements, in the order of Python-Markdown's own walk.

The patterns are the library's. Its walk tries each of them on each text, through a registry that
builds a list at every look. This one first asks whether a text holds the characters without which
a pattern can't match. What happens stays in the library's order, oddities included, since the
numbers of footnotes and of placeholders hang on it. Below the whole tree processor the library has
no point to extend, so this takes the place of the one that is registered as ``inline``.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    DelimiterProcessor,
    InlineProcessor,
    LinkInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, INLINE_PLACEHOLDER_PREFIX, INLINE_PLACEHOLDER_RE, AtomicString

from netzsite.markdown.converter.blocks import Blocks
from netzsite.markdown.converter.dialect import IN_WORD, delimit

_MARKS: Final = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    "reference": "[",
    "link": "](",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "\n",
    "bare_url": "://",
    "bare_www": "www.",
    "bare_mail": ".",
    "html": "<",
    "entity": "&",
}
"""What a text must hold for a pattern to match. Emphasis begins with one of two signs: none."""
_REFERRING: Final = {"reference", "image_reference", "short_reference", "short_image_ref"}
"""Patterns that find nothing in a document without a definition (``[id]: address``)."""
_IN_DOCUMENT: Final = {"bare_mail": "@"}
"""What the document must hold for a pattern, where its text may hold it in another form."""
_SIGNS: Final = re.compile(r"[`\\\[<&*_@~\x02]")
"""What any pattern needs, or a placeholder begins with; but for line breaks and addresses."""
# When nothing is pending and the next sign is a run of the same length, it is what the library's
# stack would pair; ``_`` has more rules, and a text with it inside is left to the library.
_EMPHASIS: Final = re.compile(
    rf"(?<!\*)(?!{IN_WORD})(\*\*?)(?![\s*])([^*_~]++)(?<!\s)(?!{IN_WORD})\1(?!\*)"
)
_BRACKET: Final = r"\[(?<!!\[)"
"""The library's ``(?<!!)\\[``, written so that the search runs from bracket to bracket."""
# Without brackets, quotes, blanks and placeholders (STX) the library reads just these two parts.
_LINK: Final = re.compile(r"""\[([^\[\]]*)\]\(([^\s()<>'"\x02]*)\)""")

_Found = tuple[Element | str | None, int | None, int | None]


class _Step(NamedTuple):
    mark: str
    bare: bool
    """Whether it reads bare addresses, which are none inside a link."""
    find: Callable[[str, int], Iterator[re.Match[str]]]
    handle: Callable[[re.Match[str], str], _Found]


class Inline(Treeprocessor):
    """Finds inline signs and puts elements in their place."""

    def __init__(self, md: Markdown) -> None:
        """Take the patterns registered so far; raises ``TypeError`` for one it can't serve."""
        super().__init__(md)
        self.stashed_nodes: dict[str, Element | str] = {}
        """What stands for each placeholder; the patterns look into it."""
        names = {id(md.inlinePatterns[name]): name for name in _MARKS}
        known = []
        for pattern in md.inlinePatterns:
            excluded = tuple(pattern.ANCESTOR_EXCLUDES)
            if not isinstance(pattern, InlineProcessor) or excluded not in ((), ("a",)):
                raise TypeError(f"{pattern!r} needs the library's own walk")
            name = names.get(id(pattern), "")
            find = pattern.getCompiledRegExp().finditer
            step = _Step(_MARKS.get(name, ""), bool(excluded), find, pattern.handleMatch)
            known.append((name, step))
        self._known = tuple(known)
        self._steps: tuple[_Step, ...] = ()

    def run(self, root: Element) -> None:
        """Walk through the tree level by level, and through the elements that are put in."""
        self.stashed_nodes = {}
        self._steps = self._needed()
        waiting = [root]
        for element in waiting:  # grows while it is walked through
            found = []
            for child in element:  # so does this
                text, tail = child.text, child.tail
                if text and _has_signs(text):
                    child.text = None
                    inner = self._insert(self._stash(text, 0), child, is_text=True)
                    waiting += inner
                    found.append((child, inner))
                if tail and _has_signs(tail):
                    self._run_tail(tail, child, element)
                if len(child):
                    waiting.append(child)
            for child, inner in found:
                for at, new in enumerate(inner):
                    child.insert(at, new)

    def _needed(self) -> tuple[_Step, ...]:
        """List the patterns that can match somewhere in the document at hand."""
        assert self.md is not None
        assert isinstance(self.md.parser, Blocks)
        document, referring = self.md.parser.text, bool(self.md.references)
        return tuple(
            step
            for name, step in self._known
            if step.mark in document
            and (referring or name not in _REFERRING)
            and _IN_DOCUMENT.get(name, "") in document
        )

    def _run_tail(self, tail: str, child: Element, element: Element) -> None:
        holder = Element("d")
        inner = self._insert(self._stash(tail, 0), holder, is_text=False)
        child.tail = holder.tail or None
        if inner:
            at = list(element).index(child) + 1
            for new in reversed(inner):
                element.insert(at, new)

    def _stash(self, data: str, first: int, *, in_link: bool = False) -> str:
        """Put placeholders for all that the patterns find, from the one at this index on."""
        if isinstance(data, AtomicString):
            return data
        steps = self._steps
        for index in range(first, len(steps)):
            if steps[index].mark in data and not (in_link and steps[index].bare):
                start: int | None = 0
                while start is not None:
                    data, start = self._stash_next(data, index, start)
        return data

    def _stash_next(self, data: str, index: int, start: int) -> tuple[str, int | None]:
        """Stash the next match of a pattern; gives where to search on, or None without a match."""
        _, _, find, handle = self._steps[index]
        for match in find(data, start):
            node, begin, end = handle(match, data)
            if begin is not None and end is not None:
                break
        else:
            return data, None
        if node is None:
            return data, end
        if not isinstance(node, str) and not isinstance(node.text, AtomicString):
            for child in (node, *node):
                if child.text:
                    in_link = child.tag == "a"
                    child.text = self._stash(child.text, index + 1, in_link=in_link)
                if child.tail:
                    child.tail = self._stash(child.tail, index)
        name = f"{len(self.stashed_nodes):04d}"
        self.stashed_nodes[name] = node
        placeholder = f"{INLINE_PLACEHOLDER_PREFIX}{name}{ETX}"
        return f"{data[:begin]}{placeholder}{data[end:]}", begin + len(placeholder)

    def _insert(self, data: str, parent: Element, *, is_text: bool) -> list[Element]:
        """Give the elements behind the placeholders; what lies between goes to the one before."""
        found: list[Element] = []
        start = 0
        while (at := data.find(INLINE_PLACEHOLDER_PREFIX, start)) >= 0:
            hit = INLINE_PLACEHOLDER_RE.search(data, at)
            node = self.stashed_nodes.get(hit[1]) if hit else None
            if hit is None or node is None:  # looks like a placeholder, and is none
                end = at + len(INLINE_PLACEHOLDER_PREFIX)
                _append(data[start:end], found, parent, is_text=is_text)
                start = end
                continue
            _append(data[start:at], found, parent, is_text=is_text)
            if isinstance(node, str):
                _append(node, found, parent, is_text=is_text)
            else:
                self._insert_inside(node)
                found.append(node)
            start = hit.end()
        rest = data[start:]
        if isinstance(data, AtomicString):
            rest = AtomicString(rest)
        _append(rest, found, parent, is_text=is_text)
        return found

    def _insert_inside(self, node: Element) -> None:
        for child in (node, *node):
            text, tail = child.text, child.tail
            if tail and INLINE_PLACEHOLDER_PREFIX in tail:
                child.tail = None
                at = 0 if child is node else list(node).index(child) + 1
                for new in reversed(self._insert(tail, child, is_text=False)):
                    node.insert(at, new)
            if text and INLINE_PLACEHOLDER_PREFIX in text:
                child.text = None
                for new in reversed(self._insert(text, child, is_text=True)):
                    child.insert(0, new)


def _has_signs(text: str) -> bool:
    if isinstance(text, AtomicString):
        return False
    return _SIGNS.search(text) is not None or "  \n" in text or "://" in text or "www." in text


def _append(text: str, found: list[Element], parent: Element, *, is_text: bool) -> None:
    """Add a text behind the last element found, else to the parent's text or tail."""
    if not text:
        return
    if found:
        last = found[-1]
        last.tail = last.tail + text if last.tail else text
    elif is_text:
        parent.text = parent.text + text if parent.text else text
    else:
        parent.tail = parent.tail + text if parent.tail else text


class _Links(LinkInlineProcessor):
    """The library's links; a usual one is read at once, and not character by character."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - as the library does
        self, m: re.Match[str], data: str
    ) -> _Found:
        """Read ``[text](address)`` without brackets, quotes or blanks, else leave it."""
        hit = _LINK.match(data, m.start())
        if hit is None:
            return super().handleMatch(m, data)
        element = Element("a", href=hit[2])
        element.text = hit[1]
        return element, hit.start(), hit.end()


class _Delimiters(DelimiterProcessor):
    """The library's emphasis; a usual one is read at once, and the next sign is looked up."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - as the library does
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Read ``**text**`` without another sign in it, else leave it to the library."""
        hit = None if self.regions else _EMPHASIS.match(data, m.start())
        if hit is None:
            return super().handleMatch(m, data)
        element = Element("strong" if len(hit[1]) > 1 else "em")
        element.text = hit[2]
        return element, hit.start(), hit.end()

    def search(self, data: str, start: int) -> re.Match[str] | None:
        """Find the next sign that opens or, when something is open, closes."""
        for hit in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[hit[0]]
            match = delimiter.boundary.match(data, hit.start())
            if match is not None and (delimiter.stack or match.lastgroup != "end"):
                return match
        return None


def replace(md: Markdown) -> None:
    """Put the quicker patterns and the walk in the place of the library's."""
    md.inlinePatterns.register(_Links(_BRACKET, md), "link", 160)
    emphasis = _Delimiters("*", "strong,em", md)
    emphasis.add("_", "strong,em", smart=True)
    delimit(emphasis)
    md.inlinePatterns.register(emphasis, "em_strong", 60)
    md.treeprocessors.register(Inline(md), "inline", 20)
