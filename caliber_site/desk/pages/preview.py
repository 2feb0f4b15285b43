"""An unpublished text on the real page: the routes."""

from flask import Blueprint, abort, current_app, g, render_template
from flask.typing import ResponseReturnValue

from caliber_site.desk import rights
from caliber_site.desk.forms.edition import EditionForm
from caliber_site.desk.forms.fields import text_of
from caliber_site.desk.framing import find_image
from caliber_site.desk.pages.guard import ROW, edition_or_404, speak
from caliber_site.desk.pages.pictures import write_chosen
from caliber_site.desk.pages.typed import show_manuscript
from caliber_site.extensions import db
from caliber_site.languages import BY_TAG
from caliber_site.models import Article, Edition, now
from caliber_site.news.article import ArticlePage, load_article
from caliber_site.news.cards import Picture
from caliber_site.news.switcher import article_alternates
from caliber_site.pictures import PictureError
from caliber_site.reading import reading

bp = Blueprint("preview", __name__)


@bp.get(f"/preview/<{ROW}:edition_id>")
def show(edition_id: int) -> ResponseReturnValue:
    """Show an edition as it is stored."""
    edition = edition_or_404(edition_id)
    return _render(edition, _load(edition))


@bp.post(f"/preview/<{ROW}:edition_id>")
def show_typed(edition_id: int) -> ResponseReturnValue:
    """Show an edition with all that is in the form, saving nothing."""
    edition = edition_or_404(edition_id)
    form = EditionForm()
    form.language.data = edition.language
    if not rights.frames(g.editor, edition.article):
        form.fill_section(edition.article)
        form.leave_picture()
    page = show_manuscript(_load(edition), form.read(edition, current_app.config["CALIBER"].zone))
    page = page._replace(card=page.card._replace(picture=_picture(form, edition.article)))
    return _render(edition, page)


def _picture(form: EditionForm, article: Article) -> Picture | None:
    """Return the picture that the form has, which may be one that is not kept yet."""
    try:
        chosen = write_chosen(form)
    except PictureError:  # the form says so when it is saved
        chosen = None
    kept = article.image
    if form.image_id != form.image_id_before:
        kept = find_image(db.session, form.image_id, article, g.editor)
    shown = chosen or kept
    if not shown:
        return None
    words = (text_of(field) for field in (form.alt, form.caption, form.credit))
    return Picture(shown.name, shown.width, shown.height, *words)


def _load(edition: Edition) -> ArticlePage:
    language = BY_TAG[edition.language]
    with reading(db.engine) as read:
        page = load_article(read, language, edition.slug, now(), preview=True)
    if page is None:
        abort(404)
    shown = page.card._replace(published_at=page.card.published_at or now())
    return page._replace(card=shown)


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
