"""Who asks: the session, the editor's language, and what the editor may do."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import flask_babel
from flask import abort, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caliber_site.desk import queries, rights
from caliber_site.desk.pages.attempts import TooManyError, too_many, try_password, wrong
from caliber_site.extensions import db
from caliber_site.languages import BY_TAG
from caliber_site.models import Article, Edition, Editor

ROW = "int(max=2147483647)"  # how routes name a row, so that the database can hold its number
OPEN = {"desk.signin.show"}
UPLOAD = "desk.pictures.upload"
FORMS = OPEN | {
    "desk.account.language",
    "desk.account.password",
    "desk.editors.add",
    "desk.editors.edit",
    "desk.editors.set_password",
    "desk.form.edit",
    "desk.form.new",
    "desk.preview.show_typed",
    "desk.sections.edit",
    "desk.sections.new",
    "desk.sections.order",
}
"""Where something is typed: whatever goes wrong, the answer holds it (see `again`)."""

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
View = Callable[Given, Answer]


def load_editor() -> Editor | None:
    """Find out who asks, and speak that editor's language from here on."""
    g.editor = None
    editor = db.session.get(Editor, session["editor"]) if "editor" in session else None
    if editor and editor.active and editor.session_key == session.get("key"):
        g.editor = editor
        speak(editor.language)
    return editor if g.editor else None


def speak(tag: str) -> None:
    """Answer this request in a language."""
    g.language = BY_TAG[tag]
    flask_babel.refresh()


class SignedOutError(Exception):
    """A form was handed in by somebody who is not signed in; `problem` is to be told."""

    def __init__(self, problem: str, status: int = 401) -> None:
        super().__init__(problem)
        self.problem, self.status = problem, status


def admit() -> ResponseReturnValue | None:
    """Send whoever is not signed in to do so; who hands in a form can do it there.

    Raises:
        SignedOutError: A form was handed in without a session or a right password.
    """
    if load_editor() or request.endpoint in OPEN:
        return None
    if request.method == "POST" and request.endpoint == UPLOAD:
        text = _("You are signed out. Sign in in another tab, then try again.")
        raise SignedOutError(text)
    if request.method == "POST" and request.endpoint in FORMS:
        _sign_in_here()
        return None
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("desk.signin.show", next=target), 303)


def _sign_in_here() -> None:
    password = request.form.get("signin_password", "")
    if not password:
        text = _("You are signed out. Nothing is lost: sign in below and save again.")
        raise SignedOutError(text)
    try:
        editor = try_password(request.form.get("signin_email", ""), password)
    except TooManyError:
        raise SignedOutError(too_many(), 429) from None
    if editor is None:
        raise SignedOutError(wrong())
    begin_session(editor)


def begin_session(editor: Editor) -> None:
    """Begin a new session of an editor; nothing of an older one stays in it."""
    session.clear()
    session.permanent = True
    session["editor"], session["key"] = editor.id, editor.session_key
    g.pop("csrf_token", None)
    g.editor = editor
    speak(editor.language)


def only(
    may: Callable[[Editor], bool],
) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """Return a decorator that shows a page to those alone who may."""

    def decorate(view: View[Given, Answer]) -> View[Given, Answer]:
        @wraps(view)
        def checked(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
            if not may(g.editor):
                abort(403)
            return view(*args, **kwargs)

        return checked

    return decorate


def edition_or_404(edition_id: int) -> Edition:
    """Return an edition that this editor may see; 404 if there is none, 403 if not open."""
    edition = queries.load_edition(db.session, edition_id)
    if edition is None:
        abort(404)
    see_or_403(edition.article)
    return edition


def own_edition(edition_id: int) -> Edition:
    """Return an edition that this editor may change; 404 if there is none, 403 if not open."""
    edition = edition_or_404(edition_id)
    if not rights.edits(g.editor, edition):
        abort(403)
    return edition


def see_or_403(article: Article) -> None:
    """Refuse what is not this editor's to see."""
    if not rights.sees(g.editor, article):
        abort(403)


def say(text: str) -> None:
    """Show a line on the next page."""
    flash(text)
