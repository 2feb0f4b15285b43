"""The form is handed in.

Whatever goes wrong, the answer is the form with everything that was typed.
"""

import re

from flask import abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from caliber_site.database import is_busy
from caliber_site.desk import publishing, queries, rights
from caliber_site.desk.forms.edition import EditionForm
from caliber_site.desk.forms.fields import text_of
from caliber_site.desk.pages.attempts import TooManyError, try_password
from caliber_site.desk.pages.guard import (
    begin_session,
    load_editor,
    own_edition,
    say,
    see_or_403,
)
from caliber_site.desk.pages.pictures import take_picture
from caliber_site.desk.pages.sheet import offer_sections, render_form
from caliber_site.desk.pages.signin import too_many, wrong
from caliber_site.errors import RETRY_SECONDS
from caliber_site.extensions import db
from caliber_site.models import Article, Edition

VERBS = {
    "publish": publishing.publish,
    "publish-now": publishing.publish,
    "withdraw": publishing.withdraw,
    "unschedule": publishing.unschedule,
}
NEW_STORY = re.compile("desk:[0-9a-f]{16}")


def hand_in(edition_id: int | None = None) -> ResponseReturnValue:
    """Do what the button says with what was typed."""
    refused = None if g.editor else _sign_in_with(request.form.get("password", ""))
    if refused:
        return refused
    form, edition = _bind(edition_id)
    action = request.form.get("action", "save")
    if action in VERBS and not rights.publishes(g.editor):
        abort(403)
    try:
        take_picture(form)
        offer_sections(form)
        if not form.validate():
            return render_form(form, edition), 422
        return _keep(form, edition, action)
    except OperationalError as error:
        db.session.rollback()
        if not is_busy(error):
            raise
        busy = _("The database is busy. Nothing is lost: please save again in a few seconds.")
        headers = {"Retry-After": str(RETRY_SECONDS)}
        return render_form(form, edition, problem=busy), 503, headers


def show_stale(edition_id: int | None) -> ResponseReturnValue:
    """Show the form again after its CSRF token has become stale."""
    if load_editor() is None:
        return _ask_who()
    form, edition = _bind(edition_id)
    problem = _("This page was open for too long. Nothing is lost: please save again.")
    return render_form(form, edition, problem=problem), 400


def _bind(edition_id: int | None) -> tuple[EditionForm, Edition | None]:
    """Return the form with what was typed, and the edition that it is about, if it exists.

    Whose text it is, and what its writer may not change, is not for the browser to say.
    """
    form = EditionForm()
    edition = own_edition(edition_id) if edition_id else None
    article = edition.article if edition else queries.find_article(db.session, text_of(form.story))
    if edition:
        form.story.data, form.language.data = edition.article.story, edition.language
    elif article:
        see_or_403(article)
        # It is there already after a double click, or when two began it at once.
        there = [e.id for e in article.editions if e.language == form.language.data]
        edition = own_edition(there[0]) if there else None
    elif not NEW_STORY.fullmatch(text_of(form.story)):
        abort(400)
    if article and not rights.frames(g.editor, article):
        _keep_frame(form, article)
    return form, edition


def _keep_frame(form: EditionForm, article: Article) -> None:
    form.section.data = str(article.section_id)
    form.image.data = str(article.image_id or "")
    form.picture.data, form.remove_picture.data = None, False


def _keep(form: EditionForm, edition: Edition | None, action: str) -> ResponseReturnValue:
    if action == "publish-now":
        form.published_at.data = None
    manuscript = form.read(edition, current_app.config["CALIBER"].zone)
    try:
        saved = VERBS.get(action, publishing.save)(db.session, manuscript, g.editor)
    except publishing.ConflictError:
        return _show_conflict(form)
    _tell_engine(saved.changed)
    say(_done(action))
    target = "desk.preview.show" if action == "preview" else "desk.form.edit"
    return redirect(url_for(target, edition_id=saved.edition_id), 303)


def _show_conflict(form: EditionForm) -> ResponseReturnValue:
    edition = queries.find_edition(db.session, text_of(form.story), text_of(form.language))
    if edition is None:
        abort(404)
    form.version.data = str(edition.version)
    other = queries.last_revision(db.session, edition.id)
    return render_form(form, edition, other=other), 409


def _sign_in_with(password: str) -> ResponseReturnValue | None:
    """Sign in with the fields that the form shows when the session is over, or ask for them."""
    if not password:
        return _ask_who()
    try:
        editor = try_password(request.form.get("email", ""), password)
    except TooManyError:
        return _ask_who(too_many(), 429)
    if editor is None:
        return _ask_who(wrong())
    begin_session(editor)
    return None


def _ask_who(problem: str = "", status: int = 401) -> ResponseReturnValue:
    text = problem or _("You are signed out. Nothing is lost: sign in below and save again.")
    return render_form(EditionForm(), problem=text, sign_in=True), status


def _tell_engine(edition_ids: set[int]) -> None:
    """Let search follow; when that fails, its next sync closes the gap."""
    try:
        if edition_ids:
            current_app.extensions["search"].update(db.session, edition_ids)
    except Exception:
        current_app.logger.exception("search does not follow editions %s", edition_ids)


def _done(action: str) -> str:
    said = {
        "publish": _("Published. If its time is still to come, it waits for it."),
        "publish-now": _("Published."),
        "withdraw": _("Withdrawn. Readers are told that it is gone."),
        "unschedule": _("Back among the drafts."),
    }
    return str(said.get(action) or _("Saved."))
