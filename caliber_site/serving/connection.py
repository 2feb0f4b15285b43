"""A connection: what is ready is answered as soon as it is asked for, all else by the site."""

import asyncio
from collections.abc import Callable
from math import inf
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from caliber_site.ready.answers import Given, Question
from caliber_site.serving.clock import Clock
from caliber_site.serving.corking import Corked
from caliber_site.serving.request import ask

HEAD_SECONDS, BODY_SECONDS, SILENT_SECONDS = 15, 30, 75
"""For the head of a request, between two pieces of its body, and between two requests: proxies
keep connections for a minute.
"""

LAST_SECONDS = 1
"""Between two requests once the worker is leaving."""

LONGEST_HEAD = 64 * 1024
"""Bytes of a request's line and headers."""

Find = Callable[[Question], Given | None]
"""Finds an answer that is ready, without waiting for anything."""


class Connection(HttpToolsProtocol):
    """uvicorn's connection, with ready answers, bounds for who is silent, and a gentle end.

    Attributes:
        ends_at: When, on the clock, it is closed unless something arrives.
    """

    def __init__(self, *given: Any, clock: Clock, find: Find | None, **named: Any) -> None:
        """Make it.

        Args:
            given: What uvicorn gives its connections.
            clock: The worker's.
            find: Finds ready answers, where there are any.
            named: As given.
        """
        super().__init__(*given, **named)
        self._clock, self._find = clock, find
        self._target, self._said = b"", list[tuple[bytes, bytes]]()
        self._is_answered, self._is_in_head, self._head = False, True, 0
        self._corked: Corked
        self.ends_at = inf
        self._await_head()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin."""
        self._corked = Corked(transport, self.loop)
        super().connection_made(cast("asyncio.Transport", self._corked))

    def data_received(self, data: bytes) -> None:
        """Take what has arrived."""
        if self._is_in_head:
            self._head += len(data)
            if self._head > LONGEST_HEAD:
                self.send_400_response("The head of the request is too long.")
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Begin a request; uvicorn hears of it when it is known not to be answered at once."""
        self._target, self._said = b"", []
        self._is_answered, self._is_in_head = False, True
        self._await_head()

    def on_url(self, url: bytes) -> None:
        """Take some of the target."""
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._said.append((name, value))

    def on_headers_complete(self) -> None:
        """Answer a request at once, or have the site do it."""
        self._is_in_head, self._head = False, 0
        if self._find and self._is_ready_for_another():
            question = ask(self.parser.get_method(), self._target, self._said)
            if question and (given := self._find(question)):
                self._corked.write_now(b"".join((given.head, self._clock.date, given.body)))
                self._is_answered = True
                self.ends_at = self._clock.now + SILENT_SECONDS
                return
        self.ends_at = inf
        super().on_message_begin()
        super().on_url(self._target)
        for header in self._said:
            super().on_header(*header)
        super().on_headers_complete()
        if self._clock.is_leaving:
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """Take some of the body."""
        if not self._is_answered:
            self.ends_at = self._clock.now + BODY_SECONDS
            super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request."""
        if not self._is_answered:
            self.ends_at = inf
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        if self._is_free():
            self.ends_at = self._clock.now + SILENT_SECONDS

    def shutdown(self) -> None:
        """Answer what was asked, and what is asked within a moment, and end."""
        if self._is_free():
            self._await_head()
        else:
            super().shutdown()

    def _await_head(self) -> None:
        self.ends_at = self._clock.now + (LAST_SECONDS if self._clock.is_leaving else HEAD_SECONDS)

    def _is_free(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _is_ready_for_another(self) -> bool:
        return (
            self._is_free()
            and not self.flow.write_paused
            and not self._clock.is_leaving
            and self.parser.should_keep_alive()
            and self.parser.get_http_version() == "1.1"
        )
