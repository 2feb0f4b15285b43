"""Signing in and out: the routes."""

from urllib.parse import urlsplit

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from caliber_site.desk.forms.accounts import SignInForm
from caliber_site.desk.forms.fields import text_of
from caliber_site.desk.pages.attempts import TooManyError, too_many, try_password, wrong
from caliber_site.desk.pages.guard import begin_session
from caliber_site.desk.staff import sign_out_everywhere
from caliber_site.extensions import db

bp = Blueprint("signin", __name__)


@bp.route("/signin", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Ask who it is, and let an editor in."""
    form = SignInForm()
    if not form.is_submitted():
        return redirect(own_path()) if g.editor else answer(form)
    if not form.validate():
        return answer(form, 422)
    try:
        editor = try_password(text_of(form.email), text_of(form.password))
    except TooManyError as refusal:
        g.problem = too_many()
        return answer(form, 429, {"Retry-After": str(refusal.seconds)})
    if editor is None:
        g.problem = wrong()
        return answer(form, 401)
    begin_session(editor)
    return redirect(own_path(), 303)


@bp.post("/signout")
def sign_out() -> ResponseReturnValue:
    """End this session."""
    session.clear()
    return redirect(url_for("desk.signin.show"), 303)


@bp.post("/signout-everywhere")
def sign_out_all() -> ResponseReturnValue:
    """End all sessions of this editor."""
    sign_out_everywhere(db.session, g.editor)
    session.clear()
    return redirect(url_for("desk.signin.show"), 303)


def answer(
    form: SignInForm, status: int = 200, headers: dict[str, str] | None = None
) -> ResponseReturnValue:
    """Show the sign-in form."""
    return render_template("desk/signin.html", form=form), status, headers or {}


def own_path() -> str:
    """Return the address of the desk that one was on the way to, and no other site's."""
    path = request.args.get("next", "")
    parts = urlsplit(path)
    foreign = parts.scheme or parts.netloc or "\\" in path or not path.isprintable()
    front = url_for("desk.editions.index")
    return path if path.startswith(front) and not foreign else front
