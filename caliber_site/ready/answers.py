"""Answers given lately: who asks in the very same way is answered without another thought.

Reading a request and choosing a coding takes several times as long as looking an answer up, and
the time counts twice: it is Python's, of which only one thread at a time has any.
"""

import time
from contextlib import suppress
from typing import NamedTuple

from caliber_site.ready.freshness import UNCHANGED, Freshness, Stamp

HEADERS = (
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_HX_REQUEST",
    "HTTP_HX_HISTORY_RESTORE_REQUEST",
)
ASKED = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", *HEADERS)
"""All of a request that an answer depends on, by WSGI's names."""

MOST = 128
"""Answers that are kept, beside the shelf: most of their bodies are those of its pages."""

LONGEST = 1000
"""Characters of a question; browsers ask in a few hundred."""

HeaderList = list[tuple[str, str]]

Question = tuple[str | None, ...]
"""What a request says of these."""


class Answer(NamedTuple):
    """What a browser is sent.

    Attributes:
        status: Code and words.
        lasts: Seconds for which who asks in the same way gets the same: until the time of change
            can be told; none where a better coding is to come.
    """

    status: str
    headers: HeaderList
    body: list[bytes]
    lasts: float


class Given(NamedTuple):
    """An answer that was given.

    Attributes:
        answer: The answer.
        stamp: That of what was to be seen then.
        ends_at: When, on the monotonic clock, it is to be made anew.
        head: How it is sent, without the line end behind its last header.
        body: And the rest.
    """

    answer: Answer
    stamp: Stamp
    ends_at: float
    head: bytes
    body: bytes


class Answers:
    """The last answers of a process, for all its threads."""

    def __init__(self, freshness: Freshness) -> None:
        """Keep what tells whether they are fresh."""
        self._freshness = freshness
        self._given: dict[Question, Given] = {}

    def find(self, question: Question) -> Given | None:
        """Return the answer to a question, if it is the one that would be found now."""
        given = self._given.get(question)
        if given is None:
            return None
        if time.monotonic() < given.ends_at and (
            given.stamp is UNCHANGED or given.stamp is self._freshness.ask()
        ):
            return given
        self._given.pop(question, None)
        return None

    def find_at_once(self, question: Question) -> Given | None:
        """Return the same, without asking a server; None as well if only that could tell."""
        if self._freshness.is_at_hand:
            return self.find(question)
        given = self._given.get(question)
        return given if given is not None and given.stamp is UNCHANGED else None

    def put(self, question: Question, answer: Answer, stamp: Stamp, ends_at: float) -> None:
        """Keep an answer; where there are too many, the one that came first makes room.

        Args:
            question: What it answers.
            answer: The answer.
            stamp: That of what is to be seen.
            ends_at: When, on the monotonic clock, it is to be made anew.
        """
        if sum(len(said) for said in question if said) > LONGEST:
            return
        if len(self._given) >= MOST and question not in self._given:
            with suppress(StopIteration, KeyError, RuntimeError):  # another thread was quicker
                del self._given[next(iter(self._given))]
        lines = (f"{name}: {value}" for name, value in answer.headers)
        head = "\r\n".join([f"HTTP/1.1 {answer.status}", *lines]).encode("latin-1")
        self._given[question] = Given(answer, stamp, ends_at, head, b"".join(answer.body))
