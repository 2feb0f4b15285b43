"""Who asks: the session, the editor's language, and what the editor may do."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import flask_babel
from flask import abort, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caliber_site.desk import queries, rights
from caliber_site.extensions import db
from caliber_site.languages import BY_TAG
from caliber_site.models import Article, Edition, Editor

ROW = "int(max=2147483647)"  # how routes name a row, so that the database can hold its number
OPEN = {"desk.signin.show"}
KEEPING_TEXT = {"desk.form.new", "desk.form.edit"}

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


def admit() -> ResponseReturnValue | None:
    """Send whoever is not signed in to do so; a form that is handed in answers for itself."""
    editor = load_editor()
    form = request.method == "POST" and request.endpoint in KEEPING_TEXT
    if editor or form or request.endpoint in OPEN:
        return None
    if request.endpoint == "desk.pictures.upload":
        return {"error": _("You are signed out. Sign in in another tab, then try again.")}, 401
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("desk.signin.show", next=target), 303)


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
