"""Threads beside the requests of a process: the first reader's request starts them."""

from collections.abc import Callable
from threading import Lock, Thread

from flask import Flask

from caliber_site.here import asked, here

REHEARSAL = "caliber.rehearsal"
"""In WSGI's environment where nobody asks, before the server has its workers (serving/): they would
be without a thread that was started then."""


def is_for_readers() -> bool:
    """Return whether the present request may have work done beside it: no test, no rehearsal."""
    return not (here().app.testing or REHEARSAL in asked().environ)


def start_at_first_request(app: Flask, name: str, work: Callable[[], object]) -> None:
    """Let a process do some work in a thread from its first request on; commands have none.

    Args:
        app: The site.
        name: The thread's.
        work: What it does.
    """
    first = Lock()

    @app.before_request
    def start() -> None:
        if not first.locked() and is_for_readers() and first.acquire(blocking=False):
            Thread(target=work, name=name, daemon=True).start()
