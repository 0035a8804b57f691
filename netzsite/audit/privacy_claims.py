"""What the privacy notice promises → the kinds of findings that would break the promise.

Each of them keeps a site from being published. The notice says what stands here and nothing else,
so that neither the text nor the site can change alone.
"""

from typing import Final

PROMISES: Final = {
    "promise_own": ("foreign-origin", "foreign-picture"),
    "promise_stored": ("script-stores",),
    "promise_scripts": ("inline-script", "inline-handler"),
    "promise_links": ("link-with-referrer",),
    "promise_pictures": ("static-with-place",),
}
"""Word of the catalogue → codes, in the order in which the notice says it."""
