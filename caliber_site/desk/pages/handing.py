"""The form is handed in.

Whatever goes wrong, the answer is the form with everything that was typed.
"""

import re

from flask import abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caliber_site.desk import publishing, queries, rights
from caliber_site.desk.forms.edition import EditionForm
from caliber_site.desk.forms.fields import text_of
from caliber_site.desk.manuscript import ConflictError, ForeignImageError, Part
from caliber_site.desk.pages.following import follow
from caliber_site.desk.pages.guard import own_edition, say, see_or_403
from caliber_site.desk.pages.pictures import take_picture
from caliber_site.desk.pages.sheet import offer_sections, render_form
from caliber_site.extensions import db
from caliber_site.models import Article, Edition, Status

VERBS = {
    "publish": publishing.publish,
    "publish-now": publishing.publish,
    "withdraw": publishing.withdraw,
    "unschedule": publishing.unschedule,
}
NEW_STORY = re.compile("desk:[0-9a-f]{16}")


def hand_in(edition_id: int | None = None) -> ResponseReturnValue:
    """Do what the button says with what was typed."""
    # A form that is shown again is the one that may have taken a picture already.
    form, edition, article = g.bound = g.get("bound") or _bind(edition_id)
    if g.get("problem"):
        return render_form(form, edition)
    action = request.form.get("action", "save")
    if action in VERBS and not rights.publishes(g.editor):
        abort(403)
    take_picture(form)
    offer_sections(form, article)
    form.for_readers = _will_be_public(edition, action)
    if not form.validate():
        return render_form(form, edition), 422
    return _keep(form, edition, action)


def _bind(edition_id: int | None) -> tuple[EditionForm, Edition | None, Article | None]:
    """Return the form with what was typed, and what it is about, if that exists.

    Whose text it is, and what its writer may not change, is not for the browser to say.
    """
    form = EditionForm()
    edition = own_edition(edition_id) if edition_id else None
    article = edition.article if edition else queries.find_article(db.session, text_of(form.story))
    if edition and article:
        form.story.data, form.language.data = article.story, edition.language
    elif article:
        see_or_403(article)
        # It is there already after a double click, or when two began it at once.
        there = [e.id for e in article.editions if e.language == form.language.data]
        edition = own_edition(there[0]) if there else None
    elif not NEW_STORY.fullmatch(text_of(form.story)):
        abort(400)
    if article and not rights.frames(g.editor, article):
        form.fill_section(article)
        form.leave_picture()
    return form, edition, article


def _will_be_public(edition: Edition | None, action: str) -> bool:
    if action in {"publish", "publish-now"}:
        return True
    public = edition is not None and edition.status == Status.PUBLISHED
    return public and action not in {"withdraw", "unschedule"}


def _keep(form: EditionForm, edition: Edition | None, action: str) -> ResponseReturnValue:
    if action == "publish-now":
        form.published_at.data = None
    manuscript = form.read(edition, current_app.config["CALIBER"].zone)
    try:
        saved = VERBS.get(action, publishing.save)(db.session, manuscript, g.editor)
    except ConflictError as error:
        return _show_conflict(form, error)
    except ForeignImageError:
        return _show_foreign_image(form, edition)
    _tell_engine(saved.changed)
    say(_done(action))
    target = "desk.preview.show" if action == "preview" else "desk.form.edit"
    return redirect(url_for(target, edition_id=saved.edition_id), 303)


def _show_conflict(form: EditionForm, error: ConflictError) -> ResponseReturnValue:
    article = queries.find_article(db.session, text_of(form.story)) or abort(404)
    edition = queries.find_edition(db.session, article.story, text_of(form.language))
    other = None
    if edition and Part.TEXT in error.parts:
        form.version.data = str(edition.version)
        other = queries.last_revision(db.session, edition.id)
    follow(form, article, error.parts)
    theirs = article.image if form.picture.errors else None
    return render_form(form, edition, other=other, picture_there=theirs), 409


def _show_foreign_image(form: EditionForm, edition: Edition | None) -> ResponseReturnValue:
    form.image.data = form.image_before.data
    text = _("This picture is not there, or belongs to another story. Please choose it again.")
    form.picture.errors = [text]
    return render_form(form, edition), 422


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
