"""An unpublished text on the real page: the routes."""

from dataclasses import replace

from flask import Blueprint, abort, g, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from caliber_site.desk.forms.edition import EditionForm
from caliber_site.desk.forms.fields import text_of
from caliber_site.desk.markup import read_body
from caliber_site.desk.pages.guard import ROW, edition_or_404, speak
from caliber_site.extensions import db
from caliber_site.languages import BY_TAG
from caliber_site.models import Edition, now
from caliber_site.news.article import ArticlePage, load_article
from caliber_site.news.switcher import article_alternates

bp = Blueprint("preview", __name__)


@bp.get(f"/preview/<{ROW}:edition_id>")
def show(edition_id: int) -> ResponseReturnValue:
    """Show an edition as it is stored."""
    edition = edition_or_404(edition_id)
    return _render(edition, _load(edition))


@bp.post(f"/preview/<{ROW}:edition_id>")
def show_typed(edition_id: int) -> ResponseReturnValue:
    """Show an edition with the title, lead and text that are in the form, saving nothing."""
    edition = edition_or_404(edition_id)
    form, page = EditionForm(), _load(edition)
    card = replace(page.card, title=text_of(form.title) or page.card.title, lead=text_of(form.lead))
    body = Markup(read_body(text_of(form.body)))  # noqa: S704 - cleaned
    return _render(edition, replace(page, card=card, body=body))


def _load(edition: Edition) -> ArticlePage:
    language = BY_TAG[edition.language]
    page = load_article(db.session, language, edition.slug, now(), preview=True)
    if page is None:
        abort(404)
    return replace(page, card=replace(page.card, published_at=page.card.published_at or now()))


def _render(edition: Edition, page: ArticlePage) -> str:
    desk = g.language
    speak(edition.language)
    g.section_slug = page.card.section_slug
    return render_template(
        "desk/preview.html",
        article=page,
        alternates=article_alternates(page),
        edition=edition,
        desk=desk,
    )
