"""What the C library does with memory, where it is told by its own calls."""

import ctypes

# As glibc's malloc.h numbers them.
TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8
LARGE, HUGE = 1024 * 1024, 4 * 1024 * 1024
"""Bytes at the end that are returned when they are free, and of a piece that is mapped alone."""


def keep_together() -> None:
    """Let all threads take memory from one pool, with glibc; others have none to tell.

    Only one thread at a time runs Python: pools for each would only hold what is free.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(ARENA_MAX, 1)
        # Set, they stay: otherwise each large array that is freed lets more be kept. What is mapped
        # has to be cleared by the system each time, which searches would wait for.
        libc.mallopt(MMAP_THRESHOLD, HUGE)
        libc.mallopt(TRIM_THRESHOLD, LARGE)
