"""Entries: many documents made ready for the index, on all cores."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from threading import Thread

from caliber_site.processors import count_processors
from caliber_site.search.pace import ALONE, NICENESS
from caliber_site.search.postgres.vectors import Entry, make_entry
from caliber_site.search.queries import Document

BATCH = 100
"""Documents that a process gets at once."""

AHEAD = 3
"""Batches that wait for each process."""


def make_entries(documents: Iterable[Document], tag: str, count: int) -> Iterator[Entry]:
    """Yield documents of a language as the index keeps them, in their order.

    Args:
        documents: The documents.
        tag: Tag of the language.
        count: How many there are, about.
    """
    cores = count_processors()
    if count < ALONE or cores == 1 or multiprocessing.current_process().daemon:
        yield from (make_entry(document, tag) for document in documents)
        return
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, spawned, _begin) as processes:
        waiting: deque[Future[list[Entry]]] = deque()
        rest = iter(documents)
        while batch := list(islice(rest, BATCH)):
            waiting.append(processes.submit(_make_batch, batch, tag))
            if len(waiting) > AHEAD * cores:
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()


def _begin() -> None:
    os.nice(NICENESS)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # One that is killed cannot tell its processes to end; they would wait for documents for ever.
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _make_batch(documents: list[Document], tag: str) -> list[Entry]:
    return [make_entry(document, tag) for document in documents]
