"""What the C library does with memory, where it is told by its own calls."""

import ctypes

ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's malloc.h."""


def keep_together() -> None:
    """Let all threads take memory from one pool, with glibc; others have none to tell.

    Only one thread at a time runs Python: pools for each would only hold what is free.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(ARENA_MAX, 1)
