"""Driving a server: by wrk, or by aiohttp where there is no wrk."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from bench.http import client, wrk
from bench.http.load import HEADERS, Drive, Load

CONNECTIONS = 16


def drive(
    url: str,
    paths: Sequence[str],
    seconds: float,
    *,
    headers: Mapping[str, str] | None = None,
    first: int = 0,
    processor: int | None = None,
) -> Drive:
    """Ask a server for some paths in turn, over and over, on connections that stay open.

    Args:
        url: Of the server.
        paths: What is asked; with "POST " before it that is sent, by other readers each round.
        seconds: How long, at least one.
        headers: Beside a browser's.
        first: Which path is the first; later runs go on where others were.
        processor: The one on which it is asked, if not all may be used.
    """
    said = HEADERS | dict(headers or {})
    load = Load(url, paths, max(1, round(seconds)), CONNECTIONS, said, first)
    ask = wrk.ask if shutil.which("wrk") else client.ask
    with bound_to({processor} if processor is not None else os.sched_getaffinity(0)):
        return ask(load)


@contextmanager
def bound_to(processors: set[int]) -> Iterator[None]:
    """Bind to some processors what this thread does meanwhile, and what it starts for good."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, processors)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
