"""Ready answers: what was asked a moment ago of the same index is not worked out again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock

from caliber_site.search.query import Query, Results

MOST = 256
"""Answers that are kept: of the queries that were asked last."""

SECONDS = 600
"""How long an answer is good: what is new grows older only slowly."""

EPOCH = datetime.fromtimestamp(0, UTC)


class Answers:
    """The last answers of one index."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Hashable, Query], tuple[float, float, Results]] = (
            OrderedDict()
        )
        self._guard = Lock()

    def get(
        self,
        state: Hashable,
        asked: Query,
        make: Callable[[], Results],
        next_due: Callable[[datetime], float],
    ) -> Results:
        """Return the answer to a query, made anew if a scheduled edition may have come since.

        Args:
            state: Is another after each change of the index.
            asked: The query.
            make: Works the answer out.
            next_due: Returns when the next scheduled edition after a moment is published, in
                seconds since 1970.
        """
        key = (state, replace(asked, now=EPOCH))
        now = asked.now.timestamp()
        with self._guard:
            made, until, results = self._kept.get(key, (0.0, 0.0, Results()))
        if made <= now < until:
            return results
        results = make()
        until = min(next_due(asked.now), now + SECONDS)
        with self._guard:
            self._kept[key] = (now, until, results)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return results
