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
"""For the head of a request, at most between two pieces of its body, and between two requests (for
proxies keep connections for a minute) or for a reader to take a part of an answer.
"""

REST_SECONDS = 5
"""For the rest of a body whose request has been answered."""

LAST_SECONDS = 1
"""Between two requests once the worker is leaving."""

SLOWEST = 1_000
"""Bytes a second of a body: who sends fewer has to end with `BODY_SECONDS` more than all take."""

LONGEST_HEAD = 64 * 1024
"""Bytes of a request's line and headers, and of anything that is neither of them nor body."""

MOST_QUEUED = 100
"""Requests that a connection may send before the first of them is answered."""

Find = Callable[[Question], Given | None]
"""Finds an answer that is ready, without waiting for anything."""


class Connection(HttpToolsProtocol):
    """uvicorn's connection, with ready answers, bounds for who sends and reads, and a gentle end.

    Attributes:
        ends_at: When, on the clock, it is closed unless something happens.
    """

    def __init__(
        self, *given: Any, clock: Clock, most: int, find: Find | None, **named: Any
    ) -> None:
        """Make it.

        Args:
            given: What uvicorn gives its connections.
            clock: The worker's.
            most: How many of them the worker may have.
            find: Finds ready answers, where there are any.
            named: As given.
        """
        super().__init__(*given, **named)
        self._clock, self._most, self._find = clock, most, find
        self._target, self._said = b"", list[tuple[bytes, bytes]]()
        self._unheard, self._is_answered = 0, False
        self._corked: Corked
        self.ends_at = inf
        self._await_head()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, where there is room."""
        self._corked = Corked(transport, self.loop)
        super().connection_made(cast("asyncio.Transport", self._corked))
        if len(self.connections) > self._most:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take what has arrived."""
        self._unheard += len(data)
        super().data_received(data)
        if self._unheard > LONGEST_HEAD and not self.transport.is_closing():
            self.send_400_response("The request is malformed.")

    def on_message_begin(self) -> None:
        """Begin a request; uvicorn hears of it when it is known not to be answered at once."""
        self._target, self._said = b"", []
        self._is_answered = False
        if self._is_free() and not self.flow.write_paused:
            self._await_head()

    def on_url(self, url: bytes) -> None:
        """Take some of the target."""
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; nobody looks at those that come behind a body."""
        self._said.append((name, value))

    def on_headers_complete(self) -> None:
        """Answer a request at once, or have the site do it."""
        self._unheard = 0
        if given := self._find_ready():
            self._corked.write_now(b"".join((given.head, self._clock.date, given.body)))
            self._is_answered = True
            self.ends_at = self._clock.now + SILENT_SECONDS
            return
        if len(self.pipeline) >= MOST_QUEUED:
            raise ValueError("too many requests at once")
        lines = sum(len(name) + len(value) + len(b": \r\n") for name, value in self._said)
        if len(self._target) + lines > LONGEST_HEAD:
            raise ValueError("too long a head")
        super().on_message_begin()
        super().on_url(self._target)
        for header in self._said:
            super().on_header(*header)
        super().on_headers_complete()
        self._await()
        if self._clock.is_leaving:
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """Take some of the body."""
        self._unheard = 0
        super().on_body(body)
        if not self.pipeline and not self._is_free() and not self.flow.write_paused:
            latest = self._clock.now + BODY_SECONDS
            self.ends_at = min(latest, self.ends_at + len(body) / SLOWEST)

    def on_message_complete(self) -> None:
        """End a request."""
        self._unheard, self._said = 0, []
        if not self._is_answered:
            super().on_message_complete()
            self._await()

    def on_response_complete(self) -> None:
        """Go on with the next request."""
        super().on_response_complete()
        if self.pipeline:  # uvicorn would read on
            self.flow.pause_reading()
        self._await()

    def pause_writing(self) -> None:
        """Wait for the reader, but not forever."""
        super().pause_writing()
        self.ends_at = self._clock.now + SILENT_SECONDS

    def resume_writing(self) -> None:
        """Go on, for the reader has taken what was written."""
        super().resume_writing()
        self._await()

    def send_400_response(self, msg: str) -> None:
        """Say that this is no request, but not in the middle of the answer to one before it."""
        cycle = self.cycle
        if self._is_free() or (
            cycle.more_body and not self.pipeline and not cycle.response_started
        ):
            super().send_400_response(msg)
        else:
            self.cycle.keep_alive = False
            self.flow.pause_reading()

    def timeout_keep_alive_handler(self) -> None:
        """Leave it to `ends_at`, which knows whether the other end still reads."""

    def shutdown(self) -> None:
        """Answer what was asked, and what is asked within a moment, and end."""
        if self._is_free():
            self._await_head()
        else:
            super().shutdown()

    def end(self) -> None:
        """Close it, or give up what a reader still has not taken of its last answer."""
        if self.transport.is_closing():
            self.transport.abort()
        else:
            self.transport.close()
            self.ends_at = self._clock.now + BODY_SECONDS

    def _find_ready(self) -> Given | None:
        if self._find is None or not self._is_ready_for_another():
            return None
        question = ask(self.parser.get_method(), self._target, self._said)
        try:
            return self._find(question) if question else None
        except Exception:
            self.logger.exception("What is ready cannot be found")
            return None

    def _await_head(self) -> None:
        self.ends_at = self._clock.now + (LAST_SECONDS if self._clock.is_leaving else HEAD_SECONDS)

    def _await(self) -> None:
        """Give the site all the time it needs, and the other end some for what is its turn."""
        cycle = self.cycle
        latest = self._clock.now + SILENT_SECONDS
        if self.flow.write_paused or self.transport.is_closing():
            self.ends_at = min(self.ends_at, latest)  # it is to read first, whatever it sends
            return
        if self._is_free():
            # Who was answered before the end of a body may still send it, for a moment.
            is_over = cycle is None or not cycle.more_body
            self.ends_at = self._clock.now + (SILENT_SECONDS if is_over else REST_SECONDS)
        elif cycle.more_body and not self.pipeline:
            self.ends_at = self._clock.now + BODY_SECONDS
        else:
            self.ends_at = inf

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
