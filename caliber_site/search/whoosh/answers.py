"""Ready answers: what was asked a moment ago of the same commit is not worked out again."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock

from caliber_site.search.query import Query, Results
from caliber_site.search.whoosh.snapshot import Snapshot

MOST = 256
"""Answers that are kept: of the queries that were asked last."""

SECONDS = 600
"""How long an answer is good: what is new grows older only slowly."""

EPOCH = datetime.fromtimestamp(0, UTC)


class Answers:
    """The last answers of one index."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, Query], tuple[float, float, Results]] = OrderedDict()
        self._guard = Lock()

    def get(self, snapshot: Snapshot, asked: Query, make: Callable[[], Results]) -> Results:
        """Return the answer to a query, made anew if a scheduled edition may have come since."""
        key = (snapshot.key, replace(asked, now=EPOCH))
        now = asked.now.timestamp()
        with self._guard:
            made, until, results = self._kept.get(key, (0.0, 0.0, Results()))
        if made <= now < until:
            return results
        results = make()
        until = min(snapshot.next_due(asked.now), now + SECONDS)
        with self._guard:
            self._kept[key] = (now, until, results)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return results
