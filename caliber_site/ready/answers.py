"""Answers given lately: who asks in the very same way is answered without another thought.

Reading a request and choosing a coding takes several times as long as looking an answer up, and
the time counts twice: it is Python's, of which only one thread at a time has any.
"""

import time
from typing import NamedTuple

from caliber_site.ready.freshness import UNCHANGED, Freshness, Stamp

ASKED = (
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_HX_REQUEST",
    "HTTP_HX_HISTORY_RESTORE_REQUEST",
    "REQUEST_METHOD",
)
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
        body: A list, of which Granian makes less ado than of another sequence.
        is_last: Whether who asks in the same way again gets the same: no better coding is to come,
            and the time of change is told.
    """

    status: str
    headers: HeaderList
    body: list[bytes]
    is_last: bool


class Given(NamedTuple):
    """An answer, what was to be seen when it was given, and when it ends on the monotonic clock."""

    answer: Answer
    stamp: Stamp
    ends_at: float


class Answers:
    """The last answers of a process, for all its threads."""

    def __init__(self, freshness: Freshness) -> None:
        """Keep what tells whether they are fresh."""
        self._freshness = freshness
        self._given: dict[Question, Given] = {}

    def find(self, question: Question) -> Answer | None:
        """Return the answer to a question, if it is the one that would be found now."""
        given = self._given.get(question)
        if given is None:
            return None
        if time.monotonic() < given.ends_at and (
            given.stamp is UNCHANGED or given.stamp is self._freshness.ask()
        ):
            return given.answer
        self._given.pop(question, None)
        return None

    def put(self, question: Question, given: Given) -> None:
        """Keep an answer; where there are too many, those that are asked for soon come back."""
        if sum(len(said) for said in question if said) > LONGEST:
            return
        if len(self._given) >= MOST and question not in self._given:
            self._given.clear()
        self._given[question] = given
