"""An application → answers on a port of this computer, in a thread of its own."""

import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn
from starlette.types import ASGIApp

TRIES: Final = 50
"""Ports that are tried after the one that is asked for."""
_PATIENCE: Final = 2
"""Seconds that open connections get when the server ends."""


def bind(host: str, port: int) -> socket.socket:
    """Take a port, or the next free one; 0 is any. Raises ``OSError`` when there is none."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    last = port + TRIES if port else 0
    while True:
        taken = socket.socket(family, kind)
        if sys.platform == "win32":
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((address[0], port, *address[2:]))
            taken.listen(128)
        except OSError:
            taken.close()
            if port >= min(last, 65535):
                raise
            port += 1
        else:
            return taken


def address_of(taken: socket.socket) -> str:
    """Write the address that a browser on this computer asks for."""
    host, port = taken.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what was asked for
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


@contextmanager
def serving(app: ASGIApp, taken: socket.socket) -> Iterator[None]:
    """Answer on a port that was taken, until the context ends."""
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,
        )
    )
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [taken]}, name="preview", daemon=True
    )
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.005)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(2 * _PATIENCE)
        taken.close()
