"""Questions on a terminal, with completion by the Tab key where Python has readline."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from netzsite.editing.lookup import Options, complete

try:
    import readline
except ImportError:
    HAS_READLINE = False  # Windows
else:
    HAS_READLINE = True


@contextmanager
def completing(options: Options) -> Iterator[Callable[[str], str]]:
    """Give a function that asks, while names of the options are completed."""
    if not HAS_READLINE:
        yield input
        return
    before = readline.get_completer(), readline.get_completer_delims()
    found: list[str] = []

    def completer(typed: str, number: int) -> str | None:
        if number == 0:
            found[:] = complete(typed, options)
        return found[number] if number < len(found) else None

    readline.set_completer(completer)
    readline.set_completer_delims("")
    editline = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if editline else "tab: complete")
    try:
        yield input
    finally:
        readline.set_completer(before[0])
        readline.set_completer_delims(before[1])
