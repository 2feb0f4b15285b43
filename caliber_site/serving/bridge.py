"""Between the event loop and the site: WSGI, answered by threads.

A request takes a thread once all of it has arrived, and gives it back while its answer is on its
way: who sends or reads slowly keeps nobody waiting.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, TypeVar

from caliber_site.serving.answer import Answer, HeaderList, encode
from caliber_site.serving.request import make_environ

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope

IN_MEMORY = 256 * 1024
"""Bytes of a request's body from which on it is kept in a file."""

MOST = 256
"""Requests that a worker answers or lets wait, some seconds of work: others are told to come again,
for whoever waits longer has gone.
"""

BUSY: HeaderList = [("Content-Type", "text/plain"), ("Content-Length", "5"), ("Retry-After", "5")]

Early = Callable[["WSGIEnvironment"], Awaitable[tuple[HeaderList, bytes] | None]]
"""Answers a request without a thread, or has None for one that is for the site."""

T = TypeVar("T")


@dataclass(frozen=True)
class Site:
    """What is served.

    Attributes:
        answer: The site, a WSGI application.
        early: What answers some requests before it.
        longest: Bytes of a request's body of which it does not want to read more.
    """

    answer: "WSGIApplication"
    early: Early | None = None
    longest: int = sys.maxsize


class Bridge:
    """An ASGI application that has a site answer."""

    def __init__(self, site: Site, threads: int) -> None:
        """Make it.

        Args:
            site: The site.
            threads: How many requests are answered at a time.
        """
        self._site = site
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self._here = 0

    async def __call__(
        self, scope: "Scope", receive: "ASGIReceiveCallable", send: "ASGISendCallable"
    ) -> None:
        """Answer a request."""
        if scope["type"] != "http":  # uvicorn is told to take nothing else
            raise NotImplementedError(scope["type"])
        if self._here >= MOST:
            await _send(send, 503, encode(BUSY), b"Busy\n")
            return
        self._here += 1
        try:
            with SpooledTemporaryFile(IN_MEMORY) as body:
                environ = make_environ(scope, body)
                if await self._receive(environ, body, receive):
                    await self._answer(environ, send)
        finally:
            self._here -= 1

    async def _receive(
        self, environ: "WSGIEnvironment", body: IO[bytes], receive: "ASGIReceiveCallable"
    ) -> bool:
        """Receive as much of a body as the site wants; return whether the sender is still there."""
        given = environ.get("CONTENT_LENGTH")
        has_more = "HTTP_TRANSFER_ENCODING" in environ if given is None else int(given) > 0
        if given is not None and int(given) > self._site.longest:
            return True  # the site says so by its length
        length = 0
        while has_more and length <= self._site.longest:
            message = await receive()
            if message["type"] != "http.request":
                return False
            body.write(message["body"])
            length += len(message["body"])
            has_more = message["more_body"]
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        environ["CONTENT_LENGTH"] = str(length)
        body.seek(0)
        return True

    async def _answer(self, environ: "WSGIEnvironment", send: "ASGISendCallable") -> None:
        early = await self._site.early(environ) if self._site.early else None
        if early:
            await _send(send, 200, encode(early[0]), early[1])
            return
        answer = await self._run(Answer, self._site.answer, environ)
        part = answer.part
        try:
            await _begin(send, answer.status, answer.headers)
            while part.has_more:
                await _continue(send, part.body, has_more=True)
                part = await self._run(answer.take)
            await _continue(send, part.body, has_more=False)
        finally:
            if part.has_more:
                await self._run(answer.close)

    def _run(self, function: Callable[..., T], *given: Any) -> "asyncio.Future[T]":
        return asyncio.get_running_loop().run_in_executor(self._threads, function, *given)


async def _send(
    send: "ASGISendCallable", status: int, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    await _begin(send, status, headers)
    await _continue(send, body, has_more=False)


async def _begin(send: "ASGISendCallable", status: int, headers: list[tuple[bytes, bytes]]) -> None:
    await send(
        {"type": "http.response.start", "status": status, "headers": headers, "trailers": False}
    )


async def _continue(send: "ASGISendCallable", body: bytes, *, has_more: bool) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": has_more})
