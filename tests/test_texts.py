"""Fragments and ends → the HTML that one page shows, with its own relative links."""

import pytest
from msgspec import structs

from netzsite.catalogue import catalogue
from netzsite.markdown.render import Rendered, render
from netzsite.media.sizes import Image
from netzsite.network.cards import End, Link, Picture, Text
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


def drawing(width: int, height: int) -> End:
    image = Image(
        original="media/b.svg", base="/media/b", address="/media/b.svg", width=width, height=height
    )
    return End(image.address, picture=Picture(image=image, alt="Beet"))


def photo() -> End:
    image = Image(
        original="media/b.jpg", base="/media/b", address="/media/b.jpg", width=4000, height=3000,
        formats=("webp", "jpg"),
    )  # fmt: skip
    return End(image.address, picture=Picture(image=image, alt="Beet"))


@pytest.mark.parametrize(
    ("end", "src"),
    [
        (drawing(30, 20), '<figure><img src="../../media/b.svg" alt="Beet" width="30" height="20"></figure>'),
        (drawing(0, 0), '<figure><img src="../../media/b.svg" alt="Beet"></figure>'),
        (End(), ""),
    ],
)  # fmt: skip
def test_a_picture_alone_in_its_paragraph_is_a_figure_with_the_room_it_needs(end: End, src: str):
    assert write(Text("x", (end,)), tools(PICTURE)) == src


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
    found = write_absolute(Text("x", (photo(),)), tools(PICTURE), here="/aktuelles/fest/")
    address = "https://muster.de/netz/media/b-960w.jpg"
    assert found == f'<figure><img src="{address}" alt="Beet" width="960" height="720"></figure>'


def test_within_a_sentence_a_picture_stays_there():
    for html, wanted in (
        ('<p>Hier: <img|alt="Beet"></p>', "<p>Hier: <img "),
        ('<p><a href="#x"><img| alt="Beet"></a></p>', '<p><a href="#x"><img '),
        ('<p><img alt="Beet"|></p>', "<figure><img "),
    ):
        found = write(Text("x", (drawing(3, 2),)), tools({"x": tuple(html.split("|"))}))
        assert found.startswith(wanted)


def test_of_a_picture_that_is_left_out_nothing_stays():
    before, after = "<p>Davor.</p>\n<p><img", ' alt="a > b" title="c">\n</p>\n<p>Danach.</p>'
    assert (
        write(Text("x", (End(),)), tools({"x": (before, after)}))
        == "<p>Davor.</p>\n\n<p>Danach.</p>"
    )
    mixed = ("<p>Hier ", ' alt="Beet"> mitten</p>')
    assert (
        write(Text("x", (End(),)), tools({"x": (mixed[0] + "<img", mixed[1])}))
        == "<p>Hier  mitten</p>"
    )


def test_what_is_said_of_a_picture_stands_below_it():
    html = {"x": ("<p><img", ' alt="Beet" title="Am &quot;Beet&quot; &amp; Baum"></p>')}
    end = photo()
    assert end.picture
    end = structs.replace(end, picture=structs.replace(end.picture, credit="Foto: <wir>"))
    found = write(Text("x", (end,)), tools(html))
    said = "Am &quot;Beet&quot; &amp; Baum – Foto: &lt;wir&gt;"
    assert f"<figcaption>{said}</figcaption></figure>" in found


def test_only_the_first_picture_of_a_page_is_waited_for():
    html = {"x": ("<p><img", "></p><p><img", "></p>")}
    found = write(Text("x", (photo(), photo())), tools(html))
    first, second = found.split("</figure>")[:2]
    assert "lazy" not in first
    assert 'loading="lazy" decoding="async"' in second


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
