"""How a worker takes its leave without dropping a request."""

import os
import socket
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

LAST_SECONDS = 1.0
"""How long connections may be silent, once no more are taken, before they are closed."""

PAUSE = 0.05
"""Seconds between two looks at whether there still are any."""


class Worker:
    """A worker's site, which can stop taking connections while it answers those it has.

    Granian's own end closes connections that have not sent their request yet, new ones too.
    """

    def __init__(self, site: WSGIApplication, listening: int) -> None:
        """Keep what is served, and the file number of the socket that connections come by."""
        self._site, self._listening = site, listening
        self._leaving = False
        self._asked_at = 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        """Answer a request; the last one of its connection where the worker is leaving."""
        if self._leaving:
            self._asked_at = time.monotonic()
            if environ["SERVER_PROTOCOL"].startswith("HTTP/1"):
                start_response = _closing(start_response)
        return self._site(environ, start_response)

    def leave(self) -> None:
        """Take no more connections, and end those that are open after their next answer."""
        self._asked_at, self._leaving = time.monotonic(), True
        with socket.socket(fileno=os.dup(self._listening)) as listening:
            address = _address(listening)
        # Who accepts from here on waits at a socket that nobody knows; the parent has the other.
        with socket.socket(socket.AF_UNIX) as nobody:
            nobody.bind("")
            nobody.setblocking(False)
            nobody.listen()
            for number in _copies(self._listening):
                os.dup2(nobody.fileno(), number, inheritable=False)
        time.sleep(PAUSE)  # for those that were being accepted
        while _has_connections(address) and time.monotonic() < self._asked_at + LAST_SECONDS:
            time.sleep(PAUSE)


def _closing(start_response: StartResponse) -> Callable[..., Any]:
    def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        return start_response(status, [*headers, ("Connection", "close")], *error)

    return start


def _address(local: socket.socket) -> object:
    """Return the port at which a socket is had, or its path; connections have the listener's."""
    name = local.getsockname()
    return name[1] if isinstance(name, tuple) else name


def _has_connections(address: object) -> bool:
    """Return whether anybody is connected to this process at an address that it listened at."""
    for file in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # closed by now, or nobody at the other end
            if stat.S_ISSOCK(file.stat().st_mode):
                with socket.socket(fileno=os.dup(int(file.name))) as local:
                    if _address(local) == address:
                        local.getpeername()
                        return True
    return False


def _copies(number: int) -> list[int]:
    """Return the file numbers under which this process has the same socket."""
    wanted, found = os.fstat(number).st_ino, list[int]()
    for file in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the one that lists them is closed by now
            if os.fstat(int(file.name)).st_ino == wanted:
                found.append(int(file.name))
    return found
