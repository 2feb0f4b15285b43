"""Group commit: what is submitted during a commit shares the next one."""

import asyncio
import time
from collections.abc import Callable
from itertools import chain
from threading import Event

import pytest

from caliber_site.news.groupcommit import GroupCommit

ITEMS = 500


class Batches:
    """Commits numbers by doubling them, the first batch not before it is let go."""

    def __init__(self) -> None:
        self.begun, self.may_end = Event(), Event()
        self.batches: list[list[int]] = []
        self.fails: Callable[[list[int]], bool] = lambda _batch: False

    def commit(self, batch: list[int]) -> list[int]:
        self.batches.append(batch)
        self.begun.set()
        assert self.may_end.wait(10)
        if self.fails(batch):
            raise ValueError(batch)
        return [2 * number for number in batch]


@pytest.fixture
def batches() -> Batches:
    return Batches()


async def submit_some(group: GroupCommit[int, int]) -> list[int | BaseException]:
    """Submit numbers, a few at a time, and return what becomes of them."""

    async def submit(number: int) -> int:
        await asyncio.sleep(number // 50 / 1000)
        return await group.submit(number)

    return await asyncio.gather(*map(submit, range(ITEMS)), return_exceptions=True)


def test_each_gets_its_own_result(batches: Batches) -> None:
    batches.may_end.set()
    outcomes = asyncio.run(submit_some(GroupCommit(batches.commit)))
    assert outcomes == [2 * number for number in range(ITEMS)]
    assert sorted(chain(*batches.batches)) == list(range(ITEMS))


def test_one_batch_runs_at_a_time() -> None:
    running: list[int] = []

    def commit(batch: list[int]) -> list[int]:
        running.append(1)
        time.sleep(0.005)
        assert len(running) == 1
        running.pop()
        return batch

    assert asyncio.run(submit_some(GroupCommit(commit))) == list(range(ITEMS))


def test_what_arrives_during_a_commit_goes_into_the_next_one_together(batches: Batches) -> None:
    async def submit() -> list[int]:
        group = GroupCommit(batches.commit)
        first = asyncio.create_task(group.submit(-1))
        assert await asyncio.to_thread(batches.begun.wait, 10)
        others = [asyncio.create_task(group.submit(number)) for number in range(ITEMS)]
        await asyncio.sleep(0)
        batches.may_end.set()
        return await asyncio.gather(first, *others)

    assert asyncio.run(submit()) == [-2, *(2 * number for number in range(ITEMS))]
    assert [len(batch) for batch in batches.batches] == [1, ITEMS]


def test_fault_of_a_batch_reaches_each_of_it_and_nobody_else(batches: Batches) -> None:
    batches.may_end.set()
    batches.fails = lambda batch: 100 in batch
    outcomes = asyncio.run(submit_some(GroupCommit(batches.commit)))
    failed = {number for batch in batches.batches if batches.fails(batch) for number in batch}
    assert [isinstance(outcome, ValueError) for outcome in outcomes] == [
        number in failed for number in range(ITEMS)
    ]
    assert 0 < len(failed) < ITEMS


def test_who_has_gone_takes_nobody_along(batches: Batches) -> None:
    async def submit() -> int:
        group = GroupCommit(batches.commit)
        gone = asyncio.create_task(group.submit(1))
        stays = asyncio.create_task(group.submit(2))
        await asyncio.sleep(0)
        gone.cancel()
        batches.may_end.set()
        return await stays

    assert asyncio.run(submit()) == 4


def test_too_few_results_are_a_fault() -> None:
    group = GroupCommit[int, int](lambda _batch: [])
    with pytest.raises(ValueError, match="shorter"):
        asyncio.run(group.submit(1))
