"""The processors of the machine."""

import os


def count_processors() -> int:
    """Return how many processors this process may use, where the system tells, or there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
