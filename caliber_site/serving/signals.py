"""Signals taken by a thread of their own: none is lost, and none ends a process too early.

Python runs a handler in the main thread alone, which may go on waiting when another thread was
given the signal: a busy worker then never heard that it should stop.
"""

import os
import signal
from collections.abc import Callable, Collection
from threading import Thread

TAKEN = frozenset({signal.SIGHUP, signal.SIGINT, signal.SIGTERM})


def hold() -> None:
    """Let signals wait until `pass_on`, in this process, those it forks, and its new code."""
    signal.pthread_sigmask(signal.SIG_BLOCK, TAKEN)


def forget_handlers() -> None:
    """Let signals end this process at once until it has handlers of its own."""
    for number in TAKEN:
        signal.signal(number, signal.SIG_DFL)


def pass_on(*numbers: signal.Signals, first: Callable[[], object] | None = None) -> None:
    """Have a thread call the handlers of signals from now on.

    Args:
        numbers: The signals.
        first: What is to be done before the handler is called.
    """
    Thread(target=_pass_on, args=(numbers, first), name="signals", daemon=True).start()


def _pass_on(numbers: Collection[signal.Signals], first: Callable[[], object] | None) -> None:
    while True:
        number = signal.sigwait(numbers)
        if first:
            first()
        handler = signal.getsignal(number)
        if not callable(handler):
            os._exit(128 + number)
        handler(number, None)
