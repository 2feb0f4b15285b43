"""Error pages in the reader's language, each with a way on."""

from flask import Flask, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import exc
from werkzeug.exceptions import (
    BadHost,
    HTTPException,
    InternalServerError,
    SecurityError,
    ServiceUnavailable,
)

from caliber_site.database import is_busy
from caliber_site.extensions import db
from caliber_site.i18n import alternates

RETRY_SECONDS = 10


def explain(code: int) -> tuple[str, str]:
    """Return an error's title and what the reader can do about it."""
    explanations = {
        400: (_("This request cannot be read"), _("Go back, reload the page and try again.")),
        403: (_("This is not open to you"), _("You may not see this page or do this.")),
        404: (
            _("There is no such page"),
            _("The address may have been mistyped, or the page may have moved. Try the search."),
        ),
        405: (_("This request cannot be read"), _("Go back, reload the page and try again.")),
        410: (
            _("This story has been withdrawn"),
            _("Our editors have withdrawn it. You will find our other stories below."),
        ),
        413: (_("This is too large"), _("The file or text that you sent is too large.")),
        429: (
            _("Too many attempts"),
            _("You have tried this too often. Please wait a few minutes and try again."),
        ),
        500: (
            _("Something has gone wrong"),
            _("The fault is ours and has been noted. Please try again in a minute."),
        ),
        503: (
            _("We are busy at the moment"),
            _("Please try again in a few seconds. Nothing that you wrote is lost."),
        ),
    }
    return explanations.get(code, explanations[400 if code < 500 else 500])


def show_error(error: HTTPException) -> ResponseReturnValue:
    """Show an HTTP error; redirects and ready answers pass as they are."""
    if error.code is None or error.code < 400 or error.response is not None:
        return error
    if isinstance(error, BadHost | SecurityError):  # without a host there are no addresses
        return error
    title, advice = explain(error.code)
    # A page that reports trouble asks the database for nothing.
    g.troubled = error.code >= 500
    # What is missing here may be missing in every language: the switcher leads to front pages.
    switcher = alternates({}, lambda language: url_for("news.front", language=language))
    page = render_template(
        "errors/error.html", code=error.code, title=title, advice=advice, alternates=switcher
    )
    headers = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    return page, error.code, [*headers, ("Cache-Control", "no-store")]


def show_busy(error: exc.OperationalError | exc.TimeoutError) -> ResponseReturnValue:
    """Answer 503 when the database was locked, overloaded or away, 500 for its other troubles."""
    db.session.rollback()
    if isinstance(error, exc.TimeoutError) or is_busy(error):
        return show_error(ServiceUnavailable(retry_after=RETRY_SECONDS))
    raise error


def show_fault(error: InternalServerError) -> ResponseReturnValue:
    """Show the page of an unexpected fault, which Flask has written to the log."""
    return show_error(error)


def init_app(app: Flask) -> None:
    """Show errors as pages of the site."""
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(InternalServerError, show_fault)
    app.register_error_handler(exc.OperationalError, show_busy)
    app.register_error_handler(exc.TimeoutError, show_busy)  # all connections were in use
