"""What a site loads → its policy: all that it brings itself, and nothing it doesn't need."""

import pytest

from netzsite.rendering.policy import needs, policy

LEAST = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; object-src 'none'; "
    "worker-src 'none'; frame-src 'none'; form-action 'none'"
)


def test_a_site_that_needs_nothing_may_show_its_pictures_and_styles():
    assert policy(()) == LEAST
    assert policy(needs('<p>Text</p><script type="application/ld+json">{}</script>')) == LEAST


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        ("<script src='/static/a.js' defer></script>", "script-src 'self'"),
        ("<SCRIPT defer\nsrc=a.js></SCRIPT>", "script-src 'self'"),
        ("const answer = await fetch('../suche.json')", "connect-src 'self'"),
        ("@font-face { font-family: a; src: url(a.woff2) }", "font-src 'self'"),
        ("<video controls src=a.webm></video>", "media-src 'self'"),
        ('<link rel="manifest" href="a.webmanifest">', "manifest-src 'self'"),
        ("<iframe src=karte.html title=Karte></iframe>", "frame-src 'self'"),
        ("<form role=search></form>", "form-action 'self'"),
        ("a { background: url(data:image/svg+xml;base64,x) }", "img-src 'self' data:"),
    ],
)
def test_what_a_file_shows_is_allowed(text: str, directive: str):
    written = policy(needs(text)).split("; ")
    assert directive in written
    more = 1 if directive.partition(" ")[0] not in LEAST else 0
    assert len(written) == len(LEAST.split("; ")) + more


@pytest.mark.parametrize("names", [(), ("script-src", "connect-src", "form-action", "data:")])
def test_no_policy_allows_what_a_page_must_not_have(names: tuple[str, ...]):
    written = policy(names)
    assert written.startswith("default-src 'none'; ")
    assert "base-uri 'none'" in written
    for sign in ("unsafe", "*", "http", "nonce", "blob:", "strict-dynamic"):
        assert sign not in written


@pytest.mark.parametrize("needed", [("form-action", "data:", "script-src"), ("script-src", "data:", "form-action")])  # fmt: skip
def test_the_order_of_needs_changes_nothing(needed: tuple[str, ...]):
    assert policy(needed) == policy(reversed(needed))
