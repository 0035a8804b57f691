"""Fragments and ends → the HTML that one page shows, with its own relative links."""

import pytest

from netzsite.catalogue import catalogue
from netzsite.markdown.render import Rendered, render
from netzsite.network.cards import End, Link, Text
from netzsite.rendering.job import Frame, Tools
from netzsite.rendering.templates import Templates
from netzsite.rendering.texts import write, write_absolute


def tools(
    fragments: dict[str, tuple[str, ...]], here: str = "/a/b/", portable: bool = False
) -> Tools:
    frame = Frame(
        title="Netz",
        language="de",
        direction="ltr",
        base_url="https://muster.de/netz",
        timezone="Europe/Berlin",
        tagline=None,
        menu=(),
        legal=(),
        portable=portable,
        policy="default-src 'self'",
    )
    return Tools(
        here=here,
        frame=frame,
        words=catalogue("de"),
        fragments=fragments,
        templates=Templates({}, ""),
        template="",
    )


LINK = {"x": ("<p><a", ">Treff</a></p>")}
PICTURE = {"x": ('<p><img alt="Beet"', "></p>")}


@pytest.mark.parametrize(
    ("end", "href"),
    [
        (End("/a/c/"), ' href="../c/"'),
        (End("/a/b/"), ' href="./"'),
        (End("/a/b/#c"), ' href="#c"'),
        (End("#c"), ' href="#c"'),
        (End("/media/x.pdf#page=2"), ' href="../../media/x.pdf#page=2"'),
        (End("/x/?a=1&b=2"), ' href="../../x/?a=1&amp;b=2"'),
        (End(), ""),
        (End("https://x.org/?a=1&b=\"'<>", outside=True), ' href="https://x.org/?a=1&amp;b=&quot;&#x27;&lt;&gt;" rel="noreferrer"'),
        (End("mailto:a@b.de", outside=True), ' href="mailto:a@b.de"'),
        (End("tel:+49261", outside=True), ' href="tel:+49261"'),
        (End("geo:50,7", outside=True), ' href="geo:50,7"'),
    ],
)  # fmt: skip
def test_a_link_is_written_for_its_page(end: End, href: str):
    assert write(Text("x", (end,)), tools(LINK)) == f"<p><a{href}>Treff</a></p>"


@pytest.mark.parametrize(
    ("end", "src"),
    [
        (End("/media/b.jpg", width=30, height=20), ' src="../../media/b.jpg" width="30" height="20" loading="lazy"'),
        (End("/media/b.svg"), ' src="../../media/b.svg" loading="lazy"'),
        (End(), ""),
    ],
)  # fmt: skip
def test_a_picture_has_the_room_it_needs(end: End, src: str):
    assert write(Text("x", (end,)), tools(PICTURE)) == f'<p><img alt="Beet"{src}></p>'


def test_for_reading_from_disk_links_name_the_file():
    found = write(Text("x", (End("/a/c/"),)), tools(LINK, portable=True))
    assert 'href="../c/index.html"' in found


@pytest.mark.parametrize(
    ("end", "href"),
    [
        (End("/a/c/"), "https://muster.de/netz/a/c/"),
        (End("#c"), "https://muster.de/netz/aktuelles/fest/#c"),
        (End("https://x.org/", outside=True), "https://x.org/"),
        (End("/media/x.pdf#page=2"), "https://muster.de/netz/media/x.pdf#page=2"),
    ],
)
def test_in_feeds_links_are_absolute_whatever_the_page(end: End, href: str):
    for portable in (True, False):
        found = write_absolute(
            Text("x", (end,)), tools(LINK, portable=portable), here="/aktuelles/fest/"
        )
        assert f'href="{href}"' in found


def test_a_picture_in_a_feed_is_absolute():
    end = End("/media/b.jpg", width=3, height=2)
    found = write_absolute(Text("x", (end,)), tools(PICTURE), here="/aktuelles/fest/")
    assert 'src="https://muster.de/netz/media/b.jpg" width="3" height="2"' in found


def test_several_texts_of_a_page_keep_their_headings_and_ids_apart():
    rendered = render("# Zeiten\n\n[oben](#zeiten)[^1]\n\n[^1]: Ja.", "x.md", 1)
    assert isinstance(rendered, Rendered)
    text = Text("x", tuple(End(target.to) for target in rendered.body.targets))
    found = write(text, tools({"x": rendered.fragments.parts}), level=3, prefix="ziel-")
    assert '<h3 id="ziel-zeiten">' in found
    assert 'href="#ziel-zeiten"' in found
    assert 'id="ziel-fn-1"' in found
    assert 'href="#ziel-fn-1"' in found
    assert write(text, tools({"x": rendered.fragments.parts})).count("ziel-") == 0


def test_a_text_that_lacks_an_end_is_a_bug():
    with pytest.raises(ValueError, match="zip"):
        write(Text("x", ()), tools(LINK))
    with pytest.raises(KeyError):
        write(Text("y", ()), tools(LINK))


def test_a_directive_writes_its_list_with_links_from_here_and_escapes_names():
    rendered = render("Dabei sind:\n\n:::actors\n\nUnd Sie.", "pages/x.md", 1)
    assert isinstance(rendered, Rendered)
    assert [target.to for target in rendered.body.targets] == [":::actors"]
    (spot,) = rendered.spots
    assert (spot.line, spot.width) == (3, 9)
    entries = ((Link("Café „A & B“", "/akteure/a/"), "Verein <x>"),)
    text = Text("t", (End(entries=entries),))
    parts = tools({"t": rendered.fragments.parts})
    assert write(text, parts) == (
        "<p>Dabei sind:</p>\n<ul>\n"
        '<li><a href="../../akteure/a/">Café „A &amp; B“</a><br>Verein &lt;x&gt;</li>\n'
        "</ul>\n<p>Und Sie.</p>"
    )
    assert '<a href="https://muster.de/netz/akteure/a/">' in write_absolute(text, parts, here="/x/")


def test_a_directive_is_no_excerpt_and_none_in_the_middle_of_a_sentence():
    rendered = render(":::actors\n\nDas sind wir, siehe :::actors.", "pages/x.md", 1)
    assert isinstance(rendered, Rendered)
    assert rendered.body.excerpt == "Das sind wir, siehe :::actors."
    assert len(rendered.body.targets) == 1
