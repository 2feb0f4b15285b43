"""What operators ask: does the site work?"""

from flask import Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from caliber_site.extensions import db


def healthz() -> ResponseReturnValue:
    """Answer `ok` if the process answers and its database does."""
    db.session.execute(text("SELECT 1"))
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


def init_app(app: Flask) -> None:
    """Offer /healthz."""
    app.add_url_rule("/healthz", view_func=healthz)
