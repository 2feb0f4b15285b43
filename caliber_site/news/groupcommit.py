"""Group commit: what arrives while one commit runs goes into the next one, all of it together.

A commit costs about the same for one row as for many, and a database lets one process at a time
write. So under load each commit takes along whatever has gathered, and a hot row is locked once
for all who want it.
"""

import time
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

GATHER_SECONDS = 0.001
"""How long a batch waits for others to join: a busy Python lets their threads in only now."""

Item = TypeVar("Item")
Result = TypeVar("Result")


class _Waiting(Generic[Item, Result]):
    """An item whose thread sleeps until it is committed, or until it is to lead the next batch."""

    __slots__ = ("error", "is_committed", "item", "results", "turn")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.results: list[Result] = []
        self.error: BaseException | None = None
        self.is_committed = False
        self.turn = Lock()
        self.turn.acquire()


class GroupCommit(Generic[Item, Result]):
    """Commits the items of many threads, one batch after the other.

    The first thread of a batch commits it for all.
    """

    def __init__(self, commit: Callable[[list[Item]], Sequence[Result]]) -> None:
        """Make it.

        Args:
            commit: Commits a batch, in the order of arrival, and returns one result for each.
        """
        self._commit = commit
        self._lock = Lock()
        self._queue: list[_Waiting[Item, Result]] = []
        self._is_committing = False

    def submit(self, item: Item) -> Result:
        """Return an item's result once it is committed.

        Raises:
            BaseException: What `commit` raised, to each of the batch.
        """
        waiting = _Waiting[Item, Result](item)
        with self._lock:
            self._queue.append(waiting)
            follows = self._is_committing
            self._is_committing = True
        if follows:
            waiting.turn.acquire()
        if not waiting.is_committed:
            time.sleep(GATHER_SECONDS)
            self._commit_batch()
        if waiting.error is not None:
            raise waiting.error
        (result,) = waiting.results
        return result

    def _commit_batch(self) -> None:
        with self._lock:
            batch, self._queue = self._queue, []
        try:
            results = self._commit([waiting.item for waiting in batch])
            for waiting, result in zip(batch, results, strict=True):
                waiting.results.append(result)
        except BaseException as error:
            for waiting in batch:
                waiting.error = error
        with self._lock:
            self._is_committing = bool(self._queue)
            following = self._queue[:1]
        for waiting in batch:
            waiting.is_committed = True
        for waiting in [*following, *batch]:
            waiting.turn.release()
