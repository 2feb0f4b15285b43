"""Whose turn it is on a processor, as far as a process may say."""

import os


def may_give_way() -> bool:
    """Return whether processes may choose `give_way`.

    It is tried by one of its own: who asks for what a system call filter forbids is killed.
    """
    child = os.fork()
    if not child:
        try:
            give_way()
        except Exception:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def give_way() -> None:
    """Have this process, when something wakes it, let others go on: Linux' SCHED_BATCH.

    A thread that has made a page wakes the one that sends it, which would take its processor away
    only to find that it still has Python.

    Raises:
        AttributeError: The system has no such rule.
        OSError: Or does not let this process choose it.
    """
    if os.sched_getscheduler(0) == os.SCHED_OTHER:
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
