"""The index catches up with the database beside the first requests, and recovers from damage."""

import gc
import time
from collections.abc import Callable
from functools import partial
from threading import Lock, Thread

from flask import Flask, Response
from sqlalchemy.orm import Session

from caliber_site.background import is_for_readers, start_at_first_request
from caliber_site.extensions import db
from caliber_site.search.lemmas import load_dictionaries

PATIENCE = 600
"""Seconds before damage is looked after once more: building again and again would help nobody."""


def sync(app: Flask) -> None:
    """Close the gap that a killed process or a failed update left; log what hinders it."""
    load_dictionaries()
    _work(app, app.extensions["search"].catch_up)
    # What is loaded by now stays. The garbage collector would look through all of it each time,
    # and a reader would wait for that.
    gc.freeze()


def recover(app: Flask) -> None:
    """Build what a search found missing or damaged; log what hinders it."""
    _work(app, app.extensions["search"].recover)


def init_app(app: Flask) -> None:
    """Let the first request start it; commands have `search sync`, tests call it themselves."""
    start_at_first_request(app, "search-sync", partial(sync, app))
    recovering = Lock()
    last = -float(PATIENCE)

    @app.after_request
    def look_for_damage(response: Response) -> Response:
        nonlocal last
        if not (is_for_readers() and app.extensions["search"].damaged):
            return response
        with recovering:
            due = time.monotonic() - last >= PATIENCE
            last = time.monotonic() if due else last
        if due:
            Thread(target=recover, args=(app,), name="search-recovery", daemon=True).start()
        return response


def _work(app: Flask, verb: Callable[[Session], object]) -> None:
    with app.app_context():
        try:
            verb(db.session)
        except Exception:
            # Whatever it is, readers go on with the index as it is, and it is tried again later.
            app.logger.exception("the search index could not catch up")
