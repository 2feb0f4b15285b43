"""The simple form: the routes."""

from secrets import token_hex

from flask import Blueprint, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caliber_site.desk import queries
from caliber_site.desk.forms.edition import EditionForm
from caliber_site.desk.pages.guard import ROW, own_edition, see_or_403
from caliber_site.desk.pages.handing import hand_in
from caliber_site.desk.pages.sheet import render_form
from caliber_site.extensions import db
from caliber_site.languages import BY_LABEL, BY_TAG

bp = Blueprint("form", __name__)


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
    form.fill_section(article)
    form.fill_picture(article)
    form.fill_words(article, form.language.data)
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
    g.problem = _("This is an old text. Save it to make it the text.")
    return render_form(form, edition)


def _asked_language() -> str:
    asked = request.args.get("language", "")
    language = BY_LABEL.get(asked) or BY_TAG.get(asked) or g.language
    return str(language.tag)
