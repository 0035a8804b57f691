"""What GitHub shows of a Markdown text, by its own parser, for comparison with our HTML.

Compared is what a reader gets: elements with their text, links, pictures and alignment. Of no
account are ids, blanks between blocks, the level that headings begin at, and empty lines at the
end of code.
"""

import re

import cmarkgfm
from cmarkgfm.cmark import Options
from selectolax.lexbor import LexborHTMLParser, LexborNode

from netzsite.markdown.render import Rendered, _converter, render
from netzsite.markdown.sanitiser import sanitise

_OPTIONS = Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE
_EXTENSIONS = ["table", "strikethrough", "autolink", "tasklist"]
_BLOCK = "(?:p|div|ul|ol|li|blockquote|pre|table|thead|tbody|tr|td|th|h[1-6]|hr|section|br)"
_AROUND_BLOCKS = re.compile(rf"\s*(</?{_BLOCK}(?: [^>]*)?>)\s*")
_SHOWN = ("href", "src", "alt", "start", "title", "align", "class")
_ALIGNED = ("left", "center", "right")


def theirs(text: str) -> str:
    """The structure that GitHub shows; check boxes are signs, as ours."""
    html = cmarkgfm.markdown_to_html_with_extensions(text, _OPTIONS, _EXTENSIONS)
    html = html.replace('<input type="checkbox" checked="" disabled="" />', "☑")
    html = html.replace('<input type="checkbox" disabled="" />', "☐")
    html = re.sub("([☐☑])\\s*<p>", r"<p>\1 ", html)
    return structure(html.replace('href="http://www.', 'href="https://www.'))


def ours(text: str) -> str:
    """The structure that a reader of a page gets."""
    converter = _converter()
    converter.reset()
    return structure(converter.convert(text))


def told(text: str) -> bool:
    """Whether an editor gets a message of any kind."""
    found = render(text, "x.md", 1)
    return not isinstance(found, Rendered) or bool(found.problems)


def structure(html: str) -> str:
    """Write HTML with just what is compared."""
    page = LexborHTMLParser(f"<body>{_without_ways_back(sanitise(html))}</body>")
    parts: list[str] = []
    assert page.body is not None
    _walk(page.body, parts, verbatim=False)
    written = _AROUND_BLOCKS.sub(r"\1", "".join(parts))
    written = re.sub(r"\s+</code></pre>", "</code></pre>", written)
    levels = [int(level) for level in re.findall("<h([1-6])", written)]
    shift = min(levels, default=0)
    return re.sub("(</?h)([1-6])", lambda hit: f"{hit[1]}{int(hit[2]) - shift}", written).strip()


def _without_ways_back(html: str) -> str:
    """Make footnotes alike: ours are numbered in a ``div`` with a line, theirs in a ``section``."""
    if "fnref" not in html:
        return html
    html = re.sub(r'(?:&nbsp;|\s)*<a [^>]*href="#fnref[^>]*>.*?</a>', "", html)
    html = re.sub(
        r'<div class="footnote">\s*<hr>(.*)</div>', r"<section>\1</section>", html, flags=re.DOTALL
    )
    return re.sub(r'href="#fn[^"]*"', 'href="#fn"', html).replace("<p></p>", "")


def _walk(node: LexborNode, parts: list[str], *, verbatim: bool) -> None:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            text = child.text(deep=False)
            parts.append(text if verbatim else re.sub(r"\s+", " ", text))
            continue
        if not child.tag.isalnum():  # a comment
            continue
        shown = {key: child.attributes[key] for key in _SHOWN if child.attributes.get(key)}
        if "align" in shown:
            shown["class"] = shown.pop("align")
        if shown.get("class") not in _ALIGNED:
            shown.pop("class", None)
        parts.append(
            "".join((f"<{child.tag}", *(f" {k}={v}" for k, v in sorted(shown.items())), ">"))
        )
        _walk(child, parts, verbatim=verbatim or child.tag == "pre")
        if child.tag not in ("br", "hr", "img"):
            parts.append(f"</{child.tag}>")
