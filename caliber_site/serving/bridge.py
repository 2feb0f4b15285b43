"""Between the event loop and the site: WSGI, answered by threads.

A request takes a thread once all of it has arrived, and gives it back while its answer is on its
way: none waits for who sends or reads slowly.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from caliber_site.ready.answers import HeaderList
from caliber_site.serving.answer import Answer, encode
from caliber_site.serving.intake import BusyError, Intake

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope

MOST = 256
"""Requests that a worker's threads of a kind work on or let wait, some seconds of work: others are
told to come again, for whoever waits longer has gone.
"""

MOST_PAGES = 2048
"""And those for pages, which take a millisecond or two; a tenth of it where many want the same one,
as when a story is new and all of them open it.
"""

BUSY: HeaderList = [
    ("Content-Type", "text/plain"),
    ("Content-Length", "5"),
    ("Retry-After", "5"),
    ("X-Content-Type-Options", "nosniff"),
]

Early = Callable[["WSGIEnvironment"], Awaitable[tuple[HeaderList, bytes] | None]]
"""Answers a request without a thread, or has None for one that is for the site."""

T = TypeVar("T")


@dataclass(frozen=True)
class Site:
    """What is served.

    Attributes:
        answer: The site, a WSGI application.
        early: What answers some requests before it.
        is_page: Tells requests for pages, which are made in a moment.
        sets_apart: Whether pages have threads of their own.
        longest: Bytes of a request's body of which it does not want to read more.
        begin: What each of these threads does first.
    """

    answer: "WSGIApplication"
    early: Early | None = None
    is_page: Callable[["WSGIEnvironment"], bool] | None = None
    sets_apart: bool = False
    longest: int = sys.maxsize
    begin: Callable[[], object] | None = None


class Crew:
    """Threads that answer requests of a kind, maybe those of another kind too.

    Attributes:
        most: Requests that they may work on or let wait.
        working: Those that they do.
    """

    def __init__(self, threads: ThreadPoolExecutor, most: int) -> None:
        self._threads = threads
        self.most = most
        self.working = 0

    def run(self, function: Callable[..., T], *given: Any) -> "asyncio.Future[T]":
        """Have a thread call a function."""
        return asyncio.get_running_loop().run_in_executor(self._threads, function, *given)


class Bridge:
    """An ASGI application that has a site answer."""

    def __init__(self, site: Site, threads: int) -> None:
        """Make it.

        Args:
            site: The site.
            threads: How many requests are answered at a time, beside half as many pages if these
                are set apart.
        """
        self._site = site
        self._intake = Intake(site.longest)
        others = pages = ThreadPoolExecutor(threads, "request")
        if site.sets_apart:
            # Who searches or uploads does not hold up those who read. Half of the threads are
            # enough, for pages wait for nothing, and only one of them runs Python at a time.
            pages = ThreadPoolExecutor(max(1, threads // 2), "page", site.begin)
        self._others, self._pages = Crew(others, MOST), Crew(pages, MOST_PAGES)

    async def __call__(
        self, scope: "Scope", receive: "ASGIReceiveCallable", send: "ASGISendCallable"
    ) -> None:
        """Answer a request."""
        if scope["type"] != "http":  # uvicorn is told to take nothing else
            raise NotImplementedError(scope["type"])
        early = answer = None
        try:
            async with self._intake.receive(scope, receive) as environ:
                if environ:
                    early = await self._site.early(environ) if self._site.early else None
                    crew = self._choose(environ)
                    answer = None if early else await self._begin(crew, environ)
        except BusyError:
            await _send(send, 503, encode(BUSY), b"Busy\n")
        if early:
            await _send(send, 200, encode(early[0]), early[1])
        elif answer:
            await self._pass_on(crew, answer, send)

    async def _pass_on(self, crew: Crew, answer: Answer, send: "ASGISendCallable") -> None:
        part = answer.part
        try:
            await _send_head(send, answer.status, answer.headers)
            while part.has_more:
                await _send_part(send, part.body, has_more=True)
                part = await crew.run(answer.take)
            await _send_part(send, part.body, has_more=False)
        finally:
            if part.has_more:
                await crew.run(answer.close)

    def _choose(self, environ: "WSGIEnvironment") -> Crew:
        is_page = self._site.is_page and self._site.is_page(environ)
        return self._pages if is_page else self._others

    async def _begin(self, crew: Crew, environ: "WSGIEnvironment") -> Answer:
        if crew.working >= crew.most:
            raise BusyError
        crew.working += 1
        try:
            return await crew.run(Answer, self._site.answer, environ)
        finally:
            crew.working -= 1


async def _send(
    send: "ASGISendCallable", status: int, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    await _send_head(send, status, headers)
    await _send_part(send, body, has_more=False)


async def _send_head(
    send: "ASGISendCallable", status: int, headers: list[tuple[bytes, bytes]]
) -> None:
    await send(
        {"type": "http.response.start", "status": status, "headers": headers, "trailers": False}
    )


async def _send_part(send: "ASGISendCallable", body: bytes, *, has_more: bool) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": has_more})
