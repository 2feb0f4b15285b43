"""Group commit: threads that wait for a commit share the next one."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from threading import Event

import pytest

from caliber_site.news.groupcommit import GroupCommit

THREADS = 20
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


def test_each_gets_its_own_result() -> None:
    batches = Batches()
    batches.may_end.set()
    group = GroupCommit(batches.commit)
    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(group.submit, range(ITEMS))) == [2 * x for x in range(ITEMS)]
    assert sorted(chain(*batches.batches)) == list(range(ITEMS))


def test_one_batch_runs_at_a_time() -> None:
    running: list[int] = []

    def commit(batch: list[int]) -> list[int]:
        running.append(1)
        assert len(running) == 1
        running.pop()
        return batch

    group = GroupCommit(commit)
    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(group.submit, range(ITEMS))) == list(range(ITEMS))


def test_what_arrives_during_a_commit_goes_into_the_next_one_together() -> None:
    batches = Batches()
    group = GroupCommit(batches.commit)
    with ThreadPoolExecutor(THREADS + 1) as threads:
        first = threads.submit(group.submit, -1)
        assert batches.begun.wait(10)
        others = [threads.submit(group.submit, number) for number in range(THREADS)]
        while len(group._queue) < THREADS:
            time.sleep(0.001)
        batches.may_end.set()
        assert first.result() == -2
        assert [other.result() for other in others] == [2 * x for x in range(THREADS)]
    assert [len(batch) for batch in batches.batches] == [1, THREADS]


def test_fault_of_a_batch_reaches_each_of_it_and_nobody_else() -> None:
    batches = Batches()
    batches.may_end.set()
    batches.fails = lambda batch: any(number % 2 for number in batch)
    group = GroupCommit(batches.commit)

    def outcome(number: int) -> int | None:
        try:
            return group.submit(number)
        except ValueError:
            return None

    with ThreadPoolExecutor(THREADS) as threads:
        outcomes = list(threads.map(outcome, range(ITEMS)))
    failed = {x for batch in batches.batches if batches.fails(batch) for x in batch}
    assert outcomes == [None if x in failed else 2 * x for x in range(ITEMS)]


def test_too_few_results_are_a_fault() -> None:
    group = GroupCommit[int, int](lambda _batch: [])
    with pytest.raises(ValueError, match="shorter"):
        group.submit(1)
