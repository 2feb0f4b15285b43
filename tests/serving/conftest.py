"""A worker in this process, on a free port, for a site that a test makes up."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from threading import Thread
from typing import TYPE_CHECKING, Any
from wsgiref.validate import validator

import pytest

from caliber_site.serving.bridge import Bridge, Early, Site
from caliber_site.serving.connection import Find
from caliber_site.serving.worker import Worker

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

PATIENCE = 30


class Served:
    """A worker that serves, and connections to it."""

    def __init__(self, worker: Worker, port: int) -> None:
        self.worker, self._port = worker, port

    def connect(self) -> HTTPConnection:
        """Return a connection, as a library makes it."""
        return HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)

    def send(self, data: bytes) -> socket.socket:
        """Send bytes by a new connection, and return it."""
        connection = socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE)
        connection.sendall(data)
        return connection

    def ask(self, data: bytes) -> bytes:
        """Send bytes, and return all that comes until the other end closes."""
        with self.send(data) as connection:
            return read_all(connection)


def read_all(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(65536), b""))


Serving = Callable[..., Served]


@pytest.fixture
def serving() -> Iterator[Serving]:
    """Serve a site, which is held to all of WSGI's rules."""
    with ExitStack() as stack:

        def serve(
            answer: "WSGIApplication",
            find: Find | None = None,
            early: Early | None = None,
            longest: int = 10**6,
            threads: int = 2,
            is_page: Callable[["WSGIEnvironment"], bool] | None = None,
            sets_apart: bool = False,
            begin: Callable[[], object] | None = None,
        ) -> Served:
            checked: Any = validator(answer)
            bridge = Bridge(Site(checked, early, is_page, sets_apart, longest, begin), threads)
            return stack.enter_context(run(Worker(bridge, find)))

        yield serve


@contextmanager
def run(worker: Worker) -> Iterator[Served]:
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    thread = Thread(target=worker.run, args=([listening],))
    thread.start()
    try:
        yield Served(worker, port)
    finally:
        worker.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive()
