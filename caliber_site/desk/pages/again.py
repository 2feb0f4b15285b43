"""Forms that could not be handled are shown again: whatever was in the way, nothing is lost."""

from flask import current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from caliber_site.database import is_busy
from caliber_site.desk.forms.edition import EditionForm
from caliber_site.desk.pages.guard import FORMS, OPEN, UPLOAD, SignedOutError, load_editor
from caliber_site.desk.pages.sheet import render_form
from caliber_site.errors import RETRY_SECONDS, explain, show_error
from caliber_site.errors import show_busy as show_busy_page
from caliber_site.extensions import db

SHOWN_BY = {"desk.preview.show_typed": "desk.form.edit"}
SECRET = {"csrf_token", "password", "current", "new", "signin_email", "signin_password"}


def show_busy(error: OperationalError) -> ResponseReturnValue:
    """Show a form again when the database stayed locked."""
    db.session.rollback()
    if not is_busy(error) or not _is_form():
        return show_busy_page(error)
    busy = _("The database is busy. Nothing is lost: please save again in a few seconds.")
    if request.endpoint in OPEN | {UPLOAD}:
        busy = explain(503)[1]
    answer = make_response(_show(busy, 503))
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def show_stale(error: CSRFError) -> ResponseReturnValue:
    """Show a form again when its token is stale; if the session is over, ask who it is."""
    if not _is_form():
        return show_error(error)
    if load_editor() is None and request.endpoint not in OPEN:
        text = _("You are signed out. Nothing is lost: sign in below and save again.")
        return _ask_who(text, 401)
    old = _("This page was open for too long. Nothing is lost: please save again.")
    if request.endpoint in OPEN:
        old = _("This page was open for too long. Please try again.")
    return _show(old, 400)


def show_signed_out(error: SignedOutError) -> ResponseReturnValue:
    """Show a form again with fields to sign in."""
    return _ask_who(error.problem, error.status)


def _is_form() -> bool:
    return request.method == "POST" and request.endpoint in FORMS | {UPLOAD}


def _show(problem: str, status: int) -> ResponseReturnValue:
    if request.endpoint == UPLOAD:
        return {"error": problem}, status
    if g.editor is None and request.endpoint not in OPEN:
        return _ask_who(problem, status)
    g.problem = problem  # from here on no form is valid, so that its view shows it again
    endpoint = request.endpoint or ""
    view = current_app.view_functions[SHOWN_BY.get(endpoint, endpoint)]
    try:
        answer = make_response(view(**(request.view_args or {})))
    except HTTPException as error:  # what goes wrong in a handler is not handled again
        return current_app.handle_http_exception(error)
    answer.status_code = status
    return answer


def _ask_who(problem: str, status: int) -> ResponseReturnValue:
    if request.endpoint == UPLOAD:
        return {"error": problem}, status
    g.problem = problem
    if request.blueprint == "desk.form":
        return render_form(EditionForm(), sign_in=True), status
    typed = [(n, v) for n, v in request.form.items(multi=True) if n not in SECRET]
    return render_template("desk/again.html", typed=typed), status
