"""What is shown around the form: choices, the other languages, warnings, what others wrote."""

from collections.abc import Iterator
from typing import Any

from flask import current_app, g, render_template
from flask_babel import gettext as _

from caliber_site.desk import queries, rights
from caliber_site.desk.editions import state_of
from caliber_site.desk.forms.edition import LONGEST_BODY, EditionForm
from caliber_site.desk.forms.fields import text_of
from caliber_site.desk.framing import find_image
from caliber_site.desk.lookalikes import find_mixed, mark_strange
from caliber_site.extensions import db
from caliber_site.languages import BY_TAG, LANGUAGES, Language
from caliber_site.models import Article, Edition, Image, now
from caliber_site.text import plain_text


def render_form(form: EditionForm, edition: Edition | None = None, **shown: Any) -> str:
    """Return the page with the form.

    Args:
        form: What is in its fields.
        edition: The edition as it is stored, if it is.
        shown: `other`, the revision that came between; `picture_there`, the picture that did;
            `sign_in` to ask who it is.
    """
    article = edition.article if edition else _find_article(form)
    language = BY_TAG.get(form.language.data or "", g.language)
    offer_sections(form, article)
    authors, tags = queries.list_names(db.session, language.tag) if g.editor else ([], [])
    return render_template(
        "desk/form.html",
        form=form,
        edition=edition,
        article=article,
        written_in=language,
        authors=authors,
        tags=tags,
        missing=_missing(article, language),
        source=_source(article, language),
        image=_image(form, article),
        frames=article is None or rights.frames(g.editor, article),
        publishes=bool(g.editor) and rights.publishes(g.editor),
        state=state_of(edition.status, edition.published_at, now()) if edition else "draft",
        mixed=_mixed(form),
        mark_strange=mark_strange,
        zone=current_app.config["CALIBER"].time_zone,
        **shown,
    )


def offer_sections(form: EditionForm, article: Article | None) -> None:
    """Let the form accept the sections that have a name in its language.

    If the story is in one that has none, it may stay there, without readers.
    """
    language = BY_TAG.get(form.language.data or "", g.language)
    sections = queries.list_sections(db.session, language.tag, article)
    form.section.choices = {str(section_id): name for section_id, name in sections.items()}
    if not g.editor and form.section.data not in form.section.choices:
        form.section.choices = {form.section.data or "": "–"} | form.section.choices
    if article and article.section_id not in sections:
        form.section_there = article.section_id
        name = _name_section(article)
        stays = _("It stays in %(section)s, which has no name in this language", section=name)
        form.section.choices = {"": stays} | form.section.choices
        if form.section.data == str(article.section_id):
            form.section.data = ""


def _name_section(article: Article) -> str:
    names = {name.language: name.name for name in article.section.names}
    return names.get(g.language.tag, article.section.slug)


def _find_article(form: EditionForm) -> Article | None:
    found = queries.find_article(db.session, text_of(form.story)) if g.editor else None
    return found if found and rights.sees(g.editor, found) else None


def _missing(article: Article | None, language: Language) -> list[Language]:
    there = {edition.language for edition in article.editions} if article else set()
    return [x for x in LANGUAGES if x != language and x.tag not in there]


def _source(article: Article | None, language: Language) -> Edition | None:
    """Return the text that a new version is made from: the story's oldest."""
    others = [e for e in article.editions if e.language != language.tag] if article else []
    return min(others, key=lambda edition: edition.id, default=None)


def _image(form: EditionForm, article: Article | None) -> Image | None:
    return find_image(db.session, form.image_id, article, g.editor) if g.editor else None


def _mixed(form: EditionForm) -> Iterator[tuple[str, list[str]]]:
    for field in (form.title, form.lead, form.body):
        # What is far too long is refused anyway, and would take long.
        words = find_mixed(plain_text(text_of(field)[:LONGEST_BODY]))
        if words:
            yield field.label.text, words
