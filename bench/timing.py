"""Timing: how long calls take, one after the other."""

import gc
from collections.abc import Callable, Sequence
from statistics import quantiles
from time import perf_counter, process_time
from typing import TypeVar

from bench.table import Result

LONGEST = 60
"""Seconds after which no more is asked: there are engines that take as long for one query."""

LEAST = 5
"""Calls that are made however long they take."""

Asked = TypeVar("Asked")


def time_calls(
    name: str, call: Callable[[Asked], object], asked: Sequence[Asked], *, here: bool = True
) -> Result:
    """Call something for each thing that is asked and return a line of the table.

    Args:
        name: Name of the line.
        call: What is measured.
        asked: At least two things; after `LONGEST` seconds the others are left out.
        here: Whether this process does the work, so that its processor time is worth telling.
    """
    gc.collect()
    before, seconds = process_time(), list[float]()
    for each in asked:
        if len(seconds) >= LEAST and sum(seconds) > LONGEST:
            break
        start = perf_counter()
        call(each)
        seconds.append(perf_counter() - start)
    cpu = 1000 * (process_time() - before) / len(seconds)
    return summarize(name, seconds, cpu if here else None)


def summarize(name: str, seconds: Sequence[float], cpu_ms: float | None = None) -> Result:
    """Return a line of the table for calls that took so many seconds each."""
    shares = quantiles(seconds, n=100, method="inclusive")
    p50, p95, p99 = (round(1000 * shares[share - 1], 3) for share in (50, 95, 99))
    rps = len(seconds) / sum(seconds)
    return Result(name, round(rps, 3), p50, p95, p99, None if cpu_ms is None else round(cpu_ms, 3))
