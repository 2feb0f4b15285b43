"""The bodies of requests, received before a thread is taken: in memory, or in files if long."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING

from caliber_site.serving.request import make_environ

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from uvicorn._types import ASGIReceiveCallable, HTTPScope

IN_MEMORY = 256 * 1024
"""Bytes of a body from which on it is kept in a file."""

MOST_BYTES = 256 * 1024 * 1024
"""That all bodies of a worker may have, beside short ones: a dozen uploads at a time."""


class BusyError(Exception):
    """There is more to do than can be done; who asks may come again."""


class Intake:
    """Receives the requests of a worker."""

    def __init__(self, longest: int) -> None:
        """Make it.

        Args:
            longest: Bytes of a body of which the site does not want to read more.
        """
        self._longest = longest
        self._total = 0

    @asynccontextmanager
    async def receive(
        self, scope: "HTTPScope", receive: "ASGIReceiveCallable"
    ) -> "AsyncIterator[WSGIEnvironment | None]":
        """Have a request with as much of its body as the site wants; None if its sender has gone.

        Raises:
            BusyError: Too much is here already.
        """
        length = 0
        with SpooledTemporaryFile(IN_MEMORY) as body:
            environ = make_environ(scope, body)
            has_more, is_there = _has_body(environ, self._longest), True
            try:
                while has_more and length <= self._longest and is_there:
                    message = await receive()
                    is_there = message["type"] == "http.request"
                    if message["type"] == "http.request":
                        body.write(message["body"])
                        length += len(message["body"])
                        self._total += len(message["body"])
                        has_more = message["more_body"]
                    if self._total > MOST_BYTES and length > IN_MEMORY:
                        raise BusyError
                body.seek(0, os.SEEK_SET)
                if environ.pop("HTTP_TRANSFER_ENCODING", None):
                    environ["CONTENT_LENGTH"] = str(length)
                yield environ if is_there else None
            finally:
                self._total -= length


def _has_body(environ: "WSGIEnvironment", longest: int) -> bool:
    """Return whether there is a body to be read: of one that is too long the length says enough."""
    told = environ.setdefault("CONTENT_LENGTH", "0")
    return "HTTP_TRANSFER_ENCODING" in environ or 0 < int(told) <= longest
