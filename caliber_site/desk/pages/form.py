"""The simple form: the routes."""

from secrets import token_hex

from flask import Blueprint, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from caliber_site.desk import queries
from caliber_site.desk.forms.edition import EditionForm
from caliber_site.desk.pages.guard import ROW, own_edition, see_or_403
from caliber_site.desk.pages.handing import hand_in, show_stale
from caliber_site.desk.pages.sheet import render_form
from caliber_site.extensions import db
from caliber_site.languages import BY_LABEL, BY_TAG

LARGEST_UPLOADS = 10  # times the limit are read, so that a large picture costs no typed text

bp = Blueprint("form", __name__)


@bp.url_value_preprocessor
def read_more(_endpoint: str | None, _values: object) -> None:
    """Read even a picture that is too large from whoever signed in, and tell it on the form."""
    if "editor" in session:
        request.max_content_length = (request.max_content_length or 0) * LARGEST_UPLOADS


@bp.route("/edit/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Begin a story, or another language's version of one."""
    if request.method == "POST":
        return hand_in()
    form = EditionForm(version="0", language=_asked_language(), story=request.args.get("story"))
    article = queries.find_article(db.session, form.story.data or "")
    if article is None:
        form.story.data = f"desk:{token_hex(8)}"
        return render_form(form)
    see_or_403(article)
    for edition in article.editions:
        if edition.language == form.language.data:
            return redirect(url_for("desk.form.edit", edition_id=edition.id))
    form.section.data = str(article.section_id)
    form.fill_picture(article, form.language.data)
    return render_form(form)


@bp.route(f"/edit/<{ROW}:edition_id>", methods=["GET", "POST"])
def edit(edition_id: int) -> ResponseReturnValue:
    """Change an edition; `?revision=` puts an old text into the form."""
    if request.method == "POST":
        return hand_in(edition_id)
    edition = own_edition(edition_id)
    form = EditionForm()
    form.fill(edition, current_app.config["CALIBER"].zone)
    revision_id = request.args.get("revision", "")
    number = int(revision_id) if revision_id.isdecimal() and len(revision_id) < 10 else 0
    old = queries.load_revision(db.session, edition_id, number)
    if old is None:
        return render_form(form, edition)
    form.title.data, form.lead.data, form.body.data = old.title, old.lead, old.body
    return render_form(
        form, edition, problem=_("This is an old text. Save it to make it the text.")
    )


def _asked_language() -> str:
    asked = request.args.get("language", "")
    language = BY_LABEL.get(asked) or BY_TAG.get(asked) or g.language
    return str(language.tag)


@bp.errorhandler(CSRFError)
def show_again(_error: CSRFError) -> ResponseReturnValue:
    """Show the form again, with everything in it, when its token is stale."""
    try:
        return show_stale((request.view_args or {}).get("edition_id"))
    except HTTPException as error:  # what goes wrong in a handler is not handled again
        return current_app.handle_http_exception(error)
