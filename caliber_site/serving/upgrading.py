"""The database is migrated beside the loading of the site, by a process of its own.

What migrates is large, and the server does without; and together they take less time.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from flask import Flask

from caliber_site.extensions import load_migrations
from caliber_site.faults import explain


def start_upgrade(app: Flask) -> Callable[[], str | None]:
    """Start to migrate the database of a site that has not used it yet.

    Returns:
        What waits until it is done and returns why it could not be, or None.
    """
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_upgrade, args=(app, theirs), name="upgrade")
    process.start()
    theirs.close()

    def wait() -> str | None:
        reason: str | None = None
        with suppress(EOFError):  # it is done, or was killed before it could say anything
            reason = ours.recv()
        process.join()
        if process.exitcode and not reason:
            reason = f"the upgrade of the database ended with {process.exitcode}"
        return reason

    return wait


def _upgrade(app: Flask, told: Connection) -> None:
    try:
        with app.app_context():
            load_migrations().upgrade()
    except Exception as error:
        told.send(explain(error))
        sys.exit(1)
