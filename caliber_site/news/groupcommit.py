"""Group commit: what arrives while one commit runs goes into the next one, all of it together.

A commit costs about the same for one row as for many, and a database lets one process at a time
write. So under load each commit takes along whatever has gathered, and a hot row is locked once
for all who want it.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class GroupCommit(Generic[Item, Result]):
    """Commits what is submitted on one event loop, a batch after the other, in another thread."""

    def __init__(self, commit: Callable[[list[Item]], Sequence[Result]]) -> None:
        """Make it.

        Args:
            commit: Commits a batch, in the order of arrival, and returns one result for each.
        """
        self._commit = commit
        self._queue: list[tuple[Item, asyncio.Future[Result]]] = []
        self._committing: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="group-commit")

    async def submit(self, item: Item) -> Result:
        """Return an item's result once it is committed.

        Raises:
            Exception: What `commit` raised, to each of the batch.
        """
        result: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._queue.append((item, result))
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit_all())
        return await result

    async def _commit_all(self) -> None:
        try:
            while self._queue:
                await asyncio.sleep(0)  # what arrived together with the first is read by now
                batch, self._queue = self._queue, []
                await self._commit_batch(batch)
        finally:
            self._committing = None

    async def _commit_batch(self, batch: list[tuple[Item, "asyncio.Future[Result]"]]) -> None:
        loop, items = asyncio.get_running_loop(), [item for item, _ in batch]
        waiting = [result for _, result in batch]
        try:
            results = await loop.run_in_executor(self._thread, self._commit, items)
            pairs = list(zip(waiting, results, strict=True))
        except Exception as error:
            for future in waiting:
                if not future.done():
                    future.set_exception(error)
        else:
            for future, result in pairs:
                if not future.done():  # nobody waits for a cancelled one
                    future.set_result(result)
