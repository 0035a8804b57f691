"""Commands that go on until Ctrl-C, and small edits to a site, for tests of watching and serving."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

from tests.conftest import ROOT

STARTER = ROOT / "netzsite" / "starter" / "content"
POST = "content/posts/2026-11-16-matten-gesucht.md"
PATIENCE = 20.0


def answers(app: Any, scope: dict[str, Any], body: bytes = b"") -> list[dict[str, Any]]:
    """Ask an ASGI application without a server; gives the messages of its answer.

    It runs in a thread of its own: in this one Playwright's loop may be running.
    """
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    return sent


def starter(root: Path) -> Path:
    """Put the starter's site into a folder."""
    shutil.copytree(STARTER, root / "content")
    return root


def put(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def add(root: Path, path: str, text: str) -> None:
    with (root / path).open("a", encoding="utf-8") as file:
        file.write(text)


START = """\
import signal
from netzsite.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # where the tests run with it ignored
main()
"""


class Running:
    """A command of netzsite that goes on until Ctrl-C, as a process of its own."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"} | environment,
        )
        self.lines: list[str] = []
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)
        self._reading.join()
        assert self.process.stdout
        self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def until(self, part: str) -> str:
        """Wait for a line that has this part; gives it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for at, line in enumerate(self.lines):
                if part in line:
                    del self.lines[: at + 1]
                    return line
            time.sleep(0.01)
        raise AssertionError(f"{part!r} isn't in {self.lines}")

    def settle(self) -> None:
        """Wait until it has nothing more to say."""
        seen = -1
        while seen != len(self.lines):
            seen = len(self.lines)
            time.sleep(0.5)

    def memory(self) -> int:
        """Resident bytes of the process."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024

    def processor(self) -> float:
        """Seconds of processor time it has taken so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        self._reading.join()
        return code
