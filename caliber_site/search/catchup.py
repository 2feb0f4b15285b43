"""The index catches up with the database when the site starts, beside the first requests."""

from threading import Lock, Thread

from flask import Flask, current_app

from caliber_site.extensions import db


def sync(app: Flask) -> None:
    """Close the gap that a killed process or a failed update left; log what hinders it."""
    with app.app_context():
        try:
            app.extensions["search"].sync(db.session)
        except Exception:
            # Whatever it is, readers go on with the index as it is, and the next start tries again.
            app.logger.exception("the search index could not catch up")


def init_app(app: Flask) -> None:
    """Let the first request start it; commands have `search sync`, tests call it themselves."""
    first = Lock()

    @app.before_request
    def catch_up() -> None:
        if not current_app.testing and first.acquire(blocking=False):
            Thread(target=sync, args=(app,), name="search-sync", daemon=True).start()
