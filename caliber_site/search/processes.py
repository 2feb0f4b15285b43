"""Processes of search: what takes long is done beside the site, not in it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def start(*arguments: str, **options: Any) -> "subprocess.Popen[bytes]":
    """Start `python -m caliber_site.search`; see `__main__` for what it can be told."""
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "caliber_site.search", *arguments],
        env=os.environ | {"PYTHONPATH": path},
        **options,
    )


def run(jobs: Sequence[str]) -> Iterator[int]:
    """Let a process do each job, and yield what they tell: how many editions were done since.

    Raises:
        OSError: A process failed; it said why on standard error.
    """
    out, into = os.pipe()
    processes = [start("build", stdin=subprocess.PIPE, stdout=into) for _ in jobs]
    os.close(into)
    try:
        for process, job in zip(processes, jobs, strict=True):
            with process.stdin as file:  # type: ignore[union-attr]
                file.write(job.encode())
        with os.fdopen(out) as told:
            yield from map(int, told)
        if any(process.wait() for process in processes):
            message = "a part of the search index could not be built"
            raise ChildProcessError(message)
    finally:
        for process in processes:
            process.kill()
            process.wait()
